"""When a strike is said to have happened: words for days, read against the day of the report.

A weekday is the most recent one on or before that day. Nothing is taken from the day of the report alone: a sentence that
tells no day gives None. ACLED's time precision and UCDP's date precision follow from the length of the interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.claims.clocks import CLOCK_WORDING, days_to_the_theatre
from geo.claims.days_counted import COUNTED_DAYS, counts_from_strike
from geo.claims.days_listed import LISTED_DAYS
from geo.claims.days_named import NAMED_DAYS
from geo.claims.intervals import Interval, between
from geo.claims.reckoning import Calendar, DayWording
from geo.claims.wording import Signs
from geo.model import DateBasis, Span

__all__ = ["DATE_WORDINGS", "Calendar", "When", "find_dates"]

_WORDINGS = (*NAMED_DAYS, *LISTED_DAYS, *COUNTED_DAYS)
DATE_WORDINGS = (*(each.wording for each in _WORDINGS), CLOCK_WORDING)
_ANY_DATE = frozenset(DATE_WORDINGS)

_ONE_DAY = timedelta(days=1)
# What stands before words for a day and changes what they tell.
_BEFORE_REACH = 30
_SINCE = re.compile(r"\bsince (?:early |late |last |the night of )?(?:on )?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?P<n>an?|the|one|two|three|four|five|\d) days? (?P<way>after|before) (?:the )?$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:around|about|circa|approximately|roughly|some ?time (?:in|on|around)) (?:the )?$", re.IGNORECASE)
_PERHAPS = re.compile(r"\b(?:possibly|perhaps|probably|believed to be|thought to be)(?: (?:on|in|from))? (?:the )?$", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:as of(?: \S{1,12})?(?: on)?|up to|until|till|by|(?:days|week|weeks|fortnight|month|period)(?: \d+)? \(?(?:to|ending|ended)|"
    r"(?:entries|list) closed(?: on)?|issued(?: on)?) (?:the )?(?:[A-Z][a-z]+day,? )?$",
    re.IGNORECASE,
)
_A_NIGHT = re.compile(r"overnight|last night|(?:during|in|through) the night", re.IGNORECASE)
_NOT_ITS_DAY = re.compile(
    r"\b(?:before|ahead of|prior to|(?:will|due to|expected to|scheduled(?: to| for)?)"
    r"(?: \w+){0,3}(?: on)?) (?:the )?$",
    re.IGNORECASE,
)
_DAYS_AFTER = re.compile(r",? (?:just |only |barely )?(?P<words>(?P<n>an?|the|one|two|three|four|five) days? after)\b", re.IGNORECASE)
_COUNTS = {"a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval of days, both ends included, and the words that say it.

    `edtf` is the same in EDTF (ISO 8601-2), which also writes months, years and doubt. `reported` marks words that tell when
    somebody spoke, not when it happened. `own` marks words that speak of one strike only ("overnight", "since Friday"), so that
    no other strike of the report has its day from them; `from_strike` those that count from the strike told before ("the next
    day"); `as_of` a day up to which somebody counted.
    """

    start: date
    end: date
    span: Span
    basis: DateBasis
    edtf: str
    reported: bool = False
    own: bool = False
    as_of: bool = False
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

    def as_spoken(self) -> When:
        """Return the day on which somebody spoke as that of which he spoke: it had just happened, that day or the day before."""
        told = between(self.start - _ONE_DAY, self.end).qualified("?")
        return replace(self, start=told.start, edtf=told.edtf, reported=True)


def find_dates(text: str, span: Span, calendar: Calendar, signs: Signs | None = None) -> tuple[When, ...]:
    """Find the days that a sentence names, in order; `signs` are its own, if they have been told.

    Words that cannot be read (a weekday without a day to count from, a month-day without a year) give nothing, and neither do
    days of something else ("until Monday", "Tuesday's talks").
    """
    if signs is not None and signs.isdisjoint(_ANY_DATE):
        return ()
    found: dict[int, When] = {}
    taken: list[Span] = []
    for each in _WORDINGS:
        if signs is not None and each.wording not in signs:
            continue
        for match in each.wording.pattern.finditer(text, span.start, span.end):
            where = Span(*match.span())
            if any(where.start < t.end and t.start < where.end for t in taken):
                continue
            read = _try(each, match, calendar)
            if read is None and each in LISTED_DAYS:
                continue
            taken.append(where)
            when = _settle(read, text, where, span, calendar) if read is not None else None
            if when is not None:
                when = replace(when, from_strike=True) if counts_from_strike(match) else when
                found[where.start] = when if signs is not None and CLOCK_WORDING not in signs else _move(when, text, span, calendar)
    dates = tuple(found[k] for k in sorted(found))
    return (*dates, *_before_the_dates(dates, text, span))


def _try(wording: DayWording, match: re.Match[str], calendar: Calendar) -> Interval | None:
    try:
        return wording.read(match, calendar)
    except OverflowError:  # "900 decades ago" lies before the first day that can be written
        return None


def _before_the_dates(dates: tuple[When, ...], text: str, sentence: Span) -> Iterator[When]:
    """Read "The talks opened on Thursday, two days after shells hit X": what follows happened on Tuesday."""
    for when in dates:
        told = _DAYS_AFTER.match(text, when.span.end, sentence.end) if when.start == when.end else None
        if told is not None:
            day = when.start - timedelta(days=_COUNTS[told["n"].lower()])
            yield replace(when, start=day, end=day, edtf=day.isoformat(), span=Span(*told.span("words")), basis=DateBasis.RELATIVE)


def _settle(read: Interval, text: str, where: Span, sentence: Span, calendar: Calendar) -> When | None:
    """Read the words before a day, which may make it the first of many, another than itself, or only about so."""
    before = text[max(sentence.start, where.start - _BEFORE_REACH) : where.start]
    is_day = read.end - read.start <= _ONE_DAY
    since = _SINCE.search(before) is not None
    counted = _FROM.search(before) if is_day else None
    if (counted is None and _NOT_ITS_DAY.search(before)) or (since and (not is_day or calendar.today is None)):
        return None
    if since and calendar.today is not None:
        read = between(read.start, calendar.today)
    elif counted is not None:
        n = int(counted["n"]) if counted["n"].isdigit() else _COUNTS[counted["n"].lower()]
        read = read.moved(n if counted["way"].lower() == "after" else -n)
    elif _ABOUT.search(before):
        read = read.qualified("~")
    elif _PERHAPS.search(before):
        read = read.qualified("?")
    span = where if counted is None else Span(where.start - len(before) + counted.start(), where.end)
    own = since or _A_NIGHT.fullmatch(text, where.start, where.end) is not None
    return When(
        start=read.start, end=read.end, span=span, basis=read.basis, edtf=read.edtf, own=own, as_of=_AS_OF.search(before) is not None
    )


def _move(when: When, text: str, sentence: Span, calendar: Calendar) -> When:
    """Move a day that is told with a time of another zone to the day of the theatre."""
    if calendar.zone is None or when.start != when.end:
        return when
    days = days_to_the_theatre(text, sentence, when.start, when.span, calendar.zone)
    day = when.start + timedelta(days=days)
    return replace(when, start=day, end=day, edtf=day.isoformat()) if days else when
