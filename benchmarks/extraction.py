"""Measures text to claims: words a second on one core, beside spaCy's small pipeline on the same texts, and memory over many reports.

The texts are this project's own made-up reports (tests/data/reports, geo/demo) with other places in them each time, so that few names have
been asked before. Every one tells of strikes, so the sentences are of the kind that takes longest.

python benchmarks/extraction.py [--cache-dir FOLDER] [--reports 600] [--many 20000] [--texts FILE.jsonl]
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from lookup import rss_mb, sampled_names
from spacy_small import read_by_spacy

from gazetteer import PlaceKind
from geo.articles import read_dateline
from geo.model import Article
from geo.pipeline import Reader
from geo.settings import Settings

ROOT = Path(__file__).parents[1]
REPORTS = (*sorted(ROOT.glob("tests/data/reports/*/articles.jsonl")), ROOT / "geo/demo/reports.jsonl")
TOLD_EVERY = 2_000
KEPT_WARM = 20


@dataclass(frozen=True, slots=True)
class Template:
    """A made-up report in pieces; between two of them stands the name of a settlement, told by its number."""

    pieces: tuple[str, ...]
    numbers: tuple[int, ...]
    title: str | None
    published: date | None

    def fill(self, names: list[str]) -> str:
        return "".join(piece + names[number] for piece, number in zip(self.pieces, self.numbers, strict=False)) + self.pieces[-1]


def read_templates(reader: Reader) -> list[Template]:
    """Cut the names of settlements out of the reports. Parties, countries and regions stay, so that each still tells of its war."""
    templates = []
    for path in REPORTS:
        for article in read_reports(path):
            numbers: dict[str, int] = {}
            pieces, at, order = [], 0, []
            for resolution in reader.resolve(article):
                if resolution.place is not None and resolution.place.kind is PlaceKind.POINT:
                    span = resolution.toponym.span
                    pieces.append(article.text[at : span.start])
                    order.append(numbers.setdefault(resolution.place.place_id, len(numbers)))
                    at = span.end
            pieces.append(article.text[at:])
            templates.append(Template(tuple(pieces), tuple(order), article.title, article.published))
    return templates


def read_reports(path: Path) -> Iterator[Article]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told = row.get("date") or row.get("published")
        yield made_article(str(row["id"]), row["text"], row.get("title"), date.fromisoformat(told) if told else None)


def made_article(article_id: str, text: str, title: str | None, published: date | None) -> Article:
    return Article(
        article_id=article_id, text=text, title=title, published=published, dateline=read_dateline(text, published=published), language="en"
    )


def made_articles(reader: Reader) -> Iterator[Article]:
    """Make reports without end, each with settlements from all over the world."""
    chance = random.Random(3)
    templates, names = read_templates(reader), sampled_names(reader.gazetteer.path)
    number = 0
    while True:
        for template in templates:
            text = template.fill(chance.sample(names, max(template.numbers, default=0) + 1))
            yield made_article(f"made-up-{number}", text, template.title, template.published)
            number += 1


def measure_speed(cache_dir: Path, reports: int, texts: Path | None) -> None:
    before = rss_mb()
    reader = Reader.open(Settings(cache_dir=cache_dir))
    articles = list(islice(made_articles(reader), KEPT_WARM + reports))
    for article in articles[:KEPT_WARM]:
        reader.extract(article)
    articles = articles[KEPT_WARM:] if texts is None else list(read_reports(texts))
    words = sum(len(article.text.split()) for article in articles)
    claims = placed = 0
    start = time.process_time()
    for article in articles:
        extraction = reader.extract(article)
        claims += len(extraction.claims)
        placed += sum(mention.resolution.place is not None for mention in extraction.mentions)
    ours = words / (time.process_time() - start)
    print(f"text to claims: {ours:,.0f} words/s ({words:,} words, {len(articles):,} reports, {claims:,} claims, {placed:,} names placed)")
    print(f"memory: {rss_mb() - before:.0f} MB above what Python and this project's modules take")
    theirs = read_by_spacy([article.text for article in articles], words)
    if theirs is not None:
        print(f"ours is {ours / theirs:.1f} times as fast")


def measure_memory(cache_dir: Path, reports: int) -> None:
    reader = Reader.open(Settings(cache_dir=cache_dir))
    start, words = time.process_time(), 0
    for number, article in enumerate(islice(made_articles(reader), reports + 1)):
        if number % TOLD_EVERY == 0:
            print(f"{number:,} reports: {rss_mb():.0f} MB, {words / (time.process_time() - start):,.0f} words/s", flush=True)
        reader.extract(article)
        words += len(article.text.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache-dir", type=Path, help="a gazetteer that is built; by default one is built in a passing folder")
    parser.add_argument("--reports", type=int, default=600, help="how many are read for the speed")
    parser.add_argument("--many", type=int, default=20_000, help="how many are read for the memory")
    parser.add_argument("--texts", type=Path, help="reports of your own for the speed: lines of JSON with id, text, title, date")
    parser.add_argument("--part", choices=["speed", "memory"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "speed":
        measure_speed(options.cache_dir, options.reports, options.texts)
    elif options.part == "memory":
        measure_memory(options.cache_dir, options.many)
    else:
        with tempfile.TemporaryDirectory() as folder:
            cache_dir = options.cache_dir or Path(folder)
            Reader.open(Settings(cache_dir=cache_dir)).gazetteer.close()
            # Each in a process of its own, in which nothing has been read yet.
            for part in ("speed", "memory"):
                print(f"-- {part}", flush=True)
                sizes = ["--reports", str(options.reports), "--many", str(options.many)]
                sizes += ["--texts", str(options.texts)] if options.texts else []
                subprocess.run([sys.executable, __file__, "--part", part, "--cache-dir", str(cache_dir), *sizes], check=True)


if __name__ == "__main__":
    main()
