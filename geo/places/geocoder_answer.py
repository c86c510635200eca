"""What a Nominatim answered, read and judged: a place of the gazetteer's kind, or the reason why it is not used.

The answer comes from outside, so nothing in it is trusted: not its shape, not that it kept to the bounds, not that its first
entry is meant. The fields are those of Nominatim's output format (https://nominatim.org/release-docs/latest/api/Output/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gazetteer.distance import distance_km
from gazetteer.model import LatLon, Layer, Name, NameKind, Place, PlaceKind
from gazetteer.names import loose_keys, normalise
from geo.model import Resolution, ResolutionMethod
from geo.places.geocoder_query import Answer, PlannedQuery, expected_kind, named_site, query_key

LICENCE = "ODbL 1.0"
ATTRIBUTION = "© OpenStreetMap contributors"

# Two places of one name farther apart than this, neither within the other, are two places: the matching distance of the
# project's own evaluation of points.
SAME_PLACE_KM = 25.0

# How far a feature reaches that is mapped as a point only: https://nominatim.org/release-docs/latest/customize/Ranking/
RANK_RADII_KM = ((25, 0.5), (20, 1.0), (19, 2.0), (17, 4.0), (13, 15.0), (10, 50.0), (5, 200.0), (0, 1000.0))
FINEST_RADIUS_KM = 0.5

SETTLEMENTS = frozenset(
    ["city", "town", "village", "hamlet", "isolated_dwelling", "farm", "allotments", "locality", "borough", "suburb", "quarter",
     "neighbourhood", "city_block", "square"]
)  # fmt: skip
# Single sites. Roads, railways and rivers are left out: their mark would stand somewhere along a line.
SITES = frozenset(
    ["aeroway", "amenity", "building", "craft", "healthcare", "historic", "industrial", "leisure", "man_made", "military", "office",
     "power", "shop", "tourism"]
)  # fmt: skip
# Of these a shop or a bus stop often has the name of the place that it was named after, and of nothing else: "Pisky".
NAMED_AFTER = frozenset(["amenity", "building", "craft", "leisure", "office", "shop", "tourism"])
# A "city" may be a whole prefecture in OpenStreetMap, and an "aeroway" a whole air base with its land.
LARGEST_SETTLEMENT_KM = 50.0
LARGEST_SITE_KM = 5.0

AREA_WORDS = re.compile(
    r"\b(?:autonomous |federal )?(?:area|canton|county|department|district|governorate|municipality|oblast|province|raion|rayon|rayonu"
    r"|region|republic|state|territory|township|woreda|zone)\b"
)
_LANGUAGE_NAME = re.compile(r"(alt_name|official_name|old_name|name):([a-z]{2,3}(?:-[A-Za-z]{4})?)")
_NAME_KINDS = {
    "name": NameKind.PRIMARY,
    "official_name": NameKind.OFFICIAL,
    "old_name": NameKind.HISTORIC,
    "alt_name": NameKind.ALTERNATE,
    "int_name": NameKind.ALTERNATE,
    "loc_name": NameKind.ALTERNATE,
    "short_name": NameKind.ALTERNATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place of an answer; `sort` is OpenStreetMap's word for what it is ("town"), `site` its class if that is a single site."""

    place: Place
    sort: str
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    found: Found
    matched: str | None
    whole: bool
    objection: str


def read_answer(body: str, *, endpoint: str, as_of: str) -> tuple[Found, ...]:
    """Read an answer's places, in the server's order.

    Parameters
    ----------
    body
        JSON text of a list of results. What is no result with a name, a point on Earth and an OpenStreetMap id is left out.
    endpoint
        The host that answered.
    as_of
        ISO date of the answer.
    """
    results = json.loads(body)
    return tuple(found for raw in results if (found := _read_result(raw, endpoint=endpoint, as_of=as_of)) is not None)


