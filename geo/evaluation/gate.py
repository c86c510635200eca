"""The gate: every set that is there is measured, and held against the floors of floors.toml."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.articles import read_dateline
from geo.errors import NothingToDoError
from geo.evaluation.claims import score_claims
from geo.evaluation.toponyms import score_toponyms
from geo.model import Article
from geo.pipeline import Reader
from geo.settings import Settings

FLOORS = Path(__file__).parents[2] / "tests" / "floors.toml"
# Rates of faults must stay below their floor, all others above it.
_FAULTS = ("_rate",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """One set of the gate: where it lies, which content it must have, and what must hold on it."""

    name: str
    kind: str
    folder: Path
    sha256: str | None
    figures: Mapping[str, float]


def read_floors(path: Path = FLOORS) -> tuple[Floor, ...]:
    """Read the floors; folders count from the file's own."""
    with path.open("rb") as stream:
        table = tomllib.load(stream)
    return tuple(
        Floor(name=name, kind=row["kind"], folder=(path.parent / row["folder"]).resolve(), sha256=row.get("sha256"), figures=row["floors"])
        for name, row in table.items()
    )


def evaluate(folder: Path | None, *, settings: Settings) -> int:
    """Measure and print; return 0 if all floors hold, 1 if not.

    Parameters
    ----------
    folder
        A set of one's own (articles.jsonl, gold.jsonl), measured without floors; None for the sets of floors.toml that are there.

    Raises
    ------
    NothingToDoError
        If no set is there.
    """
    reader = Reader.open(settings, progress=True)
    if folder is not None:
        _print(folder.name, measure_claims(folder, reader), {})
        return 0
    if not FLOORS.exists():
        raise NothingToDoError(f"{FLOORS.name}: is not there; run this in a checkout, or name a set with --set")
    failed = measured = 0
    for floor in read_floors():
        if not floor.folder.exists():
            print(f"{floor.name}: {floor.folder.name} is not on this machine, skipped")  # noqa: T201
            continue
        measured += 1
        digest = digest_of(floor.folder)
        if floor.sha256 is not None and digest != floor.sha256:
            print(f"{floor.name}: the set has changed (sha256 {digest}); its floors must be set anew")  # noqa: T201
            failed += 1
        figures = measure_claims(floor.folder, reader) if floor.kind == "claims" else measure_toponyms(floor.folder, reader)
        failed += _print(floor.name, figures, floor.figures)
    if not measured:
        raise NothingToDoError("no set of floors.toml is on this machine")
    return 1 if failed else 0


def digest_of(folder: Path) -> str:
    """Return the sha256 over a set's files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted([folder] if folder.is_file() else folder.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _print(name: str, figures: Mapping[str, float], floors: Mapping[str, float]) -> int:
    failed = 0
    for key, value in figures.items():
        floor = floors.get(key)
        holds = floor is None or (value <= floor if key.endswith(_FAULTS) else value >= floor)
        failed += not holds
        bound = (
            "" if floor is None else f"  {'at most' if key.endswith(_FAULTS) else 'at least'} {floor:.3f}  {'holds' if holds else 'FAILS'}"
        )
        print(f"{name:24} {key:26} {value:.3f}{bound}")  # noqa: T201
    return failed


def _articles(path: Path) -> list[Article]:
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        made.append(_article(row))
    return made


def _article(row: Mapping[str, Any]) -> Article:
    published = row.get("published") or row.get("date")
    day = date.fromisoformat(published[:10]) if published else None
    return Article(
        article_id=row["id"], text=row["text"], title=row.get("title") or None, source=row.get("source"), published=day,
        dateline=read_dateline(row["text"], published=day),
    )  # fmt: skip


def measure_claims(folder: Path, reader: Reader) -> dict[str, float]:
    """Score a folder's articles.jsonl against its gold.jsonl."""
    articles = _articles(folder / "articles.jsonl")
    gold = {row["id"]: row["claims"] for row in map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())}
    claims = {a.article_id: reader.extract(a).claims for a in articles}
    return score_claims({a.article_id: a.text for a in articles}, gold, claims).figures()


def measure_toponyms(path: Path, reader: Reader) -> dict[str, float]:
    """Score a geoparsing corpus: one document a line with its text and its toponyms."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: reader.resolve(_article({**row, "date": None})) for row in rows}
    return score_toponyms({row["id"]: row["toponyms"] for row in rows}, found)
