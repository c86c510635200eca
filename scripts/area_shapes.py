"""Polygons made small: cut, simplified, rounded and measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import shapely
from shapely import Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_KM = 6371.0088
GRID_DEGREES = 0.001
# Of the largest part: what is smaller is an island that the radius need not reach.
MAIN_PART = 0.1
LEAST_CIRCLE_KM = 25
BEYOND_TOWNS = 1.5


class Detail(NamedTuple):
    """How much of an outline is kept, in degrees.

    An edge may move by `share` of the main part's width, but by `least` in a small area and by `most` in a large one. Parts
    and holes below `island` square degrees, or below `island_share` of the main part, are left out.
    """

    share: float
    least: float
    most: float
    island: float
    island_share: float = 0.002


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons of a geometry, largest first."""
    parts = [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon) and not part.is_empty]
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


def merge(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Draw areas together, closing the hair's breadth between neighbours."""
    return shapely.union_all(list(shapes), grid_size=GRID_DEGREES / 10)


def shrink(geometry: BaseGeometry, detail: Detail) -> BaseGeometry:
    """Simplify an area; of a small one the tolerance is halved until something is left.

    Returns
    -------
    area
        Valid, [lon, lat] on a grid of 0.001 degrees, outer rings counter-clockwise.
    """
    whole = polygons(shapely.make_valid(geometry))
    tolerance = min(max(detail.share * math.sqrt(whole[0].area), detail.least), detail.most)
    island = max(detail.island, detail.island_share * whole[0].area)
    kept = [part for index, part in enumerate(whole) if index == 0 or part.area >= island]
    filled = [Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= island]) for part in kept]
    while True:
        simple = shapely.simplify(shapely.union_all(filled), tolerance, preserve_topology=True)
        small = shapely.make_valid(shapely.set_precision(simple, GRID_DEGREES))
        parts = polygons(small)
        if parts and parts[0].area > 0.5 * filled[0].area:
            break
        if tolerance < GRID_DEGREES / 10:
            parts = [shapely.box(*_grown(whole[0].bounds))]
            break
        tolerance /= 2
    joined = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return shapely.orient_polygons(joined)


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """The point of the largest part that is farthest from its edge, as (lat, lon) in degrees, 4 decimals."""
    main = polygons(geometry)[0]
    squeeze = math.cos(math.radians(main.centroid.y))
    flat = scale(main, xfact=squeeze, yfact=1, origin=(0, 0))
    centre = shapely.get_point(shapely.maximum_inscribed_circle(flat, tolerance=math.sqrt(flat.area) / 100), 0)
    lat, lon = round(centre.y, 4), round(centre.x / squeeze, 4)
    if not geometry.contains(shapely.Point(lon, lat)):
        inside = main.representative_point()
        lat, lon = inside.y, inside.x
    return lat, lon


def radius_km(geometry: BaseGeometry, lat: float, lon: float) -> int:
    """How far the main parts reach from a point: whole kilometres, at least 1."""
    parts = polygons(geometry)
    main = [part for part in parts if _size(part) >= MAIN_PART * _size(parts[0])]
    reach = max(_distance_km(lat, lon, y, x) for part in main for x, y in part.exterior.coords)
    return max(1, math.ceil(reach))


def circle(points: Sequence[tuple[float, float]]) -> tuple[float, float, int]:
    """A circle for a division of which only some towns are known: lat, lon, and a radius in whole kilometres.

    Its centre is the town from which the farthest one is nearest; it reaches half as far again as that one, as a
    division does not end at its towns.
    """
    reach = {centre: max(_distance_km(*centre, *point) for point in points) for centre in sorted(set(points))}
    lat, lon = min(reach, key=lambda centre: (reach[centre], centre))
    return lat, lon, max(LEAST_CIRCLE_KM, math.ceil(BEYOND_TOWNS * reach[lat, lon]))


def _size(part: Polygon) -> float:
    return float(part.area * math.cos(math.radians(part.centroid.y)))


def _grown(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = (round(value, 3) for value in bounds)
    return west - GRID_DEGREES, south - GRID_DEGREES, east + GRID_DEGREES, north + GRID_DEGREES


def _distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    phi, psi = math.radians(lat), math.radians(other_lat)
    half_dphi, half_dlambda = (psi - phi) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(half_dphi) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(half_dlambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
