"""Finds place names in text: capitalised words that the gazetteer knows, and those that the words beside them mark as places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer import Gazetteer
from gazetteer.model import Match, PlaceKind
from geo.model import Span, Toponym
from geo.places.cue import cue_after, cue_after_list, cue_before, singular
from geo.places.lines import find_lines
from geo.places.others import set_aside
from geo.places.reading import OWN_NAMES, Reading, is_abbreviation, is_prominent, is_state, read
from geo.places.unknown import are_no_others, heads_dated_line, heads_listed_line, is_armed, stands_where_it_struck
from geo.places.words import common_words, cues, given_names, grammar, not_places, organisations, places_first, surnames, titles

_PARTICLES, _PLACING, _SAYING = grammar("particles"), grammar("placing"), grammar("saying")
# After these an unknown name is a place as well, if nothing speaks against it.
_PLACING_FIRMLY = grammar("placing_firmly")
_JOINS, _FEATURES, _ROADS = grammar("joins"), grammar("features"), grammar("roads")
# "Rebel-held Avdiivka"; "a ship bound for Duluth".
_HELD = ("-held", "-controlled", "-occupied", "-run")
_LEAVING = frozenset({"bound", "left", "leaving", "headed", "heading", "departed"})
# "St. Joseph" is written out in most gazetteers.
_SHORTENED = frozenset({"st.", "ste.", "mt.", "ft."})
# First halves of many names, which alone are nobody's.
_HALVES, _HEADS = grammar("halves"), grammar("heads")
# Short words in capitals are acronyms first: a place only where it has just that name.
_ACRONYM = 5
_SHORT_WORDS, _COMPASS = grammar("short_words"), grammar("compass")
# Longest run of words that is looked up as one name.
_MOST_WORDS, _VILLAGE = 6, 3_000
# Shorter names are too often something else.
_SHORTEST = 5


@dataclass(slots=True, kw_only=True)
class _Spot:
    """Where a name may stand: the words from `first` up to `end`, within a run of capitals up to `run`, and what stands around them."""

    first: int
    end: int
    run: int
    matches: tuple[Match, ...]
    cue: str | None
    # A place name stands before it, with a comma or "and" between.
    chained: bool
    # That name's cue was in the plural: "the villages of A and B".
    shared_cue: str | None


def find_toponyms(text: str, *, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the place names of a text.

    Returns
    -------
    toponyms
        In order, none within another. Names that no layer of the gazetteer knows are among them if the words beside them say that
        they are places, and known ones of which nothing says so are tentative. Demonyms, organisations and people are not among them.
    """
    reading = read(text, gazetteer=gazetteer)
    set_aside(reading)
    found = [*_names(reading), *find_lines(reading)]
    again = {t.span: t for t in _again(reading, found)}
    return tuple(sorted((*(t for t in found if t.span not in again), *again.values()), key=lambda t: t.span))


def _again(r: Reading, found: list[Toponym]) -> Iterator[Toponym]:
    """Find the names that the text has shown to be places where nothing beside them says so again: "the Pirbright laboratory"."""
    shown = {t.text for t in found if " " not in t.text and not t.tentative}
    covered = {at for t in found if not t.tentative for at in range(t.span.start, t.span.end)}
    for i in r.capitals:
        word = r.words[i]
        if word not in shown or r.taken[i] or r.starts[i] in covered:
            continue
        if r.lows[i] in common_words() or word in given_names() or word in surnames():
            continue
        again = _accept(r, i, i + 1, _run_end(r, i), chained=True, shared_cue=None)
        if again is not None:
            yield again


def _names(r: Reading) -> Iterator[Toponym]:
    previous_end, shared = -9, None
    for i in r.capitals:
        if i < previous_end or r.taken[i]:
            continue
        chained = _is_chained(r, previous_end, i)
        run = _run_end(r, i)
        if not chained and run == i + 1 and _merely_opens(r, i):
            continue
        for end in (k for k in range(run, i, -1) if r.caps[k - 1]):
            found = _accept(r, i, end, run, chained=chained, shared_cue=shared if chained else None)
            if found is not None:
                yield found
                shared = found.cue if _has_plural_cue(r.text, found) or (found.cue is not None and found.cue == shared) else None
                previous_end = end
                break
        else:
            if (perhaps := _tentative(r, i)) is not None:
                yield perhaps


def _merely_opens(r: Reading, i: int) -> bool:
    """Tell a common word that has its capital from the sentence only, which are a quarter of all: nothing but a state behind it counts."""
    if r.lows[i] not in common_words() or not r.starts_sentence(i) or r.lows[i + 1] == ",":
        return False
    word = r.words[i]
    return not word.isupper() and "." not in word and word not in places_first()


