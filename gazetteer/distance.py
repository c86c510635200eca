"""Great-circle distance, quick enough for the inner loop of a resolution."""

from __future__ import annotations

import math

from gazetteer.model import LatLon

# Mean radius of WGS 84, kilometres.
EARTH_RADIUS_KM = 6371.0088


def distance_km(one: LatLon, two: LatLon) -> float:
    """Return the great-circle distance between two (lat, lon) points in kilometres, by the haversine formula."""
    lat1, lat2 = math.radians(one.lat), math.radians(two.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(two.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


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
    angle, bearing, lat = km / EARTH_RADIUS_KM, math.radians(bearing_deg), math.radians(start.lat)
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing)
    end = math.asin(max(-1.0, min(1.0, sine)))
    turn = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * math.sin(end))
    return LatLon(math.degrees(end), start.lon + math.degrees(turn))
