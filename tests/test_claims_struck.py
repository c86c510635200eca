"""Where it struck: not where it was fired from, nor where people spoke of it, nor whom it hit."""

from __future__ import annotations

import pytest
from one_report import claims_of, extract, only_claim

from gazetteer.model import PlaceKind
from geo.model import Role
from geo.pipeline import Reader


def roles_of(reader: Reader, text: str) -> dict[str, Role]:
    return {m.resolution.toponym.text: m.role for m in extract(reader, text).mentions}


@pytest.mark.parametrize(
    ("text", "struck", "origin"),
    [
        ("Shells fired from Lebanon hit Kiryat Shmona on Thursday.", "Kiryat Shmona", "Lebanon"),
        ("Rockets from Lebanon hit Kiryat Shmona on Thursday.", "Kiryat Shmona", "Lebanon"),
        ("Rockets fired from the town of Belgorod struck Kharkiv on Thursday.", "Kharkiv", "Belgorod"),
        ("A drone that took off from Crimea hit Odesa on Thursday.", "Odesa", "Crimea"),
        ("Russian forces based in Melitopol shelled Orikhiv on Thursday.", "Orikhiv", "Melitopol"),
        ("The troops withdrew from Lyman after rockets hit Kramatorsk on Thursday.", "Kramatorsk", "Lyman"),
    ],
)
def test_an_origin_is_not_struck(text: str, struck: str, origin: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.place_name == struck
    assert claim.attacker != origin, "a place that something was fired from is no party that fired"
    roles = roles_of(reader, text)
    assert (roles[struck], roles[origin]) == (Role.STRUCK, Role.ORIGIN)


@pytest.mark.parametrize(
    ("text", "struck", "seat"),
    [
        ("Kyiv said Russian missiles hit Odesa on Thursday.", "Odesa", "Kyiv"),
        ("Moscow said Ukrainian drones struck Belgorod on Thursday.", "Belgorod", "Moscow"),
        ("The governor told reporters in Lviv that shelling hit Kramatorsk on Thursday.", "Kramatorsk", "Lviv"),
        ("Petro Lysak, the mayor of Kharkiv, said that rockets hit the town of Chuhuiv on Thursday.", "Chuhuyiv", "Kharkiv"),
    ],
)
def test_a_speakers_seat_is_not_struck(text: str, struck: str, seat: str, reader: Reader) -> None:
    assert only_claim(reader, text).place_name == struck
    assert roles_of(reader, text)[seat] is Role.SPEAKER


def test_a_capital_that_speaks_is_a_government_and_one_that_is_hit_is_a_place(reader: Reader) -> None:
    claim = only_claim(reader, "Missiles hit Kyiv on Thursday, killing four people.")
    assert (claim.place_name, claim.claimant) == ("Kyiv", None)
    told = only_claim(reader, "Kyiv said Russian missiles hit Odesa on Thursday.")
    assert (told.place_name, told.claimant) == ("Odesa", "Kyiv")


def test_a_capital_can_speak_and_be_hit_in_one_report(reader: Reader) -> None:
    text = "Missiles hit Damascus on Thursday. Damascus said that rockets had hit Homs as well."
    told = {c.place_name: c.claimant for c in claims_of(reader, text)}
    assert told == {"Damascus": None, "Homs": "Damascus"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rockets hit Odesa, Mykolaiv and Kramatorsk on Thursday.", ["Odesa", "Mykolaiv", "Kramatorsk"]),
        ("Shells fell on Marhanets and on Kramatorsk overnight.", ["Marhanets", "Kramatorsk"]),
        ("Russian drones hit Odesa and Kramatorsk, killing nobody, on Thursday.", ["Odesa", "Kramatorsk"]),
        ("The towns of Terter, Barda and Fuzuli were shelled on Thursday.", ["The towns of Terter", "Barda", "Fuzuli"]),
    ],
)
def test_places_listed_together_are_a_claim_each(text: str, places: list[str], reader: Reader) -> None:
    claims = claims_of(reader, text)
    assert [c.place_text for c in claims] == places
    assert all(c.place_kind is PlaceKind.POINT for c in claims)
    assert len({c.place_id for c in claims}) == len(places)
    assert len({(c.attacker, c.weapon, c.date_start) for c in claims}) == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A missile hit Chasiv Yar, a town in Donetsk region, on Thursday.", "Chasiv Yar"),
        ("Drones hit the Black Sea port city of Odesa overnight.", "Odesa"),
        ("Shelling killed two in the town of Chuhuiv in Kharkiv region on Thursday.", "Chuhuyiv"),
        ("Shelling of Stepanakert, the capital of Nagorno-Karabakh, killed three people.", "Stepanakert"),
        ("Missiles struck Ganja, Azerbaijan's second city, on Thursday.", "Ganja"),
        ("Syrian army shelling hit Douma, near Damascus, on Thursday.", "Douma"),
        ("Shelling hit Ukraine's Kramatorsk on Thursday.", "Kramatorsk"),
        ("A missile hit the Saltivka district of Kharkiv on Thursday.", "Saltivka"),
    ],
)
def test_a_place_and_what_it_lies_in_are_one_claim(text: str, place: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.place_name == place
    assert claim.place_kind is PlaceKind.POINT


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian soldiers cheered. Shells hit the Russian city of Belgorod on Thursday.",
        "Rockets hit Belgorod, a Russian city, on Thursday.",
        "Strikes with rockets on Russian targets in Belgorod killed two people on Thursday.",
        "A drone hit a Russian school in Belgorod on Thursday.",
    ],
)
def test_the_adjective_of_what_was_hit_is_not_the_attacker(text: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.place_name, claim.attacker) == ("Belgorod", None)


