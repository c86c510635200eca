"""Swapping the two sides of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence


def exchanged(text: str, swap: Sequence[Sequence[str]]) -> str:
    """Exchange all pairs at once, whole words only, the longest first."""
    other = {a: b for one, two in swap for a, b in ((one, two), (two, one))}
    pattern = "|".join(sorted(map(re.escape, other), key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", lambda m: other[m.group()], text)
