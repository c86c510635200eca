"""Which wordings a sentence may hold, told by its words: most sentences hold few, and the others need not be tried on it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geo.claims.casualty_words import CASUALTY_WORDINGS
from geo.claims.dates import DATE_WORDINGS
from geo.claims.lexicons import look_alikes, modalities, wordings
from geo.claims.wording import Signs, Wording
from geo.claims.words import Word, low_of

_JOINT = re.compile(r"[-'’‑]|(?<=\d)\.(?=\d)")
# Words are few and come again; names come and go.
_WORDS_KEPT = 10_000


def signs_of(words: tuple[Word, ...]) -> Signs:
    """Tell which wordings the words of a sentence can be part of."""
    return _everywhere().union(*map(_signs_of_word, map(low_of, words)))


@cache
def _all_wordings() -> tuple[Wording, ...]:
    return (*look_alikes(), *modalities().values(), *wordings().values(), *DATE_WORDINGS, *CASUALTY_WORDINGS)


@cache
def _everywhere() -> Signs:
    return frozenset(w for w in _all_wordings() if not w.stems)


@cache
def _by_stem() -> dict[str, frozenset[Wording]]:
    return {stem: frozenset(w for w in _all_wordings() if stem in w.stems) for wording in _all_wordings() for stem in wording.stems}


@lru_cache(maxsize=_WORDS_KEPT)
def _signs_of_word(word: str) -> Signs:
    by_stem = _by_stem()
    found: set[Wording] = set()
    for part in _JOINT.split(word):
        whole = f"{part}$"
        for length in range(1, len(whole) + 1):
            found |= by_stem.get(whole[:length], frozenset())
        if part[:1].isdigit():
            found |= by_stem["0"]
    return frozenset(found)
