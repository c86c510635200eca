"""Days, months and years that are named: "4 October", "on the night of May 3", "in March 2019", "late 2015", "9/9/2015"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.claims.intervals import (
    SEASONS,
    Interval,
    between,
    decade,
    month,
    months,
    night_to,
    on,
    part_of,
    season,
    try_day,
    year,
    years,
)
from geo.claims.reckoning import Calendar, day_wording, weekday_number

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
         "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
# How far from the report's day a day in figures that has two readings may lie.
_NEAR = timedelta(days=31)

_MONTH_NAMES = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH, _MONTH_1 = (rf"(?P<{group}>{_MONTH_NAMES})\.?" for group in ("month", "month1"))
_DAY, _DAY_1 = (rf"(?P<{group}>[0-3]?\d)(?:st|nd|rd|th)?" for group in ("day", "first"))
_YEAR, _YEAR_1 = (rf"(?:,? ?(?P<{group}>(?:19|20)\d\d)\b)" for group in ("year", "year1"))
_TO = r" ?(?:[-–—/]|,? ?\b(?:to|and|until|through|or)\b) ?"
_MORE_DAYS = r"(?:, ?[0-3]?\d(?:st|nd|rd|th)?)*"
_WEEKDAY = r"(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:, ?| \(| )(?:the )?)?"
_NIGHT = r"(?:(?P<night>(?i:overnight(?: on)?|night of(?: the)?)) )?"
_PART = r"(?i:(?P<part>early|mid|late|end of|beginning of|start of|first half of|second half of|first week of|last week of)[ -])"
_PARTS = {"early": "early", "mid": "mid", "late": "late", "end of": "late", "beginning of": "early", "start of": "early",
          "first week of": "early", "last week of": "late"}  # fmt: skip
_SEASON = r"(?i:(?P<season>spring|summer|autumn|fall|winter))"
_YEAR_NUMBER = r"(?P<year>(?:19|20)\d\d)"
_IN_OR_ABOUT = r"(?:(?i:\b(?:in|during|throughout|of)) |(?<=\b[Aa]round )|(?<=\b[Aa]bout )|(?<=\bcirca ))"
_FIXED = r"(?i:\b(?P<holiday>Christmas(?: Eve| Day)?|New Year['’]s (?:Eve|Day))\b)"
_STRIKES = r"(?:attacks?|(?:air ?)?strikes?|bombings?|shellings?|raids?|massacres?|bombardments?|war|offensive|fighting|conflict)"

# What a month's name stands in: "March", "March's", "Mar2020".
_MONTH_STEMS = "|".join(f"{name}{end}" for name in _MONTHS for end in ("$", "19", "20"))


def _number_of(name: str) -> int:
    return _MONTHS[name.lower()]


def _read_iso(match: re.Match[str], _: Calendar) -> Interval | None:
    day = try_day(int(match["year"]), int(match["number"]), int(match["day"]))
    return on(day) if day else None


def _read_figures(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read 24.10.2020 day first; the order of 4/5/2016 is a matter of country, so that only one near reading counts."""
    number, one, two = int(match["year"]), int(match["one"]), int(match["two"])
    readings = [day for day in (try_day(number, two, one), try_day(number, one, two) if one != two else None) if day is not None]
    if len(readings) > 1 and match["mark"] == "/":
        readings = [day for day in readings if calendar.today is not None and timedelta(0) <= calendar.today - day <= _NEAR]
        if len(readings) > 1:
            return None
    return on(readings[0]) if readings else None


