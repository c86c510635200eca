"""Reads GeoNames' files as they are exported: country dumps, tables of divisions, alternate names. https://download.geonames.org/export/dump/

A line that does not hold is counted and the first few are told; the rest is read.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from gazetteer.errors import BuildError
from gazetteer.features import CLASSES
from gazetteer.model import NameKind
from gazetteer.names import MAX_NAME_LENGTH

TOLD_FAULTS = 5
MAX_LINE_BYTES = 200_000
"""The longest line of GeoNames has a tenth of it; a longer one is no line of a dump and is not held in memory."""
_COLUMNS = 19
_MAX_ID = 10**12
_COUNTRY = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DUMP = re.compile(r"(?:[A-Z]{2}|allCountries|no-country|cities\d+)\.(?:txt|zip)")
_DIVISION_FILES = ("admin1CodesASCII.txt", "admin2Codes.txt")
# Codes and links stand among the alternate names; they are nobody's spelling. https://www.geonames.org/export/codes.html
_NO_LANGUAGES = frozenset({"post", "link", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "phon", "olid", "swkd"})


class Row(NamedTuple):
    """One place of a dump. `alternates` stands as in the file, parted by commas; blanks are ""."""

    geonameid: int
    name: str
    ascii_name: str
    alternates: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country_code: str
    admin1: str
    admin2: str
    admin3: str
    population: int
    changed: str


class Alternate(NamedTuple):
    """One line of alternateNamesV2. `start` and `end` are None where the file has no ISO day."""

    geonameid: int
    text: str
    language: str | None
    kind: NameKind
    start: str | None
    end: str | None


@dataclass(slots=True)
class Faults:
    """Lines that were not read: how many, and the first few in words."""

    name: str
    count: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, line: int, why: str) -> None:
        self.count += 1
        if len(self.told) < TOLD_FAULTS:
            self.told.append(f"{self.name}: line {line}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The files of a build, sorted by what they are."""

    dumps: tuple[Path, ...]
    divisions: tuple[Path, ...]
    alternates: tuple[Path, ...]


def find_inputs(paths: Iterable[Path]) -> Inputs:
    """Sort files by what they are, look into folders, and find the tables that lie beside dumps.

    Raises
    ------
    BuildError
        If a path is not there, or no dump is among them.
    """
    dumps: dict[str, Path] = {}
    divisions: dict[str, Path] = {}
    alternates: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise BuildError(f"{path}: there is no such file or folder")
        if path.is_dir():
            found = [p for p in sorted(path.iterdir()) if _DUMP.fullmatch(p.name)]
            # Of AZ.txt and AZ.zip the one that needs no unpacking.
            dumps |= {p.stem: p for p in sorted(found, key=lambda p: p.suffix, reverse=True)}
            divisions |= {name: path / name for name in _DIVISION_FILES if (path / name).exists()}
            alternates |= dict.fromkeys(_alternates_beside(path, {p.stem for p in found}))
        elif path.name in _DIVISION_FILES:
            divisions[path.name] = path
        elif path.name.startswith("alternateNames") or path.parent.name == "alternateNames":
            alternates[path] = None
        else:
            dumps[path.stem] = path
            for name in _DIVISION_FILES:
                if (path.parent / name).exists():
                    divisions.setdefault(name, path.parent / name)
            alternates |= dict.fromkeys(_alternates_beside(path.parent, {path.stem}))
    if not dumps:
        raise BuildError(f"{', '.join(map(str, paths)) or 'nothing'}: no GeoNames dump such as AZ.zip or AZ.txt is among them")
    return Inputs(dumps=tuple(dumps.values()), divisions=tuple(divisions.values()), alternates=tuple(alternates))


def _alternates_beside(folder: Path, stems: set[str]) -> list[Path]:
    """Find the countries' own files of alternate names, else the world's."""
    of_country = [p for stem in sorted(stems) for end in ("txt", "zip") if (p := folder / "alternateNames" / f"{stem}.{end}").exists()]
    if {p.stem for p in of_country} >= stems:
        return list({p.stem: p for p in of_country}.values())
    world = [p for name in ("alternateNamesV2.txt", "alternateNamesV2.zip") if (p := folder / name).exists()]
    return world[:1] or list({p.stem: p for p in of_country}.values())


