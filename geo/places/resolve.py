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


@dataclass(slots=True)
class _Candidate:
    match: Match
    score: float
    reasons: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.match.place


@dataclass(slots=True)
class _Context:
    """What a report tells of where it is: countries with their weight, and the places settled so far."""

    day: date | None
    countries: Counter[str]
    anchors: list[Place]

    def share(self, country: str | None) -> float:
        total = sum(self.countries.values())
        return self.countries[country] / total if country and total else 0.0

    @property
    def first(self) -> str | None:
        return self.countries.most_common(1)[0][0] if self.countries else None


def resolve(toponyms: Sequence[Toponym], *, article: Article, gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Resolve all place names of a report together.

    Returns
    -------
    resolutions
        One a name, in the same order. A name that is not found, or that the report does not tell apart, has no place and a reason.
    """
    matches = {t.text: gazetteer.find(t.text) for t in toponyms}
    context = _Context(day=article.day, countries=_country_evidence(article.text, toponyms, matches), anchors=[])
    chosen: list[tuple[_Candidate | None, list[_Candidate]]] = []
    for _ in range(_ROUNDS):
        chosen = [_choose(i, toponyms, matches[t.text], context, article.text, chosen) for i, t in enumerate(toponyms)]
        context.anchors = [c.place for c, _ in chosen if c is not None and not _is_wide(c.place)]
        settled = Counter(c.place.country_code for c, _ in chosen if c is not None and c.place.country_code and c.score > 1.0)
        context.countries = _country_evidence(article.text, toponyms, matches)
        for country, n in settled.items():
            if country is not None:
                context.countries[country] += 0.5 * n  # type: ignore[assignment]
    shared = _one_sense(toponyms, chosen)
    return tuple(_resolution(t, *shared.get(i, chosen[i]), found=bool(matches[t.text])) for i, t in enumerate(toponyms))


def _one_sense(
    toponyms: Sequence[Toponym], chosen: Sequence[tuple[_Candidate | None, list[_Candidate]]]
) -> dict[int, tuple[_Candidate | None, list[_Candidate]]]:
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


def _country_evidence(text: str, toponyms: Sequence[Toponym], matches: dict[str, tuple[Match, ...]]) -> Counter[str]:
    """Weigh the countries that a report speaks of: their names, their demonyms, their armed groups, and places that are only there."""
    weights: Counter[str] = Counter()
    known, names = demonyms(), context_words()
    for word in _WORD.findall(text):
        if word[0].isupper():
            for country in known.get(word.lower(), ()):
                weights[country] += 1
            for country in names.get(word, ()):
                weights[country] += 1
    for t in toponyms:
        found = matches[t.text]
        states = {
            m.place.country_code for m in found if (m.place.feature_code or "").startswith("PCL") and m.name.kind is not NameKind.HISTORIC
        }
        if states:
            weights.update({state: 2 for state in states if state})
            continue
        where = {m.place.country_code for m in found if m.place.country_code}
        if len(where) == 1:
            weights[where.pop()] += 1
        else:
            overlay = {m.place.country_code for m in found if m.place.layer is Layer.OVERLAY and m.place.country_code}
            if len(overlay) == 1:
                weights[overlay.pop()] += 0.5  # type: ignore[assignment]
    return weights


def _choose(
    i: int, toponyms: Sequence[Toponym], found: tuple[Match, ...], context: _Context, text: str,
    before: Sequence[tuple[_Candidate | None, list[_Candidate]]],
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


def _named_beside(
    i: int, toponyms: Sequence[Toponym], text: str, before: Sequence[tuple[_Candidate | None, list[_Candidate]]]
) -> Place | None:
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
    share = context.share(place.country_code)
    if share:
        c.score += 0.9 * min(1.0, share * 1.6)
        c.reasons.append("the report speaks of that country")
    elif context.countries and place.country_code is not None:
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
    nearest = min((distance_km(a.point, place.point) for a in context.anchors if a.place_id != place.place_id), default=None)
    if nearest is not None and not _is_wide(place):
        pull = 0.6 * math.exp(-nearest / _REACH_KM)
        c.score += pull
        if pull > 0.2:
            c.reasons.append(f"another place of the report lies {nearest:.0f} km away")
    if place.layer is Layer.OVERLAY and (share or not context.countries or place.country_code is None):
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


def _resolution(toponym: Toponym, best: _Candidate | None, candidates: list[_Candidate], *, found: bool) -> Resolution:
    if best is None:
        why = f"No layer of the gazetteer knows “{toponym.text}”." if not found else f"“{toponym.text}” was not in use as a name then."
        return Resolution(toponym=toponym, place=None, why=why)
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
