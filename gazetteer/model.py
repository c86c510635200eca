"""What the gazetteer knows of a place.

Nothing here belongs to the news or to a war: `gazetteer` can be used by itself, and never imports `geo`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class LatLon(NamedTuple):
    """A point in WGS 84 degrees: latitude first, -90 to 90; longitude -180 to 180."""

    lat: float
    lon: float


class PlaceKind(StrEnum):
    """Whether an entry may stand on a map as a mark or only as an area."""

    POINT = "point"
    AREA = "area"


class NameKind(StrEnum):
    """What standing a name has. The order is the order of trust when a name has to be resolved."""

    PRIMARY = "primary"
    OFFICIAL = "official"
    ALTERNATE = "alternate"
    HISTORIC = "historic"


class Layer(StrEnum):
    """Where an entry comes from. A layer wins over those below it."""

    OVERLAY = "overlay"
    DUMP = "dump"
    BASE = "base"
    AREAS = "areas"
    AIRFIELDS = "airfields"
    GEOCODER = "geocoder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a place.

    `side` names the party that uses it where two sides use different ones ("Azerbaijan", "Armenia"); `start` and `end`
    are ISO years or dates between which it was in use, None where open. `language` is a BCP 47 tag, None if not known.
    """

    text: str
    kind: NameKind
    language: str | None = None
    side: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What a place belonged to, in whose eyes (`standing` is "de jure" or "de facto"), and between which ISO dates."""

    name: str
    standing: str
    start: str | None = None
    end: str | None = None


def is_on(day: date, *, start: str | None, end: str | None) -> bool:
    """Tell whether a day lies between two ISO years or days, both included; None is open."""
    on = day.isoformat()
    return (start is None or on[: len(start)] >= start) and (end is None or on[: len(end)] <= end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the gazetteer.

    Attributes
    ----------
    place_id
        Stable and unique over all layers: "gn:586523", "sm:nk/martakert", "ne:AZE-1735", "country:AZ".
    lat, lon
        WGS 84 degrees: the settlement's centre, or a label point inside an area. Of an area it is never to be drawn as a mark.
    radius_km
        Above 0. The place honestly lies within it of (lat, lon).
    feature_code
        GeoNames' code (PPLA, ADM1, PCLI, AIRP ...), None where the source has none.
    country_code
        ISO 3166-1 alpha-2 of today's recognised country, None for seas, continents and regions over several countries.
    admin1
        Name of the first-order division, None if not known.
    population
        None if not told. GeoNames writes 0 for "not told" and for the depopulated alike, so 0 becomes None.
    source, licence, as_of
        Who says so, under which licence, in the state of which ISO date.
    """

    place_id: str
    name: str
    lat: float
    lon: float
    radius_km: float
    kind: PlaceKind
    layer: Layer
    feature_code: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int | None = None
    names: tuple[Name, ...] = field(default=(), repr=False)
    parents: tuple[Parent, ...] = field(default=(), repr=False)
    has_shape: bool = False
    source: str = ""
    licence: str = ""
    as_of: str = ""

    @property
    def point(self) -> LatLon:
        return LatLon(self.lat, self.lon)

    def name_on(self, day: date | None) -> str:
        """Give the name that the place went by on a day: its former one where the present one had not been given yet.

        A name that only one side uses is never given. `name` is given where the day or the names' dates are not known.
        """
        present = [n for n in self.names if n.text == self.name and n.start is not None]
        if day is None or not present or any(is_on(day, start=n.start, end=n.end) for n in present):
            return self.name
        former = (n for n in self.names if n.side is None and n.end is not None and n.language in {"en", present[0].language})
        return next((n.text for n in former if is_on(day, start=n.start, end=n.end)), self.name)

    def parents_on(self, day: date | None) -> tuple[Parent, ...]:
        """Give what the place belonged to on a day, in law and in fact; without a day what it belongs to now."""
        return tuple(p for p in self.parents if (p.end is None if day is None else is_on(day, start=p.start, end=p.end)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry found for a name, and how: `name` is the entry's own name that matched, `exact` whether as written."""

    place: Place
    name: Name
    exact: bool
