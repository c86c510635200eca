"""Tolls as the lines of lists note them: "2 K / 5 W", "KIA 2, WIA 5", "dead: 2; injured: 5", and "0/1" in a table that says how."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.claims.casualties import Casualties
from geo.claims.numbers import Count, read_number
from geo.model import Span

_DEAD, _HURT = r"(?:killed|dead|deaths?|fatalities|KIA|K)", r"(?:wounded|injured|injuries|hurt|WIA|W)"
_NUMBER = r"\d{1,4}|no|none|nil|zero|one|two|three|four|five|six|seven|eight|nine|ten"
_KILLED, _WOUNDED = (
    re.compile(rf"\b(?:{label}\s?[:=]\s?|{short}\s)(?P<n>{_NUMBER})\b(?!\s?(?:[/:]\s?\d|%))", re.IGNORECASE)
    for label, short in ((_DEAD, "KIA"), (_HURT, "WIA"))
)
_PAIR = re.compile(r"\b(?P<killed>\d{1,4}) ?K(?:IA)?\b ?[/,;&+-]? ?(?:and )?(?P<wounded>\d{1,4}) ?W(?:IA)?\b")
_NO_DEAD, _NO_HURT = (
    re.compile(r"\b(?:no|0) dead\b|\bnone dead\b", re.IGNORECASE),
    re.compile(r"\b0 (?:wounded|injured|hurt)\b", re.IGNORECASE),
)
# "killed/wounded where told" says what the figures "0/1" of a table are.
_ORDER = re.compile(rf"\b{_DEAD}\s?/\s?{_HURT}\b", re.IGNORECASE)
_FIGURES = re.compile(r"(?<=[|,;(])\s*(?P<killed>\d{1,4})\s?/\s?(?P<wounded>\d{1,4})\s*(?=[|,;.)]|$)", re.MULTILINE)

# A table's header has a column for the dead. The readable text has semicolons for the bars between its cells.
_CELL_MARK = re.compile(r"[;|]")
_HEADER = re.compile(rf"^[^\n:]*[;|]\s*(?:no\. |number )?(?:people )?{_DEAD}\s*(?:[;|][^\n]*)?$", re.IGNORECASE | re.MULTILINE)
_COLUMNS = tuple(re.compile(rf"\b{label}\b", re.IGNORECASE) for label in (_DEAD, _HURT))


def read_marks(report: str, line: Span, known: Casualties) -> Casualties:
    """Add the toll that a bulletin's line notes in figures or signs to the one that its words tell; these go first."""
    pair = _PAIR.search(report, line.start, line.end)
    if pair is None and _ORDER.search(report, 0, line.start):
        pair = _FIGURES.search(report, line.start, line.end)
    if pair is not None:
        killed, wounded = _count(pair, "killed"), _count(pair, "wounded")
    elif (header := _HEADER.search(report, 0, line.start)) is not None:
        killed, wounded = (_in_column(report, line, header[0], column) for column in _COLUMNS)
    else:
        killed = _single(_KILLED, report, line) or _none(_NO_DEAD, report, line)
        wounded = _single(_WOUNDED, report, line) or _none(_NO_HURT, report, line)
    return replace(known, killed=known.killed or killed, wounded=known.wounded or wounded)


def _in_column(report: str, line: Span, header: str, column: re.Pattern[str]) -> Count | None:
    """Read the figure that stands in a row's cell under a heading; None where the row has other cells or no figure there."""
    start, end = report.rfind("\n", 0, line.start) + 1, report.find("\n", line.start)
    names, cells = _CELL_MARK.split(header), _CELL_MARK.split(report[start : end if end >= 0 else len(report)])
    k = next((i for i, name in enumerate(names) if column.search(name)), None)
    if k is None or len(cells) != len(names) or not cells[k].strip(" .").isdigit():
        return None
    at = start + sum(len(cell) + 1 for cell in cells[:k])
    number = int(cells[k].strip(" ."))
    return Count(number, number, span=Span(at + len(cells[k]) - len(cells[k].lstrip()), at + len(cells[k].rstrip())))


def _single(pattern: re.Pattern[str], report: str, line: Span) -> Count | None:
    found = pattern.search(report, line.start, line.end)
    return _count(found, "n") if found is not None else None


def _none(pattern: re.Pattern[str], report: str, line: Span) -> Count | None:
    found = pattern.search(report, line.start, line.end)
    return Count(0, 0, span=Span(*found.span())) if found is not None else None


def _count(found: re.Match[str], group: str) -> Count | None:
    words = found[group].lower()
    number = 0 if words in {"no", "none", "nil", "zero"} else read_number(words)
    return Count(number, number, span=Span(*found.span())) if number is not None else None
