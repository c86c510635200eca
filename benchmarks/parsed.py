"""What a dependency parse tells of a candidate sentence: who struck, which names were hit, whose words it is.

Candidates are the sentences in which geo.claims finds words of a strike; no other is parsed. Only the parser of spaCy's small English
pipeline and what it needs is loaded. The parse chooses among the parties and places that the rules have found; it names nobody by itself.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from spacy_small import find_package

from geo.claims.attackers import Attacker
from geo.claims.events import Event, Trigger
from geo.claims.lexicons import speakers, speech
from geo.claims.named import Named
from geo.claims.parties import Form, PartyMention
from geo.claims.sentence import Sentence
from geo.claims.speech import Frame
from geo.model import ClaimantKind, Span

# What spaCy gives is taken as it comes: its types are not installed where this project is checked.
Token = Any
_UNUSED = ["ner", "lemmatizer", "attribute_ruler", "tagger", "senter"]
_INSIDE_NAME = frozenset({"compound", "amod", "poss", "nmod", "appos", "nummod", "npadvmod"})
_HITTING = frozenset("on at in into against over near inside outside around across onto toward towards upon of".split())
_STRUCK_BY_VERB = frozenset({"dobj", "nsubjpass", "obj", "dative"})
_CLIMBED = frozenset("prep pobj dobj nsubjpass nsubj conj attr appos compound acl advmod".split())
_PRONOUNS = frozenset("it they we he she which who that".split())
_HELD_OFF = frozenset({"victim", "place", "speaker"})
# "launched strikes", "used heavy weapons": whoever does this to a strike's noun struck; who condemns or investigates one did not.
_DOING = frozenset(
    "launch launched launching launches carry carried carrying carries conduct conducted conducting conducts stage staged mount mounted "
    "fire fired firing use used using deliver delivered perform performed wage waged resume resumed begin began continue continued "
    "intensify intensified unleash unleashed drop dropped dropping plant planted detonate detonated send sent lob lobbed hurl hurled rain "
    "rained step stepped subject subjected execute executed commit committed made staging committing".split()
)
_NOBODY = frozenset(
    f"{w} (as written)"
    for w in ("forces", "attackers", "authorities", "gunmen", "security forces", "bombers", "police", "troops", "army", "military")
)
_CLIMB = 8


class Hit(StrEnum):
    """What a parse says of a place name beside a strike."""

    STRUCK = "struck"
    ACTING = "acting"
    ORIGIN = "origin"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Parser:
    """spaCy's parser, each sentence parsed once; `parsed` counts the sentences and `seconds` the processor time they took."""

    pipeline: Token
    kept: dict[str, Token] = field(default_factory=dict)
    parsed: int = 0
    seconds: float = 0.0

    @classmethod
    def load(cls) -> Parser | None:
        """Load the pipeline; None where it is not installed."""
        package = find_package()
        return None if package is None else cls(importlib.import_module(package).load(exclude=_UNUSED))

    def parse(self, text: str) -> Token:
        if text not in self.kept:
            start = time.process_time()
            self.kept[text] = self.pipeline(text)
            self.seconds += time.process_time() - start
            self.parsed += 1
        return self.kept[text]

    def forget(self) -> None:
        self.kept.clear()
        self.parsed, self.seconds = 0, 0.0