def test_near_a_town_widens_the_radius(reader: Reader) -> None:
    at, near = only_claim(reader, "Shells hit Kramatorsk on Thursday."), only_claim(reader, "Shells fell near Kramatorsk on Thursday.")
    assert at.place_id == near.place_id
    assert at.radius_km is not None
    assert near.radius_km is not None
    assert near.radius_km > at.radius_km
    assert (at.geo_precision, near.geo_precision) == (1, 2)


def test_a_distance_from_a_town_is_near_it(reader: Reader) -> None:
    claim = only_claim(reader, "Missiles struck a field 12 km south of Kramatorsk on Thursday.")
    assert claim.place_name == "Kramatorsk"
    assert claim.geo_precision == 2


def test_a_village_that_no_layer_knows_is_put_in_the_region_named_beside_it(reader: Reader) -> None:
    claim = only_claim(reader, "Shelling killed two people in the village of Qwertabad in Nagorno-Karabakh on Thursday.")
    assert claim.place_text == "the village of Qwertabad"
    assert claim.place_kind is PlaceKind.AREA, "never a mark where only the region is known"
    assert claim.place_why is not None
    assert "Qwertabad" in claim.place_why


def test_a_village_that_nothing_places_stays_unlocated_and_says_why(reader: Reader) -> None:
    claim = only_claim(reader, "Shelling hit the village of Zzyqxabad on Thursday.")
    assert claim.place_text == "the village of Zzyqxabad"
    assert (claim.place_kind, claim.lat, claim.lon, claim.place_id, claim.geo_precision) == (None, None, None, None, None)
    assert claim.place_why


def test_a_country_that_acts_is_not_where_it_struck(reader: Reader) -> None:
    claim = only_claim(reader, "Turkey shelled Manbij on Thursday.")
    assert (claim.place_name, claim.attacker) == ("Manbij", "Turkey")


