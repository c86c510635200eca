"""What `strikemap gazetteer` prints."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer, commands


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


def test_info_names_every_source_with_its_licence(gazetteer: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.info(cache_dir=gazetteer.path.parent) == 0
    out = capsys.readouterr().out
    assert gazetteer.version in out
    assert "CC BY 4.0" in out
    assert "Natural Earth" in out
