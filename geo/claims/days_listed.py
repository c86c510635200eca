"""Days as the lines of a list write them: "05/06", "14-15/06", "Sun. 16"."""

from __future__ import annotations

import re
from datetime import timedelta

from geo.claims.intervals import Interval, between, on, try_day
from geo.claims.reckoning import WEEKDAYS, Calendar, Figures, day_wording

_FIGURES = re.compile(r"(?<![\d/.])([0-3]?\d)/([0-3]?\d)(?![\d/.])")
# So far back "Sun. 16" is looked for, in days.
_REACH = 100
_MONTHS_IN_A_YEAR = 12


def read_order(text: str) -> Figures:
    """Tell which order a list's days in figures show: "28/06" puts the day first."""
    pairs = [(int(one), int(two)) for one, two in _FIGURES.findall(text)]
    if any(one > _MONTHS_IN_A_YEAR >= two for one, two in pairs):
        return Figures.DAY_FIRST
    return Figures.MONTH_FIRST if any(two > _MONTHS_IN_A_YEAR >= one for one, two in pairs) else Figures.OPEN


def _read_figures(match: re.Match[str], calendar: Calendar) -> Interval | None:
    if calendar.figures is None:
        return None
    got = match.groupdict()
    one, two = int(match["one"]), int(match["two"])
    if got.get("first"):
        last = _last_such(calendar, two, one)
        first = _last_such(calendar, two, int(match["first"])) if last is not None else None
        return between(first.start, last.end) if first is not None and last is not None and first.start <= last.start else None
    orders = {Figures.DAY_FIRST: ((two, one),), Figures.MONTH_FIRST: ((one, two),), Figures.OPEN: ((two, one), (one, two))}
    read = [day for month, number in orders[calendar.figures] if (day := _last_such(calendar, month, number)) is not None]
    # Where both readings are days, a list of incidents tells of the later one.
    return max(read, key=lambda day: day.start, default=None)


def _last_such(calendar: Calendar, month: int, number: int) -> Interval | None:
    year = calendar.year_of(month, number) if 1 <= month <= _MONTHS_IN_A_YEAR else None
    day = try_day(year, month, number) if year is not None else None
    return on(day) if day is not None else None


def _read_weekday(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read the last day of that number that was such a weekday."""
    if calendar.today is None:
        return None
    weekday = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(match["weekday"].lower()[:3]))
    days = (calendar.today - timedelta(days=back) for back in range(_REACH))
    found = next((day for day in days if day.day == int(match["day"]) and day.weekday() == weekday), None)
    return on(found).relative() if found is not None else None


LISTED_DAYS = (
    day_wording(_read_figures, r"(?<![\d/.])(?P<first>[0-3]?\d)[-–](?P<one>[0-3]?\d)/(?P<two>[01]\d)(?![\d/])", "0"),
    day_wording(_read_figures, r"(?<![\d/.-])(?P<one>[0-3]?\d)/(?P<two>[0-3]\d)(?![\d/])", "0"),
    day_wording(
        _read_weekday,
        r"\b(?P<weekday>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs?|ur)?(?:day)?)\b\.?,? (?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
        r"(?=\s?[,:;.)(–—|-]|\s?$)(?!:\d)",
        "0",
    ),
)  # fmt: skip
"""Wordings of days in lists, each with its reader."""
