"""What holds for any report whatever: exact quotes, honest places, stable ids."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.model import PlaceKind
from geo.model import Article, Claim, Extraction, Role
from geo.pipeline import Reader

TODAY = date(2020, 10, 24)
REPORT = """Rockets hit the town of Barda on Friday, killing 21 people, Azerbaijan said. Armenia denied firing them.

Shelling killed two people in the village of Qwertabad in Nagorno-Karabakh overnight. Shells also fell on the village of Zzyqxabad.

Azerbaijani drones struck Martakert and several villages in the Martuni region, the Nagorno-Karabakh authorities said.

Rockets fired from Armenia hit Ganja. Since the war began, 900 soldiers have been killed, officials in Stepanakert said.
"""
PARTS = st.sampled_from(
    [
        "Azerbaijani rockets hit Barda on Friday. ", "Shells fell on Martakert, officials in Stepanakert said. ", "Baku denied it.\n\n",
        "“They shelled us,” said a man from Hadrut. ", "At least 12 people were killed in the attack. ", "Rockets from Armenia hit Ganja! ",
        "Armenia and Azerbaijan accused each other of shelling homes. ", "Drones hit villages in the Martuni region overnight. ",
        "Since then, 900 soldiers have been killed. ", "El Fasher, Tuesday: artillery hit a market. ", "Shelling hit Zzyqxabad village. ",
        "The city was hit again on 25 December. ", "Near Kharkiv, 12 km south of Chuhuiv, a mine exploded. ",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS | st.text(max_size=30), max_size=8).map("".join)


def article(text: str) -> Article:
    return Article(article_id="report", text=text, published=TODAY)


@pytest.fixture(scope="module")
def extraction(reader: Reader) -> Extraction:
    return reader.extract(article(REPORT))


def check(claim: Claim, text: str) -> None:
    assert claim.quote
    assert claim.quote == text[claim.quote_start : claim.quote_end]
    assert claim.quote == claim.quote.strip()
    for span in claim.also:
        assert 0 <= span.start < span.end <= len(text)
        assert (span.start, span.end) != (claim.quote_start, claim.quote_end)
    assert len(set(claim.also)) == len(claim.also)
    if claim.place_text is None:
        assert (claim.place_start, claim.place_end) == (None, None)
    else:
        assert claim.place_start is not None
        assert claim.place_text == text[claim.place_start : claim.place_end]
    assert (claim.date_start is None) == (claim.date_end is None) == (claim.date_basis is None)
    if claim.date_start is not None and claim.date_end is not None:
        assert claim.date_start <= claim.date_end
    for low, high in ((claim.killed_min, claim.killed_max), (claim.wounded_min, claim.wounded_max)):
        assert (high is None) if low is None else (low >= 0 and (high is None or high >= low))
    check_place(claim)


def check_place(claim: Claim) -> None:
    located = (claim.place_id, claim.lat, claim.lon, claim.radius_km, claim.place_kind, claim.geo_precision, claim.where_prec)
    assert all(field is None for field in located) or all(field is not None for field in located)
    assert claim.place_why, "why it stands there, or why nowhere"
    if claim.lat is not None and claim.lon is not None and claim.radius_km is not None:
        assert -90 <= claim.lat <= 90
        assert -180 <= claim.lon <= 180
        assert (claim.lat, claim.lon) != (0, 0)
        assert claim.radius_km > 0
    assert claim.geometry is None or claim.place_kind is PlaceKind.AREA


@given(TEXTS)
@example(REPORT)
@example("\ud800 Rockets hit Barda.")
@example("Rockets hit Barda.\x00\u2028Rockets hit Barda.")
@example("İstanbul Rockets hit Barda ﬁ ẞ on 30 February.")
def test_any_text_gives_claims_that_hold_together(reader: Reader, text: str) -> None:
    result = reader.extract(article(text))
    for claim in result.claims:
        check(claim, text)
    ids = [c.claim_id for c in result.claims]
    assert len(set(ids)) == len(ids)
    for toll in result.tolls:
        assert toll.quote == text[toll.span.start : toll.span.end]
    for stopped in result.interceptions:
        assert stopped.quote == text[stopped.span.start : stopped.span.end]
        assert stopped.weapon_text == text[stopped.weapon_span.start : stopped.weapon_span.end]
    for mention in result.mentions:
        toponym = mention.resolution.toponym
        assert toponym.text == text[toponym.span.start : toponym.span.end]


@given(TEXTS)
@example(REPORT)
def test_the_same_report_gives_the_same_again(reader: Reader, text: str) -> None:
    once, again = reader.extract(article(text)), reader.extract(article(text))
    assert once == again


@given(TEXTS)
@example(REPORT)
def test_a_mark_stands_only_at_a_settlement_or_something_finer(reader: Reader, text: str) -> None:
    for claim in reader.extract(article(text)).claims:
        if claim.place_kind is PlaceKind.POINT:
            assert claim.place_id is not None
            place = reader.gazetteer.get(claim.place_id)
            assert place is not None
            assert place.kind is PlaceKind.POINT
            assert not (place.feature_code or "").startswith(("ADM", "PCL", "RGN", "CONT"))
            assert claim.geo_precision in {1, 2}
            assert (claim.lat, claim.lon) == (place.lat, place.lon), "no jitter and no invented coordinate"


@given(before=st.integers(min_value=0, max_value=4), after=st.integers(min_value=0, max_value=4))
def test_blank_lines_around_a_report_move_offsets_only(reader: Reader, extraction: Extraction, before: int, after: int) -> None:
    moved = reader.extract(article("\n" * before + REPORT + "\n" * after))
    assert [told(c, by=before) for c in extraction.claims] == [told(c, by=0) for c in moved.claims]
    assert [(t.quote, t.killed_min) for t in extraction.tolls] == [(t.quote, t.killed_min) for t in moved.tolls]


def told(claim: Claim, *, by: int) -> Claim:
    """Return a claim with its offsets moved, without what depends on the whole text."""
    return dataclasses.replace(
        claim,
        claim_id="", text_sha256="", geometry=None,
        quote_start=claim.quote_start + by, quote_end=claim.quote_end + by,
        also=tuple(span._replace(start=span.start + by, end=span.end + by) for span in claim.also),
        reasons=tuple(
            r if r.start is None or r.end is None else r._replace(start=r.start + by, end=r.end + by) for r in claim.reasons
        ),
        place_start=None if claim.place_start is None else claim.place_start + by,
        place_end=None if claim.place_end is None else claim.place_end + by,
    )  # fmt: skip


def test_what_is_needed_to_run_it_again_is_named(extraction: Extraction, reader: Reader) -> None:
    assert extraction.claims
    for claim in extraction.claims:
        assert claim.text_sha256 == hashlib.sha256(REPORT.encode()).hexdigest()
        assert claim.gazetteer_version == reader.gazetteer.version
        assert claim.extractor_version


def test_a_claim_carries_its_report_as_it_came(reader: Reader) -> None:
    report = Article(
        article_id="7", text="Rockets hit the town of Barda.", title="Rockets", url="https://news.example/7", source="Example Wire",
        published=TODAY,
    )  # fmt: skip
    (claim,) = reader.extract(report).claims
    assert (claim.article_id, claim.title, claim.url, claim.source, claim.published) == (
        "7", "Rockets", "https://news.example/7", "Example Wire", TODAY,
    )  # fmt: skip
    assert (claim.review_status.value, claim.reviewer_note, claim.incident_id) == ("unreviewed", None, None)


def test_another_report_with_the_same_words_has_other_ids(reader: Reader) -> None:
    one = reader.extract(Article(article_id="one", text=REPORT, published=TODAY))
    two = reader.extract(Article(article_id="two", text=REPORT, published=TODAY))
    assert not {c.claim_id for c in one.claims} & {c.claim_id for c in two.claims}


def test_every_place_that_is_named_is_a_mention_with_its_part(extraction: Extraction) -> None:
    roles = {m.resolution.toponym.text: m.role for m in extraction.mentions}
    assert roles["Barda"] is Role.STRUCK
    assert roles["Martakert"] is Role.STRUCK
    assert roles["Ganja"] is Role.STRUCK
    assert roles["Stepanakert"] is not Role.STRUCK


def test_what_cannot_be_located_is_kept_with_the_reason(extraction: Extraction) -> None:
    (claim,) = (c for c in extraction.claims if c.place_text and "Zzyqxabad" in c.place_text)
    assert claim.place_kind is None
    assert claim.lat is None
    assert claim.place_why
    assert claim.resolution_method is None


def test_an_area_has_its_polygon_and_no_finer_precision_than_it_has(extraction: Extraction) -> None:
    areas = [c for c in extraction.claims if c.place_kind is PlaceKind.AREA]
    assert areas
    for claim in areas:
        assert claim.geo_precision in {2, 3}
        assert claim.geometry is not None
        min_lon, min_lat, max_lon, max_lat = claim.geometry.bounds
        assert claim.lat is not None
        assert claim.lon is not None
        assert min_lon <= claim.lon <= max_lon
        assert min_lat <= claim.lat <= max_lat


def test_a_long_report_is_read_to_its_end_in_good_time(reader: Reader) -> None:
    text = ("The council met and spoke at length of the budget and the weather. " * 40 + "\n\n") * 25 + "Rockets hit the town of Barda."
    (claim,) = reader.extract(article(text)).claims
    assert claim.place_name == "Barda"
    assert claim.quote_end == len(text)


def test_opening_with_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    from gazetteer.errors import BuildError
    from geo.settings import Settings

    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    with pytest.raises(BuildError, match="a-file"):
        Reader.open(Settings(cache_dir=blocked / "cache"))


@pytest.mark.parametrize(("day", "name", "other"), [(date(2015, 3, 1), "Artemivsk", "Bakhmut"), (date(2023, 3, 1), "Bakhmut", "Artemivsk")])
def test_a_town_is_shown_by_the_name_of_the_day_with_its_others(reader: Reader, day: date, name: str, other: str) -> None:
    (claim,) = reader.extract(Article(article_id="a", text="Shells hit Bakhmut in Ukraine.", published=day)).claims
    assert claim.place_name == name
    assert other in claim.place_names


def test_a_town_says_what_it_belonged_to_in_law_and_in_fact(reader: Reader) -> None:
    text = "Azerbaijani rockets hit the town of Martakert in Nagorno-Karabakh."
    (claim,) = reader.extract(Article(article_id="a", text=text, published=date(2020, 10, 24))).claims
    assert claim.place_parents == ("de jure: Tartar District", "de facto: Martakert Province")
