"""Why a claim says what it says: for each field the words that gave it, and the rule by which they did, as a reader is told it.

The words come with the values: every part of a draft knows where in the report it was read, also one that another sentence added or
that was carried on. Nothing here is found out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from geo.claims.dates import When
from geo.claims.drafts import Draft
from geo.claims.lexicons import TriggerEntry, triggers
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
# As Reason(...), without its detour through Python: it is called for every field of a claim.
_reason: Callable[[tuple[Field, int | None, int | None, str | None, str]], Reason] = partial(tuple.__new__, Reason)
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
    first, last = draft.sentence
    reasons = []
    for field, span, rule in _told(text, draft, place_why):
        if span is None:
            reasons.append(_reason((field, None, None, None, rule)))
            continue
        start, end = span
        if not first <= start < last:
            rule = _told_elsewhere(rule, start, draft)
        reasons.append(_reason((field, start, end, text[start:end], rule)))
    return tuple(reasons)


def _told_elsewhere(rule: str, start: int, draft: Draft) -> str:
    """Add to a rule that its words stand outside the quoted sentence, where it does not say so itself."""
    if not isinstance(rule, Rule) or rule in _OF_EARLIER:
        return rule
    return f"{rule}; {ELSEWHERE if any(other.start <= start < other.end for other in draft.also) else BEFORE}"


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
        named = {entry.weapon for entry in _readings(text[words.start : words.end])}
        return Rule.WEAPON if weapon in named else Rule.AIRCRAFT
    return Rule.WEAPON


@lru_cache(maxsize=1_000)
def _readings(words: str) -> tuple[TriggerEntry, ...]:
    """Return all that words can tell of a strike."""
    return tuple(entry for hit in triggers().find(split_words(words)) for entry in hit.value)


def _place(draft: Draft, struck: Struck) -> tuple[Span | None, Rule]:
    """Tell which words make it the place, and how: those of the place itself, or "the city" that means one told before."""
    head = struck.head
    if head.governor == "title":
        return draft.place_text, Rule.FROM_TITLE
    if not draft.carried_place:
        return draft.place_text, struck.rule or _governed(head.governor)
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
    is_verb = any(entry.form == "verb" for entry in _readings(governor.removeprefix("after ")))
    return Rule.OBJECT if is_verb else Rule.BESIDE_STRIKE


def _name(head: Named) -> Span | None:
    """Return where the name stands in the text; a title is not part of it."""
    return None if head.governor == "title" else head.resolution.toponym.span


def _day_rule(when: When) -> Rule:
    return Rule.DAY_SAID if when.reported else Rule.DAY_BESIDE if when.from_strike else _DAYS[when.basis]


def _count_rule(count: Count) -> Rule:
    return Rule.NOBODY if count.high == 0 else Rule.AT_LEAST if count.high is None else Rule.COUNTED
