"""Days as words, read against the day of the report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.dates import Calendar, find_dates
from geo.model import DateBasis, Span

# A Saturday.
TODAY = date(2020, 10, 24)


def days(text: str, calendar: Calendar | None = None) -> list[tuple[date, date]]:
    found = find_dates(text, Span(0, len(text)), calendar or Calendar(today=TODAY))
    return [(w.start, w.end) for w in found]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Shells fell overnight", date(2020, 10, 23), TODAY),
        ("It was hit last night", date(2020, 10, 23), TODAY),
        ("It was hit yesterday", date(2020, 10, 23), date(2020, 10, 23)),
        ("It was hit this morning", TODAY, TODAY),
        ("on Friday the town was hit", date(2020, 10, 23), date(2020, 10, 23)),
        ("on Saturday the town was hit", TODAY, TODAY),
        ("Sunday's raid", date(2020, 10, 18), date(2020, 10, 18)),
        ("Sundays raid", date(2020, 10, 18), date(2020, 10, 18)),
        ("last Saturday", date(2020, 10, 17), date(2020, 10, 17)),
        ("on 4 October", date(2020, 10, 4), date(2020, 10, 4)),
        ("on October 4", date(2020, 10, 4), date(2020, 10, 4)),
        ("on Oct. 4, 2016,", date(2016, 10, 4), date(2016, 10, 4)),
        ("on the 4th of October 2016", date(2016, 10, 4), date(2016, 10, 4)),
        ("on 30 December", date(2019, 12, 30), date(2019, 12, 30)),
        ("on 2016-04-02", date(2016, 4, 2), date(2016, 4, 2)),
        ("on 02.04.2016", date(2016, 4, 2), date(2016, 4, 2)),
        ("three days ago", date(2020, 10, 21), date(2020, 10, 21)),
        ("in the past 24 hours", date(2020, 10, 23), TODAY),
        ("last week", date(2020, 10, 12), date(2020, 10, 18)),
        ("last month", date(2020, 9, 1), date(2020, 9, 30)),
        ("throughout September", date(2020, 9, 1), date(2020, 9, 30)),
        ("between 2 and 5 October 2020", date(2020, 10, 2), date(2020, 10, 5)),
    ],
)
def test_words_for_days(text: str, start: date, end: date) -> None:
    assert days(text) == [(start, end)]


@pytest.mark.parametrize(
    "text", ["He may come", "They march on", "in the second attack", "since March", "40 people died", "at 7:45", "Sunny weather"]
)
def test_other_words_are_no_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("text", ["overnight", "on Monday", "yesterday", "on 4 October", "last week", "three days ago"])
def test_without_a_day_to_count_from_nothing_is_filled_in(text: str) -> None:
    assert days(text, Calendar(today=None)) == []


def test_the_year_of_the_title_dates_a_month_and_day() -> None:
    assert days("on 4 October", Calendar(today=None, year=2016)) == [(date(2016, 10, 4), date(2016, 10, 4))]


def test_the_next_day_counts_from_the_strike_told_before() -> None:
    assert days("The next day", Calendar(today=None, previous=date(2016, 4, 2))) == [(date(2016, 4, 3), date(2016, 4, 3))]


def test_the_basis_is_said() -> None:
    text = "on 4 October and on Friday"
    assert [w.basis for w in find_dates(text, Span(0, len(text)), Calendar(today=TODAY))] == [DateBasis.EXPLICIT, DateBasis.RELATIVE]


WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@given(st.dates(min_value=date(1990, 1, 10), max_value=date(2090, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_last_one_on_or_before_the_report(today: date, weekday: str) -> None:
    ((start, end),) = days(f"on {weekday}", Calendar(today=today))
    assert start == end
    assert start.strftime("%A") == weekday
    assert timedelta(0) <= today - start < timedelta(days=7)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for start, end in days(text):
        assert start <= end
