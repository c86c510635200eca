"""Ranks what each place name of a report may stand for: all names of a report together, by its own context.

A candidate is scored by the standing of the name that matched, by what kind of place the words want, by the countries that the report
speaks of, by a wider place named around it, by its distance to the report's other places, and last and least by how many people live
there. Population never outweighs context.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from weakref import WeakKeyDictionary

from gazetteer import Gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import Layer, Match, NameKind, Place, PlaceKind
from geo.model import Article, Toponym
from geo.places.candidates import Bearer, Candidate, bearers, step_back_behind_cities, weigh
from geo.places.evidence import Evidence, containers, gaps_between, gather, is_country, lies_within, lists
from geo.places.words import cues, grammar

SAME_KM = 25.0
"""Candidates closer than this are one place for a reader of a map."""
# With this lead a name helps to settle the others.
_SURE_LEAD = 0.25
_ROUNDS, _STEPS_OUT = 3, 3
_AGREEING, _LENT, _OFFICE = 0.7, 1.0, 0.6
_NEXT_WORD = re.compile(r"(?:['’]s)?,?\s+(\w+)")
_COUNTRY_NAMES: WeakKeyDictionary[Gazetteer, dict[str, str]] = WeakKeyDictionary()
_SCORE = attrgetter("score")
_HOLDERS, AROUND_TOWNS = grammar("of_divisions"), grammar("around_towns")


@dataclass(slots=True)
class Report:
    """A report under way: its names, what bears each, and which name stands within which."""

    text: str
    toponyms: Sequence[Toponym]
    bearers: Sequence[Sequence[Bearer]]
    within: Sequence[int | None]
    evidence: Evidence
    # By the position of a name that stands around others, the positions of those.
    around: Mapping[int, Sequence[int]]
    # The positions of names that head an office.
    offices: Collection[int]
    gazetteer: Gazetteer
    # By their codes, as far as they have been asked for.
    country_names: dict[str, str]
    ranked: list[list[Candidate]] = field(default_factory=list)

    def best(self, i: int) -> Candidate | None:
        return self.ranked[i][0] if i < len(self.ranked) and self.ranked[i] else None

    def wider(self, i: int) -> Place | None:
        """Return the settled wider place around a name, None without."""
        position = self.within[i]
        for _ in range(_STEPS_OUT):
            if position is None:
                break
            found = self.best(position)
            if found is not None and found.place.kind is PlaceKind.AREA:
                return found.place
            # In "Austin, in Scott County, Indiana" the county may be unknown and the state still tell.
            position = self.within[position]
        return None

    def country_name(self, code: str) -> str:
        """Give a country's name; its code where the gazetteer has none."""
        name = self.country_names.get(code)
        if name is None:
            place = self.gazetteer.get(f"country:{code}")
            name = self.country_names[code] = place.name if place is not None else code
        return name

    def label(self, place: Place) -> str:
        """Name a place with its division and country."""
        country = self.country_name(place.country_code) if place.country_code else None
        return ", ".join([place.name, *(part for part in (place.admin1, country) if part and part != place.name)])


def settle(toponyms: Sequence[Toponym], *, article: Article, gazetteer: Gazetteer) -> Report:
    """Rank the candidates of all names until they no longer change each other's order."""
    text = article.text
    borne_by = _find_bearers(toponyms, article=article, gazetteer=gazetteer)
    matches = [tuple([b.match for b in found]) for found in borne_by]
    evidence = gather(f"{article.title or ''}\n{text}", toponyms, matches, day=article.day)
    gaps = gaps_between(toponyms, text)
    in_lists = lists(gaps)
    within = containers(toponyms, matches, gaps, in_lists)
    around: dict[int, list[int]] = {}
    for i, position in enumerate(within):
        if position is not None:
            around.setdefault(position, []).append(i)
    offices = {i for i, t in enumerate(toponyms) if _heads_office(text, t)}
    report = Report(text, toponyms, borne_by, within, evidence, around, offices, gazetteer, _COUNTRY_NAMES.setdefault(gazetteer, {}))
    for turn in range(_ROUNDS):
        before = [r[0].place.place_id if r else None for r in report.ranked]
        report.ranked = _rank_all(report)
        _agree_in_lists(report, in_lists)
        is_news = evidence.settle([(t.text, r[0].place) for t, r in zip(toponyms, report.ranked, strict=True) if r and _is_sure(r)])
        # A name is judged by what is settled, and by the best of those that stand around and within it. The first round weighs not all.
        if turn > 0 and not is_news and (not around or before == [r[0].place.place_id if r else None for r in report.ranked]):
            break
    _keep_one_sense(report)
    return report


