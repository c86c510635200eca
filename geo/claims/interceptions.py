"""What was shot down on its way, kept apart from strikes: a drone brought down over a town has not struck it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.claims.events import Event, as_event
from geo.claims.lexicons import grammar, modalities, triggers
from geo.claims.memory import Memory
from geo.claims.numbers import NUMBER, is_count, is_vague, read_number
from geo.claims.parties import PartyMention
from geo.claims.sentence import Sentence
from geo.claims.words import Word
from geo.model import Article, Interception, Role, Weapon

INTERCEPTED = modalities()["intercepted"]
_STOPS = grammar("interceptions_stops")
_PASSIVE_BE = grammar("interceptions_passive")
_NEGATING, _OVER = grammar("interceptions_negating"), grammar("interceptions_over")
# Bombs and mines that the police intercept are found on the way, not in the air.
_FLIES = frozenset((Weapon.DRONE, Weapon.MISSILE, Weapon.ROCKET, Weapon.ARTILLERY, Weapon.AIR_STRIKE, Weapon.UNSPECIFIED))
_PARTS = frozenset("; but while whereas".split())
_LYING = frozenset("bomb bombs explosives weapons".split())
_REACH = 12
_COUNT = re.compile(rf"(?<![\w-]){NUMBER}(?![\w-])", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|not fewer than)\s*$", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:up to|as many as|at most)\s*$", re.IGNORECASE)
_PART = re.compile(r"\b(?:most|many|some|several|almost all|nearly all|part|half|majority|bulk)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:an?|one|the (?:first|second|third))\b(?!.*\bof\b)", re.IGNORECASE)
_SENT_BY = frozenset("fired launched sent operated flown".split())


@dataclass(frozen=True, slots=True)
class _Flying:
    """What flew: word indices of its name, and of where the words begin that count it; the kind of weapon, None for an aircraft.

    `is_part` tells that only some of the counted were stopped.
    """

    first: int
    last: int
    weapon: Weapon | None
    since: int
    is_part: bool = False


def read_interceptions(article: Article, sentence: Sentence, memory: Memory) -> tuple[Interception, ...]:
    """Read what a sentence tells as shot down, one for each kind that it lists; nothing that is only feared, planned or denied."""
    if INTERCEPTED not in sentence.signs or any(f.act == "deny" for f in sentence.frames):
        return ()
    found: dict[int, Interception] = {}
    words = sentence.words
    for match in INTERCEPTED.pattern.finditer(sentence.text):
        start, end = sentence.span.start + match.start(), sentence.span.start + match.end()
        first = next((i for i, w in enumerate(words) if w.end > start), None)
        if first is None or _is_denied(words, first):
            continue
        last = next((i for i, w in enumerate(words) if w.start >= end), len(words))
        if (event := as_event(sentence.report, words, first, last, sentence.signs)) is None:
            continue
        for flying in _stopped(sentence, first, last):
            found.setdefault(flying.first, _build(article, sentence, event, flying, memory))
    return tuple(found[i] for i in sorted(found))


def _is_denied(words: tuple[Word, ...], verb: int) -> bool:
    return any(w.low in _NEGATING or w.low.endswith(("n't", "n’t")) for w in words[max(0, verb - 4) : verb])


def _stopped(sentence: Sentence, first: int, last: int) -> list[_Flying]:
    """Find what the verb `first` to `last` stopped."""
    words = sentence.words
    before = {w.low for w in words[max(0, first - 3) : first]}
    if before & _PASSIVE_BE:
        # "Ten drones and a missile were shot down": what stands nearest before the verb, and what is listed with it.
        flying = _find_flying(words, max(0, first - _REACH), first)[-2:]
        is_part = bool(flying and _PART.search(sentence.report[words[flying[-1].last - 1].end : words[first].start]))
        return [replace(f, is_part=is_part) for f in flying]
    reach = min(len(words), last + 2 * _REACH)
    end = next((i for i in range(last, reach) if words[i].low in _STOPS and not _counts(words, i)), reach)
    return _find_flying(words, last, end)


def _counts(words: tuple[Word, ...], i: int) -> bool:
    """Tell "at least five", which goes on, from "at noon"."""
    return (
        words[i].low in {"at", "over", "by"}
        and i + 1 < len(words)
        and (words[i + 1].low in {"least", "most"} or is_count(words[i + 1].low))
    )


def _find_flying(words: tuple[Word, ...], first: int, last: int) -> list[_Flying]:
    found, since = list[_Flying](), first
    for hit in triggers().find(words[first:last]):
        if words[first + hit.last - 1].low in _LYING:
            continue
        entry = next((e for e in hit.value if e.form in {"munition", "platform"}), None)
        if entry is not None and (entry.weapon in _FLIES if entry.form == "munition" else entry.weapon is not Weapon.ARTILLERY):
            weapon = entry.weapon if entry.form == "munition" else None
            found.append(_Flying(first + hit.first, first + hit.last, weapon, since))
            since = first + hit.last
    return found


def _build(article: Article, sentence: Sentence, event: Event, flying: _Flying, memory: Memory) -> Interception:
    low, high = _read_count(
        sentence.report[sentence.words[flying.since].start : sentence.words[flying.first].start], is_part=flying.is_part
    )
    sender = _sender(sentence, flying)
    speaker, frame = memory.find_speaker(sentence, event)
    when = memory.find_day(sentence, event, frame)
    return Interception(
        article_id=article.article_id,
        quote=sentence.text,
        span=sentence.span,
        claimant=speaker.text if speaker else None,
        claimant_kind=speaker.kind if speaker else None,
        attacker=sender.party.name if sender else None,
        attacker_text=sentence.report[sentence.words[sender.first].start : sentence.words[sender.last - 1].end] if sender else None,
        weapon=flying.weapon,
        weapon_text=sentence.report[sentence.words[flying.first].start : sentence.words[flying.last - 1].end],
        weapon_span=sentence.cut(flying.first, flying.last),
        count_min=low,
        count_max=high,
        place_texts=_places(sentence, flying),
        date_start=when.start if when else None,
        date_end=when.end if when else None,
    )


def _places(sentence: Sentence, flying: _Flying) -> tuple[str, ...]:
    """Return the names of where it was stopped, or bound for, as written: in its own part of the sentence, and no speaker's."""
    speaking = {i for f in sentence.frames for i in range(f.first, f.last)}
    found: list[str] = []
    for name, role in zip(sentence.named, sentence.roles.values(), strict=True):
        between = sentence.words[min(flying.last, name.last) : max(flying.first, name.first)]
        goes_on = bool(found) and name.governor in {"after and", "after or"}
        if (
            role is not Role.ORIGIN
            and (name.governor in _OVER or name.governor.startswith("of ") or goes_on)
            and name.first not in speaking
            and not any(w.low in _PARTS for w in between)
        ):
            found.append(name.resolution.toponym.text)
    return tuple(dict.fromkeys(found))


