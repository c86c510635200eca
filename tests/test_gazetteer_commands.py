"""What `strikemap gazetteer` prints."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazetteer import Gazetteer, commands
from gazetteer.own import add


def test_search_tells_where_how_exactly_and_by_whose_name(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.search("Khojavend", cache_dir=gazetteer.path.parent) == 0
    out = capsys.readouterr().out
    assert "±" in out
    assert "Armenia" in out
    assert "de jure" in out
    assert "overlay" in out


def test_search_for_nothing_known_says_so_and_fails(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.search("Qwxyzzy", cache_dir=gazetteer.path.parent) == 1
    assert "Qwxyzzy" in capsys.readouterr().err


def test_search_prints_no_control_characters(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    commands.search("\x1b[31m\u202e", cache_dir=gazetteer.path.parent)
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\u202e" not in err


def test_names_from_a_file_steer_no_terminal(gazetteer: Gazetteer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.link(gazetteer.path, tmp_path / gazetteer.path.name)
    (tmp_path / "mine.csv").write_text("name,lat,lon,admin1\n\x1b[31mQwert\u202eown\u200c,40.5,46.5,\x07Rayon\n", encoding="utf-8")
    add(tmp_path / "mine.csv", cache_dir=tmp_path)
    assert commands.search("[31mQwertown", cache_dir=tmp_path) == 0
    out = capsys.readouterr().out
    assert "Qwert\ufffdown\u200c" in out
    assert not {"\x1b", "\u202e", "\x07"} & set(out)


def test_info_names_every_source_with_its_licence(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.info(cache_dir=gazetteer.path.parent) == 0
    out = capsys.readouterr().out
    assert gazetteer.version in out
    assert "CC BY 4.0" in out
    assert "Natural Earth" in out
