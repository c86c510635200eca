"""What a user names as INPUT, opened: a file, a folder, a glob, or "-"."""

from __future__ import annotations

import glob
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from geo.errors import InputError

OnError = Callable[[InputError], None]
"""Is told of each input that could not be read, or only in part."""

SUFFIXES = frozenset(("", ".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"))
"""In a folder, files with these suffixes are read; a file that is named itself is read whatever its suffix."""

_OWN = ".about.json"  # what an export says of itself
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_CHUNK = 1 << 20
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One input, opened at its start. `name` is as the user knows it; `stream` can be read twice."""

    name: str
    stream: IO[bytes]


def find(inputs: Iterable[str], *, on_error: OnError) -> Iterator[str]:
    """Turn what the user named into files, in order; "-" stays as it is. What leads to no file is reported."""
    for name in inputs:
        if name == "-":
            yield name
        elif _ADDRESS.match(name):
            on_error(InputError(name, "addresses are not fetched yet; save the page and pass the file"))
        else:
            yield from _find_files(name, on_error=on_error)


def _find_files(name: str, *, on_error: OnError) -> Iterator[str]:
    try:
        is_folder, is_there = Path(name).is_dir(), Path(name).exists()
    except OSError as error:
        on_error(_unreadable(name if len(name) < _SHOWN else name[:_SHOWN] + "...", error))
        return
    if is_folder:
        yield from _walk(name, on_error=on_error)
    elif is_there or not glob.has_magic(name):
        yield name
    else:
        matches = sorted(glob.iglob(name, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        if not matches:
            on_error(InputError(name, "matches no file"))
        for match in matches:
            if not Path(match).is_dir():
                yield match
            elif "**" not in name:
                yield from _walk(match, on_error=on_error)


def _walk(folder: str, *, on_error: OnError) -> Iterator[str]:
    count, others = 0, Counter[str]()
    for root, folders, names in os.walk(folder, onerror=lambda error: on_error(_unreadable(str(error.filename), error))):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(each for each in names if not each.startswith(".")):
            suffix = Path(name).suffix.lower()
            if name.endswith(_OWN):
                continue
            if suffix in SUFFIXES:
                count += 1
                yield os.path.join(root, name)  # noqa: PTH118  keeps the folder as the user wrote it
            else:
                others[suffix] += 1
    told = ", ".join(f"{suffix} {number}" for suffix, number in sorted(others.items()))
    if not count:
        on_error(InputError(folder, "holds no file that can be read" + (f" (only {told})" if told else "")))
    elif others:
        on_error(InputError(folder, f"{others.total()} files of other kinds are left out: {told}; name them to have them read", lost=False))


@contextmanager
def opened(name: str, *, max_bytes: int) -> Iterator[Source]:
    """Open a file, or standard input for "-".

    Raises
    ------
    InputError
        If it is not there, cannot be read to its end, is empty or is larger than `max_bytes`.
    """
    shown = "standard input" if name == "-" else name
    try:
        with _binary(name) as file, _rereadable(file, max_bytes=max_bytes) as stream:
            yield check(Source(name=shown, stream=stream), max_bytes=max_bytes)
    except OSError as error:
        raise _unreadable(shown, error) from None


def _binary(name: str) -> AbstractContextManager[IO[bytes]]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except ValueError as error:  # a NUL in the name
        raise _unreadable(name, error) from None


@contextmanager
def _rereadable(stream: IO[bytes], *, max_bytes: int) -> Iterator[IO[bytes]]:
    """Keep what comes through a pipe, up to one byte above the limit, so that it can be read twice."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=8 * _CHUNK) as kept:
        left = max_bytes + 1
        while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
            kept.write(chunk)
            left -= len(chunk)
        yield kept


def check(source: Source, *, max_bytes: int) -> Source:
    """Give a source back, at its start.

    Raises
    ------
    InputError
        If it is empty or larger than `max_bytes`.
    """
    size = source.stream.seek(0, os.SEEK_END)
    source.stream.seek(0)
    if not size:
        raise InputError(source.name, "is empty")
    if size > max_bytes:
        raise InputError(source.name, f"is larger than {max_bytes / 2**20:.3g} MiB, the limit for one input; split it")
    return source


def _unreadable(name: str, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(name, "there is no such file or folder")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(name, f"cannot be read ({reason})")
