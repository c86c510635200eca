"""The records that files hold: flat, JSON-able, with the contract's names in the contract's order. See docs/data-dictionary.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from shapely.geometry.base import BaseGeometry

from gazetteer.model import PlaceKind
from geo.model import Claim, Interception, Mention, Reason, Span, Toll

Value: TypeAlias = str | int | float | bool | list[str] | list[list[int]] | None

COLUMNS = (
    "claim_id", "incident_id",
    "article_id", "title", "source", "url", "published",
    "quote", "quote_start", "quote_end", "also",
    "claimant", "claimant_kind", "stance", "answers", "attacker", "attacker_text", "target", "target_kind", "weapon", "weapon_text",
    "place_text", "place_start", "place_end", "place_name", "place_names", "place_parents", "place_id", "country_code", "admin1",
    "admin2", "place_kind", "lat", "lon", "radius_km", "geo_precision", "where_prec",
    "resolution_method", "resolution_score", "place_why",
    "date_start", "date_end", "date_text", "date_edtf", "date_basis", "time_precision", "date_prec",
    "killed_min", "killed_max", "wounded_min", "wounded_max", "civilians_killed_min", "civilians_killed_max",
    "military_killed_min", "military_killed_max", "casualties_note", "casualties_shared", "is_background",
    "review_status", "reviewer_note", "reviewed_at",
    "extractor_version", "gazetteer_version", "text_sha256",
)  # fmt: skip
"""What a claim's record holds: all of `geo.model.Claim` but its geometry and its reasons."""

MENTION_COLUMNS = (
    "article_id", "text", "start", "end", "role",
    "place_name", "place_id", "country_code", "admin1", "admin2", "place_kind", "lat", "lon", "radius_km",
    "resolution_method", "resolution_score", "place_why",
)  # fmt: skip
"""What a mention's record holds: a place that a report names, and the part it plays there."""

TOLL_COLUMNS = (
    "article_id", "quote", "quote_start", "quote_end", "claimant", "claimant_kind",
    "killed_min", "killed_max", "wounded_min", "wounded_max", "casualties_note", "as_of",
)  # fmt: skip
"""What a running total's record holds. It has no place."""

INTERCEPTION_COLUMNS = (
    "article_id", "quote", "quote_start", "quote_end", "claimant", "claimant_kind", "attacker", "attacker_text", "weapon", "weapon_text",
    "count_min", "count_max", "place_texts", "date_start", "date_end",
)  # fmt: skip
"""What an interception's record holds. It has no place on the map: what was shot down over a town may have been meant for another."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Layer(StrEnum):
    """What a file holds: claims of strikes, every place that the reports name, the running totals that they tell, or what was shot down."""

    CLAIMS = "claims"
    MENTIONS = "mentions"
    TOLLS = "tolls"
    INTERCEPTIONS = "interceptions"


Told: TypeAlias = Claim | Mention | Toll | Interception
"""What a layer is made of, one kind a layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a row's geometry is made of. `polygon` is in [lon, lat] order; None stands for "not known" throughout."""

    kind: PlaceKind | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    polygon: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line, feature or row of a file: `values` stand in the order of the layer's columns. `reasons` are written where asked for."""

    row_id: str
    values: tuple[Value, ...]
    where: Where
    reasons: tuple[Reason, ...] = ()


_COLUMNS = {
    Layer.CLAIMS: COLUMNS,
    Layer.MENTIONS: MENTION_COLUMNS,
    Layer.TOLLS: TOLL_COLUMNS,
    Layer.INTERCEPTIONS: INTERCEPTION_COLUMNS,
}
_NOWHERE = Where(kind=None, lat=None, lon=None, radius_km=None)


def columns(layer: Layer) -> tuple[str, ...]:
    """Return the column names of a layer, in their order."""
    return _COLUMNS[layer]


def record(claim: Claim) -> dict[str, Value]:
    """Flatten a claim for JSON.

    Dates and times are ISO 8601, enums their values, tuples lists, `also` a list of [start, end] pairs. What is None stays
    None. Lone surrogates, which no file can hold, become U+FFFD.
    """
    return {name: _plain(getattr(claim, name)) for name in COLUMNS}


def reason_record(reason: Reason) -> dict[str, Value]:
    """Flatten a reason for JSON, as `record` does a claim."""
    return {name: _plain(value) for name, value in zip(reason._fields, reason, strict=True)}


def row(told: Told) -> Row:
    """Make the row of whatever a layer holds."""
    if isinstance(told, Claim):
        return _claim_row(told)
    if isinstance(told, Mention):
        return _mention_row(told)
    return _toll_row(told) if isinstance(told, Toll) else _interception_row(told)


def _claim_row(claim: Claim) -> Row:
    where = Where(kind=claim.place_kind, lat=claim.lat, lon=claim.lon, radius_km=claim.radius_km, polygon=claim.geometry)
    return Row(row_id=_whole(claim.claim_id), values=tuple(record(claim).values()), where=where, reasons=claim.reasons)


def _mention_row(mention: Mention) -> Row:
    """Make a mention's row. Its id comes from the report's id and from where the name stands in it."""
    resolution, place, span = mention.resolution, mention.resolution.place, mention.resolution.toponym.span
    found = (
        (place.name, place.place_id, place.country_code, place.admin1, place.admin2, place.kind, place.lat, place.lon, place.radius_km)
        if place is not None
        else (None,) * 9
    )
    told = (mention.article_id, resolution.toponym.text, span.start, span.end, mention.role)
    values = (*told, *found, resolution.method, resolution.score, resolution.why)
    where = Where(kind=place.kind, lat=place.lat, lon=place.lon, radius_km=place.radius_km) if place is not None else _NOWHERE
    return Row(row_id=_whole(f"{mention.article_id}:{span.start}-{span.end}"), values=tuple(map(_plain, values)), where=where)


def _toll_row(toll: Toll) -> Row:
    """Make a running total's row. Its id comes from the report's id and from where its sentence stands in it."""
    values = (
        toll.article_id, toll.quote, toll.span.start, toll.span.end, toll.claimant, toll.claimant_kind,
        toll.killed_min, toll.killed_max, toll.wounded_min, toll.wounded_max, toll.casualties_note, toll.as_of,
    )  # fmt: skip
    return Row(row_id=_whole(f"{toll.article_id}:{toll.span.start}"), values=tuple(map(_plain, values)), where=_NOWHERE)


def _interception_row(told: Interception) -> Row:
    """Make an interception's row. Its id comes from the report's id and from where the weapon's name stands in it."""
    values = (
        told.article_id, told.quote, told.span.start, told.span.end, told.claimant, told.claimant_kind, told.attacker, told.attacker_text,
        told.weapon, told.weapon_text, told.count_min, told.count_max, told.place_texts, told.date_start, told.date_end,
    )  # fmt: skip
    return Row(row_id=_whole(f"{told.article_id}:{told.weapon_span.start}"), values=tuple(map(_plain, values)), where=_NOWHERE)


def _plain(value: object) -> Value:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        names = [_whole(each) for each in value if isinstance(each, str)]
        return names or [[each.start, each.end] for each in value if isinstance(each, Span)]
    if value is None or isinstance(value, int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a record")


def _whole(text: str) -> str:
    return _LONE_SURROGATES.sub("\ufffd", text)
