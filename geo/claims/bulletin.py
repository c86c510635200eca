"""Bulletins: reports that are lists of incidents, one a line, each under its own place and day ("8 May, Kabul: car bomb, two dead")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.claims.lexicons import grammar
from geo.claims.words import Word
from geo.model import Span

_FEWEST_LINES = 3
_LONGEST_HEAD = 12
_MARK = re.compile(r"\s*(?:[-*•·–—]|\(?\w{1,2}[.)])?\s*")
_ENDING_HEADS = frozenset(",:.")
_OPENERS = grammar("speech_openers") - {"near", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
# Words without a capital that may stand in a line's head.
_SMALL = grammar("struck_adjectives") | grammar("named_roads") | frozenset(
    "of the in near at to and late early between square street junction crossing airport base port sub-district governorate hills valley "
    "gorge mount village line same".split()
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
    opening = {i: _measure_head(words) for i, words in enumerate(sentences) if words and _opens_line(text, spans[i])}
    headed = sum(length > 0 for length in opening.values())
    return opening if headed >= _FEWEST_LINES and headed * 2 > len(opening) else {}


def _opens_line(text: str, span: Span) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    return _MARK.fullmatch(text, start, span.start) is not None


def _measure_head(words: tuple[Word, ...]) -> int:
    """Count the words up to the last mark before the first word that cannot be part of a place or a day."""
    if words[0].low in _OPENERS:
        # "On 9 March," opens a paragraph of prose.
        return 0
    end = 0
    for i, word in enumerate(words[:_LONGEST_HEAD]):
        if word.text in _ENDING_HEADS:
            end = i + 1
        elif not _can_stand(word):
            break
    else:
        # A line that is nothing but its head: what happened stands in the sentences after it.
        end = max(end, len(words)) if len(words) <= _LONGEST_HEAD else end
    return end


def _can_stand(word: Word) -> bool:
    return word.low in _SMALL or any(c.isupper() or c.isdigit() for c in word.text) or not word.text[0].isalnum()
