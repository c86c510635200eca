"""The place names of a sentence as its words use them: what governs each, and whether it is the place itself or somewhere beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from gazetteer.model import Place, PlaceKind
from geo.claims.lexicons import grammar, triggers
from geo.claims.words import Word
from geo.model import Resolution, Span, Toponym
from geo.places.ground import Ground, Offset, bearing_of, beside, between, villages_of

_DETERMINERS = grammar("struck_determiners")
_ADJECTIVES = grammar("struck_adjectives")
_PREPOSITIONS = grammar("struck_prepositions")
_NEAR = frozenset("near outside around off".split())
_AWAY = grammar("struck_away")
_ROADS = grammar("named_roads")
# "the road linking A and B".
_LEADING = grammar("named_leading")
_ROAD_ADJECTIVES = frozenset("main international strategic coastal old new desert ring supply".split())
_SETTLEMENTS = frozenset("villages towns settlements localities communities hamlets".split())
_DASHES = frozenset("-–—‑/")
_KM = {"km": 1.0, "kilomet": 1.0, "mile": 1.609344, "metre": 0.001, "meter": 0.001}
_UNIT = re.compile(r"(km|kilomet|mile|metre|meter)")
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
# What may stand within "some 20 kilometres (12 miles) to the north-east of".
_WITHIN_OFFSET = frozenset("to the about some around roughly just away and less more than over a ( )".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A resolved place name inside a sentence: word indices of the name's whole wording and what governs it.

    `ground` is the area that the wording makes of the name ("12 km south of X"), None where the place itself is meant. `other` is the
    second name of "between X and Y". `part_deg` is the bearing of "the north of X", in degrees clockwise from north.
    """

    resolution: Resolution
    first: int
    last: int
    governor: str
    ground: Ground | None = None
    other: Resolution | None = None
    part_deg: float | None = None

    @property
    def place(self) -> Place | None:
        if self.ground is not None:
            return self.ground.place
        return None if self.other is not None else self.resolution.place

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the names themselves stand."""
        return (self.resolution.toponym.span, *(() if self.other is None else (self.other.toponym.span,)))


def read_named(words: tuple[Word, ...], resolutions: tuple[Resolution, ...]) -> tuple[Named, ...]:
    """Find what governs each place name of a sentence: a preposition, a verb ("object"), or nothing ("subject")."""
    if not resolutions:
        return ()
    starts = {w.start: i for i, w in enumerate(words)}
    ends = {w.end: i + 1 for i, w in enumerate(words)}
    named = []
    for r in resolutions:
        first = starts.get(r.toponym.phrase.start, starts.get(r.toponym.span.start))
        last = ends.get(r.toponym.phrase.end, ends.get(r.toponym.span.end))
        if first is None or last is None:
            first, last = _nearest(words, r)
        if first is not None and last is not None and first < last:
            named.append(_read_one(words, r, first, last))
    return _join_pairs(words, named)


def instead_of(wider: Named, name: Named) -> Named:
    """Let the finer name of "near Syria's Aleppo" stand where the wider one stood, beside it if that was."""
    ground = beside(name.place, Offset()) if wider.ground is not None and name.ground is None and name.place is not None else name.ground
    return replace(name, governor=wider.governor, ground=ground)


def _nearest(words: tuple[Word, ...], resolution: Resolution) -> tuple[int | None, int | None]:
    span = resolution.toponym.span
    inside = [i for i, w in enumerate(words) if w.start < span.end and span.start < w.end]
    return (inside[0], inside[-1] + 1) if inside else (None, None)


def _read_one(words: tuple[Word, ...], resolution: Resolution, first: int, last: int) -> Named:
    governor, near = _governor(words, first)
    name = Named(resolution=resolution, first=first, last=last, governor=governor)
    place = resolution.place
    if place is None:
        return name
    offset, part = _read_offset(words, first)
    if offset is None and part is None:
        offset = Offset() if near else None
        part = _read_part(words, name)
    if offset is not None:
        return replace(name, ground=beside(place, offset))
    if place.kind is PlaceKind.POINT and _tells_villages(words, first):
        name = replace(name, ground=villages_of(place))
    return replace(name, part_deg=part) if part is not None and place.kind is PlaceKind.AREA else name


def _read_offset(words: tuple[Word, ...], first: int) -> tuple[Offset | None, float | None]:
    """Read "12 km south of" before a name as an offset, and "in the south of" as the bearing of a part."""
    if first < 2 or words[first - 1].low not in {"of", "from"}:
        return None, None
    km = bearing = None
    i = first - 2
    while i >= 0:
        low = words[i].low
        unit = _UNIT.match(low)
        if bearing is None and (found := bearing_of(low)) is not None and not low.endswith("ern"):
            bearing = found
        elif unit is not None and (number := _number(words[i - 1].low if i else "")) is not None:
            km, i = number * _KM[unit.group()], i - 1
        elif low not in _WITHIN_OFFSET:
            break
        i -= 1
    if km is None and bearing is not None and words[first - 3].low == "the" and (first < 4 or words[first - 4].low != "to"):
        return None, bearing
    return (None, None) if km is None and bearing is None else (Offset(km=km, bearing_deg=bearing), None)


def _number(word: str) -> float | None:
    if word in _NUMBERS:
        return float(_NUMBERS[word])
    plain = re.sub(r",(?=\d{3}\b)", "", word).replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def _read_part(words: tuple[Word, ...], name: Named) -> float | None:
    """Read "eastern Aleppo province", "the northern parts of X" and "X's southern countryside"; None where no side is told."""
    span = name.resolution.toponym.span
    before = name.first - 1
    while before > 0 and words[before].low in {"of", "part", "parts", "areas", "the"}:
        before -= 1
    own = [i for i in range(name.first, name.last) if not (span.start <= words[i].start < span.end)]
    if name.last < len(words) and words[name.last - 1].text.endswith(("'s", "’s")):
        own.append(name.last)  # "Mali's north"
    return next((found for i in (*own, *((before,) if before >= 0 else ())) if (found := bearing_of(words[i].low)) is not None), None)


def _tells_villages(words: tuple[Word, ...], first: int) -> bool:
    """Tell "several villages in X", which are many places and not named."""
    i = first - 1
    while i > 0 and words[i].low in _DETERMINERS:
        i -= 1
    return i > 0 and words[i].low in {"in", "of", "across", "around", "near"} and words[i - 1].low in _SETTLEMENTS


def _join_pairs(words: tuple[Word, ...], named: list[Named]) -> tuple[Named, ...]:
    """Read "between A and B", "the road from A to B" and "the A–B highway" as one place each."""
    joined: list[Named] = []
    taken = False
    for one, two in pairwise([*named, None]):
        assert one is not None
        if taken:
            taken = False
            continue
        pair = _pair(words, one, two) if two is not None else None
        joined.append(pair or one)
        taken = pair is not None
    return tuple(joined)


def _pair(words: tuple[Word, ...], one: Named, two: Named) -> Named | None:
    if any((n.resolution.place.feature_code or "").startswith("PCL") for n in (one, two) if n.resolution.place is not None):
        return None
    first = last = -1
    gap = [w.low for w in words[one.last : two.first] if w.low not in _DETERMINERS]
    before = one.first - 1
    while before > 0 and words[before].low in _DETERMINERS:
        before -= 1
    road = _road_after(words, two.last)
    if (one.last > two.first or gap in (["to"], ["and"]) or (len(gap) == 1 and gap[0] in _DASHES)) and road is not None and gap != ["and"]:
        first, last = one.first, road
    elif before >= 0 and words[before].low == "between" and gap == ["and"]:
        start = _road_before(words, before)
        if start is None and before > 0 and words[before - 1].low in grammar("struck_other_nouns"):
            return None
        road, first, last = start, before if start is None else start, two.last
    elif before >= 0 and words[before].low in {"from", *_LEADING} and gap in (["to"], ["and"], ["with"], ["toward"], ["towards"]):
        road = _road_before(words, before)
        if road is not None:
            first, last = road, two.last
    if first < 0:
        return None
    a, b = one.resolution.place, two.resolution.place
    governor, _ = _governor(words, first)
    placed = governor in _PREPOSITIONS
    ground = between(a, b, road=road is not None) if a is not None and b is not None else None
    return Named(
        resolution=_both(words, one, two, first, last), first=first, last=last, governor=governor if placed else "in", ground=ground,
        other=two.resolution,
    )  # fmt: skip


def _both(words: tuple[Word, ...], one: Named, two: Named, first: int, last: int) -> Resolution:
    """Make the resolution of a pair: the first name's, with the words of both as its phrase."""
    r, other = one.resolution, two.resolution
    toponym: Toponym = replace(r.toponym, phrase=Span(words[first].start, words[last - 1].end))
    unknown = [x for x in (r, other) if x.place is None]
    why = " ".join(x.why for x in unknown) if unknown else f"{r.why} {other.why}"
    return replace(r, toponym=toponym, why=why)