def test_a_place_of_talks_is_not_struck(reader: Reader) -> None:
    text = "Talks on Gaza in Cairo ended after rockets hit Ashkelon on Thursday."
    assert only_claim(reader, text).place_name == "Ashkelon"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Missiles were displayed in Islamabad, where officials recalled the Indian strike on Balgrat.", "Islamabad"),
        ("Air strikes on Qalbata killed five people on Thursday, doctors in Hodeidah, Yemen, said.", "Hodeidah"),
    ],
)
def test_an_unknown_place_that_was_struck_keeps_the_known_one_of_another_clause_unmarked(text: str, seen: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert claim.place_text != seen
    assert claim.place_name is None
    assert "No layer" in (claim.place_why or "")


def test_people_who_were_attacked_are_no_place(reader: Reader) -> None:
    assert "Zubrat" not in roles_of(reader, "Nobody claimed the attack on Zubrat fighters in Aleppo.")


def test_a_capital_named_with_its_country_is_the_capital(reader: Reader) -> None:
    claim = only_claim(reader, "Three bombers blew themselves up near the police headquarters in Syrias capital Damascus on Thursday.")
    assert claim.place_name == "Damascus"


def test_a_country_before_its_city_is_no_place_of_its_own(reader: Reader) -> None:
    claim = only_claim(reader, "Warplanes launched an air strike on Yemen’s Red Sea port city of Hodeidah on Thursday, local TV reported.")
    assert claim.place_name == "Hodeidah"


def test_where_the_victim_had_fought_before_was_not_struck(reader: Reader) -> None:
    text = "An Israeli strike on Abasan in Gaza on Thursday killed a man who had taken part in attacks on Sderot in Israel."
    assert {c.place_name for c in claims_of(reader, text)} == {"Abasan al-Kabira"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("An air strike on a hall in Yemen's capital, Sanaa, killed 140 people on Thursday.", "Sanaa"),
        ("Indian warplanes struck inside Pakistan near the town of Muzaffarabad on Thursday.", "Muzaffarābād"),
        (
            "A U.S. air strike hit a hospital in the Afghan city of Kunduz on Thursday. The U.S. military said it was looking into it.",
            "Kunduz",
        ),
    ],
)
def test_the_finer_place_is_the_one_that_was_struck(text: str, place: str, reader: Reader) -> None:
    assert {c.place_name for c in claims_of(reader, text)} == {place}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shells hit Khartoum General Hospital on Thursday, killing nine.", {"Khartoum": "Khartoum General Hospital"}),
        (
            "Air strikes hit Omdurman Teaching Hospital and Nyala Central Prison on Thursday.",
            {"Omdurman": "Omdurman Teaching Hospital", "Nyala": "Nyala Central Prison"},
        ),
        ("Shells hit Birmingham Hospital in Mykolaiv, killing two, Ukraine said.", {"Mykolaiv": "Birmingham Hospital"}),
        ("Saudi jets hit the Kuwait Hospital on Thursday, killing two, Yemen's Houthis said.", {None: "Kuwait Hospital"}),
    ],
)
def test_a_building_with_a_towns_name_stands_in_that_town_and_is_told_whole(text: str, told: dict[str | None, str], reader: Reader) -> None:
    assert {c.place_text: c.target for c in extract(reader, text).claims} == told


def test_an_embassy_that_is_hit_is_no_place_of_talks(reader: Reader) -> None:
    assert only_claim(reader, "Iranian missiles hit the Israeli embassy in Baku on Thursday, killing two.").place_name == "Baku"


def test_towns_in_a_list_behind_a_place_are_each_struck(reader: Reader) -> None:
    text = "Army artillery shelled positions near Saraqib in the towns of Ariha, Taftanaz and Sarmin in Syria's Idlib province on Thursday."
    assert {c.place_name for c in extract(reader, text).claims} == {"Saraqib", "Ariha", "Taftanaz", "Sarmin"}


@pytest.mark.parametrize("where", ["Syria's Idlib province", "Syria’s Idlib", "Idlib province, Syria"])
def test_a_division_named_with_its_country_holds_the_town_before_it(where: str, reader: Reader) -> None:
    assert only_claim(reader, f"Shells hit Sarmin in {where} on Thursday, killing two.").place_name == "Sarmin"


@pytest.mark.parametrize(
    "where", ["Kharkiv's northern Saltivka district", "Ukraine's Saltivka district", "Ukraine's government-held Avdiivka"]
)
def test_what_stands_behind_its_owner_is_the_place(where: str, reader: Reader) -> None:
    claim = only_claim(reader, f"Shells fired by separatists hit {where} on Thursday, killing two.")
    assert claim.place_name in {"Saltivka", "Avdiyivka"}


def test_the_places_that_a_wider_one_includes_are_struck(reader: Reader) -> None:
    text = "India said it had struck nine sites in Pakistan on Wednesday, including Bahawalpur and Muridke."
    assert {c.place_name for c in extract(reader, text).claims} == {"Bahawalpur", "Muridke"}


def test_a_place_in_a_groups_name_was_not_struck(reader: Reader) -> None:
    claim = only_claim(reader, "The mayor accused Al-Qaeda in Iraq of shelling the town of Xanarat on Thursday.")
    assert (claim.attacker, claim.place_text) == ("Al-Qaeda in Iraq", "the town of Xanarat")


def test_a_capital_that_stands_for_its_rulers_was_not_struck(reader: Reader) -> None:
    claim = only_claim(reader, "Mortars of the Tbilisi regime shelled a bus yard on Thursday, killing nine men.")
    assert (claim.attacker, claim.place_text) == ("Georgia", None)