def _find_bearers(toponyms: Sequence[Toponym], *, article: Article, gazetteer: Gazetteer) -> list[list[Bearer]]:
    """Find and weigh what bears each name. A name that comes again in the same wording is looked up and weighed once."""
    known: dict[tuple[str, str | None, str], list[Bearer]] = {}
    borne_by = []
    for t in toponyms:
        has_cue_behind = t.cue is not None and t.phrase.end > t.span.end
        as_written = article.text[t.span.start : t.phrase.end] if has_cue_behind else ""
        wording = t.text, t.cue, as_written
        if wording not in known:
            known[wording] = bearers(t, _look_up(t, as_written, gazetteer), day=article.day)
        borne_by.append(known[wording])
    return borne_by


def _look_up(toponym: Toponym, as_written: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Find what a name may stand for, and what the name has with its cue: "Erbil airport" is an entry of its own beside Erbil."""
    found = gazetteer.find(toponym.text)
    if toponym.cue is None:
        return found
    # "the district of Volnovakha", "the Bakhmut and Kramatorsk districts"
    as_titled = f"{toponym.text} {toponym.cue}" if wants_area(toponym) else ""
    whole = gazetteer.find(as_written, loose=False) or gazetteer.find(as_titled, loose=False)
    known = {m.place.place_id for m in whole}
    return (*whole, *(m for m in found if m.place.place_id not in known)) if whole else found


def _rank_all(report: Report) -> list[list[Candidate]]:
    """Rank the candidates of each name; names alike in the same surroundings are ranked once.

    The only place of a name is not weighed before the others have been ranked: it can settle them as it stands.
    """
    done: dict[tuple[str, str | None, str | None, bool], list[Candidate]] = {}
    ranked = []
    for i, t in enumerate(report.toponyms):
        if not report.ranked and len(report.bearers[i]) == 1:
            only = report.bearers[i][0]
            ranked.append([Candidate(only, only.place, only.score, [])])
            continue
        wider = report.wider(i)
        if i in report.around:
            ranked.append(_rank(report, i, wider=wider))
            continue
        key = (t.text, t.cue, wider.place_id if wider is not None else None, i in report.offices)
        if key not in done:
            done[key] = _rank(report, i, wider=wider)
        ranked.append(list(done[key]))
    return ranked


def _rank(report: Report, i: int, *, wider: Place | None) -> list[Candidate]:
    toponym = report.toponyms[i]
    name, evidence, country_name = toponym.text, report.evidence, report.country_name
    told = evidence.apart_from(name)
    candidates = [weigh(bearer, name, evidence, told, wider=wider, country_name=country_name) for bearer in report.bearers[i]]
    if i in report.offices:
        for c in candidates:
            c.score += _OFFICE if c.place.kind is PlaceKind.AREA else 0.0
    elif not wants_area(toponym) and i not in report.around:
        step_back_behind_cities(candidates)
    _lend_from_within(report, i, candidates)
    candidates.sort(key=_SCORE, reverse=True)
    return candidates


def wants_area(toponym: Toponym) -> bool:
    cue = cues().get(toponym.cue) if toponym.cue else None
    return cue is not None and cue.kind == "area" and toponym.cue not in AROUND_TOWNS


def _heads_office(text: str, toponym: Toponym) -> bool:
    """Tell "New York Governor": here the division is meant, whatever city has its name."""
    following = _NEXT_WORD.match(text, toponym.span.end)
    return following is not None and following.group(1).lower() in _HOLDERS


def _lend_from_within(report: Report, i: int, candidates: list[Candidate]) -> None:
    """Let "Athens, Georgia" speak for the Georgia that has an Athens in it."""
    for k in report.around.get(i, ()):
        if not report.ranked or not report.ranked[k]:
            continue
        for c in candidates:
            if any(x.bearer.match.exact and _holds(c.place, x.place) for x in report.ranked[k]):
                c.score += _LENT


def _holds(wider: Place, place: Place) -> bool:
    """Tell whether a place lies in an area, or in or beside a city: "Kibera, Nairobi"."""
    if place.place_id == wider.place_id:
        return False
    return lies_within(place, wider) if wider.kind is PlaceKind.AREA else distance_km(place, wider) <= SAME_KM


def _agree_in_lists(report: Report, in_lists: Sequence[Sequence[int]]) -> None:
    """Read the names of one list as places of one kind: in "Georgia, Oklahoma and Texas" Georgia is a state of the US."""
    for group in in_lists:
        kinds = {report.toponyms[i].text: _kind(report.ranked[i][0].place) for i in group if report.ranked[i]}
        of_kind = Counter(kinds.values())
        for i in group:
            own = kinds.get(report.toponyms[i].text)
            others = len(kinds) - 1
            if own is None or others < min(2, len(group) - 1):
                continue
            again = []
            for c in report.ranked[i]:
                kind = _kind(c.place)
                # Towns of many countries stand in one list; states of a country and countries keep to themselves.
                agreeing = 0 if kind[0] == "point" else of_kind[kind] - (kind == own)
                again.append(Candidate(c.bearer, c.place, c.score + _AGREEING * agreeing / others, c.reasons))
            report.ranked[i] = sorted(again, key=_SCORE, reverse=True)


def _kind(place: Place) -> tuple[str, str | None]:
    """Tell countries, divisions of one country, and places of one country apart."""
    if is_country(place):
        return "country", None
    return ("division" if place.kind is PlaceKind.AREA else "point"), place.country_code


def _is_sure(ranked: list[Candidate]) -> bool:
    if len(ranked) == 1 or ranked[0].score - ranked[1].score >= _SURE_LEAD:
        return True
    rival = find_rival(ranked)
    return rival is None or ranked[0].score - rival.score >= _SURE_LEAD


def find_rival(ranked: list[Candidate]) -> Candidate | None:
    """Return the best candidate that is another place than the first."""
    best = ranked[0].place
    for c in ranked[1:]:
        # Whoever reads of Ukraine is not helped by a hamlet that somebody once called so.
        odd = is_country(best) and c.place.layer is Layer.BASE and c.bearer.match.name.kind is not NameKind.PRIMARY
        if c.place.place_id != best.place_id and not odd and not _is_twin(c.place, best):
            return c
    return None


def _is_twin(one: Place, two: Place) -> bool:
    """Tell two entries for one place apart from two places: a town and the area named after it."""
    return one.country_code == two.country_code and distance_km(one, two) <= max(SAME_KM, one.radius_km, two.radius_km)


def _keep_one_sense(report: Report) -> None:
    """Give a name the country that the same name has elsewhere in the report where the words beside it tell."""
    told: dict[str, Candidate] = {}
    for i, t in enumerate(report.toponyms):
        best, wider = report.best(i), report.wider(i)
        if best is None:
            continue
        called = wants_area(t) and best.place.kind is PlaceKind.AREA
        if called or (wider is not None and lies_within(best.place, wider)):
            told.setdefault(t.text.casefold(), best)
    for i, t in enumerate(report.toponyms):
        ranked, other = report.ranked[i], told.get(t.text.casefold())
        if other is None or not ranked or report.wider(i) is not None or _is_twin(ranked[0].place, other.place):
            continue
        alike = [c for c in ranked if _is_twin(c.place, other.place) and c.place.kind is other.place.kind]
        if alike and (t.cue is None or alike[0].score > ranked[0].score - 1.0):
            reasons = [*alike[0].reasons, "the report says so where it names it elsewhere"]
            ranked.remove(alike[0])
            ranked.insert(0, replace(alike[0], reasons=reasons, score=max(alike[0].score, *(c.score for c in ranked), 0.0)))
