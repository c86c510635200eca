"""Tells which place of the gazetteer each place name of a report stands for: all names of a report together, by its own context.

A candidate is scored by the standing of the name that matched, by what kind of place the words want, by the countries that the report
speaks of, by a wider place named around it, by its distance to the report's other places, and last and least by how many people live
there. Population never outweighs context. Where two places far apart come out alike, the name stays unresolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from gazetteer import Gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import Layer, Match, NameKind, Place, PlaceKind
from geo.model import Article, Resolution, ResolutionMethod, RunnerUp, Toponym
from geo.places.candidates import Candidate, famous_among, score, step_back_behind_cities
from geo.places.evidence import Evidence, containers, gather, is_country, is_settled, is_wide, lies_within, lists
from geo.places.ground import around_seat
from geo.places.words import cues, grammar, well_known

# Candidates closer than this are one place for a reader of a map.
_SAME_KM = 25.0
# The lead that the best candidate needs over one that lies elsewhere, without context to tell them apart.
_LEAD = 0.12
# With this lead a name helps to settle the others.
_SURE_LEAD = 0.25
# A place that a report can name without a word of its country.
_BEST_KNOWN, _WELL_KNOWN, _TOWN, _SMALL_TOWN, _FAR_KM = 1_000_000, 500_000, 50_000, 15_000, 300.0
# How far from a place of the report a word may be another's name, though nothing says that it is one.
_AROUND_KM = 60.0
# The share of a report's words on countries below which one is only named in passing.
_MAIN_SHARE = 0.4
# A village with a name alike in another romanisation is the one that is meant only where the report is.
_LOOSE_KM = 150.0
_ROUNDS, _STEPS_OUT = 3, 3
_BEST_SCORE = 5.0
_AGREEING, _LENT, _OFFICE = 0.7, 1.0, 0.6
# No quarter of a city has so many people and a city's name.
_QUARTERS, _TOO_LARGE = frozenset({"neighbourhood", "neighborhood", "quarter"}), 200_000
_NEXT_WORD = re.compile(r"(?:['’]s)?,?\s+(\w+)")
_COUNTRY_NAMES: WeakKeyDictionary[Gazetteer, dict[str, str]] = WeakKeyDictionary()
_HOLDERS, _AROUND_TOWNS = grammar("of_divisions"), grammar("around_towns")


@dataclass(slots=True)
class _Report:
    """A report under way: its names, the entries of each, and which name stands within which."""

    text: str
    toponyms: Sequence[Toponym]
    matches: Sequence[tuple[Match, ...]]
    within: Sequence[int | None]
    evidence: Evidence
    names_of: Mapping[str, str]
    # By the position of a name that stands around others, the positions of those.
    around: Mapping[int, Sequence[int]]
    gazetteer: Gazetteer
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


def resolve(toponyms: Sequence[Toponym], *, article: Article, gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Resolve all place names of a report together.

    Parameters
    ----------
    toponyms
        The names of the article's text, in order.
    article
        Its text and title tell the context; its day tells which names were in use.

    Returns
    -------
    resolutions
        One a name, in the same order, without the tentative names that the report is not near to. A name that is not found, or that the
        report does not tell apart, has no place and a reason.
    """
    firm = [t for t in toponyms if not t.tentative]
    report = _settle(firm, article=article, gazetteer=gazetteer)
    if len(firm) < len(toponyms):
        kept = [t for t in toponyms if not t.tentative or _is_around(t, report)]
        report = _settle(kept, article=article, gazetteer=gazetteer) if len(kept) > len(firm) else report
    return tuple(_resolution(report, i) for i in range(len(report.toponyms)))


def _settle(toponyms: Sequence[Toponym], *, article: Article, gazetteer: Gazetteer) -> _Report:
    """Rank the candidates of all names until they no longer change each other's order."""
    text = article.text
    matches = [_look_up(t, text, gazetteer) for t in toponyms]
    evidence = gather(f"{article.title or ''}\n{text}", toponyms, matches, day=article.day)
    within, in_lists = containers(toponyms, text, matches), lists(toponyms, text)
    names_of = _names_of_countries(matches, gazetteer)
    around: dict[int, list[int]] = {}
    for i, position in enumerate(within):
        if position is not None:
            around.setdefault(position, []).append(i)
    report = _Report(text, toponyms, matches, within, evidence, names_of, around, gazetteer)
    for _ in range(_ROUNDS):
        report.ranked = _rank_all(report)
        _agree_in_lists(report, in_lists)
        evidence.settle([(t.text, r[0].place) for t, r in zip(toponyms, report.ranked, strict=True) if r and _is_sure(r)])
    _keep_one_sense(report)
    return report