def _tentative(r: Reading, i: int) -> Toponym | None:
    """Take a word that stands alone, is no other, and is the name of a town, for one if the report is near that town."""
    word, low = r.words[i], r.lows[i]
    if len(word) < _SHORTEST or word.isupper() or _run_end(r, i) > i + 1 or (r.caps[i - 1] and r.touches[i - 1]):
        return None
    if low in common_words() or word in given_names() or word in surnames() or low in titles():
        return None
    if not any(m.exact and m.place.kind is PlaceKind.POINT and m.name.kind in OWN_NAMES for m in r.known(i, i + 1)):
        return None
    span = Span(r.starts[i], r.starts[i] + len(word))
    return Toponym(text=word, span=span, phrase=span, tentative=True)


def _is_chained(r: Reading, previous_end: int, i: int) -> bool:
    return previous_end >= 0 and (i == previous_end or (i - previous_end <= 2 and all(r.lows[k] in _JOINS for k in range(previous_end, i))))


def _has_plural_cue(text: str, toponym: Toponym) -> bool:
    around = text[toponym.phrase.start : toponym.span.start] + text[toponym.span.end : toponym.phrase.end]
    return toponym.cue is not None and any(w != toponym.cue and singular(w) == toponym.cue for w in around.lower().split())


def _run_end(r: Reading, i: int) -> int:
    """Return where a run of capitalised words ends, small words between them included."""
    end = k = i + 1
    while k < len(r.words) and k - i < _MOST_WORDS and not r.taken[k] and r.touches[k - 1]:
        if r.texts[k - 1] != r.words[k - 1]:
            # Over a possessive a name goes on only if it is known: "People's Republic of China".
            return next((e for e in range(k + 3, k, -1) if r.caps[e - 1] and r.known(i, e)), end)
        if r.caps[k]:
            end = k + 1
        elif r.lows[k] not in _PARTICLES:
            break
        k += 1
    return end


def _accept(r: Reading, first: int, end: int, run: int, *, chained: bool, shared_cue: str | None) -> Toponym | None:
    if _is_torn(r, first, end, run):
        return None
    start_char = r.starts[first]
    name = r.name(first, end)
    before, cue_start = cue_before(r, first)
    after, cue_end = cue_after(r, end, is_wider=lambda: any(is_prominent(m) for m in r.known(first, end)))
    if before is None and after is None:
        after = cue_after_list(r, end)
    if before is not None and after is not None and r.caps[cue_start - 1] and r.touches[cue_start - 1]:
        # "Moe Tarr Lay village of Katha township"
        before, cue_start = None, first
    cue = before or after
    if chained and end == first + 1 and r.lows[end] == "." and any(is_abbreviation(m) for m in r.gazetteer.find(f"{name}.", loose=False)):
        span = Span(start_char, r.ends[end])
        return Toponym(text=f"{name}.", span=span, phrase=span)
    matches = r.gazetteer.find(name, loose=cue is not None or r.lows[first] in _SHORTENED)
    if matches and not (chained and "." in name):
        matches = tuple([m for m in matches if not is_abbreviation(m)])
    if not matches and (lost := _without_lost_apostrophe(name)) is not None and lost.lower() not in not_places():
        found = r.gazetteer.find(lost, loose=False)
        if any(is_prominent(m) for m in found):
            matches, name = found, lost
    spot = _Spot(first=first, end=end, run=run, matches=matches, cue=cue, chained=chained, shared_cue=shared_cue)
    if (
        not (_stands_alone(r, spot) if end - first == 1 else _stands_together(r, spot))
        or _is_part_of_site(r, spot)
        or _begins_longer_name(r, spot)
    ):
        return None
    span = Span(start_char, start_char + len(name))
    phrase = Span(r.starts[cue_start], r.ends[cue_end - 1] if cue_end > end else span.end)
    if cue is None and not matches and end - first > 1:
        cue = _feature(r, spot)
    return Toponym(text=r.text[span.start : span.end], span=span, phrase=phrase, cue=cue or shared_cue)


def _is_torn(r: Reading, first: int, end: int, run: int) -> bool:
    """Tell whether these words are only a part of a name: "el-Oued" of "Bab el-Oued", or the article of "The Philippines"."""
    if r.lows[first] == "the":
        whole = any(m.place.name.startswith("The ") for m in r.known(first, end))
        # "The Gulf" is none in "The Gulf of Aden".
        return not whole and any(r.caps[e - 1] and r.known(first + 1, e) for e in range(max(end, first + 2), run + 1))
    if r.lows[first - 1] in _HEADS and r.caps[first - 1] and r.touches[first - 1] and not r.taken[first - 1]:
        # "Limón" of "Caño Limón"
        return True
    if _has_article(r, first):
        # In a list that lost its commas each of "al-Bayan al-Zahraa" is a name.
        return r.caps[first - 1] and r.touches[first - 1] and not r.taken[first - 1] and not _has_article(r, first - 1) and run == first + 1
    return (
        end < run
        and _has_article(r, end)
        and not _has_article(r, end - 1)
        and not any(m.place.country_code in r.countries for m in r.known(first, end))
    )


