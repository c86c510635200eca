"""Tolls of one strike, as the words tell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.casualties import Casualties, Count, read_casualties
from geo.claims.tolls import is_running_total


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("The shelling killed two people", (2, 2), None),
        ("at least 12 people were killed", (12, None), None),
        ("more than 30 civilians died", (30, None), None),
        ("13 civilians and one soldier were killed", (14, 14), None),
        ("killing a woman and her child", (2, 2), None),
        ("killed five and wounded 110", (5, 5), (110, 110)),
        ("two were killed and ten others injured", (2, 2), (10, 10)),
        ("leaving three dead and four wounded", (3, 3), (4, 4)),
        ("dozens were injured", None, (24, None)),
        ("several people were killed", (3, None), None),
        ("no casualties were reported", (0, 0), (0, 0)),
        ("no one was killed but one person was hurt", (0, 0), (1, 1)),
        ("causing the death of eight and the injury of 89", (8, 8), (89, 89)),
        ("1,200 people were killed", (1200, 1200), None),
        ("twenty-one soldiers were killed", (21, 21), None),
        ("40 were killed or wounded", None, None),
        ("30 houses were destroyed", None, None),
        ("a car was hit", None, None),
        ("", None, None),
    ],
)
def test_tolls(text: str, killed: tuple[int, int | None] | None, wounded: tuple[int, int | None] | None) -> None:
    expected = Casualties(killed=Count(*killed) if killed else None, wounded=Count(*wounded) if wounded else None)
    assert read_casualties(text) == expected


@given(st.integers(min_value=1, max_value=1899))
def test_a_number_told_is_the_number_kept(number: int) -> None:
    assert read_casualties(f"The strike killed {number} people") == Casualties(killed=Count(number, number))


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    read = read_casualties(text)
    for count in (read.killed, read.wounded):
        assert count is None or count.high is None or 0 <= count.low <= count.high


@pytest.mark.parametrize(
    ("text", "is_total"),
    [
        ("63 civilians have been killed since the war began", True),
        ("Officials say 900 of their troops have been killed", True),
        ("More than 300,000 people have been killed in the country since the conflict erupted in 2011", True),
        ("The shelling killed four people", False),
        ("One person was killed in the attack", False),
    ],
)
def test_running_totals_are_told_apart(text: str, *, is_total: bool) -> None:
    assert is_running_total(text, read_casualties(text), has_event="shelling" in text) is is_total


def test_an_age_is_no_toll() -> None:
    assert not read_casualties("A shell hit a house, killing the 45-year-old resident.")
    told = read_casualties("The strike killed a 12-year-old girl and two men.")
    assert told.killed is not None
    assert told.killed.low < 12


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Six people, including two children, were killed when a shell hit their home.", 6),
        ("Nine civilians, most of them women, were killed.", 9),
        ("Nine civilians, among them a girl of three, have been killed.", 9),
    ],
)
def test_those_who_are_among_the_dead_are_not_the_count(text: str, killed: int) -> None:
    assert read_casualties(text).killed == Count(low=killed, high=killed)
