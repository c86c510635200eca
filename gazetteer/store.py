"""Reads one gazetteer file: what bears a name, what has an id. `search` puts several of them together."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields, make_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import wkb
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from gazetteer.errors import DamagedError
from gazetteer.model import Layer, Match, Name, Parent, Place, PlaceKind
from gazetteer.tables import KINDS, LAYERS, SCHEMA

_AREA, _POINT = PlaceKind.AREA, PlaceKind.POINT  # looking up a member of an enum takes longer than a global
_HEADER = b"SQLite format 3\0"

# All that is put together here are this module's own constants; what a user gives goes in by "?". Every column costs a look-up 0.2 us.
_PLACE = (
    "p.place_id, p.name, p.lat, p.lon, p.radius_km, p.feature_code, p.country_code, p.admin1, p.admin2, p.population, "
    "p.source * 4 + p.has_shape * 2 + p.is_area"
)
# One name in a thousand has any of its last three columns.
_NAME = (
    "n.kind, n.text, n.language, CASE WHEN coalesce(n.side, n.start, n.end) IS NULL THEN NULL ELSE json_array(n.side, n.start, n.end) END"
)
_FIND = f"SELECT {_PLACE}, {_NAME} FROM name n JOIN place p ON p.pid = n.pid WHERE n.norm = ?"  # noqa: S608
# Places that bear the name itself are left out: they have been found already.
_FIND_LOOSE = {
    keys: f"WITH asked (key) AS (VALUES {', '.join(['(?)'] * keys)}) SELECT {_PLACE}, {_NAME} FROM asked CROSS JOIN loose l USING (key) "  # noqa: S608
    "JOIN name n ON n.norm = l.norm AND n.pid = l.pid AND n.n = l.n JOIN place p ON p.pid = l.pid "
    "WHERE NOT EXISTS (SELECT 1 FROM name x WHERE x.norm = ? AND x.pid = l.pid)"
    for keys in (1, 2, 3, 4)
}
_GET = f"SELECT {_PLACE}, p.pid FROM place p WHERE p.place_id = ?"  # noqa: S608
_NAMES = f"SELECT {_NAME} FROM name n WHERE n.pid = ? ORDER BY n.n"  # noqa: S608
_PARENTS = "SELECT name, standing, start, end FROM parent WHERE pid = ? ORDER BY n"
_SHAPE = "SELECT wkb FROM shape JOIN place USING (pid) WHERE place_id = ?"
_COUNTS = "SELECT source, count(*) FROM place GROUP BY source"

_KIND, _TEXT = 11, 12  # where these stand in a row of _FIND

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = tuple[Any, ...]


def _open(record: type[DataclassInstance]) -> type[Any]:
    """Give a twin of a frozen record that is not frozen, which is filled (all fields, in order) and then made the record itself.

    This is how a look-up makes its records: a frozen dataclass sets each field by a call of `object.__setattr__`, which takes six times as
    long as all the rest of it. Python lets an object change its class for one of the same slots.
    """
    return make_dataclass(record.__name__, [field.name for field in fields(record)], slots=True)


_OpenPlace, _OpenName, _OpenMatch = _open(Place), _open(Name), _open(Match)


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

    def __init__(self, path: Path, *, mapped_bytes: int = 0) -> None:
        """Open a file.

        Parameters
        ----------
        path
            The file.
        mapped_bytes
            How much of it, from its start, is mapped into the memory of the process, and so read without SQLite's own cache of pages.

        Raises
        ------
        DamagedError
            If it is missing, cut short, or no gazetteer of this schema.
        """
        self.path = path
        _check_whole(path)
        try:
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._db.execute(f"PRAGMA mmap_size = {mapped_bytes}")
            meta = dict(self._db.execute("SELECT key, value FROM meta"))
            sources = self._db.execute("SELECT source, layer, name, licence, as_of FROM source").fetchall()
        except sqlite3.Error as error:
            raise DamagedError(f"{path}: is no gazetteer: {error}") from error
        if meta.get("schema") != str(SCHEMA) or meta.get("complete") != "1":
            raise DamagedError(f"{path}: is no gazetteer of schema {SCHEMA}")
        self.version: str = meta["version"]
        self._sources = {row[0]: SourceInfo(layer=LAYERS[row[1]], name=row[2], licence=row[3], as_of=row[4], places=0) for row in sources}

    def find(self, norm: str, name: str) -> list[Match]:
        """Find what bears the normalised name; one match a place, in no order."""
        rows = self._rows(_FIND, (norm,))
        if not rows:
            return []
        written = name.strip().casefold()
        return [self._match(row, row[_TEXT].casefold() == written) for row in _best_per_place(rows, written)]

    def find_loose(self, norm: str, keys: tuple[str, ...]) -> list[Match]:
        """Find what bears a name with one of the loose keys, one to four, but not the normalised name; one match a place, in no order."""
        rows = self._rows(_FIND_LOOSE[len(keys)], (*keys, norm))
        return [self._match(row, False) for row in _best_per_place(rows, None)]

    def _rows(self, query: str, asked: tuple[str, ...]) -> list[Row]:
        try:
            return self._db.execute(query, asked).fetchall()
        except sqlite3.Error as error:
            raise DamagedError(f"{self.path}: {error}") from error

    def get(self, place_id: str, *, whole: bool = True) -> Place | None:
        """Give the entry with this id, `whole` with names and parents; None if there is none."""
        try:
            row = self._db.execute(_GET, (place_id,)).fetchone()
            if row is None:
                return None
            if not whole:
                return self._place(row)
            names = tuple(_name(*r) for r in self._db.execute(_NAMES, row[-1:]))
            parents = tuple(Parent(name=r[0], standing=r[1], start=r[2], end=r[3]) for r in self._db.execute(_PARENTS, row[-1:]))
            return self._place(row, names, parents)
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

    def _match(self, row: Row, exact: bool) -> Match:
        match: Match = _OpenMatch(self._place(row), _name(*row[_KIND:]), exact)
        match.__class__ = Match
        return match

    def _place(self, row: Row, names: tuple[Name, ...] = (), parents: tuple[Parent, ...] = ()) -> Place:
        traits = row[10]
        source = self._sources[traits >> 2]
        place: Place = _OpenPlace(
            row[0], row[1], row[2], row[3], row[4], _AREA if traits & 1 else _POINT, source.layer, row[5], row[6], row[7], row[8], row[9],
            names, parents, traits & 2 == 2, source.name, source.licence, source.as_of,
        )  # fmt: skip
        place.__class__ = Place
        return place


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


def _name(kind: int, text: str, language: str | None, use: str | None) -> Name:
    side, start, end = (None, None, None) if use is None else json.loads(use)
    name: Name = _OpenName(text, KINDS[kind], language, side, start, end)
    name.__class__ = Name
    return name


def _best_per_place(rows: list[Row], written: str | None) -> Iterable[Row]:
    """Of several names of one place that have the same key, keep the one as written, else the one of best standing."""
    if len(rows) < 2:
        return rows
    best: dict[str, Row] = {}
    for row in rows:
        known = best.setdefault(row[0], row)
        if known is not row and (row[_TEXT].casefold() == written, -row[_KIND]) > (known[_TEXT].casefold() == written, -known[_KIND]):
            best[row[0]] = row
    return best.values()
