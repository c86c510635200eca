"""A small trained ranker: which of the parties that a sentence names struck, or none, and which of its places were hit.

Attackers are chosen by a conditional logit over a sentence's parties and "nobody"; places are kept or dropped by a logistic
regression. Neither sees a name of a party or a place, so both sides of a war are alike to it. No war is measured that it was trained on.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from claim_ways import Situation, Way
from numpy.typing import NDArray
from parsed import Parse, Parser

from gazetteer.distance import distance_km
from gazetteer.model import LatLon
from geo.claims.attackers import Attacker
from geo.claims.named import Named
from geo.claims.parties import PartyMention
from geo.claims.struck import Struck
from geo.evaluation.claims import WRONG_PIN_KM, Gold
from geo.model import Role, Span

STEPS, RATE, RIDGE = 400, 0.1, 0.02
Features = Counter[str]
Numbers = NDArray[np.float64]
_EMPTY_WORDS = frozenset("the of a an and forces force army military troops government militants".split())
_SKIPPED = frozenset("the a an of its their several two three".split())


@dataclass(slots=True)
class Example:
    """One decision of the reader: candidates, which of them are right, which of them the rules chose, and in which war."""

    war: str
    candidates: list[Features]
    right: list[bool]
    rules: int

    def decided_right(self, chosen: int) -> bool:
        """Tell whether a choice is right; where there is one candidate, 1 takes it and 0 leaves it."""
        return self.right[chosen] if len(self.candidates) > 1 else self.right[0] == bool(chosen)


@dataclass(slots=True)
class Logit:
    """Weights by feature. `choose` gives the probability of each candidate of an example, `score` of one by itself."""

    index: dict[str, int] = field(default_factory=dict)
    weights: Numbers = field(default_factory=lambda: np.zeros(0))

    def _matrix(self, rows: Iterable[Features]) -> Numbers:
        listed = list(rows)
        made = np.zeros((len(listed), len(self.index)))
        for r, row in enumerate(listed):
            for name, value in row.items():
                if name in self.index:
                    made[r, self.index[name]] = value
        return made

    def choose(self, candidates: Sequence[Features]) -> Numbers:
        scores = self._matrix(candidates) @ self.weights
        raised = np.exp(scores - scores.max())
        return raised / raised.sum()

    def score(self, candidate: Features) -> float:
        return float(1 / (1 + np.exp(-(self._matrix([candidate]) @ self.weights)[0])))

    @classmethod
    def train(cls, examples: Sequence[Example], *, together: bool) -> Logit:
        """Train on examples by Adam with a ridge; `together` lets the candidates of an example compete.

        Features seen once are left out.
        """
        seen = Counter(name for e in examples for c in e.candidates for name in c)
        model = cls({name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k > 1))})
        x = model._matrix(c for e in examples for c in e.candidates)
        y = np.array([r for e in examples for r in e.right], dtype=float)
        groups = np.repeat(np.arange(len(examples)), [len(e.candidates) for e in examples])
        model.weights = np.zeros(len(model.index))
        first, second = np.zeros_like(model.weights), np.zeros_like(model.weights)
        for step in range(1, STEPS + 1):
            slope = x.T @ (_shares(x @ model.weights, y, groups) if together else 1 / (1 + np.exp(-x @ model.weights)) - y)
            slope = slope / len(examples) + RIDGE * model.weights
            first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
            model.weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        return model


def _shares(scores: Numbers, right: Numbers, groups: NDArray[np.int64]) -> Numbers:
    """Return the slope of each score: what the model gives it of its group, less what it has among the right ones."""
    raised = np.exp(scores - scores.max())
    mine = raised / np.bincount(groups, raised)[groups]
    good = raised * right
    return mine - good / np.bincount(groups, good)[groups]


# -- attackers --------------------------------------------------------------------------------------------------------------------


def attacker_candidates(at: Situation, told: Attacker | None, parser: Parser | None) -> tuple[list[Features], list[PartyMention | None]]:
    """Describe each party of a sentence, and nobody, as the one who struck."""
    parties = at.sentence.parties
    parse = None if parser is None or not parties else Parse.of(at.sentence, parser)
    carried = at.memory.last_group[0].attacker if at.memory.last_group else None
    nobody = Counter({"nobody": 1, f"nobody rule={told.rule if told else None}": 1, f"nobody of={min(len(parties), 4)}": 1})
    nobody[f"nobody main={at.event.main.form} {at.event.main.passive}"] = 1
    nobody[f"nobody carried={carried is not None}"] = 1
    found = None if parse is None else parse.attacker(at.event)
    if parse is not None:
        nobody[f"nobody parse={found[1] if found else None}"] = 1
    rows = [_party_features(at, m, told, carried, parse) for m in parties]
    return [nobody, *rows], [None, *parties]


def _party_features(at: Situation, m: PartyMention, told: Attacker | None, carried: Attacker | None, parse: Parse | None) -> Features:
    words, event = at.sentence.words, at.event
    chosen = told is not None and _covers(words[m.first].start, told.span)
    before = m.first - 1
    while before >= 0 and words[before].low in _SKIPPED:
        before -= 1
    ahead = words[before].low if before >= 0 else "^"
    behind = words[m.end].low if m.end < len(words) else "$"
    gaps = [(t.first - m.end, t) if t.first >= m.end else (m.first - t.last, t) for t in event.triggers]
    gap, nearest = min(gaps, key=lambda g: (g[0], g[1].first))
    side = "in" if gap < 0 else "before" if nearest.first >= m.end else "after"
    reach = next(name for most, name in ((-1, "in"), (0, "0"), (2, "2"), (5, "5"), (10, "10"), (99999, "far")) if gap <= most)
    names = {
        f"rule={told.rule if told and chosen else 'none' if told is None else 'other'}", f"head={m.head}", f"form={m.form}",
        f"kind={m.party.kind == 'state'} head={m.head}", f"ahead={ahead if len(ahead) < 8 else 'long'}",
        f"behind={behind if len(behind) < 4 or behind.endswith('ed') is False else 'ed'}"[:16],
        f"side={side}", f"reach={reach} {side}", f"side={side} {nearest.form} {nearest.passive}", f"head={m.head} side={side}",
        f"speaks={at.sentence.is_speaking(m)}", f"inside={event.first <= m.first < event.last}",
        f"own={words[m.last - 1].text.endswith(('s', '’s'))} {m.form}",
        f"carried={None if carried is None else m.party in carried.parties}", f"of={min(len(at.sentence.parties), 4)}",
    }  # fmt: skip
    if parse is not None:
        relation = parse.relation(m, event)
        names |= {f"parse={relation}", f"parse={relation} side={side}", f"parse={relation} chosen={chosen}"}
    return Counter(dict.fromkeys(names, 1))


def _covers(start: int, span: Span) -> bool:
    return span.start <= start < span.end


def attacker_example(at: Situation, told: Attacker | None, gold: Sequence[Gold], war: str, parser: Parser | None) -> Example | None:
    """Label the candidates by the gold of the sentence; None where the gold has no strike there, or cannot tell between two."""
    golds = _golds_here(at, gold)
    names = {frozenset(g["attacker_text"]) for g in golds}
    if len(names) != 1:
        part = at.sentence.report[at.sentence.words[at.event.first].start : at.sentence.words[at.event.last - 1].end]
        golds = [g for g in golds if g.get("place_text") and g["place_text"] in part]
        names = {frozenset(g["attacker_text"]) for g in golds}
    if len(names) != 1:
        return None
    rows, mentions = attacker_candidates(at, told, parser)
    wanted = [_stems(n) for n in next(iter(names))]
    right = [m is not None and any(w & _stems(f"{m.party.name} {_text(at, m)}") for w in wanted) for m in mentions]
    if not any(right):
        right[0] = True
    chosen = [
        i for i, m in enumerate(mentions) if m is not None and told is not None and _covers(at.sentence.words[m.first].start, told.span)
    ]
    return Example(war, rows, right, chosen[0] if chosen else 0) if len(rows) > 1 else None


def _golds_here(at: Situation, gold: Sequence[Gold]) -> list[Gold]:
    span, text = at.sentence.span, at.sentence.report
    found = []
    for g in gold:
        places = (m.span() for s in (g["quote"], *g.get("also", ())) if s for m in re.finditer(re.escape(s), text))
        if any(start < span.end and span.start < end for start, end in places) and g["stance"] != "denied":
            found.append(g)
    return found


def _text(at: Situation, m: PartyMention) -> str:
    words = at.sentence.words
    return at.sentence.report[words[m.first].start : words[m.last - 1].end]


def _stems(text: str) -> set[str]:
    words = {w for w in re.findall(r"\w+", text.lower()) if len(w) > 1}
    return {w[:5] for w in (words - _EMPTY_WORDS) or words}


def rank_attacker(model: Logit, parser: Parser | None, *, sure: float) -> Callable[[Situation, Attacker | None], Attacker | None]:
    """Return a way's attacker: the ranker's, where it is by `sure` more probable than the rules'."""

    def ask(at: Situation, told: Attacker | None) -> Attacker | None:
        if not at.sentence.parties:
            return told
        rows, mentions = attacker_candidates(at, told, parser)
        shares = model.choose(rows)
        mine = [m is not None and told is not None and _covers(at.sentence.words[m.first].start, told.span) for m in mentions]
        rules = mine.index(True) if any(mine) else 0
        best = int(shares.argmax())
        if best == rules or mine[best] or shares[best] - shares[rules] <= sure:
            return told
        mention = mentions[best]
        return None if mention is None else at.sentence.party_as_attacker(mention, rule="ranked")

    return ask


