"""Is a model worth it? Measures the claims that are read with a dependency parse or a trained ranker beside those of the rules alone.

Run it where spaCy's small pipeline is installed (README.md beside this file); docs/claims.md has the table and what follows from it.
A set is a folder with articles.jsonl and gold.jsonl, as tests/data/reports/README.md tells them.

python benchmarks/claim_models.py [--cache-dir FOLDER] [--set FOLDER]... [--rates all]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from claim_ways import RULES, Way, parse_ways, used
from extraction import made_article
from numpy.typing import NDArray
from parsed import Parser
from ranked import RANKED, Logit, Ranked, Taught

from geo.evaluation.claims import Gold, score_claims
from geo.model import Article
from geo.pipeline import Reader
from geo.settings import Settings

OURS = Path(__file__).parents[1] / "tests/data/reports"
SAMPLES = 4_000
# Rate: what it counts, and of what.
RATES = {
    "claim_f1": ({"found": 2}, {"found": 2, "wrong": 1, "missed": 1}),
    "full_f1": ({"full": 2}, {"found": 2, "wrong": 1, "missed": 1}),
    "attacker": ({"attacker_right": 1}, {"found": 1}),
    "att_wrong": ({"attacker_wrong": 1}, {"attacker_named": 1}),
    "invented": ({"attacker_invented": 1}, {"attacker_blank": 1}),
    "as_fact": ({"claimant_lost": 1}, {"claimant_told": 1}),
    "wrong_pin": ({"wrong_pins": 1}, {"pins": 1}),
}
KEYS = sorted({k for rate in RATES.values() for part in rate for k in part})
# Countries whose reports are of one war; what is about any other country is a war by itself.
WARS = {"Karabakh": {"AZ", "AM"}, "Ukraine": {"UA", "RU"}, "Syria": {"SY", "TR"}, "Gaza and Lebanon": {"IL", "PS", "LB"}}
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reports:
    """A set of reports with gold."""

    name: str
    articles: tuple[Article, ...]
    gold: dict[str, Sequence[Gold]]

    @classmethod
    def read(cls, folder: Path) -> Reports:
        gold = {r["id"]: r["claims"] for r in map(json.loads, _lines(folder / "gold.jsonl"))}
        articles = tuple(a for a in map(_article, _lines(folder / "articles.jsonl")) if a.article_id in gold)
        return cls(folder.name, articles, gold)

    def count(self, reader: Reader, way_for: Callable[[Article], Way]) -> Counts:
        """Return what is right and wrong in each report, one row a report, the columns as in `KEYS`."""
        rows = []
        for article in self.articles:
            name = article.article_id
            with used(way_for(article)):
                claims = reader.extract(article).claims
            counts: Counter[str] = score_claims({name: article.text}, {name: self.gold[name]}, {name: claims}).counts
            rows.append([counts[k] for k in KEYS])
        return np.array(rows, dtype=float)

    @staticmethod
    def war_of(article: Article, reader: Reader) -> str:
        """Return the war that a report is about, by the country that it speaks of most."""
        countries = Counter(r.place.country_code for r in reader.resolve(article) if r.place is not None and r.place.country_code)
        most = countries.most_common(1)[0][0] if countries else "none"
        return next((war for war, codes in WARS.items() if most in codes), most)

    def teach(self, reader: Reader, parser: Parser | None) -> list[Taught]:
        """Return, for each report, the reader's decisions with what the gold says of them; with the parse's word if there is a parser."""
        made = []
        for article in self.articles:
            taught = Taught(article.article_id, self.war_of(article, reader))
            with used(taught.listening(self.gold[article.article_id], parser)):
                reader.extract(article)
            made.append(taught)
        return made


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _article(line: str) -> Article:
    row = json.loads(line)
    told = row.get("date") or row.get("published")
    return made_article(str(row["id"]), row["text"], row.get("title"), date.fromisoformat(told) if told else None)


# -- how sure a difference is -------------------------------------------------------------------------------------------------------


def rate(counts: Counts, name: str) -> Counts:
    """Return a rate of one row of counts, or of many."""
    upper, lower = ([part.get(k, 0) for k in KEYS] for part in RATES[name])
    whole = counts @ np.array(lower, dtype=float)
    return np.divide(counts @ np.array(upper, dtype=float), whole, out=np.zeros_like(whole), where=whole > 0)


def difference(one: Counts, two: Counts, name: str) -> tuple[float, float, float]:
    """Return how much higher a rate is in `two`, with its 95 % interval: a paired bootstrap over reports."""
    weights = np.random.default_rng(7).multinomial(len(one), [1 / len(one)] * len(one), size=SAMPLES).astype(float)
    low, high = np.percentile(rate(weights @ two, name) - rate(weights @ one, name), [2.5, 97.5])
    return float(rate(two.sum(0), name) - rate(one.sum(0), name)), float(low), float(high)


@dataclass(slots=True)
class Table:
    """The counts of every way on every set, printed as they come in."""

    counts: dict[tuple[str, str], Counts]

    def add(self, reports: str, way: str, counts: Counts) -> None:
        self.counts[reports, way] = counts
        by_rules = self.counts[reports, RULES.name]
        cells = []
        for name in RATES:
            if way == RULES.name:
                cells.append(f"{name} {rate(counts.sum(0), name):.3f}")
            elif (by_rules == counts).all():
                cells.append(f"{name} as before")
            else:
                change, low, high = difference(by_rules, counts, name)
                cells.append(f"{name} {change:+.3f} [{low:+.3f}, {high:+.3f}]{'*' if low > 0 or high < 0 else ''}")
        differing = int((by_rules != counts).any(axis=1).sum())
        print(f"{reports:9} | {way:42} | {differing:2} reports differ | {' | '.join(cells)}", flush=True)

    def add_all(self, sets: Sequence[str]) -> None:
        """Add the sets together, for the ways that are measured on each."""
        for way in dict.fromkeys(w for _, w in self.counts):
            if all((s, way) in self.counts for s in sets):
                self.add("together", way, np.concatenate([self.counts[s, way] for s in sets]))


# -- the ranker ---------------------------------------------------------------------------------------------------------------------


def measure_rankers(table: Table, sets: Sequence[Reports], reader: Reader, parser: Parser) -> None:
    """Measure each ranker on reports of wars that it was not trained on; nothing is ever trained on the set that only measures."""
    for sees_parse in (False, True):
        used_parser = parser if sees_parse else None
        taught = {s.name: s.teach(reader, used_parser) for s in sets}
        school = [t for s in sets if s.name != "checking" for t in taught[s.name]]
        print_decisions(school, f"{', parse seen' if sees_parse else ''}")
        for reports in sets:
            pupils = {t.article_id: t for t in taught[reports.name]}
            for apart in ("wars", "reports"):
                if apart == "reports" and reports.name == "checking":
                    continue
                models: dict[tuple[str, str], Logit] = {}
                for ranked in RANKED:
                    name = f"{ranked.name}{', parse seen' if sees_parse else ''}, other {apart}"
                    ways = _Trained(ranked, school, pupils, apart, models, used_parser)
                    table.add(reports.name, name, reports.count(reader, ways.way_for))


def print_decisions(school: Sequence[Taught], seen: str) -> None:
    """Print how often the rules and a ranker trained on other wars decide as the gold does."""
    for ranked in RANKED[::2]:
        right: Counter[str] = Counter()
        for war in {t.war for t in school}:
            model = ranked.train([t for t in school if t.war != war])
            for example in (e for t in school if t.war == war for e in ranked.examples(t)):
                right.update(all=1, rules=example.decided_right(example.rules), ranker=example.decided_right(ranked.decide(model, example)))
        print(
            f"decisions | {ranked.name}{seen}, other wars: of {right['all']} rules {right['rules']} right, ranker {right['ranker']}",
            flush=True,
        )


@dataclass(frozen=True, slots=True)
class _Trained:
    """Gives the way of a ranker for each report, trained without that report's war, or without a tenth of the reports."""

    ranked: Ranked
    school: Sequence[Taught]
    pupils: dict[str, Taught]
    apart: str
    models: dict[tuple[str, str], Logit]
    parser: Parser | None

    def way_for(self, article: Article) -> Way:
        pupil = self.pupils[article.article_id]
        left_out = pupil.war if self.apart == "wars" else str(pupil.fold)
        key = self.ranked.ranks, left_out
        if key not in self.models:
            others = [t for t in self.school if left_out != (t.war if self.apart == "wars" else str(t.fold))]
            self.models[key] = self.ranked.train(others)
        return self.ranked.way(self.models[key], self.parser)


