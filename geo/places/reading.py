"""One text under way: its words, and which of them are already known to be no places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

from gazetteer import Gazetteer
from gazetteer.model import Layer, Match, NameKind, PlaceKind
from geo.places.words import context_words, demonyms, grammar

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?:St|Ste|Mt|Ft)\.(?=\s[^\W\d_a-z])|[^\W\d_]+(?:[-'’‘`ʼ][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
# "al-Bab", "ash-Shaykh": the Arabic article is written small before a name.
_ARTICLE = re.compile(r"(?:[ae][ldrstznb]|[ae]sh|[ae]dh|ul)-[^\W\d_a-z]")
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_ROAD = re.compile(r"\s+(?:\w+\s+)?(?:" + "|".join(sorted(grammar("roads"))) + r")\b")
# "UK-based": what is left is the place.
_TAILS, _SAYING = grammar("tails"), grammar("saying")
_ENDS = frozenset('.!?:"“”•(-–—|')
# A name by which a place is less known makes it prominent only if the place is a metropolis.
_CITY, _METROPOLIS = 100_000, 500_000
# Farther from a word nothing is asked about.
_MARGIN = 16
# Words are few and come again; names come and go.
_WORDS_KEPT = 10_000


class Token(NamedTuple):
    """A word or sign. `word` is without a possessive ending, `low` the same in lower case; `cap` tells a name's capital."""

    text: str
    word: str
    low: str
    cap: bool
    start: int
    end: int


# As Token(...), without its detour through Python: it is called for every word of a report.
_make_token: Callable[[tuple[str, str, str, bool, int, int]], Token] = partial(tuple.__new__, Token)


@dataclass(slots=True)
class Reading:
    """The words of a text. `taken` marks those that are no places, `people` holds surnames that it has introduced."""

    text: str
    tokens: list[Token]
    # The words in lower case, and blanks that stand for what lies a little way beyond either end.
    lows: list[str]
    # Where the words with a name's capital stand.
    capitals: list[int]
    gazetteer: Gazetteer
    taken: list[bool] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    # Countries that the text speaks of by their people, groups and institutions; and by any word.
    countries: frozenset[str] = frozenset()
    _states: frozenset[str] | None = None
    _actors: frozenset[str] | None = None

    def low(self, i: int) -> str:
        """Give the word at a position in lower case; empty up to `_MARGIN` words beyond either end."""
        return self.lows[i]

    def cap(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].cap

    def touches(self, i: int) -> bool:
        """Tell whether only a blank parts the word at a position from the next one."""
        return i + 1 < len(self.tokens) and self.text[self.tokens[i].end : self.tokens[i + 1].start] in {" ", "\xa0"}

    def starts_sentence(self, i: int) -> bool:
        return i == 0 or self.tokens[i - 1].text in _ENDS or "\n" in self.text[self.tokens[i - 1].end : self.tokens[i].start]

    def known(self, first: int, end: int) -> tuple[Match, ...]:
        """Give the places that bear exactly the name that stands at these words."""
        if end > len(self.tokens):
            return ()
        last = self.tokens[end - 1]
        return self.gazetteer.find(self.text[self.tokens[first].start : last.start + len(last.word)], loose=False)

    def lets_act(self, country: str | None) -> bool:
        """Tell whether the text speaks of a country's people or groups, or lets it own or say something: "Ukraine's army", "Iran said"."""
        if self._actors is None:
            acting = (i for i in self.capitals if self.tokens[i].text != self.tokens[i].word or self.low(i + 1) in _SAYING)
            self._actors = self.countries | self._countries_at(acting)
        return country in self._actors

    def speaks_of(self, country: str | None) -> bool:
        """Tell whether the text names a country, its people or its groups."""
        if self._states is None:
            self._states = self.countries | self._countries_at(self.capitals)
        return country in self._states

    def _countries_at(self, positions: Iterable[int]) -> set[str]:
        found = (m.place for i in positions for m in self.gazetteer.find(self.tokens[i].word, loose=False)[:1])
        return {p.country_code for p in found if p.country_code and (p.feature_code or "").startswith("PCL")}


def read(text: str, *, gazetteer: Gazetteer) -> Reading:
    """Take a text apart into words."""
    tokens = [_make_token(_forms_of(m[0]) + m.span()) for m in _WORD.finditer(text)]
    if "-" in text:
        tokens = [part for token in tokens for part in _parts(token, text, gazetteer)]
    capitals = [i for i, token in enumerate(tokens) if token.cap]
    named = [tokens[i] for i in capitals]
    of_people = [demonyms().get(t.low, ()) for t in named] + [context_words().get(t.word, ()) for t in named]
    return Reading(
        text=text,
        tokens=tokens,
        lows=[t.low for t in tokens] + [""] * (2 * _MARGIN),
        capitals=capitals,
        gazetteer=gazetteer,
        taken=[False] * len(tokens),
        countries=frozenset().union(*of_people),
    )


def _token(text: str, start: int) -> Token:
    return _make_token((*_forms_of(text), start, start + len(text)))


@lru_cache(maxsize=_WORDS_KEPT)
def _forms_of(text: str) -> tuple[str, str, str, bool]:
    """Give a word as written, without a possessive ending, the same in lower case, and whether it has a name's capital."""
    first = text[0]
    if not first.isalpha():
        return text, text, text, False
    word = text
    if "'" in text or "’" in text:
        for ending in _POSSESSIVES:
            if text.endswith(ending):
                word = text[: -len(ending)] + ("s" if ending[0] == "s" else "")
                break
    cap = first.isupper() or ("-" in text and _ARTICLE.match(text) is not None)
    return text, word, word.lower().replace("’", "'"), cap


def _parts(token: Token, text: str, gazetteer: Gazetteer) -> list[Token]:
    """Take "UK-based", "Israel-Gaza" and "the Goma-Sake road" apart, but no name that is written with a hyphen."""
    if not token.cap or "-" not in token.text:
        return [token]
    head, _, tail = token.text.rpartition("-")
    if tail in _TAILS:
        return [_token(head, token.start), _token(tail, token.start + len(head) + 1)]
    pieces = token.word.split("-")
    if len(pieces) != 2 or not all(p[:1].isupper() for p in pieces) or gazetteer.find(token.word):
        return [token]
    joins_towns = _ROAD.match(text, token.end) is not None
    if not all(p.lower() in demonyms() or any(joins_towns or is_prominent(m) for m in gazetteer.find(p, loose=False)) for p in pieces):
        return [token]
    second = _token(tail, token.start + len(head) + 1)
    return [_token(head, token.start), _token("-", token.start + len(head)), second]


def is_prominent(match: Match) -> bool:
    """Tell whether the name by itself, without a word that places it, may be taken for the place."""
    place, code = match.place, match.place.feature_code or ""
    if match.name.kind is NameKind.HISTORIC:
        return False
    if place.layer in {Layer.AREAS, Layer.OVERLAY} or code.startswith(("PCL", "ADM1", "PPLC")):
        return True
    least = _CITY if match.name.kind in {NameKind.PRIMARY, NameKind.OFFICIAL} else _METROPOLIS
    return (place.population or 0) >= least


def is_abbreviation(match: Match) -> bool:
    """Tell "Calif." and "N.Y.", which are names only behind a town's."""
    return match.name.text.endswith(".") and match.place.feature_code == "ADM1"


def is_state(match: Match) -> bool:
    """Tell whether the entry is a country or first-order division by the name that it goes by."""
    return (
        match.name.kind is not NameKind.HISTORIC
        and match.place.kind is PlaceKind.AREA
        and (match.place.feature_code or "").startswith(("PCL", "ADM1"))
    )
