"""Builds the file of the dumps that a user brings: all of them in one file, beside the base and of the same tables.

Names are first written as they come, into a file beside, and put in order by SQLite's own sorter at the end: so 13 million places need
no more memory than one country.
"""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from gazetteer import sources
from gazetteer.divisions import Division, measure
from gazetteer.dumps import Faults, Inputs, Lines, Row, find_inputs, read_alternates, read_divisions, read_rows
from gazetteer.errors import BuildError, DamagedError
from gazetteer.features import extent
from gazetteer.model import LatLon, Layer
from gazetteer.names import loose_keys, normalise
from gazetteer.store import Store
from gazetteer.swap import Progress, after, locked, newest, remove_old, reporter, written_whole
from gazetteer.tables import INDEXES, KINDS, LAYERS, PRAGMAS, SCHEMA, TABLES

_BATCH = 2_000
_FIRST_ALTERNATE = 10_000
"""Numbers of names from here on come from a file of alternate names."""
_STAGE = """
CREATE TABLE stage.name (norm, pid, n, kind, text, language DEFAULT NULL, start DEFAULT NULL, end DEFAULT NULL);
CREATE TABLE stage.alternate (norm, pid, n, kind, text, language, start, end);
CREATE TABLE stage.loose (key, pid, norm, n);
CREATE TABLE stage.settlement (division, lon, lat);
"""
# A file of alternate names says which of them are historic; where the dump's own list has the same one, it says nothing of that.
_MERGE_ALTERNATES = """
CREATE INDEX stage.alternate_by_norm ON alternate (pid, norm);
DELETE FROM stage.name WHERE n > 0 AND EXISTS (SELECT 1 FROM stage.alternate a WHERE a.pid = name.pid AND a.norm = name.norm);
INSERT INTO stage.name SELECT * FROM stage.alternate;
DROP TABLE stage.alternate;
"""
_ORDER_NAMES = """
INSERT OR IGNORE INTO main.name
SELECT norm, pid, n, kind, text, language, NULL, start, end FROM stage.name ORDER BY norm, pid, n
"""
_ORDER_LOOSE = "INSERT OR IGNORE INTO main.loose SELECT key, pid, norm, n FROM stage.loose ORDER BY key, pid, n"
_PLACE_ROW = "INSERT OR IGNORE INTO main.place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)"
_KEEP_PLACES = """
INSERT INTO main.place
SELECT pid, place_id, name, lat, lon, radius_km, is_area, layer, feature_code, country_code, admin1, admin2, population,
  has_shape, ?
FROM old.place WHERE source = ? AND pid IN (SELECT pid FROM kept)
"""
_MOST_BITS = 1 << 30
_DUMP = LAYERS.index(Layer.DUMP)
_ORDERS = {"ADM1": 0, "ADM2": 1, "ADM3": 2}
_STATE_CODES = frozenset({"PCLI", "PCL", "PCLD", "PCLF", "PCLS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: the file, its places by dump, how many it kept of the file before, and the lines it could not read."""

    path: Path
    places: dict[str, int]
    kept: int
    names: int
    faults: tuple[Faults, ...]


def build_dumps(paths: Iterable[Path], *, cache_dir: Path, progress: bool = False, on_progress: Progress | None = None) -> Built:
    """Build the file of dumps anew from these, and from what the file before had of other dumps.

    Parameters
    ----------
    paths
        GeoNames country dumps (AZ.zip, AZ.txt), folders of them, and the tables of divisions and alternate names, which are also found
        where they lie beside a dump.
    cache_dir
        The gazetteer's folder; made if missing.
    progress, on_progress
        A bar on a terminal, and who else is told.

    Raises
    ------
    BuildError
        If a file is missing or damaged, a dump has no place at all, or the disk is full. What was built before then still serves.
    """
    inputs = find_inputs(paths)
    report = reporter(progress=progress, on_progress=on_progress)
    report(0.0, "reading divisions")
    with locked(cache_dir):
        old = newest(cache_dir, "dumps")
        path = after(old, cache_dir=cache_dir, kind="dumps")
        with written_whole(path) as beside:
            stage = beside.with_name(beside.name + "-stage")
            try:
                builder = _Builder(inputs, report)
                with closing(sqlite3.connect(beside)) as db, _uncollected():
                    db.executescript(PRAGMAS)
                    db.execute("ATTACH ? AS stage", (str(stage),))
                    db.executescript("PRAGMA stage.journal_mode = OFF; PRAGMA stage.synchronous = OFF;" + TABLES + _STAGE)
                    db.execute("BEGIN")
                    built = builder.write(db, old=old, path=path)
                    db.commit()
            finally:
                stage.unlink(missing_ok=True)
        remove_old(cache_dir.glob("dumps-*.sqlite"), keep=path)
    report(1.0, "done")
    return built


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no garbage: a build makes millions of rows, none of which refers to another."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Batch:
    """Rows that are on their way into the file."""

    places: list[tuple[Any, ...]] = field(default_factory=list)
    names: list[tuple[Any, ...]] = field(default_factory=list)
    loose: list[tuple[Any, ...]] = field(default_factory=list)
    settlements: list[tuple[str, float, float]] = field(default_factory=list)

    def flush(self, db: sqlite3.Connection) -> None:
        db.executemany(_PLACE_ROW, self.places)
        db.executemany("INSERT INTO stage.name (norm, pid, n, kind, text) VALUES (?, ?, ?, ?, ?)", self.names)
        db.executemany("INSERT INTO stage.loose VALUES (?, ?, ?, ?)", self.loose)
        db.executemany("INSERT INTO stage.settlement VALUES (?, ?, ?)", self.settlements)
        for rows in (self.places, self.names, self.loose, self.settlements):
            rows.clear()


class _Builder:
    """One build's state."""

    def __init__(self, inputs: Inputs, report: Progress) -> None:
        self.inputs = inputs
        self.report = report
        self.divisions = read_divisions(inputs.divisions) or sources.read_us_states()
        self.area_ids: dict[str, str] = {}
        for code, (place_id, name) in sources.read_division_ids().items():
            self.area_ids[code] = place_id
            self.divisions.setdefault(code, name)
        self.area_places: set[str] = set()
        self.division_points: dict[str, list[tuple[int, LatLon]]] = {}
        self.seen = _Seen()
        self.faults: list[Faults] = []
        self.digest = hashlib.sha256()

    def write(self, db: sqlite3.Connection, *, old: Path | None, path: Path) -> Built:
        places: dict[str, int] = {}
        for number, dump in enumerate(self.inputs.dumps):
            start, share = 0.75 * number / len(self.inputs.dumps), 0.75 / len(self.inputs.dumps)
            places[dump.stem] = self._write_dump(db, dump, number + 1, start=start, share=share)
        for alternates in self.inputs.alternates:
            self._write_alternates(db, alternates)
        if self.inputs.alternates:
            db.executescript(_MERGE_ALTERNATES)
        self._outline_divisions(db)
        kept = 0 if old is None else self._keep(db, old, stems=set(places))
        self.report(0.8, "ordering names")
        names = db.execute(_ORDER_NAMES).rowcount
        self.report(0.9, "ordering other spellings")
        db.execute(_ORDER_LOOSE)
        self.report(0.95, "writing indexes")
        for statement in INDEXES.split(";"):
            db.execute(statement)
        version = f"dumps-{self.digest.hexdigest()[:12]}"
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA)), ("version", version), ("complete", "1")])
        return Built(path=path, places=places, kept=kept, names=names, faults=tuple(f for f in self.faults if f.count))

    def _write_dump(self, db: sqlite3.Connection, dump: Path, source: int, *, start: float, share: float) -> int:
        lines, faults = Lines(dump), Faults(dump.name)
        batch, count, changed, met = _Batch(), 0, "", 0
        for met, row in enumerate(read_rows(lines, faults), start=1):  # noqa: B007  used after the loop
            if row.geonameid in self.seen:
                continue
            self.seen.add(row.geonameid)
            self._add(batch, row, source)
            count += 1
            changed = max(changed, row.changed)
            if len(batch.places) >= _BATCH:
                batch.flush(db)
                self.report(start + share * lines.read_bytes / max(1, lines.total_bytes), f"reading {dump.name}")
        batch.flush(db)
        self.faults.append(faults)
        if not met:
            raise BuildError(f"{dump}: holds no place of GeoNames" + (f"; {faults.told[0]}" if faults.told else ""))
        name = f"GeoNames, dump {dump.name} (sha256 {lines.sha256[:12]})"
        self.digest.update(lines.sha256.encode())
        day = changed if len(changed) == 10 else ""
        db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?)", (source, _DUMP, name, sources.GEONAMES_LICENCE, day))
        db.execute("INSERT INTO meta VALUES (?, ?)", (f"stem:{source}", dump.stem))
        return count

    def _add(self, batch: _Batch, row: Row, source: int) -> None:
        pid, code, country = row.geonameid, row.feature_code, row.country_code
        lies = extent(row.feature_class, code, row.population)
        code1 = f"{country}.{row.admin1}" if row.admin1 else ""
        code2 = f"{code1}.{row.admin2}" if row.admin2 and code1 else ""
        code3 = f"{code2}.{row.admin3}" if row.admin3 and code2 else ""
        place_id = self._place_id(row, code1)
        batch.places.append(
            (pid, place_id, row.name, row.lat, row.lon, lies.radius_km, lies.is_area, _DUMP, code or None,
             country or None, self.divisions.get(code1), self.divisions.get(code2), row.population or None, source)
        )  # fmt: skip
        if row.feature_class == "P":
            if code1 and code1 not in self.area_ids:
                batch.settlements.append((code1, row.lon, row.lat))
            if code2:
                batch.settlements.append((code2, row.lon, row.lat))
            if code3:
                batch.settlements.append((code3, row.lon, row.lat))
        elif code in _ORDERS and place_id.startswith("gn:"):
            self.division_points.setdefault((code1, code2, code3)[_ORDERS[code]], []).append((pid, LatLon(row.lat, row.lon)))
        norm = _add_name(batch.names, batch.loose, pid, 0, row.name, 0, country)
        n = 1
        if row.ascii_name != row.name and normalise(row.ascii_name) != norm:
            _add_name(batch.names, batch.loose, pid, n, row.ascii_name, 2, country)
            n += 1
        if row.alternates:
            for text in row.alternates.split(","):
                if text and text != row.name and sources.is_spelling(text):
                    _add_name(batch.names, batch.loose, pid, n, text, 2, country)
                    n += 1

    def _place_id(self, row: Row, code1: str) -> str:
        """Give countries and divisions the id that they have in the base, where their outlines are."""
        if row.feature_class == "A" and row.country_code:
            known = None
            if row.feature_code in _STATE_CODES:
                known = f"country:{row.country_code}"
            elif row.feature_code == "ADM1":
                known = self.area_ids.get(code1)
            if known is not None and known not in self.area_places:
                self.area_places.add(known)
                return known
        return f"gn:{row.geonameid}"

    def _write_alternates(self, db: sqlite3.Connection, path: Path) -> None:
        """Write the names of those places that the dumps have; codes of countries are needed for the looser keys."""
        self.report(0.75, f"reading {path.name}")
        lines, faults = Lines(path), Faults(path.name)
        names: list[tuple[Any, ...]] = []
        loose: list[tuple[Any, ...]] = []
        for number, alternate in enumerate(read_alternates(lines, faults), start=_FIRST_ALTERNATE):
            if alternate.geonameid not in self.seen or not sources.is_spelling(alternate.text):
                continue
            pid = alternate.geonameid
            country = db.execute("SELECT country_code FROM main.place WHERE pid = ?", (pid,)).fetchone()[0]
            norm = _add_name(names, loose, pid, number, alternate.text, KINDS.index(alternate.kind), country or "")
            if norm:
                names[-1] = (*names[-1], alternate.language, alternate.start, alternate.end)
            if len(names) >= _BATCH:
                _flush_alternates(db, names, loose)
        _flush_alternates(db, names, loose)
        self.faults.append(faults)
        self.digest.update(lines.sha256.encode())

    def _outline_divisions(self, db: sqlite3.Connection) -> None:
        """Let a division reach as far as its settlements do, and draw its outline around them."""
        self.report(0.76, "outlining divisions")
        found = db.execute("SELECT division, lon, lat FROM stage.settlement ORDER BY division")
        pids: list[int] = []
        divisions: list[Division] = []
        for code, rows in groupby(found, key=itemgetter(0)):
            if code in self.division_points:
                settlements = [(lon, lat) for _, lon, lat in rows]
                for pid, point in self.division_points[code]:
                    pids.append(pid)
                    divisions.append(Division(point=point, settlements=settlements))
                if len(divisions) >= _BATCH:
                    _write_reaches(db, pids, divisions)
        _write_reaches(db, pids, divisions)

    def _keep(self, db: sqlite3.Connection, old: Path, *, stems: set[str]) -> int:
        """Take over what the file before has of dumps that are not built now; give back how many places that is."""
        try:
            before = Store(old)
            self.digest.update(before.version.encode())
            before.close()
        except DamagedError as error:
            raise BuildError(f"{error}; delete the file, and build all dumps again") from error
        self.report(0.78, "keeping the other dumps")
        db.commit()
        db.execute("ATTACH ? AS old", (str(old),))
        db.execute("CREATE TEMP TABLE used (place_id TEXT PRIMARY KEY)")
        db.executemany("INSERT INTO used VALUES (?)", [(place_id,) for place_id in self.area_places])
        db.execute("CREATE TEMP TABLE kept (pid INTEGER PRIMARY KEY)")
        number = int(db.execute("SELECT max(source) FROM main.source").fetchone()[0])
        named = dict(db.execute("SELECT key, value FROM old.meta WHERE key LIKE 'stem:%'"))
        for key, stem in named.items():
            if stem in stems:
                continue
            number, source = number + 1, int(key.partition(":")[2])
            db.execute(
                "INSERT INTO kept SELECT pid FROM old.place WHERE source = ? AND pid NOT IN (SELECT pid FROM main.place) "
                "AND place_id NOT IN (SELECT place_id FROM used)",
                (source,),
            )
            db.execute(_KEEP_PLACES, (number, source))
            db.execute("INSERT INTO main.source SELECT ?, layer, name, licence, as_of FROM old.source WHERE source = ?", (number, source))
            db.execute("INSERT INTO main.meta VALUES (?, ?)", (f"stem:{number}", stem))
        db.execute("INSERT INTO main.shape SELECT pid, wkb FROM old.shape WHERE pid IN (SELECT pid FROM kept)")
        db.execute(
            "INSERT INTO stage.name SELECT norm, pid, n, kind, text, language, start, end FROM old.name WHERE pid IN (SELECT pid FROM kept)"
        )
        db.execute("INSERT INTO stage.loose SELECT key, pid, norm, n FROM old.loose WHERE pid IN (SELECT pid FROM kept)")
        return int(db.execute("SELECT count(*) FROM kept").fetchone()[0])


