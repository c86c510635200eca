"""What is told as a strike, in whatever voice and with whatever weapon; and what only looks like one."""

from __future__ import annotations

import pytest
from one_report import claims_of, only_claim

from geo.claims.events import find_events
from geo.claims.glance import Glance
from geo.claims.words import split_words
from geo.model import Weapon
from geo.pipeline import Reader


@pytest.mark.parametrize(
    "text",
    [
        "Gunners shelled Kramatorsk on Thursday.",
        "The town of Kramatorsk was shelled on Thursday.",
        "The shelling of Kramatorsk on Thursday killed a nurse.",
        "On Thursday Kramatorsk came under mortar fire.",
        "On Thursday, shells fell on Kramatorsk.",
        "Two people died in the shelling of Kramatorsk on Thursday.",
        "Artillery fire hit Kramatorsk on Thursday.",
        "Kramatorsk has been pounded with howitzers since Thursday.",
    ],
)
def test_a_strike_is_read_in_any_voice(text: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.place_text, claim.weapon) in {("Kramatorsk", Weapon.ARTILLERY), ("The town of Kramatorsk", Weapon.ARTILLERY)}
    assert claim.country_code == "UA"


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("Mortar rounds fell on Chuhuiv on Thursday.", Weapon.ARTILLERY),
        ("Tank shells hit Chuhuiv on Thursday.", Weapon.ARTILLERY),
        ("Grad rockets hit Chuhuiv on Thursday.", Weapon.ROCKET),
        ("A ballistic missile slammed into Chuhuiv on Thursday.", Weapon.MISSILE),
        ("Warplanes bombed Chuhuiv on Thursday.", Weapon.AIR_STRIKE),
        ("Helicopters dropped barrel bombs on Chuhuiv on Thursday.", Weapon.AIR_STRIKE),
        ("Guided bombs hit Chuhuiv on Thursday.", Weapon.AIR_STRIKE),
        ("Jets fired missiles at Chuhuiv on Thursday.", Weapon.AIR_STRIKE),
        ("Drones struck Chuhuiv on Thursday.", Weapon.DRONE),
        ("An FPV drone hit a bus in Chuhuiv on Thursday.", Weapon.DRONE),
        ("A car bomb killed six people in Chuhuiv on Thursday.", Weapon.BOMB),
        ("A suicide bomber blew himself up in Chuhuiv on Thursday.", Weapon.BOMB),
        ("A roadside bomb hit a van near Chuhuiv on Thursday.", Weapon.BOMB),
        ("A landmine killed a farmer near Chuhuiv on Thursday.", Weapon.MINE),
        ("A tractor ran over an anti-tank mine near Chuhuiv on Thursday, killing its driver.", Weapon.MINE),
        ("A chlorine attack on Chuhuiv left a dozen people choking on Thursday.", Weapon.CHEMICAL),
        ("The town of Chuhuiv was bombed on Thursday.", Weapon.UNSPECIFIED),
    ],
)
def test_the_weapon_is_the_one_told(text: str, weapon: Weapon, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.weapon is weapon
    assert claim.weapon_text is None or claim.weapon_text in text
    assert claim.place_name == "Chuhuyiv"


def test_the_words_for_the_weapon_are_kept_as_written(reader: Reader) -> None:
    assert only_claim(reader, "Grad rockets hit Chuhuiv on Thursday.").weapon_text in {"Grad", "Grad rockets", "rockets"}


@pytest.mark.parametrize(
    "text",
    [
        "Teachers in Kharkiv went on strike over pay on Thursday.",
        "A general strike emptied the streets of Dhaka on Thursday.",
        "Rail strikes stopped the trains in Lyon on Thursday.",
        "The Houston Rockets beat Dallas on Thursday, and the Winnipeg Jets lost in Toronto.",
        "A shell company in Dubai hid the money, prosecutors said on Thursday.",
        "Shell said its oil output off Lagos fell on Thursday.",
        "Poland will buy 500 rockets and artillery pieces from Seoul.",
        "Berlin delivered howitzers and missiles to Kyiv on Thursday.",
        "The navy held a missile drill off Busan on Thursday.",
        "Iran tested ballistic missiles near Semnan on Thursday.",
        "A rocket carried a satellite into orbit from Kourou on Thursday.",
        "An earthquake struck Herat on Thursday.",
        "Lightning struck a church in Lyon on Thursday.",
        "A storm hit Odesa on Thursday.",
        "Shares in Tokyo hit a record high on Thursday.",
        "The two sides struck a deal in Geneva on Thursday.",
        "Police raided a house in Marseille on Thursday.",
        "Miners left the Donetsk coal mine on Thursday.",
        "The old king died of a heart attack in Amman on Thursday.",
        "A military plane crashed near Kazan on Thursday.",
        "A cyber attack hit a bank in Tallinn on Thursday.",
    ],
)
def test_look_alikes_are_no_strikes(text: str, reader: Reader) -> None:
    assert claims_of(reader, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Moscow threatened to bomb Odesa if it got new weapons.",
        "The generals plan to shell Loikaw, two deserters said.",
        "The mayor warned that Kharkiv could be bombed again.",
        "If rockets hit Haifa, the army would respond.",
        "Ministers called for an end to the shelling of Kramatorsk.",
        "The council urged both armies to stop bombing Nyala.",
        "Police foiled a bomb attack in Lyon on Thursday.",
        "Sappers defused a bomb in Kharkiv on Thursday.",
        "Air defences shot down six drones over Odesa on Thursday.",
        "A rocket aimed at Riyadh was intercepted on Thursday.",
        "Families in Zahedan live in fear of air strikes.",
    ],
)
def test_what_is_threatened_planned_feared_or_foiled_did_not_happen(text: str, reader: Reader) -> None:
    assert claims_of(reader, text) == ()


