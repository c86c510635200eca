"""What a first glance at a sentence shows: its words, the wordings that it may hold, and which of its words tell of a strike."""

from __future__ import annotations

from dataclasses import dataclass

from geo.claims.found_once import found_once
from geo.claims.lexicons import TriggerEntry, grammar, look_alikes, nationalities, triggers
from geo.claims.numbers import is_count
from geo.claims.signs import signs_of
from geo.claims.trigger import Trigger
from geo.claims.unreal import ABSENT
from geo.claims.wording import Signs
from geo.claims.words import Hit, Word

_PASSIVE_BE = frozenset("was were is are be been being got get came come".split())
_QUANTITIES = grammar("reader_quantities") | frozenset("more further new fresh multiple repeated overnight no".split())
_POINTING = frozenset("the that this these those such its their both".split())


@dataclass(frozen=True, eq=False)
class Glance:
    """Words of a sentence, or of a part of it, in the whole text `report`. What they show is found when first asked for, and kept."""

    report: str
    words: tuple[Word, ...]

    @found_once
    def signs(self) -> Signs:
        """The wordings that the words can be part of."""
        return signs_of(self.words)

    @found_once
    def triggers(self) -> tuple[Trigger, ...]:
        """The words that tell of a strike, without those that are part of a look-alike."""
        words = self.words
        hits = triggers().find(words)
        if not hits:
            return ()
        offset = words[0].start
        whole = self.report[offset : words[-1].end]
        blocked = [(m.start() + offset, m.end() + offset) for w in self.signs & look_alikes() for m in w.pattern.finditer(whole)]
        return tuple(
            _trigger(words, hit)
            for hit in hits
            if not blocked or not any(start < words[hit.last - 1].end and words[hit.first].start < end for start, end in blocked)
        )


def _trigger(words: tuple[Word, ...], hit: Hit[tuple[TriggerEntry, ...]]) -> Trigger:
    entry = _reading(words, hit)
    before = [w.low for w in words[max(0, hit.first - 3) : hit.first]]
    # "it was X that shelled": what was said to be is not what was done.
    helping = before[before.index("that") + 1 :] if "that" in before else before
    passive = (
        entry.form == "verb"
        and bool(_PASSIVE_BE & set(helping))
        and words[hit.last - 1].low.endswith(("ed", "hit", "struck", "blown up", "en", "up"))
    )
    pointing = bool(before) and bool(_POINTING & set(before))
    return Trigger(
        first=hit.first, last=hit.last, form=entry.form, weapon=entry.weapon, strength=entry.strength, passive=passive, pointing=pointing
    )


def _reading(words: tuple[Word, ...], hit: Hit[tuple[TriggerEntry, ...]]) -> TriggerEntry:
    """Choose between the readings of a word: "shells" after a number fly, after a name they shell."""
    if len(hit.value) == 1:
        return hit.value[0]
    previous = words[hit.first - 1] if hit.first else None
    following = words[hit.last] if hit.last < len(words) else None
    noun = (
        previous is None
        or previous.low in _POINTING
        or previous.low in {"a", "an", "of", "in", "with", "by", "and", "several", "from", "to", "under", "his", "her"}
    )
    noun = noun or (
        previous is not None
        and (
            is_count(previous.low)
            or previous.low in _QUANTITIES | ABSENT
            or previous.low in nationalities()
            or previous.low.endswith(("ing", "al", "y", "ed", "ese", "ian", "ish", "ni"))
        )
    )
    noun = noun or (
        following is not None
        and following.low
        in {
            ",",
            ".",
            "on",
            "of",
            "in",
            "by",
            "at",
            "against",
            "that",
            "hit",
            "fell",
            "landed",
            "and",
            "near",
            "from",
            "carried",
            "targeted",
            "struck",
            "killed",
            "had",
            "have",
            "were",
            "was",
            "which",
            "into",
            "over",
        }
    )
    wanted = [e for e in hit.value if (e.form == "verb") != noun]
    return max(wanted or hit.value, key=lambda e: e.strength)
