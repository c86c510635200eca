"""Days as reports write them above their text: "Sat Nov 12 2016", "30-06-2016", "3 August 2015", "Jul 012016", "July 21"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_WEEKDAY = rf"(?:{WEEKDAY_NAME},?\s+)?"
_NUMBER = r"[0-9]{1,2}"
_ORDINAL = rf"{_NUMBER}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_CLOCK = r"(?:,?\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s+[a-z]{2,4})?)?"

FULL_DAY = (
    r"(?i:(?<![\w.,/-])"
    rf"(?:{_WEEKDAY}(?:{_YEAR}[-/.]{_NUMBER}[-/.]{_NUMBER}(?![0-9])"
    rf"|{_NUMBER}-{_NUMBER}-{_YEAR}|{_NUMBER}\.{_NUMBER}\.{_YEAR}|{_NUMBER}/{_NUMBER}/{_YEAR}"
    rf"|{MONTH_NAME}\s*{_ORDINAL}{_CLOCK},?\s*{_YEAR}"
    rf"|{_ORDINAL}\s+(?:of\s+)?{MONTH_NAME},?\s*{_YEAR})))"
)
"""A pattern, without groups, for a day with its year."""

SHORT_DAY = rf"(?i:{_WEEKDAY}(?:{MONTH_NAME}\s*{_ORDINAL}|{_ORDINAL}\s+(?:of\s+)?{MONTH_NAME})(?!\w|,?\s*[0-9]))"
"""A pattern, without groups, for a day without a year."""

_MONTH_FIRST = re.compile(rf"(?P<month>{MONTH_NAME})\s*(?P<day>{_NUMBER})(?:st|nd|rd|th)?{_CLOCK},?\s*(?P<year>{_YEAR})?", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(?P<day>{_NUMBER})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH_NAME}),?\s*(?P<year>{_YEAR})?", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(?P<year>{_YEAR})[-/.](?P<month>{_NUMBER})[-/.](?P<day>{_NUMBER})")
_NUMERIC = re.compile(rf"(?P<first>{_NUMBER})(?P<mark>[-/.])(?P<second>{_NUMBER})[-/.](?P<year>{_YEAR})")
_LEADING_WEEKDAY = re.compile(_WEEKDAY, re.IGNORECASE)


def read_day(written: str, *, published: date | None = None) -> date | None:
    """Turn words that one of the two patterns found into a day.

    Parameters
    ----------
    written
        What FULL_DAY or SHORT_DAY matched, whole.
    published
        The day that a day without a year lies before, or at most one day after.

    Returns
    -------
    day
        None if there is no such day (31 April), if the year is missing and cannot be told, or if there is more than one
        reading. Numbers with dots or hyphens are day first unless that is impossible; with slashes the order is a matter of
        country, so only an impossible reading or the weekday decides.
    """
    weekday = _LEADING_WEEKDAY.match(written)
    start = weekday.end() if weekday else 0
    found = _MONTH_FIRST.match(written, start) or _DAY_FIRST.match(written, start)
    if found:
        month, day = _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
        if found["year"]:
            return _valid(int(found["year"]), month, day)
        return _nearest(month, day, published=published) if published else None
    found = _YEAR_FIRST.match(written, start)
    if found:
        return _valid(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _NUMERIC.match(written, start)
    return _numeric(found, weekday=written[:3].lower() if start else None) if found else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


def _nearest(month: int, day: int, *, published: date) -> date | None:
    years = (published.year - 1, published.year, published.year + 1)
    known = _known(_valid(year, month, day) for year in years)
    # Time zones: a report of the 1st may be published while it is still the 31st elsewhere.
    return max((found for found in known if (found - published) <= timedelta(days=1)), default=None)


def _numeric(found: re.Match[str], *, weekday: str | None) -> date | None:
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    readings = _known([_valid(year, second, first), _valid(year, first, second) if first != second else None])
    if len(readings) > 1 and found["mark"] == "/":
        readings = [day for day in readings if weekday is not None and _WEEKDAYS[day.weekday()] == weekday]
        return readings[0] if len(readings) == 1 else None
    return readings[0] if readings else None
