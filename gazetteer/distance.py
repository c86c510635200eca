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
