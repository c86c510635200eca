"""The natural features of the overlay: each where it lies, under names that mean it, and read as itself in a report."""

from __future__ import annotations

import gzip
import json
from datetime import date
from functools import cache
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer import Gazetteer
from gazetteer.model import NameKind, PlaceKind
from gazetteer.sources import DATA
from geo.model import Article
from geo.places.recognise import find_toponyms
from geo.places.resolve import resolve

# Far better known as what the overlay has than as a city or division of that name.
BETTER_KNOWN = {"Blue Mountains", "Leeward Islands", "Long Island", "Rio Grande", "Windward Islands"}
LARGE_TOWN = 50_000
# The outlines of countries are simplified, and lack small islands and the sea.
COAST_DEGREES = 0.7
ON_LAND = {"DSRT", "HLLS", "LK", "MT", "MTS", "PLAT", "PLN", "STM", "VAL", "VLC"}


def features() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / "nature.lpf.json").read_text(encoding="utf-8"))["features"]
    return found


@cache
def countries() -> dict[str, BaseGeometry]:
    with gzip.open(DATA / "areas.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["country_code"]: shapely.from_wkb(row["wkb_hex"]) for row in rows if row["place_id"].startswith("country:")}


def test_a_feature_lies_in_a_country_that_it_names() -> None:
    faults = []
    for feature in features():
        named = set(feature["properties"]["ccodes"])
        point = shapely.Point(feature["geometry"]["coordinates"])
        there = {code for code, outline in countries().items() if outline.contains(point)}
        known = [countries()[code] for code in named if code in countries()]
        at_sea = feature["properties"]["feature_code"] in ON_LAND and bool(known) and not there
        if named and (there - named or (at_sea and min(outline.distance(point) for outline in known) > COAST_DEGREES)):
            faults.append(f"{feature['@id']}: names {', '.join(named)}, lies in {', '.join(there) or 'the sea'}")

    assert not faults, "\n".join(faults)


def test_a_feature_has_no_name_of_a_division_or_a_larger_town(gazetteer: Gazetteer) -> None:
    """ "Missouri" is the state, and "Potomac" the town; whoever means the river says so."""
    faults = set()
    for feature in features():
        for name in (one["toponym"] for one in feature["names"]):
            for match in gazetteer.find(name, loose=False):
                place = match.place
                first_order = (place.feature_code or "").startswith(("PCL", "ADM1")) and place.layer == "areas"
                large = place.kind is PlaceKind.POINT and (place.population or 0) >= LARGE_TOWN
                if match.exact and match.name.kind is NameKind.PRIMARY and (first_order or large):
                    faults.add(name)

    assert faults == BETTER_KNOWN


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Water from the Missouri River poured through a levee near Hamburg, Iowa.", "Missouri River", "sm:river/missouri-river"),
        ("Ships lay at anchor on Lake Erie off Cleveland, Ohio.", "Lake Erie", "sm:lake/lake-erie"),
        ("Snow closed the roads over the Pennines in northern England.", "Pennines", "sm:mountain/pennines"),
        ("The outbreak in Scott County, Indiana, has spread.", "Scott County", "us:18143"),
        ("Levees broke in Plaquemines Parish, Louisiana.", "Plaquemines Parish", "us:22075"),
    ],
)
def test_a_report_that_names_a_feature_or_a_county_means_it(gazetteer: Gazetteer, text: str, name: str, place_id: str) -> None:
    article = Article(article_id="report", text=text, published=date(2020, 3, 16))
    found = {r.toponym.text: r.place for r in resolve(find_toponyms(text, gazetteer=gazetteer), article=article, gazetteer=gazetteer)}
    place = found[name]
    assert place is not None
    assert place.place_id == place_id
    assert place.kind is PlaceKind.AREA
