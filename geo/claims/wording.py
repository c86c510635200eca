"""Wordings: patterns that are tried only on sentences that hold a word which no match can do without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A pattern and the beginnings of words one of which every match of it holds, in lower case.

    A word ends where a hyphen, an apostrophe or a full stop between digits stands as well. "$" at the end of a beginning marks a whole
    word: "may$" is not in "mayor". A beginning "0" stands for any digit. Without beginnings the pattern is tried on every sentence.
    """

    pattern: re.Pattern[str]
    stems: tuple[str, ...] = ()

    def search(self, text: str, signs: Signs | None = None) -> re.Match[str] | None:
        """Search a sentence, or a part of it that ends between words, that holds those signs (None: any)."""
        return self.pattern.search(text) if signs is None or self in signs else None

    def find_all(self, text: str, signs: Signs | None = None) -> Iterator[re.Match[str]]:
        """Find all matches in such a sentence, from left to right."""
        return self.pattern.finditer(text) if signs is None or self in signs else iter(())


Signs = frozenset[Wording]
"""The wordings that a sentence may hold, by its words."""


def read_wording(pattern: str, stems: str = "", *, flags: re.RegexFlag = re.IGNORECASE) -> Wording:
    """Make a wording of a pattern and its stems, which "|" parts."""
    return Wording(re.compile(pattern, flags), tuple(stem for stem in stems.split("|") if stem))
