"""When a strike is said to have happened: words for days, read against the day of the report.

A weekday is the most recent one on or before that day. Nothing is taken from the day of the report alone: a sentence that
tells no day gives None. ACLED's time precision and UCDP's date precision follow from the length of the interval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from geo.claims.wording import Signs, read_wording
from geo.model import DateBasis, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
         "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_DAYS = {name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

# "May" and "March" are months beside a number only, or after "in" and "of".
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|"
    r"Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,? ?(?P<year>(?:19|20)\d\d)\b)"
_PART = r"(?P<part>night|evening|morning|afternoon|noon|dawn)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:['’]?s)?"

_YEAR_ALONE = r"(?i:\bin )(?P<alone>(?:19|20)\d\d)\b"

# What a month's name stands in: "March", "March's", "Mar2020".
_MONTH_STEMS = "|".join(f"{month}{end}" for month in _MONTHS for end in ("$", "19", "20"))

DATE_WORDINGS = tuple(
    read_wording(pattern, stems, flags=re.RegexFlag(0))
    for pattern, stems in (
        (r"\b(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)\b", "0"),
        (rf"\b(?P<first>[0-3]?\d)(?:st|nd|rd|th)? ?(?:-|–|to|and) ?{_DAY} {_MONTH}{_YEAR}?\b", _MONTH_STEMS),
        (rf"\b{_MONTH} (?P<first>[0-3]?\d)(?:st|nd|rd|th)? ?(?:-|–|to|and) ?{_DAY}\b{_YEAR}?", _MONTH_STEMS),
        (rf"\b{_DAY} (?:of )?{_MONTH}{_YEAR}?(?!\w)", _MONTH_STEMS),
        (rf"\b{_MONTH} {_DAY}(?!\d|,\d){_YEAR}?", _MONTH_STEMS),
        (r"\b(?P<dotted>[0-3]?\d\.[01]?\d\.(?:19|20)\d\d)\b", "0"),
        (
            rf"(?i:\b(?P<span>throughout|during|in|since|all|of|late|early|mid)[ -])(?:the month of )?{_MONTH}{_YEAR}?(?![\w ]?\d)\b",
            _MONTH_STEMS,
        ),
        (
            r"\b(?P<month>January|February|April|June|July|August|September|October|November|December) (?P<year>(?:19|20)\d\d)\b",
            _MONTH_STEMS,
        ),
        (rf"\b(?:(?P<last>last|past) )?{_WEEKDAY}(?: {_PART})?\b", "monday|tuesday|wednesday|thursday|friday|saturday|sunday"),
        (
            (
                r"(?i:\b(?P<near>overnight|last night|yesterday|today|tonight|this morning|this afternoon|this evening|earlier in "
                r"the day|on the day)\b)"
            ),
            "overnight|night$|yesterday|today|tonight|morning$|afternoon$|evening$|day$",
        ),
        (
            (
                r"(?i:\b(?P<back>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?P<unit>day|days|week|weeks|month|"
                r"months) (?:ago|earlier|before)\b)"
            ),
            "ago$|earlier$|before$",
        ),
        (r"(?i:\b(?:in|over|during|within)? ?(?:the )?(?:past|last|previous)? ?(?P<hours>24|48|72|twenty-four) hours\b)", "hours$"),
        (
            r"(?i:\b(?P<which>last|this|past|previous|the past|recent) (?P<period>week|weekend|month|days|weeks|months|year)['’]?s?\b)",
            "week|month|days|year",
        ),
        (
            (
                r"(?i:\b(?P<rel>the same day|that day|the next day|the following day|the previous day|the day before|a day "
                r"earlier|the day after|the same night|that night)\b)"
            ),
            "day$|night$",
        ),
        (_YEAR_ALONE, "19|20"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval of days, both ends included, and the words that say it.

    `reported` marks words that tell when somebody spoke, not when it happened; `from_strike` those that count from the strike told
    before ("the next day").
    """

    start: date
    end: date
    span: Span
    basis: DateBasis
    reported: bool = False
    from_strike: bool = False

    @property
    def time_precision(self) -> int:
        """ACLED's time_precision: 1 exact day, 2 within a week, 3 within a month (ACLED codebook)."""
        days = (self.end - self.start).days
        return 1 if days <= 1 else 2 if days <= 7 else 3

    @property
    def date_prec(self) -> int:
        """UCDP's date_prec: 1 day, 2 two to six days, 3 a week, 4 a month, 5 more (UCDP GED codebook)."""
        days = (self.end - self.start).days + 1
        return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What days count from: the report's own day, the year that its title or an earlier date fixes, the strike told last."""

    today: date | None
    year: int | None = None
    previous: date | None = None


def find_dates(text: str, span: Span, calendar: Calendar, signs: Signs | None = None) -> tuple[When, ...]:
    """Find the days that a sentence names, in order; `signs` are its own, if they have been told.

    Words that cannot be read (a weekday without a day to count from, a month-day without a year) give nothing.
    """
    found: dict[int, When] = {}
    taken: list[Span] = []
    for wording in DATE_WORDINGS:
        if signs is not None and wording not in signs:
            continue
        for match in wording.pattern.finditer(text, span.start, span.end):
            where = Span(*match.span())
            if any(where.start < t.end and t.start < where.end for t in taken):
                continue
            taken.append(where)
            read = _read(match, calendar)
            if read is not None:
                start, end, basis = read
                found[where.start] = When(start=start, end=end, span=where, basis=basis, from_strike="rel" in match.re.groupindex)
    return tuple(found[k] for k in sorted(found))


