"""Words of a sentence, and the look-up of phrases among them. All lexicons are matched by this one mechanism."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"(?:[A-Z]\.){2,}(?:-\w+)?|\d+(?:[.,]\d+)*(?:-\w+)*|\w+(?:[-'’‑]\w+)*|[^\w\s]")


class Word(NamedTuple):
    """A word or a mark: as written, in lower case without a possessive ending, and where it stands in the text."""

    text: str
    low: str
    start: int
    end: int


def split_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Split a part of a text into words and punctuation marks; offsets count from the start of the whole text."""
    stop = len(text) if end is None else end
    return tuple(Word(m.group(), _plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text, start, stop))


def _plain(word: str) -> str:
    low = word.lower().replace("’", "'").replace("‑", "-")
    return low.removesuffix("'s")


class Hit(NamedTuple, Generic[T]):
    """A phrase of a lexicon found in a sentence: word indices from `first` up to, not including, `last`."""

    first: int
    last: int
    value: T


class Phrases(Generic[T]):
    """Phrases to find in sentences, the longest first.

    `case` compares capitals as written; without it lower case is compared. A possessive ending never matters, and neither does one
    that lost its apostrophe ("Syrias army", "the armys air force") where `case` or `bare_s` is on.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, case: bool = False, bare_s: bool = False) -> None:
        self._case = case
        self._bare_s = case or bare_s
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            words = tuple(self._key(w) for w in split_words(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append((words, value))
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))

    def _key(self, word: Word) -> str:
        if not self._case:
            return word.low
        return word.text.replace("’", "'").removesuffix("'s")

    def find(self, words: tuple[Word, ...]) -> Iterator[Hit[T]]:
        """Find the phrases in a sentence: the longest at each place, from left to right, without overlaps."""
        keys = [self._key(w) for w in words]
        i = 0
        while i < len(keys):
            hit = self._at(keys, i)
            if hit is None:
                i += 1
            else:
                yield hit
                i = hit.last

    def at(self, words: tuple[Word, ...], i: int) -> T | tuple[()]:
        """Return what the single word at `i` means by itself, an empty tuple if the lexicon lacks it."""
        for phrase, value in self._by_first.get(self._key(words[i]), ()):
            if len(phrase) == 1:
                return value
        return ()

    def _at(self, keys: list[str], i: int) -> Hit[T] | None:
        for first in self._forms(keys[i]):
            for phrase, value in self._by_first.get(first, ()):
                n = len(phrase)
                if n == 1 or (
                    keys[i + 1 : i + n - 1] == list(phrase[1:-1]) and i + n <= len(keys) and phrase[-1] in self._forms(keys[i + n - 1])
                ):
                    return Hit(i, i + n, value)
        return None

    def _forms(self, key: str) -> tuple[str, ...]:
        if self._bare_s and len(key) > 4 and key[-1] == "s" and (not self._case or key[0].isupper()):
            return (key, key[:-1])
        return (key,)
