"""A file is written as a whole or not at all, and what cannot be written is named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from export_claims import ABOUT, CLAIMS, POINT

from geo.errors import OutputError
from geo.export import dumps, write
from geo.model import Claim

FORMATS = ["geojson", "csv", "jsonl"]


def breaking() -> Iterator[Claim]:
    yield POINT
    raise KeyboardInterrupt


@pytest.mark.parametrize("format_", FORMATS)
def test_the_file_holds_what_dumps_gives(tmp_path: Path, format_: str) -> None:
    out = tmp_path / "out"
    write(CLAIMS, out, format=format_, about=ABOUT)
    assert out.read_bytes() == dumps(CLAIMS, format=format_, about=ABOUT)


@pytest.mark.parametrize("format_", FORMATS)
def test_what_stops_in_the_middle_leaves_the_old_file_and_no_other(tmp_path: Path, format_: str) -> None:
    out = tmp_path / "out"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write(breaking(), out, format=format_, about=ABOUT)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert out.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("format_", FORMATS)
def test_no_other_file_is_left_behind(tmp_path: Path, format_: str) -> None:
    write(CLAIMS, tmp_path / "out", format=format_, about=ABOUT)
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "out.about.json"}


def test_a_full_disk_is_one_clear_error() -> None:
    with pytest.raises(OutputError, match=r"/dev/full: cannot be written \(No space left on device\)"):
        write(CLAIMS, "/dev/full", format="geojson", about=ABOUT)


@pytest.mark.parametrize("format_", FORMATS)
def test_folders_and_missing_folders_are_named(tmp_path: Path, format_: str) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write(CLAIMS, tmp_path, format=format_, about=ABOUT)
    with pytest.raises(OutputError, match="nowhere/out: cannot be written"):
        write(CLAIMS, tmp_path / "nowhere" / "out", format=format_, about=ABOUT)
    with pytest.raises(OutputError, match="cannot be written"):
        write(CLAIMS, tmp_path / ("x" * 300), format=format_, about=ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed_and_the_files_rights_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write(CLAIMS, link, format="jsonl", about=ABOUT)
    assert link.is_symlink()
    assert len(real.read_bytes().splitlines()) == 3
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write(CLAIMS, tmp_path / "out", format="jsonl", about=ABOUT)
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_devices_are_written_to_as_they_are() -> None:
    write(CLAIMS, os.devnull, format="csv", about=ABOUT)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    assert not Path(f"{os.devnull}.about.json").exists()


def test_standard_output_gets_the_same(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write(CLAIMS, None, format="jsonl", about=ABOUT)
    assert capfdbinary.readouterr().out == dumps(CLAIMS, format="jsonl", about=ABOUT)


def test_claims_are_written_as_they_come(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    seen: list[int] = []

    def stream() -> Iterator[Claim]:
        for _ in range(40):
            yield POINT
            try:
                seen.append(len(os.read(reader, 1 << 20)))
            except BlockingIOError:  # nothing there yet: it stands in the buffer
                seen.append(0)

    write(stream(), pipe, format="jsonl", about=ABOUT)
    os.close(reader)
    assert sum(seen[:20]) > 0