def _read(match: re.Match[str], calendar: Calendar) -> tuple[date, date, DateBasis] | None:
    got = {k: v for k, v in match.groupdict().items() if v is not None}
    if "iso" in got:
        day = _date(*map(int, got["iso"].split("-")))
        return (day, day, DateBasis.EXPLICIT) if day else None
    if "dotted" in got:
        d, m, y = map(int, got["dotted"].split("."))
        day = _date(y, m, d)
        return (day, day, DateBasis.EXPLICIT) if day else None
    if "month" in got:
        return _read_month(got, calendar)
    if "alone" in got:
        year = int(got["alone"])
        return date(year, 1, 1), date(year, 12, 31), DateBasis.EXPLICIT
    if "rel" in got:
        return _read_neighbour(got["rel"].lower(), calendar)
    if calendar.today is None:
        return None
    return _read_relative(got, calendar.today)


def _read_month(got: dict[str, str], calendar: Calendar) -> tuple[date, date, DateBasis] | None:
    month = _MONTHS[got["month"].lower()]
    year = int(got["year"]) if "year" in got else None
    if "day" not in got:
        if got.get("span", "").lower() == "since":
            return None
        year = year or _year_before(month, 1, calendar)
        if year is None:
            return None
        first = date(year, month, 1)
        end = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
        if calendar.today is not None and first <= calendar.today < end:
            end = calendar.today
        return first, end, DateBasis.EXPLICIT
    day = int(got["day"])
    year = year or _year_before(month, day, calendar)
    end_day = _date(year, month, day) if year else None
    if end_day is None:
        return None
    start_day = _date(end_day.year, month, int(got["first"])) if "first" in got else end_day
    return (min(start_day or end_day, end_day), end_day, DateBasis.EXPLICIT)


def _year_before(month: int, day: int, calendar: Calendar) -> int | None:
    """Return the year that puts a month-day last on or before the report, None where nothing fixes it."""
    if calendar.today is None:
        return calendar.year
    this = _date(calendar.today.year, month, min(day, 28))
    return calendar.today.year if this is None or this <= calendar.today + timedelta(days=1) else calendar.today.year - 1


def _read_neighbour(words: str, calendar: Calendar) -> tuple[date, date, DateBasis] | None:
    if calendar.previous is None:
        return None
    step = (
        1
        if words in {"the next day", "the following day", "the day after"}
        else -1
        if words in {"the previous day", "the day before", "a day earlier"}
        else 0
    )
    day = calendar.previous + timedelta(days=step)
    return day, day, DateBasis.RELATIVE


def _read_relative(got: dict[str, str], today: date) -> tuple[date, date, DateBasis] | None:
    if "weekday" in got:
        ago = (today.weekday() - _DAYS[got["weekday"].lower()]) % 7
        if "last" in got and ago == 0:
            ago = 7
        day = today - timedelta(days=ago)
        return day, day, DateBasis.RELATIVE
    if "near" in got:
        near = got["near"].lower()
        if near in {"overnight", "last night"}:
            return today - timedelta(days=1), today, DateBasis.RELATIVE
        day = today - timedelta(days=1) if near == "yesterday" else today
        return day, day, DateBasis.RELATIVE
    if "back" in got:
        n = _COUNTS.get(got["back"].lower()) or int(got["back"])
        unit = got["unit"].lower().rstrip("s")
        day = today - timedelta(days=n * {"day": 1, "week": 7, "month": 30}[unit])
        slack = timedelta(days={"day": 0, "week": 3, "month": 15}[unit])
        return day - slack, day + slack, DateBasis.RELATIVE
    if "hours" in got:
        days = {"24": 1, "twenty-four": 1, "48": 2, "72": 3}[got["hours"].lower()]
        return today - timedelta(days=days), today, DateBasis.RELATIVE
    return _read_period(got["which"].lower(), got["period"].lower(), today)


def _read_period(which: str, period: str, today: date) -> tuple[date, date, DateBasis] | None:
    monday = today - timedelta(days=today.weekday())
    if period == "week":
        if which == "this":
            return monday, today, DateBasis.RELATIVE
        if which in {"past", "the past"}:
            return today - timedelta(days=7), today, DateBasis.RELATIVE
        return monday - timedelta(days=7), monday - timedelta(days=1), DateBasis.RELATIVE
    if period == "weekend":
        saturday = monday - timedelta(days=2)
        return saturday, saturday + timedelta(days=1), DateBasis.RELATIVE
    if period == "month" and which in {"this", "last", "previous"}:
        first = today.replace(day=1)
        if which == "this":
            return first, today, DateBasis.RELATIVE
        end = first - timedelta(days=1)
        return end.replace(day=1), end, DateBasis.RELATIVE
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
