"""Writes a file beside the old one and swaps it in by rename, under a lock, so that whoever reads sees a whole file at any moment."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from gazetteer.errors import BuildError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_WAIT_S, LOCK_POLL_S = 600.0, 0.1

Progress = Callable[[float, str], None]
"""Is told the share done, 0 to 1, and the step's name in plain words."""


def stamp(path: Path) -> tuple[int, int] | None:
    """Tell one state of a file from another; None if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


@contextmanager
def locked(cache_dir: Path) -> Iterator[None]:
    """Make the folder, keep every other builder out of it, and clear away what killed builders left.

    The lock is the system's own, so it ends with the process that holds it, however that ends.

    Raises
    ------
    BuildError
        If the folder cannot be made or another process holds the lock for ten minutes.
    """
    path = cache_dir / "gazetteer.lock"
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise BuildError(f"{cache_dir}: the gazetteer cannot be built: {error.strerror or error}") from error
    with file:
        deadline = time.monotonic() + LOCK_WAIT_S
        while not _try_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise BuildError(f"{path}: another process has held the lock for {LOCK_WAIT_S:.0f} s")
            time.sleep(LOCK_POLL_S)
        try:
            for pattern in ("gazetteer-*.tmp*", "dumps-*.tmp*", "own-*.tmp*", "own/*.tmp"):
                remove_old(cache_dir.glob(pattern))
            yield
        finally:
            _unlock(file.fileno())


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write to, which becomes `path` at the end, on disk as a whole; if anything fails, `path` stays as it was.

    Raises
    ------
    BuildError
        For every error of SQLite or the file system within: a full disk, no right to write.
    """
    beside = path.with_name(f"{path.stem}.{os.getpid()}.tmp")
    try:
        try:
            yield beside
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except BuildError:
        raise
    except sqlite3.Error as error:
        raise BuildError(f"{path}: the gazetteer cannot be built: {error}") from error
    except OSError as error:
        raise BuildError(f"{path}: the gazetteer cannot be built: {error.strerror or error}") from error


def newest(cache_dir: Path, kind: str) -> Path | None:
    """Find the file with the highest number, as "dumps-000007.sqlite"; None if there is none."""
    return max(cache_dir.glob(f"{kind}-[0-9][0-9][0-9][0-9][0-9][0-9].sqlite"), default=None)


def after(path: Path | None, *, cache_dir: Path, kind: str) -> Path:
    """Name the file that takes the place of `path`. It has a new name, for no system lets a file be replaced that others read."""
    number = 0 if path is None else int(path.stem.rpartition("-")[2])
    return cache_dir / f"{kind}-{number + 1:06d}.sqlite"


def remove_old(paths: Iterable[Path], *, keep: Path | None = None, spare: int = 0) -> None:
    """Remove files, but not `keep` and not the `spare` youngest."""
    aged = []
    for path in paths:
        age = stamp(path)
        if path != keep and age is not None:
            aged.append((age, path))
    for _, old in sorted(aged, reverse=True)[spare:]:
        try:
            old.unlink(missing_ok=True)
        except PermissionError:  # Windows: another process still reads it
            continue


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


def reporter(*, progress: bool, on_progress: Progress | None) -> Progress:
    """Make what draws a bar on stderr, on a terminal only, and tells `on_progress`."""
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
