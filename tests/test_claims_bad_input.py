"""Text as it comes: in capitals, from a scan, from a page with its menus, pasted three times, from a live page, in tables."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import read_dateline
from geo.articles.furniture import find_furniture
from geo.articles.readable import make_readable
from geo.claims.capitals import read_capitals
from geo.model import Article, Claim, DateBasis, Span
from geo.pipeline import Reader

TUNING = Path(__file__).parent / "data" / "reports" / "tuning" / "articles.jsonl"
REPORTS = [json.loads(line)["text"] for line in TUNING.read_text(encoding="utf-8").splitlines()]
DAY = date(2020, 10, 24)

MENU = "Home | World | Politics | Sport\nSkip to main content\nShare on Facebook\nBy Our Correspondent\n3 min read\n\n"
OTHERS = (
    "\n\nRead more: Israeli air strike kills nine in Rafah\n\nRelated: Houthi missiles hit Riyadh airport on Monday\n\nMost read\n"
    "Russian shelling kills three in Kherson\nMyanmar jets bomb school in Sagaing, killing 12\n\nWe use cookies. Accept all cookies.\n"
    "File photo: Saudi jets over Sanaa.\nCopyright 2020 Example Media. All rights reserved.\n"
)


def claims_of(reader: Reader, text: str, *, published: date | None = DAY) -> tuple[Claim, ...]:
    dateline = read_dateline(text, published=published)
    claims = reader.extract(Article(article_id="a", text=text, published=published, dateline=dateline)).claims
    for claim in claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert claim.place_text is None or text[claim.place_start : claim.place_end] == claim.place_text
        assert all(words is None or words in text for words in (claim.claimant, claim.attacker_text, claim.date_text, claim.target))
    return claims


def told(claims: tuple[Claim, ...]) -> Counter[tuple[object, ...]]:
    return Counter(
        (c.place_id or (c.place_text or "").lower(), (c.attacker or "").lower(), c.weapon, c.stance, c.date_start, c.killed_min)
        for c in claims
    )


def test_capitals_tell_nearly_the_same_claims(reader: Reader) -> None:
    plain, large = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for n, text in enumerate(REPORTS):
        plain.update((n, *key) for key in told(claims_of(reader, text)).elements())
        large.update((n, *key) for key in told(claims_of(reader, text.upper())).elements())
    assert (plain & large).total() >= 0.9 * plain.total()
    assert (large - plain).total() <= 0.08 * plain.total()


def test_what_stands_around_a_report_adds_and_changes_nothing(reader: Reader) -> None:
    changed = 0
    for text in REPORTS:
        with_page, without = told(claims_of(reader, MENU + text + OTHERS)), told(claims_of(reader, text))
        changed += ((with_page - without) + (without - with_page)).total()
    # The names on a page weigh a little in which of two namesakes a report means.
    assert changed <= 6


def test_a_report_pasted_three_times_gives_each_claim_once(reader: Reader) -> None:
    claims = more = 0
    for text in REPORTS:
        once, thrice = told(claims_of(reader, text)), told(claims_of(reader, f"{text}\n\n{text}\n\n{text}"))
        claims, more = claims + once.total(), more + (thrice - once).total()
        assert max(thrice.values(), default=0) <= max((1, *once.values())), "no claim comes twice"
    assert more <= 0.03 * claims


def test_the_sentences_of_a_repetition_are_kept_with_the_claim(reader: Reader) -> None:
    text = "Shells hit Kramatorsk on Friday, killing two people."
    (claim,) = claims_of(reader, f"{text}\n\n{text}\n\n{text}")
    assert claim.also == (Span(len(text) + 2, 2 * len(text) + 2), Span(2 * len(text) + 4, 3 * len(text) + 4))


def test_a_scan_breaks_words_and_swaps_figures_for_letters(reader: Reader) -> None:
    (claim,) = claims_of(reader, "Shells hit Krama-\ntorsk on Fri-\nday and ki1led two people.The mayor said so.")
    assert (claim.place_name, claim.place_text, claim.killed_min, claim.date_start) == (
        "Kramatorsk",
        "Krama-\ntorsk",
        2,
        date(2020, 10, 23),
    )


def test_entries_of_a_live_page_count_their_own_days(reader: Reader) -> None:
    text = (
        "25 October 2022, 14:35 GMT\nA Russian missile has hit a petrol station in Dnipro, killing two people, the governor said.\n\n"
        "25 October 2022, 09:10 GMT\nShelling was reported in Nikopol. Three houses were damaged.\n\n"
        "24 October 2022, 23:40 GMT\nA rocket hit a shop in Mykolaiv, officials said.\n\n"
        "24 October 2022, 10:00 GMT\nYesterday's strike on Zaporizhzhia killed four people.\n"
    )
    claims = claims_of(reader, text, published=None)
    assert {(c.place_text, c.date_start, c.attacker) for c in claims} == {
        ("Dnipro", date(2022, 10, 25), "Russia"),
        ("Nikopol", date(2022, 10, 25), None),
        ("Mykolaiv", date(2022, 10, 25), None),
        ("Zaporizhzhia", date(2022, 10, 23), None),
    }
    assert {c.date_basis for c in claims} == {DateBasis.DATELINE, DateBasis.RELATIVE}


def test_twenty_datelines_are_twenty_reports(reader: Reader) -> None:
    towns = ("Marhanets", "Kherson", "Kharkiv", "Sumy", "Kramatorsk")
    text = "\n\n".join(
        f"KYIV, October {d} (Wire) - Shells hit {towns[d % 5]} overnight, killing {d + 1} people. “It was loud,” he said."
        for d in range(1, 21)
    )
    claims = claims_of(reader, text)
    assert [(c.place_name, c.date_end, c.killed_min) for c in claims] == [(towns[d % 5], date(2020, 10, d), d + 1) for d in range(1, 21)]
    assert {c.claimant for c in claims} <= {None, "he"}


def test_the_rows_of_a_table_stay_apart(reader: Reader) -> None:
    text = (
        "Date | Place | Event | Result\n2020-10-03 | Barda | Rocket attack | 4 killed\n2020-10-04 | Ganja | Missile strike | 1 killed\n"
        "2020-10-05 | Stepanakert | Shelling | 3 wounded\n"
    )
    claims = claims_of(reader, text)
    assert {(c.place_text, c.date_start, c.killed_min) for c in claims} >= {
        ("Barda", date(2020, 10, 3), 4),
        ("Ganja", date(2020, 10, 4), 1),
    }
    assert {c.attacker for c in claims} == {None}


def test_a_text_without_full_stops_is_cut_where_sentences_begin(reader: Reader) -> None:
    text = "Shells hit Kramatorsk on Friday and two people were killed " * 3 + "The mayor said that " + "the fire burned for hours " * 20
    claims = claims_of(reader, text)
    assert {c.place_name for c in claims} == {"Kramatorsk"}
    assert all(len(c.quote) < 700 for c in claims)


@pytest.mark.parametrize("change", [str, str.upper, lambda text: text.replace(".", " ")], ids=["plain", "capitals", "no stops"])
def test_a_document_of_many_pages_takes_time_by_its_length(change: object, reader: Reader) -> None:
    assert callable(change)

    def seconds(pages: int) -> float:
        text = "\n\n".join(report.replace(". ", f" on page {n}. ") for n in range(pages) for report in REPORTS[:4])
        begin = time.perf_counter()
        reader.extract(Article(article_id="a", text=change(text), published=DAY))
        return time.perf_counter() - begin

    seconds(1)
    assert seconds(24) < 4 * 4 * seconds(6)


@pytest.mark.parametrize(
    "line",
    [
        "Related: rockets hit the bazaar, and the dead were many, officials in the city said on Friday after the attack. " * 4,
        "Houses | were hit | by shells",
        "By Friday the shelling had stopped.",
        "Sources: the army fired.",
        "A file was lost.",
    ],
)
def test_a_reports_own_lines_are_no_furniture(line: str) -> None:
    assert find_furniture(line) == ()


@given(st.text(max_size=300))
def test_offsets_lead_back_whatever_the_text(text: str) -> None:
    ready = make_readable(text)
    for start in range(0, len(ready.text), 7):
        word = ready.text[start : start + 1]
        if word.isalpha() and word not in "lo":
            assert ready.written(Span(start, start + 1))[:1] == word


@given(st.text(max_size=300))
def test_reading_capitals_keeps_the_length(text: str) -> None:
    assert len(read_capitals(text, is_place=lambda _: False)) == len(text)
    assert len(read_capitals(text.upper(), is_place=lambda _: True)) == len(text.upper())
