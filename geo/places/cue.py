"""Reads which kind of place the words beside a name say that it is: "the town of X", "X district", "X and Y provinces"."""

from __future__ import annotations

from collections.abc import Callable

from geo.places.reading import Reading
from geo.places.words import Cue, cues, grammar

_COMPASS = grammar("compass")
_LONGEST_LIST, _MOST_WORDS = 5, 6
_AREA = Cue("area", after=True)
_QUARTERS = frozenset({"neighbourhood", "neighborhood", "quarter"})
_SMALL = frozenset({"village", "hamlet"}) | _QUARTERS


def cue_before(r: Reading, first: int) -> tuple[str | None, int]:
    """Read "the town of X", "the villages of X" and "slum X": the cue word and where its wording begins."""
    k = first - 1
    if k >= 1 and r.lows[k] == "the":
        k -= 1
    if k >= 1 and r.lows[k] == "of":
        word = singular(r.lows[k - 1])
        # In "the Salinas Valley region of California" the region is the valley.
        is_others = (word in _QUARTERS or (word in cues() and cues()[word].kind == "area")) and r.caps[k - 2] and r.touches[k - 2]
        if word in cues() and not (is_others and not r.taken[k - 2]):
            start = k - 1
            two = f"{r.lows[k - 2]} {word}" if k >= 2 else ""
            if two in cues():
                word, start = two, k - 2
            if word == "front" and r.lows[k - 2] == "in":
                return None, first
            if start >= 1 and r.lows[start - 1] in {"the", "a"}:
                start -= 1
            return word, start
    return None, first


def singular(word: str) -> str:
    """Give the cue that a plural is of: "villages" is of "village"."""
    if word in cues():
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def cue_after(r: Reading, end: int, *, is_wider: Callable[[], bool]) -> tuple[str | None, int]:
    """Read "X town", "X power plant" and "the villages": the cue word and where its wording ends.

    `is_wider` tells whether X is a well-known place, so that another may lie in it.
    """
    if r.touches[end - 1]:
        # "Homs eastern countryside" is the countryside of Homs.
        if r.lows[end] in _COMPASS and (side := cues().get(r.lows[end + 1])) is not None and side.kind == "area" and side.after:
            return r.lows[end + 1], end + 2
        one, known = r.lows[end], cues()
        two = f"{one} {r.lows[end + 1]}"
        three = f"{two} {r.lows[end + 2]}"
        if three in known and known[three].after:
            return three, end + 3
        # In "the Damascus suburb of Daraya" the suburb is Daraya; in "Moe Tarr Lay village of Katha township" the village is the first.
        of_another = r.lows[end + 1] == "of" and r.caps[end + 2] and known.get(singular(one), _AREA).kind != "area"
        if of_another and (one not in _SMALL or is_wider()):
            return None, end
        if two in known and known[two].after:
            return two, end + 2
        if one in known and known[one].after:
            return one, end + 1
        if one.endswith("s") and singular(one) in known and known[singular(one)].after:
            return singular(one), end + 1
    return None, end


def cue_after_list(r: Reading, end: int) -> str | None:
    """Let "Kharkiv, Sumy and Chernihiv regions" call all three a region."""
    k = end
    for _ in range(_LONGEST_LIST):
        joined = k
        while r.lows[k] in {",", "and"}:
            k += 1
        if k == joined or not r.caps[k]:
            return None
        k += 1
        longest = k + _MOST_WORDS
        while k < longest and r.caps[k] and r.touches[k - 1]:
            k += 1
        word = r.lows[k]
        if r.touches[k - 1] and word not in cues() and (cue := cues().get(singular(word))) is not None and cue.after:
            return singular(word)
    return None
