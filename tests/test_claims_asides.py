"""Clauses that hang on a noun: what they tell is not what the sentence tells."""

from __future__ import annotations

from datetime import date

import pytest
from one_report import claims_of, only_claim

from geo.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "attacker", "place"),
    [
        ("Israeli aircraft, responding to rockets launched by Hamas, struck a workshop in Khan Younis.", "Israel", "Khan Younis"),
        ("Turkish jets, hunting PKK fighters, bombed a hill near Zakho.", "Turkey", "Zakho"),
        ("Turkish jets hunting PKK fighters who had attacked Hakkari bombed a hill near Zakho.", "Turkey", "Zakho"),
        ("In Marib, besieged by the Houthis since Friday, a missile struck a mosque.", None, "Marib"),
        ("Russian forces, who had shelled Kherson a day before, hit a market in Nikopol with artillery.", "Russia", "Nikopol"),
    ],
)
def test_an_aside_lends_neither_attacker_nor_place(reader: Reader, text: str, attacker: str | None, place: str) -> None:
    claim = only_claim(reader, text)
    assert (claim.attacker, claim.place_text) == (attacker, place)


def test_an_aside_lends_no_day(reader: Reader) -> None:
    claim = only_claim(
        reader, "In Aleppo, retaken by the army on 3 December 2016, a church was damaged by an air strike on 9 January 2017."
    )
    assert claim.date_start == date(2017, 1, 9)


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Azerbaijan, which had shelled Stepanakert for two days, agreed to a truce.", "Azerbaijan"),
        ("Armenia, which had shelled Ganja for two days, agreed to a truce.", "Armenia"),
        ("Houthi rebels, whose mortars hit Taiz on Sunday, pulled back from a hill.", "Houthis"),
        ("The army drove back M23 fighters, who had shelled Goma on Sunday.", "M23"),
        ("A drone of the Libyan National Army hit a truck in Murzuq.", "Libyan National Army"),
    ],
)
def test_a_relative_clause_tells_who_struck(reader: Reader, text: str, attacker: str) -> None:
    assert only_claim(reader, text).attacker == attacker


def test_who_said_is_no_aside(reader: Reader) -> None:
    claim = only_claim(
        reader, "A school in Daraa was hit on Sunday, according to a doctor, who said the bombs had come from a Syrian army plane."
    )
    assert claim.attacker == "Syrian government"


@pytest.mark.parametrize("sides", [("Russian", "Syrian"), ("Syrian", "Russian")])
def test_either_side_is_told_as_either(reader: Reader, sides: tuple[str, str]) -> None:
    one, other = sides
    claim = only_claim(reader, f"Either {one} or {other} planes bombed the hospital in Kafr Nabl.")
    names = {"Russian": "Russia", "Syrian": "Syrian government"}
    assert claim.attacker == f"{names[one]} or {names[other]}"


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed in Kramatorsk, Ukraine, in what the governor called a Russian glide bomb attack.",
        "A bridge near Kirkuk was destroyed in what the governor described as a drone strike.",
        "In what the governor said was a rocket attack, a depot burned in Basra.",
    ],
)
def test_who_calls_it_so_makes_the_claim(reader: Reader, text: str) -> None:
    assert {c.claimant for c in claims_of(reader, text)} == {"the governor"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shells hit the cotton factory of Kramatorsk while officials in Kyiv were meeting.", "Kramatorsk"),
        ("Rebels set off a mine on the Juba–Nimule highway near Torit, destroying a lorry, the army said.", "Torit"),
        ("A bomb went off on the Goma-Rutshuru road near Kibumba, killing a driver.", "Kibumba"),
    ],
)
def test_the_place_is_that_of_the_strike(reader: Reader, text: str, place: str) -> None:
    assert {c.place_text for c in claims_of(reader, text)} == {place}


def test_a_capital_above_which_guns_stand_did_not_fire(reader: Reader) -> None:
    claim = only_claim(reader, "Bosnian Serb gunners in the hills above Sarajevo fired twenty shells into the district of Ilidza.")
    assert claim.attacker == "Bosnian Serbs"
