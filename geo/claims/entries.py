"""Where a new report begins inside a text: entries of a live page, each with its time, and wire reports in a row, each with a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.articles.dateline import read_dateline
from geo.articles.days import FULL_DAY, SHORT_DAY, WEEKDAY_NAME
from geo.claims.dates import Calendar, When, find_dates
from geo.model import Article, Dateline, Span

_ZONE = r"(?: ?\(?(?:GMT|UTC|EST|EDT|ET|BST|CET|CEST|EET|EEST|MSK|[Ll]ocal(?: time)?|[A-Z][a-z]+ time)\)?)?"
_CLOCK = rf"(?:[0-2]?\d[:.][0-5]\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?|1?\d ?[ap]\.?m\b\.?|[0-2]\d[0-5]\d(?= ?(?:GMT|UTC|[Ll]ocal))){_ZONE}"
_DAY = rf"(?:{FULL_DAY}|{SHORT_DAY}|(?i:\b{WEEKDAY_NAME}))"
_LABEL = r"(?:(?:[Pp]osted|[Uu]pdated|[Pp]ublished|[Ll]ast updated|LIVE|Live)(?: at| on)?:? )?"
_BETWEEN = r"(?:,? ?(?:[-–—|,]|at|on)? ?)"
_STAMP = re.compile(
    rf"^[ \t]*[•*#>(\[]? ?{_LABEL}(?:{_DAY}(?:{_BETWEEN}{_CLOCK})?|{_CLOCK}{_BETWEEN}{_DAY}|(?P<clock>{_CLOCK}))[)\]]?"
    r"(?:[ \t]*$|[ \t]*[:|–—-]+(?=\s)|(?(clock)(?=[ \t]+[A-Z])|(?!)))",
    re.MULTILINE,
)
_MAY_BE_DATELINE = re.compile(r"^[ \t]*(?=[A-Z][A-Z .'’/-]{2,40}(?:,| \(| ?[-–—]))", re.MULTILINE)
_OPENING = 400
# So many make a page of entries, whose times are those of what they tell.
_LIVE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where an entry begins: `opening` covers its time, or the `dateline` that is no part of its first sentence.

    `has_day` tells a time that says a day from one that only says an hour.
    """

    opening: Span
    has_day: bool = True
    dateline: Dateline | None = None

    def when(self, text: str, calendar: Calendar) -> When | None:
        """Return the day of the entry in the theatre; None if it tells only the time."""
        return next(iter(find_dates(text, self.opening, calendar)), None)


def find_entries(article: Article) -> tuple[Entry, ...]:
    """Find the entries of a report, in order; a place and day that open it are its own and no entry. Fewer than three times make none."""
    text, own = article.text, article.dateline
    after = own.span.end if own is not None and own.place_text is not None else 0
    stamps = [e for e in _stamps(text) if e.opening.start >= after]
    found = [*(stamps if len(stamps) >= _LIVE else ()), *_datelines(text, article.day), *(_again(text, own) if own is not None else ())]
    by_start = {e.opening.start: e for e in found if e.opening.start >= after}
    return tuple(by_start[start] for start in sorted(by_start))


def without_lines(entries: tuple[Entry, ...], lines: Sequence[Span]) -> tuple[Entry, ...]:
    """Leave out the days that stand in the heads of a bulletin's lines: they are those of what the lines tell."""
    starts = {line.start for line in lines}
    return tuple(e for e in entries if e.dateline is not None or not e.has_day or not any(k in starts for k in range(*e.opening)))


def are_live(entries: tuple[Entry, ...]) -> bool:
    """Tell a page of entries that tell what happens as it happens."""
    return sum(e.dateline is None for e in entries) >= _LIVE


def _stamps(text: str) -> Iterator[Entry]:
    for found in _STAMP.finditer(text):
        yield Entry(opening=Span(*found.span()), has_day=found["clock"] is None)


def _again(text: str, own: Dateline) -> Iterator[Entry]:
    """Find where a report's dateline stands again: it was pasted twice."""
    words = text[own.span.start : own.span.end].strip() if own.place_text is not None else ""
    start = text.find(words, own.span.end) if words else -1
    while start >= 0:
        end = start + len(words)
        if start == own.span.end or text[start - 1] == "\n":
            yield Entry(opening=Span(start, end), dateline=replace(own, span=Span(start, end)))
        start = text.find(words, end)


def _datelines(text: str, published: date | None) -> Iterator[Entry]:
    for found in _MAY_BE_DATELINE.finditer(text):
        start = found.end()
        line = read_dateline(text[start : start + _OPENING], published=published)
        if line is not None and line.span.start == 0 and line.place_text is not None:
            span = Span(start, start + line.span.end)
            yield Entry(opening=span, dateline=Dateline(span=span, day=line.day, place_text=line.place_text))