def choose(answer: Sequence[Found], query: PlannedQuery, *, asked: str) -> Answer:
    """Take the one place that bears the name, is of the kind meant and lies within the bounds; or say why none is taken.

    Two places that pass and lie apart cancel each other out: the report does not tell which is meant, and a guess would
    be a pin. An answer that contradicts the report's context is never taken.
    """
    judged = [_judge(found, query, asked=asked) for found in answer]
    usable = sorted((j for j in judged if not j.objection), key=lambda j: not j.whole)  # the sort keeps the server's order
    if not usable:
        return Answer(query=query, place=None, reason=_explain_nothing(judged, query, asked=asked), offered=len(judged))
    best = usable[0].found
    rivals = [j.found for j in usable if j.whole == usable[0].whole and _apart(best.place, j.found.place)]
    if rivals:
        apart_km = distance_km(best.place, rivals[0].place)
        reason = (
            f"{query.endpoint} knows several places called {asked!r} {query.bounds_text}: {_describe(best)} and {_describe(rivals[0])}, "
            f"{apart_km:.0f} km apart; the report does not tell which is meant"
        )
        return Answer(query=query, place=None, reason=reason, candidates=len(usable), offered=len(judged))
    if query.spoken and best.place.country_code not in query.spoken:
        reason = (
            f"{query.endpoint} offers {_describe(best)} for {asked!r}, which is not used: the report speaks of "
            f"{' and '.join(query.spoken)}, and of no place there"
        )
        return Answer(query=query, place=None, reason=reason, candidates=len(usable), offered=len(judged))
    rank = "the only place" if len(usable) == 1 else f"the first of {len(usable)} entries, all at one spot,"
    reason = (
        f"Not in the local gazetteer; {query.endpoint} (OpenStreetMap, asked on {best.place.as_of}) knows {asked!r} as {_describe(best)}, "
        f"{rank} of that name {query.bounds_text}."
    )
    return Answer(query=query, place=best.place, reason=reason, candidates=len(usable), offered=len(judged))


def settle(resolutions: Sequence[Resolution], answers: Sequence[Answer]) -> tuple[Resolution, ...]:
    """Put answers into the resolutions that had no place.

    Returns
    -------
    resolutions
        In the same order. Those that had a place are unchanged. Those without an answer keep their reason; those whose answer
        was not taken get its reason. What the words beside the name make of a place ("12 km south of X") is read from the claim, as
        for a place of any other layer.
    """
    by_key = {query_key(a.query.name, expects=a.query.expects, site=a.query.site): a for a in answers}
    settled = []
    for resolution in resolutions:
        toponym = resolution.toponym
        key = query_key(toponym.text, expects=expected_kind(toponym), site=named_site(toponym))
        found = None if resolution.place is not None else by_key.get(key)
        if found is None:
            settled.append(resolution)
        elif found.place is None:
            settled.append(replace(resolution, why=found.reason, candidates=found.candidates))
        else:
            settled.append(
                replace(resolution, place=found.place, why=found.reason, method=ResolutionMethod.GEOCODER, candidates=found.candidates)
            )
    return tuple(settled)


def _judge(found: Found, query: PlannedQuery, *, asked: str) -> _Judged:
    place = found.place
    matched, whole = _match(place, asked)
    objection = ""
    outside_km = 0.0 if query.viewbox is None else query.viewbox.outside_km(place.point)
    if matched is None:
        objection = f"does not bear the name {asked!r}"
    elif outside_km > 0:
        objection = f"lies {outside_km:,.0f} km outside the bounds drawn from the report"
    elif query.country_codes and place.country_code is not None and place.country_code not in query.country_codes:
        objection = f"lies in {place.country_code}, not in {' or '.join(query.country_codes)}"
        if query.viewbox is not None:
            objection += f", {distance_km(place.point, query.viewbox.middle):,.0f} km from the middle of the bounds"
    elif query.country_codes and place.country_code is None and query.viewbox is None:
        objection = "is given without a country"
    elif query.expects is not None and place.kind is not query.expects:
        meant = "an area" if query.expects is PlaceKind.AREA else "a settlement"
        objection = f"is no match, since the report means {meant}"
    elif found.site and query.expects is PlaceKind.POINT:
        objection = "is no match, since the report means a settlement"
    elif found.site in NAMED_AFTER and not query.site and len(normalise(asked).split()) == 1:
        objection = "may only be named after the place that is meant"
    return _Judged(found=found, matched=matched, whole=whole, objection=objection)


def _match(place: Place, asked: str) -> tuple[str | None, bool]:
    """Return the place's own name that is the one asked, and whether it is without its area word being set aside."""
    key = normalise(asked)
    loose = set(loose_keys(key, country_code=place.country_code)) if place.country_code else set()
    for name in place.names:
        own = normalise(name.text)
        if own and (own == key or loose.intersection(loose_keys(own, country_code=place.country_code))):
            return name.text, True
    if place.kind is PlaceKind.AREA:
        bare = _without_area_word(key)
        for name in place.names:
            if bare and _without_area_word(normalise(name.text)) == bare:
                return name.text, False
    return None, False


def _without_area_word(key: str) -> str:
    return " ".join(AREA_WORDS.sub(" ", key).replace(" of ", " ").split())


def _apart(one: Place, other: Place) -> bool:
    return distance_km(one, other) > max(SAME_PLACE_KM, one.radius_km, other.radius_km)


def _explain_nothing(judged: Sequence[_Judged], query: PlannedQuery, *, asked: str) -> str:
    if not judged:
        return f"{query.endpoint} knows no {asked!r} {query.bounds_text}"
    # What bears the name and was turned down for where it lies tells a reader more than what does not bear it.
    first = next((j for j in judged if j.matched is not None), judged[0])
    return f"{query.endpoint} offers {_describe(first.found)} for {asked!r}, which is not used: it {first.objection}"


