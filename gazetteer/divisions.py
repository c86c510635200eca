"""Outlines of divisions that have none: the hull of their settlements, with half the way to the next ones around it.

Whoever looks for a village of a district needs more than a point. GeoNames tells of each settlement in which district it lies, and
the border to the next district runs about halfway between the outermost settlements of the two. Measured on GeoNames' dump of the
Netherlands (322 municipalities of three settlements and more; its 6,848 sites and hills, which make no hull, tell where the ground of
each is): the outlines hold 93 % of their own, and 89 % of what they hold is their own. Without a margin it is 75 and 96 %, with twice
as much 96 and 79 %.

A country's divisions are drawn together, in arrays: one by one they would cost a build an eighth of its time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gazetteer.distance import EARTH_RADIUS_KM
from gazetteer.model import LatLon

LEAST_SETTLEMENTS = 3
_MARGIN = 0.5
"""Of the distance at which the settlements lie from each other: the square root of the hull's area by their number."""
_LEAST_MARGIN_KM, _MOST_MARGIN_KM = 1.0, 25.0
_STRAY, _LEAST_STRAY_KM = 6.0, 10.0
"""A settlement so many times farther from the middle than half of the others bears a wrong code, as two in the Netherlands do."""
_LEAST_RADIUS_KM, _BEYOND = 5.0, 1.15
_KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM

Floats = NDArray[np.float64]
Indexes = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A division's own point, and its settlements as (lon, lat) in degrees, one at least."""

    point: LatLon
    settlements: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a division reaches from its own point, and its outline as WKB in (lon, lat) degrees.

    There is no outline of fewer than three settlements, where the division's own point lies too far from them, across the 180th
    meridian, and near a pole.
    """

    radius_km: float
    outline: bytes | None


def measure(divisions: Sequence[Division]) -> list[Reach]:
    """Tell how far divisions reach, and draw the outlines of those that have enough settlements. A label's point lies inside."""
    if not divisions:
        return []
    index = np.repeat(np.arange(len(divisions)), [len(d.settlements) for d in divisions])
    lonlat = np.array([place for d in divisions for place in d.settlements], dtype=np.float64)
    own = np.array([(d.point.lon, d.point.lat) for d in divisions], dtype=np.float64)
    # West of its own point a division goes on below -180 degrees, not at 180.
    lonlat[:, 0] = own[index, 0] + (lonlat[:, 0] - own[index, 0] + 180.0) % 360.0 - 180.0
    radii = np.maximum(_LEAST_RADIUS_KM, _BEYOND * _farthest_km(own, lonlat, index))
    outlines: list[bytes | None] = [None] * len(divisions)

    # Kilometres east and north of the middle.
    middle = np.column_stack([_middles(lonlat[:, 0], index), _middles(lonlat[:, 1], index)])
    scale = _KM_PER_DEGREE * np.column_stack([np.cos(np.radians(middle[:, 1])), np.ones(len(middle))])
    xy, own_xy = (lonlat - middle[index]) * scale[index], (own - middle) * scale
    away_km = np.hypot(xy[:, 0], xy[:, 1])
    limit_km = np.maximum(_LEAST_STRAY_KM, _STRAY * _middles(away_km, index))
    near = away_km <= limit_km[index]
    count = np.bincount(index[near], minlength=len(divisions))
    drawn = np.flatnonzero((count >= LEAST_SETTLEMENTS) & (np.hypot(own_xy[:, 0], own_xy[:, 1]) <= limit_km))
    if len(drawn):
        polygons = _grow(xy[near], index[near], own_xy, drawn, count)
        corners, which = shapely.get_coordinates(polygons, return_index=True)
        corners = corners / scale[drawn][which] + middle[drawn][which]
        off_earth = np.bincount(which[(np.abs(corners) > (180.0, 89.0)).any(axis=1)], minlength=len(drawn)) > 0
        farthest_km = _farthest_km(own[drawn], corners, which)
        wkb = shapely.to_wkb(shapely.set_coordinates(polygons, corners))
        for i in np.flatnonzero(~off_earth):
            outlines[drawn[i]], radii[drawn[i]] = wkb[i], max(_LEAST_RADIUS_KM, farthest_km[i])
    return [Reach(radius_km=round(float(km), 1), outline=outline) for km, outline in zip(radii, outlines, strict=True)]


def _grow(xy: Floats, index: Indexes, own_xy: Floats, drawn: Indexes, count: Indexes) -> NDArray[np.object_]:
    """Draw the hulls of the drawn divisions' settlements and own points, with their margins, in kilometres."""
    rank = np.full(len(own_xy), -1)
    rank[drawn] = np.arange(len(drawn))
    used = rank[index] >= 0
    points, ranks = np.concatenate([xy[used], own_xy[drawn]]), np.concatenate([rank[index[used]], rank[drawn]])
    order = np.argsort(ranks, kind="stable")
    places = np.asarray(shapely.points(points[order]))
    hulls = shapely.convex_hull(shapely.multipoints(places, indices=ranks[order]))
    margin_km = np.clip(_MARGIN * np.sqrt(shapely.area(hulls) / count[drawn]), _LEAST_MARGIN_KM, _MOST_MARGIN_KM)
    return np.asarray(shapely.buffer(hulls, margin_km, quad_segs=2))


def _middles(values: Floats, index: Indexes) -> Floats:
    """Return the middle one of each group's values; the groups stand one after another."""
    starts = np.flatnonzero(np.diff(index, prepend=-1))
    counts = np.diff(starts, append=len(index))
    return np.asarray(values[np.lexsort((values, index))][starts + counts // 2])


def _farthest_km(own: Floats, lonlat: Floats, index: Indexes) -> Floats:
    """Return the great-circle distance from each own point to the farthest point of its group."""
    lon1, lat1 = np.radians(own[index]).T
    lon2, lat2 = np.radians(lonlat).T
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    far_km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return np.asarray(np.maximum.reduceat(far_km, np.flatnonzero(np.diff(index, prepend=-1))))
