"""Areas that no gazetteer has: what the words around a name make of its place.

"12 km south of X", "near X", "between X and Y", "the X–Y highway", "the north of X" and "villages in X" are none of them X itself. Each
becomes an area whose radius is what the wording honestly leaves open. Nothing here ever becomes a mark.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import shapely
from shapely import affinity
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from gazetteer.distance import EARTH_RADIUS_KM, distance_km, travel
from gazetteer.model import LatLon, Place, PlaceKind

NEAR_KM = 15.0
"""How far "near" and "outside" reach in reports of strikes, beyond the place itself."""
_WAY_OUT_KM = 8.0
# Reporters round, and count from a town's edge or its middle.
_ROUNDING, _LEAST_ROUNDING_KM = 0.25, 3.0
# What a road or a front leaves the straight line by, as a share of its length.
_STRAYS, _LEAST_STRAYS_KM, _LONGEST_KM = 0.15, 5.0, 600.0
_KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM
# Radii of divisions that no layer knows, around the town they have their name from. Half of the 3,583 first-order divisions of Natural
# Earth reach farther than 81 km; the districts of Ukraine, Syria, Iraq, Yemen and Myanmar cover 1,600 to 4,400 square kilometres each on
# average (area of the country by number of districts), and a seat rarely lies in the middle of its own. Of third-order divisions nine in
# ten reach no farther than 27 km (settlements of GeoNames' cities500 by their codes).
_REACH_KM = (
    ("ADM1", 90.0, "region province governorate oblast krai state prefecture republic emirate territory"),
    ("ADM2", 35.0, "district county raion rayon department canton municipality zone"),
    ("ADM3", 30.0, "subdistrict sub-district township parish"),
    (None, 30.0, "countryside sector front corridor basin desert valley peninsula"),
    (None, 15.0, "area strip coast enclave exclave"),
)
_REACH = {cue: (code, km) for code, km, cues in _REACH_KM for cue in cues.split()}
_POINTS = {name: 45.0 * step for step, name in enumerate("north northeast east southeast south southwest west northwest".split())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """How far and which way from a place: "12 km south of", "west of", "near". None is what the words leave open."""

    km: float | None = None
    bearing_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An area made of one or two places of the gazetteer.

    `place` has the ids and names of what it is made of, its own point and radius, and is always an area. `outline` is its polygon in
    (lon, lat) degrees, None for the circle of the radius. `how` tells a reader how it came about; `is_elsewhere`
    whether its middle is not its place's.
    """

    place: Place
    outline: BaseGeometry | None
    how: str
    is_elsewhere: bool = False


def bearing_of(word: str) -> float | None:
    """Read "south", "south-western" or "Southern" as degrees clockwise from north; None for other words."""
    return _POINTS.get(word.lower().replace("-", "").removesuffix("ern"))


def beside(place: Place, offset: Offset) -> Ground:
    """Move and widen a place by words like "near" or "12 km south of"."""
    reach = place.radius_km
    if offset.km is None:
        radius = reach + NEAR_KM if place.kind is PlaceKind.AREA else max(reach, NEAR_KM)
        if offset.bearing_deg is None:
            return _ground(place, place.point, radius, "the report puts it near or around there")
        # Its edge is where "south of" begins.
        out_km = _WAY_OUT_KM + (reach if place.kind is PlaceKind.AREA else 0.0)
        middle = travel(place.point, km=out_km, bearing_deg=offset.bearing_deg)
        return _ground(place, middle, radius, f"the report puts it {_compass(offset.bearing_deg)} of there")
    doubt = max(_LEAST_ROUNDING_KM, _ROUNDING * offset.km, reach)
    if offset.bearing_deg is None:
        return _ground(place, place.point, offset.km + doubt, f"the report puts it {offset.km:g} km from there, and not which way")
    middle = travel(place.point, km=offset.km, bearing_deg=offset.bearing_deg)
    # A compass point of the eight leaves an eighth of the circle open.
    radius = max(doubt, offset.km * math.sin(math.radians(22.5)))
    return _ground(place, middle, radius, f"the report puts it {offset.km:g} km {_compass(offset.bearing_deg)} of there")


