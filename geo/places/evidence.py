"""What a report tells of where it is: the countries that it speaks of, the places settled so far, and which names stand within which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, pairwise
from math import sqrt

from gazetteer.distance import distance_km
from gazetteer.model import Layer, Match, NameKind, Place, PlaceKind
from geo.model import Toponym
from geo.places.words import Theatre, context_words, demonyms, wars_on

# How much a country weighs that is named, whose people or groups are named, that a name can only lie in, or was found to lie in.
_NAMED, _PEOPLE, _ONLY, _INFERRED = 4.0, 2.0, 2.0, 1.0
# What makes a report's country sure.
_ENOUGH = 6.0
# A place this wide is everywhere, and near to nothing.
_WIDE_KM = 250.0
# A book names more places than tell where one of them is.
_MOST_ANCHORS = 200
_LONGEST_GAP = 60
# A member of an enum takes longer to look up than a global.
_AREA, _HISTORIC = PlaceKind.AREA, NameKind.HISTORIC
_LARGE_CITY = 100_000
# Of latitude, rounded down.
_KM_PER_DEGREE = 110.5
_WORD = r"(?:(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:-[^\W\d_]+)*)"
# Those with a capital, which is no ASCII small letter and opens the word. What comes first passes over most of a text quickly.
_WITH_CAPITAL = re.compile(r"(?![ a-z])(?=[^\W\d_a-z])(?<![^\W\d_])(?<![^\W\d_]-)" + _WORD)
# What may stand between a name and the wider place around it: "Tyler, Texas", "Manbij in the northern province of Aleppo".
_WITHIN = re.compile(
    r"\s*(?:,|\(|,? (?:a|the) [\w-]+(?: [\w-]+)? (?:in|of))?\s*(?:(?:in|of|inside|within|near|outside)\s+)?(?:the\s+)?"
    r"(?:[\w-]+ern\s+|central\s+|rural\s+|north\s+|south\s+|east\s+|west\s+|neighbou?ring\s+|nearby\s+|occupied\s+|breakaway\s+)*\s*"
)
_APART = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s+and\s+|\s*[&/;]\s*|\s+or\s+)\s*(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of where it is, leaving aside what one of its names adds by itself.

    `countries` weighs each country that it speaks of, `total` is the sum, and `wars` are those that it can be about: fought between
    countries two of which it speaks of.
    """

    countries: Mapping[str, float]
    total: float
    wars: tuple[Theatre, ...]


@dataclass(slots=True)
class Evidence:
    """What is known of a report's whereabouts.

    `wars` are those that were fought on its day. `said` weighs the countries that its words name; `by_name` what each place name adds by
    itself, so that a name is never judged by its own weight. `anchors` are the places settled so far with the names that they were settled
    for, `divisions` the first-order divisions among them by country code and name. What has been told of a name, and which place is
    nearest, is kept until more is settled; so are the sums over all names, `_whole` with what they tell.
    """

    wars: tuple[Theatre, ...]
    said: Mapping[str, float]
    by_name: dict[str, dict[str, float]] = field(default_factory=dict)
    anchors: list[tuple[str, Place]] = field(default_factory=list)
    divisions: dict[tuple[str | None, str], set[str]] = field(default_factory=dict)
    _sums: dict[str, float] = field(default_factory=dict)
    _whole: Told | None = None
    _told: dict[str, Told] = field(default_factory=dict)
    _nearest: dict[tuple[str, str], tuple[float, Place] | None] = field(default_factory=dict)

    def apart_from(self, name: str) -> Told:
        """Tell of the report without one name; the tenth mention of a country tells less than the second."""
        told = self._told.get(name)
        if told is None:
            whole = self._whole or self._sum_up()
            own = self.by_name.get(name)
            told = self._told[name] = whole if own is None else self._without(own, whole)
        return told

    def _sum_up(self) -> Told:
        self._sums = dict(self.said)
        for weights in self.by_name.values():
            for country, weight in weights.items():
                self._sums[country] = self._sums.get(country, 0.0) + weight
        self._whole = _tell({country: _damped(weight) for country, weight in self._sums.items()}, self.wars)
        return self._whole

    def _without(self, own: Mapping[str, float], whole: Told) -> Told:
        countries = dict(whole.countries)
        for country, weight in own.items():
            rest = self._sums[country] - weight
            if rest > 0:
                countries[country] = _damped(rest)
            else:
                del countries[country]
        return _tell(countries, whole.wars)

    def nearest(self, place: Place, *, apart_from: str) -> tuple[float, Place] | None:
        """Return the closest other place of the report with its distance in km, None if there is none."""
        if not self.anchors:
            return None
        asked = apart_from, place.place_id
        if asked not in self._nearest:
            self._nearest[asked] = self._find_nearest(place, apart_from)
        return self._nearest[asked]

    def _find_nearest(self, place: Place, apart_from: str) -> tuple[float, Place] | None:
        found: tuple[float, Place] | None = None
        for name, anchor in self.anchors:
            if name == apart_from or anchor.place_id == place.place_id:
                continue
            around_km = anchor.radius_km if anchor.kind is _AREA else 0.0
            # Degrees of latitude alone often tell that another is closer.
            if found is not None and abs(anchor.lat - place.lat) * _KM_PER_DEGREE - around_km > found[0]:
                continue
            if anchor.country_code != place.country_code and is_country(anchor):
                continue
            apart_km = distance_km(anchor, place) - around_km
            if apart_km < 0.0:
                apart_km = 0.0
            if found is None or apart_km < found[0]:
                found = (apart_km, anchor)
        return found

    def names_division(self, place: Place, *, apart_from: str) -> bool:
        """Tell whether another name of the report stands for the first-order division that a place lies in."""
        names = self.divisions.get((place.country_code, place.admin1 or ""))
        return names is not None and not names <= {apart_from}

    def settle(self, settled: Sequence[tuple[str, Place]]) -> bool:
        """Let the places found so far speak for the others, and tell whether that changes anything."""
        narrow = {(name, place.place_id): place for name, place in settled if not is_wide(place)}
        often = Counter((name, place.place_id) for name, place in settled)
        anchors = sorted(narrow, key=lambda pair: -often[pair])[:_MOST_ANCHORS]
        divisions: dict[tuple[str | None, str], set[str]] = {}
        inferred = False
        for name, place in settled:
            if place.layer is Layer.AREAS and place.feature_code == "ADM1":
                divisions.setdefault((place.country_code, place.name), set()).add(name)
            if place.country_code and place.country_code not in self.by_name.get(name, {}) and not is_country(place):
                self.by_name[name] = {place.country_code: _INFERRED}
                inferred = True
        moved = divisions != self.divisions or anchors != [(name, anchor.place_id) for name, anchor in self.anchors]
        self.anchors, self.divisions = [(pair[0], narrow[pair]) for pair in anchors], divisions
        if moved:
            self._nearest.clear()
        if inferred:
            self._whole = None
            self._told.clear()
        return moved or inferred


