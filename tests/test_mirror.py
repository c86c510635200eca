"""Swap the two sides in a report, and the claims mirror: neither side's words weigh more."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from mirror import exchanged, side

from geo.model import Article, Claim, Extraction, Interception
from geo.pipeline import Reader

REPORTS = Path(__file__).parent / "data" / "reports"
DEMONSTRATION = Path(__file__).parents[1] / "geo" / "demo" / "reports.jsonl"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


PAIRS = lines(REPORTS / "mirror.jsonl")
ARTICLES = {a["id"]: a for path in (*sorted(REPORTS.glob("*/articles.jsonl")), DEMONSTRATION) for a in lines(path)}
SWAPS = {swap["id"]: swap for swap in lines(REPORTS / "swaps.jsonl")}
NAMELESS = sorted(name for name, swap in SWAPS.items() if swap["swap"] is None)
SWAPPED = sorted(name for name, swap in SWAPS.items() if swap["swap"] is not None)


def told(claims: Sequence[Claim]) -> list[tuple[Any, ...]]:
    """Return what claims say, without the ids and positions that must differ."""
    return sorted(
        (
            c.claimant or "", c.stance.value, c.attacker_text or "", c.weapon.value, c.place_text or "", str(c.date_start), str(c.date_end),
            str(c.killed_min), str(c.wounded_min), str(c.place_kind),
        )
        for c in claims
    )  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p["id"])
def test_a_swapped_report_gives_the_mirror_image(pair: dict[str, Any], reader: Reader) -> None:
    swap = pair["swap"]
    report = reader.extract(Article(article_id="one", text=pair["text"]))
    mirror = reader.extract(Article(article_id="two", text=exchanged(pair["text"], swap)))
    assert report.claims
    parties = [c.attacker for c in report.claims if c.attacker]
    assert parties
    swapped = [tuple(exchanged(field, swap) for field in row) for row in told(report.claims)]
    assert sorted(swapped) == told(mirror.claims)
    assert len(report.tolls) == len(mirror.tolls)
    assert len(report.interceptions) == len(mirror.interceptions)


def extract(reader: Reader, report: dict[str, Any]) -> Extraction:
    published = date.fromisoformat(report["date"]) if "date" in report else None
    text, title, source = report["text"], report["title"], report["source"]
    return reader.extract(Article(article_id=report["id"], text=text, title=title, source=source, published=published))


def told_of_sides(extraction: Extraction, *, turn: Callable[[str], str] = str, parties: Mapping[str, str] = {}) -> list[tuple[str, ...]]:
    """Return what claims, tolls and interceptions say of the sides, the sides' words turned; `parties` tells whom turned words name.

    Where the gazetteer puts a place is left out: another country named is another hint.
    """

    def attacker(told: Claim | Interception) -> tuple[str, str]:
        words, party = told.attacker_text or "", str(told.attacker)
        return side(turn(words)), party if turn(words) == words else parties.get(party, party)

    rows = [
        (
            turn(c.claimant or ""), *attacker(c), c.stance.value, c.weapon.value, turn(c.place_text or ""), f"{c.date_start}..{c.date_end}",
            f"killed {c.killed_min}-{c.killed_max}", f"wounded {c.wounded_min}-{c.wounded_max}",
        )
        for c in extraction.claims
    ]  # fmt: skip
    tolls = [
        (turn(t.claimant or ""), "toll", f"{t.killed_min}-{t.killed_max}", f"{t.wounded_min}-{t.wounded_max}") for t in extraction.tolls
    ]
    downed = [
        (
            turn(x.claimant or ""),
            *attacker(x),
            f"downed {x.count_min}-{x.count_max}",
            *map(turn, x.place_texts),
            f"{x.date_start}..{x.date_end}",
        )
        for x in extraction.interceptions
    ]
    return sorted([*rows, *tolls, *downed])


def turned(text: str, swap: dict[str, Any]) -> str:
    return exchanged(text, swap["swap"], keep=swap.get("keep", ()))


def test_every_report_has_its_swap() -> None:
    assert SWAPS.keys() == ARTICLES.keys()


@pytest.mark.parametrize("name", SWAPPED)
def test_every_report_mirrors(name: str, reader: Reader) -> None:
    report, swap = ARTICLES[name], SWAPS[name]
    mirror = report | {"text": turned(report["text"], swap), "title": turned(report["title"], swap)}
    assert mirror["text"] != report["text"]
    expected = told_of_sides(extract(reader, report), turn=partial(turned, swap=swap), parties=swap.get("parties", {}))
    assert told_of_sides(extract(reader, mirror)) == expected


@pytest.mark.parametrize("name", NAMELESS)
def test_a_report_without_a_swap_names_no_side(name: str, reader: Reader) -> None:
    assert SWAPS[name]["why"]
    assert not [claim.attacker for claim in extract(reader, ARTICLES[name]).claims if claim.attacker]
