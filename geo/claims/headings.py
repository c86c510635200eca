"""The places that head a bulletin's line: "Town, village:", "Village (district):", "A, B and C:"."""

from __future__ import annotations

from itertools import pairwise

from gazetteer.model import PlaceKind
from geo.claims.name_pairs import contains
from geo.claims.named import Named
from geo.claims.words import Word

_COUNTED = frozenset("two three four five six of the these".split())


def read_heading(words: tuple[Word, ...], named: tuple[Named, ...], head: int) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Read the places of a line's first `head` words: the finest name, or each of a list, and the wider places around them."""
    names = [name for name in named if name.last <= head]
    # "X (Y county)" is X, and "Kabul (Dasht-e-Barchi)" is the quarter.
    bracketed = [n for n in names if n.first and words[n.first - 1].text == "("]
    outer = [n for n in names if n not in bracketed]
    plain = [n for n in names if n in outer or any(contains(other.place, n.place) for other in outer)] if outer else names
    wider = [n for n in plain if any(contains(n.place, other.place) for other in plain)]
    wider = wider or [n for n in plain if _is_area(n) and not all(_is_area(other) for other in plain)]
    finest = [n for n in plain if n not in wider]
    if len(finest) < 2 or not _tells_several(words, finest, head):
        finest = [n for n in finest if n.place is None][-1:] or sorted(finest, key=_population)[:1]
    return tuple(finest), tuple(n for n in names if n not in finest and n.place is not None)


def _is_area(name: Named) -> bool:
    return name.place is not None and name.place.kind is PlaceKind.AREA and name.other is None


def _population(name: Named) -> tuple[int, int]:
    """Order the names of "Town, village" and "Village, town": the smaller first, then the later."""
    return (name.place.population or 0 if name.place is not None else 0), -name.first


def _tells_several(words: tuple[Word, ...], names: list[Named], head: int) -> bool:
    """Tell a list of places ("A, B and C:", "A, B, C: shelling of all three") from a place and the one that it lies in ("A, B:")."""
    if any(w.low in {"and", "&", "/", ";"} for w in words[names[0].last : names[-1].first]):
        return True
    return any(w.low in {"both", "each"} or (w.low == "all" and following.low in _COUNTED) for w, following in pairwise(words[head:]))
