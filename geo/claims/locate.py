"""Where a claim stands on the map: a mark only for a settlement or something finer, an area for everything wider, or nothing.

ACLED's geo_precision (1 named town or part of it, 2 near a town or part of a region, 3 a larger region) and UCDP's where_prec
(1 exact, 2 within about 25 km, 3 second-order area, 4 first-order area, 5 fuzzy area, 6 country) follow from what was matched,
as their codebooks say.
"""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.model import Layer, Place, PlaceKind
from geo.claims.named import Named
from geo.claims.struck import Struck
from geo.model import ResolutionMethod

# "near X" and a village that only the town beside it places: the honest distance that journalists' "near" covers.
NEAR_KM = 15.0
# An unknown quarter, street or building inside a known town.
WITHIN_KM = 8.0
_METHODS = {Layer.OVERLAY: ResolutionMethod.OVERLAY, Layer.GEOCODER: ResolutionMethod.GEOCODER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place on the map and why it is there; `place` is None where nothing was found, and `why` says what is missing."""

    place: Place | None
    why: str
    kind: PlaceKind | None = None
    radius_km: float | None = None
    geo_precision: int | None = None
    where_prec: int | None = None
    method: ResolutionMethod | None = None
    score: float | None = None


def locate(struck: Struck) -> Location:
    """Put a struck place on the map: by its own entry, else by the nearest wider place that the same words name."""
    head = struck.head
    if head.place is not None:
        return _located(head, head, near=head.near)
    for wider in struck.containers:
        if wider.place is not None and wider.place.country_code is not None:
            return _located(head, wider, near=wider.near or wider.governor == "near" or head.near)
    return Location(place=None, why=head.resolution.why)


def _located(head: Named, by: Named, *, near: bool) -> Location:
    place = by.place
    assert place is not None
    why = by.resolution.why
    radius = place.radius_km
    if by is not head:
        relation = "near" if near else "in"
        why = f"No layer knows “{head.resolution.toponym.text}”; the report puts it {relation} {place.name}. {why}"
    if near:
        radius = max(radius, NEAR_KM) if place.kind is PlaceKind.POINT else radius + NEAR_KM
        why = f"{why} “Near” widens the radius to {radius:g} km." if by is head else why
    elif by is not head and place.kind is PlaceKind.POINT:
        radius = max(radius, WITHIN_KM)
    geo, where = _precision(place, near=near, itself=by is head)
    return Location(
        place=place, why=why, kind=place.kind, radius_km=radius, geo_precision=geo, where_prec=where,
        method=_METHODS.get(place.layer, ResolutionMethod.GAZETTEER), score=by.resolution.score,
    )  # fmt: skip


def _precision(place: Place, *, near: bool, itself: bool) -> tuple[int, int]:
    code = place.feature_code or ""
    if place.kind is PlaceKind.POINT:
        return (2, 2) if near else (1, 1 if itself else 2)
    if code.startswith("PCL"):
        return 3, 6
    if code.startswith("ADM1"):
        return 3, 4
    if code.startswith("ADM"):
        return 2, 3
    return (2 if place.radius_km <= 30 else 3), 5
