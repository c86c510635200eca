"""The gate: every set that is there is measured, and held against the floors of floors.toml."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geo.articles import read_dateline
from geo.articles.fields import read_published
from geo.errors import InputError, NothingToDoError
from geo.evaluation.claims import score_claims
from geo.evaluation.toponyms import score_toponyms
from geo.model import Article
from geo.pipeline import Reader
from geo.settings import Settings

FLOORS = Path(__file__).parents[2] / "tests" / "floors.toml"
# Rates of faults must stay below their floor, all others above it.
_FAULTS = ("_rate",)
_GOLD_FIELDS = frozenset(("quote", "stance", "attacker_text", "kind"))


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


def evaluate(folder: Path | None, *, settings: Settings, floors: Path = FLOORS) -> int:
    """Measure and print; return 0 if all floors hold, 1 if not.

    Parameters
    ----------
    folder
        A set of one's own (articles.jsonl, gold.jsonl), measured without floors; None for the sets of `floors` that are there.
    floors
        The file that names the sets and what must hold on them.

    Raises
    ------
    NothingToDoError
        If no set is there.
    InputError
        If a set cannot be read.
    """
    reader = Reader.open(settings, progress=True)
    if folder is not None:
        _print(folder.name, measure_claims(folder, reader), {})
        return 0
    if not floors.exists():
        raise NothingToDoError(f"{floors.name}: is not there; run this in a checkout, or name a set with --set")
    failed = measured = 0
    for floor in read_floors(floors):
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
        raise NothingToDoError(f"no set of {floors.name} is on this machine")
    return 1 if failed else 0


def digest_of(folder: Path) -> str:
    """Return the sha256 over a set's files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted([folder] if folder.is_file() else folder.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _print(name: str, figures: Mapping[str, float], floors: Mapping[str, float]) -> int:
    unmeasured = sorted(floors.keys() - figures.keys())
    for key in unmeasured:
        print(f"{name:24} {key:26} was not measured  FAILS")  # noqa: T201
    failed = len(unmeasured)
    for key, value in figures.items():
        floor = floors.get(key)
        holds = floor is None or (value <= floor if key.endswith(_FAULTS) else value >= floor)
        failed += not holds
        bound = (
            "" if floor is None else f"  {'at most' if key.endswith(_FAULTS) else 'at least'} {floor:.3f}  {'holds' if holds else 'FAILS'}"
        )
        print(f"{name:24} {key:26} {value:.3f}{bound}")  # noqa: T201
    return failed


def _rows(path: Path, *, needs: Sequence[str]) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    try:
        # Only "\n" ends a line here: texts may hold the other characters that splitlines() breaks at.
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(str(path), f"line {number} is broken JSON") from error
        if not isinstance(row, dict) or any(key not in row for key in needs):
            raise InputError(str(path), f"line {number} is no object with {' and '.join(needs)}")
        rows.append(row)
    return rows


def _article(row: Mapping[str, Any]) -> Article:
    published = read_published(str(row.get("published") or row.get("date") or ""))
    day = published.date() if isinstance(published, datetime) else published
    return Article(
        article_id=row["id"], text=row["text"], title=row.get("title") or None, source=row.get("source"), published=day,
        dateline=read_dateline(row["text"], published=day),
    )  # fmt: skip


def measure_claims(folder: Path, reader: Reader) -> dict[str, float]:
    """Score a folder's articles.jsonl against its gold.jsonl.

    Raises
    ------
    InputError
        If one of the two cannot be read, or there is gold for an article that is not there.
    """
    articles = [_article(row) for row in _rows(folder / "articles.jsonl", needs=("id", "text"))]
    gold = {row["id"]: row["claims"] for row in _rows(folder / "gold.jsonl", needs=("id", "claims"))}
    if missing := sorted(gold.keys() - {a.article_id for a in articles}):
        raise InputError(str(folder / "gold.jsonl"), f"codes {missing[0]!r}, which articles.jsonl lacks")
    for article_id, coded in gold.items():
        if any(not isinstance(each, dict) or not each.keys() >= _GOLD_FIELDS for each in coded):
            raise InputError(str(folder / "gold.jsonl"), f"a claim of {article_id!r} lacks one of {', '.join(sorted(_GOLD_FIELDS))}")
    claims = {a.article_id: reader.extract(a).claims for a in articles}
    return score_claims({a.article_id: a.text for a in articles}, gold, claims).figures()


def measure_toponyms(path: Path, reader: Reader) -> dict[str, float]:
    """Score a geoparsing corpus: one document a line with its text and its toponyms.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    rows = _rows(path, needs=("id", "text", "toponyms"))
    found = {row["id"]: reader.resolve(_article({**row, "date": None})) for row in rows}
    return score_toponyms({row["id"]: row["toponyms"] for row in rows}, found)
