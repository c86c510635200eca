"""What a sentence only puts in: ", responding to rockets launched by X," tells of another strike than the sentence does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.claims.lexicons import grammar
from geo.claims.words import Word

Range = tuple[int, int]

RELATIVES = frozenset("who which whose".split())
_ACTS = grammar("asides_acts")
_REPORTING = grammar("asides_reporting")
_NO_PARTICIPLES = grammar("asides_no_participles")
_AFTER_PARTICIPLES = grammar("asides_after_participles")
# "who had attacked", "which has since been"
_RELATIVE_REACH = 4


def find_asides(words: tuple[Word, ...], strikes: Sequence[Range]) -> tuple[Range, ...]:
    """Find the clauses that hang on a noun: between two commas, or from "who" up to the verb that the sentence goes on with.

    Parameters
    ----------
    strikes
        Where the words of strikes stand, as ranges of word indices.
    """
    commas = [i for i, w in enumerate(words) if w.text == ","]
    found = [(a, b) for a, b in pairwise(commas) if _hangs_on_noun(words, a + 1, strikes)]
    for k in range(len(words)):
        if not _is_relative(words, k) or any(a <= k < b for a, b in found):
            continue
        acts = [*strikes, *((i, i + 1) for i in range(k + 1, min(len(words), k + 1 + _RELATIVE_REACH)) if words[i].low in _ACTS)]
        own = next((s for s in acts if k < s[0] <= k + _RELATIVE_REACH), None)
        following = next((s for s in strikes if own is not None and s[0] > own[1]), None)
        if own is not None and following is not None and not any(own[1] <= c < following[0] for c in commas):
            found.append((k, following[0]))
    return tuple(found)


def is_in(asides: Sequence[Range], i: int) -> bool:
    """Tell whether a word stands in one of them."""
    return any(first <= i < last for first, last in asides)


def _is_relative(words: tuple[Word, ...], i: int) -> bool:
    """Tell "who had attacked" from "who said that"."""
    return words[i].low in RELATIVES and not any(w.low in _REPORTING for w in words[i + 1 : i + 3])


def _hangs_on_noun(words: tuple[Word, ...], i: int, strikes: Sequence[Range]) -> bool:
    low = words[i].low
    if low in RELATIVES:
        return _is_relative(words, i)
    if any(first <= i < last for first, last in strikes) or "-" in low or low in _NO_PARTICIPLES or not words[i].text.islower():
        return False
    following = words[i + 1].low if i + 1 < len(words) else ""
    return low.endswith("ing") or (low.endswith(("ed", "en")) and following in _AFTER_PARTICIPLES)