class Lines:
    """The lines of a text file or of the one that a zip archive holds, as bytes, and at the end the file's digest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_bytes = 0
        self.total_bytes = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The digest of the lines read so far, unpacked."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        try:
            with self._open() as file:
                while line := file.readline(MAX_LINE_BYTES):
                    self.read_bytes += len(line)
                    self._digest.update(line)
                    yield line
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise BuildError(f"{self.path}: the archive is damaged: {error}") from error
        except OSError as error:
            raise BuildError(f"{self.path}: cannot be read: {error.strerror or error}") from error

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        if self.path.suffix.lower() != ".zip":
            self.total_bytes = self.path.stat().st_size
            with self.path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith(".txt") and "readme" not in m.filename.lower()]
            chosen = next((m for m in members if Path(m.filename).stem == self.path.stem), members[0] if len(members) == 1 else None)
            if chosen is None:
                raise BuildError(f"{self.path}: holds no {self.path.stem}.txt")
            self.total_bytes = chosen.file_size
            with archive.open(chosen) as file:
                yield file


def read_rows(lines: Iterable[bytes], faults: Faults) -> Iterator[Row]:
    """Read the places of a dump; lines that do not hold go to `faults`."""
    for number, line in enumerate(lines, start=1):
        try:
            row = _row(line)
        except ValueError as error:
            faults.add(number, "is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error))
            continue
        if row is not None:
            yield row


def _row(line: bytes) -> Row | None:
    cells = line.decode().split("\t")
    if len(cells) != _COLUMNS:
        if not line.strip():
            return None
        raise ValueError(f"has {len(cells)} columns instead of {_COLUMNS}")
    number, name, ascii_name, alternates, lat_text, lon_text, letter, code, country, _, admin1, admin2, admin3, _, people = cells[:15]
    if not (number.isascii() and number.isdigit() and 0 < len(number) <= 12):
        raise ValueError(f"geonameid is {number[:20]!r}")
    if not name:
        raise ValueError("the name is blank")
    if len(name) > MAX_NAME_LENGTH:
        raise ValueError(f"the name has {len(name)} letters; {MAX_NAME_LENGTH} are the most")
    try:
        lat, lon = float(lat_text), float(lon_text)
    except ValueError:
        raise ValueError(f"latitude and longitude are {lat_text[:20]!r}, {lon_text[:20]!r}") from None
    if not (-90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0):
        raise ValueError(f"lies outside the earth at {lat_text[:20]}, {lon_text[:20]}")
    if letter not in CLASSES and letter:
        raise ValueError(f"feature class is {letter[:20]!r}")
    if country and not _COUNTRY.fullmatch(country):
        raise ValueError(f"country code is {country[:20]!r}")
    if people and not (people.isascii() and people.isdigit() and len(people) <= 12):
        raise ValueError(f"population is {people[:20]!r}")
    inhabitants, changed = int(people) if people else 0, cells[18].strip()
    return Row(int(number), name, ascii_name, alternates, lat, lon, letter, code, country, admin1, admin2, admin3, inhabitants, changed)


def read_alternates(lines: Iterable[bytes], faults: Faults) -> Iterator[Alternate]:
    """Read alternate names with their languages and years; codes and links among them are passed over."""
    for number, line in enumerate(lines, start=1):
        try:
            cells = line.decode().rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            faults.add(number, "is not UTF-8")
            continue
        if not 4 <= len(cells) <= 10 or not (cells[1].isascii() and cells[1].isdigit() and len(cells[1]) <= 12) or not cells[3]:
            if line.strip():
                faults.add(number, "is no line of alternate names")
            continue
        cells += [""] * (10 - len(cells))
        _, geonameid, language, text, preferred, _, _, historic, start, end = cells
        if language in _NO_LANGUAGES:
            continue
        kind = NameKind.HISTORIC if historic == "1" or end else NameKind.OFFICIAL if preferred == "1" else NameKind.ALTERNATE
        tag = language.partition("_")[0][:20]
        yield Alternate(
            int(geonameid), text, tag or None, kind, start if _DAY.fullmatch(start) else None, end if _DAY.fullmatch(end) else None
        )


def read_divisions(paths: Iterable[Path]) -> dict[str, str]:
    """Read the names of divisions by code: "AZ.23", and "AZ.23.1234567" for the second order.

    Raises
    ------
    BuildError
        If a file cannot be read or is no such table.
    """
    names: dict[str, str] = {}
    for path in paths:
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise BuildError(f"{path}: cannot be read: {error.strerror or error}") from error
        cells = (line.split("\t", 2) for line in text.split("\n"))
        found = {told[0]: told[1].strip() for told in cells if len(told) > 1}
        if not found:
            raise BuildError(f"{path}: is no table of GeoNames' divisions")
        names |= found
    return names
