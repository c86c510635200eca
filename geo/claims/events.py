"""What is told as a strike in a sentence: triggers, with their look-alikes and their mere threats held off."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from geo.claims.asides import RELATIVES, Range, find_asides, is_in
from geo.claims.glance import Glance
from geo.claims.lexicons import grammar, modalities, speech, triggers, wording
from geo.claims.trigger import Trigger
from geo.claims.unreal import has_absent_subject, is_absent, is_to_come
from geo.claims.wording import Signs
from geo.claims.words import Word
from geo.model import Span, Weapon

_PARTS = frozenset({"while", "whereas", ";", "but"})
# The words at which another part of a sentence can begin.
_CUTTING = _PARTS | {"after", "following", "and", "in", "as"}
# The words that make an aircraft's bombs and missiles an air strike.
_AIR = wording("aircraft")
_NOT_AIR = re.compile(r"suicide|car bomb|truck bomb|air ?base|anti-aircraft", re.IGNORECASE)

# What still struck though something was shot down.
_HIT_ANYWAY = re.compile(
    r"\b(?:debris|wreckage|fragments|but|others? (?:hit|struck|landed)|not clear whether|(?:most|some|many|several|part|"
    r"half|two|three|four|five|\d+) of (?:them|the|which|those))\b",
    re.IGNORECASE,
)
_UNREAL = tuple(modalities()[mode] for mode in ("threat", "hypothetical", "call", "failed", "habit"))
_INTERCEPTED = modalities()["intercepted"]
# What is destroyed may be listed at length, before another clause or what it was destroyed with.
_DESTROYING, _LIST_REACH = grammar("events_destroying"), 16
_NOT_LISTED = frozenset("with by using from when that which who in on at as after because during while killed killing".split())
# The weapon named first here wins where a clause names several: what flies before what fires it, gas before its shell.
_ORDER = {
    weapon: order
    for order, weapon in enumerate(
        (
            Weapon.CHEMICAL,
            Weapon.MINE,
            Weapon.DRONE,
            Weapon.AIR_STRIKE,
            Weapon.ROCKET,
            Weapon.MISSILE,
            Weapon.ARTILLERY,
            Weapon.BOMB,
            Weapon.UNSPECIFIED,
        )
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A strike told in one part of a sentence: words `first` to `last`, its triggers, the weapon and its words.

    `main` is the trigger that rules the grammar. `asides` are clauses that hang on a noun and tell of something else. `strength`: 3 tells
    a strike by itself, 2 in a report about strikes, 1 only points back to one told before.
    """

    first: int
    last: int
    triggers: tuple[Trigger, ...]
    main: Trigger
    weapon: Weapon
    weapon_text: Span | None
    strength: int
    asides: tuple[Range, ...] = ()

    def leaves_aside(self, i: int) -> bool:
        """Tell whether the word `i` stands in an aside."""
        return bool(self.asides) and is_in(self.asides, i)


def find_events(glance: Glance, *, aside: frozenset[int] = frozenset(), is_terse: bool = False) -> tuple[Event, ...]:
    """Find the strikes that a sentence tells, one for each of its parts that tells one by itself.

    Parameters
    ----------
    aside
        Indices of words that only name a speaker: "Ukraine's air force said" tells of no aircraft.
    is_terse
        Whether the sentence stands in a bulletin, where "Tripoli port: ten rockets" tells a strike without a verb.
    """
    told = tuple([t for t in glance.triggers if t.first not in aside]) if aside else glance.triggers
    if not told:
        return ()
    text, words, signs = glance.report, glance.words, glance.signs
    bounds = _parts(words, told)
    whole = [_event(text, words, told, first, last, aside, signs, is_terse) for first, last in bounds]
    parts = [e for e in whole if e is not None]
    strong = [e for e in parts if e.strength >= 2 and not (e is not parts[0] and _leads_up(words, e))]
    if len(strong) >= 2 or (strong and any(w.text == ";" for w in words)):
        return tuple(strong)
    if any(w.text == ";" for w in words) and any(_is_intercepted(text, words, first, last, signs) for first, last in bounds):
        # "downed 20 drones over A; debris fell on B": what was shot down does not come back with the other part.
        return tuple(strong)
    event = whole[0] if len(whole) == 1 else _event(text, words, told, 0, len(words), aside, signs, is_terse)
    if event is None:
        return tuple(strong)
    return (event,)


def _leads_up(words: tuple[Word, ...], event: Event) -> bool:
    """Tell "artillery on the town after a raid, two dead": of what came first nothing is told."""
    main = event.main
    is_bare = main.form == "event" and event.weapon is Weapon.UNSPECIFIED
    return (
        is_bare and words[event.first].low in {"after", "following"} and (main.last >= len(words) or not words[main.last].text[0].isalnum())
    )


