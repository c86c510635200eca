"""Tells which place of the gazetteer each place name of a report stands for: all names of a report together, by its own context.

A candidate is scored by the standing of the name that matched, by what kind of place the words want, by the countries that the report
speaks of, by a wider place named beside it, by its distance to the report's other places, and last and least by how many people live
there. Population never outweighs context. Where two places far apart come out alike, the name stays unresolved.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from gazetteer import Gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import Layer, Match, Name, NameKind, Place, PlaceKind
from geo.model import Article, Resolution, ResolutionMethod, RunnerUp, Toponym
from geo.places.words import context_words, cues, demonyms

_STANDING = {NameKind.PRIMARY: 1.0, NameKind.OFFICIAL: 0.9, NameKind.ALTERNATE: 0.65, NameKind.HISTORIC: 0.45}
# Candidates closer than this are one place for a reader of a map.
_SAME_KM = 25.0
# The lead that the best candidate needs over one that lies elsewhere, without context to tell them apart.
_LEAD = 0.12
# The distance over which another place of the report pulls.
_REACH_KM = 150.0
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROUNDS = 2
# How much a country weighs that is named, that a name can only lie in, that a name was found to lie in; and what makes a report's country sure.
_NAMED, _SURE, _INFERRED, _ENOUGH = 4, 2, 1, 6
# A place that a report can name without a word of its country.
_WELL_KNOWN = 500_000
_SMALL_TOWN = 15_000
_FAR_KM = 300.0


@dataclass(slots=True)
class _Candidate:
    match: Match
    score: float
    reasons: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.match.place


_Choices: TypeAlias = "Sequence[tuple[_Candidate | None, list[_Candidate]]]"


@dataclass(slots=True)
class _Context:
    """What a report tells of where it is.

    `said` weighs the countries that its words name; `by_name` what each place name adds when it can lie in one country only, so that a
    name is never judged by its own weight. `anchors` are the places settled so far, with the names that they were settled for.
    """

    day: date | None
    said: Counter[str]
    by_name: dict[str, Counter[str]] = field(default_factory=dict)
    anchors: list[tuple[str, Place]] = field(default_factory=list)

    def countries(self, *, apart_from: str | None = None) -> Counter[str]:
        """Return the weight of each country, leaving aside what one name itself adds."""
        total = Counter(self.said)
        for name, weights in self.by_name.items():
            if name != apart_from:
                total.update(weights)
        return total

    def nearest_km(self, place: Place, *, apart_from: str) -> float | None:
        """Return the distance to the closest other place of the report, None if there is none."""
        others = (a for name, a in self.anchors if name != apart_from and a.place_id != place.place_id)
        return min((distance_km(a.point, place.point) for a in others), default=None)


def _share(countries: Counter[str], country: str | None) -> float:
    total = countries.total()
    return countries[country] / total if country and total else 0.0


def _is_settled(countries: Counter[str]) -> bool:
    """Tell whether a report speaks of one country at least as much as of all others together."""
    return countries.total() >= _ENOUGH and countries.most_common(1)[0][1] * 2 >= countries.total()


def resolve(toponyms: Sequence[Toponym], *, article: Article, gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Resolve all place names of a report together.

    Returns
    -------
    resolutions
        One a name, in the same order. A name that is not found, or that the report does not tell apart, has no place and a reason.
    """
    matches = {t.text: gazetteer.find(t.text) for t in toponyms}
    context = _Context(day=article.day, said=_countries_said(article.text, toponyms, matches), by_name=_countries_by_name(matches))
    chosen: _Choices = []
    for _ in range(_ROUNDS):
        chosen = [_choose(i, toponyms, matches[t.text], context, article.text, chosen) for i, t in enumerate(toponyms)]
        settled = [(t.text, c.place) for t, (c, _) in zip(toponyms, chosen, strict=True) if c is not None]
        context.anchors = [(name, place) for name, place in settled if not _is_wide(place)]
        for name, place in settled:
            if place.country_code and name not in context.by_name:
                context.by_name[name] = Counter({place.country_code: _INFERRED})
    shared = _one_sense(toponyms, chosen)
    final = [shared.get(i, choice) for i, choice in enumerate(chosen)]
    doubts = [_doubt(i, toponyms, final, context, article.text) for i in range(len(final))]
    return tuple(
        _resolution(t, best, candidates, found=bool(matches[t.text]), doubt=doubt)
        for t, (best, candidates), doubt in zip(toponyms, final, doubts, strict=True)
    )


