"""Finds place names in text: capitalised words that the gazetteer knows, and those that the words beside them mark as places."""

from __future__ import annotations

import re

from gazetteer import Gazetteer
from geo.model import Span, Toponym

_CUES = "town|city|village|region|province|district|governorate|oblast|raion|area|neighbourhood|neighborhood|suburb|airport|port|camp|state|county"
_WORD = r"[A-Z][\w'’]*(?:-[\w'’]+)*"
_SPAN = re.compile(rf"{_WORD}(?: {_WORD})*")
_BEFORE = re.compile(rf"\b((?:the )?({_CUES})s? of )$")
_AFTER = re.compile(rf" ({_CUES})\b")
_RELATIVE = re.compile(
    r"((?:\d+ (?:km|kilometers|kilometres|miles) )?(?:north|south|east|west|northeast|northwest|southeast|southwest) of|near|outside) (?:the )?$"
)


def find_toponyms(text: str, *, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the place names of a text, in order, none within another."""
    found = []
    for span in _SPAN.finditer(text):
        words = list(re.finditer(_WORD, span.group()))
        at = 0
        while at < len(words):
            for end in range(len(words), at, -1):
                start_char, end_char = span.start() + words[at].start(), span.start() + words[end - 1].end()
                before = _BEFORE.search(text[max(0, start_char - 40) : start_char])
                after = _AFTER.match(text, end_char)
                name = text[start_char:end_char]
                if gazetteer.find(name, loose=False) or (end == len(words) and (before or after)):
                    found.append(_toponym(text, start_char, end_char, before, after))
                    at = end
                    break
            else:
                at += 1
    return tuple(found)


def _toponym(text: str, start: int, end: int, before: re.Match[str] | None, after: re.Match[str] | None) -> Toponym:
    relative = _RELATIVE.search(text[max(0, start - 40) : start])
    phrase = Span(start - (len(before.group(1)) if before else 0), after.end() if after else end)
    cue = before.group(2) if before else after.group(1) if after else None
    return Toponym(text=text[start:end], span=Span(start, end), phrase=phrase, cue=cue, relative=relative.group(1) if relative else None)
