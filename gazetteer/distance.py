"""Great-circle distance, quick enough for the inner loop of a resolution."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Protocol

from gazetteer.model import LatLon

# Mean radius of WGS 84, kilometres.
EARTH_RADIUS_KM = 6371.0088


class Located(Protocol):
    """What has a `lat` and a `lon` in WGS 84 degrees: a point, and a place by its own point."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def distance_km(one: Located, two: Located) -> float:
    """Return the great-circle distance between two points in kilometres, by the haversine formula."""
    lat1, lat2 = radians(one.lat), radians(two.lat)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(two.lon - one.lon) / 2) ** 2
    # Rounding can lift it above 1; to call `min` takes a third of the time of all this.
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half) if half < 1.0 else 1.0)


def travel(start: LatLon, *, km: float, bearing_deg: float) -> LatLon:
    """Go along a great circle.

    Parameters
    ----------
    start
        (lat, lon) in WGS 84 degrees.
    km
        How far, 0 or more.
    bearing_deg
        Which way at the start, in degrees clockwise from north.

    Returns
    -------
    end
        (lat, lon). The longitude is within 180 degrees of the start's, so it may run past 180 or -180.
    """
    angle, bearing, lat = km / EARTH_RADIUS_KM, radians(bearing_deg), radians(start.lat)
    sine = sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(bearing)
    end = asin(max(-1.0, min(1.0, sine)))
    turn = atan2(sin(bearing) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(end))
    return LatLon(degrees(end), start.lon + degrees(turn))
