"""The places that a report has told of: where "the city", "there" and a strike told without a place were."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from gazetteer.model import PlaceKind
from geo.claims.drafts import Draft
from geo.claims.named import Named
from geo.claims.parties import capitals
from geo.claims.sentence import Sentence
from geo.claims.struck import Struck
from geo.model import Resolution, Role, Span

# Inhabitants of a place that reports call a city.
_CITY = 50_000
# For how many sentences a place left unsaid, and a place called "the city", are kept in mind.
_PLACE_REACH, _ANAPHORA_REACH = 2, 8
_LONG_AGO = -99


class ToldPlaces:
    """The places told of up to one point of a report."""

    def __init__(self, title: Callable[[], tuple[Resolution, ...]], *, named: Iterable[Resolution], home: str | None) -> None:
        self._capitals = [r for r in named if _is_capital(r)]
        self._home = home
        self._title: Callable[[], tuple[Resolution, ...]] | None = title
        self._towns: list[Named] = []
        self._containers: dict[str, list[Named]] = {}
        self._last_place: Struck | None = None
        self._last_place_index = _LONG_AGO
        self._last_struck_town: Struck | None = None
        self._of_line: Struck | None = None

    def begin_at(self, place: Struck | None, index: int) -> None:
        """Begin anew with a sentence: at its own place, or nowhere."""
        self._last_place, self._last_place_index = place, index

    def begin_line(self, place: Struck | None, index: int) -> bool:
        """Begin a line of a bulletin at its own place; tell whether the line before had the same."""
        last, self._of_line = self._of_line, place
        self.begin_at(place, index)
        if place is None or last is None:
            return False
        one, two = last.head.resolution, place.head.resolution
        return one.toponym.text == two.toponym.text if one.place is None or two.place is None else one.place.place_id == two.place.place_id

    def find(self, sentence: Sentence, *, is_later_day: bool) -> Struck | None:
        """Find the place of a strike whose sentence names none: where its speaker has his seat, or the town told of before."""
        self._read_title()
        anaphora = sentence.anaphora
        if anaphora is not None and sentence.report[: anaphora.end].endswith("capital"):
            return self._capital_meant(sentence, anaphora)
        near = sentence.index - self._last_place_index
        of_town = (n for i, n in enumerate(sentence.named) if sentence.roles[i] is Role.SPEAKER and n.governor.startswith("of "))
        seat = next((n for n in of_town if _is_town(n)), None)
        if anaphora and seat is not None and (self._last_place is None or near > _PLACE_REACH):
            # "The mayor of X said missiles had hit the city"
            return Struck(head=seat)
        if self._last_place is not None and ((anaphora and near <= _ANAPHORA_REACH) or (near <= _PLACE_REACH and not is_later_day)):
            if anaphora is not None and self._last_place.head.place is None and not self._last_place.containers:
                # "in the same town" after a checkpoint that no layer knows
                return self._last_struck_town
            is_city = anaphora is not None and "city" in sentence.report[anaphora.start : anaphora.end].lower()
            return (self._last_city() if is_city else None) or self._last_place
        return None

    def _read_title(self) -> None:
        """Take the town of the title for the place told of, until the text tells of one."""
        if self._title is None or self._last_place is not None:
            return
        towns = [r for r in self._title() if r.place is not None and r.place.kind is PlaceKind.POINT]
        if towns:
            self._last_place, self._last_place_index = Struck(head=Named(resolution=towns[0], first=0, last=0, governor="title")), 0
        self._title = None

    def _capital_meant(self, sentence: Sentence, words: Span) -> Struck | None:
        """Find the town that "the capital" and "the Afghan capital" mean: the one that the report names; none is guessed."""
        inside = [m.party for m in sentence.parties if words.start <= sentence.words[m.first].start < words.end]
        country = inside[0].country if inside else self._home
        towns = {r.place.place_id: r for r in self._capitals if r.place is not None and r.place.country_code == country}
        return Struck(head=Named(resolution=towns.popitem()[1], first=0, last=0, governor="in")) if len(towns) == 1 else None

    def _last_city(self) -> Struck | None:
        """Choose the place that "the city" means: the last city, not the village told of after it."""
        for name in reversed(self._towns):
            town = replace(name, ground=None)
            if town.place is not None and (town.place.population or 0) >= _CITY:
                return Struck(head=town)
        return None

    def place_in_container(self, struck: Struck) -> None:
        """Keep in mind where the report puts a quarter that no layer knows, for the sentences that only name it, or place it there."""
        if struck.head.place is None:
            name = struck.head.resolution.toponym.text.casefold()
            if struck.containers:
                self._containers.setdefault(name, struck.containers)
            else:
                struck.containers.extend(self._containers.get(name, ()))

    def remember(self, sentence: Sentence, told: list[Draft]) -> None:
        """Keep in mind where the strikes of a sentence were, or the town that it tells of."""
        self._towns.extend(n for i, n in enumerate(sentence.named) if sentence.roles[i] is not Role.SPEAKER and _is_town(n))
        struck = [d.struck for d in told if d.struck is not None and not d.carried_place]
        if struck:
            self._last_place, self._last_place_index = struck[0], sentence.index
            self._last_struck_town = next((one for one in struck if _is_town(one.head)), self._last_struck_town)
            return
        towns = [
            n
            for i, n in enumerate(sentence.named)
            if sentence.roles[i] is Role.BACKGROUND and _is_town(n) and n.governor != "subject" and not _opens_report(n, sentence.report)
        ]
        if towns:
            self._read_title()
        if towns and sentence.index - self._last_place_index > 1:
            self._last_place, self._last_place_index = Struck(head=towns[0]), sentence.index


def _is_town(name: Named) -> bool:
    """Tell a town from a wider place, also where the strike was only near it: the report then goes on about that town."""
    place = name.resolution.place
    return place is not None and place.kind is PlaceKind.POINT and name.other is None


def _opens_report(name: Named, report: str) -> bool:
    """Tell "Beirut- Opposition groups ...", where a report was written, from "Beirut-based"."""
    after = report[name.resolution.toponym.span.end :][:3].lstrip()
    return after[:1] in {"-", "–", "—"} and not after[1:2].islower()


def _is_capital(resolution: Resolution) -> bool:
    place = resolution.place
    if place is None or place.kind is not PlaceKind.POINT or place.country_code is None:
        return False
    return resolution.toponym.text.casefold() in capitals().get(place.country_code, ())
