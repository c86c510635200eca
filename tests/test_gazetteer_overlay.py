"""Reading Linked Places Format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shapely import wkb

from gazetteer import Gazetteer
from gazetteer.errors import OverlayError
from gazetteer.model import Layer, NameKind, PlaceKind
from gazetteer.overlay import read_overlay


def _feature(**changes: object) -> dict[str, Any]:
    feature: dict[str, Any] = {
        "@id": "sm:t/oldtown",
        "type": "Feature",
        "properties": {"title": "Oldtown", "ccodes": ["AZ"], "kind": "point", "radius_km": 2, "feature_code": "PPL"},
        "names": [
            {"toponym": "Oldtown", "lang": "en", "kind": "primary"},
            {
                "toponym": "Köhnəşəhər",
                "lang": "az",
                "kind": "official",
                "side": "Azerbaijan",
                "when": {"timespans": [{"start": {"in": "2021-01-01"}}]},
            },
        ],
        "relations": [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": "country:AZ",
                "label": "Azerbaijan",
                "standing": "de jure",
                "when": {"timespans": [{"start": {"in": "1991"}, "end": {"in": "2020"}}]},
            }
        ],
        "geometry": {"type": "Point", "coordinates": [46.5, 40.25]},
        "citations": [{"label": "a survey"}],
    }
    return feature | changes


def _file(tmp_path: Path, *features: object) -> Path:
    path = tmp_path / "t.lpf.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def test_a_place_keeps_both_sides_names_and_its_dated_parents(tmp_path: Path) -> None:
    (entry,) = read_overlay(_file(tmp_path, _feature()))
    place = entry.place
    assert (place.place_id, place.lat, place.lon, place.radius_km) == ("sm:t/oldtown", 40.25, 46.5, 2)
    assert (place.kind, place.layer, place.country_code) == (PlaceKind.POINT, Layer.OVERLAY, "AZ")
    other = place.names[1]
    assert (other.text, other.kind, other.side, other.start, other.end) == (
        "Köhnəşəhər",
        NameKind.OFFICIAL,
        "Azerbaijan",
        "2021-01-01",
        None,
    )
    (parent,) = place.parents
    assert (parent.name, parent.standing, parent.start, parent.end) == ("Azerbaijan", "de jure", "1991", "2020")
    assert place.source == "a survey"


def test_an_area_brings_its_outline_and_its_label_point(tmp_path: Path) -> None:
    ring = [[46, 40], [47, 40], [47, 41], [46, 41], [46, 40]]
    geometry = {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [46.1, 40.2]}, {"type": "Polygon", "coordinates": [ring]}],
    }
    (entry,) = read_overlay(_file(tmp_path, _feature(geometry=geometry, properties={"title": "Oldland", "kind": "area", "ccodes": ["AZ"]})))
    assert entry.place.kind is PlaceKind.AREA
    assert entry.place.has_shape
    assert (entry.place.lat, entry.place.lon) == (40.2, 46.1)
    assert entry.shape is not None
    assert wkb.loads(entry.shape).bounds == (46, 40, 47, 41)


def test_an_outline_alone_gets_a_label_point_inside(tmp_path: Path) -> None:
    ring = [[46, 40], [47, 40], [47, 41], [46, 41], [46, 40]]
    (entry,) = read_overlay(_file(tmp_path, _feature(geometry={"type": "Polygon", "coordinates": [ring]})))
    assert 40 < entry.place.lat < 41
    assert 46 < entry.place.lon < 47


def test_a_place_over_several_countries_has_none(tmp_path: Path) -> None:
    (entry,) = read_overlay(_file(tmp_path, _feature(properties={"title": "Highlands", "kind": "area", "ccodes": ["AZ", "AM"]})))
    assert entry.place.country_code is None


def test_the_title_is_a_name_even_if_the_names_lack_it(tmp_path: Path) -> None:
    (entry,) = read_overlay(_file(tmp_path, _feature(names=[])))
    assert [(n.text, n.kind) for n in entry.place.names] == [("Oldtown", NameKind.PRIMARY)]


@pytest.mark.parametrize(
    "changes",
    [
        {"geometry": {"type": "Point", "coordinates": [46.5, 140]}},
        {"geometry": {"type": "Point", "coordinates": ["x", 40]}},
        {"geometry": None},
        {"geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}},
        {"properties": {"ccodes": ["AZ"]}},
        {"properties": {"title": " "}},
        {"properties": {"title": "X", "kind": "blob"}},
        {"properties": {"title": "X", "radius_km": -1}},
        {"names": [{"toponym": "X", "kind": "nickname"}]},
    ],
)
def test_a_feature_that_does_not_hold_is_refused_by_its_id(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(OverlayError, match=r"t\.lpf\.json: feature 1 \(sm:t/oldtown\)"):
        list(read_overlay(_file(tmp_path, _feature(**changes))))


def test_two_features_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OverlayError, match="stands twice"):
        list(read_overlay(_file(tmp_path, _feature(), _feature())))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"features": 1}', b"\xff\xfe"])
def test_a_file_that_is_no_collection_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.lpf.json"
    path.write_bytes(content)
    with pytest.raises(OverlayError, match=r"t\.lpf\.json"):
        list(read_overlay(path))


@pytest.mark.parametrize(
    ("place_id", "admin1"),
    [
        ("sm:ua/bakhmut", "Donetsk Oblast"),
        ("sm:ye/sanaa-airport", "Amanat al-Asimah"),
        ("sm:nk/nagorno-karabakh", None),
        ("country:UA", None),
    ],
)
def test_an_entry_without_a_division_gets_the_one_that_it_lies_in(place_id: str, admin1: str | None, gazetteer: Gazetteer) -> None:
    place = gazetteer.get(place_id)
    assert place is not None
    assert place.admin1 == admin1
