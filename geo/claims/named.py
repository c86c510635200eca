"""The place names of a sentence as its words use them: what governs each, and whether it is the place itself or somewhere beside it."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.model import Place
from geo.claims.lexicons import grammar
from geo.claims.words import Word
from geo.model import Resolution

_DETERMINERS = grammar("struck_determiners")
_ADJECTIVES = grammar("struck_adjectives")
_PREPOSITIONS = grammar("struck_prepositions")
_NEAR = frozenset("near outside around off beyond behind".split())
_AWAY = grammar("struck_away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A resolved place name inside a sentence: word indices of the name's whole wording and what governs it."""

    resolution: Resolution
    first: int
    last: int
    governor: str
    near: bool = False

    @property
    def place(self) -> Place | None:
        return self.resolution.place


def read_named(words: tuple[Word, ...], resolutions: tuple[Resolution, ...]) -> tuple[Named, ...]:
    """Find what governs each place name of a sentence: a preposition, a verb ("object"), or nothing ("subject")."""
    starts = {w.start: i for i, w in enumerate(words)}
    ends = {w.end: i + 1 for i, w in enumerate(words)}
    named = []
    for r in resolutions:
        first = starts.get(r.toponym.phrase.start, starts.get(r.toponym.span.start))
        last = ends.get(r.toponym.phrase.end, ends.get(r.toponym.span.end))
        if first is None or last is None:
            first, last = _nearest(words, r)
        if first is None or last is None or first >= last:
            continue
        governor, near = _governor(words, first)
        near = near or r.toponym.relative is not None
        named.append(Named(resolution=r, first=first, last=last, governor=governor, near=near))
    return tuple(named)


def _nearest(words: tuple[Word, ...], resolution: Resolution) -> tuple[int | None, int | None]:
    span = resolution.toponym.span
    inside = [i for i, w in enumerate(words) if w.start < span.end and span.start < w.end]
    return (inside[0], inside[-1] + 1) if inside else (None, None)


def _governor(words: tuple[Word, ...], first: int) -> tuple[str, bool]:
    i = first - 1
    near = False
    while i >= 0:
        low = words[i].low
        if low == "of":
            near = near or (i > 0 and words[i - 1].low in _AWAY)
            i -= 1
            if i >= 0 and words[i].low in _AWAY:
                i -= 1
                while i >= 0 and (
                    words[i].low in _AWAY
                    or words[i].low in _DETERMINERS
                    or words[i].text.isdigit()
                    or words[i].low in {"to", "about", "and"}
                ):
                    i -= 1
                return "near", True
            if i >= 0 and not (words[i].low in _ADJECTIVES or words[i].low in _DETERMINERS):
                return f"of {words[i].low}", near
            continue
        if low in _PREPOSITIONS:
            if low == "from" and i and words[i - 1].low in _AWAY:
                return "near", True
            return low, near or low in _NEAR
        if low in _DETERMINERS or low in _ADJECTIVES or "-" in words[i].text[1:-1] or words[i].low.endswith(("ern", "-held")):
            i -= 1
            continue
        break
    return ("subject" if i < 0 or words[i].text in {",", '"', "“", ";", ":", ")"} else f"after {words[i].low}"), near