def _read_day(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read a day of a month; a weekday beside it that does not fit leaves it uncertain."""
    number, told = _number_of(match["month"]), int(match["day"])
    which = int(match["year"]) if match["year"] else calendar.year_of(number, told)
    day = try_day(which, number, told) if which else None
    if day is None:
        return None
    # The night of the 3rd begins on the 3rd; "overnight on the 3rd" ends there.
    night = (match["night"] or "").lower()
    read = night_to(day) if night.startswith("overnight") else night_to(day + timedelta(days=1)) if night else on(day)
    weekday = match["weekday"]
    return read.qualified("?") if weekday and weekday_number(weekday) != day.weekday() else read


def _read_days(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read days of one month, from the first to the last."""
    number, last = _number_of(match["month"]), int(match["day"])
    which = int(match["year"]) if match["year"] else calendar.year_of(number, last)
    end = try_day(which, number, last) if which else None
    if end is None:
        return None
    return between(try_day(end.year, number, int(match["first"])) or end, end)


def _read_days_across(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read days from one month to another: "28 September to 3 October"."""
    number, last = _number_of(match["month"]), int(match["day"])
    which = int(match["year"]) if match["year"] else calendar.year_of(number, last)
    end = try_day(which, number, last) if which else None
    if end is None:
        return None
    first = _number_of(match["month1"])
    start = try_day(int(match["year1"]) if match["year1"] else end.year - (first > number), first, int(match["first"]))
    return between(start, end) if start is not None and start <= end else on(end)


def _read_month(match: re.Match[str], calendar: Calendar) -> Interval | None:
    got = match.groupdict()
    number = _number_of(match["month"])
    told = got.get("year")
    which = int(told) if told else calendar.year_of(number, 1)
    if which is None:
        return None
    if got.get("yearback"):
        return month(calendar.today.year - 1, number) if calendar.today is not None else None
    if got.get("last") and calendar.today is not None and not told and month(which, number).end >= calendar.today:
        which -= 1
    whole = month(which, number)
    part = got.get("part")
    read = part_of(whole, _PARTS[part.lower()]) if part and part.lower() in _PARTS else whole
    return read.until(calendar.today) if calendar.today is not None and read.start <= calendar.today else read


def _read_months(match: re.Match[str], calendar: Calendar) -> Interval | None:
    first, last = _number_of(match["month1"]), _number_of(match["month"])
    which = int(match["year"]) if match["year"] else calendar.year_of(last, 1)
    return months(which, first, last) if which else None


def _read_season(match: re.Match[str], calendar: Calendar) -> Interval | None:
    name, got = match["season"].lower(), match.groupdict()
    if got.get("year") is not None:
        # Whether the winter of 2014 began or ended in that year, its name does not tell.
        return None if name == "winter" else season(int(match["year"]), name)
    if calendar.today is None:
        return None
    newest = calendar.today.year
    read = next(s for s in (season(newest - back, name) for back in range(3)) if s.end < calendar.today)
    return read.relative()


def _read_year(match: re.Match[str], _: Calendar) -> Interval | None:
    whole, part = year(int(match["year"])), (match.groupdict().get("part") or "").lower()
    return part_of(whole, _PARTS[part]) if part in _PARTS and "week" not in part else whole


def _read_years(match: re.Match[str], _: Calendar) -> Interval | None:
    return years(int(match["first"]), int(match["year"]))


def _read_decade(match: re.Match[str], _: Calendar) -> Interval | None:
    return decade(int(match["decade"]))


_HOLIDAYS = {"christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31), "new year's": (1, 1), "new year": (1, 1)}


def _read_holiday(match: re.Match[str], calendar: Calendar) -> Interval | None:
    name = match["holiday"].lower().replace("’", "'").removesuffix(" day")
    number, told = _HOLIDAYS[name]
    which = int(match["year"]) if match["year"] else calendar.year_of(number, told)
    return on(date(which, number, told)) if which else None


def _read_nth(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read "on the 14th", the last 14th on or before the report."""
    if calendar.today is None:
        return None
    first = calendar.today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    readings = (before,) if match["last"] else (first, before)
    days = (try_day(each.year, each.month, int(match["day"])) for each in readings)
    found = next((day for day in days if day is not None and day <= calendar.today), None)
    return on(found).relative() if found else None


# In order: the first that matches takes its words.
NAMED_DAYS = (
    day_wording(_read_iso, r"\b(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<number>[01]\d)(?P=mark)(?P<day>[0-3]\d)(?=T\d|\b)", "19|20"),
    day_wording(_read_figures, rf"\b(?P<one>[0-3]?\d)(?P<mark>[./-])(?P<two>[0-3]?\d)(?P=mark){_YEAR_NUMBER}\b", "19|20"),
    day_wording(_read_days_across, rf"\b{_DAY_1} {_MONTH_1}{_YEAR_1}?{_TO}{_DAY} {_MONTH}{_YEAR}?(?!\w)", _MONTH_STEMS),
    day_wording(_read_days_across, rf"\b{_MONTH_1} {_DAY_1}{_YEAR_1}?{_TO}{_MONTH} {_DAY}\b{_YEAR}?", _MONTH_STEMS),
    day_wording(_read_days, rf"\b{_NIGHT}{_DAY_1}{_MORE_DAYS}{_TO}{_DAY} {_MONTH}{_YEAR}?(?!\w)", _MONTH_STEMS),
    day_wording(_read_days, rf"\b{_NIGHT}{_MONTH} {_DAY_1}{_MORE_DAYS}{_TO}{_DAY}\b(?!:){_YEAR}?", _MONTH_STEMS),
    day_wording(_read_day, rf"\b{_NIGHT}{_WEEKDAY}{_DAY} (?:of )?{_MONTH}{_YEAR}?(?!\w)", _MONTH_STEMS),
    day_wording(_read_day, rf"\b{_NIGHT}{_WEEKDAY}{_MONTH} (?:the )?{_DAY}(?!\d|,\d){_YEAR}?", _MONTH_STEMS),
    day_wording(_read_months, rf"\b{_MONTH_1}{_TO}{_MONTH} {_YEAR_NUMBER}\b", _MONTH_STEMS),
    day_wording(_read_month, rf"\b(?:the )?{_PART}{_MONTH}{_YEAR}?(?![\w ]?\d)\b", _MONTH_STEMS),
    day_wording(_read_month, rf"\b(?i:(?:in|during) )?{_MONTH} (?P<yearback>(?i:last year|of last year|the year before))\b", _MONTH_STEMS),
    day_wording(_read_month, rf"(?i:\b(?P<last>last) ){_MONTH}(?![\w ]?\d)\b", _MONTH_STEMS),
    # "May" and "March" are months only beside a number or one of these words.
    day_wording(
        _read_month,
        rf"(?i:\b(?:throughout|during|in|all|of|this)[ -])(?:the month of )?{_MONTH}{_YEAR}?(?![\w ]?\d)\b",
        _MONTH_STEMS,
    ),
    day_wording(_read_month, rf"\b{_MONTH} {_YEAR_NUMBER}\b", _MONTH_STEMS),
    day_wording(_read_season, rf"\b{_SEASON}(?: of)? {_YEAR_NUMBER}\b", "|".join(SEASONS)),
    day_wording(_read_season, rf"(?i:\blast ){_SEASON}\b", "|".join(SEASONS)),
    day_wording(_read_years, rf"(?i:\b(?:between|from) )(?P<first>(?:19|20)\d\d){_TO}{_YEAR_NUMBER}\b", "19|20"),
    day_wording(_read_year, rf"\b{_PART}{_YEAR_NUMBER}\b", "19|20"),
    day_wording(_read_year, rf"{_IN_OR_ABOUT}{_YEAR_NUMBER}\b(?!-\d)", "19|20"),
    day_wording(_read_year, rf"(?i:\b(?:the|a|that)) {_YEAR_NUMBER} (?=(?:[\w-]+ )?{_STRIKES}\b)", "19|20"),
    day_wording(_read_decade, r"(?i:\b(?:in|during) the )(?P<decade>(?:19|20)\d0)s\b", "19|20"),
    day_wording(_read_holiday, rf"{_FIXED}(?: in)?{_YEAR}?", "christmas|new$"),
    day_wording(
        _read_nth,
        r"(?i:\bon the )(?P<day>[0-3]?\d)(?:st|nd|rd|th)"
        r"(?: of (?:this|the) month|(?P<last> of last month)|(?=[,.;]|$| (?:and|at|when|by)\b))",
        "st$|nd$|rd$|th$",
    ),
)  # fmt: skip
"""Wordings of days that are named, each with its reader."""
