"""The made-up reports and their gold: what the gold quotes stands in the text, and no war is in both sets."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.model import Stance, Weapon

REPORTS = Path(__file__).resolve().parent / "data" / "reports"
SETS = ("tuning", "checking")
SOURCES = {"made-up wire", "made-up state agency", "made-up monitor"}
CLAIM_KEYS = {
    *("quote", "also", "kind", "attacker", "attacker_text", "claimant", "stance", "target", "background", "certain"),
    *("place_text", "place_kind", "lat", "lon", "radius_km", "country", "date_start", "date_end", "killed", "wounded"),
}


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles(name: str) -> list[Any]:
    return lines(REPORTS / name / "articles.jsonl")


def claims(name: str) -> list[tuple[Any, Any]]:
    """Each claim of the set's gold with the article it was read in."""
    texts = {article["id"]: article for article in articles(name)}
    return [(texts[entry["id"]], claim) for entry in lines(REPORTS / name / "gold.jsonl") for claim in entry["claims"]]


def conflict(article_id: str) -> str:
    stem, _, number = article_id.rpartition("-")
    assert number.isdigit()
    return stem


def theatre(name: str) -> str:
    """The conflict without its years: the wars of 2014 and of 2022 in Ukraine share their ground and their words."""
    return re.sub(r"-\d{4}$", "", name)


def exchange(text: str, swap: list[list[str]]) -> str:
    partner = dict(swap) | {b: a for a, b in swap}
    longest_first = sorted(partner, key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", lambda found: partner[found.group()], text)


@pytest.mark.parametrize("name", SETS)
def test_every_report_has_its_gold(name: str) -> None:
    ids = [article["id"] for article in articles(name)]
    assert len(ids) == len(set(ids))
    assert [entry["id"] for entry in lines(REPORTS / name / "gold.jsonl")] == ids


def test_the_sets_share_no_conflict() -> None:
    tuning, checking = ({theatre(conflict(article["id"])) for article in articles(name)} for name in SETS)
    assert not tuning & checking
    assert min(len(tuning), len(checking)) >= 7


def test_there_are_enough_reports() -> None:
    assert sum(len(articles(name)) for name in SETS) >= 60


@pytest.mark.parametrize("name", SETS)
def test_articles_are_well_formed(name: str) -> None:
    for article in articles(name):
        assert set(article) == {"id", "date", "source", "title", "text"}
        date.fromisoformat(article["date"])
        assert article["title"]
        assert len(re.findall(r"[.!?](?=\s|$)", article["text"])) >= 3, article["id"]
        assert "{" not in article["text"] + article["title"]


@pytest.mark.parametrize("name", SETS)
def test_each_set_speaks_in_every_house_style(name: str) -> None:
    assert {article["source"] for article in articles(name)} == SOURCES


@pytest.mark.parametrize("name", SETS)
def test_what_the_gold_quotes_stands_in_the_text(name: str) -> None:
    for article, claim in claims(name):
        quoted = [claim["quote"], *claim["also"], *claim["attacker_text"], claim["claimant"], claim["place_text"], claim["target"]]
        missing = [words for words in quoted if words is not None and words not in article["text"]]
        assert not missing, article["id"]
        assert "" not in quoted, article["id"]


@pytest.mark.parametrize("name", SETS)
def test_claims_are_well_formed(name: str) -> None:
    for article, claim in claims(name):
        assert set(claim) == CLAIM_KEYS, article["id"]
        Weapon(claim["kind"])
        Stance(claim["stance"])
        assert isinstance(claim["background"], bool)
        assert isinstance(claim["certain"], bool)
        assert (claim["attacker"] is None) == (not claim["attacker_text"]), article["id"]
        assert claim["claimant"] is not None or claim["stance"] in {"asserted", "accused"}, article["id"]


@pytest.mark.parametrize("name", SETS)
def test_places_are_whole_or_blank(name: str) -> None:
    for article, claim in claims(name):
        place = [claim[key] for key in ("place_text", "place_kind", "lat", "lon", "radius_km", "country")]
        assert None not in place or place == [None] * len(place), article["id"]
        if claim["place_text"] is not None:
            assert claim["place_kind"] in {"point", "area"}
            assert -90 <= claim["lat"] <= 90
            assert -180 <= claim["lon"] <= 180
            assert claim["radius_km"] > 0


@pytest.mark.parametrize("name", SETS)
def test_one_name_is_one_place_within_a_conflict(name: str) -> None:
    seen: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    for article, claim in claims(name):
        if claim["place_text"] is not None:
            seen[conflict(article["id"]), claim["place_text"]].add((claim["lat"], claim["lon"]))
    assert not {place for place, points in seen.items() if len(points) > 1}


@pytest.mark.parametrize("name", SETS)
def test_days_do_not_lie_after_the_report(name: str) -> None:
    for article, claim in claims(name):
        if claim["date_start"] is None:
            assert claim["date_end"] is None
        else:
            assert (
                date.fromisoformat(claim["date_start"]) <= date.fromisoformat(claim["date_end"]) <= date.fromisoformat(article["date"])
            ), article["id"]


@pytest.mark.parametrize("name", SETS)
def test_tolls_are_ranges(name: str) -> None:
    for article, claim in claims(name):
        for least, most in (toll for toll in (claim["killed"], claim["wounded"]) if toll is not None):
            assert least >= 0, article["id"]
            assert most is None or least <= most, article["id"]


@pytest.mark.parametrize("name", SETS)
def test_the_gold_covers_what_readers_confuse(name: str) -> None:
    gold = lines(REPORTS / name / "gold.jsonl")
    assert {claim["stance"] for entry in gold for claim in entry["claims"]} == set(Stance)
    assert {claim["background"] for entry in gold for claim in entry["claims"]} == {True, False}
    assert any(not entry["claims"] for entry in gold)


def test_mirrors_exchange_the_two_parties_and_nothing_else() -> None:
    mirrors = lines(REPORTS / "mirror.jsonl")
    assert len(mirrors) >= 6
    assert len({mirror["id"] for mirror in mirrors}) == len(mirrors)
    for mirror in mirrors:
        assert set(mirror) == {"id", "text", "swap"}
        swapped = exchange(mirror["text"], mirror["swap"])
        assert swapped != mirror["text"]
        assert exchange(swapped, mirror["swap"]) == mirror["text"], mirror["id"]
        for pair in mirror["swap"]:
            assert any(re.search(rf"\b{re.escape(word)}\b", mirror["text"]) for word in pair), mirror["id"]
