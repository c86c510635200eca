"""Ways to read claims that are measured beside the rules: where they enter the reader, and what each does with the rules' answer.

The reader itself knows nothing of them: for the time of a measurement its functions for the attacker, the places hit and the speaker are
replaced by ones that ask the rules first and then the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from parsed import Hit, Parse, Parser, as_attacker

from geo.claims import acts, strikes
from geo.claims.attackers import Attacker
from geo.claims.events import Event
from geo.claims.memory import Memory
from geo.claims.named import Named
from geo.claims.sentence import Sentence
from geo.claims.speech import Frame
from geo.claims.struck import Struck
from geo.model import Role


@dataclass(frozen=True, slots=True)
class Situation:
    """A strike in its sentence, and what the report has told before it."""

    sentence: Sentence
    event: Event
    memory: Memory


AskAttacker = Callable[[Situation, Attacker | None], Attacker | None]
AskStruck = Callable[[Situation, tuple[Struck, ...]], tuple[Struck, ...]]
AskFrame = Callable[[Situation, Frame | None], Frame | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is done with the rules' answers; None leaves them as they are."""

    name: str
    attacker: AskAttacker | None = None
    struck: AskStruck | None = None
    frame: AskFrame | None = None


RULES = Way(name="rules alone")


@dataclass(slots=True)
class Sentences:
    """Counts of the sentences of reports and of those in which a strike is told, which alone are candidates for a model."""

    read: int = 0
    candidates: int = 0
    now: tuple[Sentence, Memory] | None = field(default=None)


@contextmanager
def used(way: Way) -> Iterator[Sentences]:
    """Let a way answer while the reader reads; the rules alone answer again afterwards."""
    state = Sentences()
    note_roles, governing_frame = Memory.note_roles, Sentence.governing_frame
    ask: Callable[..., Attacker | None] = strikes.find_attacker

    def note(memory: Memory, sentence: Sentence) -> None:
        state.read += 1
        state.candidates += bool(sentence.events)
        state.now = sentence, memory
        note_roles(memory, sentence)

    def situation(words: object, event: Event | None) -> Situation | None:
        if state.now is None or event is None or words is not state.now[0].words:
            return None
        return Situation(state.now[0], event, state.now[1])

    def attacker(words: object, event: Event, *others: object, **more: object) -> Attacker | None:
        told, at = ask(words, event, *others, **more), situation(words, event)
        return told if at is None or way.attacker is None else way.attacker(at, told)

    def struck(find: Callable[..., tuple[Struck, ...]]) -> Callable[..., tuple[Struck, ...]]:
        def find_struck(words: object, event: Event, *others: object, **more: object) -> tuple[Struck, ...]:
            told, at = find(words, event, *others, **more), situation(words, event)
            return told if at is None or way.struck is None else way.struck(at, told)

        return find_struck

    def frame(sentence: Sentence, event: Event | None) -> Frame | None:
        told, at = governing_frame(sentence, event), situation(sentence.words, event)
        return told if at is None or way.frame is None else way.frame(at, told)

    with ExitStack() as stack:
        stack.enter_context(patch.object(Memory, "note_roles", note))
        stack.enter_context(patch.object(strikes, "find_attacker", attacker))
        stack.enter_context(patch.object(strikes, "find_struck", struck(strikes.find_struck)))
        stack.enter_context(patch.object(acts, "find_struck", struck(acts.find_struck)))
        stack.enter_context(patch.object(Sentence, "governing_frame", frame))
        yield state


