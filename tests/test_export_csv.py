"""The CSV opens in a spreadsheet without running anything, and gives every value back."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import pytest
from export_claims import ABOUT, CLAIMS, POINT, UNLOCATED, claims
from hypothesis import example, given
from hypothesis import strategies as st

from geo.export import COLUMNS, dumps, record
from geo.export.csv_file import guarded, unguarded
from geo.export.records import Value
from geo.model import Claim


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def read_back(cell: str, value: Value) -> Value:
    """Read a cell as docs/data-dictionary.md says, with the type of the value that it is compared with."""
    if cell == "":
        return [] if isinstance(value, list) else None
    if isinstance(value, str):
        return unguarded(cell)
    if isinstance(value, list) and value and isinstance(value[0], str):
        return unguarded(cell).split(" | ")
    told: Value = json.loads(cell)
    return told


def test_it_is_what_spreadsheets_expect() -> None:
    data = dumps(CLAIMS, format="csv", about=ABOUT)
    assert data.startswith(b"\xef\xbb\xbfclaim_id,")
    assert data.endswith(b"\r\n")
    rows = rows_of(data)
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_numbers_dates_and_lists_are_plain_and_blanks_are_empty() -> None:
    header, point, _, unlocated = rows_of(dumps(CLAIMS, format="csv", about=ABOUT))
    told = dict(zip(header, point, strict=True))
    assert (told["lat"], told["killed_min"], told["killed_max"]) == ("40.2112345678", "12", "")
    assert (told["date_start"], told["is_background"]) == ("2020-10-23", "false")
    assert told["also"] == "[[50, 60], [70, 80]]"
    assert told["place_names"] == "Ağdərə | Мардакерт"
    assert told["quote"] == POINT.quote
    nothing = dict(zip(header, unlocated, strict=True))
    assert (nothing["lat"], nothing["attacker"], nothing["also"], nothing["published"]) == ("", "", "", "")
    assert nothing["claim_id"] == UNLOCATED.claim_id


def test_a_longitude_in_the_west_stays_a_number() -> None:
    west = dataclasses.replace(POINT, lat=-12.5, lon=-77.03, place_text="-12.5")
    header, row = rows_of(dumps([west], format="csv", about=ABOUT))
    told = dict(zip(header, row, strict=True))
    assert (told["lat"], told["lon"], told["place_text"]) == ("-12.5", "-77.03", "-12.5")


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1 then",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\xa0=1",
        "＝1",
        "\tx",
        "-",
        "'=1",
        "''@x",
        "+",
        "--1",
        "-12.5a",
    ],
)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["-12.5", "+3", "7", "a=1", "Martakert", "'quoted'", "", "<b>", "1-2"])
def test_harmless_cells_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(st.sampled_from("'=+-@ \t\r\n1.e＝x"), max_size=8))
def test_the_apostrophe_can_be_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    begins = guarded(text).lstrip()[:1]
    assert begins not in {*"=@＝"}
    assert begins not in {*"+-"} or float(guarded(text)) is not None


@given(st.lists(claims(), max_size=3))
@example([POINT])
def test_any_claims_come_back_from_csv_equal(some: list[Claim]) -> None:
    _, *rows = rows_of(dumps(some, format="csv", about=ABOUT))
    assert len(rows) == len(some)
    for row, claim in zip(rows, some, strict=True):
        told = record(claim)
        expected = [value.replace("\x00", "\ufffd") if isinstance(value, str) else value for value in told.values()]
        assert [read_back(cell, value) for cell, value in zip(row, expected, strict=True)] == expected
