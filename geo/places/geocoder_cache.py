"""What the geocoder keeps on disk: the answers it got, whose turn it is to ask, and what left the machine.

All of it lies in the cache folder, readable by its owner alone, and may be deleted at any time:

    geocoder-1.sqlite       the answers with their expiry, and from when on each server may be asked again
    geocoder-log.jsonl      one JSON object a line for each name looked up: when, of whom, exactly what, and whether it was
                            "sent" or found among the answers kept ("cached"); for the user to read, never read by the program

Any number of threads and processes may share the folder. SQLite's own lock is held only for the moment of a look-up, not while
somebody waits for a turn.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import GeocoderError

DATABASE = "geocoder-1.sqlite"
LOG = "geocoder-log.jsonl"

DAY_S = 86_400.0
ANSWER_EXPIRY_S = 90 * DAY_S
NOTHING_EXPIRY_S = 30 * DAY_S  # a name that is missing today may be mapped next month

LONGEST_PAUSE_S = 60.0
LONGEST_HOLD_OFF_S = DAY_S

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS answer (
           endpoint TEXT, asked TEXT, country_codes TEXT, viewbox TEXT, language TEXT,
           body TEXT NOT NULL, asked_at REAL NOT NULL, expires_at REAL NOT NULL,
           PRIMARY KEY (endpoint, asked, country_codes, viewbox, language))""",
    "CREATE TABLE IF NOT EXISTS turn (host TEXT PRIMARY KEY, next_at REAL NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheKey:
    """What makes two questions the same. Empty `country_codes` or `viewbox`: not bounded by it."""

    endpoint: str
    asked: str
    country_codes: str
    viewbox: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """The server's answer as JSON text (a list, "[]" where it found nothing), and when it was given."""

    body: str
    asked_at: datetime


class GeocoderStore:
    """The answers and the turns in one SQLite file.

    Every method raises GeocoderError, naming the file, if the file cannot be read or written. A file that is no database any
    more is set aside as "geocoder-1.sqlite.damaged" and a new one is begun: it holds nothing that cannot be asked again.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = folder / DATABASE
        self._clock = clock

    def get(self, key: CacheKey) -> KeptAnswer | None:
        """Return the answer kept for a question, None if there is none or it has expired."""
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT body, asked_at FROM answer WHERE endpoint = ? AND asked = ? AND country_codes = ? AND viewbox = ? AND language = ? "
                "AND expires_at > ?",
                (key.endpoint, key.asked, key.country_codes, key.viewbox, key.language, self._clock()),
            ).fetchone()
        return None if row is None else KeptAnswer(body=row[0], asked_at=datetime.fromtimestamp(row[1], UTC))

    def put(self, key: CacheKey, body: str, *, found: bool) -> KeptAnswer:
        """Keep an answer: 90 days if something was `found`, else 30. Drops all that has expired."""
        now = self._clock()
        expires_at = now + (ANSWER_EXPIRY_S if found else NOTHING_EXPIRY_S)
        with self._transaction() as connection:
            connection.execute("DELETE FROM answer WHERE expires_at <= ?", (now,))
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (key.endpoint, key.asked, key.country_codes, key.viewbox, key.language, body, now, expires_at),
            )
        return KeptAnswer(body=body, asked_at=datetime.fromtimestamp(now, UTC))

    def take_turn(self, host: str, *, pause_s: float) -> float:
        """Take the turn to ask `host`, if it is free: then nobody else gets it for the next `pause_s`.

        Returns
        -------
        wait_s
            0 if the turn is taken: ask now. Otherwise the seconds after which to try again; nothing is reserved.
        """
        with self._transaction() as connection:
            now = self._clock()
            row = connection.execute("SELECT next_at, not_before FROM turn WHERE host = ?", (host,)).fetchone()
            # All processes share the wall clock alone. What lies farther ahead than it can ever be set comes from a clock set back.
            until_next, until_free = (0.0, 0.0) if row is None else (row[0] - now, row[1] - now)
            wait_s: float = max(
                0.0, until_next if until_next <= LONGEST_PAUSE_S else 0.0, until_free if until_free <= LONGEST_HOLD_OFF_S else 0.0
            )
            if wait_s == 0.0:
                connection.execute("INSERT OR REPLACE INTO turn (host, next_at, not_before) VALUES (?, ?, 0)", (host, now + pause_s))
        return wait_s

    def hold_off(self, host: str, *, for_s: float) -> None:
        """Let nobody ask `host` for so many seconds, a day at most. A hold-off is never shortened."""
        until = self._clock() + min(for_s, LONGEST_HOLD_OFF_S)
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO turn (host, not_before) VALUES (?, ?) "
                "ON CONFLICT (host) DO UPDATE SET not_before = max(not_before, excluded.not_before)",
                (host, until),
            )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._open()) as connection:
                yield connection
                connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                self._set_aside()
            raise GeocoderError(f"{self.path}: the geocoder's answers cannot be kept: {error}") from error
        except OSError as error:
            raise GeocoderError(f"{self.path}: the geocoder's answers cannot be kept: {error.strerror or error}") from error

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(mode=0o600)  # the names asked are nobody else's business
        try:
            return self._begin()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
        self._set_aside()
        return self._begin()

    def _begin(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=10.0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            for statement in SCHEMA:
                connection.execute(statement)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _set_aside(self) -> None:
        with suppress(FileNotFoundError):  # another process was quicker
            self.path.replace(self.path.with_name(self.path.name + ".damaged"))


class RequestLog:
    """The file in which a user can read what was asked of whom. Readable by its owner alone."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOG

    def write(self, *, endpoint: str, asked: str, country_codes: str, viewbox: str, outcome: str) -> None:
        """Add a line; `outcome` is "sent" or "cached". Written before the request leaves, so that none leaves unlogged.

        Raises
        ------
        GeocoderError
            If the file cannot be written.
        """
        entry = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "endpoint": endpoint,
            "asked": asked,
            "country_codes": country_codes,
            "viewbox": viewbox,
            "outcome": outcome,
        }
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # One write in append mode: lines of several processes never mix.
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                _append(descriptor, line.encode())
            finally:
                os.close(descriptor)
        except OSError as error:
            raise GeocoderError(f"{self.path}: cannot be written, so nothing is asked: {error.strerror}") from error


def _append(descriptor: int, line: bytes) -> None:
    """Write a line as a whole or not at all: a disk that fills up takes a part of it and says nothing."""
    written = os.write(descriptor, line)
    if written < len(line):
        end = os.lseek(descriptor, 0, os.SEEK_CUR)
        if os.fstat(descriptor).st_size == end:  # nobody has written after us
            os.ftruncate(descriptor, end - written)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _is_damage(error: sqlite3.Error) -> bool:
    # Errors that sqlite3 raises by itself, not for SQLite, carry no code.
    return getattr(error, "sqlite_errorcode", None) in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
