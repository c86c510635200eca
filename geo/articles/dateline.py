"""The line that opens a report: "DAMASCUS, July 21 (Agency) -", "Sunday, November 10, 2019", "Published February 23 2015".

The forms are those of the news agencies and of the bylines that web pages put above a report. Only the opening is read: a
day that the report tells later, or tells in its first sentence ("On August 21 the army fired ..."), is the day of an event.
"""

from __future__ import annotations

import re
from datetime import date

from geo.articles.days import FULL_DAY, MONTH_NAME, SHORT_DAY, WEEKDAY_NAME, read_day
from geo.model import Dateline, Span

OPENING_CHARACTERS = 200
"""A dateline begins within so many characters of the text."""

# Reports are filed from these as if they were towns; they say who speaks, never where.
OFFICES = frozenset(
    ("STATE DEPARTMENT", "US STATE DEPARTMENT", "U.S. STATE DEPARTMENT", "WHITE HOUSE", "THE WHITE HOUSE", "PENTAGON", "THE PENTAGON",
     "CAPITOL HILL", "CONGRESS", "US CONGRESS", "U.S. CONGRESS", "SUPREME COURT", "UNITED NATIONS", "UN", "U.N.", "UN HEADQUARTERS",
     "U.N. HEADQUARTERS", "SECURITY COUNCIL", "NATO", "NATO HEADQUARTERS", "EUROPEAN UNION", "EU", "EUROPEAN COMMISSION",
     "EUROPEAN PARLIAMENT", "KREMLIN", "THE KREMLIN", "DOWNING STREET", "FOREIGN OFFICE", "FOREIGN MINISTRY", "DEFENSE MINISTRY",
     "DEFENCE MINISTRY", "MINISTRY OF DEFENSE", "MINISTRY OF DEFENCE", "PARLIAMENT")
)  # fmt: skip
# What editors set before a report in capitals: kinds of piece, and agencies.
LABELS = frozenset(
    ("BREAKING", "BREAKING NEWS", "EXCLUSIVE", "UPDATE", "UPDATED", "ANALYSIS", "OPINION", "VIDEO", "WATCH", "LIVE", "PHOTOS",
     "FACTBOX", "EXPLAINER", "INTERVIEW", "FEATURE", "URGENT", "AFP", "AP", "REUTERS", "TASS", "UPI", "DPA", "SANA", "ANHA", "UNIAN",
     "UKRINFORM", "ARMENPRESS", "AZERTAC", "INTERFAX", "XINHUA", "ANADOLU")
)  # fmt: skip

_BLANKS = re.compile(r"[\s\u200b\ufeff]*")
_LINE_BREAK = re.compile(r"\n\s*")
_AFTER_DATE = re.compile(r"(?:T|,?\s+(?:at\s+)?)?(?:\d{1,2}:\d\d(?::\d\d)?(?:\s*(?:[ap]\.?m\b\.?|[A-Z]{2,4}\b|Z\b))?)?\s*[|,:;.–—-]*\s*")
_WORDS_OF_BYLINES = (
    r"(?:(?:[Dd]ate\s+of\s+publication|[Pp]ublication\s+date|(?:[Ll]ast\s+|First\s+)?(?:[Uu]pdated|UPDATED|[Pp]ublished|PUBLISHED)"
    r"|[Pp]osted|POSTED|[Ii]ssued|[Dd]ated?|DATED?))"
)
_LABELLED = re.compile(rf"\b(?P<label>{_WORDS_OF_BYLINES})\s*(?:on\b|at\b)?\s*[:-]?\s*(?P<date>{FULL_DAY})")
_BARE = re.compile(rf"(?P<date>{FULL_DAY})")

_NAME = r"[^\W\d_][\w.'’\-]*(?:[ /][^\W\d_][\w.'’\-]*){0,3}"
_OPENING = re.compile(
    rf"(?P<place>{_NAME})"
    rf"(?:[^\S\n]*,[^\S\n]*(?P<region>{_NAME}))??"
    rf"(?:[^\S\n]*[,.]?[^\S\n]*(?P<date>{FULL_DAY}|{SHORT_DAY}))?"
    r"(?:[^\S\n]*[,.]?[^\S\n]*(?P<agency>\([^()\n]{1,40}\)|/[^/\n]{1,30}/|[A-Z][A-Z ]{1,30}(?=\s*[.–—-])))?"
    r"[^\S\n]*(?P<end>-{1,2}(?=\s)|[–—]|[.:](?=\s)|\n)"
)
_HEADED_LINE = re.compile(rf"\n\s*(?:\S\s+)?{_NAME}(?:,[^:\n]{{1,30}})?:\s")
_OF_THE_CALENDAR = re.compile(rf"{WEEKDAY_NAME}|{MONTH_NAME}", re.IGNORECASE)
# Two lines with cells: the date that opens the first is its row's.
_TABLE = re.compile(r"\s*(?:[^\n|\t;]*[|\t;]){2}[^\n]*\n\s*(?:[^\n|\t;]*[|\t;]){2}")
_BYLINE_MARKS = frozenset("|·•)")


