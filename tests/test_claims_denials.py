"""Who denies, owns or blames, in the many wordings of it; and what only sounds like a strike, a denial or a boast."""

from __future__ import annotations

import pytest
from one_report import claims_of

from geo.model import Stance, Weapon
from geo.pipeline import Reader

TOLD = "Shells hit Idlib on Monday. "


@pytest.mark.parametrize(
    ("text", "place", "attacker"),
    [
        ('The Pentagon said reports of a U.S. strike on a laboratory near Damascus were "flatly untrue".', "Damascus", "United States"),
        ("The Kremlin said the allegations that Russian troops shelled Kramatorsk were groundless.", "Kramatorsk", "Russia"),
        (
            "The claim that Ukrainian drones had struck Donetsk was categorically refuted by the Ukrainian general staff.",
            "Donetsk",
            "Ukraine",
        ),
        ("Pakistan rejected as baseless Indian claims that its troops had shelled Poonch.", "Poonch", "Pakistan"),
        ("Rwanda dismissed as fabrications the reports that its troops had shelled Goma.", "Goma", "Rwanda"),
        ('Ethiopia\'s government called reports of an air strike on Mekelle "absolute lies".', "Mekelle", "Ethiopia"),
        ("An Indian army spokesman said reports of a Pakistani drone strike on Jammu were false.", "Jammu", "Pakistan"),
        ("Reports of an air strike near Kandahar are devoid of any foundation, NATO said.", "Kandahar", "NATO"),
    ],
)
def test_a_report_called_false_is_denied_never_owned(text: str, place: str, attacker: str, reader: Reader) -> None:
    (claim,) = claims_of(reader, text)
    assert (claim.stance, claim.attacker) == (Stance.DENIED, attacker)
    assert place in (claim.place_text or "")


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("There was no Turkish air strike on Dohuk, the Turkish defence ministry said.", "Dohuk"),
        ("No Turkish aircraft operated over Dohuk on Monday, the Turkish army said.", "Dohuk"),
        ("No Turkish missile had fallen on Dohuk, Ankara said.", "Dohuk"),
        ("Turkey insists its forces never fired on Dohuk.", "Dohuk"),
        ("The Turkish army disowned the strike.", "Idlib"),
        ("The Turkish army says there was no such strike.", "Idlib"),
        ("The Turkish army says it has no mortars there.", "Idlib"),
        ("The Turkish army called that a fairy tale.", "Idlib"),
    ],
)
def test_what_was_not_done_is_denied_where_it_is_said_not_to_have_been(answer: str, place: str, reader: Reader) -> None:
    told, denied = claims_of(reader, TOLD + answer)
    assert (told.stance, told.attacker) == (Stance.ASSERTED, None)
    assert denied.stance is Stance.DENIED
    assert denied.attacker == "Turkey"
    assert place in (denied.place_text or "")


@pytest.mark.parametrize(
    "text",
    [
        "Turkish forces staged a mortar attack on Idlib on Monday, the army said.",
        "No fewer than twenty rockets hit Idlib on Monday, the governor said.",
        "There were no casualties when a drone hit Idlib on Monday, the governor said.",
        "Shells hit Idlib on Monday. The rebels rejected a UN call to stop the attacks.",
        "Shells hit Idlib on Monday. There were no rockets in the school, the rebels said.",
        "Rockets hit Idlib on Monday. The army said the rockets did not hit any houses.",
        "Shells hit Idlib on Monday. The governor called the attack a crime.",
    ],
)
def test_who_denies_no_strike_denies_nothing(text: str, reader: Reader) -> None:
    (claim,) = claims_of(reader, text)
    assert claim.stance is Stance.ASSERTED
    assert claim.place_text == "Idlib"


def test_who_leaves_it_open_names_nobody(reader: Reader) -> None:
    text = "A drone hit Belgorod on Monday. Ukraine neither confirmed nor denied that it was behind the attack."
    assert [c.attacker for c in claims_of(reader, text)] == [None]


@pytest.mark.parametrize(
    "owning",
    [
        "Boko Haram took credit for the blast.",
        "Boko Haram took credit for having bombed the market.",
        "Boko Haram boasted of it within the hour.",
        "Boko Haram said its fighters had done it.",
        "Boko Haram owned up to the bombing.",
    ],
)
def test_pride_in_a_strike_owns_it(owning: str, reader: Reader) -> None:
    told, owned = claims_of(reader, f"A bomb exploded at a market in Maiduguri on Monday. {owning}")
    assert told.attacker is None
    assert (owned.claimant, owned.attacker, owned.stance) == ("Boko Haram", "Boko Haram", Stance.CLAIMED_RESPONSIBILITY)


