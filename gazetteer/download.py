"""Fetches GeoNames' dumps, for the countries that the user names and at no other time. https://download.geonames.org/export/dump/

A file that was cut off goes on where it stopped, if the server still has the same one. What is whole is kept with its sha256 beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from tqdm import tqdm

from gazetteer.errors import BuildError

SITE = "https://download.geonames.org/export/dump/"
TIMEOUT_S = 30.0
TABLES = ("admin1CodesASCII.txt", "admin2Codes.txt")
WORLD = "ALLCOUNTRIES"
_CODE = re.compile(r"[A-Za-z]{2}|allCountries", re.IGNORECASE)
_CHUNK_BYTES = 1 << 16
_AGENT = "strikemap gazetteer build (a user asked for this file)"

Told = Callable[[int, int | None], None]
"""Is told the bytes had and the bytes of the whole, None if the server does not say."""


def is_code(text: str) -> bool:
    """Tell a country's code from a path."""
    return _CODE.fullmatch(text) is not None


def download(codes: list[str], *, folder: Path, site: str = SITE, progress: bool = False) -> list[Path]:
    """Fetch the dumps of countries, their alternate names, and the tables of divisions.

    Parameters
    ----------
    codes
        ISO 3166-1 alpha-2, or allCountries.
    folder
        Where the files are kept; made if missing.
    site
        The folder on the web that GeoNames' export stands in, with a slash at its end.
    progress
        Draw a bar on stderr, on a terminal only.

    Returns
    -------
    paths
        The dumps first.

    Raises
    ------
    BuildError
        If the site cannot be reached, has no such file, or sends another size than it told. What was fetched so far is kept.
    """
    names = []
    for code in codes:
        is_world = code.upper() == WORLD
        names += ["allCountries.zip", "alternateNamesV2.zip"] if is_world else [f"{code.upper()}.zip", f"alternateNames/{code.upper()}.zip"]
    paths = []
    for name in dict.fromkeys([*names, *TABLES]):
        path = folder / name
        with tqdm(unit="B", unit_scale=True, desc=name, file=sys.stderr, disable=None if progress else True, leave=False) as bar:
            fetch(site + name, path, told=_teller(bar))
        paths.append(path)
    return paths


def _teller(bar: tqdm[Any]) -> Told:
    def told(had: int, whole: int | None) -> None:
        bar.total = whole
        bar.update(had - bar.n)

    return told


def fetch(url: str, path: Path, *, told: Told = lambda _had, _whole: None) -> None:
    """Fetch one file, unless the one that is kept is still the server's.

    Raises
    ------
    BuildError
        If it cannot be had as a whole. A part stays beside `path` and is gone on with the next time.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise BuildError(f"{url}: is no address on the web")
    part, note = path.with_name(path.name + ".part"), path.with_name(path.name + ".part.json")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fetch(url, path, part, note, told)
    except urllib.error.HTTPError as error:
        error.close()
        raise BuildError(f"{url}: the server answers {error.code} {error.reason}" + _kept(path)) from error
    except (urllib.error.URLError, TimeoutError, ConnectionError, HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise BuildError(
            f"{url}: cannot be reached: {reason or type(error).__name__}. Without a network, fetch the file elsewhere and give its path"
            + _kept(path)
        ) from error
    except OSError as error:
        raise BuildError(f"{path}: cannot be written: {error.strerror or error}") from error


def _kept(path: Path) -> str:
    return f". The file fetched before is {path}: give that path to build from it" if path.exists() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """How far an earlier fetch came, and of which state of the file."""

    bytes_had: int
    tag: str


def _fetch(url: str, path: Path, part: Path, note: Path, told: Told) -> None:
    earlier = _earlier(part, note)
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if earlier is not None:
        headers |= {"Range": f"bytes={earlier.bytes_had}-", "If-Range": earlier.tag}
    elif (tag := _tag_of(path)) is not None:
        headers |= {"If-None-Match" if tag.startswith(('"', "W/")) else "If-Modified-Since": tag}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  the scheme is checked
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310  the scheme is checked
            start = earlier.bytes_had if earlier is not None and response.status == 206 else 0
            _note(note, response.headers)
            whole = _whole(response.headers, start)
            with part.open("r+b" if start else "wb") as file:
                file.seek(start)
                file.truncate()
                had = _copy(response, file, start, whole, told)
    except urllib.error.HTTPError as error:
        if error.code == 304:
            error.close()
            return
        if error.code == 416 and earlier is not None:  # the part does not fit what the server has now
            error.close()
            part.unlink()
            _fetch(url, path, part, note, told)
            return
        raise
    if whole is not None and had != whole:
        raise BuildError(f"{url}: broke off after {had:,} of {whole:,} bytes; run the command again to go on from there")
    _finish(path, part, note)


def _copy(response: IO[bytes], file: IO[bytes], start: int, whole: int | None, told: Told) -> int:
    had = start
    while chunk := response.read(_CHUNK_BYTES):
        file.write(chunk)
        had += len(chunk)
        told(had, whole)
    return had


def _finish(path: Path, part: Path, note: Path) -> None:
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    part.replace(path)
    path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n", encoding="utf-8")
    note.replace(path.with_name(path.name + ".json"))


def _whole(headers: HTTPMessage, start: int) -> int | None:
    length = headers.get("Content-Length")
    return start + int(length) if length is not None and length.isdigit() else None


def _note(note: Path, headers: HTTPMessage) -> None:
    tag = headers.get("ETag") or headers.get("Last-Modified") or ""
    note.write_text(json.dumps({"tag": tag, "last_modified": headers.get("Last-Modified") or ""}), encoding="utf-8")


def _earlier(part: Path, note: Path) -> _Part | None:
    """Give what is had of a file; None if it is nothing, or of no known state."""
    tag = _read_tag(note)
    if not part.exists() or tag is None or tag.startswith("W/"):
        return None
    size = part.stat().st_size
    return _Part(bytes_had=size, tag=tag) if size else None


def _tag_of(path: Path) -> str | None:
    """Give the state of the file that is kept, if it is still as it was fetched."""
    try:
        told = path.with_name(path.name + ".sha256").read_text(encoding="utf-8").split()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    return _read_tag(path.with_name(path.name + ".json")) if told[:1] == [digest] else None


def _read_tag(note: Path) -> str | None:
    try:
        tag = json.loads(note.read_text(encoding="utf-8"))["tag"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return tag if isinstance(tag, str) and tag else None
