"""Swap the two sides in a report, and the claims mirror: neither side's words weigh more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from mirror import exchanged

from geo.model import Article, Claim
from geo.pipeline import Reader

REPORTS = Path(__file__).parent / "data" / "reports" / "mirror.jsonl"
PAIRS = [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]


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