@pytest.mark.parametrize("pride", ["The army prides itself on its discipline.", "The army acknowledged having lost the town."])
def test_pride_in_something_else_owns_nothing(pride: str, reader: Reader) -> None:
    assert len(claims_of(reader, f"A bomb exploded at a market in Maiduguri on Monday. {pride}")) == 1


def test_two_strikes_told_in_one_breath_are_both_owned(reader: Reader) -> None:
    text = "The PKK said it had bombed a police post at Cizre and, a day later, rocketed a barracks in Hakkari."
    assert {(c.place_text, c.attacker, c.stance) for c in claims_of(reader, text)} == {
        (place, "Kurdistan Workers' Party", Stance.CLAIMED_RESPONSIBILITY) for place in ("Cizre", "Hakkari")
    }


@pytest.mark.parametrize(
    "blame",
    [
        "The government held the BLA responsible.",
        "The government, which holds the BLA to blame, promised revenge.",
        "Police said the BLA was behind it.",
        "It was the work of the BLA, a police officer said.",
        "Officials pinned the blame on the BLA.",
        "The minister attributed the attack to the BLA.",
        "The minister said it had been the BLA.",
        "The attack bore the hallmarks of the BLA, police said.",
    ],
)
def test_blame_in_other_words_is_an_accusation(blame: str, reader: Reader) -> None:
    told, accused = claims_of(reader, f"A bomb exploded in Quetta on Sunday. {blame}")
    assert told.attacker is None
    assert (accused.attacker, accused.stance) == ("Balochistan Liberation Army", Stance.ACCUSED)
    assert accused.claimant


@pytest.mark.parametrize(
    "text",
    [
        "The UN holds both sides responsible for the truce.",
        "The mayor said it was the work of rescuers from Moldova that saved lives.",
        "The injured said it was Pakistan that must help them.",
        "Those responsible will be held to account, the minister said.",
    ],
)
def test_responsibility_for_other_things_blames_nobody(text: str, reader: Reader) -> None:
    assert {c.attacker for c in claims_of(reader, f"A bomb exploded in Quetta on Sunday. {text}")} == {None}


def test_a_charge_is_an_accusation(reader: Reader) -> None:
    (claim,) = claims_of(reader, "Ukraine, the governor charged, dropped cluster bombs on Donetsk.")
    assert (claim.attacker, claim.stance) == ("Ukraine", Stance.ACCUSED)


@pytest.mark.parametrize(
    "unreal",
    [
        "Jets carried out an airdrop of food over Gaza City.",
        "Planes dropped food and medicine over Gaza City on Sunday.",
        "Sappers lifted one mine in Gaza City; there was no blast.",
        "An explosion of a gas tank in Gaza City killed two people.",
        "A gas canister exploded in a bakery in Gaza City on Sunday.",
        "An earlier report of a drone strike on Gaza City proved false.",
        "The explosion at a depot in Gaza City was an accident.",
        "If the talks failed, mortars would do the talking in Gaza City, the commander said.",
        "It was thunder and not shelling that people heard in Gaza City.",
        "No shell fell on Gaza City.",
    ],
)
def test_what_was_no_strike_is_none(unreal: str, reader: Reader) -> None:
    assert [c.place_text for c in claims_of(reader, f"{unreal} Shells hit Rafah on Monday.")] == ["Rafah"]


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("The truck at Izium was hit not by a mine but by a rocket.", Weapon.ROCKET),
        ("The house in Sderot was hit by a missile, not a drone, the army said.", Weapon.MISSILE),
        ("The bus in Kabul was destroyed by an artillery shell rather than a rocket.", Weapon.ARTILLERY),
        ("A mine, not a rocket, blew up the truck in Huambo, police said.", Weapon.MINE),
        ("The army fired not only rockets but shells at Izium.", Weapon.ROCKET),
    ],
)
def test_a_weapon_that_is_put_right_is_the_right_one(text: str, weapon: Weapon, reader: Reader) -> None:
    (claim,) = claims_of(reader, text)
    assert claim.weapon is weapon


@pytest.mark.parametrize(
    "text",
    ["Rebels fired gas tanks at Aleppo on Sunday, killing two.", "A fuel tank exploded in Aleppo after a drone hit it on Sunday."],
)
def test_gas_tanks_that_are_fired_or_hit_are_strikes(text: str, reader: Reader) -> None:
    assert [c.place_text for c in claims_of(reader, text)] == ["Aleppo"]
