"""Swapping the two sides of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence


def exchanged(text: str, swap: Sequence[Sequence[str]], *, keep: Sequence[str] = ()) -> str:
    """Exchange all pairs at once, whole words only, the longest first; of a word in several pairs the first pair decides.

    `keep` are words that stay though they hold one that is exchanged: "the Russian city".
    """
    other = {words: words for words in keep}
    for one, two in swap:
        other.setdefault(one, two)
        other.setdefault(two, one)
    pattern = "|".join(sorted(map(re.escape, other), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: other[m.group()], text)


def side(words: str) -> str:
    """Return the part of an attacker's words that tells the side: how much of "Houthi rebels" a name's entry holds is not at stake."""
    parts = words.split()
    capitals = [i for i, part in enumerate(parts) if part[0].isupper()]
    return " ".join(parts[capitals[0] : capitals[-1] + 1] if capitals else parts[:1])
