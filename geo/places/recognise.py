"""Finds place names in text: capitalised words that the gazetteer knows, and those that the words beside them mark as places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer import Gazetteer
from gazetteer.model import Layer, Match, NameKind, PlaceKind
from geo.model import Span, Toponym
from geo.places.words import (
    common_words,
    context_words,
    cues,
    demonyms,
    given_names,
    grammar,
    not_places,
    organisations,
    organisations_of,
    places_first,
    surnames,
    titles,
)

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-'’‘`][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
# "al-Bab", "ash-Shaykh": the Arabic article is written small before a name.
_ARTICLE = re.compile(r"(?:[ae][ldrstznb]|[ae]sh|[ae]dh|ul)-[A-Z]")
_PARTICLES = grammar("particles")
_PLACING = grammar("placing")
_SAYING = grammar("saying")
_MONTHS = grammar("months")
_COMPASS = grammar("compass")
_ABOUT = frozenset("about some the to and".split())
_UNITS = frozenset("km kilometres kilometers kilometre kilometer miles mile metres meters".split())
# An acronym is a place only where a country or area has it as a name.
_ACRONYM = 5
_SHORT_WORDS = frozenset("it in or me hi ok as is us".split())
_STREETS = frozenset("Road Street Avenue Boulevard Highway Square Lane".split())
# Longest run of words that is looked up as one name.
_MOST_WORDS = 6
_SMALL = 100_000
_VILLAGE = 3_000


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    start: int
    end: int
    cap: bool


@dataclass(slots=True)
class _Reading:
    """One text under way: its words, and which of them are already known to be no places."""

    text: str
    tokens: list[_Token]
    taken: list[bool]
    people: set[str]
    countries: frozenset[str] = frozenset()


def find_toponyms(text: str, *, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the place names of a text, in order, none within another."""
    tokens = [_token(m) for m in _WORD.finditer(text)]
    reading = _Reading(text=text, tokens=tokens, taken=[False] * len(tokens), people=set(), countries=_countries(tokens))
    _take_phrases(reading)
    _take_people(reading, gazetteer)
    found = list(_names(reading, gazetteer))
    return tuple(found)


def _countries(tokens: list[_Token]) -> frozenset[str]:
    """Return the countries that a text names by its people, groups and institutions."""
    return frozenset(c for t in tokens if t.cap for c in (*demonyms().get(t.low.removesuffix("'s"), ()), *context_words().get(t.text, ())))


def _token(m: re.Match[str]) -> _Token:
    text = m.group()
    return _Token(text, text.lower().replace("’", "'"), m.start(), m.end(), text[0].isupper() or bool(_ARTICLE.match(text)))


def _take_phrases(r: _Reading) -> None:
    """Set aside months, demonyms, and phrases and organisations that hold a place's name."""
    by_first = not_places()
    n = len(r.tokens)
    for i, token in enumerate(r.tokens):
        following = r.tokens[i + 1].low if i + 1 < n else ""
        # "told SANA", "SANA news agency", "Castello Road"
        if token.cap and (
            following in {"news", "tv", "television", "radio", "reporter", "correspondent", "newspaper"}
            or (token.text.isupper() and i and r.tokens[i - 1].low == "told")
        ):
            r.taken[i] = True
        if token.text in _STREETS and i and r.tokens[i - 1].cap and _adjacent(r, i - 1, i):
            r.taken[i] = r.taken[i - 1] = True
    for i, token in enumerate(r.tokens):
        if not token.cap or r.taken[i]:
            continue
        is_demonym = token.low in demonyms() or token.low.removesuffix("'s") in demonyms()
        if token.low in _MONTHS or (is_demonym and _cue_before(r, i)[0] is None):
            r.taken[i] = True
        for phrase in by_first.get(token.low, ()):
            if tuple(t.low.removesuffix("'s") for t in r.tokens[i : i + len(phrase)]) == phrase:
                for k in range(i, i + len(phrase)):
                    r.taken[k] = True
                break
        if token.low in organisations() and i and r.tokens[i - 1].cap and _adjacent(r, i - 1, i):
            k = i
            while k >= 0 and i - k < 5 and r.tokens[k].cap and (k == i or _adjacent(r, k, k + 1)):
                r.taken[k] = True
                k -= 1
        if token.low in organisations_of() and i + 2 < n and r.tokens[i + 1].low in {"of", "for"} and r.tokens[i + 2].cap:
            k = i
            while k < n and k - i < 7 and (r.tokens[k].cap or r.tokens[k].low in _PARTICLES or r.tokens[k].low == "for"):
                r.taken[k] = True
                k += 1


