"""Scores the places that a name may stand for. A score only orders candidates; it is no probability."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gazetteer.distance import distance_km
from gazetteer.model import Layer, Match, Name, NameKind, Place, PlaceKind, is_on
from gazetteer.names import normalise
from geo.model import Toponym
from geo.places.evidence import Evidence, Told, is_country, is_wide, lies_within
from geo.places.words import cues, grammar, well_known

# A member of an enum takes longer to look up than a global, and these are asked of every entry of every name.
_POINT, _AREA = PlaceKind.POINT, PlaceKind.AREA
_PRIMARY, _OFFICIAL, _ALTERNATE, _HISTORIC = NameKind
_BASE, _OVERLAY = Layer.BASE, Layer.OVERLAY
_OWN = frozenset({_PRIMARY, _OFFICIAL})
_STANDING = {_PRIMARY: 1.0, _OFFICIAL: 0.95, _ALTERNATE: 0.65, _HISTORIC: 0.45}
# GeoNames' alternate names have no language, and of a small place they are seldom a reporter's.
_ALTERNATE_OF_BASE = ((100_000, 0.8), (30_000, 0.65), (0, 0.45))
# Another romanisation, against a name that differs in accents or case only.
_LOOSE, _NOT_EXACT, _OUT_OF_USE, _IN_USE = -0.6, -0.15, -0.3, 0.1
# What a kind of entry weighs before anything is known of the report.
_COUNTRY, _REGION, _DIVISION, _SUBDIVISION, _CAPITAL, _SEAT = 2.2, 1.7, 1.3, 0.5, 0.5, 0.12
_PER_DIGIT, _UNTOLD, _FAME, _METROPOLIS = 0.2, 0.4, 0.25, 500_000
# A division that shares its name with a city within it steps back behind the city, if that is a city.
_BEHIND_ITS_CITY, _CITY, _BIG_CITY = 0.9, 30_000, 100_000
# A division of this radius is one that everybody knows.
_LARGE_KM = 100.0
_SPOKEN_OF, _NEVER_SPOKEN_OF = 1.1, -0.4
_INSIDE, _OUTSIDE = 1.5, -0.8
# How strongly the report's nearest other place pulls, and over what distance.
_PULL, _REACH_KM = 0.8, 120.0
_CHECKED = 0.3
_IN_THEATRE = 0.6
# The entry bears the name together with the word for its kind.
_WHOLE = 2.4
# Mountains, streams and farms of a country dump, which have the names of the towns beside them.
_LANDSCAPE = -0.35
_IN_THE_SHADE, _SPOKEN_IN_THE_SHADE = 0.4, 0.3
# The division that a town lies in is in the report. One that lists them all tells little by it.
_IN_DIVISION, _FEW_DIVISIONS = 0.5, 4


_AROUND_TOWNS = grammar("around_towns")
_APPENDED = re.compile(r" \([^()]*\)| City")


@dataclass(slots=True, kw_only=True)
class Bearer:
    """A place that bears a name, and all that can be told of the two before the rest of the report is read.

    Attributes
    ----------
    score, reasons
        What speaks for it by the name, the kind of place, and the words beside the name.
    is_loose
        Whether only another romanisation of the name matched.
    is_its_name
        Whether the place goes by that name, and it is not one of the many that somebody once gave it.
    is_whole
        Whether the name matched with its cue ("Erbil airport"), so that it is longer than the toponym.
    is_famous
        Whether everybody thinks of this place first, so that a report may name it without a word of its country.
    is_overshadowed
        Whether another place that everybody knows bears the name. A writer who means its small namesake says so, so nearness tells less.
    has_its_city
        Whether a city within it has its name.
    """

    match: Match
    place: Place
    score: float
    reasons: tuple[str, ...]
    is_loose: bool
    is_its_name: bool
    is_whole: bool
    is_famous: bool
    is_overshadowed: bool
    has_its_city: bool


@dataclass(slots=True)
class Candidate:
    """A place that a name may stand for in its report, what speaks for it, and whether that is more than its size."""

    bearer: Bearer
    place: Place
    score: float
    reasons: list[str]


def bearers(toponym: Toponym, found: Sequence[Match], *, day: date | None) -> list[Bearer]:
    """Weigh the places that bear a name by what does not depend on the rest of the report.

    Parameters
    ----------
    day
        The report's, which tells whether a name was in use. None tells nothing.
    """
    areas = [m.place for m in found if m.place.kind is _AREA]
    places = [m.place for m in found if m.name.kind is not _HISTORIC] if areas else []
    with_city = {area.place_id for area in areas if has_its_city(area, places)}
    famous = {m.place.place_id for m in found if is_famous(m) and m.place.place_id not in with_city} or _well_known(toponym.text, found)
    going_by = [_goes_by(m) for m in found]
    own = [goes_by or m.name.kind in _OWN for m, goes_by in zip(found, going_by, strict=True)]
    bears_a_citys_name = any(is_own and m.exact and (m.place.population or 0) >= _BIG_CITY for m, is_own in zip(found, own, strict=True))
    return [
        _bearer(
            toponym, m, day, goes_by=goes_by, is_its_name=is_own, famous=famous, has_its_city=m.place.place_id in with_city,
            # "Novorossiysk", which a hamlet was called too, is the city.
            is_in_its_shade=bears_a_citys_name and not is_own,
        )
        for m, goes_by, is_own in zip(found, going_by, own, strict=True)
    ]  # fmt: skip


def _bearer(
    toponym: Toponym, match: Match, day: date | None, *,
    goes_by: bool, is_its_name: bool, famous: Collection[str], has_its_city: bool, is_in_its_shade: bool,
) -> Bearer:  # fmt: skip
    place, name = match.place, match.name
    is_famous = place.place_id in famous
    weight = _STANDING[_PRIMARY if goes_by else name.kind]
    if not goes_by and name.kind is _ALTERNATE and place.layer is _BASE:
        weight = next(weight for least, weight in _ALTERNATE_OF_BASE if (place.population or 0) >= least)
    if is_famous:  # by its English name, which is not always GeoNames' first: Geneva is Genève there
        weight = max(weight, _STANDING[_OFFICIAL]) + (_FAME if (place.population or 0) < _METROPOLIS else 0.0)
    is_loose = not match.exact and normalise(name.text) != normalise(toponym.text)
    of_name = 0.0 if match.exact else _LOOSE if is_loose else _NOT_EXACT
    weight += of_name + _by_day(name, day) + _by_kind_of_entry(place, name)
    cue = toponym.cue
    is_whole = cue is not None and match.exact and len(name.text) > len(toponym.text) and _holds_cue(name.text, cue)
    reasons: tuple[str, ...] = ()
    if is_whole:
        reasons = (f"the report names it with its {cue}",)
    elif cue is not None:
        by_cue, reasons = _by_cue(place, cue)
        weight += by_cue
    return Bearer(
        match=match, place=place, score=weight, reasons=reasons, is_loose=is_loose,
        is_its_name=is_its_name, is_whole=is_whole, is_famous=is_famous,
        is_overshadowed=is_in_its_shade or len(famous) > is_famous, has_its_city=has_its_city,
    )  # fmt: skip


def weigh(
    bearer: Bearer, name: str, evidence: Evidence, told: Told, *, wider: Place | None, country_name: Callable[[str], str]
) -> Candidate:
    """Weigh a place that bears a name by what the report tells of where it is.

    Parameters
    ----------
    name
        As written.
    told
        What the report tells without this name.
    wider
        The wider place that is named around it, None without.
    country_name
        Names a country by its code, for the reasons.
    """
    place = bearer.place
    c = Candidate(bearer, place, bearer.score, [*bearer.reasons])
    if bearer.is_whole:
        # "Bali airport" is no field in Cameroon where nobody speaks of Cameroon.
        c.score += _WHOLE if not told.countries or told.countries.get(place.country_code or "") else _WHOLE / 2
    _by_countries(c, told, country_name)
    if wider is not None and wider.place_id != place.place_id:
        within = lies_within(place, wider)
        c.score += _INSIDE if within else _OUTSIDE
        if within:
            c.reasons.append(f"the report names {wider.name} around it")
    _by_neighbours(c, name, evidence)
    if told.wars and place.kind is _POINT and (war := next((w for w in told.wars if w.holds(place)), None)) is not None:
        c.score += _IN_THEATRE
        c.reasons.append(f"it lies in the theatre of {war.name}")
    if place.layer is _OVERLAY and (not told.countries or place.country_code is None or told.countries.get(place.country_code)):
        c.score += _CHECKED
        c.reasons.append("it stands in our own checked lists")
    return c


def _goes_by(match: Match) -> bool:
    """Tell whether a name is the title but for its accents, or for what only tells namesakes apart: "Kobo (Wollo)", "Lamitan City"."""
    name, title = match.name.text, match.place.name
    if match.name.kind is _HISTORIC:
        return False
    return (
        name == title
        or (title.startswith(name) and _APPENDED.fullmatch(title, len(name)) is not None)
        or normalise(name) == normalise(title)
    )


def _holds_cue(name: str, cue: str) -> bool:
    return cue.rsplit(" ", maxsplit=1)[-1] in name.lower()


def _by_neighbours(c: Candidate, name: str, evidence: Evidence) -> None:
    """Weigh the report's other places: how near the closest is, and whether the division that the town lies in is named."""
    place, support = c.place, 0.0
    nearest = None if is_wide(place) else evidence.nearest(place, apart_from=name)
    if nearest is not None:
        apart_km, other = nearest
        support = _PULL * math.exp(-apart_km / _REACH_KM)
        if support > _PULL / 4:
            where = (
                f"{other.name}, also in the report, is {apart_km:.0f} km away"
                if apart_km >= 1
                else f"it lies in {other.name}, also in the report"
            )
            c.reasons.append(where)
    if place.kind is _POINT and evidence.names_division(place, apart_from=name):
        support += _IN_DIVISION * min(1.0, _FEW_DIVISIONS / len(evidence.divisions))
        c.reasons.append(f"the report speaks of {place.admin1}")
    in_shade = c.bearer.is_overshadowed and place.kind is _POINT and (place.population or 0) < _CITY
    c.score += min(_PULL, support) * (_IN_THE_SHADE if in_shade else 1.0)


