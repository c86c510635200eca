"""Ordinary sentences of many wars and house styles, and who is said to have struck where in them. All are made up."""

from __future__ import annotations

from datetime import date

import pytest
from one_report import claims_of, only_claim

from geo.model import Stance, Weapon
from geo.pipeline import Reader


@pytest.mark.parametrize(
    ("sentence", "attacker", "weapon"),
    [
        ("Thai F-16s dropped two bombs on an artillery post near Samraong.", "Thailand", Weapon.AIR_STRIKE),
        ("Cambodian BM-21 rockets landed in a petrol station in Sisaket province, killing six.", "Cambodia", Weapon.ROCKET),
        ("An Emirati Wing Loong drone hit a house in Abu Qurayn.", "United Arab Emirates", Weapon.DRONE),
        ("Two Kfir jets of the air force struck a camp in Kilinochchi, Sri Lanka, a spokesman said.", "Sri Lanka", Weapon.AIR_STRIKE),
        ("Helicopter gunships of the Colombian army rocketed a camp in Caqueta.", "Colombia", Weapon.AIR_STRIKE),
        ("Bombs from Russian planes killed 17 people in Gori, Georgian officials said.", "Russia", Weapon.AIR_STRIKE),
        ("Russian helicopters opened rocket fire on the hills above Shatoy.", "Russia", Weapon.AIR_STRIKE),
        ("Russian warplanes have been bombing Shatoy since Saturday.", "Russia", Weapon.AIR_STRIKE),
        ("A missile hit a hotel in Odesa on Thursday; the governor says it was Russian.", "Russia", Weapon.MISSILE),
        ("Boko Haram fighters were blamed for two bomb blasts that shook Jos on Tuesday.", "Boko Haram", Weapon.BOMB),
        ("The Ukrainian military said shells fired by the Russian army hit Sumy.", "Russia", Weapon.ARTILLERY),
        ("In Homs province the Syrian army shelled Talbiseh.", "Syrian government", Weapon.ARTILLERY),
    ],
)
def test_who_is_said_to_have_struck(reader: Reader, sentence: str, attacker: str, weapon: Weapon) -> None:
    claim = only_claim(reader, sentence)
    assert (claim.attacker, claim.weapon) == (attacker, weapon)


@pytest.mark.parametrize(
    "sentence",
    [
        "A line drawn by the United States was crossed by the gas attack on Ghouta.",
        "A rocket of unknown origin hit Haql.",
        "A raid by unidentified aircraft destroyed a bridge near Abu Kamal.",
        "Kiev said the mortar that hit Donetsk had been fired from the south.",
        "Nobody has claimed the rockets that hit Eilat on Thursday.",
    ],
)
def test_nobody_is_named_where_the_words_name_nobody(reader: Reader, sentence: str) -> None:
    assert {c.attacker for c in claims_of(reader, sentence)} <= {None}


@pytest.mark.parametrize(
    ("sentence", "claimant", "stance"),
    [
        ("Islamic Jihad claimed a rocket attack on Sderot on Thursday.", "Islamic Jihad", Stance.CLAIMED_RESPONSIBILITY),
        ("Six drone strikes claimed by Hezbollah hit Meron on Thursday.", "Hezbollah", Stance.CLAIMED_RESPONSIBILITY),
        (
            "The Kurdistan Workers' Party (PKK) claimed the bomb attack in Mersin.",
            "The Kurdistan Workers' Party",
            Stance.CLAIMED_RESPONSIBILITY,
        ),
        ("Reports that a camp was bombed at Makhmour are black propaganda, a Turkish official said.", "a Turkish official", Stance.DENIED),
        ("A Russian general said the claim that his pilots had bombed Gori was a cynical lie.", "A Russian general", Stance.DENIED),
        (
            "The claim that a Pakistani drone had hit tents in Barmal was rejected by the Foreign Office.",
            "the Foreign Office",
            Stance.DENIED,
        ),
        ("Both sides denied a rocket strike on a clinic in Shali.", "Both sides", Stance.DENIED),
        ("Police suspect BIFF of the bomb that went off in Cotabato on Thursday.", "Police", Stance.ACCUSED),
    ],
)
def test_what_the_claimant_does(reader: Reader, sentence: str, claimant: str, stance: Stance) -> None:
    assert [(c.claimant, c.stance) for c in claims_of(reader, sentence)] == [(claimant, stance)]