def _has_article(r: Reading, i: int) -> bool:
    return r.caps[i] and r.texts[i][0].islower()


def _without_lost_apostrophe(name: str) -> str | None:
    """Read "Syrias" as "Syria's": text that went through many hands has lost its apostrophes."""
    return name[:-1] if len(name) > 4 and name.endswith("s") and not name.endswith("ss") else None


def _is_part_of_site(r: Reading, s: _Spot) -> bool:
    """Tell "Mallah" in "Mallah Farms": a part of a site's own name stands for nothing by itself, unless it is a well-known place."""
    return r.caps[s.end] and r.touches[s.end - 1] and singular(r.lows[s.end]) in cues() and not any(is_prominent(m) for m in s.matches)


def _begins_longer_name(r: Reading, s: _Spot) -> bool:
    """Tell "Newcastle" in "Newcastle Jets": a town directly before another capital is part of a longer name, if nothing places it."""
    last = s.end - 1
    if not r.caps[s.end] or not r.touches[last] or r.texts[last] != r.words[last] or s.cue is not None or _is_placed(r, s.first):
        return False
    if (
        r.taken[s.end]
        or r.lows[s.end] in titles()
        or any(is_prominent(m) for end in (s.end + 1, s.end + 2, s.end + 3) for m in r.known(s.end, end))
    ):
        return False
    return not any(is_state(m) and is_prominent(m) for m in s.matches)


def _stands_together(r: Reading, s: _Spot) -> bool:
    """Tell whether several capitalised words are one place name."""
    lows = r.lows[s.first : s.end]
    if not s.matches:
        # "Taybat al-Imam" is one name even in a list that lost its commas.
        whole = (
            s.end == s.run
            or (r.lows[s.first] in _HEADS and r.lows[s.end] == "and")
            or (s.end == s.first + 2 and _has_article(r, s.first + 1) and not _has_article(r, s.first))
        )
        if not whole or "and" in lows:
            return False
        if heads_listed_line(r, s.first, s.end):
            return True
        # "The Red River" is one, and two common words elsewhere are none.
        if all(low in common_words() for low in lows) and not (lows[-1] in _FEATURES and r.lows[s.first - 1] in {"the", *_PLACING}):
            return False
        # "Kanbalu Township": the town is known, and the township is its cue.
        if lows[-1] in cues() and lows[-1] not in _FEATURES and r.known(s.first, s.end - 1):
            return False
        if lows[0] in common_words() and r.starts_sentence(s.first):
            return False
        is_placed = _is_placed_unknown(r, s) or (are_no_others(r, s.first, s.end) and stands_where_it_struck(r, s.first, s.end))
        if _feature(r, s) is None and s.cue is None and s.shared_cue is None and not is_placed:
            return False
        return not _holds_known_name(r, s)
    if s.cue or s.chained or _is_placed(r, s.first) or _is_anchored(r, s.end) or r.heads_line(s.first, s.end):
        return True
    return any(is_prominent(m) or m.place.kind is PlaceKind.AREA or (m.place.population or 0) > _VILLAGE for m in s.matches)


def _feature(r: Reading, s: _Spot) -> str | None:
    """Read the kind of place out of its own name: "Lake Titicaca", "Scott County", "Plum Island"."""
    for word in (r.lows[s.end - 1], r.lows[s.first]):
        if word in _FEATURES:
            return word
    return None


def _holds_known_name(r: Reading, s: _Spot) -> bool:
    """Tell whether a run that is no name as a whole ends in one: "Zubdiya Aleppo" has lost its comma."""
    # "Lake Macquarie", "the South Shetland Islands" and "Caño Limón" are names of their own.
    if r.lows[s.first] in _FEATURES or r.lows[s.first] in _HEADS or (r.lows[s.first] in _HALVES and r.lows[s.end - 1] in _FEATURES):
        return False
    for k in range(s.first + 1, s.end):
        whole = r.caps[k] and r.texts[k][0].isupper() and r.lows[k] not in _FEATURES
        # Jordán is not Jordan.
        if whole and any(m.exact and is_prominent(m) for m in r.known(k, s.end)):
            return True
    return False


def _is_placed(r: Reading, first: int) -> bool:
    k = first - 1
    while k >= 0 and r.lows[k] in {"the", "a"}:
        k -= 1
    # "a guided bomb against Saldowo", but "the match against Saldowo"
    return (
        (r.lows[k] == "against" and is_armed(r, k))
        or r.lows[k] in _PLACING
        or r.lows[k].endswith(_HELD)
        or (r.lows[k] == "for" and r.lows[k - 1] in _LEAVING)
    )


