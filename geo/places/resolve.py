"""Tells which place of the gazetteer each place name of a report stands for, and why. What the report leaves open stays unresolved."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer import Gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import Layer, NameKind, Place, PlaceKind
from geo.model import Article, Resolution, ResolutionMethod, RunnerUp, Toponym
from geo.places.doubt import find_doubt
from geo.places.evidence import is_country
from geo.places.ground import around_seat
from geo.places.ranking import AROUND_TOWNS, Report, find_rival, settle, wants_area

# How far from a place of the report a word may be another's name, though nothing says that it is one.
_AROUND_KM = 60.0
_BEST_SCORE = 5.0


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
    report = settle(firm, article=article, gazetteer=gazetteer)
    if len(firm) < len(toponyms):
        kept = [t for t in toponyms if not t.tentative or _is_around(t, report)]
        report = settle(kept, article=article, gazetteer=gazetteer) if len(kept) > len(firm) else report
    return tuple(_resolution(report, i) for i in range(len(report.toponyms)))


def _is_around(toponym: Toponym, report: Report) -> bool:
    """Tell whether a town of a tentative name lies where the report is."""
    for m in report.gazetteer.find(toponym.text, loose=False):
        if m.exact and m.place.kind is PlaceKind.POINT and m.name.kind in {NameKind.PRIMARY, NameKind.OFFICIAL}:
            nearest = report.evidence.nearest(m.place, apart_from=toponym.text)
            if nearest is not None and nearest[0] <= _AROUND_KM and nearest[1].kind is PlaceKind.POINT:
                return True
    return False


def _resolution(report: Report, i: int) -> Resolution:
    toponym, ranked = report.toponyms[i], report.ranked[i]
    if not ranked:
        return Resolution(toponym=toponym, place=None, why=f"No layer of the gazetteer knows “{toponym.text}”.")
    doubt = find_doubt(report, i)
    if doubt is not None:
        return Resolution(toponym=toponym, place=None, why=f"“{toponym.text}”: {doubt}.", candidates=len(ranked))
    best, rival = ranked[0], find_rival(ranked)
    if not best.reasons and not is_country(best.place) and _is_end_of_name(report, i):
        longer = f"“{report.toponyms[i - 1].text} {toponym.text}”"
        return Resolution(
            toponym=toponym, place=None, why=f"It is the end of {longer}, which no layer of the gazetteer knows.", candidates=len(ranked)
        )
    alone = "it is the country of that name" if is_country(best.place) else "it is the only place of that name"
    reasons = best.reasons or [alone if rival is None or is_country(best.place) else "it is the best known place of that name"]
    why = f"{report.label(best.place)}: {'; '.join(reasons)}."
    runner_up = None
    if rival is not None:
        apart = distance_km(rival.place, best.place)
        runner_up = RunnerUp(place=rival.place, score=_unit(rival.score), distance_km=round(apart, 1))
        why += f" Runner-up: {report.label(rival.place)}, {apart:.0f} km away."
    method = ResolutionMethod.OVERLAY if best.place.layer is Layer.OVERLAY else ResolutionMethod.GAZETTEER
    # Only the entry that is shown needs both sides' names.
    place = (report.gazetteer.get(best.place.place_id) if best.place.layer is Layer.OVERLAY else None) or best.place
    if (
        (wants_area(toponym) or toponym.cue in AROUND_TOWNS)
        and not _is_quarter(report, i, place)
        and (ground := around_seat(place, toponym.cue or "")) is not None
    ):
        place, why = ground.place, f"{why} An area of {ground.place.radius_km:g} km around: {ground.how}."
    return Resolution(
        toponym=toponym, place=place, why=why, method=method, score=_unit(best.score), runner_up=runner_up, candidates=len(ranked)
    )


def _is_end_of_name(report: Report, i: int) -> bool:
    """Tell "Alo" of "the village of Khoja Alo", of which "Khoja" is no place that the report can mean, either."""
    if i == 0:
        return False
    before, span = report.toponyms[i - 1], report.toponyms[i].span
    return span.start - before.span.end == 1 and (not report.ranked[i - 1] or find_doubt(report, i - 1) is not None)


def _is_quarter(report: Report, i: int, place: Place) -> bool:
    """Tell the districts of a city from those of a country."""
    if place.kind is PlaceKind.AREA or place.feature_code == "PPLX":
        return True
    nearest = report.evidence.nearest(place, apart_from=report.toponyms[i].text)
    return nearest is not None and nearest[1].kind is PlaceKind.POINT and nearest[0] <= nearest[1].radius_km


def _unit(value: float) -> float:
    return round(max(0.0, min(1.0, value / _BEST_SCORE)), 3)
