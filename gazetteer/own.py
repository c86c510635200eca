"""A user's own places: read from CSV, GeoJSON or Linked Places Format, kept as LPF in the cache's folder `own`, and read above all layers.

Whoever deletes a file there takes its places out again.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gazetteer.errors import BuildError, OverlayError
from gazetteer.overlay import read_overlay
from gazetteer.own_formats import read_features
from gazetteer.swap import locked, remove_old, written_whole
from gazetteer.tables import PRAGMAS, SCHEMA, TABLES, Writer

SUFFIX = ".lpf.json"
MAX_FAULTS = 50
"""So many faults of a file are told before the reading stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What `add` did: where the places are kept, how many there are, and whether an older file of this name was replaced."""

    path: Path
    places: int
    replaced: bool


def own_folder(cache_dir: Path) -> Path:
    return cache_dir / "own"


def own_paths(cache_dir: Path) -> list[Path]:
    return sorted(own_folder(cache_dir).glob(f"*{SUFFIX}"))


def add(path: Path, *, cache_dir: Path) -> Added:
    """Check a file of places and keep it.

    Parameters
    ----------
    path
        *.csv, *.geojson or *.json (GeoJSON or LPF). A file that was added under the same name before is replaced.
    cache_dir
        The gazetteer's folder; made if missing.

    Raises
    ------
    OverlayError
        If a place does not hold: `faults` has one line each. If a place's id stands in another file that was added before.
    BuildError
        If the folder cannot be written. In either case nothing is kept, and what was added before goes on serving.
    """
    features, faults = read_features(path, most=MAX_FAULTS)
    if faults:
        raise OverlayError(f"{path.name}: nothing was added, {_count(len(faults))} must be mended first", faults=tuple(faults))
    if not features:
        raise OverlayError(f"{path.name}: holds no place")
    kept = own_folder(cache_dir) / (_stem(path) + SUFFIX)
    text = json.dumps(
        {"type": "FeatureCollection", "license": "not told", "as_of": datetime.now(UTC).date().isoformat(), "features": features},
        ensure_ascii=False,
        indent=1,
    )
    with locked(cache_dir):
        replaced = kept.exists()
        try:
            with written_whole(kept) as beside:
                beside.parent.mkdir(parents=True, exist_ok=True)
                beside.write_bytes(text.encode("utf-8", "replace"))
                # Before the file is kept: a list that cannot be looked up in would keep the gazetteer from opening ever after.
                built = _build({path: path for path in own_paths(cache_dir)} | {kept: beside}, cache_dir=cache_dir)
        except BuildError as error:
            raise BuildError(f"{path.name}: nothing was added: {error}") from error
        remove_old(cache_dir.glob("own-*.sqlite"), keep=built)
    return Added(path=kept, places=len(features), replaced=replaced)


def _count(faults: int) -> str:
    return "one fault" if faults == 1 else f"{faults} faults" if faults < MAX_FAULTS else f"{faults} faults or more"


def _stem(path: Path) -> str:
    """Make a file's name that every system takes."""
    stem = re.sub(r"\.(?:lpf|geo)$", "", path.stem)
    return re.sub(r"[^\w-]+", "-", stem).strip("-").casefold()[:80] or "places"


def own_file(cache_dir: Path) -> Path | None:
    """Give the file that a user's own places are looked up in, made anew if they changed; None if there are none.

    Raises
    ------
    OverlayError
        If a kept file was changed by hand and no longer holds, or two of them have an id in common.
    BuildError
        If it cannot be written.
    """
    paths = {path: path for path in own_paths(cache_dir)}
    if not paths:
        return None
    built = _path(paths, cache_dir=cache_dir)
    if not built.exists():
        with locked(cache_dir):
            built = _build(paths, cache_dir=cache_dir)  # a list may have changed while another builder held the lock
            remove_old(cache_dir.glob("own-*.sqlite"), keep=built)
    return built


def _path(paths: Mapping[Path, Path], *, cache_dir: Path) -> Path:
    """Name the file that these lists give; each is told by the path under which it is kept and the one from which it is read."""
    digest = hashlib.sha256(str(SCHEMA).encode())
    for kept in sorted(paths):
        try:
            status = paths[kept].stat()
        except OSError as error:
            raise OverlayError(f"{kept}: cannot be read: {error.strerror}") from error
        digest.update(f"\0{kept.name}\0{status.st_size}\0{status.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return cache_dir / f"own-{digest.hexdigest()[:12]}.sqlite"


def _build(paths: Mapping[Path, Path], *, cache_dir: Path) -> Path:
    built = _path(paths, cache_dir=cache_dir)
    if not built.exists():
        with written_whole(built) as beside:
            _write(beside, paths, built.stem)
    return built


def _write(beside: Path, paths: Mapping[Path, Path], version: str) -> None:
    db = sqlite3.connect(beside)
    try:
        db.executescript(PRAGMAS + TABLES)
        db.execute("BEGIN")
        writer = Writer(db=db)
        seen: dict[str, Path] = {}
        for kept in sorted(paths):
            for entry in read_overlay(paths[kept]):
                other = seen.setdefault(entry.place.place_id, kept)
                if other is not kept:
                    raise OverlayError(
                        f"{kept}: the id {entry.place.place_id} stands in {other.name} as well; it may stand in one of the two"
                    )
                writer.add(entry)
        writer.finish(lambda _share, _step: None)
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA)), ("version", version), ("complete", "1")])
        db.commit()
    finally:
        db.close()
