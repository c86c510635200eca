"""The marked reports in tests/data/toponyms hold what their README.md says of them."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "data" / "toponyms"
SETS = ("tuning", "checking")


def reports(name: str) -> list[dict[str, Any]]:
    """Read one set."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", SETS)
def test_every_mark_covers_the_name_that_it_gives(name: str) -> None:
    for report in reports(name):
        text = report["text"]
        for mark in report["toponyms"]:
            start, end = mark["start"], mark["end"]
            assert text[start:end] == mark["text"], report["id"]
            assert mark["text"] == mark["text"].strip() != "", report["id"]
            # A mark inside a longer word would be an offset that has slipped onto a namesake.
            assert not text[:start][-1:].isalnum(), (report["id"], mark["text"])
            assert not text[end:][:1].isalnum(), (report["id"], mark["text"])


@pytest.mark.parametrize("name", SETS)
def test_marks_stand_in_order_and_do_not_overlap(name: str) -> None:
    for report in reports(name):
        assert report["toponyms"], report["id"]
        for one, following in pairwise(report["toponyms"]):
            assert one["end"] <= following["start"], (report["id"], one["text"], following["text"])


@pytest.mark.parametrize("name", SETS)
def test_coordinates_are_on_earth(name: str) -> None:
    for report in reports(name):
        for mark in report["toponyms"]:
            assert -90 <= mark["lat"] <= 90, (report["id"], mark["text"])
            assert -180 <= mark["lon"] <= 180, (report["id"], mark["text"])
            assert (mark["lat"], mark["lon"]) != (0, 0), (report["id"], mark["text"])


@pytest.mark.parametrize("name", SETS)
def test_reports_are_short_and_dated_or_undated(name: str) -> None:
    for report in reports(name):
        assert 60 <= len(report["text"].split()) <= 220, report["id"]
        assert report["title"], report["id"]
        if report["date"] is not None:
            dt.date.fromisoformat(report["date"])


def test_no_report_is_there_twice() -> None:
    both = [report for name in SETS for report in reports(name)]
    assert len({report["id"] for report in both}) == len(both)
    assert len({report["text"] for report in both}) == len(both)


@pytest.mark.parametrize("name", SETS)
def test_the_readme_counts_them_right(name: str) -> None:
    held = reports(name)
    row = f"| `{name}.jsonl` | {len(held)} | {sum(len(report['toponyms']) for report in held)} |"
    assert row in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
