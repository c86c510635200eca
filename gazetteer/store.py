"""Reads one gazetteer file: what bears a name, what has an id. `search` puts several of them together."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import wkb
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from gazetteer.errors import DamagedError
from gazetteer.model import Layer, Match, Name, Parent, Place, PlaceKind
from gazetteer.tables import KINDS, LAYERS, SCHEMA

_MMAP_BYTES = 1 << 30
_HEADER = b"SQLite format 3\0"

# All that is put together here are this module's own constants; what a user gives goes in by "?".
_PLACE = (
    "p.place_id, p.name, p.lat, p.lon, p.radius_km, p.is_area, p.layer, p.feature_code, p.country_code, p.admin1, p.admin2, p.population, "
    "p.has_shape, p.source, p.pid"
)
_NAME = "n.kind, n.text, n.language, n.side, n.start, n.end"
_FIND = f"SELECT {_NAME}, {_PLACE} FROM name n JOIN place p ON p.pid = n.pid WHERE n.norm = ?"  # noqa: S608
_FIND_LOOSE = (
    f"SELECT {_NAME}, {_PLACE} FROM loose l JOIN name n ON n.norm = l.norm AND n.pid = l.pid AND n.n = l.n "  # noqa: S608
    "JOIN place p ON p.pid = l.pid WHERE l.key IN (?, ?, ?, ?)"
)
_GET = f"SELECT {_PLACE} FROM place p WHERE p.place_id = ?"  # noqa: S608
_NAMES = f"SELECT {_NAME} FROM name n WHERE n.pid = ? ORDER BY n.n"  # noqa: S608
_PARENTS = "SELECT name, standing, start, end FROM parent WHERE pid = ? ORDER BY n"
_SHAPE = "SELECT wkb FROM shape JOIN place USING (pid) WHERE place_id = ?"
_COUNTS = "SELECT source, count(*) FROM place GROUP BY source"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """One source within a layer, with the number of its places."""

    layer: Layer
    name: str
    licence: str
    as_of: str
    places: int


class Store:
    """One finished file, read only. Every method raises DamagedError if the file turns out damaged."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises
        ------
        DamagedError
            If it is missing, cut short, or no gazetteer of this schema.
        """
        self.path = path
        _check_whole(path)
        try:
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._db.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
            meta = dict(self._db.execute("SELECT key, value FROM meta"))
            sources = self._db.execute("SELECT source, layer, name, licence, as_of FROM source").fetchall()
        except sqlite3.Error as error:
            raise DamagedError(f"{path}: is no gazetteer: {error}") from error
        if meta.get("schema") != str(SCHEMA) or meta.get("complete") != "1":
            raise DamagedError(f"{path}: is no gazetteer of schema {SCHEMA}")
        self.version: str = meta["version"]
        self._sources = {row[0]: SourceInfo(layer=LAYERS[row[1]], name=row[2], licence=row[3], as_of=row[4], places=0) for row in sources}

    def find(self, norm: str, name: str, keys: tuple[str, ...]) -> list[Match]:
        """Find what bears the normalised name, or a loose key; one match a place, in no order."""
        try:
            best = _best_per_place(self._db.execute(_FIND, (norm,)).fetchall(), name)
            if keys:
                padded = (*keys, *("",) * (4 - len(keys)))
                for pid, row in _best_per_place(self._db.execute(_FIND_LOOSE, padded).fetchall(), None).items():
                    best.setdefault(pid, row)
            return [Match(place=self._place(row[6:]), name=_name(row), exact=exact) for exact, row in best.values()]
        except sqlite3.Error as error:
            raise DamagedError(f"{self.path}: {error}") from error

    def get(self, place_id: str, *, whole: bool = True) -> Place | None:
        """Give the entry with this id, `whole` with names and parents; None if there is none."""
        try:
            row = self._db.execute(_GET, (place_id,)).fetchone()
            return None if row is None else self._place(row, whole=whole)
        except sqlite3.Error as error:
            raise DamagedError(f"{self.path}: {error}") from error
        except UnicodeEncodeError:  # a lone surrogate, which no id has
            return None

    def shape(self, place_id: str) -> BaseGeometry | None:
        """Give the outline of an area in (lon, lat) degrees; None if there is none."""
        try:
            row = self._db.execute(_SHAPE, (place_id,)).fetchone()
            return None if row is None else wkb.loads(row[0])
        except (sqlite3.Error, ShapelyError) as error:
            raise DamagedError(f"{self.path}: {error}") from error
        except UnicodeEncodeError:
            return None

    def ids(self) -> list[str]:
        """List the ids of all entries."""
        try:
            return [row[0] for row in self._db.execute("SELECT place_id FROM place")]
        except sqlite3.Error as error:
            raise DamagedError(f"{self.path}: {error}") from error

    def sources(self) -> tuple[SourceInfo, ...]:
        """List the sources, each with its number of places."""
        try:
            counts = dict(self._db.execute(_COUNTS))
        except sqlite3.Error as error:
            raise DamagedError(f"{self.path}: {error}") from error
        return tuple(
            SourceInfo(layer=s.layer, name=s.name, licence=s.licence, as_of=s.as_of, places=counts.get(key, 0))
            for key, s in self._sources.items()
        )

    def close(self) -> None:
        self._db.close()

    def _place(self, row: Row, *, whole: bool = False) -> Place:
        layer, source, pid = LAYERS[row[6]], self._sources[row[13]], row[14]
        names: tuple[Name, ...] = ()
        parents: tuple[Parent, ...] = ()
        if whole:
            names = tuple(_name(r) for r in self._db.execute(_NAMES, (pid,)))
            parents = tuple(Parent(name=r[0], standing=r[1], start=r[2], end=r[3]) for r in self._db.execute(_PARENTS, (pid,)))
        return Place(
            place_id=row[0],
            name=row[1],
            lat=row[2],
            lon=row[3],
            radius_km=row[4],
            kind=PlaceKind.AREA if row[5] else PlaceKind.POINT,
            layer=layer,
            feature_code=row[7],
            country_code=row[8],
            admin1=row[9],
            admin2=row[10],
            population=row[11],
            names=names,
            parents=parents,
            has_shape=bool(row[12]),
            source=source.name,
            licence=source.licence,
            as_of=source.as_of,
        )


def _check_whole(path: Path) -> None:
    """Refuse a file that is cut short, from its first hundred bytes: SQLite's header tells page size and page count."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise DamagedError(f"{path}: cannot be read: {os.strerror(error.errno or 0)}") from error
    page_size = int.from_bytes(header[16:18]) or 0
    pages = int.from_bytes(header[28:32])
    if len(header) < 100 or not header.startswith(_HEADER):
        raise DamagedError(f"{path}: is no gazetteer")
    if size != (65536 if page_size == 1 else page_size) * pages:
        raise DamagedError(f"{path}: is cut short or grown: {size} bytes where its header tells of {page_size * pages}")


def _name(row: Row) -> Name:
    return Name(text=row[1], kind=KINDS[row[0]], language=row[2], side=row[3], start=row[4], end=row[5])


def _best_per_place(rows: list[Row], name: str | None) -> dict[int, tuple[bool, Row]]:
    """Of several names of one place that have the same key, keep the one as written, else the one of best standing."""
    written = None if name is None else name.strip().casefold()
    best: dict[int, tuple[bool, Row]] = {}
    for row in rows:
        exact = row[1].casefold() == written
        known = best.get(row[20])
        if known is None or (exact, -row[0]) > (known[0], -known[1][0]):
            best[row[20]] = (exact, row)
    return best
