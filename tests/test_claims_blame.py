"""Who is blamed after a strike was told, and what an answer to it answers."""

from __future__ import annotations

import pytest
from one_report import claims_of

from geo.model import Stance, Weapon
from geo.pipeline import Reader


@pytest.mark.parametrize(
    "blame",
    ["Ukraine said Russia had fired it.", "Ukraine said that it was fired by Russia.", "Ukraine blamed Russia."],
)
def test_blame_in_a_later_sentence_is_an_accusation_of_the_same_strike(blame: str, reader: Reader) -> None:
    told, accused = claims_of(reader, f"A missile hit Kharkiv on Thursday, killing four. {blame}")
    assert (told.attacker, told.claimant, told.killed_min) == (None, None, 4)
    assert (accused.attacker, accused.claimant, accused.stance) == ("Russia", "Ukraine", Stance.ACCUSED)
    assert (accused.place_name, accused.weapon) == ("Kharkiv", Weapon.MISSILE)
    assert accused.killed_min is None, "the toll is the reporter's"


def test_a_denial_answers_the_strike_with_its_weapon(reader: Reader) -> None:
    text = "A missile hit Kharkiv on Thursday, killing four. Ukraine blamed Russia. Moscow denied any involvement."
    denied = claims_of(reader, text)[-1]
    assert (denied.claimant, denied.attacker, denied.stance, denied.weapon) == ("Moscow", "Russia", Stance.DENIED, Weapon.MISSILE)


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijan denied shelling Shusha on Monday, and accused Armenia of firing rockets on Tartar.",
        "Azerbaijan accused Armenia of firing rockets on Tartar on Monday, and denied that it had shelled Shusha.",
    ],
)
def test_what_is_denied_and_what_is_blamed_keep_their_places(text: str, reader: Reader) -> None:
    told = {(c.claimant, c.stance.value, c.attacker, c.place_name) for c in claims_of(reader, text)}
    assert told == {("Azerbaijan", "denied", "Azerbaijan", "Shushi"), ("Azerbaijan", "accused", "Armenia", "Tartar")}
