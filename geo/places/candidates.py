"""Scores the places that a name may stand for. A score only orders candidates; it is no probability."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gazetteer.distance import distance_km
from gazetteer.model import Layer, Match, Name, NameKind, Place, PlaceKind, is_on
from gazetteer.names import normalise
from geo.model import Toponym
from geo.places.evidence import Evidence, is_country, is_wide, lies_within
from geo.places.words import Theatre, cues, grammar

_STANDING = {NameKind.PRIMARY: 1.0, NameKind.OFFICIAL: 0.95, NameKind.ALTERNATE: 0.65, NameKind.HISTORIC: 0.45}
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


_APPENDED = re.compile(r" \([^()]*\)| City")


@dataclass(slots=True)
class Candidate:
    """A place that a name may stand for, what speaks for it, and whether that is more than its size."""

    match: Match
    score: float
    reasons: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.match.place

    @property
    def is_loose(self) -> bool:
        """Whether only another romanisation of the name matched."""
        return self.score_of_name < -0.5

    @property
    def is_its_name(self) -> bool:
        """Whether the place goes by that name, and it is not one of the many that somebody once gave it."""
        name = self.match.name
        return name.kind in {NameKind.PRIMARY, NameKind.OFFICIAL} or _goes_by(self.match)

    score_of_name: float = 0.0


def score(
    toponym: Toponym,
    match: Match,
    evidence: Evidence,
    *,
    countries: Mapping[str, float],
    wider: Place | None,
    names_of: Mapping[str, str],
    wars: Sequence[Theatre],
    famous: bool,
    overshadowed: bool,
) -> Candidate:
    """Weigh one place for a name in its report.

    Parameters
    ----------
    toponym, match
        The name as written, and the entry that bears it.
    evidence, countries
        What the report tells of where it is; the weight of each country without what this name itself adds.
    wider
        The wider place that is named around it, None without.
    names_of
        Country codes to names, for the reasons.
    wars
        Those that the report can be about.
    famous
        Whether everybody thinks of this place first, so that a report may name it without a word of its country.
    overshadowed
        Whether another place that everybody knows bears the name. A writer who means its small namesake says so, so nearness tells less.
    """
    place = match.place
    goes_by = _goes_by(match)
    c = Candidate(match, _STANDING[NameKind.PRIMARY if goes_by else match.name.kind])
    # The name matched with its cue ("Erbil airport"), so it is longer than the toponym.
    whole = (
        len(match.name.text) > len(toponym.text) and toponym.cue is not None and match.exact and _holds_cue(match.name.text, toponym.cue)
    )
    if place.layer is Layer.BASE and match.name.kind is NameKind.ALTERNATE and not goes_by:
        c.score = next(weight for least, weight in _ALTERNATE_OF_BASE if (place.population or 0) >= least)
    if famous:  # by its English name, which is not always GeoNames' first: Geneva is Genève there
        c.score = max(c.score, _STANDING[NameKind.OFFICIAL]) + (_FAME if (place.population or 0) < _METROPOLIS else 0.0)
    if not match.exact:
        c.score_of_name = _NOT_EXACT if normalise(match.name.text) == normalise(toponym.text) else _LOOSE
    c.score += c.score_of_name + _by_day(match.name, evidence.day) + _by_kind_of_entry(place, match.name)
    if whole:
        # "Bali airport" is no field in Cameroon where nobody speaks of Cameroon.
        c.score += _WHOLE if not countries or countries.get(place.country_code or "") else _WHOLE / 2
        c.reasons.append(f"the report names it with its {toponym.cue}")
    else:
        _by_cue(c, toponym)
    _by_countries(c, countries, names_of, famous=famous, overshadowed=overshadowed)
    if wider is not None and wider.place_id != place.place_id:
        within = lies_within(place, wider)
        c.score += _INSIDE if within else _OUTSIDE
        if within:
            c.reasons.append(f"the report names {wider.name} around it")
    _by_neighbours(c, toponym, evidence, overshadowed=overshadowed)
    war = next((w for w in wars if w.holds(place.point)), None) if place.kind is PlaceKind.POINT else None
    if war is not None:
        c.score += _IN_THEATRE
        c.reasons.append(f"it lies in the theatre of {war.name}")
    if place.layer is Layer.OVERLAY and (not countries or place.country_code is None or countries.get(place.country_code)):
        c.score += _CHECKED
        c.reasons.append("it stands in our own checked lists")
    return c


def _goes_by(match: Match) -> bool:
    """Tell whether a name is the title but for its accents, or for what only tells namesakes apart: "Kobo (Wollo)", "Lamitan City"."""
    name, title = match.name.text, match.place.name
    if match.name.kind is NameKind.HISTORIC:
        return False
    return (title.startswith(name) and _APPENDED.fullmatch(title, len(name)) is not None) or normalise(name) == normalise(title)


def _holds_cue(name: str, cue: str) -> bool:
    return cue.rsplit(" ", maxsplit=1)[-1] in name.lower()


def _by_neighbours(c: Candidate, toponym: Toponym, evidence: Evidence, *, overshadowed: bool) -> None:
    """Weigh the report's other places: how near the closest is, and whether the division that the town lies in is named."""
    place, support = c.place, 0.0
    nearest = None if is_wide(place) else evidence.nearest(place, apart_from=toponym.text)
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
    named = evidence.divisions.get((place.country_code, place.admin1 or ""), set()) if place.kind is PlaceKind.POINT else set()
    if named - {toponym.text}:
        support += _IN_DIVISION * min(1.0, _FEW_DIVISIONS / len(evidence.divisions))
        c.reasons.append(f"the report speaks of {place.admin1}")
    in_shade = overshadowed and place.kind is PlaceKind.POINT and (place.population or 0) < _CITY
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
        return _COUNTRY if name.kind is not NameKind.HISTORIC else _DIVISION
    if place.kind is PlaceKind.AREA:
        if place.layer is Layer.OVERLAY:
            return _REGION if is_wide(place) else _DIVISION
        return (_REGION if is_wide(place) else _DIVISION) if code.startswith("ADM1") else _SUBDIVISION
    if (place.population or 0) >= _METROPOLIS:
        weight += _FAME
    if place.layer is Layer.DUMP and code and not code.startswith(("PPL", "ADM", "AIR")):
        weight += _LANDSCAPE
    if code == "PPLC":
        return weight + _CAPITAL
    return weight + (_SEAT if code.startswith("PPLA") else 0.0)


