"""One text under way: its words, and which of them are already known to be no places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress

from gazetteer import Gazetteer
from gazetteer.model import Layer, Match, NameKind, PlaceKind
from geo.model import Span
from geo.places.line_heads import find_line_heads
from geo.places.words import context_words, demonyms, grammar

_WORD = re.compile(
    # Blanks are passed over by one test, and most words are of plain letters, and told at once.
    r"((?=\S)(?:[a-zA-Z]++(?=[ ,])|(?:[^\W\d_]\.){2,}|(?:St|Ste|Mt|Ft)\.(?=\s[^\W\d_a-z])|[^\W\d_]+(?:[-'’‘`ʼ][^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*|[^\w\s]|_))"
)
# "al-Bab", "ash-Shaykh": the Arabic article is written small before a name.
_ARTICLE = re.compile(r"(?:[ae][ldrstznb]|[ae]sh|[ae]dh|ul)-[^\W\d_a-z]")
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_ROAD = re.compile(r"\s+(?:\w+\s+)?(?:" + "|".join(sorted(grammar("roads"))) + r")\b")
# "UK-based": what is left is the place.
_TAILS, _SAYING = grammar("tails"), grammar("saying")
_ENDS = frozenset('.!?:"“”•(-–—|')
# A name by which a place is less known makes it prominent only if the place is a metropolis.
_CITY, _METROPOLIS = 100_000, 500_000
# A member of an enum takes longer to look up than a global, and these are asked of every entry of every name.
_AREA, _HISTORIC, _CHECKED = PlaceKind.AREA, NameKind.HISTORIC, frozenset({Layer.AREAS, Layer.OVERLAY})
OWN_NAMES = frozenset({NameKind.PRIMARY, NameKind.OFFICIAL})
"""What a place goes by."""
# Farther from a word nothing is asked about.
_MARGIN = 16
_BLANKS = frozenset({" ", "\xa0"})
# Words are few and come again; names come and go.
_WORDS_KEPT = 10_000


@dataclass(slots=True, kw_only=True)
class Reading:
    """The words of a text, a column for each thing that is asked of them.

    `texts` holds them as written, `words` without a possessive ending, `lows` these in lower case; `caps` tells those with a name's
    capital, which stand at `capitals`, and `touches` those that only a blank parts from the next. `lows`, `caps` and `touches` may be asked
    up to `_MARGIN` words beyond either end, where nothing stands. `taken` marks those that are no places, `people` holds surnames that the
    text has introduced.
    """

    text: str
    texts: Sequence[str]
    words: Sequence[str]
    lows: Sequence[str]
    caps: Sequence[bool]
    touches: Sequence[bool]
    capitals: Sequence[int]
    # Where each word begins and ends in the text, and what stands before it.
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: Sequence[str]
    gazetteer: Gazetteer
    taken: list[bool]
    people: set[str] = field(default_factory=set)
    # Countries that the text speaks of by their people, groups and institutions; and by any word.
    countries: frozenset[str] = frozenset()
    # The names that head the lines, if the text is a list of incidents.
    heads: tuple[Span, ...] = ()
    _states: frozenset[str] | None = None
    _actors: frozenset[str] | None = None

    def starts_sentence(self, i: int) -> bool:
        return i == 0 or self.texts[i - 1] in _ENDS or "\n" in self.gaps[i]

    def name(self, first: int, end: int) -> str:
        """Give the words from `first` up to `end` as one name, without a possessive ending."""
        return self.text[self.starts[first] : self.starts[end - 1] + len(self.words[end - 1])]

    def known(self, first: int, end: int) -> tuple[Match, ...]:
        """Give the places that bear exactly the name that stands at these words."""
        return () if end > len(self.words) else self.gazetteer.find(self.name(first, end), loose=False)

    def lets_act(self, country: str | None) -> bool:
        """Tell whether the text speaks of a country's people or groups, or lets it own or say something: "Ukraine's army", "Iran said"."""
        if self._actors is None:
            acting = (i for i in self.capitals if self.texts[i] != self.words[i] or self.lows[i + 1] in _SAYING)
            self._actors = self.countries | self._countries_at(acting)
        return country in self._actors

    def heads_line(self, first: int, end: int) -> bool:
        """Tell whether these words stand in the head of a line of a list."""
        start, stop = self.starts[first], self.ends[end - 1]
        return any(head.start <= start and stop <= head.end for head in self.heads)

    def speaks_of(self, country: str | None) -> bool:
        """Tell whether the text names a country, its people or its groups."""
        if self._states is None:
            self._states = self.countries | self._countries_at(self.capitals)
        return country in self._states

    def _countries_at(self, positions: Iterable[int]) -> set[str]:
        found = (m.place for i in positions for m in self.gazetteer.find(self.words[i], loose=False)[:1])
        return {p.country_code for p in found if p.country_code and (p.feature_code or "").startswith("PCL")}