class _Seen:
    """The ids met so far: a bit for each of those that GeoNames gives today, so that 13 million take 2 MB."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._others: set[int] = set()

    def __contains__(self, number: int) -> bool:
        at = number >> 3
        if number < _MOST_BITS:
            return at < len(self._bits) and bool(self._bits[at] & 1 << (number & 7))
        return number in self._others

    def add(self, number: int) -> None:
        if number >= _MOST_BITS:
            self._others.add(number)
            return
        at = number >> 3
        if at >= len(self._bits):
            self._bits.extend(bytes(at + (1 << 16) - len(self._bits)))
        self._bits[at] |= 1 << (number & 7)


def _write_reaches(db: sqlite3.Connection, pids: list[int], divisions: list[Division]) -> None:
    reaches = list(zip(pids, measure(divisions), strict=True))
    db.executemany(
        "UPDATE main.place SET radius_km = ?, has_shape = ? WHERE pid = ?", [(r.radius_km, bool(r.outline), p) for p, r in reaches]
    )
    db.executemany("INSERT INTO main.shape VALUES (?, ?)", [(pid, r.outline) for pid, r in reaches if r.outline])
    pids.clear()
    divisions.clear()


def _add_name(names: list[tuple[Any, ...]], loose: list[tuple[Any, ...]], pid: int, n: int, text: str, kind: int, country: str) -> str:
    """Put a name and its looser keys into the rows to be written; give back its key, "" if it has none."""
    norm = normalise(text)
    if norm:
        names.append((norm, pid, n, kind, text))
        if keys := loose_keys(norm, country_code=country or "--"):
            loose += [(key, pid, norm, n) for key in keys]
    return norm


def _flush_alternates(db: sqlite3.Connection, names: list[tuple[Any, ...]], loose: list[tuple[Any, ...]]) -> None:
    db.executemany("INSERT INTO stage.alternate VALUES (?, ?, ?, ?, ?, ?, ?, ?)", names)
    db.executemany("INSERT INTO stage.loose VALUES (?, ?, ?, ?)", loose)
    names.clear()
    loose.clear()
