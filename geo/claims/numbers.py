"""Counts in figures and in words: "1,200", "twenty-one", "a hundred and six", "dozens"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geo.model import Span

_UNITS = {
    word: i
    for i, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen".split()
    )
}
_TENS = {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ROUND = {"hundred": 100, "thousand": 1000}
# ACLED codes "dozens" as 12 and "several" as 3; we keep a lower bound that the word itself gives and leave the upper end open.
_VAGUE = {"dozens": 24, "scores": 40, "several": 3, "hundreds": 200, "thousands": 2000, "tens": 20}
_A_FEW = {"a dozen": 12, "half a dozen": 6, "a couple": 2, "a pair": 2, "both": 2, "two dozen": 24, "three dozen": 36}
# Those that need not be put together from others.
_WHOLE = _UNITS | _TENS | _A_FEW | _VAGUE

_UNIT = "|".join(list(_UNITS)[1:])
_SMALL = rf"(?:{'|'.join(_TENS)})(?:[-‑ ](?:{'|'.join(list(_UNITS)[1:10])}))?|{_UNIT}"
NUMBER = (
    r"(?:both|\d{1,3}(?:,\d{3})+|\d+(?![\d,.]*\d)(?:\s(?:hundred|thousand)\b)?|half a dozen|(?:a|two|three) dozen|"
    rf"a (?:couple|pair)(?= of\b)|(?:a|{_SMALL}) (?:hundred|thousand)(?: and (?:{_SMALL}))?\b|(?:{_SMALL})\b|{'|'.join(_VAGUE)})"
)
"""A count, as a pattern in lower case without groups."""
NUMBER_OPENERS = frozenset({"a", "both", "half", *_UNITS, *_TENS, *_VAGUE})
"""The words with which a count in words begins."""


@dataclass(frozen=True, slots=True)
class Count:
    """A range of persons: an end is None where it is open, `low` only in "up to 15".

    `is_vague` marks what a figure told later outdoes: "dozens", and "the mayor", who need not be the only one.
    `span` are the words that tell it; two ranges are alike in whatever words.
    """

    low: int | None
    high: int | None
    is_vague: bool = field(default=False, compare=False)
    span: Span | None = field(default=None, compare=False)

    @property
    def is_nobody(self) -> bool:
        return self.high == 0

    def told_at(self, span: Span) -> Count:
        """Return the same count as told by these words."""
        return Count(self.low, self.high, self.is_vague, span)

    def __add__(self, other: Count) -> Count:
        low = None if self.low is None and other.low is None else (self.low or 0) + (other.low or 0)
        high = None if self.high is None or other.high is None else self.high + other.high
        return Count(low, high, self.is_vague and other.is_vague, self.span or other.span)


def is_vague(word: str) -> bool:
    """Tell a word that gives a lower bound only: "dozens"."""
    return word in _VAGUE


def read_number(word: str) -> int | None:
    """Return the number that words in lower case tell, the lower bound of "dozens"; None if they are no number."""
    if (known := _WHOLE.get(word)) is not None:
        return known
    digits = word.replace(",", "")
    if digits.isdecimal():
        return int(digits)
    total = 0
    for part in re.split(r"[-‑\s]+", digits):
        if part in _UNITS:
            total += _UNITS[part]
        elif part in _TENS:
            total += _TENS[part]
        elif part in _ROUND:
            total = max(total, 1) * _ROUND[part]
        elif part.isdecimal():
            total += int(part)
        elif part not in {"a", "and"}:
            return None
    return total


def is_count(word: str) -> bool:
    """Tell whether a single word in lower case is a number: "12", "five"."""
    return word.replace(",", "").isdigit() or word in _UNITS or word in _TENS