# -- the parse: to fill blanks, to take back, to go first, or to have a vote ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ByParse:
    """Answers of a parse to what the rules told."""

    parser: Parser

    def parse(self, at: Situation) -> Parse:
        return Parse.of(at.sentence, self.parser)

    def attacker(self, at: Situation) -> Attacker | None:
        found = self.parse(at).attacker(at.event)
        return None if found is None else as_attacker(at.sentence, *found)

    def fill_attacker(self, at: Situation, told: Attacker | None) -> Attacker | None:
        return told or self.attacker(at)

    def fill_subject(self, at: Situation, told: Attacker | None) -> Attacker | None:
        found = None if told is not None else self.attacker(at)
        return found if found is not None and found.rule in {"parse: agent", "parse: subject"} else told

    def veto_attacker(self, at: Situation, told: Attacker | None) -> Attacker | None:
        return None if told is not None and _contradicts(self.parse(at), at, told, self.attacker(at)) else told

    def first_attacker(self, at: Situation, told: Attacker | None) -> Attacker | None:
        found = self.attacker(at)
        return told if found is None or (told is not None and _share(told, found)) else found

    def vote_attacker(self, at: Situation, told: Attacker | None) -> Attacker | None:
        return _vote(told, self.attacker(at), at.memory.last_group[0].attacker if at.memory.last_group else None)

    def hit(self, at: Situation, struck: Struck) -> Hit:
        return self.parse(at).hit(struck.head, at.event)

    def fill_struck(self, at: Situation, told: tuple[Struck, ...]) -> tuple[Struck, ...]:
        return told or tuple(Struck(head=n, score=1.0) for n in _free(at) if self.parse(at).hit(n, at.event) is Hit.STRUCK)

    def veto_struck(self, at: Situation, told: tuple[Struck, ...]) -> tuple[Struck, ...]:
        return tuple(s for s in told if self.hit(at, s) not in {Hit.ACTING, Hit.ORIGIN, Hit.ELSEWHERE})

    def vote_struck(self, at: Situation, told: tuple[Struck, ...]) -> tuple[Struck, ...]:
        """Keep of several those that the parse has as well, if it has any of them."""
        return tuple(s for s in told if self.hit(at, s) is Hit.STRUCK) or told

    def fill_frame(self, at: Situation, told: Frame | None) -> Frame | None:
        return told or self.parse(at).frame(at.event)

    def veto_frame(self, at: Situation, told: Frame | None) -> Frame | None:
        return told if told is None or self.parse(at).frame(at.event) is not None else None

    def first_frame(self, at: Situation, told: Frame | None) -> Frame | None:
        found = self.parse(at).frame(at.event)
        return told if found is None or (told is not None and abs(found.verb - told.verb) <= 1) else found

    def instead_of_clauses(self, at: Situation, told: Frame | None) -> Frame | None:
        return _without_clauses(at, told) or self.parse(at).frame(at.event)


def parse_ways(parser: Parser) -> list[Way]:
    """Return the ways in which a parse can help, one field at a time, and the filling of all."""
    by = _ByParse(parser)
    return [
        Way(name="attacker: fill blanks", attacker=by.fill_attacker),
        Way(name="attacker: fill blanks, subjects only", attacker=by.fill_subject),
        Way(name="attacker: take back", attacker=by.veto_attacker),
        Way(name="attacker: parse first", attacker=by.first_attacker),
        Way(name="attacker: vote", attacker=by.vote_attacker),
        Way(name="attacker: parse alone", attacker=lambda at, _: by.attacker(at)),
        Way(name="place: fill blanks", struck=by.fill_struck),
        Way(name="place: take back", struck=by.veto_struck),
        Way(name="place: vote", struck=by.vote_struck),
        Way(name="claimant: fill blanks", frame=by.fill_frame),
        Way(name="claimant: take back", frame=by.veto_frame),
        Way(name="claimant: parse first", frame=by.first_frame),
        Way(name="claimant: without clause_speakers.py", frame=_without_clauses),
        Way(name="claimant: parse in its place", frame=by.instead_of_clauses),
        Way(name="all three: fill blanks", attacker=by.fill_attacker, struck=by.fill_struck, frame=by.fill_frame),
    ]


def _without_clauses(at: Situation, told: Frame | None) -> Frame | None:
    return told if told in at.sentence.frames else None


def _free(at: Situation) -> list[Named]:
    """Return the names that are neither a speaker's seat nor an origin nor a party."""
    held = {i for m in at.sentence.parties for i in range(m.first, m.last)}
    return [
        name
        for n, name in enumerate(at.sentence.named)
        if at.sentence.roles[n] not in {Role.ORIGIN, Role.SPEAKER} and held.isdisjoint(range(name.first, name.last))
    ]


def _share(one: Attacker, two: Attacker) -> bool:
    return not {p.name for p in one.parties}.isdisjoint({p.name for p in two.parties})


def _contradicts(parse: Parse, at: Situation, told: Attacker, found: Attacker | None) -> bool:
    """Tell whether the parse has another attacker, or has the rules' one hit or speaking."""
    if found is not None:
        return not _share(told, found)
    own = [m for m in at.sentence.parties if at.sentence.words[m.first].start == told.span.start]
    return any(parse.relation(m, at.event) in {"hit", "speaks"} for m in own)


def _vote(told: Attacker | None, found: Attacker | None, carried: Attacker | None) -> Attacker | None:
    """Let the rules, the parse and the attacker told last vote; without two of a mind the rules have it."""
    if found is None or carried is None:
        return told
    if told is None:
        return found if _share(found, carried) else None
    return found if not _share(told, found) and not _share(told, carried) and _share(found, carried) else told
