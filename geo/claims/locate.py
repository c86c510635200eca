"""Where a claim stands on the map: a mark only for a settlement or something finer, an area for everything wider, or nothing.

ACLED's geo_precision (1 named town or part of it, 2 near a town or part of a region, 3 a larger region) and UCDP's where_prec
(1 exact, 2 within about 25 km, 3 second-order area, 4 first-order area, 5 line or fuzzy area, 6 country) follow from what was matched,
as their codebooks say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from gazetteer.model import Layer, Place, PlaceKind
from geo.claims.named import Named
from geo.claims.struck import Struck
from geo.model import ResolutionMethod
from geo.places.ground import Offset, beside, part_of

ShapeOf = Callable[[str], BaseGeometry | None]

# An unknown quarter, street or building inside a known town.
WITHIN_KM = 8.0
# UCDP's "within about 25 km of a known point"; ACLED's small part of a region.
_CLOSE_KM, _SMALL_KM = 25.0, 30.0
_METHODS = {Layer.OVERLAY: ResolutionMethod.OVERLAY, Layer.GEOCODER: ResolutionMethod.GEOCODER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place on the map and why it is there; `place` is None where nothing was found, and `why` says what is missing.

    `geometry` is an area's polygon in (lon, lat) degrees, None for a point and for the circle of `radius_km`.
    """

    place: Place | None
    why: str
    kind: PlaceKind | None = None
    radius_km: float | None = None
    geometry: BaseGeometry | None = None
    geo_precision: int | None = None
    where_prec: int | None = None
    method: ResolutionMethod | None = None
    score: float | None = None


def locate(struck: Struck, *, shape_of: ShapeOf) -> Location:
    """Put a struck place on the map: by its own entry, else by the nearest wider place that the same words name.

    Parameters
    ----------
    shape_of
        Gives the outline of a gazetteer's area by its place_id, in (lon, lat) degrees; None where it has none.
    """
    head = struck.head
    if head.place is not None:
        return _located(head, head, shape_of=shape_of)
    for wider in struck.containers:
        if wider.place is not None and wider.place.country_code is not None:
            return _located(head, wider, shape_of=shape_of)
    return Location(place=None, why=head.resolution.why)


def _located(head: Named, by: Named, *, shape_of: ShapeOf) -> Location:
    place, ground, why = by.place, by.ground, by.resolution.why
    assert place is not None
    is_beside = by is not head and head.governor == "near"
    if is_beside and ground is None:
        ground = beside(place, Offset())
    elif by.part_deg is not None and ground is None:
        ground = part_of(place, shape_of(place.place_id), by.part_deg)
    if by is not head:
        relation = "near" if is_beside or (ground is not None and by.part_deg is None) else "in"
        why = f"No layer knows “{head.resolution.toponym.text}”; the report puts it {relation} {place.name}. {why}"
    radius_km = place.radius_km
    if ground is not None:
        place, radius_km = ground.place, ground.place.radius_km
        why = f"{why} An area of {radius_km:g} km around: {ground.how}."
    elif by is not head and place.kind is PlaceKind.POINT:
        radius_km = max(radius_km, WITHIN_KM)
    geo, where = _precision(by, place, itself=by is head, is_ground=ground is not None)
    geometry = ground.outline if ground is not None else shape_of(place.place_id) if place.has_shape else None
    return Location(
        place=place, why=why, kind=place.kind, radius_km=radius_km, geometry=geometry, geo_precision=geo, where_prec=where,
        method=_METHODS.get(place.layer, ResolutionMethod.GAZETTEER), score=by.resolution.score,
    )  # fmt: skip


def _precision(by: Named, place: Place, *, itself: bool, is_ground: bool) -> tuple[int, int]:
    if place.kind is PlaceKind.POINT:
        return 1, 1 if itself else 2
    code = place.feature_code or ""
    if is_ground and by.part_deg is not None:
        # A part of a country is UCDP's region between a first-order area and a country.
        return 2 if place.radius_km <= _SMALL_KM else 3, 4 if code.startswith("ADM1") else 5
    if is_ground and not (by.other is None and by.resolution.place is not None and by.resolution.place.kind is PlaceKind.AREA):
        return 2 if place.radius_km <= _SMALL_KM else 3, 2 if by.other is None and place.radius_km <= _CLOSE_KM else 5
    if code.startswith("PCL"):
        return 3, 6
    if code.startswith("ADM1"):
        return 3, 4
    if code.startswith("ADM"):
        return 2, 3
    return (2 if place.radius_km <= _SMALL_KM else 3), 5
