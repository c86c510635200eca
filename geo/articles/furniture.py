"""What stands around a report on a page: menus, headlines of other reports, share buttons, by-lines, captions of old photographs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.model import Span

_LINE = re.compile(r"[^\n]+")
# These head one headline of another report, or a list of them.
_OTHERS = re.compile(
    r"\W{0,3}(?:read (?:more|also|next|the full (?:story|report))|also read|see also|(?:related|recommended|similar|latest|top|other)"
    r"(?: (?:stories|articles|news|reads?|reports|topics|content|coverage|posts|links|headlines))?"
    r"|more (?:on this(?: story)?|from .{1,30}|stories|news|headlines)|you (?:may|might) (?:also )?like|(?:don['’]t|do not) miss"
    r"|most (?:read|viewed|popular|shared|commented)|trending(?: now)?|popular now|editor['’]?s['’]? picks?|what to read next|up next"
    r"|in other news|elsewhere on .{1,30}|watch(?: now)?|listen(?: now)?|explainer|from the archives?)\s*(?P<mark>[:>»|–—-]+|$)",
    re.IGNORECASE,
)
# Lines that hold nothing else.
_ALONE = re.compile(
    r"\W{0,3}(?:(?:skip to|jump to|back to) .{1,40}|share(?: (?:this|on)\b.{0,80})?|(?:follow|like|join) us\b.{0,80}"
    r"|(?:facebook|twitter|whatsapp|telegram|email|print|copy link|tweet|pin it|reddit|linkedin|save)(?:\W+\w+){0,7}"
    r"|\d+ min(?:ute)?s?(?: read)?|\d* ?comments?(?: \(\d+\))?|leave a comment|advertisements?|sponsored(?: content)?|loading\W*"
    r"|subscribe\b.{0,120}|sign up\b.{0,120}|sign in|log ?in|(?:our|get the|the) newsletters?\b.{0,120}|download (?:our|the) app\b.{0,80}"
    r"|(?:tags?|topics?|keywords|filed under|categor(?:y|ies)|explore more|source)\s*:.{0,160}"
    r"|(?:by|written by|reporting by|edited by|editing by|compiled by|report by)\s+(?:(?:(?-i:[A-Z])[\w.'’-]+|and|in|our|the|staff|with|"
    r"correspondents?|reporters?|writers?|desk),?\s*){1,10}(?:\|.*)?"
    r"|(?:our standards|terms of (?:use|service)|privacy policy|cookie policy|contact us|about us)\b.{0,120})\W*",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:cookies? (?:policy|settings|preferences)|(?:use|uses|accept|accept all|manage) cookies|all rights reserved|terms and conditions"
    r"|unsubscribe)\b|^\W{0,3}(?:copyright\b|©|\(c\) (?:19|20)\d\d)"
    r"|^\W{0,3}file (?:photo|picture|image|pic)\b|\(file(?: photo| picture| image)?\)"
    r"|^\W{0,3}(?:photo|image|picture|caption)(?: credit| by)?\s*:",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*[|•·›»]\s*")
# A longer line is a report that lost its line breaks.
_LONGEST = 300
_TOLL = re.compile(r"\b(?:killed|dead|deaths?|fatalities|KIA|wounded|injured|WIA)\b", re.IGNORECASE)
_FEW_CELLS, _WORDS_IN_A_CELL, _WORDS_OF_A_HEADLINE = 3, 3, 20
_ENDS_A_SENTENCE = (".", "!", "?", '."', ".”", ".'", ".’", ":")


def find_furniture(text: str) -> tuple[Span, ...]:
    """Find the lines that are no part of the report, in order.

    Only a line as a whole is one. After a line that heads other reports ("Related stories"), lines without a full stop are their
    headlines.
    """
    return tuple(_find(text))


def _find(text: str) -> Iterator[Span]:
    in_list = False
    for found in _LINE.finditer(text):
        line = found.group().strip()
        if not line:
            continue
        heads = _OTHERS.match(line)
        if heads is not None:
            in_list = not line[heads.end() :].strip()
        elif in_list and not _is_headline(line):
            in_list = False
        if len(line) <= _LONGEST and (heads is not None or in_list or _ALONE.fullmatch(line) or _WITHIN.search(line) or _is_menu(line)):
            yield Span(*found.span())


def _is_headline(line: str) -> bool:
    return not line.endswith(_ENDS_A_SENTENCE) and len(line.split()) <= _WORDS_OF_A_HEADLINE


def _is_menu(line: str) -> bool:
    """Tell "Home | World | Sport", and the head of a table, from a row of it; a head that says where the tolls stand is needed."""
    cells = _BAR.split(line.strip("|•·›» \t"))
    return (
        len(cells) >= _FEW_CELLS
        and all(cell and len(cell.split()) <= _WORDS_IN_A_CELL and cell[0].isupper() for cell in cells)
        and not any(ch.isdigit() for ch in line)
        and not (_TOLL.search(cells[-1]) or _TOLL.search(cells[-2]))
    )
