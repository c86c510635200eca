"""Words for a strike that its sentence negates, corrects or leaves to the future: "no rockets", "not a mine but", "mortars would"."""

from __future__ import annotations

from geo.claims.trigger import Trigger
from geo.claims.words import Word

ABSENT = frozenset({"no", "without"})
_AT_LEAST = frozenset({"fewer", "less", "more", "later", "sooner"})
_BETWEEN_NOT_AND_NOUN = frozenset("a an the by with from in of on to any another".split())
_MODALS, _SEEN = frozenset("would will could might shall".split()), frozenset("seen heard later have".split())
_HELPING = frozenset("had has have been was were ever is are being did".split())


def is_absent(words: tuple[Word, ...], trigger: Trigger, first: int) -> bool:
    """Tell "no rockets", "without a shot", "not by a mine" and "rather than a drone" from "no fewer than ten rockets"."""
    before = words[max(first, trigger.first - 3) : trigger.first]
    if any(w.low in ABSENT for w in before) and not any(w.low in _AT_LEAST for w in before):
        return True
    i = trigger.first - 1
    while i > first and words[i].low in _BETWEEN_NOT_AND_NOUN:
        i -= 1
    if i < first:
        return False
    pair = (words[i].low, words[i + 1].low)
    return words[i].low == "not" or (i > first and (words[i - 1].low, words[i].low) == ("rather", "than")) or pair == ("instead", "of")


def is_to_come(words: tuple[Word, ...], trigger: Trigger) -> bool:
    """Tell "mortars would do the talking" from "a rocket could be seen"."""
    following = [w.low for w in words[trigger.last : trigger.last + 3]]
    return trigger.form in {"munition", "platform"} and following[:1] != [] and following[0] in _MODALS and _SEEN.isdisjoint(following)


def has_absent_subject(words: tuple[Word, ...], verb: Trigger, told: list[Trigger], first: int) -> bool:
    """Tell "no missile had fallen" and "no aircraft bombed", where only what would have struck is negated."""
    if verb.form != "verb":
        return False
    subject = next((t for t in told if t.form != "verb" and t.last <= verb.first and _HELPING.issuperset(_lows(words, t.last, verb))), None)
    return subject is not None and is_absent(words, subject, first)


def _lows(words: tuple[Word, ...], start: int, verb: Trigger) -> list[str]:
    return [w.low for w in words[start : verb.first]]
