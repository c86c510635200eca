"""The GeoJSON is RFC 7946 to the letter, and readers that we did not write take it for that."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pytest
import shapely
from export_claims import ABOUT, AREA, CLAIMS, MENTIONS, POINT, UNLOCATED, claims, plain_claim
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import shape

from gazetteer.model import PlaceKind
from geo.export import COLUMNS, dumps, write
from geo.export.extent import Extent
from geo.export.shapes import circle
from geo.model import Claim, Mention

LINTERS = os.environ.get("STRIKEMAP_NODE_MODULES")
LINT = """
const { check } = require(process.argv[2] + '/@placemarkio/check-geojson');
const geojsonhint = require(process.argv[2] + '/@mapbox/geojsonhint');
const text = require('fs').readFileSync(process.argv[3], 'utf8');
let found = geojsonhint.hint(text, { precisionWarning: true });
try { check(text); } catch (error) { found = found.concat(error.issues); }
console.log(JSON.stringify(found));
"""


def written(some: Iterable[Claim] | Iterable[Mention], *, layer: str = "claims") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(dumps(some, format="geojson", about=ABOUT, layer=layer))
    return told


def at(lat: float, lon: float, *, radius_km: float | None = None, claim_id: str = "c") -> Claim:
    kind = PlaceKind.POINT if radius_km is None else PlaceKind.AREA
    return dataclasses.replace(plain_claim(claim_id), place_kind=kind, lat=lat, lon=lon, radius_km=radius_km)


def positions(coordinates: list[Any]) -> list[list[float]]:
    if isinstance(coordinates[0], float | int):
        return [coordinates]
    return list(chain.from_iterable(map(positions, coordinates)))


def test_features_have_ids_lon_first_five_decimals_and_null_for_nowhere() -> None:
    collection = written(CLAIMS)
    point, area, nowhere = collection["features"]
    assert [feature["id"] for feature in collection["features"]] == ["c-point", "c-area", "c-none"]
    assert point["geometry"] == {"type": "Point", "coordinates": [46.81611, 40.21123]}
    assert area["geometry"]["type"] == "Polygon"
    assert nowhere["geometry"] is None
    assert "crs" not in collection
    assert tuple(point["properties"]) == COLUMNS
    assert point["properties"]["also"] == [[50, 60], [70, 80]]
    assert point["properties"]["place_names"] == ["Ağdərə", "Мардакерт"]
    assert collection["bbox"] == [46.81611, 39.6, 47.3, 40.21123]


def test_an_area_is_never_a_point_and_keeps_its_label_point_as_properties() -> None:
    with_polygon, as_circle = written([AREA, at(39.8, 47.1, radius_km=25.0)])["features"]
    assert shape(with_polygon["geometry"]).equals(AREA.geometry)
    assert as_circle["geometry"]["type"] == "Polygon"
    assert len(as_circle["geometry"]["coordinates"][0]) == 65
    assert (as_circle["properties"]["lat"], as_circle["properties"]["lon"]) == (39.8, 47.1)


def test_an_areas_point_beside_its_polygon_is_left_out() -> None:
    both = shapely.GeometryCollection([shapely.Point(47, 39.8), AREA.geometry])
    (feature,) = written([dataclasses.replace(AREA, geometry=both)])["features"]
    assert shape(feature["geometry"]).equals(AREA.geometry)


def test_an_area_that_has_only_a_point_for_geometry_becomes_its_circle() -> None:
    (feature,) = written([dataclasses.replace(AREA, geometry=shapely.Point(47, 39.8))])["features"]
    assert len(feature["geometry"]["coordinates"][0]) == 65


def test_outer_rings_are_counter_clockwise_and_holes_clockwise() -> None:
    holed = shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    several = shapely.MultiPolygon([holed, shapely.Polygon([(20, 0), (20, 5), (25, 5)])])
    (feature,) = written([dataclasses.replace(AREA, geometry=several)])["features"]
    for rings in feature["geometry"]["coordinates"]:
        assert [shapely.LinearRing(ring).is_ccw for ring in rings] == [True] + [False] * (len(rings) - 1)


@pytest.mark.parametrize(("lat", "lon", "radius_km"), [(0, 0, 10), (40.2, 46.8, 25), (-77, 120, 300), (70, -30, 900)])
def test_a_circles_points_lie_at_its_radius(lat: float, lon: float, radius_km: float) -> None:
    ring = circle(lat, lon, radius_km=radius_km).exterior
    assert ring.is_ccw
    for east, north in ring.coords:
        metres = Geod(ellps="WGS84").inv(lon, lat, east, north)[2]
        assert metres / 1000 == pytest.approx(radius_km, rel=0.006)


@pytest.mark.parametrize("lon", [179.9, -179.9, 180.0])
def test_a_circle_over_the_antimeridian_is_cut_there(lon: float) -> None:
    collection = written([at(10, lon, radius_km=100)])
    geometry = shape(collection["features"][0]["geometry"])
    assert isinstance(geometry, shapely.MultiPolygon)
    assert geometry.is_valid
    assert -180 <= geometry.bounds[0] < geometry.bounds[2] <= 180
    assert sum(part.bounds[2] - part.bounds[0] for part in geometry.geoms) < 2.1
    west, _, east, _ = collection["bbox"]
    assert 178 < west <= 180
    assert -180 <= east < -178


def test_a_polygon_that_runs_past_180_degrees_is_cut_there() -> None:
    far = shapely.box(170, -10, 190, 10)
    (feature,) = written([dataclasses.replace(AREA, geometry=far)])["features"]
    geometry = shape(feature["geometry"])
    assert geometry.equals(shapely.union_all([shapely.box(170, -10, 180, 10), shapely.box(-180, -10, -170, 10)]))


@pytest.mark.parametrize(("lat", "inside", "outside"), [(85, (0, 89), (0, 70)), (-85, (0, -89), (0, -70))])
def test_a_circle_with_a_pole_inside_holds_that_pole(lat: float, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    (feature,) = written([at(lat, 30, radius_km=1000)])["features"]
    geometry = shape(feature["geometry"])
    assert geometry.is_valid
    assert geometry.contains(shapely.Point(inside))
    assert geometry.contains(shapely.Point(-150, inside[1]))
    assert not geometry.contains(shapely.Point(outside))


def test_a_bbox_goes_the_short_way_round_only_where_that_is_much_shorter() -> None:
    assert written([at(-17, 178), at(-14, -171)])["bbox"] == [178.0, -17.0, -171.0, -14.0]
    assert written([at(40, -120), at(50, 0), at(60, 130)])["bbox"] == [-120.0, 40.0, 130.0, 60.0]
    assert written([at(40, 10), at(50, 30)])["bbox"] == [10.0, 40.0, 30.0, 50.0]
    assert written([at(1, 2)])["bbox"] == [2.0, 1.0, 2.0, 1.0]


def test_without_a_place_or_a_claim_there_is_no_bbox() -> None:
    assert "bbox" not in written([UNLOCATED])
    assert written([])["features"] == []
    assert "bbox" not in written([])


@given(st.lists(st.tuples(st.floats(-180, 180).map(lambda each: round(each, 5)), st.floats(0, 40)), min_size=1, max_size=6))
def test_a_bbox_holds_every_box(boxes: list[tuple[float, float]]) -> None:
    extent = Extent()
    for west, width in boxes:
        extent.add(west, 0, min(180.0, round(west + width, 5)), 1)
    found = extent.bbox()
    assert found is not None
    for west, width in boxes:
        for longitude in (west, min(180.0, round(west + width, 5))):
            if found[0] <= found[2]:
                assert found[0] <= longitude <= found[2]
            else:
                assert longitude >= found[0] or longitude <= found[2]


def test_mentions_are_features_too() -> None:
    washington, nowhere = written(MENTIONS, layer="mentions")["features"]
    assert washington["geometry"] == {"type": "Point", "coordinates": [-77.03637, 38.89511]}
    assert (nowhere["geometry"], nowhere["id"]) == (None, "a-1:30-37")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "${alert(1)}", "a\x00b", "\\u0000", "\ud800", "a\r\nb", "\u2028"])
def test_any_text_leaves_the_file_whole_and_readable(tmp_path: Path, text: str) -> None:
    out = tmp_path / "out.geojson"
    write([dataclasses.replace(POINT, quote=text, place_names=(text,), claim_id=text), UNLOCATED], out, format="geojson", about=ABOUT)
    expected = text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert json.loads(out.read_bytes())["features"][0]["properties"]["quote"] == expected
    assert geopandas.read_file(out)["quote"].tolist() == [expected, "Shells fell."]


def test_geopandas_reads_count_types_reference_system_and_nowhere(tmp_path: Path) -> None:
    out = tmp_path / "strikes.geojson"
    write(CLAIMS, out, format="geojson", about=ABOUT)
    frame = geopandas.read_file(out)
    assert len(frame) == 3
    assert frame.crs is not None
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.isna().tolist() == [False, False, True]
    assert frame.geometry.geom_type.tolist()[:2] == ["Point", "Polygon"]
    assert frame["date_start"].dt.strftime("%Y-%m-%d").tolist()[0] == "2020-10-23"
    assert frame["killed_min"].tolist()[0] == 12
    assert frame["killed_max"].isna().all()
    assert set(COLUMNS) <= set(frame.columns)
    kinds = dict(zip(*(pyogrio.read_info(out)[key] for key in ("fields", "ogr_types")), strict=True))
    assert (kinds["date_start"], kinds["lat"], kinds["quote_start"], kinds["published"]) == (
        "OFTDate",
        "OFTReal",
        "OFTInteger",
        "OFTDateTime",
    )
    assert tuple(pyogrio.read_bounds(out)[1][:, 0]) == pytest.approx((46.81611, 40.21123, 46.81611, 40.21123))


@settings(deadline=None, max_examples=25)
@given(some=st.lists(claims(), min_size=1, max_size=3, unique_by=lambda claim: claim.claim_id))
def test_any_claims_come_back_from_geojson_in_place(tmp_path_factory: pytest.TempPathFactory, some: list[Claim]) -> None:
    out = tmp_path_factory.mktemp("out") / "out.geojson"
    write(some, out, format="geojson", about=ABOUT)
    collection = json.loads(out.read_bytes())
    frame = geopandas.read_file(out)
    assert len(frame) == len(some)
    for claim, geometry, feature in zip(some, frame.geometry, collection["features"], strict=True):
        assert feature["id"] == claim.claim_id
        if claim.lat is None or claim.lon is None:
            assert geometry is None
            continue
        assert all(round(number, 5) == number for position in positions(feature["geometry"]["coordinates"]) for number in position)
        if claim.place_kind is PlaceKind.POINT:
            assert isinstance(geometry, shapely.Point)
            assert (geometry.x, geometry.y) == (round(claim.lon, 5), round(claim.lat, 5))
        else:
            assert geometry.geom_type in {"Polygon", "MultiPolygon"}
            assert geometry.is_valid
            assert geometry.buffer(1e-4).contains(shapely.Point(claim.lon, claim.lat))
        if claim.geometry is not None:
            assert geometry.bounds == pytest.approx(claim.geometry.bounds, abs=1e-5)


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed (Debian: gdal-bin)")
def test_gdal_of_the_system_reads_it(tmp_path: Path) -> None:
    out = tmp_path / "strikes.geojson"
    write(CLAIMS, out, format="geojson", about=ABOUT)
    told = subprocess.run(["ogrinfo", "-ro", "-al", "-so", str(out)], capture_output=True, text=True, check=True, timeout=60)
    assert "Feature Count: 3" in told.stdout
    assert "WGS 84" in told.stdout
    assert "date_start: Date" in told.stdout
    assert "lat: Real" in told.stdout
    assert "ERROR" not in told.stdout + told.stderr
    assert "Warning" not in told.stdout + told.stderr


@pytest.mark.skipif(
    not LINTERS or shutil.which("node") is None,
    reason="STRIKEMAP_NODE_MODULES names no folder with the GeoJSON linters, or node is not installed",
)
@pytest.mark.parametrize(
    "some", [CLAIMS, (), (UNLOCATED,), (at(10, 180, radius_km=100), at(-17, 178, claim_id="d")), (at(88, 0, radius_km=900),)]
)
def test_linters_find_nothing(tmp_path: Path, some: tuple[Claim, ...]) -> None:
    out = tmp_path / "strikes.geojson"
    write(some, out, format="geojson", about=ABOUT)
    assert LINTERS is not None
    script = tmp_path / "lint.js"
    script.write_text(LINT, encoding="utf-8")
    told = subprocess.run(
        ["node", str(script), str(Path(LINTERS).resolve()), str(out)], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(told.stdout) == []