def between(one: Place, two: Place, *, road: bool) -> Ground | None:
    """Span the ground between two places, or along a road that joins them; None where they lie so far apart that it tells nothing."""
    length = distance_km(one, two)
    if length > _LONGEST_KM:
        return None
    middle = LatLon((one.lat + two.lat) / 2, (one.lon + two.lon) / 2)
    strays = max(_LEAST_STRAYS_KM, _STRAYS * length)
    outline = _widen(LineString([(one.lon, one.lat), (two.lon, two.lat)]), strays, at=middle)
    both = replace(
        one,
        place_id=f"{one.place_id}+{two.place_id}",
        name=f"{one.name} – {two.name}",
        names=(),
        parents=(),
        country_code=one.country_code if one.country_code == two.country_code else None,
        admin1=one.admin1 if one.admin1 == two.admin1 else None,
        admin2=one.admin2 if one.admin2 == two.admin2 else None,
        population=None,
        feature_code=None,
    )
    words = "along the road between" if road else "between"
    return _ground(both, middle, length / 2 + strays, f"the report puts it {words} {one.name} and {two.name}", outline)


def part_of(area: Place, outline: BaseGeometry | None, bearing_deg: float) -> Ground | None:
    """Cut out the half of an area that lies to one side: "northern Syria", "the east of Aleppo province".

    Parameters
    ----------
    outline
        In (lon, lat) degrees; None for an area that is known by its radius only.

    Returns
    -------
    ground
        None if nothing is left of it.
    """
    how = f"the report speaks of its {_compass(bearing_deg)}"
    if outline is None:
        middle = travel(area.point, km=area.radius_km / 2, bearing_deg=bearing_deg)
        return _ground(area, middle, area.radius_km, how)
    turned = affinity.rotate(_flatten(outline, area.point), bearing_deg, origin=(0.0, 0.0))
    west, south, east, north = turned.bounds
    half = shapely.make_valid(turned).intersection(box(west, (south + north) / 2, east, north))
    if half.is_empty:
        return None
    shape = _unflatten(affinity.rotate(half, -bearing_deg, origin=(0.0, 0.0)), area.point)
    middle = _middle(shape)
    return _ground(area, middle, _reach(shape, middle), how, shape)


def around_seat(town: Place, cue: str) -> Ground | None:
    """Give the honest reach of a division that no layer knows, around the town it has its name from.

    Parameters
    ----------
    cue
        The kind of area that the report calls it ("district"). None comes of a word that says nothing of its size.
    """
    known = _REACH.get(cue)
    if known is None:
        return None
    code, radius = known
    how = f"no {cue} of that name is known, so this is the ground around the place that it has its name from"
    return _ground(replace(town, feature_code=code, population=None), town.point, max(radius, town.radius_km), how)


def villages_of(town: Place) -> Ground:
    """Give the ground on which "villages around X" lie, where X is a town."""
    return _ground(town, town.point, max(town.radius_km, NEAR_KM), "the report speaks of several places there, and does not name them")


def _ground(made_of: Place, at: LatLon, radius_km: float, how: str, outline: BaseGeometry | None = None) -> Ground:
    lon = at.lon if -180.0 <= at.lon <= 180.0 else (at.lon + 180.0) % 360.0 - 180.0
    place = replace(made_of, lat=at.lat, lon=lon, radius_km=round(radius_km, 1), kind=PlaceKind.AREA, has_shape=False)
    return Ground(place=place, outline=outline, how=how, is_elsewhere=at != made_of.point)


def _compass(bearing_deg: float) -> str:
    return min(_POINTS, key=lambda name: abs(_POINTS[name] - bearing_deg))


def _middle(shape: BaseGeometry) -> LatLon:
    """Give the point inside a shape from which all of it is nearest, or any point inside where that one lies outside."""
    middle = shapely.minimum_bounding_circle(shape).centroid
    if not shape.contains(middle):
        middle = max(shapely.get_parts(shape), key=lambda part: part.area).representative_point()
    return LatLon(middle.y, middle.x)


def _reach(shape: BaseGeometry, middle: LatLon) -> float:
    return max(distance_km(middle, LatLon(lat, lon)) for lon, lat in shapely.get_coordinates(shape))


def _widen(shape: BaseGeometry, km: float, *, at: LatLon) -> BaseGeometry:
    """Widen a shape in (lon, lat) degrees by a distance that holds around one point."""
    return _unflatten(_flatten(shape, at).buffer(km, quad_segs=4), at)


def _flatten(shape: BaseGeometry, at: LatLon) -> BaseGeometry:
    """Lay a shape in (lon, lat) degrees out in kilometres east and north of a point: good for some hundred kilometres."""
    east = _KM_PER_DEGREE * math.cos(math.radians(at.lat))
    return affinity.affine_transform(shape, [east, 0, 0, _KM_PER_DEGREE, -at.lon * east, -at.lat * _KM_PER_DEGREE])


def _unflatten(shape: BaseGeometry, at: LatLon) -> BaseGeometry:
    east = _KM_PER_DEGREE * math.cos(math.radians(at.lat))
    return affinity.affine_transform(shape, [1 / east, 0, 0, 1 / _KM_PER_DEGREE, at.lon, at.lat])
