"""Which toll belongs to which place, where one sentence tells of strikes on several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from geo.claims.casualties import Casualties, TollPart
from geo.claims.casualty_words import IN_A_PLACE
from geo.claims.numbers import Count
from geo.model import Span

# "four in A", "were killed in the town of B": what may stand between a count and its place; a comma or an "and" begins something else.
_IN = re.compile(
    r"(?:\s(?!and\b)[\w'’-]+){0,10}?\s(?:in|at|near|outside|around|inside|on|of)\s(?:the\s|an?\s)?"
    r"(?:(?:city|town|village|district|region|province|suburb|neighbou?rhood|quarter|port)\s(?:of\s)?)?",
    re.IGNORECASE,
)
# "A, killing four, and B, where two died"
_AFTER_PLACE = re.compile(r",?\s(?:where\s|in which\s)?", re.IGNORECASE)


def divide_toll(report: str, casualties: Casualties, places: Sequence[Span]) -> list[Casualties]:
    """Give each of the places that a sentence says were struck its own toll, or, where it tells one for all, that one, marked as shared.

    Parameters
    ----------
    report
        The whole text, which `places` and the parts of `casualties` count in.
    places
        At least one, as written.

    Returns
    -------
    tolls
        One for each place. Where some places have a toll of their own, the others have none.
    """
    if len(places) == 1 and len(casualties.parts) < 2:
        return [casualties]
    own = [[part for part in casualties.parts if _is_at(report, part, place)] for place in places]
    if not any(own) and len(places) > 1:
        own = [[part for part in casualties.parts if _AFTER_PLACE.fullmatch(report[place.end : part.span.start])] for place in places]
        if not all(own):
            own = [[] for _ in places]
    if not any(own):
        return [replace(casualties, is_shared=len(places) > 1 and bool(casualties)) for _ in places]
    if len(places) == 1 and not all(part in own[0] or IN_A_PLACE.match(report, part.span.end) for part in casualties.parts):
        # "killed three in A, and two died later"
        return [casualties]
    if len(places) == 1 and len(own[0]) == len(casualties.parts):
        return [casualties]
    return [_add_up(parts) for parts in own]


def _is_at(report: str, part: TollPart, place: Span) -> bool:
    """Tell "four in A", also where A heads the line: "A and B: shelling, four killed in A"."""
    if part.span.end < place.start:
        return _IN.fullmatch(report[part.span.end : place.start]) is not None
    within = _IN.match(report, part.span.end) if place.end <= part.span.start else None
    return within is not None and re.match(rf"{re.escape(report[place.start : place.end])}\b", report[within.end() :]) is not None


def _add_up(parts: Sequence[TollPart]) -> Casualties:
    killed = [part.casualties.killed for part in parts if part.casualties.killed is not None]
    wounded = [part.casualties.wounded for part in parts if part.casualties.wounded is not None]
    return Casualties(
        killed=reduce(Count.__add__, killed) if killed else None,
        wounded=reduce(Count.__add__, wounded) if wounded else None,
    )