def _describe(found: Found) -> str:
    place = found.place
    where = place.country_code or f"{place.lat:.2f}, {place.lon:.2f}"
    return f"{place.name} ({found.sort.replace('_', ' ')}, {where}, {place.place_id.removeprefix('osm:')})"


def _read_result(raw: object, *, endpoint: str, as_of: str) -> Found | None:
    if not isinstance(raw, Mapping):
        return None
    point = _read_point(raw)
    osm_type, osm_id = _text(raw, "osm_type"), raw.get("osm_id")
    if point is None or osm_type not in {"node", "way", "relation"} or not isinstance(osm_id, int):
        return None
    names = _read_names(raw)
    if not names:
        return None
    rank = raw.get("place_rank")
    radius_km = _read_radius(raw, point, rank=rank if isinstance(rank, int) else 30)
    sort = _text(raw, "addresstype") or _text(raw, "type") or "place"
    osm_class = _text(raw, "class") or _text(raw, "category")
    told = raw.get("address")
    address: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
    country = _text(address, "country_code")
    place = Place(
        place_id=f"osm:{osm_type}/{osm_id}",
        name=names[0].text,
        lat=point.lat,
        lon=point.lon,
        radius_km=radius_km,
        kind=_kind(osm_class, sort, radius_km=radius_km),
        layer=Layer.GEOCODER,
        country_code=country.upper() if re.fullmatch("[A-Za-z]{2}", country) else None,
        admin1=_first(address, "state", "region", "province", besides=names[0].text),
        admin2=_first(address, "county", "state_district", "district", besides=names[0].text),
        names=names,
        source=f"{ATTRIBUTION}, by way of {endpoint}",
        licence=LICENCE,
        as_of=as_of,
    )
    return Found(place=place, sort=sort, site=osm_class if osm_class in SITES else "")


def _kind(osm_class: str, sort: str, *, radius_km: float) -> PlaceKind:
    """Allow a mark for a settlement or something finer, and for nothing above it."""
    if osm_class in {"place", "boundary"} and sort in SETTLEMENTS and radius_km <= LARGEST_SETTLEMENT_KM:
        return PlaceKind.POINT
    return PlaceKind.POINT if osm_class in SITES and radius_km <= LARGEST_SITE_KM else PlaceKind.AREA


def _read_point(raw: Mapping[str, Any]) -> LatLon | None:
    try:
        point = LatLon(float(raw["lat"]), float(raw["lon"]))
    except (KeyError, TypeError, ValueError):
        return None
    return point if abs(point.lat) <= 90 and abs(point.lon) <= 180 else None


def _read_radius(raw: Mapping[str, Any], point: LatLon, *, rank: int) -> float:
    """Return the distance to the farthest corner of the feature's box; for a bare node what its rank stands for."""
    by_rank = next(radius for least, radius in RANK_RADII_KM if rank >= least or least == 0)
    box = raw.get("boundingbox")
    if raw.get("osm_type") == "node" and rank >= 13:
        return by_rank
    try:
        south, north, west, east = (float(edge) for edge in box)  # type: ignore[union-attr]  # anything else is a TypeError
    except (TypeError, ValueError):
        return by_rank
    if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
        return by_rank
    farthest = max(distance_km(point, LatLon(lat, lon)) for lat in (south, north) for lon in (west, east))
    return max(FINEST_RADIUS_KM, round(farthest, 1))


def _read_names(raw: Mapping[str, Any]) -> tuple[Name, ...]:
    """Return the names, the one for display first; each text once."""
    names: dict[str, Name] = {}
    display = _text(raw, "name") or _text(raw, "display_name").partition(",")[0].strip()
    if display:
        names[display] = Name(text=display, kind=NameKind.PRIMARY, language="en")
    details = raw.get("namedetails")
    for key, value in details.items() if isinstance(details, Mapping) else ():
        if not isinstance(key, str) or not isinstance(value, str):
            continue
        bare = key.removeprefix("_place_")  # Nominatim's mark for names taken over from a linked place node
        tagged = _LANGUAGE_NAME.fullmatch(bare)
        kind = _NAME_KINDS.get(tagged[1] if tagged else bare)
        if kind is None:
            continue
        if tagged and kind is NameKind.PRIMARY:
            kind = NameKind.ALTERNATE
        for text in filter(None, (part.strip() for part in value.split(";"))):
            names.setdefault(text, Name(text=text, kind=kind, language=tagged[2] if tagged else None))
    return tuple(names.values())


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value.strip() if isinstance(value, str) else ""


def _first(raw: Mapping[str, Any], *keys: str, besides: str) -> str | None:
    """Return the first text that is told and is not the place itself."""
    return next((text for key in keys if (text := _text(raw, key)) and text != besides), None)