def _is_placed_unknown(r: Reading, s: _Spot) -> bool:
    """Tell whether an unknown name is a place by its words: "in Saldowo", "located in Greenlane, Auckland"."""
    before = r.lows[s.first - 1]
    is_beside = before == "of" and r.lows[s.first - 2] in _COMPASS
    if before not in _PLACING_FIRMLY and not is_beside and not (before in {"of", "from"} and _is_anchored(r, s.end)):
        return False
    return are_no_others(r, s.first, s.end) and (s.end < s.run or not r.caps[s.end])


def _is_anchored(r: Reading, end: int) -> bool:
    """Tell whether a country or division stands behind a comma: "Tyler, Texas"."""
    if r.lows[end] != "," or not r.caps[end + 1] or r.taken[end + 1]:
        return False
    return any(
        is_state(m) and (not is_abbreviation(m) or "." in r.texts[end + 1] or r.lows[end + 2] == ".")
        for size in (1, 2, 3)
        for m in r.known(end + 1, end + 1 + size)
    )


def _stands_alone(r: Reading, s: _Spot) -> bool:
    """Tell whether one capitalised word is a place name."""
    word, low, i = r.words[s.first], r.lows[s.first], s.first
    if len(word) < 2 or "$" in {r.lows[i + 1], r.lows[i - 1]} or (low in _HALVES and r.caps[i + 1] and r.touches[i]):
        return False
    if not s.matches:
        return _stands_unknown(r, s)
    placed, anchored = _is_placed(r, i) or (r.lows[s.end] in _ROADS and r.touches[i]), _is_anchored(r, s.end)
    prominent = any(is_prominent(m) for m in s.matches)
    letters = word.replace(".", "")
    if (word.isupper() or "." in word) and len(letters) <= _ACRONYM:
        return _stands_as_acronym(r, s, letters, prominent=prominent, placed=placed or anchored)
    if len(word) < 3:
        return False
    if word in places_first() or _ends_road(r, s):
        return True
    if low in common_words():
        return (anchored and (placed or r.starts_sentence(i))) or ((placed or s.cue is not None) and prominent and not r.starts_sentence(i))
    if any((m.place.feature_code or "").startswith("PCL") and is_prominent(m) for m in s.matches) and not (
        r.caps[i + 1] and word in given_names()
    ):
        return True
    if word in given_names() or word in surnames():
        if r.caps[i + 1] and r.touches[i]:
            return False
        firmly = r.lows[i - 1] in _PLACING_FIRMLY or r.lows[i - 1] == "at"
        if r.lows[i + 1] in _SAYING and not firmly:
            return False
        return firmly or anchored or placed or s.cue is not None or (prominent and (s.chained or word not in given_names()))
    heads_line = r.lows[i + 1] == ":" or heads_dated_line(r, s.first, s.end) or r.heads_line(s.first, s.end)
    at_home = any(m.exact and r.lets_act(m.place.country_code) for m in s.matches)
    return prominent or placed or anchored or s.cue is not None or s.chained or heads_line or at_home


def _ends_road(r: Reading, s: _Spot) -> bool:
    """Tell "Sake" in "the Goma-Sake road"."""
    return s.chained and r.lows[s.first - 1] in {"-", "–", "—"} and r.lows[s.end] in _ROADS


def _stands_unknown(r: Reading, s: _Spot) -> bool:
    word, low = r.words[s.first], r.lows[s.first]
    if len(word) < 3 or low in common_words() or (word.isupper() and len(word) < 4):
        return False
    if s.cue is not None:
        # "The Maute camps" are a group's, "the Zaatari camp" is a place.
        return s.chained or r.lows[s.end] != "camps"
    if word in given_names() or low in titles() or low in organisations() or word.isupper():
        return False
    return s.shared_cue is not None or _is_placed_unknown(r, s) or stands_where_it_struck(r, s.first, s.end)


def _stands_as_acronym(r: Reading, s: _Spot, letters: str, *, prominent: bool, placed: bool) -> bool:
    word, low = r.words[s.first], r.lows[s.first]
    if letters == "US":
        return True
    if low in _SHORT_WORDS:
        return False
    if any(m.place.kind is PlaceKind.AREA and m.name.text == word for m in s.matches):
        # "Austin, TX": two letters are a state's only behind a town.
        return len(letters) > 2 or s.chained or any((m.place.feature_code or "").startswith("PCL") for m in s.matches)
    heads_line = r.starts_sentence(s.first) and r.lows[s.end] in {"(", "-", "—", "–", ",", ":"}
    if heads_line and len(letters) > 3 and _is_anchored(r, s.end):
        return True
    return len(letters) > 3 and prominent and low not in common_words() and (placed or heads_line)