def _by_cue(c: Candidate, toponym: Toponym) -> None:
    cue_word = toponym.cue or ""
    cue = cues().get(cue_word)
    if cue is None:
        return
    is_area = c.place.kind is PlaceKind.AREA
    fits = is_area if cue.kind == "area" else not is_area
    if cue.kind == "area" and cue_word in grammar("around_towns"):
        # "The countryside of Homs" is the ground around the city, whatever division has its name.
        c.score += 0.5 if not is_area or is_wide(c.place) else 0.0
    elif cue.kind == "area":
        c.score += 1.0 if is_area and not is_country(c.place) else -0.4
    elif cue.kind == "settlement":
        c.score += 0.5 if not is_area else -0.9
    elif cue.kind == "facility":
        c.score += 0.0 if not is_area else -0.2
    if fits and cue.kind != "feature":
        article = "" if cue_word.endswith("s") else "an " if cue_word[0] in "aeiou" else "a "
        c.reasons.append(f"the report calls it {article}{cue_word}")


def _by_countries(c: Candidate, countries: Mapping[str, float], names_of: Mapping[str, str], *, famous: bool, overshadowed: bool) -> None:
    code = c.place.country_code
    total = sum(countries.values())
    if code is None or not total:
        return
    share = countries.get(code, 0.0) / total
    if share:
        other_name = c.place.layer is Layer.BASE and not c.is_its_name
        small = c.place.kind is PlaceKind.POINT and ((c.place.population or 0) < _BIG_CITY or other_name)
        in_shade = overshadowed and small and c.place.layer is not Layer.OVERLAY
        c.score += _SPOKEN_OF * min(1.0, share * 1.6) * (_SPOKEN_IN_THE_SHADE if in_shade else 1.0)
        if not is_country(c.place):
            c.reasons.append(f"the report speaks of {names_of.get(code, code)}")
    elif not famous:
        c.score += _NEVER_SPOKEN_OF


def is_famous(match: Match) -> bool:
    """Tell whether everybody thinks of this place first: a country, a large division or a metropolis, by its own name."""
    place = match.place
    if match.name.kind not in {NameKind.PRIMARY, NameKind.OFFICIAL} or not match.exact:
        return False
    large = is_country(place) or (place.radius_km >= _LARGE_KM and (place.feature_code or "").startswith("ADM1"))
    return large or (place.population or 0) >= _METROPOLIS


def famous_among(found: Sequence[Match]) -> list[Match]:
    """Give the places of a name that everybody thinks of first; a division gives way to the city that it has its name from."""
    places = [m.place for m in found if m.name.kind is not NameKind.HISTORIC]
    return [m for m in found if is_famous(m) and (is_country(m.place) or not has_its_city(m.place, places))]


def has_its_city(area: Place, places: Sequence[Place]) -> bool:
    """Tell whether an area has the name of a city within it: Aleppo's governorate has, California has only hamlets."""
    if area.kind is not PlaceKind.AREA or is_country(area):
        return False
    inside = (
        t
        for t in places
        if t.kind is PlaceKind.POINT and t.country_code == area.country_code and distance_km(t.point, area.point) <= area.radius_km
    )
    return any((t.population or 0) >= _CITY or t.layer is Layer.OVERLAY or not is_wide(area) for t in inside)


def step_back_behind_cities(candidates: list[Candidate]) -> None:
    """Read a bare "Aleppo" as the city, not as the governorate around it; but "California" as the state, not as a hamlet in it."""
    places = [c.place for c in candidates if c.match.name.kind is not NameKind.HISTORIC]
    for c in candidates:
        if has_its_city(c.place, places):
            c.score -= _BEHIND_ITS_CITY
