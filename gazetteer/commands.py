"""What `strikemap gazetteer` does: search, info, build. Each returns the command's exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gazetteer.build import build as build_file
from gazetteer.model import Name, Place
from gazetteer.search import Gazetteer


def search(name: str, *, cache_dir: Path) -> int:
    """Print what the gazetteer knows of a name, the best match first; status 1 if it knows nothing."""
    gazetteer = Gazetteer.open(cache_dir=cache_dir, progress=True)
    matches = gazetteer.find(name)
    for match in matches:
        _print(_lines(gazetteer.get(match.place.place_id) or match.place, match.name))
    if not matches:
        print(f"No layer knows {name!r}.", file=sys.stderr)  # noqa: T201  a command line speaks by printing
    return 0 if matches else 1


def info(*, cache_dir: Path) -> int:
    """Print the layers, each source with its number of places, licence and date."""
    gazetteer = Gazetteer.open(cache_dir=cache_dir, progress=True)
    _print([f"gazetteer {gazetteer.version}", f"file {gazetteer.path}"])
    _print(f"{s.layer.value:9} {s.places:8,}  {s.name}; {s.licence}; {s.as_of}" for s in gazetteer.sources())
    return 0


def build(*, cache_dir: Path) -> int:
    """Build the file anew, beside the old one, and put it in its place."""
    path = build_file(cache_dir, progress=True, replace=True)
    _print([f"built {path}"])
    return 0


def _lines(place: Place, matched: Name) -> Iterator[str]:
    where = ", ".join(part for part in (place.admin1, place.country_code) if part)
    point = f"{place.lat:.4f} {place.lon:.4f}  ±{place.radius_km:g} km"
    yield f"{place.name} ({where})  {point}  {place.kind.value}  {place.layer.value}  {place.place_id}"
    if matched.text != place.name:
        yield f"    matched as {matched.text!r}, {matched.kind.value}"
    for name in place.names[:12]:
        told = [part for part in (name.kind.value, name.language, name.side, _span(name.start, name.end)) if part]
        yield f"    {name.text}: {', '.join(told)}"
    for parent in place.parents:
        yield f"    {parent.standing}: {parent.name} {_span(parent.start, parent.end)}".rstrip()


def _span(start: str | None, end: str | None) -> str:
    return f"{start or '...'} to {end or '...'}" if start or end else ""


def _print(lines: Iterator[str] | list[str]) -> None:
    for line in lines:
        print(line)  # noqa: T201
