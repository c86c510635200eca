"""What goes out is what was read, under the contract's names, and every file says what it holds."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from export_claims import ABOUT, CLAIMS, MENTIONS, POINT, UNLOCATED, claims
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import OutputError
from geo.export import (
    COLUMNS,
    INTERCEPTION_COLUMNS,
    MENTION_COLUMNS,
    TOLL_COLUMNS,
    About,
    LeftOut,
    Tally,
    dumps,
    find_format,
    record,
    write,
)
from geo.export.about import text as about_text
from geo.export.records import Layer
from geo.model import Claim


def lines_of(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def test_the_record_has_every_field_of_a_claim_but_its_geometry_and_its_reasons() -> None:
    assert sorted(COLUMNS) == sorted({field.name for field in dataclasses.fields(Claim)} - {"geometry", "reasons"})
    assert tuple(record(POINT)) == COLUMNS


def test_the_dictionary_describes_every_column_in_order() -> None:
    text = (Path(__file__).parents[1] / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    described = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert tuple(described) == COLUMNS + MENTION_COLUMNS + TOLL_COLUMNS + INTERCEPTION_COLUMNS


def test_values_are_json_and_blanks_stay_blank() -> None:
    told = record(POINT)
    assert (told["stance"], told["weapon"], told["date_basis"]) == ("accused", "rocket", "relative")
    assert (told["published"], told["date_start"]) == ("2020-10-25T08:30:00+00:00", "2020-10-23")
    assert told["also"] == [[50, 60], [70, 80]]
    assert told["place_names"] == ["Ağdərə", "Мардакерт"]
    assert (told["killed_min"], told["killed_max"]) == (12, None)
    blank = record(UNLOCATED)
    assert {name for name, value in blank.items() if value is None} >= {"attacker", "lat", "lon", "date_start", "killed_min", "published"}


def test_a_claim_of_no_known_type_is_refused_rather_than_written_wrongly() -> None:
    with pytest.raises(TypeError):
        record(dataclasses.replace(POINT, attacker=b"bytes"))  # type: ignore[arg-type]


def test_jsonl_has_one_record_a_line() -> None:
    assert lines_of(dumps(CLAIMS, format="jsonl", about=ABOUT)) == [record(claim) for claim in CLAIMS]


@given(st.lists(claims(), max_size=3))
def test_any_claims_come_back_from_jsonl_equal(some: list[Claim]) -> None:
    assert lines_of(dumps(some, format="jsonl", about=ABOUT)) == [record(claim) for claim in some]


def test_mentions_are_a_layer_with_a_record_of_their_own() -> None:
    washington, nowhere = lines_of(dumps(MENTIONS, format="jsonl", about=ABOUT, layer="mentions"))
    assert tuple(washington) == MENTION_COLUMNS
    assert (washington["text"], washington["role"], washington["lat"]) == ("Washington", "background", 38.89511)
    assert (nowhere["start"], nowhere["end"], nowhere["place_id"], nowhere["lat"]) == (30, 37, None, None)


def test_geojson_says_what_it_holds_and_what_it_leaves_out() -> None:
    told = json.loads(dumps(CLAIMS, format="geojson", about=ABOUT))["strikemap"]
    assert (told["layer"], told["written"], told["unlocated"], told["total"]) == ("claims", 3, 1, 7)
    assert told["left_out"][1] == {"reason": "withheld by the safety profile", "count": 1}
    assert told["filters"] == {"attacker": "Azerbaijan", "from": "2020-10-01"}
    assert told["licence"] == "CC BY 4.0"
    assert told["attributions"] == ["GeoNames, CC BY 4.0, 2026-01-02", "Natural Earth, public domain"]
    assert (told["extractor_version"], told["gazetteer_version"], told["safety"]) == ("0.1.0", "3.0.2", "public")
    assert told["created_at"] == "2026-11-24T12:00:00+00:00"


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_beside_a_table_stands_what_it_says_of_itself(tmp_path: Path, format_: str) -> None:
    out = tmp_path / f"strikes.{format_}"
    write(CLAIMS, out, format=format_, about=ABOUT)
    told = json.loads((tmp_path / f"strikes.{format_}.about.json").read_bytes())
    assert told == json.loads(dumps(CLAIMS, format="geojson", about=ABOUT))["strikemap"]


def test_what_is_known_only_at_the_end_is_asked_at_the_end() -> None:
    failed: list[str] = []

    def stream() -> Iterator[Claim]:
        yield POINT
        failed.append("b.txt")

    def about() -> About:
        return dataclasses.replace(ABOUT, left_out=(LeftOut(reason="inputs not read", count=len(failed)),))

    told = json.loads(dumps(stream(), format="geojson", about=about))["strikemap"]
    assert told["left_out"] == [{"reason": "inputs not read", "count": 1}]


def test_the_same_is_told_in_words() -> None:
    text = about_text(ABOUT, layer=Layer.CLAIMS, tally=Tally(written=3, unlocated=1))
    for part in ("3 claims, 1 of them", "Left out: 3 (outside the dates)", "attacker = Azerbaijan", "CC BY 4.0", "GeoNames", "public"):
        assert part in text


def test_the_tally_counts_what_was_written(tmp_path: Path) -> None:
    for format_ in ("geojson", "csv", "jsonl"):
        assert write(CLAIMS, tmp_path / "out", format=format_, about=ABOUT) == Tally(written=3, unlocated=1)


@pytest.mark.parametrize("format_", ["gpkg", "parquet", "kml", "shp", ""])
def test_formats_that_are_not_written_say_so_and_touch_nothing(tmp_path: Path, format_: str) -> None:
    out = tmp_path / "out"
    with pytest.raises(OutputError, match="choose geojson, csv or jsonl"):
        write(CLAIMS, out, format=format_, about=ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_the_format_follows_from_the_suffix() -> None:
    assert [find_format(name).value for name in ("a.GeoJSON", "b.json", "c.csv", "d.jsonl", "e.gpkg")] == [
        "geojson",
        "geojson",
        "csv",
        "jsonl",
        "gpkg",
    ]
    with pytest.raises(OutputError, match=r"a\.txt"):
        find_format("a.txt")


def test_a_day_is_written_as_a_day_and_a_moment_as_a_moment() -> None:
    assert record(dataclasses.replace(POINT, published=date(2020, 10, 25)))["published"] == "2020-10-25"
