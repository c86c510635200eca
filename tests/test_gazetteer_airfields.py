"""Airfields are found by names that say so, and never take a town's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import BuildError, Gazetteer, Layer, PlaceKind, distance_km
from gazetteer.airfields import read_airfields

HEAD = "icao,iata,name,city,subd,country,elevation,lat,lon,tz,lid\n"


@pytest.mark.parametrize(
    ("name", "icao"),
    [
        ("Heydar Aliyev International Airport", "UBBB"), ("Baku airport", "UBBB"), ("Boryspil International", "UKBB"),
        ("Mineralnyye Vody air base", "URMM"), ("Aden International Airport", "OYAA"),
    ],
)  # fmt: skip
def test_an_airfield_is_found_by_its_own_name_and_its_city_s(gazetteer: Gazetteer, name: str, icao: str) -> None:
    found = {m.place.place_id: m.place for m in gazetteer.find(name)}
    nearby = [p for p in found.values() if p.layer is Layer.OVERLAY]
    place = found.get(f"icao:{icao}") or nearby[0]
    assert (place.kind, place.feature_code in {"AIRP", "AIRB", "AIRF"}) == (PlaceKind.POINT, True)
    if place.layer is Layer.AIRFIELDS:
        assert (place.radius_km, place.licence) == (3, "MIT")


def test_no_airfield_bears_a_settlement_s_name(gazetteer: Gazetteer) -> None:
    for name in ("Baku", "Aleppo", "Khartoum", "London", "Field", "Heydar Aliyev", "Beulah"):
        assert not [m for m in gazetteer.find(name) if m.place.layer is Layer.AIRFIELDS], name


def test_every_airfield_s_name_says_that_it_is_one() -> None:
    words = ("airport", "air base", "airbase", "airfield", "international", "airpark", "airstrip", "aerodrome", "air station", "afb",
             "air force", "airdrome", "air park", "air strip", "air field")  # fmt: skip
    for entry in read_airfields():
        for name in entry.place.names:
            assert any(word in name.text.lower() for word in words), name


def test_the_overlay_s_airfield_stands_for_the_list_s(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Aleppo International Airport")
    assert found[0].place.layer is Layer.OVERLAY
    assert not [m for m in found[1:] if distance_km(m.place.point, found[0].place.point) < 6]


def test_a_military_field_takes_the_city_s_air_base(tmp_path: Path) -> None:
    path = tmp_path / "airports.csv"
    path.write_text(
        HEAD
        + "AAAA,,Qwert City Airport,Qwert,R,AZ,1,40,46,x,\n"
        + "AAAB,,Qwert North Air Base,Qwert,R,AZ,1,40.2,46,x,\n"
        + "AAAC,,Uiop (closed),Uiop,R,AZ,1,41,46,x,\n"
        + "00A1,,A Private Field,Uiop,R,AZ,1,41,46,x,\n"
    )
    entries = {e.place.place_id: e.place for e in read_airfields(path)}
    bearing = {n: {i for i, p in entries.items() if n in {x.text for x in p.names}} for n in ("Qwert Air Base", "Uiop Air Base")}
    assert bearing == {"Qwert Air Base": {"icao:AAAB"}, "Uiop Air Base": {"icao:AAAC"}}
    assert entries["icao:AAAC"].name == "Uiop Airport"
    assert set(entries) == {"icao:AAAA", "icao:AAAB", "icao:AAAC"}


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", HEAD + "AAAA,,X,Y,R,AZ,1,north,46,x,\n", HEAD + "AAAA,,X,Y,R,AZ,1,99,46,x,\n"])
def test_a_damaged_table_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "airports.csv"
    path.write_text(content)
    with pytest.raises(BuildError, match=r"airports\.csv"):
        list(read_airfields(path))
