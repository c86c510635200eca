"""Pure selections of claims: nothing here knows of the app, and nothing changes a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from gazetteer.model import PlaceKind
from geo.model import Claim, Stance

T = TypeVar("T")


class Unlocated(StrEnum):
    """Why a claim is not on the map, in words for a reader."""

    NO_PLACE_TOLD = "the report names no place for it"
    NOT_RESOLVED = "its place name was not resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a reader wants to see. The default lets every claim through.

    Attributes
    ----------
    date_from, date_to
        Both days included; None is open. A claim passes if any day of its own interval lies within. If the first is after
        the second, no dated claim passes.
    include_undated
        Whether claims whose report tells no date pass. It is asked whatever the dates are.
    attackers
        Alleged attackers, as `Claim.attacker` has them; None in it stands for claims that name nobody. Empty: all.
    claimants
        Who asserts, as `Claim.claimant` has them; None in it stands for what the reporter states. Empty: all.
    stances
        Empty: all.
    include_background
        Whether claims told as background of a report pass.
    """

    date_from: date | None = None
    date_to: date | None = None
    include_undated: bool = True
    attackers: frozenset[str | None] = frozenset()
    claimants: frozenset[str | None] = frozenset()
    stances: frozenset[Stance] = frozenset()
    include_background: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Generic[T]):
    """A value and how many claims have it."""

    value: T
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Live counts of a selection. `points + areas + sum of unlocated == claims`."""

    claims: int
    points: int
    areas: int
    unlocated: tuple[Counted[Unlocated], ...]
    undated: int

    @property
    def located(self) -> int:
        return self.points + self.areas


def select(claims: Iterable[Claim], selection: Selection) -> tuple[Claim, ...]:
    """Keep the claims that pass, in their order."""
    return tuple(claim for claim in claims if passes(claim, selection))


def passes(claim: Claim, selection: Selection) -> bool:
    """Tell whether one claim passes. Each condition stands alone: a claim passes when it passes them all."""
    if selection.attackers and claim.attacker not in selection.attackers:
        return False
    if selection.claimants and claim.claimant not in selection.claimants:
        return False
    if selection.stances and claim.stance not in selection.stances:
        return False
    if claim.is_background and not selection.include_background:
        return False
    return _passes_date(claim, selection)


def _passes_date(claim: Claim, selection: Selection) -> bool:
    start, end = _interval(claim)
    if start is None or end is None:
        return selection.include_undated
    after_start = selection.date_from is None or end >= selection.date_from
    before_end = selection.date_to is None or start <= selection.date_to
    in_order = selection.date_from is None or selection.date_to is None or selection.date_from <= selection.date_to
    return after_start and before_end and in_order


def _interval(claim: Claim) -> tuple[date | None, date | None]:
    return claim.date_start or claim.date_end, claim.date_end or claim.date_start


def describe(selection: Selection) -> tuple[tuple[str, str], ...]:
    """Say in (name, value) pairs what a selection asks for; empty if it lets every claim through."""
    said: list[tuple[str, str]] = []
    if selection.date_from is not None:
        said.append(("from", selection.date_from.isoformat()))
    if selection.date_to is not None:
        said.append(("to", selection.date_to.isoformat()))
    if not selection.include_undated:
        said.append(("undated", "left out"))
    for name, values, none in (("attacker", selection.attackers, "nobody named"), ("claimant", selection.claimants, "the reporter")):
        if values:
            said.append((f"{name}, as alleged" if name == "attacker" else name, ", ".join(sorted(value or none for value in values))))
    if selection.stances:
        said.append(("stance", ", ".join(sorted(selection.stances))))
    if not selection.include_background:
        said.append(("background", "left out"))
    return tuple(said)


def span_dates(claims: Iterable[Claim]) -> tuple[date, date] | None:
    """Find the first and the last day that any claim tells of; None if none tells one."""
    days = [day for claim in claims for day in _interval(claim) if day is not None]
    return (min(days), max(days)) if days else None


def count_attackers(claims: Iterable[Claim]) -> tuple[Counted[str | None], ...]:
    """Count claims by alleged attacker, in the order of the names; None, for nobody named, comes last and only if there are such."""
    return _count(claim.attacker for claim in claims)


def count_claimants(claims: Iterable[Claim]) -> tuple[Counted[str | None], ...]:
    """Count claims by who asserts, in the order of the names; None, for what the reporter states, comes last."""
    return _count(claim.claimant for claim in claims)


def _count(values: Iterable[str | None]) -> tuple[Counted[str | None], ...]:
    counts = Counter(values)
    order = sorted(counts, key=lambda value: (value is None, value or ""))
    return tuple(Counted(value=value, claims=counts[value]) for value in order)


def count_undated(claims: Iterable[Claim]) -> int:
    """Count the claims whose report tells no date."""
    return sum(_interval(claim)[0] is None for claim in claims)


def why_unlocated(claim: Claim) -> Unlocated | None:
    """Tell why a claim is not on the map; None if it is."""
    if claim.lat is not None and claim.lon is not None:
        return None
    return Unlocated.NOT_RESOLVED if claim.place_text else Unlocated.NO_PLACE_TOLD


def summarise(claims: Iterable[Claim]) -> Summary:
    """Count what is shown, what is on the map, and what is not and why."""
    kept = tuple(claims)
    located = tuple(claim for claim in kept if why_unlocated(claim) is None)
    areas = sum(claim.place_kind is PlaceKind.AREA for claim in located)
    reasons = Counter(reason for claim in kept if (reason := why_unlocated(claim)) is not None)
    return Summary(
        claims=len(kept),
        points=len(located) - areas,
        areas=areas,
        unlocated=tuple(Counted(value=reason, claims=reasons[reason]) for reason in Unlocated if reasons[reason]),
        undated=count_undated(kept),
    )