def _adjacent(r: _Reading, i: int, j: int) -> bool:
    return r.text[r.tokens[i].end : r.tokens[j].start] in {" ", "\xa0"}


def _take_people(r: _Reading, gazetteer: Gazetteer) -> None:
    n = len(r.tokens)
    for i, token in enumerate(r.tokens):
        if r.taken[i]:
            continue
        if token.low.rstrip(".") in titles() and i + 1 < n and r.tokens[min(i + 1 + (r.tokens[i + 1].text == "."), n - 1)].cap:
            start = i + 1 + (r.tokens[i + 1].text == ".")
            _take_person(r, start)
        elif (
            token.cap
            and token.text in given_names()
            and i + 1 < n
            and r.tokens[i + 1].cap
            and _adjacent(r, i, i + 1)
            and not r.taken[i + 1]
        ):
            before = r.tokens[i - 1].low if i else ""
            if before == "of" and _cue_before(r, i)[0] is not None:
                continue
            whole = f"{token.text} {r.tokens[i + 1].text}"
            if before in {"in", "at", "near"} or (gazetteer.find(whole, loose=False) and token.text in places_first()):
                continue
            if token.text in places_first() and r.tokens[i + 1].text not in surnames():
                continue
            if any(m.place.feature_code and m.place.feature_code.startswith(("PCL", "ADM1")) for m in gazetteer.find(whole, loose=False)):
                continue
            _take_person(r, i)
    for i, token in enumerate(r.tokens):
        if token.cap and not r.taken[i] and token.low.removesuffix("'s") in r.people:
            before = r.tokens[i - 1].low if i else ""
            if before not in {"in", "at", "near", "to"}:
                r.taken[i] = True


def _take_person(r: _Reading, start: int) -> None:
    k = start
    while (
        k < len(r.tokens)
        and k - start < 4
        and (r.tokens[k].cap or (r.tokens[k].low in {"al", "bin", "ibn", "van", "de", "von", "abu", "el"}))
        and (k == start or _adjacent(r, k - 1, k))
    ):
        if r.taken[k]:
            break
        r.taken[k] = True
        k += 1
    if k - start >= 2:
        last = r.tokens[k - 1].low.removesuffix("'s")
        if len(last) > 2:
            r.people.add(last)


def _names(r: _Reading, gazetteer: Gazetteer) -> Iterator[Toponym]:
    i, n = 0, len(r.tokens)
    previous_end = -9
    while i < n:
        token = r.tokens[i]
        if not token.cap or r.taken[i]:
            i += 1
            continue
        run = _run_end(r, i)
        found = None
        for end in range(run, i, -1):
            if not r.tokens[end - 1].cap:
                continue
            found = _accept(r, i, end, run, gazetteer, chained=previous_end >= 0 and i - previous_end <= 1)
            if found is not None:
                yield found
                i = end
                previous_end = end
                break
        if found is None:
            i += 1


def _run_end(r: _Reading, i: int) -> int:
    """Return where a run of capitalised words ends, small words between them included."""
    end = k = i + 1
    while k < len(r.tokens) and k - i < _MOST_WORDS and not r.taken[k]:
        token = r.tokens[k]
        gap = r.text[r.tokens[k - 1].end : token.start]
        if gap not in {" ", "", "\xa0"} or (gap == "" and token.text != "'s"):
            break
        if token.cap:
            end = k + 1
        elif token.low not in _PARTICLES:
            break
        k += 1
    return end


