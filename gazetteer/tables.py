"""The tables of a gazetteer's file, and the one way in which places are written into them.

Every file has these tables: the base, the dumps that a user built, a user's own places. So one reader serves them all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from gazetteer import sources
from gazetteer.model import Layer, Name, NameKind
from gazetteer.names import loose_keys, normalise
from gazetteer.overlay import Entry
from gazetteer.swap import Progress

SCHEMA = 3
LAYERS = (Layer.OVERLAY, Layer.DUMP, Layer.AREAS, Layer.BASE, Layer.AIRFIELDS)
"""The numbers that stand for the layers in a file. A new layer is added at the end."""
KINDS = (NameKind.PRIMARY, NameKind.OFFICIAL, NameKind.ALTERNATE, NameKind.HISTORIC)

TABLES = """
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
INDEXES = """
CREATE UNIQUE INDEX place_by_id ON place (place_id);
CREATE INDEX name_by_place ON name (pid, n);
"""
PRAGMAS = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"


@dataclass(slots=True, kw_only=True)
class Writer:
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
        self.db.executescript(INDEXES)
