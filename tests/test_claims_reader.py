"""A report as a whole: what is told twice is one claim, what is told by two sides is two, and nothing is filled in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from one_report import THURSDAY, claims_of, extract, only_claim

from geo.model import DateBasis, Stance, Weapon
from geo.pipeline import Reader


def test_a_strike_told_three_times_is_one_claim(reader: Reader) -> None:
    text = (
        "A rocket hit the bazaar in Barda on Thursday. Officials said the rocket attack on Barda killed 21 people. "
        "The attack also wounded 70 people."
    )
    claim = only_claim(reader, text)
    assert len(claim.also) == 2
    told = [text[claim.quote_start : claim.quote_end], *(text[s.start : s.end] for s in claim.also)]
    assert sorted(told) == sorted(f"{s}." for s in text.rstrip(".").split(". "))
    assert (claim.killed_min, claim.wounded_min, claim.claimant) == (21, 70, "Officials")


def test_what_later_sentences_add_goes_to_the_strike_they_point_back_to(reader: Reader) -> None:
    text = "Shells fell on Kramatorsk on Thursday. The shelling killed a nurse. Two people were wounded in the attack, the mayor said."
    claims = claims_of(reader, text)
    assert {c.place_name for c in claims} == {"Kramatorsk"}
    assert sum(c.killed_min == 1 for c in claims) == 1
    assert sum(c.wounded_min == 2 for c in claims) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Shells hit Kramatorsk on Monday.", "Shells hit Kramatorsk on Thursday."),
        ("Shells hit Kramatorsk on Thursday.", "Drones hit Kramatorsk on Thursday."),
        ("Russian shells hit Kramatorsk on Thursday.", "Ukrainian shells hit Kramatorsk on Thursday."),
        ("Shells killed two people in Kramatorsk on Thursday.", "Shells killed thirty people in Kramatorsk on Thursday."),
        ("Shells hit Kramatorsk on Thursday.", "Shells hit Marhanets on Thursday."),
    ],
)
def test_two_strikes_that_differ_stay_two(one: str, two: str, reader: Reader) -> None:
    assert len(claims_of(reader, f"{one} {two}")) == 2


def test_mutual_accusations_mirror(reader: Reader) -> None:
    text = "Russia and Ukraine accused each other of shelling the nuclear plant in Enerhodar on Thursday."
    claims = claims_of(reader, text)
    assert {(c.claimant, c.attacker, c.stance) for c in claims} == {
        ("Russia", "Ukraine", Stance.ACCUSED),
        ("Ukraine", "Russia", Stance.ACCUSED),
    }
    assert len({(c.place_id, c.weapon, c.date_start, c.quote_start) for c in claims}) == 1


def test_without_a_day_no_day_is_filled_in(reader: Reader) -> None:
    claim = only_claim(reader, "Shells hit Kramatorsk.")
    assert (claim.date_start, claim.date_end, claim.date_text, claim.date_basis, claim.time_precision) == (None,) * 5


def test_a_weekday_without_a_report_day_is_no_day(reader: Reader) -> None:
    claim = only_claim(reader, "Shells hit Kramatorsk on Thursday.", day=None)
    assert (claim.date_start, claim.date_basis) == (None, None)


def test_a_day_that_is_told_stands_without_a_report_day(reader: Reader) -> None:
    claim = only_claim(reader, "Shells hit Kramatorsk on 9 May 2024.", day=None)
    assert (claim.date_start, claim.date_end, claim.date_basis) == (THURSDAY, THURSDAY, DateBasis.EXPLICIT)


def test_the_dateline_in_the_text_wins_over_the_files_date(reader: Reader) -> None:
    from geo.articles import read_bytes

    text = "date 2020-10-24\nShells hit the town of Terter yesterday."
    (article,) = read_bytes("report.txt", text.encode(), settings=reader.settings, on_error=lambda e: pytest.fail(str(e)))
    (claim,) = reader.extract(article).claims
    assert claim.date_start == date(2020, 10, 23)
    assert claim.published is None


def test_a_line_that_breaks_off_goes_on_in_the_next(reader: Reader) -> None:
    claim = only_claim(
        reader, "Power failed in many quarters of the city of Ganja.\nRockets that were fired from\nArmenia hit Ganja on Thursday."
    )
    assert claim.place_name == "Ganja"
    assert claim.attacker is None, "rockets fired from a country are not yet that country's"


def test_a_headline_without_a_full_stop_is_a_sentence_of_its_own(reader: Reader) -> None:
    claim = only_claim(reader, "Council meets in Lviv\nRockets hit Kramatorsk on Thursday.")
    assert claim.quote == "Rockets hit Kramatorsk on Thursday."


def test_the_day_is_carried_on_to_the_next_sentence(reader: Reader) -> None:
    text = "Rockets hit Kharkiv on Thursday. Shells also fell on Kramatorsk."
    assert {c.place_name: c.date_start for c in claims_of(reader, text)} == {"Kharkiv": THURSDAY, "Kramatorsk": THURSDAY}


def test_a_running_total_is_a_toll_and_never_a_strike(reader: Reader) -> None:
    text = "A missile hit Kharkiv on Thursday. Since the war began, 4,200 civilians have been killed, the United Nations said."
    result = extract(reader, text)
    (claim,) = result.claims
    (toll,) = result.tolls
    assert (claim.killed_min, claim.killed_max, claim.claimant) == (None, None, None)
    assert (toll.killed_min, toll.claimant) == (4200, "the United Nations")
    assert text[toll.span.start : toll.span.end] == toll.quote


def test_a_total_alone_makes_no_strike(reader: Reader) -> None:
    assert claims_of(reader, "Since the war began, 4,200 civilians have been killed by shelling, the United Nations said.") == ()


def test_the_toll_of_one_strike_is_no_running_total(reader: Reader) -> None:
    result = extract(reader, "Shells killed 26 people in Kramatorsk on Thursday.")
    assert [c.killed_min for c in result.claims] == [26]
    assert result.tolls == ()


def test_no_casualties_told_is_not_none_told(reader: Reader) -> None:
    untold = only_claim(reader, "Rockets hit Sderot on Thursday.")
    told = only_claim(reader, "Rockets hit Sderot on Thursday. Nobody was hurt.")
    assert (untold.wounded_min, untold.wounded_max) == (None, None)
    assert (told.wounded_min, told.wounded_max) == (0, 0)


def test_an_open_toll_has_no_upper_end(reader: Reader) -> None:
    claim = only_claim(reader, "Shells killed at least 12 people in Kramatorsk on Thursday.")
    assert (claim.killed_min, claim.killed_max) == (12, None)


def test_the_city_of_the_sentence_before_is_meant(reader: Reader) -> None:
    text = "Power failed in Kharkiv on Thursday after missiles hit Kharkiv. Drones struck the city again overnight."
    assert {c.place_name for c in claims_of(reader, text)} == {"Kharkiv"}


def test_what_the_report_tells_as_the_past_is_background(reader: Reader) -> None:
    text = "Missiles hit Kharkiv on Thursday. Last month shells killed six people in Kramatorsk."
    told = {c.place_name: c.is_background for c in claims_of(reader, text)}
    assert told == {"Kharkiv": False, "Kramatorsk": True}


def test_a_report_without_a_strike_gives_no_claim_but_its_places(reader: Reader) -> None:
    result = extract(reader, "The two ministers met in Geneva on Thursday and flew on to Cairo.")
    assert result.claims == ()
    assert result.tolls == ()
    assert {m.resolution.toponym.text for m in result.mentions} == {"Geneva", "Cairo"}


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", ".", "?!", "\u200b", "5", "Shelling", "hit hit hit hit", "of of of", ", said", "said said"]
)
def test_a_text_that_says_nothing_gives_nothing(text: str, reader: Reader) -> None:
    assert claims_of(reader, text) == ()


WORDS = (
    "Russia Ukrainian Azerbaijani Armenia forces army rebels Hezbollah rockets missile drones shells shelled bombed hit struck was were "
    'killed wounded two 12 at least people civilians soldiers in on near from of by against and , . ; : " “ ” ( ) - — the a said '
    "according to accused denied claimed responsibility for each other that after while who Thursday overnight yesterday 4 October 2020 "
    "Kharkiv Martakert Martuni Kyiv Baku Nagorno-Karabakh region village town city he it its there attack strike since war began \n \n\n"
).split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@example(["accused", "each", "other", "of", "shelled", "Kharkiv"])
@example(["Russia", "denied"])
@example(["claimed responsibility", "Kharkiv", "shelled"])
def test_any_order_of_a_wars_words_can_be_read(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims_of(reader, text):
        assert claim.quote == text[claim.quote_start : claim.quote_end]
        assert claim.attacker_text is None or claim.attacker_text in text
        assert claim.claimant is None or claim.claimant in text
        assert claim.weapon_text is None or claim.weapon_text in text
        assert (claim.attacker is None) == (claim.attacker_text is None)
        assert claim.weapon in set(Weapon)
