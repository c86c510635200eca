"""What `strikemap gazetteer` does: search, info, build, add. Each returns the command's exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from gazetteer.build import build as build_file
from gazetteer.download import download, is_code
from gazetteer.dump_build import build_dumps
from gazetteer.errors import OverlayError
from gazetteer.model import Name, Place
from gazetteer.own import add as add_file
from gazetteer.own import own_paths
from gazetteer.search import Gazetteer

# Part of the spelling in Persian, Indic scripts and French.
_UNSEEN = "\u200c\u200d\u00a0\u202f"


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
    _print([f"gazetteer {gazetteer.version}", *(f"file {path}" for path in gazetteer.files)])
    _print(f"{s.layer.value:9} {s.places:10,}  {s.name}; {s.licence}; {s.as_of or 'no date'}" for s in gazetteer.sources())
    _print(f"own places: {path}" for path in own_paths(cache_dir))
    return 0


def build(dumps: Sequence[str] = (), *, cache_dir: Path) -> int:
    """Build the base anew; or, if any are given, the file of GeoNames dumps: files, folders, or countries' codes to fetch them by."""
    if not dumps:
        _print([f"built {build_file(cache_dir, progress=True, replace=True)}"])
        return 0
    codes = [text for text in dumps if is_code(text) and not Path(text).exists()]
    paths = [Path(text) for text in dumps if text not in codes]
    if codes:
        paths += download(codes, folder=cache_dir / "downloads", progress=True)
    built = build_dumps(paths, cache_dir=cache_dir, progress=True)
    _print(f"{stem}: {count:,} places" for stem, count in built.places.items())
    if built.kept:
        _print([f"kept of dumps built before: {built.kept:,} places"])
    for faults in built.faults:
        told = "; ".join(faults.told) + ("; ..." if faults.count > len(faults.told) else "")
        lines = "one line was" if faults.count == 1 else f"{faults.count:,} lines were"
        print(f"strikemap: {faults.name}: {lines} passed over: {told}", file=sys.stderr)  # noqa: T201
    _print([f"built {built.path}, {built.names:,} names"])
    return 1 if built.faults else 0


def add(file: str, *, cache_dir: Path) -> int:
    """Keep a user's own places, above all layers; status 2 and a line for each fault if any does not hold."""
    try:
        added = add_file(Path(file), cache_dir=cache_dir)
        Gazetteer.open(cache_dir=cache_dir, progress=True).close()
    except OverlayError as error:
        for line in error.faults:
            print(f"strikemap: {line}", file=sys.stderr)  # noqa: T201
        raise
    places = "one place" if added.places == 1 else f"{added.places:,} places"
    _print([f"{'replaced' if added.replaced else 'added'} {places}, kept in {added.path}; delete that file to take them out again"])
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
    """Print lines without what would steer a terminal or turn the line round: names come from files of others."""
    for line in lines:
        print("".join(c if c.isprintable() or c in _UNSEEN else "\ufffd" for c in line))  # noqa: T201
