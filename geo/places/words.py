"""The word lists of `lexicon/`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from gazetteer.distance import Located
from gazetteer.model import is_on


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says what kind of place the name beside it is; `after` tells whether "X town" marks X as well as "town of X"."""

    kind: str
    after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """A war that crosses a border: between which ISO days and in which (west, south, east, north) boxes, in degrees, it was fought."""

    name: str
    countries: frozenset[str]
    start: str
    end: str | None
    boxes: tuple[tuple[float, ...], ...]

    def is_fought(self, day: date | None) -> bool:
        """Tell whether it was fought on a day; on an unknown day it may have been."""
        return day is None or is_on(day, start=self.start, end=self.end)

    def holds(self, place: Located) -> bool:
        return any(west <= place.lon <= east and south <= place.lat <= north for west, south, east, north in self.boxes)


def _lines(name: str) -> list[str]:
    text = files("geo.places").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line.rstrip("\n") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def cues() -> dict[str, Cue]:
    rows = [line.split("\t") for line in _lines("cues.tsv")[1:]]
    return {row[0]: Cue(row[1], row[2] == "yes") for row in rows}


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """Words for people and things of a country, in lower case, with the countries that they tell of."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("demonyms.tsv")[1:]:
        countries, words = line.split("\t")[:2]
        for word in words.split("|"):
            for form in (word, word + "s"):
                found.setdefault(form.lower(), tuple(countries.split()))
    return found


@cache
def context_words() -> dict[str, tuple[str, ...]]:
    """Names that are no places but tell which countries a report is about."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("context_words.tsv")[1:]:
        countries, words = line.split("\t")[:2]
        for word in words.split("|"):
            found[word] = tuple(countries.split())
    return found


@cache
def theatres() -> tuple[Theatre, ...]:
    """The wars that cross a border."""
    found = []
    for line in _lines("theatres.tsv")[1:]:
        name, countries, start, end, boxes = line.split("\t")
        sides = tuple(tuple(map(float, box.split(","))) for box in boxes.split(";"))
        found.append(Theatre(name=name, countries=frozenset(countries.split()), start=start, end=end or None, boxes=sides))
    return tuple(found)


@lru_cache(maxsize=1_000)
def wars_on(day: date | None) -> tuple[Theatre, ...]:
    """The wars that were fought on a day; on an unknown day all may have been."""
    return tuple(war for war in theatres() if war.is_fought(day))


@cache
def not_places() -> dict[str, list[tuple[str, ...]]]:
    """Phrases that hold a place's name but are none, by their first word, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for line in (*_lines("not_places.txt"), *context_words()):
        phrase = tuple(line.lower().split())
        by_first.setdefault(phrase[0], []).append(phrase)
    for phrases in by_first.values():
        phrases.sort(key=len, reverse=True)
    return by_first


def _set(name: str, *, lower: bool) -> frozenset[str]:
    return frozenset(line.lower() if lower else line for line in _lines(name))


@cache
def common_words() -> frozenset[str]:
    return _set("common_words.txt", lower=True)


@cache
def given_names() -> frozenset[str]:
    return _set("given_names.txt", lower=False)


@cache
def surnames() -> frozenset[str]:
    return _set("surnames.txt", lower=False)


@cache
def titles() -> frozenset[str]:
    return _set("titles.txt", lower=True)


@cache
def organisations() -> frozenset[str]:
    return _set("organisations.txt", lower=True)


@cache
def organisations_of() -> frozenset[str]:
    return _set("organisations_of.txt", lower=True)


@cache
def places_first() -> frozenset[str]:
    return _set("places_first.txt", lower=False)


@cache
def well_known() -> frozenset[str]:
    return _set("well_known.txt", lower=False)


@cache
def grammar(name: str) -> frozenset[str]:
    """One closed word class of grammar.tsv."""
    return next(frozenset(words.split()) for key, words in (line.split("\t") for line in _lines("grammar.tsv")) if key == name)
