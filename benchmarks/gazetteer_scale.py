"""Shows that a file with as many names as GeoNames has is looked up as quickly as the base: benchmarks/gazetteer_scale.py 20000000

Writes made-up places, three names for two of them, into a file of the gazetteer's own tables, and asks it through the gazetteer's own code.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from gazetteer.names import normalise
from gazetteer.search import MAPPED_BYTES
from gazetteer.store import Store
from gazetteer.tables import INDEXES, PRAGMAS, SCHEMA, TABLES

ORDER = "INSERT INTO main.name SELECT norm, pid, n, 2, text, NULL, NULL, NULL, NULL FROM stage.name ORDER BY norm, pid, n"
SYLLABLES = "ba ka ta sha no vo mi ri lu du ze ne go po khi yar sk ov abad kert dzor shen tepe kand bulak dara chay qala".split()
LOOK_UPS = 20_000


def made_name(number: int) -> str:
    """Make a name that no other number has, in an order that is not the numbers'."""
    mixed = number * 2_654_435_761 % (1 << 32)
    parts = []
    for _ in range(5):
        mixed, at = divmod(mixed, len(SYLLABLES))
        parts.append(SYLLABLES[at])
    return f"{''.join(parts).capitalize()} {number:x}"


def places(count: int) -> Iterator[tuple[object, ...]]:
    for pid in range(1, count + 1):
        name = made_name(pid * 2)
        yield pid, f"gn:{pid}", name, pid % 170 - 85.0, pid % 350 - 175.0, 3.0, 0, 1, "PPL", "AZ", "Some Rayon", None, None, 0, 1


def names(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(2, count + 2):
        text = made_name(number)
        # Two in three names are a place's first; the third ones are second names.
        yield normalise(text), number * 2 // 3, number % 3, text


def build(path: Path, count: int) -> None:
    stage = path.with_suffix(".stage")
    with closing(sqlite3.connect(path)) as db:
        db.executescript(PRAGMAS)
        db.execute("ATTACH ? AS stage", (str(stage),))
        db.executescript("PRAGMA stage.journal_mode = OFF; PRAGMA stage.synchronous = OFF;" + TABLES)
        db.execute("CREATE TABLE stage.name (norm, pid, n, text)")
        db.execute("INSERT INTO source VALUES (1, 1, 'made up', 'none', '')")
        db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places(count * 2 // 3 + 1))
        db.executemany("INSERT INTO stage.name VALUES (?, ?, ?, ?)", names(count))
        db.execute(ORDER)
        db.executescript(INDEXES)
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA)), ("version", "made up"), ("complete", "1")])
        db.commit()
    stage.unlink()


def memory_mb(kind: str) -> float:
    """Give the process's own memory (RssAnon), or what it has mapped of files (RssFile), which the system takes back when it needs to."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.partition(f"{kind}:")[2].split()[0]) / 1024


def ask(path: Path, count: int) -> None:
    """Measure in a process of its own, in which nothing has been read yet."""
    own, mapped = memory_mb("RssAnon"), memory_mb("RssFile")
    start = time.perf_counter()
    store = Store(path, mapped_bytes=MAPPED_BYTES // 2)  # as beside the base
    first = made_name(count // 2)
    assert store.find(normalise(first), first, ()), first
    print(f"open and first look-up: {(time.perf_counter() - start) * 1e3:.1f} ms")
    chance = random.Random(1)
    known = [made_name(chance.randrange(2, count)) for _ in range(LOOK_UPS)]
    for label, asked in (("hit", known), ("miss", [f"{name}x" for name in known])):
        keyed = [(normalise(name), name) for name in asked]
        for warm in ("first time", "again"):
            start = time.process_time()
            found = sum(bool(store.find(norm, name, ())) for norm, name in keyed)
            spent = time.process_time() - start
            assert found == (len(keyed) if label == "hit" else 0), (label, found)
            print(f"exact {label}, {warm}: {spent / len(keyed) * 1e6:.1f} us")
    print(f"memory: {memory_mb('RssAnon') - own:.0f} MB of its own, {memory_mb('RssFile') - mapped:.0f} MB mapped")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the file is made and removed again; by default the system's for passing files")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask is not None:
        ask(options.ask, options.names)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "made-up.sqlite"
        start = time.perf_counter()
        build(path, options.names)
        print(f"{options.names:,} names: built in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        subprocess.run([sys.executable, __file__, str(options.names), "--ask", str(path)], check=True)


if __name__ == "__main__":
    main()