def _one_sense(toponyms: Sequence[Toponym], chosen: _Choices) -> dict[int, tuple[_Candidate | None, list[_Candidate]]]:
    """Give a name without a word for its kind the sense that the same name has elsewhere in the report where such words stand."""
    best: dict[str, tuple[_Candidate | None, list[_Candidate]]] = {}
    for t, choice in zip(toponyms, chosen, strict=True):
        if choice[0] is not None and (t.text not in best or choice[0].score > (best[t.text][0].score if best[t.text][0] else 0)):  # type: ignore[union-attr]
            best[t.text] = choice
    shared = {}
    for i, (t, choice) in enumerate(zip(toponyms, chosen, strict=True)):
        if choice[0] is None and t.text in best:
            shared[i] = best[t.text]
        elif choice[0] is not None and t.cue is None and t.text in best:
            other = best[t.text][0]
            if other is not None and distance_km(other.place.point, choice[0].place.point) > 300 and other.score > choice[0].score:
                shared[i] = best[t.text]
    return shared


def _doubt(i: int, toponyms: Sequence[Toponym], chosen: _Choices, context: _Context, text: str) -> str | None:
    """Say why even the best candidate cannot be meant: the report puts the name elsewhere, or never speaks of that country."""
    toponym, best = toponyms[i], chosen[i][0]
    if best is None:
        return None
    place = best.place
    wider = _named_beside(i, toponyms, text, chosen)
    if wider is not None and not _is_wide(wider) and not _is_wide(place):
        apart = distance_km(wider.point, place.point)
        if apart > wider.radius_km + place.radius_km + _SAME_KM:
            return f"the report puts it in {wider.name}, and the one that is known, {_label(place)}, lies {apart:.0f} km from there"
    countries = context.countries(apart_from=toponym.text)
    is_known = (
        (place.feature_code or "").startswith(("PCL", "PPLC")) or (place.population or 0) >= _WELL_KNOWN or place.country_code is None
    )
    nearest = context.nearest_km(place, apart_from=toponym.text)
    if is_known or countries[place.country_code or ""] or not _is_settled(countries) or nearest is None:
        return None
    if nearest > _FAR_KM and (toponym.cue in cues() or (place.population or 0) < _SMALL_TOWN):
        return f"the one that is known, {_label(place)}, lies {nearest:.0f} km from the other places of a report that never speaks of that country"
    return None


def _countries_said(text: str, toponyms: Sequence[Toponym], matches: dict[str, tuple[Match, ...]]) -> Counter[str]:
    """Weigh the countries that a report speaks of by their names, their people, their armed groups and institutions."""
    weights: Counter[str] = Counter()
    known, names = demonyms(), context_words()
    for word in _WORD.findall(text):
        if word[0].isupper():
            for country in (*known.get(word.lower(), ()), *names.get(word, ())):
                weights[country] += _SURE
    for t in toponyms:
        weights.update(dict.fromkeys(_states(matches[t.text]), _NAMED))
    return weights


def _states(found: tuple[Match, ...]) -> set[str]:
    return {
        m.place.country_code
        for m in found
        if m.place.country_code and (m.place.feature_code or "").startswith("PCL") and m.name.kind is not NameKind.HISTORIC
    }