def test_a_denial_goes_before_what_the_denier_says_next(reader: Reader) -> None:
    text = (
        "An air strike hit a bus depot in Tripoli on Thursday. "
        "An LNA spokesman denied that the depot had been a target and said the army's jets had bombed an arms store in Tarhuna."
    )
    told = {(c.place_name, c.stance) for c in claims_of(reader, text) if c.claimant}
    assert told == {("Tripoli", Stance.DENIED), ("Tarhuna", Stance.ASSERTED)}


def test_who_struck_in_the_reports_own_words_struck_in_what_others_tell_of_it(reader: Reader) -> None:
    text = (
        "A Russian airstrike hit a theatre in Mariupol on Thursday. The Red Cross reported that 60 people were killed during the airstrike."
    )
    assert {c.attacker for c in claims_of(reader, text)} == {"Russia"}


def test_whoever_only_mourns_or_promises_makes_no_claim(reader: Reader) -> None:
    text = (
        "Rockets hit Kharkiv on Thursday, officials said. The prime minister said the attack was a tragedy for all. "
        "A minister said the government would investigate the attack."
    )
    assert [c.claimant for c in claims_of(reader, text)] == ["officials"]


def test_the_day_of_a_toll_elsewhere_in_time_keeps_it_out(reader: Reader) -> None:
    text = "Shells hit Talish on 2 May 2024. On 6 May a soldier was killed on the line of contact."
    assert [c.killed_min for c in claims_of(reader, text)] == [None]


@pytest.mark.parametrize(
    "sentence",
    [
        "On May 11 NATO planes bombed a radar near Nevesinje.",
        "NATO planes bombed a radar near Nevesinje in May.",
    ],
)
def test_the_month_of_may_is_no_may(reader: Reader, sentence: str) -> None:
    assert only_claim(reader, sentence, day=date(1995, 5, 30)).attacker == "NATO"


@pytest.mark.parametrize(
    "sentence",
    [
        "Traders closed their shops in Quetta in a one-day strike against new taxes.",
        "Forty shells were fired at mock bunkers near Konya.",
        "Pakistan carried out a training launch of a cruise missile near Ormara.",
        "An explosion that broke windows in Dahab was caused by a leaking gas bottle.",
        "Leaflets were dropped by planes over Urus-Martan.",
        "Police fired tear gas shells at protesters in Quetta.",
        "The regime keeps rockets with chemical warheads in the hills west of Hama.",
        "Soldiers seized rockets and a car full of explosives in Herat.",
        "Old shells were found and blown up by engineers in Sirte.",
        "Moscow says nothing was bombed in Poti.",
        "It was a second day without shelling in Tarhuna.",
        "The Israeli army said it was unaware of such a strike in Rafah.",
    ],
)
def test_what_is_no_strike_gives_none(reader: Reader, sentence: str) -> None:
    text = f"Rockets hit Kharkiv on Thursday. {sentence}"
    assert [(c.place_name, c.stance) for c in claims_of(reader, text) if c.stance is not Stance.DENIED] == [("Kharkiv", Stance.ASSERTED)]


def test_a_village_that_no_layer_knows_is_kept_unresolved_and_never_put_at_the_town_before(reader: Reader) -> None:
    text = "Rockets hit Kharkiv on Thursday. Shells also struck Zaraniqovo, killing two."
    assert {(c.place_text, c.place_name) for c in claims_of(reader, text)} == {("Kharkiv", "Kharkiv"), ("Zaraniqovo", None)}


def test_a_quarter_stays_in_the_city_that_it_was_first_put_in(reader: Reader) -> None:
    text = "Shells hit the Zubdiyar neighbourhood of Aleppo on Thursday. Rockets hit the Zubdiyar neighbourhood again on Friday."
    assert {c.place_name for c in claims_of(reader, text)} == {"Aleppo"}


def test_two_strikes_that_one_speaker_tells_are_two(reader: Reader) -> None:
    text = "The ministry said that the gas attack on Zamalka was no accident and that Russian warplanes targeted Douma."
    told = {(c.place_name, c.attacker) for c in claims_of(reader, text)}
    assert told == {("Zamalka", None), ("Douma", "Russia")}


def test_a_denial_of_other_doings_denies_no_strike(reader: Reader) -> None:
    text = "Two drones hit a market at Minova on Thursday, residents said. Rwanda, which denies backing the rebels, said it was watching."
    assert {c.stance for c in claims_of(reader, text)} == {Stance.ASSERTED}


def test_a_denial_of_killing_denies_the_strike(reader: Reader) -> None:
    text = "An air strike hit a market at Minova on Thursday, residents said. The Congolese army denied killing civilians."
    assert ("The Congolese army", Stance.DENIED) in {(c.claimant, c.stance) for c in claims_of(reader, text)}