def _accept(r: _Reading, first: int, end: int, run: int, gazetteer: Gazetteer, *, chained: bool) -> Toponym | None:
    start_char, end_char = r.tokens[first].start, r.tokens[end - 1].end
    name = r.text[start_char:end_char]
    stripped = _without_possessive(name)
    before, cue_start = _cue_before(r, first)
    after, cue_end = _cue_after(r, end)
    cue = before or after
    matches = gazetteer.find(stripped, loose=cue is not None)
    if not matches and (lost := _without_lost_apostrophe(stripped)) is not None:
        found = gazetteer.find(lost, loose=False)
        if any(_is_prominent(m) for m in found):
            matches, stripped = found, lost
    if end - first == 1:
        if not _stands_alone(r, first, matches, cue=cue, chained=chained):
            return None
    elif not _stands_together(r, first, end, run, matches, gazetteer, cue=cue, chained=chained):
        return None
    if not matches and cue is None:
        return None
    if _is_part_of_site(r, first, end, matches):
        return None
    span = Span(start_char, start_char + len(stripped))
    phrase = Span(r.tokens[cue_start].start, r.tokens[cue_end - 1].end if cue_end > end else span.end)
    return Toponym(text=r.text[span.start : span.end], span=span, phrase=phrase, cue=cue, relative=_relative(r, cue_start))


def _without_lost_apostrophe(name: str) -> str | None:
    """Read "Syrias" as "Syria's": text that went through many hands has lost its apostrophes."""
    return name[:-1] if len(name) > 4 and name.endswith("s") and not name.endswith("ss") else None


def _is_part_of_site(r: _Reading, first: int, end: int, matches: tuple[Match, ...]) -> bool:
    """Tell "Mallah" in "Mallah Farms": a part of a site's own name stands for nothing by itself, unless it is a well-known place."""
    if end >= len(r.tokens) or not r.tokens[end].cap or not _adjacent(r, end - 1, end):
        return False
    if _ARTICLE.match(r.tokens[end].text) and not any(m.place.kind is PlaceKind.POINT and _is_prominent(m) for m in matches):
        # "Taybat al-Imam": a name that goes on with an article is not yet whole.
        return True
    following = _singular(r.tokens[end].low)
    return following in cues() and first < end and not any(_is_prominent(m) for m in matches)


def _stands_together(
    r: _Reading, first: int, end: int, run: int, matches: tuple[Match, ...], gazetteer: Gazetteer, *, cue: str | None, chained: bool
) -> bool:
    """Tell whether several capitalised words are one place name."""
    words = r.tokens[first:end]
    if not matches:
        if cue is None or end != run or any(w.low == "and" for w in words):
            return False
        if words[0].low in common_words() and _starts_sentence(r, first):
            return False
        return not _holds_known_name(r, first, end, gazetteer)
    if cue or chained or _is_placed(r, first):
        return True
    return any(
        _is_prominent(m) or m.place.kind is PlaceKind.AREA or m.place.layer is Layer.OVERLAY or (m.place.population or 0) > _VILLAGE
        for m in matches
    )


