"""Days that are counted from another: the report's own ("yesterday", "last week") or that of the strike told last ("a day later")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from geo.claims.intervals import Interval, ago, between, month, night_to, on, part_of, year
from geo.claims.reckoning import WEEKDAYS, Calendar, day_wording, weekday_number

_ONE_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_HALF_A_DAY_H = 12

_COUNTS = {
    name: n
    for n, names in {1: "a an one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
                     11: "eleven", 12: "twelve", 24: "twenty-four", 48: "forty-eight"}.items()
    for name in names.split()
} | {"a couple of": 2, "a few": 3, "several": 3, "some": 3, "few": 3}  # fmt: skip
_VAGUE = frozenset({"a couple of", "a few", "several", "some", "few"})
# Days of each unit, and by how many days a number of them is blurred.
_UNITS = {"day": (1, 0), "week": (7, 3), "fortnight": (14, 3), "month": (30, 15), "year": (365, 182), "decade": (3652, 365)}

_WEEKDAY_NAMES = "|".join(name.capitalize() for name in WEEKDAYS)
_WEEKDAY, _WEEKDAY_1 = (rf"(?P<{group}>{_WEEKDAY_NAMES})(?:['’]?s\b)?" for group in ("weekday", "first"))
_WEEKDAY_STEMS = "|".join(WEEKDAYS)
_PART = r"(?:(?:early|late) )?(?:night|evening|morning|afternoon|noon|dawn|lunchtime|midnight)"
_NUMBERS = r"an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|a few|few|several|some|\d{1,3}"
_WHOLE = r"(?:(?P<part>early|late|mid|earlier|later|the (?:end|beginning|start) of)[- ])?"
_PARTS = {"early": "early", "mid": "mid", "late": "late", "the end of": "late", "the beginning of": "early", "the start of": "early"}
# "The day before the vote" counts from the vote.
_NO_OTHER_EVENT = r"(?! (?:the|a|an|his|her|its|their|he|she|they|it|we)\b| [A-Z0-9])"


def _read_weekday(match: re.Match[str], calendar: Calendar) -> Interval | None:
    day = calendar.last(match["weekday"])
    if day is None:
        return None
    which = (match.groupdict().get("which") or "").lower()
    if which == "last" and day == calendar.today:
        day -= _WEEK
    if which in {"the previous", "the following"}:
        if calendar.previous is None:
            return None
        back = (calendar.previous.weekday() - day.weekday()) % 7 or 7
        day = calendar.previous - timedelta(days=back) if which == "the previous" else calendar.previous + timedelta(days=7 - back % 7)
    return on(day).relative()


def _read_weekday_of_last_week(match: re.Match[str], calendar: Calendar) -> Interval | None:
    if calendar.today is None:
        return None
    monday = calendar.today - timedelta(days=calendar.today.weekday() + 7)
    return on(monday + timedelta(days=weekday_number(match["weekday"]))).relative()


def _read_weekdays(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read "Monday to Wednesday", "Thursday night into Friday": the first before the last, and that on or before the report."""
    end = calendar.last(match["weekday"])
    if end is None:
        return None
    days = (end.weekday() - weekday_number(match["first"])) % 7
    return between(end - timedelta(days=days), end).relative()