def _is_around(toponym: Toponym, report: _Report) -> bool:
    """Tell whether a town of a tentative name lies where the report is."""
    for m in report.gazetteer.find(toponym.text, loose=False):
        if m.exact and m.place.kind is PlaceKind.POINT and m.name.kind in {NameKind.PRIMARY, NameKind.OFFICIAL}:
            nearest = report.evidence.nearest(m.place, apart_from=toponym.text)
            if nearest is not None and nearest[0] <= _AROUND_KM and nearest[1].kind is PlaceKind.POINT:
                return True
    return False


def _look_up(toponym: Toponym, text: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Find what a name may stand for, and what the name has with its cue: "Erbil airport" is an entry of its own beside Erbil."""
    found = gazetteer.find(toponym.text)
    if toponym.phrase.end > toponym.span.end:
        whole = gazetteer.find(text[toponym.span.start : toponym.phrase.end], loose=False)
        known = {m.place.place_id for m in whole}
        return (*whole, *(m for m in found if m.place.place_id not in known)) if whole else found
    return found


def _names_of_countries(matches: Sequence[tuple[Match, ...]], gazetteer: Gazetteer) -> dict[str, str]:
    known = _COUNTRY_NAMES.setdefault(gazetteer, {})
    for code in {m.place.country_code for found in matches for m in found}:
        if code is not None and code not in known:
            place = gazetteer.get(f"country:{code}")
            known[code] = place.name if place is not None else code
    return known


def _rank_all(report: _Report) -> list[list[Candidate]]:
    """Rank the candidates of each name; names alike in the same surroundings are ranked once."""
    done: dict[tuple[str, str | None, str | None, bool], list[Candidate]] = {}
    ranked = []
    for i, t in enumerate(report.toponyms):
        wider = report.wider(i)
        if i in report.around:
            ranked.append(_rank(report, i, wider=wider))
            continue
        key = (t.text, t.cue, wider.place_id if wider is not None else None, _heads_office(report, i))
        if key not in done:
            done[key] = _rank(report, i, wider=wider)
        ranked.append(list(done[key]))
    return ranked


def _rank(report: _Report, i: int, *, wider: Place | None) -> list[Candidate]:
    toponym = report.toponyms[i]
    countries = report.evidence.countries(apart_from=toponym.text)
    found = report.matches[i]
    wars = report.evidence.theatres(countries)
    famous = famous_among(found) or _well_known(toponym.text, found)
    candidates = []
    for m in found:
        weighed = score(
            toponym,
            m,
            report.evidence,
            countries=countries,
            wider=wider,
            names_of=report.names_of,
            wars=wars,
            famous=m in famous,
            overshadowed=any(o is not m for o in famous),
        )
        candidates.append(weighed)
    if _heads_office(report, i):
        for c in candidates:
            c.score += _OFFICE if c.place.kind is PlaceKind.AREA else 0.0
    elif not _wants_area(toponym) and i not in report.around:
        step_back_behind_cities(candidates)
    _lend_from_within(report, i, candidates)
    candidates.sort(key=lambda c: -c.score)
    return candidates


def _wants_area(toponym: Toponym) -> bool:
    cue = cues().get(toponym.cue) if toponym.cue else None
    return cue is not None and cue.kind == "area" and toponym.cue not in _AROUND_TOWNS


def _well_known(name: str, found: Sequence[Match]) -> list[Match]:
    """Give the place that world news means by a name like Geneva: the largest town that bears it."""
    if name not in well_known():
        return []
    towns = [m for m in found if m.exact and m.place.kind is PlaceKind.POINT and m.name.kind is not NameKind.HISTORIC]
    return [max(towns, key=lambda m: m.place.population or 0)] if towns else []


def _heads_office(report: _Report, i: int) -> bool:
    """Tell "New York Governor": here the division is meant, whatever city has its name."""
    following = _NEXT_WORD.match(report.text, report.toponyms[i].span.end)
    return following is not None and following.group(1).lower() in _HOLDERS


def _lend_from_within(report: _Report, i: int, candidates: list[Candidate]) -> None:
    """Let "Athens, Georgia" speak for the Georgia that has an Athens in it."""
    for k in report.around.get(i, ()):
        if not report.ranked or not report.ranked[k]:
            continue
        for c in candidates:
            if any(x.match.exact and _holds(c.place, x.place) for x in report.ranked[k]):
                c.score += _LENT


def _holds(wider: Place, place: Place) -> bool:
    """Tell whether a place lies in an area, or in or beside a city: "Kibera, Nairobi"."""
    if place.place_id == wider.place_id:
        return False
    return lies_within(place, wider) if wider.kind is PlaceKind.AREA else distance_km(place.point, wider.point) <= _SAME_KM


def _agree_in_lists(report: _Report, in_lists: Sequence[Sequence[int]]) -> None:
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
                again.append(replace(c, score=c.score + _AGREEING * agreeing / others))
            report.ranked[i] = sorted(again, key=lambda c: -c.score)


def _kind(place: Place) -> tuple[str, str | None]:
    """Tell countries, divisions of one country, and places of one country apart."""
    if is_country(place):
        return "country", None
    return ("division" if place.kind is PlaceKind.AREA else "point"), place.country_code


def _is_sure(ranked: list[Candidate]) -> bool:
    rival = _rival(ranked)
    return rival is None or ranked[0].score - rival.score >= _SURE_LEAD


def _rival(ranked: list[Candidate]) -> Candidate | None:
    """Return the best candidate that is another place than the first."""
    best = ranked[0].place
    for c in ranked[1:]:
        # Whoever reads of Ukraine is not helped by a hamlet that somebody once called so.
        odd = is_country(best) and c.place.layer is Layer.BASE and c.match.name.kind is not NameKind.PRIMARY
        if c.place.place_id != best.place_id and not odd and not _is_twin(c.place, best):
            return c
    return None


def _is_twin(one: Place, two: Place) -> bool:
    """Tell two entries for one place apart from two places: a town and the area named after it."""
    return distance_km(one.point, two.point) <= max(_SAME_KM, one.radius_km, two.radius_km) and one.country_code == two.country_code


def _keep_one_sense(report: _Report) -> None:
    """Give a name the country that the same name has elsewhere in the report where the words beside it tell."""
    told: dict[str, Candidate] = {}
    for i, t in enumerate(report.toponyms):
        best, wider = report.best(i), report.wider(i)
        if best is None:
            continue
        called = _wants_area(t) and best.place.kind is PlaceKind.AREA
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


def _resolution(report: _Report, i: int) -> Resolution:
    toponym, ranked = report.toponyms[i], report.ranked[i]
    if not ranked:
        return Resolution(toponym=toponym, place=None, why=f"No layer of the gazetteer knows “{toponym.text}”.")
    doubt = _doubt(report, i)
    if doubt is not None:
        return Resolution(toponym=toponym, place=None, why=f"“{toponym.text}”: {doubt}.", candidates=len(ranked))
    best, rival = ranked[0], _rival(ranked)
    alone = "it is the country of that name" if is_country(best.place) else "it is the only place of that name"
    reasons = best.reasons or [alone if rival is None or is_country(best.place) else "it is the best known place of that name"]
    why = f"{_label(best.place, report)}: {'; '.join(reasons)}."
    runner_up = None
    if rival is not None:
        apart = distance_km(rival.place.point, best.place.point)
        runner_up = RunnerUp(place=rival.place, score=_unit(rival.score), distance_km=round(apart, 1))
        why += f" Runner-up: {_label(rival.place, report)}, {apart:.0f} km away."
    method = ResolutionMethod.OVERLAY if best.place.layer is Layer.OVERLAY else ResolutionMethod.GAZETTEER
    # Only the entry that is shown needs both sides' names.
    place = (report.gazetteer.get(best.place.place_id) if best.place.layer is Layer.OVERLAY else None) or best.place
    if (
        (_wants_area(toponym) or toponym.cue in _AROUND_TOWNS)
        and not _is_quarter(report, i, place)
        and (ground := around_seat(place, toponym.cue or "")) is not None
    ):
        place, why = ground.place, f"{why} An area of {ground.place.radius_km:g} km around: {ground.how}."
    return Resolution(
        toponym=toponym, place=place, why=why, method=method, score=_unit(best.score), runner_up=runner_up, candidates=len(ranked)
    )


def _is_quarter(report: _Report, i: int, place: Place) -> bool:
    """Tell the districts of a city from those of a country."""
    if place.kind is PlaceKind.AREA or place.feature_code == "PPLX":
        return True
    nearest = report.evidence.nearest(place, apart_from=report.toponyms[i].text)
    return nearest is not None and nearest[1].kind is PlaceKind.POINT and nearest[0] <= nearest[1].radius_km


def _doubt(report: _Report, i: int) -> str | None:
    """Say why even the best candidate cannot be meant: it ties, the report puts the name elsewhere, or never speaks of that country."""
    toponym, best, rival = report.toponyms[i], report.ranked[i][0], _rival(report.ranked[i])
    place = best.place
    countries = report.evidence.countries(apart_from=toponym.text)
    one_of_many = place.layer is Layer.BASE and not best.is_its_name and (place.population or 0) < _BEST_KNOWN
    hardly = best.is_loose or (one_of_many and bool(countries))
    if hardly and not countries.get(place.country_code or "") and place.layer is not Layer.OVERLAY and toponym.text not in well_known():
        return f"only {_label(place, report)}, has a name like it, and nothing in the report speaks of that country"
    nearest = report.evidence.nearest(place, apart_from=toponym.text)
    if hardly and nearest is not None and nearest[0] > _LOOSE_KM and (place.population or 0) < _SMALL_TOWN:
        return f"only {_label(place, report)}, has a name like it, {nearest[0]:.0f} km from the other places of the report"
    wider = report.wider(i)
    if wider is not None and not is_country(place) and not lies_within(place, wider) and not is_wide(place):
        apart = distance_km(wider.point, place.point)
        if apart > wider.radius_km + place.radius_km + _SAME_KM:
            return f"the report puts it in {wider.name}, and the one that is known, {_label(place, report)}, lies {apart:.0f} km from there"
    # "A neighbourhood of Aleppo" is Aleppo's, "the Aleppo neighbourhood" is one.
    is_one = toponym.cue in _QUARTERS and toponym.phrase.end > toponym.span.end
    if is_one and (place.population or 0) >= _TOO_LARGE and place.kind is PlaceKind.POINT:
        return f"the report calls it a {toponym.cue}, and the one that is known, {_label(place, report)}, is a city"
    if rival is not None and best.score - rival.score < _LEAD and set(best.reasons) <= set(rival.reasons):
        apart = distance_km(rival.place.point, place.point)
        if apart > max(_SAME_KM, place.radius_km + rival.place.radius_km):
            both = f"{_label(place, report)}, and {_label(rival.place, report)}, {apart:.0f} km apart"
            return f"{len(report.ranked[i])} places have that name; {both}, fit the report alike"
    return _strays(report, i, countries)


def _strays(report: _Report, i: int, countries: Mapping[str, float]) -> str | None:
    toponym, place = report.toponyms[i], report.ranked[i][0].place
    nearest = report.evidence.nearest(place, apart_from=toponym.text)
    is_known = is_country(place) or place.feature_code == "PPLC" or (place.population or 0) >= _WELL_KNOWN or place.country_code is None
    spoken_of = countries.get(place.country_code or "", 0.0)
    # A report that names the United States in passing means none of its villages.
    in_passing = spoken_of < _MAIN_SHARE * sum(countries.values()) and (nearest is None or nearest[0] > _FAR_KM)
    if is_known or (spoken_of and not (in_passing and report.wider(i) is None and place.layer is not Layer.OVERLAY)):
        return None
    is_small = toponym.cue in cues() or (place.kind is PlaceKind.POINT and (place.population or 0) < _SMALL_TOWN)
    if nearest is None and is_small and countries and place.layer is not Layer.OVERLAY:
        return f"the one that is known, {_label(place, report)}, lies in a country that the report never speaks of"
    is_town = place.kind is PlaceKind.POINT and (place.population or 0) < _TOWN
    if nearest is None or not (is_settled(countries) or (spoken_of and is_town)):
        return None
    if nearest[0] > _FAR_KM and (is_small or (spoken_of and is_town)):
        spoken = f"lies {nearest[0]:.0f} km from the other places of a report that hardly speaks of that country"
        return f"the one that is known, {_label(place, report)}, {spoken}"
    return None


def _unit(value: float) -> float:
    return round(max(0.0, min(1.0, value / _BEST_SCORE)), 3)


def _label(place: Place, report: _Report) -> str:
    country = report.names_of.get(place.country_code, place.country_code) if place.country_code else None
    parts = [place.name, *(p for p in (place.admin1, country) if p and p != place.name)]
    return ", ".join(parts)
