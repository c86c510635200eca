"""A user's own places: taken above all layers, refused with a line a fault, and gone with their file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from dump_rows import row, write
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, Layer, OverlayError, PlaceKind, commands
from gazetteer.dump_build import build_dumps
from gazetteer.own import add

HEADER = "name,lat,lon,names,country_code,kind,radius_km,admin1,source,licence"
RING = [[46.0, 40.0], [47.0, 40.0], [47.0, 41.0], [46.0, 41.0], [46.0, 40.0]]


@pytest.fixture
def cache(gazetteer: Gazetteer, tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    os.link(gazetteer.path, folder / gazetteer.path.name)
    return folder


def _csv(tmp_path: Path, *lines: str, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8-sig")
    return path


def _geojson(tmp_path: Path, *features: object, name: str = "mine.geojson") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def _feature(geometry: dict[str, Any], **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_a_table_s_places_are_found_by_all_their_names(cache: Path, tmp_path: Path) -> None:
    add(_csv(tmp_path, "Qwertown,40.5,46.5,Qwertşəhər|Кверт,AZ,point,2.5,Qwert Rayon,a survey,CC0-1.0"), cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    for name in ("Qwertown", "Qwertşəhər", "кверт"):
        (match,) = gazetteer.find(name, loose=False)
        place = match.place
        assert (place.layer, place.kind, place.lat, place.lon, place.radius_km) == (Layer.OVERLAY, PlaceKind.POINT, 40.5, 46.5, 2.5)
        assert (place.country_code, place.admin1, place.source, place.licence) == ("AZ", "Qwert Rayon", "a survey", "CC0-1.0")
    assert "+own-" in gazetteer.version


def test_own_places_stand_above_the_overlay_the_dumps_and_the_base(cache: Path, tmp_path: Path) -> None:
    build_dumps([write(tmp_path / "AZ.txt", row(900_000_001, "Shushi", lat=39.76, lon=46.75))], cache_dir=cache)
    add(_csv(tmp_path, "Shushi,39.761,46.751,,AZ,,,,,"), cache_dir=cache)
    first, *rest = Gazetteer.open(cache_dir=cache).find("Shushi")
    assert first.place.place_id == "own:mine/shushi"
    assert not [m for m in rest if m.place.kind is PlaceKind.POINT and abs(m.place.lat - 39.76) < 0.02], "one town is one entry"


def test_geojson_gives_points_and_outlines(cache: Path, tmp_path: Path) -> None:
    path = _geojson(
        tmp_path,
        _feature({"type": "Point", "coordinates": [46.5, 40.5]}, name="Qwertpoint", country="az"),
        _feature({"type": "Polygon", "coordinates": [RING]}, name="Qwertland", names=["Qwertia"]),
    )
    add(path, cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert gazetteer.find("Qwertpoint")[0].place.country_code == "AZ"
    land = gazetteer.find("Qwertia")[0].place
    assert (land.kind, land.has_shape) == (PlaceKind.AREA, True)
    assert 100 < land.radius_km < 200, "from its middle to its corner"
    outline = gazetteer.shape(land.place_id)
    assert outline is not None
    assert outline.bounds == (46, 40, 47, 41)


def test_linked_places_keep_sides_and_times(cache: Path, tmp_path: Path) -> None:
    feature = _feature({"type": "Point", "coordinates": [46.5, 40.5]}, title="Qwertfort", ccodes=["AZ"]) | {
        "@id": "me:1",
        "names": [{"toponym": "Qwertberd", "kind": "official", "side": "Armenia", "when": {"timespans": [{"end": {"in": "2023"}}]}}],
    }
    add(_geojson(tmp_path, feature, name="mine.lpf.json"), cache_dir=cache)
    name = Gazetteer.open(cache_dir=cache).find("Qwertberd")[0].name
    assert (name.side, name.end) == ("Armenia", "2023")


def test_deleting_the_file_takes_its_places_out(cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added = add(_csv(tmp_path, "Qwertown,40.5,46.5,,,,,,,"), cache_dir=cache)
    assert Gazetteer.open(cache_dir=cache).find("Qwertown")
    commands.info(cache_dir=cache)
    assert str(added.path) in capsys.readouterr().out
    added.path.unlink()
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert not gazetteer.find("Qwertown")
    assert "own" not in gazetteer.version


def test_a_file_added_again_replaces_itself_and_others_stay(cache: Path, tmp_path: Path) -> None:
    assert not add(_csv(tmp_path, "Qwertone,40.5,46.5,,,,,,,"), cache_dir=cache).replaced
    add(_csv(tmp_path, "Qwerttwo,40.5,46.5,,,,,,,", name="others.csv"), cache_dir=cache)
    assert add(_csv(tmp_path, "Qwertthree,40.5,46.5,,,,,,,"), cache_dir=cache).replaced
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert [bool(gazetteer.find(n)) for n in ("Qwertone", "Qwerttwo", "Qwertthree")] == [False, True, True]
    assert len(list(cache.glob("own-*.sqlite"))) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",40,46,,,,,,,", "the name is blank"),
        ("...,40,46,,,,,,,", "has no letter"),
        (f"{'x' * 300},40,46,,,,,,,", "300 letters"),
        ("X,,46,,,,,,,", "lat is blank"),
        ("X,north,46,,,,,,,", "lat is 'north'"),
        ("X,91,46,,,,,,,", "lat is 91"),
        ("X,40,nan,,,,,,,", "lon is nan"),
        ("X,0,0,,,,,,,", "place not told"),
        ("X,40,46,,AZE,,,,,", "country_code is 'AZE'"),
        ("X,40,46,,,blob,,,,", "kind is 'blob'"),
        ("X,40,46,,,,-3,,,", "radius_km is -3"),
        ("X,40,46,,,,inf,,,", "radius_km is inf"),
        ("X,40,46", "has 3 columns"),
    ],
)
def test_each_fault_is_told_with_its_line_and_nothing_is_added(
    cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    path = _csv(tmp_path, "Qwertgood,40.5,46.5,,,,,,,", line, ",,,,,,,,,", line)
    with pytest.raises(OverlayError, match="nothing was added, 2 faults"):
        commands.add(str(path), cache_dir=cache)
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("strikemap: mine.csv: line 3: ")
    assert second.startswith("strikemap: mine.csv: line 5: ")
    assert told in first
    assert not Gazetteer.open(cache_dir=cache).find("Qwertgood")


@pytest.mark.parametrize("names", ["Qwertö|" + "x" * 10_000, "x" * 201])
def test_no_name_is_lost_for_its_length_without_a_word(tmp_path: Path, names: str) -> None:
    with pytest.raises(OverlayError, match="nothing was added") as caught:
        add(_csv(tmp_path, f"Qwertown,40.5,46.5,{names},,,,,,"), cache_dir=tmp_path / "cache")
    (line,) = caught.value.faults
    assert "letters; 200 are the most" in line
    assert len(line) < 200


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u200d", "\u202e", "\u2067", "\ufeff"])
def test_marks_that_nobody_sees_make_no_other_name(cache: Path, tmp_path: Path, mark: str) -> None:
    add(_csv(tmp_path, f"{mark}Qwert{mark}own{mark},40.5,46.5,{mark}کفر{mark},,,,,,"), cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    for asked in ("Qwertown", f"Qwert{mark}own", "کفر"):
        assert [m.place.lat for m in gazetteer.find(asked) if m.place.place_id.startswith("own:")] == [40.5], asked


def test_an_id_that_another_file_has_is_refused_and_the_other_serves(cache: Path, tmp_path: Path) -> None:
    def linked(name: str, title: str) -> Path:
        return _geojson(tmp_path, _feature({"type": "Point", "coordinates": [46.5, 40.5]}, title=title) | {"@id": "me:1"}, name=name)

    add(linked("one.lpf.json", "Qwertone"), cache_dir=cache)
    with pytest.raises(OverlayError, match="me:1 stands in"):
        add(linked("two.lpf.json", "Qwerttwo"), cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert gazetteer.find("Qwertone")
    assert not gazetteer.find("Qwerttwo")
    assert gazetteer.find("Qwertone")[0].place.source == "one.lpf.json"


@pytest.mark.parametrize(
    ("geometry", "properties", "told"),
    [
        ({"type": ["Point"], "coordinates": [46, 40]}, {"name": "X"}, "its geometry is"),
        ({"type": "LineString", "coordinates": RING}, {"name": "X"}, "LineString"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, {"name": "X"}, "feature 1"),
        ({"type": "Polygon", "coordinates": [RING]}, {"name": "X", "kind": "point"}, "an outline is an area"),
        ({"type": "Point", "coordinates": [46, 140]}, {"name": "X"}, "outside the earth"),
        ({"type": "Point", "coordinates": ["a", 4]}, {"name": "X"}, "feature 1"),
        ({"type": "Point", "coordinates": [46, 40]}, {}, "the name is blank"),
    ],
)
def test_a_faulty_feature_is_told_by_its_number(tmp_path: Path, geometry: dict[str, Any], properties: dict[str, Any], told: str) -> None:
    with pytest.raises(OverlayError, match="nothing was added") as caught:
        add(_geojson(tmp_path, _feature(geometry, **properties)), cache_dir=tmp_path / "cache")
    (line,) = caught.value.faults
    assert line.startswith("mine.geojson: feature 1: ")
    assert told in line


def test_a_kept_file_that_was_spoilt_by_hand_is_named(cache: Path, tmp_path: Path) -> None:
    added = add(_csv(tmp_path, "Qwertown,40.5,46.5,,,,,,,"), cache_dir=cache)
    added.path.write_text("{")
    with pytest.raises(OverlayError, match="mine"):
        Gazetteer.open(cache_dir=cache)


def test_a_table_without_its_columns_or_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("title,latitude\nX,4")
    with pytest.raises(OverlayError, match="lacks the column lon"):
        add(path, cache_dir=tmp_path / "cache")
    path.write_bytes(b"name,lat,lon\n\xc4gdam,40,46\n")
    with pytest.raises(OverlayError, match="line 2 is not UTF-8"):
        add(path, cache_dir=tmp_path / "cache")
    with pytest.raises(OverlayError, match="absent"):
        add(tmp_path / "absent.csv", cache_dir=tmp_path / "cache")


@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200), suffix=st.sampled_from([".csv", ".geojson", ".json"]), head=st.booleans())
def test_any_bytes_are_taken_or_refused(data: bytes, suffix: str, head: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes((b"name,lat,lon\n" if head else b"") + data)
        told = ""
        try:
            add(path, cache_dir=Path(folder) / "cache")
        except OverlayError as error:
            told = str(error)
        assert "\n" not in told
        assert bool(told) != (Path(folder) / "cache" / "own" / "x.lpf.json").exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@id", "name", "type", "coordinates", "x"]), inner),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@example(geometry={"type": "", "coordinates": None}, properties=None, names=None)
@given(geometry=JSON, properties=JSON, names=JSON)
def test_any_features_are_taken_or_refused(geometry: object, properties: object, names: object) -> None:
    features = [
        {"@id": "a", "geometry": geometry, "properties": properties, "names": names},
        {"geometry": geometry, "properties": properties},
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_text(json.dumps({"features": features}))
        with pytest.raises(OverlayError):
            add(path, cache_dir=Path(folder) / "cache")