def read(text: str, *, gazetteer: Gazetteer) -> Reading:
    """Take a text apart into words."""
    pieces = _split(text, gazetteer)
    reached = [*accumulate(map(len, pieces))]
    gaps, texts = pieces[0::2], pieces[1::2]
    words, lows, caps = map(list, zip(*map(_forms_of, texts), strict=True)) if texts else ([], [], [])
    capitals = [*compress(range(len(texts)), caps)]
    peoples, others = demonyms(), context_words()
    by_people = map(peoples.__getitem__, peoples.keys() & {lows[i] for i in capitals})
    by_groups = map(others.__getitem__, others.keys() & {words[i] for i in capitals})
    return Reading(
        text=text,
        texts=texts,
        words=words,
        lows=lows + [""] * (2 * _MARGIN),
        caps=caps + [False] * (2 * _MARGIN),
        touches=[*map(_BLANKS.__contains__, gaps[1:-1])] + [False] * (2 * _MARGIN + 1),
        capitals=capitals,
        starts=reached[0:-1:2],
        ends=reached[1::2],
        gaps=gaps,
        gazetteer=gazetteer,
        taken=[False] * len(texts),
        countries=frozenset().union(*by_people, *by_groups),
        heads=find_line_heads(text, is_known=lambda name: bool(gazetteer.find(name, loose=False))),
    )


@lru_cache(maxsize=_WORDS_KEPT)
def _forms_of(text: str) -> tuple[str, str, bool]:
    """Give a word without a possessive ending, the same in lower case, and whether it has a name's capital."""
    first = text[0]
    if not first.isalpha():
        return text, text, False
    word = text
    if "'" in text or "’" in text:
        for ending in _POSSESSIVES:
            if text.endswith(ending):
                word = text[: -len(ending)] + ("s" if ending[0] == "s" else "")
                break
    return word, word.lower().replace("’", "'"), first.isupper() or ("-" in text and _ARTICLE.match(text) is not None)


def _split(text: str, gazetteer: Gazetteer) -> list[str]:
    """Part a text into gaps and words by turns; the first and the last are gaps, which may be empty."""
    pieces = _WORD.split(text)
    if "-" in text:
        ends = [*accumulate(map(len, pieces))]
        # From the last one back, so that those before stay where they are.
        for k in [k for k in range(len(pieces) - 2, 0, -2) if "-" in pieces[k]]:
            pieces[k : k + 1] = _parts(pieces[k], text, ends[k], gazetteer)
    return pieces


def _parts(compound: str, text: str, end: int, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Take "UK-based", "Israel-Gaza" and "the Goma-Sake road" apart into words and the gaps between, but no name that has a hyphen."""
    word, _, cap = _forms_of(compound)
    if not cap:
        return (compound,)
    head, _, tail = compound.rpartition("-")
    if tail in _TAILS:
        return head, "-", tail
    pieces = word.split("-")
    if len(pieces) != 2 or not all(p[:1].isupper() for p in pieces) or gazetteer.find(word):
        return (compound,)
    joins_towns = _ROAD.match(text, end) is not None
    if not all(p.lower() in demonyms() or any(joins_towns or is_prominent(m) for m in gazetteer.find(p, loose=False)) for p in pieces):
        return (compound,)
    return head, "", "-", "", tail


def is_prominent(match: Match) -> bool:
    """Tell whether the name by itself, without a word that places it, may be taken for the place."""
    place, kind = match.place, match.name.kind
    if kind is _HISTORIC:
        return False
    if place.layer in _CHECKED or (place.feature_code is not None and place.feature_code.startswith(("PCL", "ADM1", "PPLC"))):
        return True
    return place.population is not None and place.population >= (_CITY if kind in OWN_NAMES else _METROPOLIS)


def is_abbreviation(match: Match) -> bool:
    """Tell "Calif." and "N.Y.", which are names only behind a town's."""
    return match.name.text.endswith(".") and match.place.feature_code == "ADM1"


def is_state(match: Match) -> bool:
    """Tell whether the entry is a country or first-order division by the name that it goes by."""
    return match.name.kind is not _HISTORIC and match.place.kind is _AREA and (match.place.feature_code or "").startswith(("PCL", "ADM1"))
