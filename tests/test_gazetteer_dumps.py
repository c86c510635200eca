"""Building GeoNames dumps: what they say is found, what is torn is told, and what was built before serves at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from dump_rows import many, row, write
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from gazetteer import BuildError, DamagedError, Gazetteer, Layer, NameKind, PlaceKind, commands
from gazetteer.dump_build import build_dumps
from gazetteer.dumps import Faults, Lines, find_inputs, read_rows

GEONAMES = Path(__file__).parents[2] / "shared" / "data" / "geonames"
real_dumps = pytest.mark.skipif(not GEONAMES.exists(), reason="../shared/data/geonames is not here: two whole dumps of GeoNames")
LIMITED = """
import pathlib, resource, sys
from gazetteer.dump_build import build_dumps
from gazetteer.errors import BuildError
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    build_dumps([pathlib.Path(sys.argv[1])], cache_dir=pathlib.Path(sys.argv[2]))
except BuildError as error:
    print(error)
"""


@pytest.fixture
def cache(gazetteer: Gazetteer, tmp_path: Path) -> Path:
    """A cache of the test's own with the base that all tests share."""
    folder = tmp_path / "cache"
    folder.mkdir()
    os.link(gazetteer.path, folder / gazetteer.path.name)
    return folder


def _start(code: str, *arguments: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )


def test_a_village_that_the_base_lacks_is_found_with_its_division_and_day(cache: Path, tmp_path: Path) -> None:
    write(tmp_path / "in" / "admin1CodesASCII.txt", "AZ.99\tNew Rayon\tNew Rayon\t5")
    write(tmp_path / "in" / "admin2Codes.txt", "AZ.99.7\tInner Rayon\tInner Rayon\t6")
    dump = write(
        tmp_path / "in" / "AZ.txt",
        row(900_000_001, "Qwertkənd", alternates="Qwertkend-i,qwertknd,Квертканд", admin1="99", admin2="7", population=1200),
    )
    built = build_dumps([dump], cache_dir=cache)
    assert built.places == {"AZ": 1}
    assert not built.faults
    gazetteer = Gazetteer.open(cache_dir=cache)
    (match,) = gazetteer.find("Qwertkend", loose=False)
    place = match.place
    assert (place.place_id, place.layer, place.admin1, place.admin2) == ("gn:900000001", Layer.DUMP, "New Rayon", "Inner Rayon")
    assert (place.population, place.radius_km, place.kind, place.as_of) == (1200, 3, PlaceKind.POINT, "2026-01-02")
    assert place.licence == "CC BY 4.0"
    assert "AZ.txt" in place.source
    assert gazetteer.find("Квертканд")[0].name.kind is NameKind.ALTERNATE
    assert not gazetteer.find("qwertknd", loose=False), "a machine's transliteration is no reader's spelling"
    assert gazetteer.find("Aleppo")[0].place.country_code == "SY", "the base is still there"
    assert "+dumps-" in gazetteer.version


