"""Lines in capitals read as if they were not: headlines, telex. Which words keep a capital, the word lists and the gazetteer tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import islice

from geo.claims.lexicons import read_rows
from geo.claims.reckoning import WEEKDAYS
from geo.places.words import common_words, context_words, demonyms

_LINE = re.compile(r"[^\n]+")
_SMALL, _LARGE = re.compile(r"[^\W\d_A-Z]"), re.compile(r"[A-Z]")
_TOKEN = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*|[^\w\s]")
_STOPS = frozenset(".!?")
# A line with so few words in capitals may be a list of abbreviations, and one word in ten may be in small letters.
_FEW_WORDS, _LARGE_TO_A_SMALL = 4, 9
_MOST_WORDS = 5
_SHORTEST_NAME, _LONGEST_ACRONYM = 2, 3
_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
     "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec")
)  # fmt: skip
_MONTHS_AND_WORDS = frozenset({"may", "march", "mar", "august"})
# "The town of Tartar": a common word there is a name.
_PLACES_OF = frozenset({"city", "town", "village", "district", "region", "province", "suburb", "settlement", "township"})
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "their", "this", "that", "about", "some"})
_BEFORE_A_MONTH = frozenset({"in", "of", "since", "during", "last", "late", "early"})

IsPlace = Callable[[str], bool]
"""Tells whether a name, written in any letters, is one of a place."""


def read_capitals(text: str, *, is_place: IsPlace) -> str:
    """Write the lines that are in capitals in ordinary letters. The text keeps its length, so that offsets hold."""
    if not _LARGE.search(text):
        return text
    return _LINE.sub(lambda m: _recase(m.group(), is_place) if _is_in_capitals(m.group()) else m.group(), text)


def _is_in_capitals(line: str) -> bool:
    if line.count(" ") < _FEW_WORDS - 1:
        return False
    most = len(_LARGE.findall(line)) // _LARGE_TO_A_SMALL
    # An ordinary line shows at once that it has more small letters.
    return next(islice(_SMALL.finditer(line), most, None), None) is None


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Names of parties and speakers with their own capitals, by their words in lower case; the first list that has one rules."""
    told: dict[tuple[str, ...], str] = {}
    names = [
        name
        for row in read_rows("parties.tsv")
        for key in ("party", "adjectives", "people", "aliases", "capital")
        for name in row[key].split("|")
    ]
    names += [name for row in read_rows("speakers.tsv") for name in row["words"].split("|")]
    for name in names:
        words = tuple(w.lower() for w in _TOKEN.findall(name))
        if name != name.lower() and 0 < len(words) <= 2 * _MOST_WORDS and not (len(words) == 1 and words[0] in common_words() - {"us"}):
            told.setdefault(words, name)
    return told


def _recase(line: str, is_place: IsPlace) -> str:
    tokens = list(_TOKEN.finditer(line))
    lows = [t.group().lower() for t in tokens]
    out, at, begins = list(line), 0, True
    while at < len(tokens):
        length, written = _name_at(line, tokens, lows, at, is_place)
        start, end = tokens[at].start(), tokens[at + length - 1].end()
        if begins and lows[at][0].isalpha():
            written = written[0].upper() + written[1:]
        if len(written) == end - start:
            out[start:end] = written
        begins = lows[at + length - 1] in _STOPS or (begins and not lows[at][0].isalnum())
        at += length
    return "".join(out)


def _name_at(line: str, tokens: list[re.Match[str]], lows: list[str], at: int, is_place: IsPlace) -> tuple[int, str]:
    """Return of how many tokens the name or word that begins here is, and how it is written."""
    for length in range(min(2 * _MOST_WORDS, len(tokens) - at), 0, -1):
        known = _phrases().get(tuple(lows[at : at + length]))
        if known is not None and len(known) == tokens[at + length - 1].end() - tokens[at].start():
            return length, known
    for length in range(min(_MOST_WORDS, len(tokens) - at), 1, -1):
        part = line[tokens[at].start() : tokens[at + length - 1].end()]
        words = lows[at : at + length]
        if all(w[0].isalpha() or w == "-" for w in (words[0], words[-1])) and any(_is_rare(w) for w in words) and is_place(part):
            return length, _as_name(part)
    return 1, _word(tokens[at].group(), lows, at)


def _is_rare(low: str) -> bool:
    return low[0].isalpha() and low not in common_words()


def _as_name(part: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), part)


def _word(word: str, lows: list[str], at: int) -> str:
    low = word.lower()
    stem = re.sub(r"['’]s$", "", low)
    if not word[0].isalpha() or len(low) != len(word):
        return word
    if stem in _MONTHS:
        beside = [lows[k] for k in (at - 1, at + 1) if 0 <= k < len(lows)]
        is_month = stem not in _MONTHS_AND_WORDS or any(w[0].isdigit() for w in beside) or (at > 0 and lows[at - 1] in _BEFORE_A_MONTH)
        return word[0] + low[1:] if is_month else low
    if stem in WEEKDAYS or stem in demonyms() or stem in context_words():
        return word[0] + low[1:]
    if lows[max(0, at - 1)] == "of" and at > 1 and lows[at - 2] in _PLACES_OF and stem not in _ARTICLES:
        return word[0] + low[1:]
    if stem in common_words() or len(stem) < _SHORTEST_NAME:
        return low
    if (len(stem) <= _LONGEST_ACRONYM and not re.search(r"['’]", low)) or not re.search(r"[aeiouy]", stem):
        return word
    return word[0] + low[1:]