def _countries_by_name(matches: dict[str, tuple[Match, ...]]) -> dict[str, Counter[str]]:
    """Weigh what each place name tells by itself: all places of that name, or all that a checked list knows, lie in one country."""
    by_name: dict[str, Counter[str]] = {}
    for name, found in matches.items():
        if _states(found):
            continue
        anywhere = {m.place.country_code for m in found if m.place.country_code}
        checked = {m.place.country_code for m in found if m.place.country_code and m.place.layer is Layer.OVERLAY}
        for where, weight in ((anywhere, _SURE), (checked, _INFERRED)):
            if len(where) == 1:
                by_name[name] = Counter({where.pop(): weight})
                break
    return by_name


def _choose(
    i: int, toponyms: Sequence[Toponym], found: tuple[Match, ...], context: _Context, text: str,
    before: _Choices,
) -> tuple[_Candidate | None, list[_Candidate]]:  # fmt: skip
    toponym = toponyms[i]
    wider = _named_beside(i, toponyms, text, before)
    candidates = [_score(toponym, m, context, wider) for m in found if _in_use(m.name, context.day)]
    if toponym.cue is None:
        _prefer_towns(candidates)
    candidates.sort(key=lambda c: -c.score)
    if not candidates:
        return None, []
    return candidates[0], candidates


def _named_beside(i: int, toponyms: Sequence[Toponym], text: str, before: _Choices) -> Place | None:
    """Return the wider place in "X, Y" and "X in Y province", as far as it is settled."""
    if not before or i + 1 >= len(toponyms):
        return None
    between = text[toponyms[i].phrase.end : toponyms[i + 1].phrase.start]
    if len(between) > 40 or not re.fullmatch(
        r"(?:,? ?(?:in|of|,|the|northern|southern|eastern|western|central|north|south|east|west|rural|\w+ern|outside|near)? ?)*",
        between.strip() or ",",
    ):
        return None
    other = before[i + 1][0]
    return other.place if other is not None and other.place.kind is PlaceKind.AREA else None


def _in_use(name: Name, day: date | None) -> bool:
    """Tell whether a name was in use on the report's day; without a day it is."""
    if day is None or name.start is None:
        return True
    return name.start[:10] <= day.isoformat()


def _score(toponym: Toponym, match: Match, context: _Context, wider: Place | None) -> _Candidate:
    place, code = match.place, match.place.feature_code or ""
    c = _Candidate(match, _STANDING[match.name.kind] if match.exact else _STANDING[match.name.kind] - 0.2)
    c.score += 0.07 * math.log10((place.population or 0) + 1)
    if code.startswith("PCL"):
        c.score += 1.2
    elif code == "PPLC":
        c.score += 0.5
    elif place.kind is PlaceKind.AREA and place.layer is Layer.AREAS:
        c.score += 0.4
    elif code.startswith("PPLA"):
        c.score += 0.12
    _by_kind(c, toponym)
    countries = context.countries(apart_from=toponym.text)
    share = _share(countries, place.country_code)
    if share:
        c.score += 0.9 * min(1.0, share * 1.6)
        c.reasons.append("the report speaks of that country")
    elif countries and place.country_code is not None:
        c.score -= 0.25
    if wider is not None and wider.place_id != place.place_id:
        inside = (
            wider.country_code == place.country_code
            if (wider.feature_code or "").startswith("PCL")
            else distance_km(wider.point, place.point) <= wider.radius_km
        )
        c.score += 1.0 if inside else -0.2
        if inside:
            c.reasons.append(f"{wider.name} is named beside it")
    nearest = context.nearest_km(place, apart_from=toponym.text)
    if nearest is not None and not _is_wide(place):
        pull = 0.6 * math.exp(-nearest / _REACH_KM)
        c.score += pull
        if pull > 0.2:
            c.reasons.append(f"another place of the report lies {nearest:.0f} km away")
    if place.layer is Layer.OVERLAY and (share or not countries or place.country_code is None):
        c.score += 0.25
        c.reasons.append("a checked entry of the conflict's own list")
    return c