def _read_night(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read "overnight into Friday" and "the night of Thursday"."""
    day = calendar.last(match["weekday"])
    if day is None:
        return None
    begins = match.group().lower().startswith("night of") and day != calendar.today
    return night_to(day + _ONE_DAY if begins else day).relative()


def _read_no_day(_: re.Match[str], __: Calendar) -> Interval | None:
    """Take the words, so that no part of them is read: "next Monday", "Tuesday's talks"."""
    return None


_NEAR_DAYS = {"yesterday": 1, "the day before yesterday": 2}


def _read_near(match: re.Match[str], calendar: Calendar) -> Interval | None:
    near = match["near"].lower()
    if near in {"earlier in the day", "later in the day", "on the day", "during the day", "throughout the day"}:
        return on(calendar.news_day).relative() if calendar.news_day else None
    if calendar.today is None:
        return None
    if near in {"overnight", "last night", "during the night", "in the night", "through the night"}:
        return night_to(calendar.today).relative()
    if near == "the night before last":
        return night_to(calendar.today - _ONE_DAY).relative()
    return on(calendar.today - timedelta(days=_NEAR_DAYS.get(near, 0))).relative()


def _read_back(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read "two days ago" from the report's day, "two days earlier" and "two days later" from the strike told last."""
    word, n_text, unit = match["way"].lower(), match["n"].lower(), match["unit"].lower().rstrip("s")
    count = int(n_text) if n_text.isdigit() else _COUNTS[n_text]
    told_of = calendar.previous or (calendar.today if word in {"earlier", "before"} else None)
    start = calendar.today if word == "ago" else told_of
    if start is None:
        return None
    if unit in {"hour", "minute"}:
        hours = count if unit == "hour" else 0
        return between(
            start - _ONE_DAY * ((hours + _HALF_A_DAY_H) // 24) if word in {"ago", "earlier", "before"} else start, start
        ).relative()
    length, slack = _UNITS[unit]
    if word in {"later", "after"}:
        return on(start + timedelta(days=count * length)).relative() if slack == 0 else None
    if slack == 0 and n_text in _VAGUE:
        return between(start - _WEEK, start - 2 * _ONE_DAY).qualified("~").relative()
    if slack == 0:
        return on(start - timedelta(days=count)).relative()
    return ago(start, days=count * length, slack=slack, edtf=_counted_back(start - timedelta(days=count * length), unit))


def _counted_back(day: date, unit: str) -> str:
    """Write the middle of what was counted back, as fine as its unit."""
    length = {"month": len("2020-10"), "year": len("2020"), "decade": len("2020")}.get(unit)
    return f"{day.isoformat()[:length]}~"


def _read_hours(match: re.Match[str], calendar: Calendar) -> Interval | None:
    if calendar.today is None:
        return None
    word = match["hours"].lower()
    hours = int(word) if word.isdigit() else {"twenty-four": 24, "forty-eight": 48}[word]
    return between(calendar.today - timedelta(days=-(-hours // 24)), calendar.today).relative()


def _read_past(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read "in the past two days", up to the report's own day."""
    if calendar.today is None:
        return None
    told, unit = (match["n"] or "one").lower(), match["unit"].lower().rstrip("s")
    count = int(told) if told.isdigit() else _COUNTS.get(told, 3)
    if match["unit"].endswith("s") and match["n"] is None:
        return None
    read = between(calendar.today - timedelta(days=count * _UNITS[unit][0]), calendar.today)
    return (read.qualified("~") if told in _VAGUE else read).relative()


def _read_week(match: re.Match[str], calendar: Calendar) -> Interval | None:
    if calendar.today is None:
        return None
    monday = calendar.today - timedelta(days=calendar.today.weekday())
    which = match["which"].lower()
    if which == "this":
        return between(monday, calendar.today).relative()
    if which in {"past", "the past", "the last"}:
        return between(calendar.today - _WEEK, calendar.today).relative()
    whole = between(monday - _WEEK, monday - _ONE_DAY)
    part = _PARTS.get((match["part"] or "").lower())
    return (part_of(whole, part) if part else whole).relative()


def _read_weekend(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read the weekend that the report lies in or, from Monday on, the one before; "last weekend" is never the one it lies in."""
    if calendar.today is None:
        return None
    saturday = calendar.today - timedelta(days=(calendar.today.weekday() - 5) % 7)
    if match["which"].lower().startswith("last") and calendar.today.weekday() >= 5:
        saturday -= _WEEK
    return between(saturday, min(saturday + _ONE_DAY, calendar.today)).relative()


def _read_period(match: re.Match[str], calendar: Calendar) -> Interval | None:
    """Read "last month", "earlier this year", "late last year": of the calendar."""
    today = calendar.today
    if today is None:
        return None
    back = match["which"].lower() != "this"
    if match["period"].lower() == "month":
        first = today.replace(day=1)
        last = first - _ONE_DAY if back else today
        whole = month(last.year, last.month)
    else:
        whole = year(today.year - back)
    part = _PARTS.get((match["part"] or "").lower())
    read = part_of(whole, part) if part else whole
    return (read if back else replace(read, start=min(read.start, today)).until(today)).relative()


_STEPS = {
    "the next": 1,
    "the following": 1,
    "the previous": -1,
    "a day earlier": -1,
    "the day before": -1,
    "the day after": 1,
    "a day later": 1,
}


def _read_neighbour(match: re.Match[str], calendar: Calendar) -> Interval | None:
    if calendar.previous is None:
        return None
    words = match["rel"].lower()
    step = next((days for start, days in _STEPS.items() if words.startswith(start)), 0)
    return on(calendar.previous + timedelta(days=step)).relative()


def _read_night_before(_: re.Match[str], calendar: Calendar) -> Interval | None:
    day = calendar.previous or calendar.today
    return night_to(day).relative() if day else None


def counts_from_strike(match: re.Match[str]) -> bool:
    """Tell words that count from the strike told before ("the next day", "two days later") from those that count from the report."""
    got = match.groupdict()
    return "rel" in got or (got.get("way") or "ago").lower() != "ago"


_EARLY = r"(?:early |late |the early hours of )?(?:on )?"
_OTHER_MEETINGS = (
    "talks|meeting|summit|vote|election|truce|ceasefire|deadline|session|deal|agreement|visit|call|statement|report|announcement"
)

# In order: the first that matches takes its words.
COUNTED_DAYS = (
    day_wording(
        _read_weekdays,
        rf"\b(?:(?i:overnight|(?:in|during|on) the night(?: from| of)?) )?{_WEEKDAY_1}(?: {_PART})?"
        rf"(?: ?[-–—/] ?| (?:to|into|and|or|through|until) {_EARLY}){_WEEKDAY}(?: {_PART})?\b",
        _WEEKDAY_STEMS,
    ),
    day_wording(_read_weekday_of_last_week, rf"(?i:\blast week on ){_WEEKDAY}\b", _WEEKDAY_STEMS),
    day_wording(_read_weekday_of_last_week, rf"\b{_WEEKDAY} (?:of )?last week\b", _WEEKDAY_STEMS),
    day_wording(_read_no_day, rf"(?i:\b(?:next|coming|before|ahead of|prior to) (?:the )?){_WEEKDAY}\b", _WEEKDAY_STEMS),
    day_wording(_read_no_day, rf"\b(?:{_WEEKDAY_NAMES})['’]s (?:[\w-]+ ){{0,2}}(?:{_OTHER_MEETINGS})\b", _WEEKDAY_STEMS),
    day_wording(
        _read_no_day,
        r"\b(?:Bloody|Black|Good|Palm|Easter) (?:Friday|Saturday|Sunday|Monday)\b|\bSunday (?:Times|Telegraph|Mirror)\b",
        _WEEKDAY_STEMS,
    ),
    day_wording(_read_night, rf"(?i:\b(?:overnight (?:(?:in)?to |on )?|night of |night to )){_WEEKDAY}\b", _WEEKDAY_STEMS),
    day_wording(
        _read_weekday, rf"\b(?:(?i:(?P<which>last|past|this|the previous|the following)) )?{_WEEKDAY}(?: {_PART})?\b", _WEEKDAY_STEMS
    ),
    day_wording(
        _read_near,
        r"(?i:\b(?P<near>overnight|the night before last|last night|(?:during|in|through) the night|the day before yesterday|yesterday|"
        r"today|tonight|this (?:morning|afternoon|evening)|(?:earlier|later) in the day|on the day|(?:during|throughout) the day)\b)",
        "overnight|night$|yesterday|today|tonight|morning$|afternoon$|evening$|day$",
    ),
    day_wording(
        _read_back,
        rf"(?i:(?<!half )\b(?P<n>{_NUMBERS}) (?P<unit>minutes?|hours?|days?|weeks?|fortnight|months?|years?|decades?) "
        r"(?P<way>ago|earlier|later|(?:before|after)(?=[,.;:)]|$))(?!\w))",
        "ago$|earlier$|later$|before$|after$",
    ),
    day_wording(_read_neighbour, r"(?i:\b(?P<rel>(?:hours|minutes|moments) (?:earlier|later|afterwards?))\b)", "earlier$|later$|afterward"),
    day_wording(
        _read_hours,
        r"(?i:\b(?:in |over |during |within )?(?:the )?(?:past |last |previous )?(?P<hours>24|48|72|twenty-four|forty-eight) hours\b)",
        "hours$",
    ),
    day_wording(
        _read_past,
        rf"(?i:\b(?:in|over|during|within|for|throughout) the (?:past|last|previous) (?:(?P<n>{_NUMBERS}) )?"
        r"(?P<unit>days?|weeks?|months?|years?)\b)",
        "day|week|month|year",
    ),
    day_wording(
        _read_weekend,
        r"(?i:\b(?P<which>over the|at the|during the|on the|this|last|past|the past|the last|previous) weekend\b)",
        "weekend",
    ),
    day_wording(_read_week, rf"(?i:\b{_WHOLE}(?P<which>last|this|previous|past|the past|the last) week\b)", "week$"),
    day_wording(_read_period, rf"(?i:\b{_WHOLE}(?P<which>last|this|previous) (?P<period>month|year)\b)", "month$|year$"),
    day_wording(
        _read_neighbour,
        r"(?i:\b(?P<rel>(?:later )?(?:the same|that|the next|the following|the previous) (?:day|night|evening|morning|afternoon)|"
        rf"a day (?:earlier|later)|the day (?:before|after){_NO_OTHER_EVENT})\b)",
        "day$|night$|evening$|morning$|afternoon$",
    ),
    day_wording(_read_night_before, rf"(?i:\bthe night before\b){_NO_OTHER_EVENT}", "night$"),
)
"""Wordings of days that are counted from another, each with its reader."""
