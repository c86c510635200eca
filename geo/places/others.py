"""Sets aside what looks like a place name but is none: months, demonyms, organisations, people."""

from __future__ import annotations

from gazetteer.model import Match, NameKind, PlaceKind
from geo.places.reading import Reading, is_prominent, is_state
from geo.places.words import (
    common_words,
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

_MONTHS = grammar("months") | {f"{month}s" for month in grammar("months")}
_MEDIA, _STREETS, _AILMENTS = grammar("media"), grammar("streets"), grammar("ailments")
# "Radio Pyongyang", "Operation Aleppo".
_BEFORE = grammar("before_a_name")
# "The Kachin ethnic minority".
_PEOPLES = frozenset("ethnic minority tribe tribes tribesmen tribal language dialect clan clans".split())
# Of these a country or a state stays readable: "the U.S. Department of State" speaks of the United States.
_OFFICES = grammar("offices")
_ABBREVIATED = grammar("abbreviated")
# Titles that are common words as well when written small: "a major hospital".
_ALSO_WORDS = grammar("also_words")
_OF_PEOPLE, _PARTICLES = grammar("of_people"), grammar("within_organisations")
_METROPOLIS, _TOWN = 500_000, 15_000
# Buildings that towns give their names to, and the words of an attack that stand before what it is on.
_BUILDINGS, _STRIKES, _HITTING = grammar("buildings"), grammar("strikes"), grammar("hitting")
# After these a speaker's names stand.
_SAID, _MOST_NAMES = frozenset("said says added joked recalled explained".split()), 3
_LONGEST_ORGANISATION, _LONGEST_PHRASE, _LONGEST_PERSON = 5, 7, 7
_PLACING, _LINKS, _FEATURES, _SAYING = grammar("placing"), grammar("links"), grammar("features"), grammar("saying")
# What stands after these is rarely a person.
_INTRODUCING = grammar("introducing")

_REGIONS = frozenset({"region", "state", "zone"})


def set_aside(r: Reading) -> None:
    """Mark all words of a text that are no places."""
    for i in r.capitals:
        _take_media_and_streets(r, i)
    for i in r.capitals:
        if not r.taken[i]:
            _take_word(r, i)
            _take_phrase(r, i)
            _take_organisation(r, i)
    _take_people(r)


def _take_media_and_streets(r: Reading, i: int) -> None:
    """Take "told SANA", "SANA news agency", "Castello Road"."""
    before, after = r.lows[i - 1], r.lows[i + 1]
    if after in _MEDIA or (before == "told" and r.texts[i].isupper()):
        r.taken[i] = True
    if r.lows[i] in _STREETS and r.caps[i - 1] and r.touches[i - 1]:
        r.taken[i] = r.taken[i - 1] = True
    if before == "the" and _names_team(r, i):
        r.taken[i] = r.taken[i + 1] = True
    if before in _BEFORE and r.caps[i - 1] and r.touches[i - 1]:
        r.taken[i] = True
    if after in _PEOPLES and r.touches[i]:
        r.taken[i] = True
    if after in _AILMENTS and not any((m.place.feature_code or "").startswith("PCL") for m in r.known(i, i + 1)):
        r.taken[i] = True


def _names_team(r: Reading, i: int) -> bool:
    """Tell "the Georgia Bulldogs" from "the Shetland Islands": behind the article a place with a common plural of none of its kinds."""
    low = r.lows[i + 1]
    plural = r.caps[i + 1] and r.touches[i] and low.endswith("s") and low in common_words()
    if not plural or low in _FEATURES or low in _OFFICES or low.removesuffix("s") in cues() or low in cues():
        return False
    return not r.known(i, i + 2) and r.texts[i + 1][1:].islower()


def _take_word(r: Reading, i: int) -> None:
    """Take months and demonyms, but not the first word of "Dominican Republic"."""
    low = r.lows[i]
    if low in _MONTHS or (
        low in demonyms() and not _is_struck(r, i) and not _is_named_after(r, i) and not any(_goes_by(m) for m in r.known(i, i + 1))
    ):
        r.taken[i] = True


def _is_struck(r: Reading, i: int) -> bool:
    """Tell "shells hit Tatar on Monday" and "the town of Duma", where a town at home has a people's or a parliament's name."""
    if r.lows[i - 1] == "of" and r.lows[i - 2] in cues():
        return True
    if r.lows[i - 1] not in _PLACING or (r.lows[i + 1].isalpha() and r.lows[i + 1] not in _LINKS):
        return False
    return any(m.exact and m.place.kind is PlaceKind.POINT and r.speaks_of(m.place.country_code) for m in r.known(i, i + 1))


def _goes_by(match: Match) -> bool:
    """Tell whether a state goes by this name in English: the Philippines do, Azerbaijan is "Azerbaijani" in other tongues only."""
    return is_state(match) and (match.name.kind is NameKind.PRIMARY or match.name.language == "en")


def _is_named_after(r: Reading, i: int) -> bool:
    """Tell whether a demonym stands within a place's own name: "Dominican Republic", "the town of Czech", "the Amhara region"."""
    if r.lows[i - 1] == "of" and r.lows[i - 2] in cues():
        return True
    is_area = r.lows[i + 1] in _REGIONS and r.touches[i]
    if is_area and any(m.exact and m.place.kind is PlaceKind.AREA and m.place.name == r.words[i] for m in r.known(i, i + 1)):
        return True
    if not (r.caps[i - 1] and r.touches[i - 1]) and not (r.caps[i + 1] and r.touches[i]):
        return False
    for first in range(max(0, i - 2), i + 1):
        for end in range(i + 3, i, -1):
            joined = end - first > 1 and all(r.caps[k] and (k == first or r.touches[k - 1]) for k in range(first, end))
            if joined and any(is_prominent(m) for m in r.known(first, end)):
                return True
    return False


def _take_phrase(r: Reading, i: int) -> None:
    for phrase in not_places().get(r.lows[i], ()):
        if tuple(r.lows[i : i + len(phrase)]) == phrase and not (len(phrase) == 1 and _is_struck(r, i)):
            r.taken[i : i + len(phrase)] = [True] * len(phrase)
            return


def _take_organisation(r: Reading, i: int) -> None:
    """Take "Washington Post" and "University of Aleppo" as a whole, and of "U.S. Department" all but the country."""
    low = r.lows[i]
    if low in organisations():
        first = i
        while i - first < _LONGEST_ORGANISATION and _goes_on_before(r, first):
            first -= 1
        # The West Bank is no bank.
        if first < i and not any(is_prominent(m) for k in range(first, i) for m in r.known(k, i + 1)):
            kept = _leading_state(r, first, i) if _names_office(r, first, i) else _leading_town(r, first, i)
            r.taken[kept : i + 1] = [True] * (i + 1 - kept)
    if low in organisations_of() and r.lows[i + 1] in {"of", "for"} and (r.caps[i + 2] or r.lows[i + 2] == "the"):
        end = i
        while end < len(r.words) and end - i < _LONGEST_PHRASE and (r.caps[end] or r.lows[end] in _PARTICLES):
            if r.lows[end] == "and" and r.lows[end + 1] == "the":  # another organisation follows
                break
            r.taken[end] = True
            end += 1


def _goes_on_before(r: Reading, k: int) -> bool:
    """Tell whether an organisation's name goes on before a word: not over a possessive, nor over "The" at a sentence's head."""
    return r.caps[k - 1] and r.touches[k - 1] and r.lows[k - 1] != "the" and r.texts[k - 1] == r.words[k - 1]


def _names_office(r: Reading, first: int, last: int) -> bool:
    return any(r.lows[k] in _OFFICES for k in range(first, last + 1))


def _leading_state(r: Reading, first: int, last: int) -> int:
    """Return where an office's name goes on after the country, division or well-known city at its head."""
    for end in range(min(last, first + 4), first, -1):
        if any(is_state(m) or is_prominent(m) for m in r.known(first, end)):
            return end
    return first


def _leading_town(r: Reading, first: int, last: int) -> int:
    """Return where a building's name goes on after the town that it stands in: "shells hit Aleppo University Hospital"; else `first`."""
    before = first - 1 - (r.lows[first - 1] == "the")
    is_struck = r.lows[before] in _HITTING or (r.lows[before] in {"on", "of", "at"} and r.lows[before - 1] in _STRIKES)
    follows = r.lows[before] in {"and", ","} and r.caps[before - 1] and r.lows[before - 1] in _BUILDINGS
    # The Birmingham Hospital in Mykolaiv is in Mykolaiv.
    is_elsewhere = r.lows[last + 1] == "in" and r.caps[last + 2]
    if (
        r.lows[last] not in _BUILDINGS
        or not (is_struck or follows)
        or is_elsewhere
        or r.words[first] in given_names()
        or r.words[first] in surnames()
    ):
        return first
    for end in range(min(last, first + 3), first, -1):
        known = r.known(first, end)
        # The Kuwait Hospital may stand anywhere.
        is_country = any((m.place.feature_code or "").startswith("PCL") for m in known)
        if not is_country and any(m.exact and m.place.kind is PlaceKind.POINT and (m.place.population or 0) > _TOWN for m in known):
            return end
    return first


def _take_people(r: Reading) -> None:
    named_until = 0
    heads = titles()
    for i in [i for i, low in enumerate(r.lows) if r.caps[i] or low in heads]:
        if r.taken[i] or i < named_until:
            continue
        low, word, cap = r.lows[i], r.words[i], r.caps[i]
        if cap and (end := _end_of_told_person(r, i)):
            _take_person(r, i)
            named_until = end
            continue
        if low in heads and (cap or low not in _ALSO_WORDS):
            # "Dr." has a full stop of its own; one after "leader" ends the sentence.
            after = i + 1 + (r.lows[i + 1] == "." and low in _ABBREVIATED)
            named_until = _end_of_place_with_title(r, i) if cap else 0
            if r.caps[after] and not named_until:
                _take_person(r, after)
        elif cap and word in given_names() and word == r.texts[i] and _introduces_person(r, i):
            _take_person(r, i)
    for i in r.capitals:
        if r.lows[i] in r.people and not r.taken[i] and r.lows[i - 1] not in _INTRODUCING:
            # Jordan, after Ms Jordan has spoken, is still a country; but not where it says something.
            r.taken[i] = r.lows[i + 1] in _SAYING or not any(map(_is_unmistakable, r.known(i, i + 1)))


def _end_of_place_with_title(r: Reading, i: int) -> int:
    """Return where "Abu Dhabi" or "Prince Edward Island" ends, 0 where a person with a title stands."""
    for end in range(i + 4, i + 1, -1):
        if end <= len(r.words) and all(r.caps[k] and (k == i or r.touches[k - 1]) for k in range(i, end)):
            if end - i > 1 and r.lows[end - 1] in _FEATURES:
                return end
            matches = r.known(i, end)
            if any(is_prominent(m) for m in matches) or (matches and r.lows[i - 1] in {*_INTRODUCING, "of", "from"}):
                return end
    return 0


def _end_of_told_person(r: Reading, i: int) -> int:
    """Return where a person's names end that only their use tells: "said Pretoria Dlamini, who", "Vitória Campos, 19,"; 0 without."""
    end = i
    while end - i < _MOST_NAMES and r.caps[end] and not r.taken[end] and (end == i or r.touches[end - 1]):
        end += 1
    if end - i < 2:
        return 0
    is_aged = r.lows[end] == "," and r.lows[end + 1].isdigit() and len(r.lows[end + 1]) < 4 and r.lows[end + 2] in {",", "."}
    is_who = r.lows[end] == "," and r.lows[end + 1] == "who"
    is_speaking = r.lows[i - 1] in _SAID and r.lows[end] in {",", "."}
    if not (is_aged or is_who or is_speaking) or r.lows[end - 1] in titles() or r.lows[end - 1] in organisations():
        return 0
    return 0 if any(is_prominent(m) for m in r.known(i, end)) else end


def _introduces_person(r: Reading, i: int) -> bool:
    """Tell whether a given name is followed by a surname, and the two are no place ("San Jose", "Austin, Texas")."""
    after = i + 1
    while (r.caps[after] and len(r.words[after]) == 1 and r.lows[after + 1] == ".") or r.lows[after] in _OF_PEOPLE:
        after += 2 if r.caps[after] else 1
    if not r.caps[after] or r.taken[after] or (after == i + 1 and not r.touches[i]):
        return False
    if r.lows[i - 1] in {"in", "at", "near"} or (r.lows[i - 1] == "of" and r.lows[i - 2] in cues()):
        return False
    whole, surname = r.known(i, i + 2), r.words[after]
    if surname.lower() in cues():
        return False
    if any(is_state(m) for m in whole) or (whole and r.words[i] in places_first()):
        return False
    if r.words[i] in places_first():
        known_otherwise = {*titles(), *organisations(), *common_words()}
        return surname in surnames() or (
            surname.lower() not in known_otherwise and not any(is_prominent(m) for m in r.known(after, after + 1))
        )
    return True


def _take_person(r: Reading, first: int) -> None:
    """Take a person's names from the first on, and remember the last of them."""
    end = last = first
    while end < len(r.words) and end - first < _LONGEST_PERSON and not r.taken[end]:
        initial = len(r.words[end]) == 1 and r.lows[end + 1] == "."
        if not (r.caps[end] or r.lows[end] in _OF_PEOPLE) or not (end == first or r.touches[end - 1] or r.lows[end - 1] == "."):
            break
        if r.caps[end]:
            last = end
        r.taken[end] = True
        end += 1
        if initial:
            r.taken[end] = True
            end += 1
    if last > first and len(r.words[last]) > 2:
        r.people.add(r.lows[last])


def _is_unmistakable(match: Match) -> bool:
    """Tell a country, a division, a capital or a metropolis, which stays one even where a person has its name."""
    return is_state(match) or match.place.feature_code == "PPLC" or (match.exact and (match.place.population or 0) >= _METROPOLIS)
