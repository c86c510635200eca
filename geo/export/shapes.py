"""Geometries as RFC 7946 wants them: [lon, lat], at most five decimals, outer rings counter-clockwise, cut at the antimeridian."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

from gazetteer.distance import EARTH_RADIUS_KM, travel
from gazetteer.model import LatLon, PlaceKind
from geo.export.records import Where

DECIMALS = 5
"""About a metre: more would say what nobody knows. RFC 7946, section 11.2, advises against more than needed."""

CIRCLE_POINTS = 64

Coordinates: TypeAlias = list["float | Coordinates"]
GeometryDict: TypeAlias = dict[str, str | Coordinates]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A geometry for a feature, and the (west, south, east, north) boxes of its parts, each with west <= east."""

    geometry: GeometryDict
    boxes: tuple[tuple[float, float, float, float], ...]


def shape_of(where: Where) -> Shape | None:
    """Make the geometry of a row.

    Parameters
    ----------
    where
        Of a point its `lat` and `lon` count; of an area its polygon or, if it has none, the circle of `radius_km` around
        (`lat`, `lon`) as a polygon of 64 points. An area never becomes a point.

    Returns
    -------
    shape
        None if the row has no place.
    """
    if where.kind is None or where.lat is None or where.lon is None:
        return None
    if where.kind is PlaceKind.POINT:
        lon, lat = round(where.lon, DECIMALS), round(where.lat, DECIMALS)
        return Shape(geometry={"type": "Point", "coordinates": [lon, lat]}, boxes=((lon, lat, lon, lat),))
    polygon = _area_shape(where.polygon) if where.polygon is not None else None
    if polygon is None and where.radius_km is not None:
        polygon = _circle_shape(where.lat, where.lon, where.radius_km)
    return polygon


@lru_cache(maxsize=256)
def _area_shape(geometry: BaseGeometry) -> Shape | None:
    """Shape an area's polygon, None if there is none in it. A report names few areas and names them often."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shapely.force_2d(geometry))) if isinstance(part, Polygon)]
    return _shape_of_polygons(parts)


@lru_cache(maxsize=256)
def _circle_shape(lat: float, lon: float, radius_km: float) -> Shape | None:
    return _shape_of_polygons([circle(lat, lon, radius_km=radius_km)])


def _shape_of_polygons(polygons: list[Polygon]) -> Shape | None:
    cut = [piece for polygon in polygons for piece in _cut_at_antimeridian(polygon)]
    snapped = shapely.set_precision(MultiPolygon(cut), 10**-DECIMALS) if cut else MultiPolygon()
    parts = [part for part in shapely.get_parts(snapped) if isinstance(part, Polygon) and not part.is_empty]
    if not parts:
        return None
    whole = shapely.orient_polygons(parts[0] if len(parts) == 1 else MultiPolygon(parts))
    told = mapping(whole)
    west, south, east, north = zip(*(part.bounds for part in parts), strict=True)
    boxes = tuple(tuple(round(each, DECIMALS) for each in part) for part in zip(west, south, east, north, strict=True))
    return Shape(geometry={"type": told["type"], "coordinates": _rounded(told["coordinates"])}, boxes=boxes)


def _rounded(coordinates: object) -> Coordinates:
    if isinstance(coordinates, tuple | list):
        return [round(each, DECIMALS) if isinstance(each, float) else _rounded(each) for each in coordinates]
    raise TypeError(f"{coordinates!r} are no coordinates")


def _cut_at_antimeridian(polygon: Polygon) -> list[Polygon]:
    """Cut a polygon whose longitudes run past 180 or -180 into pieces within them (RFC 7946, section 3.1.9)."""
    west, _, east, _ = polygon.bounds
    if west >= -180 and east <= 180:
        return [polygon]
    valid = shapely.make_valid(polygon)
    pieces: list[Polygon] = []
    for turn in (-360, 0, 360):
        piece = affinity.translate(valid.intersection(box(-180 - turn, -90, 180 - turn, 90)), xoff=turn)
        pieces += [part for part in shapely.get_parts(piece) if isinstance(part, Polygon) and not part.is_empty]
    return pieces


def circle(lat: float, lon: float, *, radius_km: float) -> Polygon:
    """Draw the circle of a great-circle distance around a point.

    Parameters
    ----------
    lat, lon
        The centre, WGS 84 degrees.
    radius_km
        Above 0.

    Returns
    -------
    polygon
        Of 64 points in [lon, lat] order, counter-clockwise. Longitudes run past 180 or -180 where the circle does; one with a
        pole inside reaches along that pole from -180 to 180.
    """
    angle = radius_km / EARTH_RADIUS_KM
    over_north = lat + math.degrees(angle) >= 90
    over_south = lat - math.degrees(angle) <= -90
    if over_north and over_south:
        return box(-180, -90, 180, 90)
    ends = [travel(LatLon(lat, lon), km=radius_km, bearing_deg=-360 * step / CIRCLE_POINTS) for step in range(CIRCLE_POINTS)]
    ring = [(end.lon, end.lat) for end in ends]
    if not (over_north or over_south):
        return Polygon(ring)
    pole = 90.0 if over_north else -90.0
    along = sorted(((east + 180) % 360 - 180, north) for east, north in ring)
    edge = (along[0][1] + along[-1][1]) / 2
    return shapely.orient_polygons(Polygon([(-180, pole), (-180, edge), *along, (180, edge), (180, pole)]))
