"""Intervals of days, each with its form in EDTF (ISO 8601-2, levels 0 and 1): what a calendar cannot tell is not written as a day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.model import DateBasis

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From one day to another, both included, and the same in EDTF; `counted` marks one that is counted from another day."""

    start: date
    end: date
    edtf: str
    counted: bool = False

    @property
    def basis(self) -> DateBasis:
        return DateBasis.RELATIVE if self.counted else DateBasis.EXPLICIT

    def relative(self) -> Interval:
        return replace(self, counted=True)

    def moved(self, days: int) -> Interval:
        """Return the interval so many days later; earlier for a negative number."""
        step = timedelta(days=days)
        return between(self.start + step, self.end + step).relative()

    def until(self, day: date) -> Interval:
        """Return the interval without the days after `day`, which lie in the future of whoever tells it. Its EDTF form stays."""
        return replace(self, end=max(self.start, min(self.end, day)))

    def qualified(self, mark: str) -> Interval:
        """Return it with EDTF's "~" (approximate) or "?" (uncertain) on each of its ends."""
        return replace(self, edtf="/".join(end if end[-1] in "~?%" else end + mark for end in self.edtf.split("/")))


def on(day: date) -> Interval:
    """One day."""
    return Interval(start=day, end=day, edtf=day.isoformat())


def between(start: date, end: date) -> Interval:
    """Some days in a row, or some of them: in the order in which they lie."""
    first, last = min(start, end), max(start, end)
    return on(first) if first == last else Interval(start=first, end=last, edtf=f"{first}/{last}")


def night_to(day: date) -> Interval:
    """The night that ends in the morning of a day."""
    return between(day - _ONE_DAY, day)


def month(year: int, number: int) -> Interval:
    """A month as a whole."""
    last = calendar.monthrange(year, number)[1]
    return Interval(start=date(year, number, 1), end=date(year, number, last), edtf=f"{year:04}-{number:02}")


def months(year: int, first: int, last: int) -> Interval:
    """Months of one year in a row; where the first comes after the last, it is of the year before."""
    one, two = month(year - (first > last), first), month(year, last)
    return Interval(start=one.start, end=two.end, edtf=f"{one.edtf}/{two.edtf}")


def year(number: int) -> Interval:
    """A year as a whole."""
    return Interval(start=date(number, 1, 1), end=date(number, 12, 31), edtf=f"{number:04}")


def years(first: int, last: int) -> Interval:
    """Years in a row."""
    low, high = min(first, last), max(first, last)
    return Interval(start=date(low, 1, 1), end=date(high, 12, 31), edtf=f"{low:04}/{high:04}")


def decade(first: int) -> Interval:
    """Ten years, with EDTF's unspecified last digit."""
    return Interval(start=date(first, 1, 1), end=date(first + 9, 12, 31), edtf=f"{first // 10:03}X")


SEASONS = {"spring": (21, 3), "summer": (22, 6), "autumn": (23, 9), "fall": (23, 9), "winter": (24, 12)}
"""Each season's number in EDTF, and its first month in the northern hemisphere."""


def season(year: int, name: str) -> Interval:
    """A season of the northern hemisphere; a winter by the year in which it begins."""
    number, first = SEASONS[name]
    last = first + 2
    end = month(year + (last > 12), (last - 1) % 12 + 1).end
    return Interval(start=date(year, first, 1), end=end, edtf=f"{year:04}-{number}")


def part_of(whole: Interval, part: str) -> Interval:
    """Return the early, middle ("mid") or late third of an interval, whose ends are nowhere fixed."""
    third = ((whole.end - whole.start).days + 1) // 3
    first, last = whole.start + timedelta(days=third), whole.end - timedelta(days=third)
    cut = {"early": (whole.start, first - _ONE_DAY), "mid": (first, last), "late": (last + _ONE_DAY, whole.end)}
    return between(*cut[part]).qualified("~")


def ago(today: date, *, days: int, slack: int, edtf: str) -> Interval:
    """A point so many days before, give or take `slack` days; `edtf` says how it was counted."""
    middle = today - timedelta(days=days)
    return Interval(start=middle - timedelta(days=slack), end=min(today, middle + timedelta(days=slack)), edtf=edtf, counted=True)


def try_day(year: int, number: int, day: int) -> date | None:
    """Return a day of the calendar, None if there is no such day."""
    try:
        return date(year, number, day)
    except ValueError:
        return None
