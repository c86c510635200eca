"""Tells in which first-order division a place lies, for entries that come without it: overlays, counties of places, airfields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shapely import STRtree, wkb
from shapely.geometry import Point

from gazetteer.model import Place, PlaceKind
from gazetteer.overlay import Entry


class Divisions:
    """The outlines of the first-order divisions.

    A country of which a division has no outline (it is younger than Natural Earth) is left out as a whole: its old outlines would lie.
    """

    def __init__(self, areas: Iterable[Entry]) -> None:
        firsts = [entry for entry in areas if entry.place.feature_code == "ADM1" and entry.place.country_code]
        without = {entry.place.country_code for entry in firsts if entry.shape is None}
        drawn = [(entry.place, entry.shape) for entry in firsts if entry.shape is not None and entry.place.country_code not in without]
        self._places = [place for place, _ in drawn]
        self._tree = STRtree([wkb.loads(shape) for _, shape in drawn])

    def fill(self, entry: Entry) -> Entry:
        """Give an entry its division, if its country has outlines and it lies in one of them; never over what the entry says itself."""
        place = entry.place
        is_within_one = place.kind is PlaceKind.POINT or (place.feature_code or "").startswith(("ADM2", "ADM3"))
        if place.admin1 is not None or place.country_code is None or not is_within_one:
            return entry
        name = self._name(place)
        return entry if name is None else replace(entry, place=replace(place, admin1=name))

    def _name(self, place: Place) -> str | None:
        found = (self._places[i] for i in self._tree.query(Point(place.lon, place.lat), predicate="intersects"))
        return next((division.name for division in found if division.country_code == place.country_code), None)
