"""The committed counties of the United States hold what gazetteer/data/SOURCES.md says of them."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer import Gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import LatLon, Layer
from gazetteer.sources import DATA

COUNTIES = DATA / "us_counties.jsonl.gz"
KIND = re.compile(r".+ (County|Parish|Borough|Census Area|Municipality)|(Municipality|City and Borough) of .+")
# The outlines of the states have lost their small islands, and so some of their counties.
ISLAND_COUNTIES = {"us:02016", "us:36085", "us:53055"}
COAST_DEGREES = 0.05


def rows_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def counties() -> list[dict[str, Any]]:
    return rows_of(COUNTIES)


@pytest.fixture(scope="module")
def outlines(counties: list[dict[str, Any]]) -> dict[str, BaseGeometry]:
    return {row["place_id"]: shapely.from_wkb(row["wkb_hex"]) for row in counties}


def test_every_county_is_there_once(counties: list[dict[str, Any]]) -> None:
    assert len({row["place_id"] for row in counties}) == len(counties) == 3100
    assert all(re.fullmatch(r"us:\d{5}", row["place_id"]) for row in counties)
    of_state = Counter(row["admin1"] for row in counties)
    assert (of_state["Texas"], of_state["Georgia"], of_state["Louisiana"], of_state["Delaware"]) == (254, 159, 64, 3)
    assert len(of_state) == 50


def test_a_county_is_never_called_by_its_bare_name(counties: list[dict[str, Any]]) -> None:
    """ "Scott" is a person, and "Orange" a town."""
    names = [name for row in counties for name in (row["name"], *(one["text"] for one in row["names"]))]
    assert [name for name in names if not KIND.fullmatch(name)] == []


def test_every_county_lies_in_its_state(counties: list[dict[str, Any]]) -> None:
    states = {row["name"]: row for row in rows_of(DATA / "areas.jsonl.gz") if row["country_code"] == "US" and row["feature_code"] == "ADM1"}
    drawn = {name: shapely.from_wkb(row["wkb_hex"]) for name, row in states.items()}
    far = {row["place_id"] for row in counties if drawn[row["admin1"]].distance(shapely.Point(row["lon"], row["lat"])) > COAST_DEGREES}
    assert far == ISLAND_COUNTIES


def test_label_points_lie_inside_and_the_radius_reaches_the_ends(counties: list[dict[str, Any]], outlines: dict[str, BaseGeometry]) -> None:
    for row in counties:
        outline = outlines[row["place_id"]]
        assert outline.contains(shapely.Point(row["lon"], row["lat"])), row["place_id"]
        main = max(shapely.get_parts(outline), key=lambda part: part.area)
        centre = LatLon(row["lat"], row["lon"])
        reach = max(distance_km(centre, LatLon(lat, lon)) for lon, lat in main.exterior.coords)
        assert reach - 0.5 <= row["radius_km"], row["place_id"]
        assert row["radius_km"] <= math.ceil(reach) or len(shapely.get_parts(outline)) > 1, row["place_id"]


def test_outlines_are_valid_and_small(outlines: dict[str, BaseGeometry]) -> None:
    assert all(shapely.is_valid(list(outlines.values())))
    coordinates = shapely.get_coordinates(list(outlines.values()))
    assert np.abs(coordinates - coordinates.round(3)).max() < 1e-9
    assert COUNTIES.stat().st_size < 400_000


@pytest.mark.parametrize(
    ("name", "place_id", "lat", "lon"),
    [
        ("Los Angeles County", "us:06037", 34.05, -118.24),
        ("Orleans Parish", "us:22071", 29.96, -90.08),
        ("Miami-Dade County", "us:12086", 25.77, -80.20),
        ("Dade County", "us:12086", 25.77, -80.20),
        ("Saint Louis County", "us:29189", 38.66, -90.39),
        ("Prince Georges County", "us:24033", 38.82, -76.75),
        ("Kenai Peninsula Borough", "us:02122", 60.55, -151.25),
    ],
)
def test_a_county_is_found_and_holds_its_towns(
    gazetteer: Gazetteer, outlines: dict[str, BaseGeometry], name: str, place_id: str, lat: float, lon: float
) -> None:
    assert place_id in {match.place.place_id for match in gazetteer.find(name)}
    assert outlines[place_id].contains(shapely.Point(lon, lat))


def test_namesakes_are_told_apart_by_their_states(gazetteer: Gazetteer) -> None:
    found = [match.place for match in gazetteer.find("Scott County") if match.place.layer is Layer.AREAS]
    assert len(found) == len({place.admin1 for place in found}) > 10
    assert len([match for match in gazetteer.find("Los Angeles County") if match.place.layer is Layer.AREAS]) == 1
