"""One door for all formats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from geo.errors import OutputError
from geo.export import csv_file, geojson, jsonl
from geo.export.about import AboutSource, Tally, describe
from geo.export.files import write_file, write_stdout
from geo.export.records import Layer, Row, Told, row


class Format(StrEnum):
    """The formats that the contract names. `LATER` are not written yet."""

    JSONL = "jsonl"
    GEOJSON = "geojson"
    CSV = "csv"
    GPKG = "gpkg"
    PARQUET = "parquet"
    KML = "kml"


_PLACELESS = {Layer.TOLLS: "running totals", Layer.INTERCEPTIONS: "interceptions"}
LATER = frozenset((Format.GPKG, Format.PARQUET, Format.KML))
_SUFFIXES = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".geojson": Format.GEOJSON,
    ".json": Format.GEOJSON,
    ".csv": Format.CSV,
    ".gpkg": Format.GPKG,
    ".parquet": Format.PARQUET,
    ".kml": Format.KML,
}


def find_format(path: str) -> Format:
    """Tell the format by a file's suffix.

    Raises
    ------
    OutputError
        If the suffix is none of those we know.
    """
    found = _SUFFIXES.get(Path(path).suffix.lower())
    if found is None:
        raise OutputError(f"{path}: its suffix names no format; end it with .geojson, .csv or .jsonl, or say --format")
    return found


def write(
    told: Iterable[Told],
    path: str | Path | None,
    *,
    format: str | Format,  # noqa: A002  the contract's word
    about: AboutSource,
    layer: str | Layer = Layer.CLAIMS,
    explain: bool = False,
) -> Tally:
    """Write claims, or what another layer is made of, to a file as they come; memory does not grow with them.

    Parameters
    ----------
    told
        Claims for the layer "claims", mentions for "mentions", running totals for "tolls", interceptions for "interceptions".
    path
        The file, which is replaced as a whole or not at all; None for standard output.
    format
        "jsonl", "geojson" or "csv".
    about
        What the file says of itself. GeoJSON carries it; beside CSV and JSONL it is the file `path`.about.json, which
        standard output cannot have.
    explain
        Adds to each claim the reasons of its fields; in jsonl only.

    Returns
    -------
    tally
        How many were written, and how many of these have no place.

    Raises
    ------
    OutputError
        If the format is not written yet or has no room for what is asked for, or the file cannot be; nothing is changed then.
    """
    tally, kind = Tally(), Layer(layer)
    chosen = _usable(format)
    if explain and (chosen is not Format.JSONL or kind is not Layer.CLAIMS):
        raise OutputError("--explain: the reasons of claims are written as text or as jsonl only")
    if chosen is Format.GEOJSON and kind in _PLACELESS:
        raise OutputError(f"{_PLACELESS[kind]} have no place; choose csv or jsonl")
    parts = _parts(map(row, told), chosen, about=about, layer=kind, tally=tally, explain=explain)
    if path is None:
        write_stdout(parts)
    elif chosen is Format.GEOJSON:
        write_file(Path(path), parts)
    else:
        write_file(Path(path), parts, beside=lambda: dump_about(about, layer=kind, tally=tally))
    return tally


def dumps(
    told: Iterable[Told],
    *,
    format: str | Format,  # noqa: A002  the contract's word
    about: AboutSource,
    layer: str | Layer = Layer.CLAIMS,
) -> bytes:
    """Return what `write` would put into the file, without the file beside it.

    Raises
    ------
    OutputError
        If the format is not written yet.
    """
    return b"".join(_parts(map(row, told), _usable(format), about=about, layer=Layer(layer), tally=Tally()))


def dump_about(about: AboutSource, *, layer: Layer, tally: Tally) -> bytes:
    """Return the content of OUT.about.json."""
    return (json.dumps(describe(about, layer=layer, tally=tally), ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def _usable(name: str | Format) -> Format:
    if name not in set(Format):
        raise OutputError(f"{name}: is no format; choose geojson, csv or jsonl")
    chosen = Format(name)
    if chosen in LATER:
        raise OutputError(f"{chosen}: is not written yet; choose geojson, csv or jsonl")
    return chosen


def _parts(
    rows: Iterable[Row], chosen: Format, *, about: AboutSource, layer: Layer, tally: Tally, explain: bool = False
) -> Iterator[bytes]:
    if chosen is Format.GEOJSON:
        return geojson.parts(rows, about=about, layer=layer, tally=tally)
    if chosen is Format.CSV:
        return csv_file.lines(rows, layer=layer, tally=tally)
    return jsonl.lines(rows, layer=layer, tally=tally, explain=explain)
