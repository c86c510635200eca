"""The days that a report as a whole counts from: its own, those of its entries, its dateline's, and the year of its title."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

from geo.claims.dates import Calendar, When
from geo.model import Article, DateBasis

# No report of this kind is older, or comes from so far ahead.
_FIRST_YEAR, _LAST_YEAR = 1800, 2200


def counted_from(day: date | None) -> date | None:
    """Return a report's day; None for one such as 0001-01-01, which files hold where they know none."""
    return day if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def calendars_of_entries(article: Article, zone: tzinfo | None) -> tuple[Calendar, ...]:
    """Return what the days of entries count from, the best first: the page's publication, else the year of its own dateline."""
    published = counted_from(article.published.date() if isinstance(article.published, datetime) else article.published)
    if published is not None:
        return (Calendar(today=published, zone=zone),)
    own = counted_from(article.day)
    return (Calendar(today=None, year=own.year if own else None, zone=zone), Calendar(today=own, zone=zone))


def dateline_day(article: Article) -> When | None:
    """Return the day of a report's dateline, None where it has none."""
    line = article.dateline
    if line is None or line.day is None:
        return None
    return When(start=line.day, end=line.day, span=line.span, basis=DateBasis.DATELINE, edtf=line.day.isoformat())


def title_year(article: Article) -> int | None:
    """Return the one year that a report's title names, None where it names none or several."""
    found = set(re.findall(r"\b(?:19|20)\d\d\b", article.title or ""))
    return int(found.pop()) if len(found) == 1 else None
