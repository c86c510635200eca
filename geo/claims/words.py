"""Words of a sentence, and the look-up of phrases among them. All lexicons are matched by this one mechanism."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}(?:-\w+)?|\d+(?:[.,]\d+)*(?:-\w+)*|\w+(?:[-'’‑]\w+)*|[^\w\s]")
# Words are few and come again; names come and go.
_WORDS_KEPT = 10_000


class Word(NamedTuple):
    """A word or a mark: as written, without a possessive ending in lower case and in its own, and where it stands in the text."""

    text: str
    low: str
    plain: str
    start: int
    end: int


# Quicker over many words than their attributes.
low_of, _PLAIN = itemgetter(Word._fields.index("low")), itemgetter(Word._fields.index("plain"))

# As Word(...), without its detour through Python: it is called for every word of a report.
_word: Callable[[tuple[str, str, str, int, int]], Word] = partial(tuple.__new__, Word)


def split_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Split a part of a text into words and punctuation marks; offsets count from the start of the whole text."""
    stop = len(text) if end is None else end
    return tuple([_word(_forms_of(m[0]) + m.span()) for m in _WORD.finditer(text, start, stop)])


@lru_cache(maxsize=_WORDS_KEPT)
def _forms_of(word: str) -> tuple[str, str, str]:
    low = word.lower().replace("’", "'").replace("‑", "-")
    return word, low.removesuffix("'s"), word.replace("’", "'").removesuffix("'s")


class Hit(NamedTuple, Generic[T]):
    """A phrase of a lexicon found in a sentence: word indices from `first` up to, not including, `last`."""

    first: int
    last: int
    value: T


# As Hit(...), for the same reason.
_hit: Callable[[tuple[int, int, T]], Hit[T]] = partial(tuple.__new__, Hit)


class Phrases(Generic[T]):
    """Phrases to find in sentences, the longest first.

    `case` compares capitals as written; without it lower case is compared. A possessive ending never matters, and neither does one
    that lost its apostrophe ("Syrias army", "the armys air force") where `case` or `bare_s` is on.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, case: bool = False, bare_s: bool = False) -> None:
        self._case = case
        self._bare_s = case or bare_s
        by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            words = self._keys(split_words(phrase))
            if words:
                by_first.setdefault(words[0], []).append((words, value))
        self._alone = {first: value for first, rows in by_first.items() for words, value in reversed(rows) if len(words) == 1}
        # What a word begins: by the number of words, the longest first, the words after it, and what the phrase means.
        self._by_first: dict[str, list[tuple[int, dict[tuple[str, ...], T]]]] = {}
        begun = {first: self._by_length(rows) for first, rows in by_first.items()}
        for form in {form for first in by_first for form in (first, f"{first}s")}:
            found = [step for first in self._forms(form) for step in begun.get(first, ())]
            if found:
                self._by_first[form] = found

    def _by_length(self, rows: list[tuple[tuple[str, ...], T]]) -> list[tuple[int, dict[tuple[str, ...], T]]]:
        by_length: dict[int, dict[tuple[str, ...], T]] = {}
        for words, value in rows:
            rest = by_length.setdefault(len(words), {})
            rest.setdefault(words[1:], value)
        # As written comes first: "Bosnian Serbs" are a people before they are a "Bosnian Serb" that lost its apostrophe.
        for words, value in rows:
            last_with_s = f"{words[-1]}s"
            if len(words) > 1 and words[-1] in self._forms(last_with_s):
                by_length[len(words)].setdefault((*words[1:-1], last_with_s), value)
        return sorted(by_length.items(), key=lambda item: -item[0])

    def _keys(self, words: tuple[Word, ...]) -> tuple[str, ...]:
        return tuple(map(_PLAIN if self._case else low_of, words))

    def _forms(self, key: str) -> tuple[str, ...]:
        """Return the forms in which the lexicon may hold a word, as written first."""
        if self._bare_s and len(key) > 4 and key[-1] == "s" and (not self._case or key[0].isupper()):
            return (key, key[:-1])
        return (key,)

    def find(self, words: tuple[Word, ...]) -> list[Hit[T]]:
        """Find the phrases in a sentence: the longest at each place, from left to right, without overlaps."""
        keys, by_first = self._keys(words), self._by_first
        if by_first.keys().isdisjoint(keys):
            return []
        hits: list[Hit[T]] = []
        last = 0
        for i in [i for i, key in enumerate(keys) if key in by_first]:
            if i < last:
                continue
            for length, rest in by_first[keys[i]]:
                following = keys[i + 1 : i + length]
                if following in rest:
                    last = i + length
                    hits.append(_hit((i, last, rest[following])))
                    break
        return hits

    def at(self, words: tuple[Word, ...], i: int) -> T | tuple[()]:
        """Return what the single word at `i` means by itself, an empty tuple if the lexicon lacks it."""
        word = words[i]
        return self._alone.get(word.plain if self._case else word.low, ())
