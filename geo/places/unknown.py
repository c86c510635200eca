"""Names that no layer knows, and the words that make places of them all the same: whatever shells hit is a place."""

from __future__ import annotations

import re

from geo.places.reading import Reading
from geo.places.words import common_words, given_names, grammar, organisations, surnames, titles

_WEAPONS, _HITTING, _REACH = grammar("weapons"), grammar("hitting"), 6
# What is shelled is hit, without another word for what it is hit with.
_SHELLING = frozenset("shelled bombed bombarded shelling bombing bombarding".split())
_STRIKES, _HIT_PEOPLE = grammar("strikes"), grammar("hit_people")

_ENDING_HEADS, _LONGEST_DAY = frozenset({":", ",", "."}), 40
_DAY_ONLY = re.compile(
    r"[\s\-*•·–(]*(?:\w{1,2}[).]\s+)?(?:(?:\d{1,4}|" + "|".join(sorted(grammar("months"), key=len, reverse=True)) + r")\b[\s,./:–-]*)+",
    re.IGNORECASE,
)


def is_armed(r: Reading, end: int) -> bool:
    """Tell whether a strike or a weapon is named shortly before a word."""
    return any(r.lows[j] in _WEAPONS or r.lows[j] in _STRIKES for j in range(max(0, end - _REACH), end))


def are_no_others(r: Reading, first: int, end: int) -> bool:
    """Tell whether nothing makes these words a person, an organisation or words of the language."""
    if any(low in common_words() or low in organisations() or low in titles() for low in r.lows[first:end]):
        return False
    words = r.words[first:end]
    return words[0] not in given_names() and words[-1] not in surnames() and not any(word.isupper() for word in words)


def stands_where_it_struck(r: Reading, first: int, end: int) -> bool:
    """Tell whether the words around a name that nothing else explains make it the place of a strike."""
    return _is_hit(r, first, end) or heads_dated_line(r, first, end) or r.heads_line(first, end)


def heads_listed_line(r: Reading, first: int, end: int) -> bool:
    """Tell "Source Yubu: four shells" of a list, also where one of its words is a common one, from "Security Council: a vote"."""
    lows, words = r.lows[first:end], r.words[first:end]
    if not r.heads_line(first, end) or any(low in organisations() or low in titles() for low in lows):
        return False
    # "Northern Aleppo" is a part of Aleppo, not a name of its own.
    is_part = lows[0] in common_words() and any(r.known(k, end) for k in range(first + 1, end))
    is_plain = all(low in common_words() or word.isupper() for low, word in zip(lows, words, strict=True))
    return not is_part and not is_plain and words[0] not in given_names()


def _is_hit(r: Reading, first: int, end: int) -> bool:
    """Tell "the strike on Balgrat" and "rockets hit Balgrat": a place, if nothing makes it people ("the attack on Hamas fighters")."""
    before, is_owner = r.lows[first - 1], r.texts[first:end] != r.words[first:end]
    if is_owner or r.lows[end] in _HIT_PEOPLE or (r.caps[end] and r.touches[end - 1]):
        return False
    if before in {"on", "of", "at"} and r.lows[first - 2] in _STRIKES:
        return True
    if before == "on":
        # "strikes by Saldowian forces on Balgrat"
        return any(r.lows[j] in _STRIKES and r.lows[j + 1] == "by" for j in range(max(0, first - _REACH), first - 1))
    return before in _SHELLING or (before in _HITTING and is_armed(r, first - 1))


def heads_dated_line(r: Reading, first: int, end: int) -> bool:
    """Tell whether nothing but a day stands before a name on its line, and a mark behind it: "- 16/8 Balgrat: two shells"."""
    at = r.starts[first]
    start = r.text.rfind("\n", 0, at) + 1
    return at - start <= _LONGEST_DAY and r.lows[end] in _ENDING_HEADS and _DAY_ONLY.fullmatch(r.text, start, at) is not None
