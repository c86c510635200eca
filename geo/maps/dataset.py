"""What there is to draw, as places and columns of small codes.

A row is one located claim. Rows that lie at one place share it, so that the map can count them there instead of drawing
them over each other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from shapely import set_precision
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from gazetteer.model import PlaceKind
from geo.maps.palette import ColourBy, Palette, build_palette
from geo.model import Claim, Mention, Role

# About 11 m: finer than any place that a report can name.
_GRID_DEG = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where rows lie. `geometry` is an area's polygon in [lon, lat], None where only its radius is known, and of a point."""

    label: str
    lat: float
    lon: float
    radius_km: float
    kind: PlaceKind
    geometry: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place that reports name without a strike: which one, in which roles, and how often. Never counted as claims."""

    place: Place
    roles: tuple[Role, ...]
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """All that the map may be asked to show.

    Attributes
    ----------
    digest
        Changes when anything else here does. A view is drawn only on the data set that it was made for.
    claim_ids
        One for each row.
    places
        Those that rows lie at.
    place_of
        For each row, the index of its place.
    palettes
        One for each `ColourBy`, in its order.
    named
        The quiet layer.
    header
        What is not a column, as JSON. It reaches the browser as a component's argument, never as script.
    columns
        One after the other, little-endian: place as uint32, then a uint8 for each palette.
    """

    digest: str
    claim_ids: tuple[str, ...]
    places: tuple[Place, ...]
    place_of: tuple[int, ...]
    palettes: tuple[Palette, ...]
    named: tuple[Named, ...]
    header: str
    columns: bytes

    def rows_of(self, claim_ids: Iterable[str]) -> tuple[int, ...]:
        """Find the rows of claims; those that are not on the map have none and are passed over."""
        row_of = {claim_id: row for row, claim_id in enumerate(self.claim_ids)}
        return tuple(row_of[claim_id] for claim_id in claim_ids if claim_id in row_of)


def build_dataset(claims: Iterable[Claim], *, mentions: Iterable[Mention] = ()) -> Dataset:
    """Gather what the map may show.

    Parameters
    ----------
    claims
        All of the session, located or not; those without a place have no row.
    mentions
        All place names of the reports. Those that stand for a struck place are left out, and so are the unresolved.
    """
    located = tuple(claim for claim in claims if claim.lat is not None and claim.lon is not None)
    index: dict[tuple[str | None, float | None, float | None, float | None], int] = {}
    places: list[Place] = []
    place_of: list[int] = []
    for claim in located:
        # "12 km south of X" has X's id, and lies elsewhere.
        key = (claim.place_id, claim.lat, claim.lon, claim.radius_km)
        if key not in index:
            index[key] = len(places)
            places.append(_place_of_claim(claim))
        place_of.append(index[key])
    palettes = tuple(build_palette(located, by=by) for by in ColourBy)
    named = _gather_named(mentions, struck=frozenset(place_id for place_id, *_ in index if place_id is not None))
    header = _write_header(len(located), places=places, palettes=palettes, named=named)
    columns = np.asarray(place_of, dtype="<u4").tobytes() + b"".join(np.asarray(p.codes, dtype="u1").tobytes() for p in palettes)
    claim_ids = tuple(claim.claim_id for claim in located)
    return Dataset(
        digest=hashlib.sha256(header.encode() + columns + "\n".join(claim_ids).encode(errors="surrogatepass")).hexdigest()[:16],
        claim_ids=claim_ids,
        places=tuple(places),
        place_of=tuple(place_of),
        palettes=palettes,
        named=named,
        header=header,
        columns=columns,
    )


def pack_rows(rows: Sequence[int], *, length: int) -> bytes:
    """Write a set of rows as bits, the first row in the lowest bit of the first byte.

    Raises
    ------
    IndexError
        If a row is not below `length`.
    """
    bits = np.zeros(length, dtype=np.uint8)
    bits[list(rows)] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def _place_of_claim(claim: Claim) -> Place:
    assert claim.lat is not None
    assert claim.lon is not None
    return Place(
        label=claim.place_name or claim.place_text or "",
        lat=claim.lat,
        lon=claim.lon,
        radius_km=claim.radius_km or 0.0,
        kind=claim.place_kind or PlaceKind.POINT,
        geometry=claim.geometry if claim.place_kind is PlaceKind.AREA else None,
    )


def _gather_named(mentions: Iterable[Mention], *, struck: frozenset[str]) -> tuple[Named, ...]:
    found: dict[str, tuple[Place, set[Role], int]] = {}
    for mention in mentions:
        entry = mention.resolution.place
        if entry is None or mention.role is Role.STRUCK or entry.place_id in struck:
            continue
        place, roles, times = found.get(entry.place_id) or (
            Place(label=entry.name, lat=entry.lat, lon=entry.lon, radius_km=entry.radius_km, kind=entry.kind),
            set(),
            0,
        )
        found[entry.place_id] = (place, roles | {mention.role}, times + 1)
    return tuple(
        Named(place=place, roles=tuple(role for role in Role if role in roles), times=times)
        for _, (place, roles, times) in sorted(found.items())
    )


def _write_header(rows: int, *, places: Sequence[Place], palettes: Sequence[Palette], named: Sequence[Named]) -> str:
    document = {
        "rows": rows,
        "places": [_draw_place(place) for place in places],
        "palettes": [
            {
                "by": palette.by.value,
                "title": palette.title,
                "categories": [{"label": c.label, "colour": c.colour, "shape": c.shape.value} for c in palette.categories],
            }
            for palette in palettes
        ],
        "named": [{**_draw_place(n.place), "roles": [role.value for role in n.roles], "times": n.times} for n in named],
    }
    return json.dumps(document, ensure_ascii=True, separators=(",", ":"))


def _draw_place(place: Place) -> dict[str, object]:
    drawn: dict[str, object] = {
        "label": place.label,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "radius_km": round(place.radius_km, 2),
        "kind": place.kind.value,
    }
    if place.geometry is not None:
        shape = set_precision(place.geometry, _GRID_DEG)
        drawn["shape"] = mapping(place.geometry if shape.is_empty else shape)
    return drawn
