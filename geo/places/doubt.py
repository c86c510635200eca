"""Says when even the best candidate cannot be meant, and why, so that the name stays unresolved."""

from __future__ import annotations

from collections.abc import Mapping

from gazetteer.distance import distance_km
from gazetteer.model import Layer, PlaceKind
from geo.places.evidence import is_country, is_settled, is_wide, lies_within
from geo.places.ranking import SAME_KM, Report, find_rival
from geo.places.words import cues, well_known

# The lead that the best candidate needs over one that lies elsewhere, without context to tell them apart.
_LEAD = 0.12
# A place that a report can name without a word of its country.
_BEST_KNOWN, _WELL_KNOWN, _TOWN, _SMALL_TOWN, _FAR_KM = 1_000_000, 500_000, 50_000, 15_000, 300.0
# The share of a report's words on countries below which one is only named in passing.
_MAIN_SHARE = 0.4
# A village with a name alike in another romanisation is the one that is meant only where the report is.
_LOOSE_KM = 150.0
# No quarter of a city has so many people and a city's name.
_VILLAGES, _TOWN_OF = frozenset({"village", "hamlet"}), 20_000
_QUARTERS, _TOO_LARGE = frozenset({"neighbourhood", "neighborhood", "quarter"}), 200_000


def find_doubt(report: Report, i: int) -> str | None:
    """Say why even the best candidate cannot be meant: it ties, the report puts the name elsewhere, or never speaks of that country."""
    toponym, best, rival = report.toponyms[i], report.ranked[i][0], find_rival(report.ranked[i])
    place = best.place
    countries = report.evidence.apart_from(toponym.text).countries
    one_of_many = place.layer is Layer.BASE and not best.bearer.is_its_name and (place.population or 0) < _BEST_KNOWN
    hardly = best.bearer.is_loose or (one_of_many and bool(countries))
    if hardly and not countries.get(place.country_code or "") and place.layer is not Layer.OVERLAY and toponym.text not in well_known():
        return f"only {report.label(place)}, has a name like it, and nothing in the report speaks of that country"
    nearest = report.evidence.nearest(place, apart_from=toponym.text) if hardly and (place.population or 0) < _SMALL_TOWN else None
    if nearest is not None and nearest[0] > _LOOSE_KM:
        return f"only {report.label(place)}, has a name like it, {nearest[0]:.0f} km from the other places of the report"
    wider = report.wider(i)
    if wider is not None and not is_country(place) and not lies_within(place, wider) and not is_wide(place):
        apart = distance_km(wider, place)
        if apart > wider.radius_km + place.radius_km + SAME_KM:
            return f"the report puts it in {wider.name}, and the one that is known, {report.label(place)}, lies {apart:.0f} km from there"
    # "A neighbourhood of Aleppo" is Aleppo's, "the Aleppo neighbourhood" is one.
    is_one = toponym.cue in _QUARTERS and toponym.phrase.end > toponym.span.end
    if is_one and (place.population or 0) >= _TOO_LARGE and place.kind is PlaceKind.POINT:
        return f"the report calls it a {toponym.cue}, and the one that is known, {report.label(place)}, is a city"
    if (
        toponym.cue in _VILLAGES
        and place.kind is PlaceKind.POINT
        and (place.population or 0) >= (_TOO_LARGE if best.bearer.is_its_name else _TOWN_OF)
    ):
        return f"the report calls it a {toponym.cue}, and the one that is known, {report.label(place)}, is a town"
    if rival is not None and best.score - rival.score < _LEAD and set(best.reasons) <= set(rival.reasons):
        apart = distance_km(rival.place, place)
        if apart > max(SAME_KM, place.radius_km + rival.place.radius_km):
            both = f"{report.label(place)}, and {report.label(rival.place)}, {apart:.0f} km apart"
            return f"{len(report.ranked[i])} places have that name; {both}, fit the report alike"
    return _strays(report, i, countries)


def _strays(report: Report, i: int, countries: Mapping[str, float]) -> str | None:
    toponym, place = report.toponyms[i], report.ranked[i][0].place
    if is_country(place) or place.feature_code == "PPLC" or (place.population or 0) >= _WELL_KNOWN or place.country_code is None:
        return None
    nearest = report.evidence.nearest(place, apart_from=toponym.text)
    spoken_of = countries.get(place.country_code or "", 0.0)
    # A report that names the United States in passing means none of its villages.
    in_passing = spoken_of < _MAIN_SHARE * sum(countries.values()) and nearest is not None and nearest[0] > _FAR_KM
    if spoken_of and not (in_passing and report.wider(i) is None and place.layer is not Layer.OVERLAY):
        return None
    is_small = (place.population or 0) < (_TOWN if toponym.cue in cues() else _SMALL_TOWN) and place.kind is PlaceKind.POINT
    if nearest is None and is_small and countries and place.layer is not Layer.OVERLAY:
        return f"the one that is known, {report.label(place)}, lies in a country that the report never speaks of"
    is_town = place.kind is PlaceKind.POINT and (place.population or 0) < _TOWN
    if nearest is None or not (is_settled(countries) or (spoken_of and is_town)):
        return None
    if nearest[0] > _FAR_KM and (is_small or (spoken_of and is_town)):
        spoken = f"lies {nearest[0]:.0f} km from the other places of a report that hardly speaks of that country"
        return f"the one that is known, {report.label(place)}, {spoken}"
    return None
