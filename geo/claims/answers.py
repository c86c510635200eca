"""Which claim of a report another one answers: a denial its accusation, a counter-accusation the other side's word for the same strike.

Both sides are treated alike: who answers whom follows from who accuses and who is accused, never from who they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.claims.drafts import Draft, is_same_place, weapons_fit
from geo.claims.parties import Theatre, find_parties
from geo.claims.words import split_words
from geo.model import Stance

_NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """A claim as one side's word: for whom its speaker speaks, and whom it names as the attacker; both by the parties' names."""

    draft: Draft
    order: int
    sides: frozenset[str]
    accused: frozenset[str]

    @property
    def told_at(self) -> list[int]:
        """Where the sentences begin that tell it."""
        return [self.draft.sentence.start, *(span.start for span in self.draft.also)]


def find_answers(drafts: Sequence[Draft], theatre: Theatre) -> tuple[int | None, ...]:
    """Find for each claim the one that it answers.

    Returns
    -------
    answers
        For each draft the index of the one that it answers, None where it answers none. Where several fit, the one told last before
        it, or else in the same sentence. Never its own index.
    """
    if not any(draft.stance is Stance.DENIED for draft in drafts) and len({_accused(draft) for draft in drafts} - {_NOBODY}) < 2:
        # Nobody denies, and all blame the same: most reports.
        return (None,) * len(drafts)
    sides = {text: _sides(text, theatre) for text in {draft.speaker.text for draft in drafts if draft.speaker is not None}}
    voices = [
        _Voice(draft=draft, order=i, sides=sides[draft.speaker.text] if draft.speaker is not None else _NOBODY, accused=_accused(draft))
        for i, draft in enumerate(drafts)
    ]
    return tuple(_find_answered(one, voices) for one in voices)


def _sides(speaker: str, theatre: Theatre) -> frozenset[str]:
    return frozenset(m.party.name for m in find_parties(split_words(speaker), theatre))


def _accused(draft: Draft) -> frozenset[str]:
    return frozenset(p.name for p in draft.attacker.parties) if draft.attacker is not None else _NOBODY


def _find_answered(one: _Voice, voices: Sequence[_Voice]) -> int | None:
    if one.draft.speaker is None:
        return None
    answers = _denies if one.draft.stance is Stance.DENIED else _turns_round
    fit = [
        (near, other)
        for other in voices
        if other is not one and (near := _nearness(one, other)) is not None and _is_other_voice(one, other) and answers(one, other)
    ]
    return max(fit, key=lambda each: each[0])[1].order if fit else None


def _nearness(one: _Voice, other: _Voice) -> tuple[bool, int, int] | None:
    """Order what was told before by how near it stands; what the same sentence tells later comes last, what later ones tell is None."""
    at = min(one.told_at)
    before = [start for start in other.told_at if start <= at]
    if not before:
        return None
    is_before = max(before) < at or other.order < one.order
    return is_before, max(before), other.order if is_before else -other.order


def _is_other_voice(one: _Voice, other: _Voice) -> bool:
    """Tell another's word from the same speaker's, or from that of somebody who speaks for the same side."""
    mine, theirs = one.draft.speaker, other.draft.speaker
    if other.draft.stance is Stance.DENIED or one.sides & other.sides:
        return False
    return mine is None or theirs is None or not mine.is_same(theirs)


def _denies(denial: _Voice, other: _Voice) -> bool:
    """Tell whether a denial is of this claim: of the same strike by the denier's side, or by the one who is said not to have struck."""
    if not _can_be_one_strike(denial.draft, other.draft):
        return False
    if not denial.accused:
        # "It denied that anything was hit": whoever is said to have fired, but only on the strike told just before.
        return denial.draft.carried_place
    return bool(other.accused & (denial.accused | denial.sides))


def _turns_round(one: _Voice, other: _Voice) -> bool:
    """Tell "it was their own shell", said by the side that was accused, and each half of "A and B accuse each other"."""
    if not (one.accused and other.accused & one.sides) or one.accused & other.accused or one.accused & one.sides:
        return False
    is_mutual = one.draft.sentence == other.draft.sentence and bool(one.accused & other.sides)
    if not is_mutual and min(one.told_at) == max(s for s in other.told_at if s <= min(one.told_at)) and other.order > one.order:
        return False
    has_place = one.draft.place_text is not None and other.draft.place_text is not None
    return (has_place or is_mutual) and _can_be_one_strike(one.draft, other.draft)


def _can_be_one_strike(one: Draft, other: Draft) -> bool:
    """Tell whether two claims can be about one strike: the place is the same, and neither weapon nor day contradicts."""
    return _is_one_place(one, other) and weapons_fit(one.weapon, other.weapon) and _days_fit(one, other)


def _is_one_place(one: Draft, other: Draft) -> bool:
    if one.place_text is None and other.place_text is None and one.struck is other.struck is None:
        return True
    return is_same_place(one, other)


def _days_fit(one: Draft, other: Draft) -> bool:
    mine, theirs = one.when, other.when
    if mine is None or theirs is None or mine.reported or theirs.reported:
        # The day on which somebody spoke is not that of the strike.
        return True
    return mine.start <= theirs.end and theirs.start <= mine.end