def _holds_known_name(r: _Reading, first: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a run that is no name as a whole ends in one: "Zubdiya Aleppo" has lost its comma."""
    for k in range(first + 1, end):
        if r.tokens[k].cap:
            tail = r.text[r.tokens[k].start : r.tokens[end - 1].end]
            if any(_is_prominent(m) for m in gazetteer.find(tail, loose=False)):
                return True
    return False


def _starts_sentence(r: _Reading, i: int) -> bool:
    return (
        i == 0
        or r.tokens[i - 1].text in {".", "!", "?", ":", '"', "“", "”", "•", "(", "-"}
        or "\n" in r.text[r.tokens[i - 1].end : r.tokens[i].start]
    )


def _without_possessive(name: str) -> str:
    for ending in ("'s", "’s", "s'", "s’"):
        if name.endswith(ending):
            return name[: -len(ending)] + ("s" if ending[0] == "s" else "")
    return name.rstrip("'’")


def _is_prominent(m: Match) -> bool:
    code = m.place.feature_code or ""
    return m.name.kind is not NameKind.HISTORIC and (
        code.startswith(("PCL", "ADM1", "PPLC")) or (m.place.population or 0) >= _SMALL or m.place.layer in {Layer.AREAS, Layer.OVERLAY}
    )


def _is_placed(r: _Reading, first: int) -> bool:
    k = first - 1
    while k >= 0 and r.tokens[k].low in {"the", "a"}:
        k -= 1
    return k >= 0 and r.tokens[k].low in _PLACING


def _stands_alone(r: _Reading, i: int, matches: tuple[Match, ...], *, cue: str | None, chained: bool) -> bool:
    """Tell whether one capitalised word is a place name."""
    token = r.tokens[i]
    low = token.low.removesuffix("'s")
    letters = token.text.replace(".", "")
    if not matches:
        return cue is not None and len(token.text) > 2 and low not in common_words() and not (token.text.isupper() and len(token.text) < 4)
    if (token.text.isupper() or "." in token.text) and len(letters) <= _ACRONYM:
        return letters == "US" or (low not in _SHORT_WORDS and any(m.exact and m.place.kind is PlaceKind.AREA for m in matches))
    if len(token.text) < 3:
        return False
    if token.text in places_first():
        return True
    placed = _is_placed(r, i)
    prominent = any(_is_prominent(m) for m in matches)
    if low in common_words():
        return (placed or cue is not None) and prominent and not _starts_sentence(r, i)
    if token.text in given_names() or token.text in surnames():
        following = r.tokens[i + 1] if i + 1 < len(r.tokens) else None
        if following is not None and (following.low in _SAYING or (following.cap and _adjacent(r, i, i + 1))):
            return False
        return placed or cue is not None or (prominent and (chained or token.text not in given_names()))
    heads_line = i + 1 < len(r.tokens) and r.tokens[i + 1].text == ":"
    at_home = any(m.exact and m.place.country_code in r.countries for m in matches)
    return prominent or placed or cue is not None or chained or heads_line or at_home


def _cue_before(r: _Reading, first: int) -> tuple[str | None, int]:
    """Read "the town of X" and "the villages of X": the cue word and where its wording begins."""
    k = first - 1
    if k >= 1 and r.tokens[k].low == "the":
        k -= 1
    if k >= 1 and r.tokens[k].low == "of":
        word = _singular(r.tokens[k - 1].low)
        if word in cues():
            start = k - 1
            two = f"{r.tokens[k - 2].low} {word}" if k >= 2 else ""
            if two in cues():
                word, start = two, k - 2
            if word == "front" and k >= 2 and r.tokens[k - 2].low == "in":
                return None, first
            if start >= 1 and r.tokens[start - 1].low in {"the", "a"}:
                start -= 1
            return word, start
    return None, first


def _singular(word: str) -> str:
    if word in cues():
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _cue_after(r: _Reading, end: int) -> tuple[str | None, int]:
    if end < len(r.tokens) and _adjacent(r, end - 1, end):
        one = r.tokens[end].low
        two = f"{one} {r.tokens[end + 1].low}" if end + 1 < len(r.tokens) else ""
        known = cues()
        if two in known and known[two].after:
            return two, end + 2
        if one in known and known[one].after:
            return one, end + 1
        if one.endswith("s") and _singular(one) in known and known[_singular(one)].after:
            return _singular(one), end + 1
    return None, end


def _relative(r: _Reading, first: int) -> str | None:
    """Read "12 km south of" and "near" before a name."""
    k = first - 1
    if k >= 1 and r.tokens[k].low in {"of", "from"} and r.tokens[k - 1].low in _COMPASS | _UNITS:
        start = k - 1
        while start >= 1 and (r.tokens[start - 1].low in _COMPASS | _UNITS | _ABOUT or r.tokens[start - 1].text[0].isdigit()):
            start -= 1
        return r.text[r.tokens[start].start : r.tokens[k].end]
    return r.tokens[k].low if k >= 0 and r.tokens[k].low in {"near", "outside"} else None