# -- speed --------------------------------------------------------------------------------------------------------------------------


def measure_speed(reader: Reader, articles: Sequence[Article], ways: Sequence[Way], parser: Parser) -> None:
    words = sum(len(a.text.split()) for a in articles)
    for way in ways:
        parser.forget()
        with used(way) as seen:
            start = time.process_time()
            for article in articles:
                reader.extract(article)
            seconds = time.process_time() - start
        print(
            f"speed     | {way.name:42} | {words / seconds:,.0f} words/s; of {seen.read:,} sentences in reports of strikes"
            f" {seen.candidates:,} tell one, {parser.parsed:,} were parsed, in {parser.seconds / seconds:.0%} of the time",
            flush=True,
        )


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--cache-dir", type=Path, help="a gazetteer that is built")
    wanted.add_argument("--set", type=Path, action="append", default=[], help="another set to train and measure on; can be given again")
    options = wanted.parse_args()
    reader = Reader.open(Settings(cache_dir=options.cache_dir) if options.cache_dir else Settings.from_environment())
    parser = Parser.load()
    if parser is None:
        print("spaCy's small pipeline is not installed (README.md beside this file says how)")
        return
    sets = [Reports.read(folder) for folder in (*options.set, OURS / "tuning", OURS / "checking")]
    table = Table({})
    for reports in sets:
        for way in (RULES, *parse_ways(parser)):
            table.add(reports.name, way.name, reports.count(reader, lambda _, way=way: way))
    measure_rankers(table, sets, reader, parser)
    table.add_all([reports.name for reports in sets])
    measure_speed(reader, [a for reports in sets for a in reports.articles], (RULES, *parse_ways(parser)), parser)


if __name__ == "__main__":
    main()