def _road_after(words: tuple[Word, ...], i: int) -> int | None:
    """Return where "highway" or "main road" ends that stands right behind a name, None if none does."""
    while i < len(words) and (words[i].low in _ROAD_ADJECTIVES or re.fullmatch(r"[am]-?\d+", words[i].low)):
        i += 1
    return i + 1 if i < len(words) and words[i].low in _ROADS else None


def _road_before(words: tuple[Word, ...], i: int) -> int | None:
    """Return where "the road leading from" begins, None where no road stands before."""
    for k in range(i - 1, max(-1, i - 4), -1):
        if words[k].low in _ROADS:
            return k
        if words[k].low not in _LEADING and words[k].low not in {"that", "which", "and"}:
            return None
    return None


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
                while i >= 0 and (words[i].low in _AWAY or words[i].text.isdigit() or words[i].low in _WITHIN_OFFSET | _DETERMINERS):
                    i -= 1
                return ("from" if _is_fired_from(words, i) else "near"), True
            if i >= 0 and not (words[i].low in _ADJECTIVES or words[i].low in _DETERMINERS):
                return f"of {words[i].low}", near
            continue
        if low in _PREPOSITIONS:
            if low == "from" and i and words[i - 1].low in _AWAY:
                return "near", True
            return "from" if low in _NEAR and _is_fired_from(words, i - 1) else low, near or low in _NEAR
        is_owner = words[i].text[0].isupper() and words[i].text.endswith(("'s", "’s"))  # "in Yemen's Dahyan"
        if is_owner or low in _DETERMINERS or low in _ADJECTIVES or "-" in words[i].text[1:-1] or low.endswith(("ern", "-held")):
            i -= 1
            continue
        break
    return ("subject" if i < 0 or words[i].text in {",", '"', "“", ";", ":", ")"} else f"after {words[i].low}"), near


def _is_verb(words: tuple[Word, ...], i: int) -> bool:
    return any(entry.form == "verb" for entry in triggers().at(words, i))


def _is_fired_from(words: tuple[Word, ...], i: int) -> bool:
    """Tell "fired from a hill south of X": the place beside X is where it came from. `i` is the last word before "south" or "near"."""
    while i > 0 and words[i].low not in _PREPOSITIONS and words[i].low.isalpha() and not _is_verb(words, i):
        i -= 1
    return i > 0 and words[i].low == "from" and words[i - 1].low not in _AWAY
