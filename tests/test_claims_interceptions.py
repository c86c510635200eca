"""What is shot down is noted with its number, its owner and who says so, and is never a strike."""

from __future__ import annotations

from datetime import date

import pytest
from one_report import extract

from geo.model import Interception, Weapon
from geo.pipeline import Reader


def only(reader: Reader, text: str) -> Interception:
    (told,) = extract(reader, text).interceptions
    return told


@pytest.mark.parametrize(
    ("text", "weapon", "count"),
    [
        ("Air defences downed nine drones over Belgorod, the governor said.", Weapon.DRONE, (9, 9)),
        ("Ten rockets were intercepted over Haifa, the army said.", Weapon.ROCKET, (10, 10)),
        ("The coalition said it had intercepted a ballistic missile near Riyadh.", Weapon.MISSILE, (1, 1)),
        ("The air force said it had shot down 18 of 24 drones over Odesa.", Weapon.DRONE, (18, 18)),
        ("Gunners brought down at least five drones over Port Sudan.", Weapon.DRONE, (5, None)),
        ("Most of the 30 drones were shot down, officials in Kyiv said.", Weapon.DRONE, (None, 30)),
        ("Forty rockets were fired at Kiryat Shmona; most were intercepted.", Weapon.ROCKET, (None, 40)),
        ("Air defence units shot down dozens of drones over Kursk.", Weapon.DRONE, (24, None)),
        ("A helicopter was shot down over Zintan.", None, (1, 1)),
        ("Debris of downed drones fell on a car park in Kyiv.", Weapon.DRONE, (None, None)),
        ("The interception of six rockets over Ashkelon was confirmed by the army.", Weapon.ROCKET, (6, 6)),
    ],
)
def test_it_is_counted_as_the_text_counts(reader: Reader, text: str, weapon: Weapon | None, count: tuple[int | None, int | None]) -> None:
    told = only(reader, text)
    assert (told.weapon, (told.count_min, told.count_max)) == (weapon, count)
    assert told.quote == text


@pytest.mark.parametrize(
    "text",
    [
        "Iran threatened to shoot down any American drone over the Gulf.",
        "The ministry denied that its drone had been shot down over Ganja.",
        "Jets scrambled over Lublin but did not shoot down the drone.",
        "Police in Quetta intercepted a truck carrying rockets.",
        "A man was shot down in the street in Cali.",
        "An attempt to intercept the missile over Dnipro failed.",
    ],
)
def test_what_was_not_stopped_in_the_air_is_none(reader: Reader, text: str) -> None:
    assert extract(reader, text).interceptions == ()


def test_it_keeps_whose_it_was_who_says_so_where_and_when(reader: Reader) -> None:
    told = only(reader, "Azerbaijani forces shot down three Armenian drones over Tartar on 23 October 2020, the Defence Ministry said.")
    assert (told.attacker, told.attacker_text, told.claimant) == ("Armenia", "Armenian", "the Defence Ministry")
    assert (told.place_texts, told.date_start, told.date_end) == (("Tartar",), date(2020, 10, 23), date(2020, 10, 23))
    assert only(reader, "The coalition said it intercepted a missile fired by the Houthis towards Riyadh.").attacker == "Houthis"
    # The one who shoots it down is not the one who sent it.
    assert only(reader, "The US Navy shot down two drones in the Red Sea.").attacker is None


def test_each_kind_in_a_list_is_one(reader: Reader) -> None:
    found = extract(reader, "Ukraine's air force said it had shot down 18 Russian drones and two cruise missiles over Kyiv and Odesa.")
    assert [(t.weapon, t.count_min, t.place_texts) for t in found.interceptions] == [
        (Weapon.DRONE, 18, ("Kyiv", "Odesa")),
        (Weapon.MISSILE, 2, ("Kyiv", "Odesa")),
    ]


def test_what_came_through_is_a_strike_beside_it(reader: Reader) -> None:
    found = extract(reader, "Air defences downed 20 drones over Kharkiv; another drone hit a school in Chuhuiv, killing a guard.")
    assert [(t.count_min, t.place_texts) for t in found.interceptions] == [(20, ("Kharkiv",))]
    assert [(c.place_text, c.killed_min) for c in found.claims] == [("Chuhuiv", 1)]


def test_a_report_of_nothing_else_has_no_claims(reader: Reader) -> None:
    found = extract(reader, "Air defences over Belgorod downed nine drones overnight, the governor said. Nobody was hurt.")
    assert not found.claims
    assert len(found.interceptions) == 1
