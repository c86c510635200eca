"""A local gazetteer of the world's settlements, countries and divisions, with dated two-sided overlays. Usable by itself."""

from __future__ import annotations

from gazetteer.distance import distance_km
from gazetteer.errors import BuildError, DamagedError, GazetteerError, OverlayError
from gazetteer.model import LatLon, Layer, Match, Name, NameKind, Parent, Place, PlaceKind
from gazetteer.names import normalise
from gazetteer.search import Gazetteer
from gazetteer.store import SourceInfo

__all__ = [
    "BuildError",
    "DamagedError",
    "Gazetteer",
    "GazetteerError",
    "LatLon",
    "Layer",
    "Match",
    "Name",
    "NameKind",
    "OverlayError",
    "Parent",
    "Place",
    "PlaceKind",
    "SourceInfo",
    "distance_km",
    "normalise",
]
