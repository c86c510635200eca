"""Who is named as the attacker: one party, or several that the text names together."""

from __future__ import annotations

from dataclasses import dataclass

from geo.claims.parties import Form, Party, PartyMention
from geo.claims.rules import Rule
from geo.claims.words import Word
from geo.model import Span

_LINKS = frozenset({"and", ",", "or", "&"})
_JOINING = _LINKS | {"the", "their", "its", "either", "by", "militias", "like", "allied", "allies"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """Who is named as the attacker: parties named together, their words in the text, and the rule that found them.

    `either` tells that the text leaves open which of them it was: "Russian or Syrian jets".
    """

    parties: tuple[Party, ...]
    span: Span
    rule: Rule
    either: bool = False

    @property
    def name(self) -> str:
        return (" or " if self.either else " and ").join(dict.fromkeys(p.name for p in self.parties))


def join_parties(
    words: tuple[Word, ...], mentions: tuple[PartyMention, ...], all_parties: tuple[PartyMention, ...], rule: Rule
) -> Attacker:
    """Join parties that are named together: "Russian and Syrian warplanes", "the regime and militias like X", "Russian or Syrian jets"."""
    chosen = list(mentions)
    either = False
    for other in all_parties:
        if other in chosen:
            continue
        between = words[other.last : chosen[0].first] if other.last <= chosen[0].first else words[chosen[-1].end : other.first]
        low = [w.low for w in between]
        left = other.last <= chosen[0].first
        if {"and", "or"}.isdisjoint(low) or not _JOINING.issuperset(low):
            continue
        joined = len(chosen)
        if left and ((other.form is Form.ADJECTIVE and other.head is None and chosen[0].form is Form.ADJECTIVE) or other.head == "force"):
            chosen.insert(0, other)
        elif not left and other.head in {"force", "weapon", None} and rule in {Rule.BY, Rule.SUBJECT}:
            chosen.append(other)
        either = either or (len(chosen) > joined and "or" in low)
    first, last = min(m.first for m in chosen), max(m.last for m in chosen)
    return Attacker(parties=tuple(m.party for m in chosen), span=Span(words[first].start, words[last - 1].end), rule=rule, either=either)