def read_dateline(text: str, *, published: date | None = None) -> Dateline | None:
    """Read the line that opens a report.

    Parameters
    ----------
    text
        The report, of any length; only its opening is looked at.
    published
        The day of publication, for a dateline without a year ("July 21"): the year is then the one that puts the day nearest
        before it, or at most one day after it. None: such a dateline has no day.

    Returns
    -------
    dateline
        None without one, and for a lone day that can be read in two ways (04/05/2016). Its `day` is None where the line names
        none, its `place_text` where the line names none, an office (STATE DEPARTMENT) or an agency. `span` covers the line with
        its dash, or the day alone where a headline stands before it.
    """
    head = text[: 2 * OPENING_CHARACTERS]
    if _TABLE.match(head):
        return None
    begin = _skip(_BLANKS, head, 0)
    dated = _date_at_the_start(head, begin) or _date_in_a_byline(head)
    day = read_day(dated["date"]) if dated else None
    starts = [begin, *(found.end() for found in _LINE_BREAK.finditer(head, begin, OPENING_CHARACTERS))]
    if dated is not None and dated.start() == begin:
        starts.insert(1, _skip(_AFTER_DATE, head, dated.end()))
    opening = next(filter(None, (_read_opening(head, start, published=day or published) for start in starts)), None)
    if opening is None:
        return None if dated is None or day is None else Dateline(span=Span(*dated.span()), day=day)
    start = dated.start() if dated is not None and dated.start() < opening.span.start else opening.span.start
    return Dateline(span=Span(start, opening.span.end), day=opening.day or day, place_text=opening.place_text)


def _skip(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _date_at_the_start(head: str, begin: int) -> re.Match[str] | None:
    """Find the full date that opens the text, unless it is the first words of a sentence."""
    found = _LABELLED.match(head, begin)
    if found is None:
        found = _BARE.match(head, begin)
        found = found if found and _stands_apart(head, found.end()) else None
    return found


def _date_in_a_byline(head: str) -> re.Match[str] | None:
    """Find the full date of a byline below or behind a headline.

    It has a label with a capital ("Published ..."; inside a sentence the word has none), or stands on a line of its own,
    behind a bar or behind an agency's initials.
    """
    for found in _LABELLED.finditer(head, 0):
        if found.start() <= OPENING_CHARACTERS and found["label"][0].isupper():
            return found
    for found in _BARE.finditer(head, 0):
        before = head[: found.start()].rstrip(" \t\xa0")
        word = before.split()[-1] if before.split() else ""
        is_behind_agency = len(word) > 1 and word.isalpha() and word.isupper()
        is_byline = not before or before[-1] == "\n" or before[-1] in _BYLINE_MARKS or is_behind_agency
        if found.start() <= OPENING_CHARACTERS and is_byline and _stands_apart(head, found.end()):
            return found
    return None


def _stands_apart(head: str, end: int) -> bool:
    """Tell whether what follows a date begins anew."""
    rest = _skip(_AFTER_DATE, head, end)
    return rest >= len(head) or "\n" in head[end:rest] or not (head[rest].islower() or head[rest] in "'’")


def _read_opening(head: str, begin: int, *, published: date | None) -> Dateline | None:
    """Read "PLACE, Region, date (Agency) -" at `begin`."""
    found = _OPENING.match(head, begin)
    if found is None or not _is_opening(found, rest=head[found.end() :]):
        return None
    if found["end"] == ":" and head[:begin].strip():
        return None
    name = found["place"].split("/")[0].strip()
    name = name if "." in name[:-1] else name.rstrip(".")
    is_place = name.upper() not in OFFICES and name.upper() not in LABELS
    return Dateline(
        span=Span(begin, found.start("end") if found["end"] == "\n" else found.end()),
        day=read_day(found["date"], published=published) if found["date"] else None,
        place_text=name if is_place else None,
    )


def _is_opening(found: re.Match[str], *, rest: str) -> bool:
    place, region, told, agency, end = found.group("place", "region", "date", "agency", "end")
    if end == ":":
        # "BANGKOK: An air strike ..." is where it was written; a bulletin heads each of its lines by the place that was hit.
        return len(place) > 2 and place[0].isupper() and not rest.lstrip()[:1].islower() and _HEADED_LINE.search(rest) is None
    if (end in {".", "\n"} and not (told and (agency or end == "\n"))) or _OF_THE_CALENDAR.fullmatch(place):
        return False
    if place.isupper():
        return len(place) > 2 or bool(told or agency)
    # A name in ordinary letters before a dash is mostly the subject of a sentence: ask for what only a dateline has.
    is_named = all(word[0].isupper() for word in re.split(r"[ /]", place)) and bool(told or agency or (region and end in {"–", "—"}))
    return is_named and (bool(agency) or not rest.lstrip()[:1].islower())
