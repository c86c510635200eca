"""Tells which place of the gazetteer each place name of a report stands for."""

from __future__ import annotations

from collections.abc import Iterable

from gazetteer import Gazetteer, Layer
from geo.model import Article, Resolution, ResolutionMethod, Toponym


def resolve(toponyms: Iterable[Toponym], *, article: Article, gazetteer: Gazetteer) -> tuple[Resolution, ...]:  # noqa: ARG001
    """Resolve all place names of a report together; one resolution a name, in the same order."""
    resolutions = []
    for toponym in toponyms:
        matches = gazetteer.find(toponym.text)
        if not matches:
            resolutions.append(Resolution(toponym=toponym, place=None, why="no layer of the gazetteer knows this name"))
            continue
        best = max(matches, key=lambda m: (m.place.layer is Layer.OVERLAY, m.place.kind == "area", m.place.population or 0)).place
        method = ResolutionMethod.OVERLAY if best.layer is Layer.OVERLAY else ResolutionMethod.GAZETTEER
        resolutions.append(
            Resolution(toponym=toponym, place=best, why="first of its name", method=method, score=0.5, candidates=len(matches))
        )
    return tuple(resolutions)
