"""The names that head a list's lines: "05/06, Balgrat (Saldow): ox cart on a mine", "3 ; 11 May ; Balgrat ;"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from geo.model import Span
from geo.places.words import grammar

_FEWEST_LINES, _FEWEST_TURNS, _LONGEST_HEAD, _MOST_CELLS = 3, 2, 90, 4
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MARK = re.compile(r"\s*(?:[-*•·–—]|\(?\w{1,3}[.)](?=\s))?\s*")
_COLON = re.compile(r":(?=\s|$)")
# "18 Nov. Balgrat - rockets on the town hall", but not the dateline "BALGRAT - Rockets hit".
_DASH = re.compile(r"\s[-–—]\s(?=[a-z\d])")
# The cells of a table, whose bars the readable text has as semicolons; what they stand behind is short, and no "X: this; that".
_ROW, _CELL_MARK = re.compile(r"[^;:|\n]{1,40}[;|][^;|\n]*[;|]"), re.compile(r"[;|]")
_MONTHS = "|".join(sorted(grammar("months"), key=len, reverse=True))
_DAY = re.compile(
    rf"(?:(?:\d{{1,4}}(?:st|nd|rd|th)?|(?:{_MONTHS})\b\.?|(?:night|evening|morning|of|to|and|between|late|early|the)\b)[\s,./–-]*)+",
    re.IGNORECASE,
)
# A day within a line, behind its head.
_DATED = re.compile(rf"(?<=:)[^:\n]*?\b\d{{1,2}} (?:{_MONTHS})\b", re.IGNORECASE)
# What people say begins so, not what happened somewhere.
_TURN = re.compile(
    r"^[^:\n]{1,40}:\s+(?:[\"“]|(?:I|We|You|What|Who|Why|How|And|But|Yes|Well|Thank|Thanks|Do|Did|Is|Are|So)\b)", re.MULTILINE
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_BETWEEN = re.compile(r"\s*[,&;/]\s*|\s+(?:and|[-–—])\s+")
# Words without a capital inside a name, or beside it.
_WITHIN = (
    r"(?:of|the|in|near|at|and|de|da|do|del|la|le|el|al|du|e|y|bei|[ae]l-\w+|town|city|village|camp|district|county|axis|road|area|"
    r"region|province|state|municipality|township|governorate|oblast|hills|valley|forest|port|airport|airfield|bridge|base|market|"
    r"junction|crossing|quarter|sector|suburb|ward|commune|island|prefecture|neighbourhood|neighborhood|again|also|same|place|late|entry)"
)
_CAPITAL = r"(?:[^\W\d_a-z][\w'’ʼ.-]*|[ae][ldrstznb]h?-[^\W\d_a-z][\w'’-]*)"
_NAME = re.compile(rf"(?:{_WITHIN}\s+)*{_CAPITAL}(?:\s+(?:{_CAPITAL}|{_WITHIN}))*")
_WORD = re.compile(r"\w")


def is_talk(text: str) -> bool:
    """Tell an interview or a list of quotes, whose lines are headed by those who speak, from a list of places."""
    return len(_TURN.findall(text)) >= _FEWEST_TURNS


def find_line_heads(text: str, *, is_known: Callable[[str], bool]) -> tuple[Span, ...]:
    """Find where the names of the heads of a list's lines stand, in order; empty if the text is no list of places.

    A list has three such lines or more, and they are most of its lines; it tells a day or a name that `is_known` for a third of them.
    Without it "Smith: ..." and "Jones: ..." of an interview would be places.
    """
    if len(_COLON.findall(text)) + len(_DASH.findall(text)) + text.count(";") + text.count("|") < _FEWEST_LINES:
        return ()
    if is_talk(text):
        return ()
    lines = list(_LINE.finditer(text))
    heads = [found for line in lines if (found := _read_head(text, line.start(), line.end())) is not None]
    if len(heads) < _FEWEST_LINES or len(heads) * 2 <= len(lines):
        return ()
    sure = len(_DATED.findall(text)) + sum(dated or any(is_known(text[name.start : name.end]) for name in names) for names, dated in heads)
    return tuple(name for names, _ in heads for name in names) if sure * 3 >= len(heads) else ()


def _read_head(text: str, start: int, end: int) -> tuple[list[Span], bool] | None:
    """Read the names of a line's head, and whether a day stands in it; None if the line has no head."""
    if _ROW.match(text, start, end):
        return _read_row(text, start, end)
    mark = _MARK.match(text, start, end)
    first = mark.end() if mark else start
    day = _DAY.match(text, first, end)
    if day is not None and text.startswith(":", day.end()) and any(c.isdigit() for c in day[0]):
        # The name stands behind it: "29 Aug: Balgrat: two shells".
        rest = _read_head(text, day.end() + 1, end)
        return (rest[0], True) if rest is not None else None
    colon = _COLON.search(text, first, min(end, first + _LONGEST_HEAD))
    dash = None if colon is not None else _DASH.search(text, first, min(end, first + _LONGEST_HEAD))
    mark = colon or dash
    return _read_names(text, first, mark.start()) if mark is not None else None


def _read_row(text: str, start: int, end: int) -> tuple[list[Span], bool] | None:
    """Read the first cell of a table's row that is nothing but names."""
    is_dated = False
    for cell in list(_split(text, start, end, _CELL_MARK))[:_MOST_CELLS]:
        is_day = _DAY.fullmatch(text, cell.start, cell.end) is not None
        is_dated = is_dated or is_day
        names = None if is_day else _read_names(text, cell.start, cell.end)
        if names is not None and names[0]:
            return names[0], is_dated
    return None


def _read_names(text: str, start: int, end: int) -> tuple[list[Span], bool] | None:
    names, is_dated = [], False
    if (day := _DAY.match(text, start, end)) is not None and any(c.isdigit() for c in day[0]):
        start, is_dated = day.end(), True
    brackets = list(_BRACKETS.finditer(text, start, end))
    edges = [start, *(edge for found in brackets for edge in found.span()), end]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        for part in _split(text, first, last, _BETWEEN):
            if _DAY.fullmatch(text, part.start, part.end):
                is_dated = True
            elif _NAME.fullmatch(text, part.start, part.end):
                names.append(part)
            elif part.end - part.start > 4 or not names:
                return None
    # What stands in brackets may be a wider place, or anything else.
    within = (Span(found.start() + found[0].index("(") + 1, found.end() - 1) for found in brackets)
    names.extend(inner for inner in within if _NAME.fullmatch(text, inner.start, inner.end))
    return (sorted(names), is_dated) if names else None


def _split(text: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[Span]:
    """Split a part of a text at its marks, without white space at the ends of what is between them."""
    edges = [start, *(edge for found in mark.finditer(text, start, end) for edge in found.span()), end]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        words = text[first:last]
        if _WORD.search(words):
            first += len(words) - len(words.lstrip())
            yield Span(first, first + len(words.strip()))