# -- places -----------------------------------------------------------------------------------------------------------------------


def place_features(at: Situation, name: Named, n: int, told: Sequence[Struck], parse: Parse | None) -> Features:
    words, main = at.sentence.words, at.event.main
    chosen = any(s.head.resolution is name.resolution for s in told)
    place, gap = name.place, name.first - main.last if name.first >= main.last else main.first - name.last
    side = "after" if name.first >= main.first else "before"
    code = "none" if place is None else (place.feature_code or "")[:4] if place.kind == "area" else "point"
    inside = at.event.first <= name.first < at.event.last
    names = {
        "always", f"chosen={chosen}", f"any={bool(told)} chosen={chosen}", f"governor={name.governor}", f"role={at.sentence.roles[n]}",
        f"kind={code}", f"side={side} {main.form} {main.passive}", f"reach={min(gap // 3, 6)} {side}", f"inside={inside}",
        f"of={min(len(at.sentence.named), 5)} chosen={chosen}", f"behind={words[name.last].low if name.last < len(words) else '$'}"[:12],
    }  # fmt: skip
    if parse is not None:
        hit = parse.hit(name, at.event)
        names |= {f"parse={hit}", f"parse={hit} chosen={chosen}"}
    return Counter(dict.fromkeys(names, 1))


def place_examples(at: Situation, told: Sequence[Struck], gold: Sequence[Gold], war: str, parser: Parser | None) -> list[Example]:
    """Label each place name of a sentence by whether a gold claim of that sentence is at it."""
    golds = _golds_here(at, gold)
    if not golds:
        return []
    parse = None if parser is None else Parse.of(at.sentence, parser)
    made = []
    for n, name in enumerate(at.sentence.named):
        row = place_features(at, name, n, told, parse)
        made.append(Example(war, [row], [any(_is_at(g, name) for g in golds)], int(f"chosen={True}" in row)))
    return made


