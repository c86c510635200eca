"""The word lists of geo/claims/lexicon: well formed, and no name for two parties."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from geo.model import ClaimantKind
from geo.places.words import theatres

LEXICON = Path(__file__).resolve().parent.parent / "geo" / "claims" / "lexicon"
FILES = ("parties.tsv", "generic_parties.tsv", "leaders.tsv", "speakers.tsv")


def rows(name: str) -> Iterator[dict[str, str]]:
    with (LEXICON / name).open(encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        yield from csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)


def listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_all_columns(name: str) -> None:
    widths = {line.count("\t") for line in (LEXICON / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    assert len(widths) == 1


@pytest.mark.parametrize("name", FILES)
def test_words_are_clean(name: str) -> None:
    for row in rows(name):
        for cell in row.values():
            words = listed(cell)
            assert words == [word.strip() for word in words]
            assert all(words), row
            assert len(words) == len(set(words)), row


def test_a_name_stands_for_one_party() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows("parties.tsv"):
        for column in ("adjectives", "people", "aliases", "capital"):
            for word in [row["party"], *listed(row[column])]:
                owners[word].add(row["party"])
    assert {word: parties for word, parties in owners.items() if len(parties) > 1} == {}


def test_a_country_code_has_one_state() -> None:
    # Libya had one government after another: those rows tell their years, and only one row is open at both ends.
    states = [row["country"] for row in rows("parties.tsv") if row["kind"] == "state" and row["country"] and not row["end"]]
    assert {code for code in states if states.count(code) > 1} <= {"LY"}


def test_kinds_codes_and_dates_are_of_their_closed_sets() -> None:
    for row in rows("parties.tsv"):
        assert row["kind"] in {"state", "armed_group", "coalition", "generic"}
        assert re.fullmatch(r"[A-Z]{2}|", row["country"])
    for name in ("parties.tsv", "generic_parties.tsv", "leaders.tsv"):
        for row in rows(name):
            for when in (row["start"], row["end"]):
                assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", when), row
            assert not row["end"] or row["start"] <= row["end"]
    kinds = {row["kind"] for row in rows("speakers.tsv")}
    assert kinds == {kind.value for kind in ClaimantKind}


def test_generic_words_mean_parties_that_exist() -> None:
    known = {row["party"] for row in rows("parties.tsv")}
    assert {row["party"] for row in rows("generic_parties.tsv")} <= known


def test_a_leader_led_one_party_of_a_country_at_a_time() -> None:
    known = {row["party"] for row in rows("parties.tsv")}
    terms: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows("leaders.tsv"):
        assert row["party"] in known
        assert re.fullmatch(r"[A-Z]{2}", row["country"])
        for name in listed(row["names"]):
            terms[name, row["country"]].append((row["start"], row["end"] or "9999"))
    for key, found in terms.items():
        in_order = sorted(found)
        assert all(one[1] < later[0] for one, later in pairwise(in_order)), key


def test_a_speaker_noun_has_one_kind() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in rows("speakers.tsv"):
        for word in listed(row["words"]):
            kinds[word].add(row["kind"])
    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}


def test_every_theatre_is_dated_and_lies_on_earth() -> None:
    for theatre in theatres():
        assert len(theatre.countries) > 1, theatre.name
        assert date.fromisoformat((theatre.start + "-01")[:10]) < date.fromisoformat(((theatre.end or "2099-01") + "-01")[:10])
        for west, south, east, north in theatre.boxes:
            assert -180 <= west < east <= 180
            assert -90 <= south < north <= 90