def _by_day(name: Name, day: date | None) -> float:
    """Weigh whether the name was in use on the report's day. Writers keep old names, and take up new ones, around the change."""
    if day is None or (name.start is None and name.end is None):
        return 0.0
    return _IN_USE if is_on(day, start=name.start, end=name.end) else _OUT_OF_USE


def _by_kind_of_entry(place: Place, name: Name) -> float:
    code = place.feature_code or ""
    weight = _PER_DIGIT * math.log10(place.population) if place.population else _UNTOLD
    if is_country(place):
        return _COUNTRY if name.kind is not _HISTORIC else _DIVISION
    if place.kind is _AREA:
        if place.layer is _OVERLAY:
            return _REGION if is_wide(place) else _DIVISION
        return (_REGION if is_wide(place) else _DIVISION) if code.startswith("ADM1") else _SUBDIVISION
    if (place.population or 0) >= _METROPOLIS:
        weight += _FAME
    if place.layer is Layer.DUMP and code and not code.startswith(("PPL", "ADM", "AIR")):
        weight += _LANDSCAPE
    if code == "PPLC":
        return weight + _CAPITAL
    return weight + (_SEAT if code.startswith("PPLA") else 0.0)


def _by_cue(place: Place, cue_word: str) -> tuple[float, tuple[str, ...]]:
    """Weigh a place by the kind that the words beside the name say it is, and give the reason, if it is one."""
    cue = cues().get(cue_word)
    if cue is None:
        return 0.0, ()
    is_area = place.kind is _AREA
    fits = is_area if cue.kind == "area" else not is_area
    weight = 0.0
    if cue.kind == "area" and cue_word in _AROUND_TOWNS:
        # "The countryside of Homs" is the ground around the city, whatever division has its name.
        weight = 0.5 if not is_area or is_wide(place) else 0.0
    elif cue.kind == "area":
        weight = 1.0 if is_area and not is_country(place) else -0.4
    elif cue.kind == "settlement":
        weight = 0.5 if not is_area else -0.9
    elif cue.kind == "facility":
        weight = 0.0 if not is_area else -0.2
    if not fits or cue.kind == "feature":
        return weight, ()
    article = "" if cue_word.endswith("s") else "an " if cue_word[0] in "aeiou" else "a "
    return weight, (f"the report calls it {article}{cue_word}",)