def _is_at(gold: Gold, name: Named) -> bool:
    written = name.resolution.toponym.text
    if gold.get("place_text") and (written in gold["place_text"] or gold["place_text"] in written):
        return True
    if gold.get("lat") is None or name.place is None or name.place.kind == "area":
        return False
    return distance_km(LatLon(gold["lat"], gold["lon"]), name.place.point) < WRONG_PIN_KM / 10


def rank_struck(
    model: Logit, parser: Parser | None, *, drop: float, add: float
) -> Callable[[Situation, tuple[Struck, ...]], tuple[Struck, ...]]:
    """Return a way's places: the rules' without those less probable than `drop`, or, where there are none, those above `add`."""

    def ask(at: Situation, told: tuple[Struck, ...]) -> tuple[Struck, ...]:
        if not at.sentence.named:
            return told
        parse = None if parser is None else Parse.of(at.sentence, parser)
        share = {id(n): model.score(place_features(at, n, i, told, parse)) for i, n in enumerate(at.sentence.named)}
        if told:
            return tuple(s for s in told if share.get(id(s.head), 1.0) >= drop)
        free = [n for i, n in enumerate(at.sentence.named) if at.sentence.roles[i] not in {Role.ORIGIN, Role.SPEAKER}]
        return tuple(Struck(head=n, score=1.0) for n in free if share[id(n)] > add)

    return ask


# -- how it is taught and used ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Taught:
    """What one report teaches: examples of both kinds, by the rules' own reading of it."""

    article_id: str
    war: str
    attackers: list[Example] = field(default_factory=list)
    places: list[Example] = field(default_factory=list)

    @property
    def fold(self) -> int:
        """One of ten parts of the reports."""
        return int(hashlib.sha256(self.article_id.encode()).hexdigest(), 16) % 10

    def listening(self, gold: Sequence[Gold], parser: Parser | None) -> Way:
        """Return a way that answers as the rules do and notes the examples."""

        def attacker(at: Situation, told: Attacker | None) -> Attacker | None:
            example = attacker_example(at, told, gold, self.war, parser)
            self.attackers.extend([example] if example is not None else [])
            return told

        def struck(at: Situation, told: tuple[Struck, ...]) -> tuple[Struck, ...]:
            self.places.extend(place_examples(at, told, gold, self.war, parser))
            return told

        return Way(name="listening", attacker=attacker, struck=struck)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """What a ranker ranks ("attacker" or "place"), and how sure it must be to be heard against the rules."""

    name: str
    ranks: str
    sure: float = 0.0
    drop: float = 0.0
    add: float = 1.0

    def examples(self, report: Taught) -> list[Example]:
        return report.attackers if self.ranks == "attacker" else report.places

    def train(self, reports: Sequence[Taught]) -> Logit:
        return Logit.train([e for t in reports for e in self.examples(t)], together=self.ranks == "attacker")

    def decide(self, model: Logit, example: Example) -> int:
        if self.ranks == "attacker":
            return int(model.choose(example.candidates).argmax())
        return int(model.score(example.candidates[0]) > self.drop)

    def way(self, model: Logit, parser: Parser | None) -> Way:
        if self.ranks == "attacker":
            return Way(name=self.name, attacker=rank_attacker(model, parser, sure=self.sure))
        return Way(name=self.name, struck=rank_struck(model, parser, drop=self.drop, add=self.add))


RANKED = (
    Ranked(name="attacker: ranker", ranks="attacker"),
    Ranked(name="attacker: ranker where sure", ranks="attacker", sure=0.5),
    Ranked(name="place: ranker", ranks="place", drop=0.5, add=0.5),
    Ranked(name="place: ranker where sure", ranks="place", drop=0.1, add=0.9),
)