def _damped(weight: float) -> float:
    return _NAMED * sqrt(weight / _NAMED)


def _tell(countries: Mapping[str, float], wars: Sequence[Theatre]) -> Told:
    between = tuple([war for war in wars if len(war.countries & countries.keys()) > 1])
    return Told(countries, sum(countries.values()), between)


def is_wide(place: Place) -> bool:
    return place.radius_km > _WIDE_KM and place.kind is PlaceKind.AREA


def is_country(place: Place) -> bool:
    return place.feature_code is not None and place.feature_code.startswith("PCL")


def is_settled(countries: Mapping[str, float]) -> bool:
    """Tell whether a report speaks of one country at least as much as of all others together."""
    total = sum(countries.values())
    return total >= _ENOUGH and max(countries.values()) * 2 >= total


def gather(text: str, toponyms: Sequence[Toponym], matches: Sequence[tuple[Match, ...]], *, day: date | None) -> Evidence:
    """Weigh the countries that a report speaks of, by its words and by names that can lie in one country only."""
    by_words = map(_countries_of_word, _WITH_CAPITAL.findall(text))
    by_groups = map(context_words().__getitem__, _names_of_groups().findall(text))
    said: dict[str, float] = {}
    for code in chain.from_iterable(chain(by_words, by_groups)):
        said[code] = said.get(code, 0.0) + _PEOPLE
    by_name: dict[str, dict[str, float]] = {}
    for t, found in zip(toponyms, matches, strict=True):
        states = {m.place.country_code for m in found if is_country(m.place) and m.name.kind is not _HISTORIC}
        for country in states:
            if country is not None:
                weights = by_name.setdefault(t.text, {})
                weights[country] = weights.get(country, 0.0) + _NAMED
        if t.text not in by_name and (only := _only_country(found)) is not None:
            by_name[t.text] = {only[0]: only[1]}
    return Evidence(wars=wars_on(day), said=said, by_name=by_name)


@lru_cache(maxsize=1)
def _names_of_groups() -> re.Pattern[str]:
    """Return a pattern for the names of groups and institutions that are more than one word ("Boko Haram")."""
    names = sorted((name for name in context_words() if len(re.findall(_WORD, name)) > 1), key=len, reverse=True)
    # Their first letters stand first, so that most words are passed over at once.
    letters = "".join(sorted({name[0] for name in names}))
    return re.compile(rf"(?=[{letters}])\b(?:" + "|".join(map(re.escape, names)) + r")\b")


@lru_cache(maxsize=20_000)
def _countries_of_word(word: str) -> tuple[str, ...]:
    return (*demonyms().get(word.lower(), ()), *context_words().get(word, ())) if word[0].isupper() else ()


def _only_country(found: tuple[Match, ...]) -> tuple[str, float] | None:
    """Return the one country in which all places of a name lie, or all that a checked list knows."""
    anywhere = {m.place.country_code for m in found if m.place.country_code}
    if len(anywhere) == 1:
        return anywhere.pop(), _ONLY
    checked = {m.place.country_code for m in found if m.place.country_code and m.place.layer is Layer.OVERLAY}
    return (checked.pop(), _INFERRED) if len(checked) == 1 else None


