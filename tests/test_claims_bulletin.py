"""Bulletins: lists of incidents, one a line, each under its own place and day. All reports are made up."""

from __future__ import annotations

from datetime import date

from one_report import claims_of

from geo.claims.bulletin import find_heads
from geo.claims.words import split_words
from geo.model import Stance, Weapon
from geo.pipeline import Reader
from geo.sentences import split_sentences

BULLETIN = (
    "Weekly log, 25-31 August 2019.\n"
    "- 25 Aug, Gharyan: air strike on a petrol station, 3 dead.\n"
    "- 26 Aug, Azizia: Grad rockets, clinic roof; GNA blames LNA; no casualties.\n"
    "- 27 Aug, Sabha: car bomb outside a bank.\n"
    "- 28 Aug, Misrata: second day without shelling.\n"
    "- 29 Aug, Bani Walid: old shell dug up in a garden, removed.\n"
)


def test_each_line_is_a_strike_at_its_own_place_and_day(reader: Reader) -> None:
    told = {c.place_text: (c.date_start, c.weapon, c.killed_min) for c in claims_of(reader, BULLETIN)}
    assert told == {
        "Gharyan": (date(2019, 8, 25), Weapon.AIR_STRIKE, 3),
        "Azizia": (date(2019, 8, 26), Weapon.ROCKET, 0),
        "Sabha": (date(2019, 8, 27), Weapon.BOMB, None),
    }


def test_who_is_blamed_in_a_line_is_blamed_for_that_line_only(reader: Reader) -> None:
    accused = [c for c in claims_of(reader, BULLETIN) if c.attacker]
    assert [(c.place_text, c.claimant, c.attacker, c.stance) for c in accused] == [
        ("Azizia", "GNA", "Libyan National Army", Stance.ACCUSED),
    ]


def test_the_head_of_a_line_may_be_a_sentence_of_its_own(reader: Reader) -> None:
    text = (
        "Incident sheet, 14-20 September 2015.\n"
        "1) 14 September, Cizre. Mortar rounds on a street, two dead.\n"
        "2) 15 September, Nusaybin. Army helicopters fire rockets at a hillside.\n"
        "3) 16 September, Bingol. Quiet.\n"
    )
    told = {(c.place_name, c.date_start) for c in claims_of(reader, text)}
    assert told == {("Cizre", date(2015, 9, 14)), ("Nusaybin", date(2015, 9, 15))}


def test_the_place_that_a_line_says_was_hit_outdoes_its_head(reader: Reader) -> None:
    text = (
        "Observers, 27 November 1994.\nBihac: three shells on the town.\nVisoko: howitzers fired 12 rounds at Ilijas.\n"
        "Cazin: one cluster bomb, aircraft seen coming from the direction of Udbina.\n"
    )
    assert {c.place_name for c in claims_of(reader, text)} == {"Bihać", "Ilijaš", "Cazin"}


def test_paragraphs_that_open_with_a_date_are_no_bulletin() -> None:
    text = "On 9 March, shells hit Sumy.\nOn 10 March, shells hit Kherson.\nOn 11 March, shells hit Izium.\nOn 12 March, all was quiet.\n"
    spans = split_sentences(text)
    assert find_heads(text, spans, [split_words(text, s.start, s.end) for s in spans]) == {}
