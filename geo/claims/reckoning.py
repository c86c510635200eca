"""What days are counted from, and how a wording for days is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import Enum

from geo.claims.intervals import Interval, try_day
from geo.claims.wording import Wording, read_wording

_ONE_DAY = timedelta(days=1)
# Within so many days of the report, "that day" and "earlier in the day" are those of its news.
_NEWS = timedelta(days=3)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Figures(Enum):
    """In which order a list writes its days in figures ("05/06"); open where none of its days tells."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What days count from: the report's own day, the year that its title or an earlier date fixes, the strike told last.

    `zone` is the time zone of the theatre, None where it is not known. Days in figures without a year are only read in a list of
    incidents; `figures` is None in other reports, where "9/11" and "1/4" are something else.
    """

    today: date | None
    year: int | None = None
    previous: date | None = None
    zone: tzinfo | None = None
    figures: Figures | None = None

    def year_of(self, month: int, day: int) -> int | None:
        """Return the year that puts a day of a month last on or before the report, None where nothing fixes it."""
        if self.today is None:
            return self.year
        this = try_day(self.today.year, month, min(day, 28))
        # A report of the 31st may be filed where it is still the 30th.
        return self.today.year if this is None or this <= self.today + _ONE_DAY else self.today.year - 1

    def last(self, weekday: str) -> date | None:
        """Return the last such weekday on or before the report; None without a day to count from."""
        if self.today is None:
            return None
        return self.today - timedelta(days=(self.today.weekday() - weekday_number(weekday)) % 7)

    @property
    def news_day(self) -> date | None:
        """The day that the report's news is at: that of the strike told last, if it is news, else the report's own."""
        if self.today is None or (self.previous is not None and timedelta(0) <= self.today - self.previous <= _NEWS):
            return self.previous
        return self.today


def weekday_number(name: str) -> int:
    """Return 0 for Monday."""
    return WEEKDAYS.index(name.lower())


@dataclass(frozen=True, slots=True, eq=False)
class DayWording:
    """A wording for days, and what reads it: None for words that tell no day of a strike ("next Monday")."""

    wording: Wording
    read: Callable[[re.Match[str], Calendar], Interval | None]


def day_wording(read: Callable[[re.Match[str], Calendar], Interval | None], pattern: str, stems: str) -> DayWording:
    """Make a wording of a pattern that minds capitals: "may" and "sun" are days of nobody."""
    return DayWording(read_wording(pattern, stems, flags=re.RegexFlag(0)), read)