@dataclass(frozen=True, slots=True)
class Parse:
    """One parsed sentence, asked in the words that the reader has found."""

    sentence: Sentence
    tokens: Token
    starts: dict[int, int]
    word_at: dict[int, int]

    @classmethod
    def of(cls, sentence: Sentence, parser: Parser) -> Parse:
        tokens = parser.parse(sentence.text)
        words, offset = sentence.words, sentence.span.start
        starts: dict[int, int] = {}
        word_at: dict[int, int] = {}
        w = 0
        for token in tokens:
            while w < len(words) and words[w].end - offset <= token.idx:
                w += 1
            if w < len(words) and words[w].start - offset < token.idx + len(token.text):
                starts.setdefault(w, token.i)
                word_at[token.i] = w
        return cls(sentence, tokens, starts, word_at)

    def head_of(self, first: int, last: int) -> Token | None:
        """Return the token that rules the words `first` up to, not including, `last`."""
        inside = {self.starts[w] for w in range(first, last) if w in self.starts}
        return next((self.tokens[i] for i in sorted(inside) if self.tokens[i].head.i not in inside or self.tokens[i].dep_ == "ROOT"), None)

    # -- who struck ---------------------------------------------------------------------------------------------------------

    def attacker(self, event: Event) -> tuple[PartyMention, str] | None:
        """Find the party whom the parse makes the attacker, and by which relation; None if it makes nobody one."""
        for phrase, relation in sorted(self._strikers(event), key=lambda x: _RELATIONS.index(x[1])):
            mention = self._party_in(phrase, relation)
            if mention is not None:
                return mention, relation
        return None

    def relation(self, mention: PartyMention, event: Event) -> str:
        """Return by which relation the parse makes a party the attacker, else "hit", "speaks" or "none"."""
        for phrase, relation in sorted(self._strikers(event), key=lambda x: _RELATIONS.index(x[1])):
            if self._belongs(mention, phrase, relation):
                return relation
        head = self.head_of(mention.first, mention.end)
        while head is not None and head.dep_ in _INSIDE_NAME and head.head.i != head.i:
            head = head.head
        if head is None:
            return "none"
        if head.dep_ == "nsubj" and self._speech_act(head.head) is not None:
            return "speaks"
        is_pobj = head.dep_ == "pobj" and head.head.lower_ in {"on", "against", "at", "in", "from", "to", "into"}
        return "hit" if is_pobj or head.dep_ in _STRUCK_BY_VERB else "none"

    def _strikers(self, event: Event) -> Iterator[tuple[Token, str]]:
        for trigger in event.triggers:
            token = self.head_of(trigger.first, trigger.last)
            if token is None:
                continue
            if trigger.form == "verb" or token.dep_ in {"ROOT", "ccomp", "advcl", "xcomp", "relcl", "acl"}:
                yield from self._of_verb(token)
            else:
                yield from self._of_noun(token, trigger)

    def _of_verb(self, verb: Token, depth: int = 0) -> Iterator[tuple[Token, str]]:
        if any(c.dep_ == "neg" for c in verb.children):
            return
        is_passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
        agents = [a for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by") for a in _objects(c)]
        yield from ((a, "agent") for a in agents)
        if is_passive or depth > 3:
            return
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        for subject in subjects:
            if subject.lower_ not in _PRONOUNS:
                yield subject, "subject"
            elif verb.dep_ == "relcl":
                yield verb.head, "subject"
            elif verb.dep_ == "ccomp":
                yield from ((c, "pronoun") for c in verb.head.children if c.dep_ == "nsubj" and c.lower_ not in _PRONOUNS)
        if subjects or verb.head.i == verb.i:
            return
        if verb.dep_ == "acl" and verb.lower_.endswith("ing"):
            yield verb.head, "subject"
        elif verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "ccomp"} and self._speech_act(verb.head) is None:
            yield from self._of_verb(verb.head, depth + 1)
        elif verb.dep_ == "pcomp":
            yield from self._accused(verb.head)

    def _accused(self, preposition: Token) -> Iterator[tuple[Token, str]]:
        """ "accused X of shelling"."""
        yield from ((c, "subject") for c in preposition.head.children if c.dep_ == "dobj")

    def _of_noun(self, noun: Token, trigger: Trigger) -> Iterator[tuple[Token, str]]:
        is_hit = trigger.form == "platform" and (noun.dep_ in _STRUCK_BY_VERB or (noun.dep_ == "pobj" and noun.head.lower_ in _HITTING))
        if not is_hit:
            yield noun, "owner"
        for child in noun.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in {"by", "from"} and trigger.form == "event"):
                yield from ((a, "agent") for a in _objects(child) if child.lower_ == "by")
            if child.dep_ in {"acl", "relcl"}:
                yield from ((a, r) for a, r in self._of_verb(child) if r == "agent" or a.i != noun.i)
        top = noun
        while top.dep_ in {"conj", "compound"}:
            top = top.head
        if top.dep_ in {"dobj", "nsubjpass"} and trigger.form != "platform" and top.head.lower_ in _DOING:
            yield from ((a, "launcher") for a, _ in self._of_verb(top.head))
        elif top.dep_ == "pobj" and top.head.lower_ in {"with", "using"}:
            yield from ((a, "launcher") for a, _ in self._of_verb(top.head.head))

    def _party_in(self, phrase: Token, relation: str) -> PartyMention | None:
        found = [m for m in self.sentence.parties if m.party.name not in _NOBODY and self._belongs(m, phrase, relation)]
        return min(found, key=lambda m: m.form is Form.GENERIC, default=None)

    def _belongs(self, mention: PartyMention, phrase: Token, relation: str) -> bool:
        """Tell whether a party's name is a noun phrase's head, or stands in it as its owner or side."""
        head = self.head_of(mention.first, mention.last)
        if head is None or mention.head in _HELD_OFF:
            return False
        # "a Kabul car bombing", "Kyiv residents": a capital in another noun's phrase is a place.
        if (mention.form is Form.CAPITAL and head.i != phrase.i) or (relation == "owner" and head.i == phrase.i):
            return False
        for _ in range(4):
            if head.i == phrase.i:
                return True
            if head.dep_ == "pobj" and head.head.lower_ in {"of", "from"} and relation != "owner":
                head = head.head.head
            elif head.dep_ in _INSIDE_NAME | {"conj"} and not (head.dep_ == "conj" and relation == "owner"):
                head = head.head
            else:
                return False
        return False

    # -- what was hit -------------------------------------------------------------------------------------------------------

    def hit(self, name: Named, event: Event) -> Hit:
        """Tell what a place name does beside a strike."""
        told = {t.i for t in self._triggers(event)}
        token = self.head_of(name.first, name.last)
        for _ in range(_CLIMB):
            if token is None or token.head.i == token.i:
                return Hit.UNKNOWN
            ruler = token.head
            if token.i in told:
                return Hit.STRUCK
            if token.dep_ in _INSIDE_NAME | {"conj"}:
                if ruler.i in told:
                    return Hit.UNKNOWN if token.dep_ == "poss" else Hit.STRUCK
                token = ruler
            elif token.dep_ == "pobj":
                if ruler.lower_ in {"from", "by", "to"}:
                    return Hit.ORIGIN if ruler.lower_ == "from" else Hit.ELSEWHERE
                token = ruler
            elif token.dep_ == "prep":
                if ruler.i in told or ruler.dep_ not in _CLIMBED or self._tells(ruler, told):
                    return Hit.STRUCK if ruler.i in told or self._tells(ruler, told) else Hit.ELSEWHERE
                token = ruler
            elif token.dep_ in _STRUCK_BY_VERB:
                return Hit.STRUCK if ruler.i in told or self._tells(ruler, told) else Hit.ELSEWHERE
            elif token.dep_ == "nsubj":
                return Hit.ACTING if ruler.i in told else Hit.UNKNOWN
            elif token.dep_ in {"advmod", "acl", "relcl", "pcomp"}:
                token = ruler
            else:
                return Hit.UNKNOWN
        return Hit.UNKNOWN

    def _triggers(self, event: Event) -> Iterator[Token]:
        for trigger in event.triggers:
            token = self.head_of(trigger.first, trigger.last)
            if token is not None:
                yield token

    def _tells(self, verb: Token, told: set[int]) -> bool:
        """Tell whether a verb is the strike's own: "killed in a strike", "carried out strikes", "missiles landed"."""
        for child in verb.children:
            if child.i in told and child.dep_ in {"dobj", "nsubj", "nsubjpass", "advcl", "xcomp", "conj"}:
                return True
            if child.dep_ in {"prep", "agent"} and any(o.i in told for o in _objects(child)):
                return True
        return verb.dep_ in {"conj", "advcl", "xcomp"} and verb.head.i in told

    # -- whose words --------------------------------------------------------------------------------------------------------

    def _speech_act(self, token: Token) -> str | None:
        w = self.word_at.get(token.i)
        act = speech().at(self.sentence.words, w) if w is not None else ()
        return act if isinstance(act, str) else None

    def frame(self, event: Event) -> Frame | None:
        """Find the speaker in whose clause the strike stands; None if the parse puts it in nobody's."""
        token = self.head_of(event.main.first, event.main.last)
        while token is not None:
            for child in token.children:
                if child.lower_ == "according":
                    named = [o for to in child.children for o in _objects(to)]
                    if named:
                        return self._frame(child, named[0], "say")
            if token.head.i == token.i:
                return None
            if token.dep_ in {"ccomp", "parataxis", "xcomp"}:
                act = self._speech_act(token.head)
                subject = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
                if act in {"say", "own"} and subject is not None:
                    return self._frame(token.head, subject, act)
            if token.dep_ == "nsubj" and self._speech_act(token.head) is not None:
                return None
            token = token.head
        return None

    def _frame(self, verb: Token, subject: Token, act: str) -> Frame | None:
        inside = sorted(t.i for t in subject.subtree)
        ends = [t.i for t in subject.subtree if t.dep_ in {"relcl", "appos"} or (t.i > subject.i and t.text in {",", "(", "—"})]
        last = min([e for e in ends if e > subject.i], default=inside[-1] + 1)
        at = [self.word_at[i] for i in range(inside[0], last) if i in self.word_at]
        spoken = self.word_at.get(verb.i)
        if not at or spoken is None:
            return None
        pronoun = subject.lower_ in _PRONOUNS
        first, end = min(at), max(at) + 1
        return Frame(
            verb=spoken, after=spoken + 1, first=first, last=end, act=act, kind=None if pronoun else self._kind(first, end),
            governs_before=True, pronoun=pronoun,
        )  # fmt: skip

    def _kind(self, first: int, last: int) -> ClaimantKind:
        inside = [h for h in speakers().find(self.sentence.words) if h.first < last and first < h.last]
        if inside:
            return max(inside, key=lambda h: (h.last - h.first, h.first)).value
        party = next((m for m in self.sentence.parties if m.first < last and first < m.last), None)
        if party is None:
            return ClaimantKind.OTHER
        return ClaimantKind.GOVERNMENT if party.party.kind == "state" else ClaimantKind.PARTY


_RELATIONS = ("agent", "subject", "owner", "launcher", "pronoun")


def _objects(preposition: Token) -> list[Token]:
    return [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}]


def as_attacker(sentence: Sentence, mention: PartyMention, relation: str) -> Attacker:
    words = sentence.words
    return Attacker(parties=(mention.party,), span=Span(words[mention.first].start, words[mention.last - 1].end), rule=f"parse: {relation}")
