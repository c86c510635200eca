"""Bulletins: reports that are lists of incidents, one a line, each under its own place and day ("8 May, Kabul: car bomb, two dead")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.claims.lexicons import grammar
from geo.claims.words import Word
from geo.model import Span
from geo.places.line_heads import is_talk

_FEWEST_LINES = 3
_LONGEST_HEAD = 12
_MARK = re.compile(r"\s*(?:[-*•·–—]|\(?\w{1,2}[.)])?\s*")
_ENDING_HEADS = frozenset(",:.")
# A table's row tells where within its first cells. The readable text has semicolons for the bars between them.
_DASHES = frozenset("-–—")
_MOST_CELLS, _LONGEST_CELL, _CELL_MARKS = 4, 6, frozenset("|;")
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_OPENERS = grammar("speech_openers") - {"near"}
_DAYS = _WEEKDAYS | frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split()
)
# Words without a capital that may stand in a line's head.
_SMALL = grammar("struck_adjectives") | grammar("named_roads") | frozenset(
    "of the in near at to and late early between square street junction crossing airport base port sub-district governorate hills valley "
    "gorge mount village line same town city camp district county province region area axis quarter sector suburb ward commune island "
    "prefecture neighbourhood neighborhood municipality township oblast forest bridge market again".split()
)  # fmt: skip


def find_heads(text: str, spans: Sequence[Span], sentences: Sequence[tuple[Word, ...]]) -> dict[int, int]:
    """Find the sentences that open the lines of a bulletin, each with how many of its words are the line's head.

    Parameters
    ----------
    spans, sentences
        Where the report's sentences stand, and their words.

    Returns
    -------
    heads
        By the sentence's index; 0 words where a line has no head. Empty if the report is no bulletin.
    """
    if is_talk(text):
        return {}
    opening = {i: _measure_head(words) for i, words in enumerate(sentences) if words and _opens_line(text, spans[i])}
    headed = sum(length > 0 for length in opening.values())
    return opening if headed >= _FEWEST_LINES and headed * 2 > len(opening) else {}


def _opens_line(text: str, span: Span) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    return _MARK.fullmatch(text, start, span.start) is not None


def _measure_head(words: tuple[Word, ...]) -> int:
    """Count the words up to the last mark before the first word that cannot be part of a place or a day."""
    cells = [i for i, w in enumerate(words) if w.text in _CELL_MARKS]
    if len(cells) > 1 and cells[0] <= _LONGEST_CELL and not any(w.text == ":" for w in words[: cells[0]]):
        return _measure_row(words, cells)
    if words[0].low in _OPENERS and words[0].low not in _WEEKDAYS:
        # "On 9 March," opens a paragraph of prose.
        return 0
    end, brackets = 0, 0
    for i, word in enumerate(words[:_LONGEST_HEAD]):
        brackets += (word.text == "(") - (word.text == ")")
        if brackets > 0 or word.text == ")":
            # Whatever stands within: "Balgrat (border with Saldow)".
            continue
        if word.text in _ENDING_HEADS:
            end = i + 1
            if word.text == ":" and any(_is_name(w) for w in words[:i]):
                break
        elif not _can_stand(word):
            # "18 Nov. Balgrat - rockets on the town hall"
            end = i if words[i - 1].text in _DASHES and any(_is_name(w) for w in words[:i]) else end
            break
    else:
        # A line that is nothing but its head: what happened stands in the sentences after it.
        end = max(end, len(words)) if len(words) <= _LONGEST_HEAD else end
    # "Monday, shells hit X" is prose as well.
    return 0 if words[0].low in _WEEKDAYS and end and words[end - 1].text != ":" else end


def _measure_row(words: tuple[Word, ...], cells: list[int]) -> int:
    """Count the words of a table's row up to the end of the first cell that is nothing but names."""
    first = 0
    for end in cells[:_MOST_CELLS]:
        cell = words[first:end]
        if all(_can_stand(w) for w in cell) and any(_is_name(w) for w in cell):
            return end + 1
        first = end + 1
    return 0


def _is_name(word: Word) -> bool:
    return word.text[0].isupper() and not word.text.isupper() and word.low not in _DAYS


def _can_stand(word: Word) -> bool:
    return word.low in _SMALL or any(c.isupper() or c.isdigit() for c in word.text) or not word.text[0].isalnum()
