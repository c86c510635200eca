"""Whole files or none: written beside their place, then put there by one rename."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from geo.errors import OutputError


def write_stdout(parts: Iterable[bytes]) -> None:
    """Write to standard output.

    Raises
    ------
    OutputError
        If it does not take them.
    BrokenPipeError
        If whoever read it went away, as `| head` does: that is no fault.
    """
    for part in parts:
        _put(sys.stdout.buffer, part, name="standard output")
    try:
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _failed("standard output", error) from error


def write_file(path: Path, parts: Iterable[bytes], *, beside: Callable[[], bytes] | None = None) -> None:
    """Write a file, or nothing: until all is on disk, what was there before stays.

    Parameters
    ----------
    path
        A device or a pipe is written to as it is. A link is followed.
    beside
        Gives the content of `path`.about.json when the file is written. None, or a device as `path`: no such file.

    Raises
    ------
    OutputError
        If it cannot be written; its text names `path`.
    """
    target = Path(os.path.realpath(path))
    try:
        is_folder, is_device = target.is_dir(), target.exists() and not target.is_file()
    except (OSError, ValueError) as error:  # too long a name, or a NUL in it
        raise OutputError(
            f"{str(path)[:80]!r}: cannot be written ({error.args[-1] if isinstance(error, ValueError) else error.strerror})"
        ) from error
    if is_folder:
        raise OutputError(f"{path}: is a folder; name a file")
    if is_device:
        _write(target, parts, name=str(path), mode="wb")
        return
    drafts = [target.with_name(f".strikemap-{secrets.token_hex(8)}.tmp") for _ in range(2)]
    about = target.with_name(f"{target.name}.about.json")
    try:
        _write(drafts[0], parts, name=str(path), mode="xb")
        if beside is not None:
            _write(drafts[1], [beside()], name=f"{path}.about.json", mode="xb")
            _put_in_place(drafts[1], about, name=f"{path}.about.json")
        _put_in_place(drafts[0], target, name=str(path))
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _write(path: Path, parts: Iterable[bytes], *, name: str, mode: str) -> None:
    try:
        file = path.open(mode)
    except OSError as error:
        raise _failed(name, error) from error
    try:
        for part in parts:
            _put(file, part, name=name)
        _settle(file, name=name)
    finally:
        with suppress(OSError):
            file.close()


def _settle(file: IO[bytes], *, name: str) -> None:
    try:
        file.flush()
        if Path(file.name).is_file():
            os.fsync(file.fileno())
    except OSError as error:
        raise _failed(name, error) from error


def _put(file: IO[bytes], part: bytes, *, name: str) -> None:
    try:
        file.write(part)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _failed(name, error) from error


def _put_in_place(draft: Path, target: Path, *, name: str) -> None:
    try:
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        raise _failed(name, error) from error


def _failed(name: str, error: OSError) -> OutputError:
    return OutputError(f"{name}: cannot be written ({error.strerror or error})")
