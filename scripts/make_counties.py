"""Derives gazetteer/data/us_counties.jsonl.gz: the counties, parishes, boroughs and census areas of the United States.

Run from the root of the checkout, with npm on the path:

    python scripts/make_counties.py [--packages FOLDER]

FOLDER keeps the downloaded package; without it that goes to a temporary folder. The same package and the same areas.jsonl.gz give the
same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import area_shapes
import natural_earth
import shapely
from make_areas import DATA, write
from shapely import Polygon
from shapely.geometry.base import BaseGeometry
from topojson import Lines, draw_ring, list_polygons, read_lines

MEMBER = "counties-10m.json"
SOURCE = ("US Census Bureau, cartographic boundaries of 2017, through npm us-atlas 3.0.1", "public domain", "2017")
DETAIL = area_shapes.Detail(share=0.03, least=0.015, most=0.05, island=0.003)
LEAST_RING = 4
# The package names "Scott" and leaves out what it is. https://www.census.gov/library/reference/code-lists/ansi.html has the kinds.
LOUISIANA, ALASKA = "22", "02"
CENSUS_AREAS = frozenset("02016 02050 02070 02105 02158 02180 02198 02240 02261 02290".split())
CITIES_AND_BOROUGHS = frozenset("02110 02220 02275 02282".split())
MUNICIPALITIES = frozenset("02020 02230".split())
# Cities that belong to no county are towns of the gazetteer already, and so is the District of Columbia a division of its own.
INDEPENDENT_CITIES, DISTRICT_OF_COLUMBIA = frozenset({"24510", "29510", "32510"}), "11001"
VIRGINIA, FIRST_CITY_OF_VIRGINIA = "51", "51510"
ALSO = {"12086": ["Dade County"], "02170": ["Mat-Su Borough"]}


def read_states() -> dict[str, str]:
    """Give what the areas call the states, by their plain names: "Washington" is "Washington State" there."""
    with gzip.open(DATA / "areas.jsonl.gz", "rt", encoding="utf-8") as lines:
        names = [row["name"] for row in map(json.loads, lines) if row["country_code"] == "US" and row["feature_code"] == "ADM1"]
    return {name.removesuffix(" State"): name for name in names}


def name_county(fips: str, bare: str) -> list[str]:
    """Name a county with its kind as reports do, the primary name first; never without, as most of them share a name with a town."""
    if fips in CITIES_AND_BOROUGHS:
        names = [f"{bare} City and Borough", f"City and Borough of {bare}", f"{bare} Borough"]
    elif fips in MUNICIPALITIES:
        names = [f"Municipality of {bare}", f"{bare} Municipality", f"{bare} Borough"]
    elif fips in CENSUS_AREAS:
        names = [f"{bare} Census Area"]
    elif fips.startswith(ALASKA):
        names = [f"{bare} Borough"]
    else:
        names = [f"{bare} {'Parish' if fips.startswith(LOUISIANA) else 'County'}"]
    names += ALSO.get(fips, [])
    return names + [name.replace("St. ", "Saint ") for name in names if name.startswith("St. ")]


def is_county(fips: str, states: dict[str, str], state: str) -> bool:
    """Tell the counties from the territories' municipalities, independent cities and the District of Columbia."""
    city = fips in INDEPENDENT_CITIES or (fips.startswith(VIRGINIA) and fips >= FIRST_CITY_OF_VIRGINIA)
    return state in states and not city and fips != DISTRICT_OF_COLUMBIA


def draw(geometry: dict[str, Any], lines: Lines) -> BaseGeometry:
    """Draw a county in full detail."""
    parts = []
    for rings in list_polygons(geometry):
        shell, *holes = (draw_ring(ring, lines) for ring in rings)
        # The package has islets that its own simplification left two points of.
        if len(shell) >= LEAST_RING:
            parts.append(shapely.make_valid(Polygon(shell, [hole for hole in holes if len(hole) >= LEAST_RING])))
    return shapely.union_all(parts)


def list_counties(topology: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give what stands in the file for each county."""
    lines, states = read_lines(topology), read_states()
    state_of = {state["id"]: state["properties"]["name"] for state in topology["objects"]["states"]["geometries"]}
    source, licence, as_of = SOURCE
    for geometry in topology["objects"]["counties"]["geometries"]:
        fips, state = geometry["id"], state_of[geometry["id"][:2]]
        if not is_county(fips, states, state):
            continue
        primary, *others = name_county(fips, geometry["properties"]["name"])
        small = area_shapes.shrink(draw(geometry, lines), DETAIL)
        lat, lon = area_shapes.label_point(small)
        yield {
            "place_id": f"us:{fips}",
            "name": primary,
            "names": [{"text": text, "language": "en"} for text in others],
            "kind": "area",
            "feature_code": "ADM2",
            "country_code": "US",
            "admin1": states[state],
            "admin1_code": None,
            "lat": lat,
            "lon": lon,
            "radius_km": area_shapes.radius_km(small, lat, lon),
            "wkb_hex": shapely.to_wkb(small, hex=True, byte_order=1),
            "source": source,
            "licence": licence,
            "as_of": as_of,
        }


def main() -> None:
    """Fetch, derive, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="where the downloaded package is kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.packages or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        archive = natural_earth.fetch(natural_earth.US_COUNTIES, folder=folder)
        topology = natural_earth.read_json(archive, [MEMBER])[MEMBER]
    write(list_counties(topology), DATA / "us_counties.jsonl.gz")


if __name__ == "__main__":
    main()