def _parts(words: tuple[Word, ...], told: tuple[Trigger, ...]) -> list[tuple[int, int]]:
    cuts = [
        0,
        *(
            i
            for i, w in enumerate(words)
            if i and w.low in _CUTTING and (w.low in _PARTS or _answers(words, i) or _has_own_verb(words, told, i))
        ),
        len(words),
    ]
    return list(itertools.pairwise(cuts))


def _has_own_verb(words: tuple[Word, ...], told: tuple[Trigger, ...], i: int) -> bool:
    """Tell "A bombed X and B shelled Y" from "A bombed and shelled X": the second verb has a subject of its own."""
    if words[i].low != "and":
        return False
    if i + 1 < len(words) and words[i + 1].low == "that":
        # "said that A was hit and that B shelled C"
        return True
    if i + 2 < len(words) and words[i + 1].text[0].isupper() and speech().at(words, i + 2) and any(t.last <= i for t in told):
        # "A struck at X and B said it had hit Y"
        return any(t.first > i + 2 and t.strength >= 2 for t in told)
    verbs = [t for t in told if t.form == "verb" and t.strength == 3]
    return any(t.last <= i for t in verbs) and any(2 <= t.first - i <= 5 and words[i + 1].text[0].isupper() for t in verbs)


def shares_subject(words: tuple[Word, ...], event: Event) -> bool:
    """Tell "A shelled X, B said, and fired rockets at Y": the second verb has no subject of its own."""
    k = event.first + 1
    while k < event.last and words[k].low.endswith("ly"):
        k += 1
    return words[event.first].low == "and" and any(t.first in {k, k + 1} and t.form == "verb" and not t.passive for t in event.triggers)


def _answers(words: tuple[Word, ...], i: int) -> bool:
    """Tell where another strike can begin: "in response to", "after", "in retaliation for", ", and"."""
    if words[i].low in {"after", "following"} or (words[i].low == "and" and words[i - 1].text == ","):
        return True
    if words[i].low == "as" and words[i - 1].text == ",":
        # "an explosion in A, police said, as B fired missiles at C"
        return any(r.form == "verb" for k in range(i + 2, min(i + 7, len(words))) for r in triggers().at(words, k))
    return (
        words[i].low == "in"
        and i + 2 < len(words)
        and words[i + 1].low in {"response", "retaliation", "reply", "revenge"}
        and words[i + 2].low in {"to", "for"}
    )


def _event(
    text: str, words: tuple[Word, ...], told: tuple[Trigger, ...], first: int, last: int, aside: frozenset[int], signs: Signs,
    is_terse: bool,
) -> Event | None:  # fmt: skip
    within = [t for t in told if first <= t.first and t.last <= last]
    inside = tuple([t for t in within if _is_real(text, words, t, first, signs) and not has_absent_subject(words, t, within, first)])
    if not inside or _is_intercepted(text, words, first, last, signs):
        return None
    hanging = find_asides(words, [(t.first, t.last) for t in inside])
    main = _main(inside, hanging)
    asides = tuple(
        [(a, b) for a, b in hanging if not a <= main.first < b and (b <= main.first or RELATIVES & {words[a].low, words[a + 1].low})]
    )
    if asides:
        inside = tuple([t for t in inside if not is_in(asides, t.first)])
    strength = _strength(words, inside, first, last, is_terse=is_terse)
    if strength == 0:
        return None
    weapon, span = _weapon(words, inside, first, last, aside, signs)
    return Event(first=first, last=last, triggers=inside, main=main, weapon=weapon, weapon_text=span, strength=strength, asides=asides)


def _main(told: tuple[Trigger, ...], hanging: tuple[Range, ...]) -> Trigger:
    """Choose the trigger that rules the grammar: the stronger before the weaker, no aside's, a noun for the strike before a verb."""
    own = [t for t in told if t.strength >= 2 and t.form in {"event", "verb"} and not is_in(hanging, t.first)]
    return max(own or told, key=lambda t: (t.strength, t.form == "event", t.form == "verb", -t.first))


def _strength(words: tuple[Word, ...], told: tuple[Trigger, ...], first: int, last: int, *, is_terse: bool) -> int:
    verbs = [t for t in told if t.form == "verb"]
    flying = [t for t in told if t.form == "munition"]
    if any(t.strength == 3 and t.form in {"event", "verb"} for t in told):
        return 3
    if flying and (
        verbs or any(t.strength == 3 for t in flying) or any(t.last < last and words[t.last].low in {"on", "at", "into"} for t in flying)
    ):
        return 3
    # "Nikopol: artillery and drones all day" of a bulletin has no verb.
    if (flying or any(t.form == "platform" for t in told)) and (verbs or is_terse or _has_heading(words, first, last)):
        return 3
    best = max((t.strength for t in told if t.form in {"event", "verb"}), default=0)
    if best == 2:
        return 2
    return 1 if any(t.form == "event" for t in told) else 0