def _by_countries(c: Candidate, told: Told, country_name: Callable[[str], str]) -> None:
    place, code = c.place, c.place.country_code
    if code is None or not told.total:
        return
    share = told.countries.get(code, 0.0) / told.total
    if share:
        other_name = place.layer is _BASE and not c.bearer.is_its_name
        small = place.kind is _POINT and ((place.population or 0) < _BIG_CITY or other_name)
        in_shade = c.bearer.is_overshadowed and small and place.layer is not _OVERLAY
        c.score += _SPOKEN_OF * min(1.0, share * 1.6) * (_SPOKEN_IN_THE_SHADE if in_shade else 1.0)
        if not is_country(place):
            c.reasons.append(f"the report speaks of {country_name(code)}")
    elif not c.bearer.is_famous:
        c.score += _NEVER_SPOKEN_OF


def is_famous(match: Match) -> bool:
    """Tell whether everybody thinks of this place first: a country, a large division or a metropolis, by its own name."""
    place = match.place
    if not match.exact or match.name.kind not in _OWN:
        return False
    large = is_country(place) or (place.radius_km >= _LARGE_KM and (place.feature_code or "").startswith("ADM1"))
    return large or (place.population or 0) >= _METROPOLIS


def _well_known(name: str, found: Sequence[Match]) -> set[str]:
    """Give the place that world news means by a name like Geneva: the largest town that bears it, by its id; empty for other names."""
    if name not in well_known():
        return set()
    towns = [m.place for m in found if m.exact and m.place.kind is _POINT and m.name.kind is not _HISTORIC]
    return {max(towns, key=lambda place: place.population or 0).place_id} if towns else set()


def has_its_city(area: Place, places: Sequence[Place]) -> bool:
    """Tell whether an area has the name of a city within it: Aleppo's governorate has, California has only hamlets."""
    if is_country(area):
        return False
    inside = (t for t in places if t.kind is _POINT and t.country_code == area.country_code and distance_km(t, area) <= area.radius_km)
    return any((t.population or 0) >= _CITY or t.layer is _OVERLAY or not is_wide(area) for t in inside)


def step_back_behind_cities(candidates: Sequence[Candidate]) -> None:
    """Read a bare "Aleppo" as the city, not as the governorate around it; but "California" as the state, not as a hamlet in it."""
    for c in candidates:
        if c.bearer.has_its_city:
            c.score -= _BEHIND_ITS_CITY