def test_look_alikes_stay_out_of_a_report_that_tells_a_strike(reader: Reader) -> None:
    text = "Shells hit Kramatorsk on Thursday. Teachers in Kharkiv went on strike over pay. A storm hit Odesa. Shares hit a low in Tokyo."
    assert only_claim(reader, text).place_name == "Kramatorsk"


def test_what_hit_although_something_was_shot_down_counts(reader: Reader) -> None:
    text = "Two missiles were shot down, but debris hit a house in Odesa on Thursday."
    assert only_claim(reader, text).place_name == "Odesa"


def test_a_strike_that_happened_beside_a_threat_counts(reader: Reader) -> None:
    text = "Warplanes bombed Chuhuiv on Thursday, and the generals threatened to bomb Kramatorsk."
    assert [c.place_name for c in claims_of(reader, text)] == ["Chuhuyiv"]


def test_two_strikes_joined_by_while_are_two(reader: Reader) -> None:
    text = "Ukrainian drones hit Belgorod while Russian missiles hit Kharkiv on Thursday."
    told = {(c.attacker, c.weapon, c.place_name) for c in claims_of(reader, text)}
    assert told == {("Ukraine", Weapon.DRONE, "Belgorod"), ("Russia", Weapon.MISSILE, "Kharkiv")}


def test_a_sentence_without_words_has_no_events() -> None:
    assert find_events(Glance("", ())) == ()
    text = "... !"
    assert find_events(Glance(text, split_words(text))) == ()


def test_an_explosion_that_nobody_calls_a_strike_is_none(reader: Reader) -> None:
    assert claims_of(reader, "An explosion was heard in Lyon on Thursday.") == ()


def test_an_explosion_beside_strikes_takes_nothing_from_them(reader: Reader) -> None:
    text = "Missiles hit Kharkiv on Thursday. An explosion was heard in Chuhuiv."
    assert {c.place_name for c in claims_of(reader, text)} >= {"Kharkiv"}