def _read_count(text: str, *, is_part: bool) -> tuple[int | None, int | None]:
    """Read how many: "18 of 24" are 18, "most of 30" up to 30, "dozens of" at least 24, "a" one; None where no number is told."""
    numbers = list(_COUNT.finditer(text))
    if not numbers:
        return (1, 1) if _ONE.search(text) else (None, None)
    chosen = numbers[-2] if len(numbers) > 1 and re.search(r"\bof\b", text[numbers[-2].end() : numbers[-1].start()]) else numbers[-1]
    word = chosen.group().lower()
    number = read_number(word)
    if is_part or _PART.search(text[: chosen.start()]) or _AT_MOST.search(text[: chosen.start()]):
        return None, number
    if is_vague(word) or _AT_LEAST.search(text[: chosen.start()]):
        return number, None
    return number, number


def _sender(sentence: Sentence, flying: _Flying) -> PartyMention | None:
    """Find whose weapon it was: "Russian drones", "rockets fired by the Houthis"; None where the sentence does not tell."""
    for mention in sentence.parties:
        if flying.since <= mention.first < flying.last <= mention.end and mention.last <= flying.first:
            return mention
        between = {w.low for w in sentence.words[flying.last : mention.first]}
        if mention.first >= flying.last and len(between) <= 4 and "by" in between and between & _SENT_BY:
            return mention
    return None