def test_a_dump_s_entry_stands_for_the_base_s_of_the_same_number(cache: Path, tmp_path: Path) -> None:
    build_dumps([write(tmp_path / "GB.txt", row(2643743, "London", lat=51.6, lon=-0.2, code="PPLC", country="GB"))], cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    londons = [m.place for m in gazetteer.find("London") if m.place.place_id == "gn:2643743"]
    assert [(p.layer, p.lat) for p in londons] == [(Layer.DUMP, 51.6)]
    by_another_name = [m for m in gazetteer.find("Londres") if m.place.place_id == "gn:2643743"]
    assert [(m.place.lat, m.name.text) for m in by_another_name] == [(51.6, "Londres")], "the base's names lead to the dump's place"
    whole = gazetteer.get("gn:2643743")
    assert whole is not None
    assert whole.lat == 51.6


def test_countries_and_divisions_keep_their_outlines(cache: Path, tmp_path: Path) -> None:
    dump = write(
        tmp_path / "AZ.txt",
        row(587116, "Azerbaijan", letter="A", code="PCLI", alternates="Qwertistan"),
        row(585630, "Qwertayon", letter="A", code="ADM1", admin1="55"),
        row(900_000_002, "Stray Rayon", letter="A", code="ADM2", admin1="77", admin2="1"),
        row(900_000_003, "Near", lat=40.0, lon=46.1, admin1="77", admin2="1"),
        row(900_000_004, "Far", lat=40.5, lon=46.1, admin1="77", admin2="1"),
    )
    build_dumps([dump], cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    (country,) = [m.place for m in gazetteer.find("Azerbaijan") if m.place.feature_code == "PCLI"]
    assert (country.place_id, country.layer, country.has_shape) == ("country:AZ", Layer.AREAS, True)
    assert gazetteer.find("Qwertistan")[0].place.place_id == "country:AZ"
    assert gazetteer.shape("country:AZ") is not None
    stray = gazetteer.find("Stray Rayon")[0].place
    assert stray.kind is PlaceKind.AREA
    assert 55 < stray.radius_km < 80, "it reaches to its farthest village"


def _district(code: str, **where: str) -> list[str]:
    """Make a division with a village at each corner of a square of 20 km, and one whose code is a slip of the pen, 300 km off."""
    corners = [(40.0, 46.0), (40.18, 46.0), (40.0, 46.235), (40.18, 46.235), (42.8, 46.1)]
    villages = [row(900_001_000 + n, f"Corner {n}", lat=lat, lon=lon, **where) for n, (lat, lon) in enumerate(corners)]
    return [row(900_000_999, "Squareland", lat=40.05, lon=46.1, letter="A", code=code, **where), *villages]


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("ADM2", {"admin1": "77", "admin2": "1"}),
        ("ADM3", {"admin1": "77", "admin2": "1", "admin3": "5"}),
        ("ADM1", {"admin1": "77"}),
    ],
)
def test_a_division_without_an_outline_gets_the_hull_of_its_settlements(
    cache: Path, tmp_path: Path, code: str, where: dict[str, str]
) -> None:
    build_dumps([write(tmp_path / "AZ.txt", *_district(code, **where))], cache_dir=cache)
    # A build of another country keeps it.
    build_dumps([write(tmp_path / "GE.txt", row(900_000_023, "Qwertgeo", country="GE"))], cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    place = gazetteer.find("Squareland")[0].place
    outline = gazetteer.shape(place.place_id)
    assert place.has_shape
    assert outline is not None
    assert outline.contains(Point(46.1, 40.05))
    assert outline.contains(Point(46.235, 40.18)), "it reaches beyond its outermost village"
    west, south, east, north = outline.bounds
    # Villages 10 km apart on average, so the border is taken to be 5 km beyond them.
    assert (west, south, east, north) == pytest.approx((45.941, 39.955, 46.294, 40.225), abs=0.01)
    assert 23 < place.radius_km < 30


def test_a_division_of_two_villages_or_across_the_180th_meridian_has_a_radius_only(cache: Path, tmp_path: Path) -> None:
    where = {"admin1": "77", "admin2": "1"}
    across = {"admin1": "15", "admin2": "9"}
    dump = write(
        tmp_path / "AZ.txt",
        row(900_000_001, "Smallland", lat=40.0, lon=46.0, letter="A", code="ADM2", **where),
        *(row(900_000_002 + n, f"Village {n}", lat=40.0, lon=46.0 + n / 10, **where) for n in range(2)),
        row(900_000_010, "Qwertmeridian", lat=65.0, lon=179.9, letter="A", code="ADM2", **across),
        *(row(900_000_011 + n, f"Cape {n}", lat=65.0 + n / 10, lon=(179.9, -179.9)[n % 2], **across) for n in range(4)),
    )
    build_dumps([dump], cache_dir=cache)
    gazetteer = Gazetteer.open(cache_dir=cache)
    for name in ("Smallland", "Qwertmeridian"):
        place = gazetteer.find(name)[0].place
        assert not place.has_shape
        assert gazetteer.shape(place.place_id) is None
        assert 5 < place.radius_km < 50


@pytest.mark.parametrize(
    ("letter", "code", "kind", "least_km", "most_km"),
    [
        ("S", "AIRB", "point", 3, 6), ("S", "HSP", "point", 0.5, 2), ("S", "PS", "point", 0.5, 3), ("T", "MT", "point", 2, 5),
        ("T", "PASS", "point", 2, 5), ("H", "RSV", "area", 3, 10), ("H", "STM", "area", 20, 60), ("L", "RGN", "area", 30, 80),
        ("A", "ADM3", "area", 10, 40), ("V", "FRST", "area", 5, 20), ("R", "RD", "area", 10, 60), ("T", "DSRT", "area", 100, 300),
        ("", "", "area", 10, 50), ("L", "NEWCODE", "area", 5, 30),
    ],
)  # fmt: skip
def test_kinds_and_radii_are_honest(
    cache: Path, tmp_path: Path, letter: str, code: str, kind: str, least_km: float, most_km: float
) -> None:
    build_dumps([write(tmp_path / "AZ.txt", row(900_000_005, "Qwertspot", letter=letter, code=code))], cache_dir=cache)
    place = Gazetteer.open(cache_dir=cache).find("Qwertspot")[0].place
    assert place.kind.value == kind
    assert least_km <= place.radius_km <= most_km


def test_a_town_stands_before_the_stations_and_hills_that_have_its_name(cache: Path, tmp_path: Path) -> None:
    dump = write(
        tmp_path / "AZ.txt",
        row(900_000_006, "Qwertabad", letter="S", code="RSTN", lat=40.01),
        row(900_000_007, "Qwertabad", population=0),
        row(900_000_008, "Qwertabad", letter="T", code="HLL", lat=41.5),
    )
    build_dumps([dump], cache_dir=cache)
    found = [m.place.place_id for m in Gazetteer.open(cache_dir=cache).find("Qwertabad")]
    assert found == ["gn:900000007", "gn:900000008"], "the town's own station is no other place; a hill far off is"


def test_torn_lines_are_counted_and_named_and_the_rest_is_built(cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [
        "only\tthree\tcolumns", row("x", "No number"), row(900_000_011, ""), row(900_000_012, "North", lat="91"), row(9, "Nan", lon="nan"),
        row(900_000_013, "Land", country="azer"), row(900_000_014, "People", population="-4"), row(900_000_015, "Class", letter="Q"),
        row("9" * 400, "Long number"), row(900_000_019, "x" * 10_000),
    ]  # fmt: skip
    dump = write(tmp_path / "AZ.txt", row(900_000_010, "Qwertone"), *bad, row(900_000_016, "Qwertlast"))
    with dump.open("ab") as file:
        file.write(b"900000017\t\xff\xfe" + b"\t" * 17 + b"\n\n" + row(900_000_018, "Qwerttorn").encode()[:40])
    assert commands.build([str(dump)], cache_dir=cache) == 1
    told = capsys.readouterr()
    assert "AZ: 2 places" in told.out
    assert "AZ.txt: 12 lines were passed over: AZ.txt: line 2: has 3 columns instead of 19; AZ.txt: line 3: geonameid is 'x'" in told.err
    assert len(told.err.splitlines()) == 1
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert gazetteer.find("Qwertone")
    assert gazetteer.find("Qwertlast")


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u200d", "\u202e", "\u2067", "\ufeff"])
def test_marks_that_nobody_sees_make_no_other_name(cache: Path, tmp_path: Path, mark: str) -> None:
    line = row(900_000_020, f"{mark}Qwert{mark}mark{mark}", alternates=f"Qwertalso,{mark}کفر{mark}عقاب,{'y' * 10_000}")
    assert not build_dumps([write(tmp_path / "AZ.txt", line)], cache_dir=cache).faults
    gazetteer = Gazetteer.open(cache_dir=cache)
    for asked in ("Qwertmark", f"Qwert{mark}mark", "qwertalso", "کفرعقاب"):
        assert [m.place.place_id for m in gazetteer.find(asked)] == ["gn:900000020"], asked


def test_a_second_build_keeps_the_first_and_the_same_dump_again_replaces_it(cache: Path, tmp_path: Path) -> None:
    build_dumps([write(tmp_path / "AZ.txt", row(900_000_021, "Qwertold"), row(900_000_022, "Qwertstay"))], cache_dir=cache)
    built = build_dumps([write(tmp_path / "GE.txt", row(900_000_023, "Qwertgeo", country="GE"))], cache_dir=cache)
    assert built.kept == 2
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert gazetteer.find("Qwertold")
    assert gazetteer.find("Qwertgeo")
    built = build_dumps([write(tmp_path / "AZ.txt", row(900_000_022, "Qwertstay"))], cache_dir=cache)
    assert built.kept == 1
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert not gazetteer.find("Qwertold"), "the newer dump of the country no longer has it"
    assert gazetteer.find("Qwertstay")
    assert gazetteer.find("Qwertgeo")
    assert len(list(cache.glob("dumps-*"))) == 1


def test_one_number_in_two_dumps_is_one_place(cache: Path, tmp_path: Path) -> None:
    line = row(900_000_024, "Qwerttwice")
    built = build_dumps([write(tmp_path / "AZ.txt", line, line), write(tmp_path / "allCountries.txt", line)], cache_dir=cache)
    assert sum(built.places.values()) == 1
    assert len(Gazetteer.open(cache_dir=cache).find("Qwerttwice")) == 1


def test_alternate_names_bring_their_languages_and_years(cache: Path, tmp_path: Path) -> None:
    dump = write(tmp_path / "UA.txt", row(900_000_031, "Qwertmut", country="UA", alternates="Qwertivsk,Qwertbach"))
    write(
        tmp_path / "alternateNames" / "UA.txt",
        "1\t900000031\tru\tQwertivsk\t\t\t\t1\t1924\t2016-02-04",
        "2\t900000031\tuk\tКвертмут\t1\t\t\t\t\t",
        "3\t900000031\tlink\thttps://example.org/qwert\t\t\t\t\t\t",
        "4\t1\ten\tElsewhere\t\t\t\t\t\t",
        "torn",
    )
    built = build_dumps([dump], cache_dir=cache)
    assert [(f.name, f.count) for f in built.faults] == [("UA.txt", 1)]
    gazetteer = Gazetteer.open(cache_dir=cache)
    old = gazetteer.find("Qwertivsk")[0].name
    assert (old.kind, old.language, old.start, old.end) == (NameKind.HISTORIC, "ru", "1924", "2016-02-04")
    assert gazetteer.find("Квертмут")[0].name.kind is NameKind.OFFICIAL
    assert gazetteer.find("Qwertbach")[0].name.kind is NameKind.ALTERNATE
    whole = gazetteer.get("gn:900000031")
    assert whole is not None
    assert not [n for n in whole.names if "http" in n.text]


def test_zip_archives_are_read_and_damaged_ones_are_named(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "AZ.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "not this one")
        archive.writestr("AZ.txt", "\n".join(row(900_000_100 + n, f"Qwertzip {n}") for n in range(3000)))
    assert build_dumps([path], cache_dir=cache).places == {"AZ": 3000}
    before = Gazetteer.open(cache_dir=cache).version
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BuildError, match=r"AZ\.zip: the archive is damaged"):
        build_dumps([path], cache_dir=cache)
    with zipfile.ZipFile(tmp_path / "GE.zip", "w") as archive:
        archive.writestr("a.txt", "")
        archive.writestr("b.txt", "")
    with pytest.raises(BuildError, match=r"holds no GE\.txt"):
        build_dumps([tmp_path / "GE.zip"], cache_dir=cache)
    assert Gazetteer.open(cache_dir=cache).version == before


@pytest.mark.parametrize("content", [b"", b"<html>no dump</html>\n", b"\x00" * 5000, b"\t" * 300_000])
def test_what_is_no_dump_is_named_and_leaves_the_rest_alone(cache: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "AZ.txt"
    path.write_bytes(content)
    with pytest.raises(BuildError, match=r"AZ\.txt: holds no place of GeoNames") as caught:
        build_dumps([path], cache_dir=cache)
    assert "\n" not in str(caught.value)
    assert not list(cache.glob("dumps-*"))


def test_a_missing_path_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="nowhere"):
        find_inputs([tmp_path / "nowhere"])
    with pytest.raises(BuildError, match="no GeoNames dump"):
        find_inputs([tmp_path])


def test_a_folder_gives_its_dumps_and_tables_and_no_other_file(tmp_path: Path) -> None:
    for name in ("AZ.txt", "GE.zip", "readme.txt", "countryInfo.txt", "admin1CodesASCII.txt", "alternateNamesV2.txt"):
        (tmp_path / name).write_text("")
    inputs = find_inputs([tmp_path])
    assert {p.name for p in inputs.dumps} == {"AZ.txt", "GE.zip"}
    assert [p.name for p in inputs.divisions] == ["admin1CodesASCII.txt"]
    assert [p.name for p in inputs.alternates] == ["alternateNamesV2.txt"]


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_counted(data: bytes) -> None:
    faults = Faults("X")
    rows = list(read_rows(data.splitlines(keepends=True), faults))
    assert len(rows) + faults.count <= len(data.splitlines())


CELL = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r"), max_size=30)


@settings(max_examples=40, deadline=None)
@given(
    cells=st.lists(CELL, min_size=19, max_size=19),
    number=st.integers(0, 10**14),
    lat=st.floats(),
    lon=st.floats(),
    junk=st.binary(max_size=60),
)
def test_any_dump_is_built_or_refused_in_one_line(cells: list[str], number: int, lat: float, lon: float, junk: bytes) -> None:
    cells[0], cells[4], cells[5], cells[6], cells[8], cells[14] = str(number), str(lat), str(lon), "P", "AZ", ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "AZ.txt"
        path.write_bytes("\t".join(cells).encode() + b"\n" + junk)
        told = ""
        try:
            build_dumps([path], cache_dir=Path(folder) / "cache")
        except BuildError as error:
            told = str(error)
        assert "\n" not in told
        assert bool(told) != bool(list(Path(folder, "cache").glob("dumps-*.sqlite")))


@pytest.mark.skipif(sys.platform == "win32", reason="this system cannot limit a file's size")
def test_a_disk_that_fills_up_is_told_in_one_line_and_leaves_nothing_half(cache: Path, tmp_path: Path) -> None:
    build_dumps([write(tmp_path / "AZ.txt", row(900_000_042, "Qwertfull"))], cache_dir=cache)
    builder = _start(LIMITED, many(tmp_path / "GE.txt", 12_000), cache)
    told = builder.communicate(timeout=60)[0]
    assert len(told.splitlines()) == 1, told
    assert "the gazetteer cannot be built" in told
    assert not list(cache.glob("*.tmp*"))
    gazetteer = Gazetteer.open(cache_dir=cache)
    assert gazetteer.find("Qwertfull")
    assert not gazetteer.find("Dumpville 1")


def test_a_damaged_file_of_dumps_is_told_with_what_to_do(cache: Path, tmp_path: Path) -> None:
    dump = write(tmp_path / "AZ.txt", row(900_000_043, "Qwertcut"))
    path = build_dumps([dump], cache_dir=cache).path
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DamagedError, match="delete the file"):
        Gazetteer.open(cache_dir=cache)
    with pytest.raises(BuildError, match="delete the file"):
        build_dumps([write(tmp_path / "GE.txt", row(900_000_044, "Qwertx"))], cache_dir=cache)


@real_dumps
def test_two_whole_dumps_are_built_and_serve(cache: Path) -> None:
    built = build_dumps([GEONAMES], cache_dir=cache)
    assert built.places == {"AD": 3268, "NL": 22852}
    assert not built.faults
    gazetteer = Gazetteer.open(cache_dir=cache)
    rotterdam = gazetteer.get("gn:2747891")
    assert rotterdam is not None
    assert (rotterdam.admin1, rotterdam.admin2, rotterdam.layer) == ("South Holland", "Rotterdam", Layer.DUMP)
    assert gazetteer.find("Rotterdam")[0].place.place_id == "gn:2747891"
    assert gazetteer.find("Andorra")[0].place.place_id == "country:AD"
    assert gazetteer.find("Roc Meler")[0].place.feature_code == "PK"
    assert {s.places for s in gazetteer.sources() if s.layer is Layer.DUMP} == {3268, 22852}
    assert rotterdam.radius_km < 30
    # Zundert's own land, and Breda beyond its border.
    zundert = gazetteer.shape("gn:2743618")
    assert zundert is not None
    assert zundert.contains(Point(4.66, 51.47))
    assert not zundert.intersects(Point(4.776, 51.587))


@real_dumps
def test_every_line_of_the_whole_dumps_holds() -> None:
    for name, count in (("AD.txt", 3268), ("NL.txt", 22852)):
        faults = Faults(name)
        assert sum(1 for _ in read_rows(Lines(GEONAMES / name), faults)) == count
        assert not faults.count
