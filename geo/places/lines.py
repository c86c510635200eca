"""Finds lines that were fought over, which have no name but a description: "the line of contact"."""

from __future__ import annotations

from collections.abc import Iterator

from gazetteer.model import Match
from geo.model import Span, Toponym
from geo.places.reading import Reading
from geo.places.words import theatres

_LINES = frozenset({"line of contact", "contact line", "line of control"})
_LINES_BEGIN = frozenset(name.split()[0] for name in _LINES)


def find_lines(r: Reading) -> Iterator[Toponym]:
    """Find "the line of contact" and the like, which are written small, where the text speaks of a country that they run through."""
    if _LINES_BEGIN.isdisjoint(r.lows):
        return
    for i in range(len(r.words)):
        if r.lows[i] not in _LINES_BEGIN or r.caps[i]:
            continue
        for end in (i + 3, i + 2):
            name = " ".join(r.lows[k] for k in range(i, end))
            if name in _LINES and any(m.exact and _is_of_war(r, m) for m in r.known(i, end)):
                span = Span(r.starts[i], r.ends[end - 1])
                yield Toponym(text=r.text[span.start : span.end], span=span, phrase=span, cue="line")
                break


def _is_of_war(r: Reading, match: Match) -> bool:
    """Tell whether the text speaks of a side of the war that a place lies in."""
    return any(r.speaks_of(country) for war in theatres() if war.holds(match.place) for country in war.countries)
