"""What a file says of itself: whose data, under which licence, what was chosen and what was left out, and by what it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from geo.export.records import Layer

AboutDict: TypeAlias = dict[str, str | int | list[str] | dict[str, str] | list[dict[str, str | int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many rows are missing from a file, and why: "withheld by the safety profile", "outside the dates"."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the maker of a file knows; the rows are counted while they are written.

    Attributes
    ----------
    licence
        Of the file as a whole, or a sentence that says what holds.
    attributions
        One a source of data ("GeoNames, CC BY 4.0, 2026-01-02"), as its licence wants it.
    filters
        (name, value) pairs of what was asked for; empty if all was.
    left_out
        What was read but is not in the file. Empty if nothing was left out.
    safety
        The safety profile that was applied: "public", "partner" or "internal".
    created_at
        Aware, in UTC.
    """

    licence: str
    attributions: tuple[str, ...]
    extractor_version: str
    gazetteer_version: str
    safety: str
    created_at: datetime
    filters: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()


AboutSource: TypeAlias = About | Callable[[], About]
"""An About, or a function that gives it when the last row is written, for what is known only then."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What has been written: rows in all, and those among them that have no place on a map."""

    written: int = 0
    unlocated: int = 0


def describe(about: AboutSource, *, layer: Layer, tally: Tally) -> AboutDict:
    """Turn it into what stands in GeoJSON's member "strikemap" and in OUT.about.json.

    "total" is what was written and what was left out together; "unlocated" is part of "written".
    """
    known = about() if callable(about) else about
    left_out: list[dict[str, str | int]] = [{"reason": each.reason, "count": each.count} for each in known.left_out]
    return {
        "layer": layer.value,
        "total": tally.written + sum(each.count for each in known.left_out),
        "written": tally.written,
        "unlocated": tally.unlocated,
        "left_out": left_out,
        "filters": dict(known.filters),
        "safety": known.safety,
        "licence": known.licence,
        "attributions": list(known.attributions),
        "extractor_version": known.extractor_version,
        "gazetteer_version": known.gazetteer_version,
        "created_at": known.created_at.isoformat(),
    }


def text(about: About, *, layer: Layer = Layer.CLAIMS, tally: Tally) -> str:
    """Say the same in lines for a reader; plain text, to be shown as text."""
    lines = [f"{tally.written} {layer.value}, {tally.unlocated} of them without a place"]
    lines += [f"Left out: {each.count} ({each.reason})" for each in about.left_out]
    lines += [f"Filter: {name} = {value}" for name, value in about.filters]
    lines += [f"Safety profile: {about.safety}", f"Licence: {about.licence}"]
    lines += [f"Source: {each}" for each in about.attributions]
    lines += [f"Made by strikemap {about.extractor_version}, gazetteer {about.gazetteer_version}, {about.created_at.isoformat()}"]
    return "\n".join(lines)
