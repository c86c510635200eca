"""Whose forces: those that a text tells by their leader's name ("forces loyal to Haftar", "Savimbi's fighters", "pro-Gbagbo troops")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from geo.claims.lexicons import grammar, heads, read_rows
from geo.claims.words import Phrases, Word

# As one word with the leader's name: "pro-Gbagbo", "Aidid-led".
_BOUND = ("pro-{}", "{}-led", "{}-loyal")
# Directly behind the bare name these are its bearer's: "Gaddafi troops".
_TROOPS = grammar("leaders_troops")
_JOINING = frozenset({"who", "that", "are", "were", "remain", "remained", "still"})
_MOST_TITLES = 7


@dataclass(frozen=True, slots=True)
class _Leader:
    """A row of leaders.tsv for one of its names. A surname alone is a leader's only in a report about his country."""

    party: str
    country: str
    start: str
    end: str
    is_surname: bool
    is_bound: bool

    def holds(self, countries: tuple[str, ...], day: date | None) -> bool:
        if self.is_surname and countries and self.country not in countries:
            return False
        return is_within(day, start=self.start, end=self.end)


class LedForces(NamedTuple):
    """Forces named by their leader: word indices from `first` up to `last`, the party's name, and whether the noun stands within."""

    first: int
    last: int
    party: str
    has_noun: bool


@cache
def _leaders() -> Phrases[tuple[_Leader, ...]]:
    rows: dict[str, list[_Leader]] = {}
    for row in read_rows("leaders.tsv"):
        for name in row["names"].split("|"):
            head = (row["party"], row["country"], row["start"], row["end"], " " not in name)
            rows.setdefault(name, []).append(_Leader(*head, False))
            for bound in _BOUND:
                rows.setdefault(bound.format(name), []).append(_Leader(*head, True))
    return Phrases(((name, tuple(found)) for name, found in rows.items()), case=True)


def find_led(words: tuple[Word, ...], *, countries: tuple[str, ...], day: date | None) -> Iterator[LedForces]:
    """Find the forces that a sentence names by their leader, in order; a leader alone is a person and no party."""
    for first, last, leaders in _leaders().find(words):
        leader = next((one for one in leaders if one.holds(countries, day)), None)
        if leader is None:
            continue
        loyal = None if leader.is_bound else _begin_of_loyal(words, first)
        if loyal is not None:
            yield LedForces(loyal, last, leader.party, True)
        elif leader.is_bound or words[last - 1].text.endswith(("'s", "’s", "s'", "s’")) or _names_troops(words, last):
            yield LedForces(first, last, leader.party, False)


def _begin_of_loyal(words: tuple[Word, ...], first: int) -> int | None:
    """Return where "forces loyal to former president" or "warplanes of President" begins before a leader's name; None without it."""
    for i in range(first - 1, max(0, first - 1 - _MOST_TITLES), -1):
        if words[i].low == "to" and words[i - 1].low == "loyal":
            noun = i - 2
            while noun > 0 and words[noun].low in _JOINING:
                noun -= 1
            return noun if noun >= 0 and _is_force(words[noun]) else None
        if words[i].low == "of" and all(word.text[0].isupper() for word in words[i + 1 : first]):
            return i - 1 if _is_force(words[i - 1]) else None
        if not words[i].text[0].isalpha():
            return None
    return None


def _is_force(word: Word) -> bool:
    return heads().get(word.low) == "force"


def _names_troops(words: tuple[Word, ...], last: int) -> bool:
    return last < len(words) and words[last].low in _TROOPS


def is_within(day: date | None, *, start: str, end: str) -> bool:
    """Tell whether a day lies between two ISO dates, of which a year or month alone means the whole of it and an empty one is open."""
    if day is None:
        return True
    iso = day.isoformat()
    return (not start or start <= iso) and (not end or iso <= end or iso.startswith(end))