def _has_heading(words: tuple[Word, ...], first: int, last: int) -> bool:
    """Tell a line of a bulletin, "Place: what happened" or "Place, day: what happened"."""
    return words[0].text[0].isalnum() and any(w.text == ":" for w in words[first : min(last, first + 14)])


def _is_real(text: str, words: tuple[Word, ...], trigger: Trigger, first: int, signs: Signs) -> bool:
    """Tell whether a trigger is told as happened, not as threatened, planned, feared, demanded or foiled."""
    if trigger.form != "verb" and (is_absent(words, trigger, first) or is_to_come(words, trigger)):
        return False
    if trigger.form == "munition" and _is_destroyed(words, trigger.first):
        return False
    if signs.isdisjoint(_UNREAL):
        return True
    start = max(first, trigger.first - 9)
    # A mark or a conjunction ends the reach of "could" and "called for".
    for i in range(trigger.first - 1, start - 1, -1):
        if words[i].text in {",", ";", ":", '"', "“", "”"} or words[i].low in {
            "and",
            "after",
            "when",
            "because",
            "following",
            "since",
            "that",
            "as",
            "who",
            "which",
            "over",
        }:
            start = i
            break
    before = text[words[start].start : words[trigger.first].start]
    return not any(mode.search(before, signs) for mode in _UNREAL)


def as_event(text: str, words: tuple[Word, ...], first: int, last: int, signs: Signs) -> Event | None:
    """Make an event of a verb that is no trigger; None if it is threatened, planned, feared, demanded or failed."""
    verb = Trigger(first=first, last=last, form="verb", weapon=Weapon.UNSPECIFIED, strength=0)
    if not _is_real(text, words, verb, 0, signs):
        return None
    return Event(first=0, last=len(words), triggers=(verb,), main=verb, weapon=verb.weapon, weapon_text=None, strength=0)


def as_denied(glance: Glance, part: range) -> Event | None:
    """Make an event of a strike that is only told not to have been: "there was no air strike on X"; None if its words name none."""
    told = tuple([t for t in glance.triggers if t.first in part])
    if not any(t.strength >= 2 for t in told):
        return None
    weapon, span = _weapon(glance.words, told, part.start, part.stop, frozenset(), glance.signs)
    main = _main(told, ())
    return Event(first=part.start, last=part.stop, triggers=told, main=main, weapon=weapon, weapon_text=span, strength=main.strength)


def _is_destroyed(words: tuple[Word, ...], i: int) -> bool:
    """Tell "destroyed two mortars and a car bomb", which names what was hit, from "destroyed with two mortars"."""
    for word in reversed(words[max(0, i - _LIST_REACH) : i]):
        if word.low in _DESTROYING:
            return True
        if word.low in _NOT_LISTED or word.text in {";", ":"}:
            return False
    return False


def _is_intercepted(text: str, words: tuple[Word, ...], first: int, last: int, signs: Signs) -> bool:
    if _INTERCEPTED not in signs:
        return False
    part = text[words[first].start : words[last - 1].end]
    return bool(_INTERCEPTED.search(part)) and not _HIT_ANYWAY.search(part)


def _weapon(
    words: tuple[Word, ...], told: tuple[Trigger, ...], first: int, last: int, aside: frozenset[int], signs: Signs
) -> tuple[Weapon, Span | None]:
    named = [t for t in told if t.weapon is not Weapon.UNSPECIFIED]
    flying = [t for t in named if t.form != "platform" and (t.form != "munition" or t.strength >= 2)]
    chosen = min(flying or named, key=lambda t: (_ORDER[t.weapon], t.first), default=None)
    if chosen is None:
        unspecific = next((t for t in told if t.form in {"event", "munition"}), None)
        return Weapon.UNSPECIFIED, Span(words[unspecific.first].start, words[unspecific.last - 1].end) if unspecific else None
    weapon = chosen.weapon
    if weapon in {Weapon.MISSILE, Weapon.BOMB, Weapon.ROCKET} and _AIR in signs:
        part = " ".join([words[i].text for i in range(first, last) if i not in aside])
        if _AIR.search(part) and not _NOT_AIR.search(part):
            weapon = Weapon.AIR_STRIKE
    return weapon, Span(words[chosen.first].start, words[chosen.last - 1].end)
