"""Why a claim says what it says: for each field the words that gave it, and the rule by which they did, as a reader is told it.

The words come with the values: every part of a draft knows where in the report it was read, also one that another sentence added or
that was carried on. Nothing here is found out anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.claims.dates import When
from geo.claims.drafts import Draft
from geo.claims.lexicons import triggers
from geo.claims.named import Named
from geo.claims.numbers import Count
from geo.claims.rules import BEFORE, ELSEWHERE, Rule
from geo.claims.struck import Struck
from geo.claims.words import split_words
from geo.model import DateBasis, Field, Reason, Span, Stance, Weapon

_STANCES = {
    Stance.ASSERTED: Rule.SAYS_SO,
    Stance.ACCUSED: Rule.ACCUSES,
    Stance.CLAIMED_RESPONSIBILITY: Rule.OWNS,
    Stance.DENIED: Rule.DENIES,
}
_DAYS = {DateBasis.EXPLICIT: Rule.DAY_TOLD, DateBasis.RELATIVE: Rule.DAY_COUNTED, DateBasis.DATELINE: Rule.DAY_OF_REPORT}
# These say themselves that the words stand before.
_OF_EARLIER = frozenset({Rule.PRONOUN, Rule.POINTS_TO_SPEAKER, Rule.QUOTE_GOES_ON, Rule.CARRIED_PLACE})


def find_reasons(text: str, draft: Draft, *, place_why: str) -> tuple[Reason, ...]:
    """Tell why a draft says what it says, in the order of `Field`.

    Parameters
    ----------
    text
        The report's.
    place_why
        Why the place stands where it stands on the map, or what is missing.

    Returns
    -------
    reasons
        One for each field that is told, and always one for stance, weapon and place; the place's entry has one where a place is meant.
    """
    own = (draft.sentence, *draft.also)
    return tuple([_reason(text, own, field, span, rule) for field, span, rule in _told(text, draft, place_why)])


def _reason(text: str, own: tuple[Span, ...], field: Field, span: Span | None, rule: str) -> Reason:
    if span is None:
        return Reason(field, None, None, None, rule)
    start, end = span
    if not own[0].start <= start < own[0].end and rule not in _OF_EARLIER and field is not Field.PLACE_NAME:
        where = ELSEWHERE if any(other.start <= start < other.end for other in own) else BEFORE
        rule = f"{rule}; {where}"
    return Reason(field, start, end, text[start:end], rule)


def _told(text: str, draft: Draft, place_why: str) -> Iterator[tuple[Field, Span | None, str]]:
    if draft.speaker is not None:
        yield Field.CLAIMANT, draft.speaker.span, draft.speaker.rule
    yield Field.STANCE, draft.said, Rule.REPORTER_TELLS if _is_reporters(draft) else _STANCES[draft.stance]
    if draft.attacker is not None:
        yield Field.ATTACKER, draft.attacker.span, draft.attacker.rule
    if draft.target is not None:
        yield Field.TARGET, draft.target, Rule.HIT_AT_PLACE if _overlap(draft.target, draft.place_text) else Rule.HIT
    yield Field.WEAPON, draft.weapon_text, _weapon_rule(text, draft.weapon, draft.weapon_text)
    if draft.struck is None:
        yield Field.PLACE, None, place_why
    else:
        yield Field.PLACE, *_place(draft, draft.struck)
        yield Field.PLACE_NAME, _name(draft.struck.head), place_why
    if draft.when is not None:
        yield Field.DATE, draft.when.span, _day_rule(draft.when)
    for field, count in ((Field.KILLED, draft.casualties.killed), (Field.WOUNDED, draft.casualties.wounded)):
        if count is not None:
            yield field, count.span, _count_rule(count)
    if draft.background is not None:
        is_day = draft.when is not None and draft.when.span == draft.background
        yield Field.IS_BACKGROUND, draft.background, Rule.LONG_AGO if is_day else Rule.BACKGROUND


def _is_reporters(draft: Draft) -> bool:
    return draft.speaker is None and draft.stance is Stance.ASSERTED


def _overlap(one: Span, two: Span | None) -> bool:
    return two is not None and one.start < two.end and two.start < one.end


def _weapon_rule(text: str, weapon: Weapon, words: Span | None) -> Rule:
    if words is None:
        return Rule.NO_WEAPON
    if weapon is Weapon.UNSPECIFIED:
        return Rule.STRIKE_ONLY
    if weapon is Weapon.AIR_STRIKE:
        readings = [entry for hit in triggers().find(split_words(text, *words)) for entry in hit.value]
        return Rule.WEAPON if any(entry.weapon is weapon for entry in readings) else Rule.AIRCRAFT
    return Rule.WEAPON


def _place(draft: Draft, struck: Struck) -> tuple[Span | None, Rule]:
    """Tell which words make it the place, and how: those of the place itself, or "the city" that means one told before."""
    head = struck.head
    if head.governor == "title":
        return draft.place_text, Rule.FROM_TITLE
    if not draft.carried_place:
        return draft.place_text, Rule.LISTED if struck.listed else _governed(head.governor)
    if draft.place_text is not None and not _overlap(draft.place_text, head.resolution.toponym.phrase):
        return draft.place_text, Rule.MEANT
    return draft.place_text or head.resolution.toponym.phrase, Rule.CARRIED_PLACE


def _governed(governor: str) -> Rule:
    if governor == "subject":
        return Rule.STANDS_FIRST
    if governor.startswith("of "):
        return Rule.OF_PLACE
    if not governor.startswith("after "):
        return Rule.PLACED
    verbs = triggers().find(split_words(governor.removeprefix("after ")))
    return Rule.OBJECT if any(entry.form == "verb" for hit in verbs for entry in hit.value) else Rule.BESIDE_STRIKE


def _name(head: Named) -> Span | None:
    """Return where the name stands in the text; a title is not part of it."""
    return None if head.governor == "title" else head.resolution.toponym.span


def _day_rule(when: When) -> Rule:
    return Rule.DAY_SAID if when.reported else Rule.DAY_BESIDE if when.from_strike else _DAYS[when.basis]


def _count_rule(count: Count) -> Rule:
    return Rule.NOBODY if count.high == 0 else Rule.AT_LEAST if count.high is None else Rule.COUNTED