def gaps_between(toponyms: Sequence[Toponym], text: str) -> list[str]:
    """Give what stands between the wordings of each name and the next; empty where these overlap."""
    return [text[a.phrase.end : max(a.phrase.end, b.phrase.start)] for a, b in pairwise(toponyms)]


def containers(
    toponyms: Sequence[Toponym], matches: Sequence[tuple[Match, ...]], gaps: Sequence[str], in_lists: Sequence[Sequence[int]]
) -> list[int | None]:
    """Tell for each name which later name stands as the wider place around it: "Tyler, Texas", "Manbij in Aleppo province".

    Parameters
    ----------
    gaps, in_lists
        As `gaps_between` and `lists` give them.

    Returns
    -------
    positions
        The wider name's position, None where no such wording stands. A comma alone counts, but within a list only where towns and
        their states take turns, and "Concord and Lexington, Mass." puts both into the state.
    """
    # Names of one list follow each other.
    listed = {i for group in in_lists for i in group[:-1]}
    found: list[int | None] = [None] * len(toponyms)
    for i, gap in enumerate(gaps):
        after = toponyms[i + 1]
        if len(gap) > _LONGEST_GAP or not _WITHIN.fullmatch(gap) or after.phrase.start < toponyms[i].span.end:
            continue
        # "the Red Sea port of Hodeidah" puts nothing into Hodeidah.
        if not gap.strip() and (after.phrase.start != after.span.start or any(is_country(m.place) for m in matches[i])):
            continue
        in_list = (i - 1 in listed and "," in gaps[i - 1]) or i + 1 in listed
        if not (gap.strip() == "," and in_list and not _pairs_up(gaps, i)):
            found[i] = i + 1
    for group in in_lists:
        _pair_in_list(group, matches, found, before_last=gaps[group[-1] - 1].strip())
    return found


def _pair_in_list(group: Sequence[int], matches: Sequence[tuple[Match, ...]], found: list[int | None], *, before_last: str) -> None:
    """Read "Perth, Australia, and Perth, Scotland" in pairs, and "Concord and Lexington, Mass." as two towns of one state."""
    states = [_names_state(matches[i]) for i in group]
    if len(group) >= 4 and states == [False, True] * (len(group) // 2):
        pairs = list(zip(group[::2], group[1::2], strict=True))
        if all(_can_hold(matches[wider], matches[inner]) for inner, wider in pairs):
            for inner, wider in pairs:
                found[inner] = wider
    elif before_last == "," and states[-1] and not any(states[:-1]) and all(_can_hold(matches[group[-1]], matches[i]) for i in group[:-1]):
        for i in group[:-1]:
            found[i] = group[-1]


def _names_state(found: tuple[Match, ...]) -> bool:
    return any(_is_state(m) for m in found) and not any(m.place.kind is PlaceKind.POINT and m.exact and _is_large(m.place) for m in found)


def _is_state(match: Match) -> bool:
    code = match.place.feature_code or ""
    return match.exact and match.name.kind is not NameKind.HISTORIC and (code.startswith("PCL") or code == "ADM1")


def _is_large(place: Place) -> bool:
    return place.feature_code == "PPLC" or (place.population or 0) >= _LARGE_CITY


def _can_hold(wider: tuple[Match, ...], inner: tuple[Match, ...]) -> bool:
    """Tell whether one of the places of a name lies in one of the states of another."""
    states = [m.place for m in wider if _is_state(m)]
    return any(m.exact and m.place.kind is PlaceKind.POINT and any(lies_within(m.place, s) for s in states) for m in inner)


def lies_within(place: Place, wider: Place) -> bool:
    """Tell whether a place lies in a wider one, by its codes where both have them, else by distance."""
    if wider.country_code is not None and place.country_code is not None and wider.country_code != place.country_code:
        return False
    if is_country(wider):
        return wider.country_code == place.country_code
    if (wider.feature_code or "") == "ADM1" and wider.layer is Layer.AREAS and place.admin1 is not None:
        return place.admin1 == wider.name
    return distance_km(wider, place) <= wider.radius_km + place.radius_km


def lists(gaps: Sequence[str]) -> list[list[int]]:
    """Give the positions of names that stand in one list, by what stands between each and the next: "Georgia, Oklahoma and Texas".

    Names in no list are left out.
    """
    found: list[list[int]] = []
    goes_on = False
    for i, gap in enumerate(gaps):
        if not _APART.fullmatch(gap):
            goes_on = False
        elif goes_on:
            found[-1].append(i + 1)
        else:
            found.append([i, i + 1])
            goes_on = True
    return found


def _pairs_up(gaps: Sequence[str], i: int) -> bool:
    """Tell "in Pandi, Bulacan and Rome, Italy" and "Buffalo, New York, United States" from a plain list, by what parts the pairs."""
    before, after = (gaps[i - 1].strip() if i else ""), (gaps[i + 1].strip() if i + 1 < len(gaps) else "")
    return ";" in before or ";" in after or (before in {"", "and"} and after in {"", "and"})