def _by_kind(c: _Candidate, toponym: Toponym) -> None:
    cue = cues().get(toponym.cue) if toponym.cue else None
    is_area = c.place.kind is PlaceKind.AREA
    if cue is None:
        return
    if cue.kind == "area":
        c.score += 0.8 if is_area else -0.3
        if is_area:
            c.reasons.append(f"the report calls it a {toponym.cue}")
    elif cue.kind == "settlement":
        c.score += 0.5 if not is_area else -0.6
        if not is_area:
            c.reasons.append(f"the report calls it a {toponym.cue}")


def _prefer_towns(candidates: list[_Candidate]) -> None:
    """Read a bare "Aleppo" as the city, not as the governorate around it that has its name."""
    towns = [
        c.place
        for c in candidates
        if c.place.kind is PlaceKind.POINT and c.match.name.kind in {NameKind.PRIMARY, NameKind.OFFICIAL, NameKind.ALTERNATE}
    ]
    for c in candidates:
        code = c.place.feature_code or ""
        if code.startswith("ADM") and any(
            t.country_code == c.place.country_code and distance_km(t.point, c.place.point) <= c.place.radius_km for t in towns
        ):
            c.score -= 0.6


def _is_wide(place: Place) -> bool:
    return place.kind is PlaceKind.AREA and place.radius_km > 250


def _resolution(toponym: Toponym, best: _Candidate | None, candidates: list[_Candidate], *, found: bool, doubt: str | None) -> Resolution:
    if best is None:
        why = f"No layer of the gazetteer knows “{toponym.text}”." if not found else f"“{toponym.text}” was not in use as a name then."
        return Resolution(toponym=toponym, place=None, why=why)
    if doubt is not None:
        return Resolution(toponym=toponym, place=None, why=f"“{toponym.text}”: {doubt}.", candidates=len(candidates))
    rival = next((c for c in candidates if c.place.place_id != best.place.place_id and not _is_twin(c.place, best.place)), None)
    apart = distance_km(rival.place.point, best.place.point) if rival is not None else 0.0
    if (
        rival is not None
        and best.score - rival.score < _LEAD
        and apart > max(_SAME_KM, best.place.radius_km + rival.place.radius_km)
        and not best.reasons
    ):
        why = (
            f"{len(candidates)} places are called “{toponym.text}”; {_label(best.place)} and {_label(rival.place)}, "
            f"{apart:.0f} km apart, fit the report alike."
        )
        return Resolution(toponym=toponym, place=None, why=why, candidates=len(candidates))
    reasons = "; ".join(best.reasons) or ("the only place of that name" if rival is None else "the best known place of that name")
    why = f"{_label(best.place)}: {reasons}."
    runner_up = None
    if rival is not None:
        runner_up = RunnerUp(place=rival.place, score=_unit(rival.score), distance_km=round(apart, 1))
        why += f" Runner-up: {_label(rival.place)}, {apart:.0f} km away."
    method = ResolutionMethod.OVERLAY if best.place.layer is Layer.OVERLAY else ResolutionMethod.GAZETTEER
    return Resolution(
        toponym=toponym, place=best.place, why=why, method=method, score=_unit(best.score), runner_up=runner_up, candidates=len(candidates)
    )


def _is_twin(one: Place, two: Place) -> bool:
    """Tell two entries for one place apart from two places: a town and the area named after it."""
    return distance_km(one.point, two.point) <= max(_SAME_KM, one.radius_km, two.radius_km) and one.country_code == two.country_code


def _unit(score: float) -> float:
    return round(max(0.0, min(1.0, score / 3.5)), 3)


def _label(place: Place) -> str:
    parts = [place.name, *(p for p in (place.admin1,) if p and p != place.name), *((place.country_code,) if place.country_code else ())]
    return ", ".join(parts)
