"""Reports of a few sentences, as wires write them: what goes on from one sentence to the next, and what must not."""

from __future__ import annotations

from datetime import date

import pytest
from one_report import claims_of, only_claim

from geo.model import Claim, Stance
from geo.pipeline import Reader


def told_in(claims: tuple[Claim, ...], words: str) -> list[Claim]:
    return [c for c in claims if words in c.quote]


def test_a_ministry_can_stand_where_a_bomb_went_off(reader: Reader) -> None:
    claim = only_claim(reader, "Two car bombs exploded outside the education ministry in Mogadishu on Thursday, the president said.")
    assert (claim.place_text, claim.claimant) == ("Mogadishu", "the president")


def test_a_group_named_as_given_to_such_bombs_is_not_accused(reader: Reader) -> None:
    text = (
        "Three suicide bombers struck in the town of Gwoza, Nigeria, on Thursday, the governor said. "
        "No group claimed the attacks, but Boko Haram, which took Gwoza in 2014, has often used such bombers. "
        "In April last year its fighters fired mortars into the town, killing two."
    )
    claims = claims_of(reader, text)
    assert [c.attacker for c in told_in(claims, "struck in")] == [None]
    assert told_in(claims, "No group claimed") == []
    (earlier,) = told_in(claims, "its fighters")
    assert (earlier.attacker, earlier.date_start, earlier.date_end) == ("Boko Haram", date(2023, 4, 1), date(2023, 4, 30))


def test_a_death_of_another_week_is_no_toll(reader: Reader) -> None:
    claim = only_claim(reader, "Three missiles hit the suburb of Dahiyeh in Beirut, where the group's leader was killed last week.")
    assert claim.killed_min is None


def test_positions_fired_from_are_not_hit(reader: Reader) -> None:
    text = "A shell hit a bus in Omdurman on Thursday. The governor accused the RSF of shelling homes from its positions in Bahri."
    (accused,) = [c for c in claims_of(reader, text) if c.stance is Stance.ACCUSED]
    assert accused.place_text != "Bahri"
    assert accused.attacker == "Rapid Support Forces"


def test_ones_own_positions_are_not_where_the_other_side_was_hit(reader: Reader) -> None:
    text = (
        "Azerbaijani forces shelled Goris on Thursday, Armenia's defence ministry said. "
        "Baku said its positions had come under mortar fire in another sector."
    )
    assert {c.place_text for c in claims_of(reader, text)} == {"Goris"}


def test_who_responds_by_firing_does_not_speak(reader: Reader) -> None:
    claim = only_claim(reader, "Afghan forces responded by firing rockets at Chaman, Pakistan's army said.")
    assert (claim.attacker, claim.claimant) == ("Afghanistan", "Pakistan's army")


@pytest.mark.parametrize(
    ("words", "place"),
    [("the Black Sea port of Poti", "Poti"), ("the Donetsk region town of Toretsk", "Toretsk"), ("the Gaza Strip city of Rafah", "Rafah")],
)
def test_what_the_town_lies_at_was_not_hit(reader: Reader, words: str, place: str) -> None:
    claim = only_claim(reader, f"Rockets hit {words} on Thursday.")
    assert claim.place_name is not None
    assert claim.place_text is not None
    assert claim.place_text.endswith(place)


def test_the_speaker_next_to_the_strike_tells_it(reader: Reader) -> None:
    text = "Thai troops fired artillery at Poipet on Thursday, Phnom Penh said; Bangkok said Cambodia had fired first."
    told = told_in(claims_of(reader, text), "Poipet")
    assert ("Phnom Penh", "Thailand", Stance.ASSERTED) in [(c.claimant, c.attacker, c.stance) for c in told]
    assert Stance.CLAIMED_RESPONSIBILITY not in {c.stance for c in told}


def test_a_shadow_government_is_not_the_one_that_struck(reader: Reader) -> None:
    claim = only_claim(reader, "Myanmar's air force bombed Pazigyi on Thursday, residents and the shadow government said.")
    assert (claim.attacker, claim.stance) == ("Myanmar military", Stance.ASSERTED)


def test_rockets_land_near_a_town_wherever_they_were_fired_from(reader: Reader) -> None:
    claim = only_claim(reader, "Two rockets fired from Gaza landed near Sderot on Thursday evening, causing no casualties, the army said.")
    assert (claim.place_text, claim.killed_max) == ("Sderot", 0)


def test_the_second_verb_has_the_first_ones_subject(reader: Reader) -> None:
    claims = claims_of(reader, "Government forces shelled Misrata, Libya, on Thursday, rebels said, and fired Grad rockets at Zintan.")
    assert len({c.attacker for c in claims}) == 1
    assert {c.place_text for c in claims} == {"Misrata", "Zintan"}


def test_a_part_of_a_country_is_a_place(reader: Reader) -> None:
    claim = only_claim(reader, "Hamas fired more than 100 rockets at southern Israel in return.")
    assert (claim.attacker, claim.country_code) == ("Hamas", "IL")


def test_the_day_on_which_the_fighting_began_is_no_strikes(reader: Reader) -> None:
    text = "A rocket hit a synagogue in Ashkelon. It was the worst day since fighting began on Monday. A rocket hit a bus in Sderot."
    assert {c.date_start for c in claims_of(reader, text)} == {None}


def test_a_toll_without_a_known_place_is_still_told(reader: Reader) -> None:
    claim = only_claim(reader, "Shells struck the last working hospital inside the war zone on Thursday, killing 49 people, a doctor said.")
    assert (claim.place_text, claim.lat, claim.killed_min) == (None, None, 49)


def test_a_street_lies_in_its_city(reader: Reader) -> None:
    claim = only_claim(
        reader, "Israeli air strikes on al-Wehda street in Gaza City killed 42 people on Thursday, the health ministry said."
    )
    assert claim.place_name == "Gaza City"
    assert claim.geo_precision == 1
    assert claim.where_prec == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("KABUL, May 9 (Wire) - A truck bomb went off in the Afghan capital on Thursday, killing 80 people.", "Kabul"),
        ("KYIV, May 9 (Wire) - Drones hit two houses in the capital on Thursday, the mayor said.", "Kyiv"),
        (
            "BEIRUT, May 9 (Wire) - Shells hit a school in the Syrian capital on Thursday. The army said rebels had shelled Damascus.",
            "Damascus",
        ),
    ],
)
def test_the_capital_is_the_one_that_the_report_names(reader: Reader, text: str, place: str) -> None:
    assert claims_of(reader, text)[0].place_name == place


def test_a_capital_that_is_not_named_is_not_guessed(reader: Reader) -> None:
    text = "BEIRUT, May 9 (Wire) - Israeli shells hit a school in the Syrian capital on Thursday, killing two, a doctor said."
    (claim,) = claims_of(reader, text)
    assert claim.lat is None


def test_towns_of_one_sentence_have_each_their_own_toll(reader: Reader) -> None:
    text = "In Ukraine, shelling hit a house in Lutsk on Thursday. A man was killed in Dnipro and two women in Zaporizhzhia."
    assert {(c.place_text, c.killed_min) for c in claims_of(reader, text)} == {("Lutsk", None), ("Dnipro", 1), ("Zaporizhzhia", 2)}


def test_only_the_speaker_says_who_struck_in_his_account(reader: Reader) -> None:
    text = "A bomb killed 80 people in Kabul on Thursday. Afghanistan's intelligence agency said the Haqqani network had carried it out."
    told = {c.claimant: c.attacker for c in claims_of(reader, text)}
    assert told == {None: None, "Afghanistan's intelligence agency": "Haqqani network"}


def test_each_side_hit_what_its_own_part_of_the_sentence_says(reader: Reader) -> None:
    told = claims_of(reader, "Iraqi jets struck at Tehran and Tabriz on Thursday and Iran said it had hit Baghdad with a missile.")
    assert {(c.attacker, c.place_text) for c in told} == {("Iraq", "Tehran"), ("Iraq", "Tabriz"), ("Iran", "Baghdad")}


def test_an_embassy_can_be_hit(reader: Reader) -> None:
    text = "Shells fell on villages around Prizren on Thursday. The Chinese embassy in Belgrade was hit by missiles, killing three people."
    told = {c.place_text: c.killed_min for c in claims_of(reader, text)}
    assert told == {"villages around Prizren": None, "Belgrade": 3}


def test_a_name_that_no_list_knows_is_not_put_at_a_namesake_of_its_end(reader: Reader) -> None:
    claim = only_claim(
        reader, "Kyrgyz forces shelled the border village of Tusha Alo with mortars on Thursday, Tajikistan's government said."
    )
    assert claim.lat is None


def test_a_loaded_word_is_read_like_any_other(reader: Reader) -> None:
    for side, party in (("Ukrainian", "Ukraine"), ("Russian", "Russia")):
        claim = only_claim(reader, f"The {side} Nazis shelled the village of Kozinka in the Belgorod region, the governor said.")
        assert claim.attacker == party


def test_officials_who_were_told_are_no_place_that_was_hit(reader: Reader) -> None:
    text = (
        "A U.S. air strike hit a hospital in Kunduz, Afghanistan, on Thursday, killing 19 people. "
        "The charity said the bombing went on after officials in Kabul and Washington were told."
    )
    assert {c.place_text for c in claims_of(reader, text)} == {"Kunduz"}


def test_what_goes_on_elsewhere_is_not_what_hit_this_village(reader: Reader) -> None:
    text = "Two people died in an explosion in Chelm, Poland, firefighters said, as Russia fired missiles at Ukrainian cities."
    (claim,) = told_in(claims_of(reader, text), "Two people")[:1]
    assert {c.attacker for c in claims_of(reader, text) if c.place_text == "Chelm"} == {None}
    assert claim.quote == text


def test_a_leader_denies_for_his_own_side(reader: Reader) -> None:
    text = (
        "A mortar bomb exploded in a market in Sarajevo on Thursday, killing 68 people. "
        "Bosnian Serb leaders denied it, saying the Muslims had staged the massacre."
    )
    (denied,) = [c for c in claims_of(reader, text) if c.stance is Stance.DENIED]
    assert (denied.claimant, denied.attacker) == ("Bosnian Serb leaders", "Bosnian Serbs")


def test_what_is_told_of_the_city_later_is_its_quarters_strike(reader: Reader) -> None:
    text = (
        "A monitor said a government helicopter dropped a barrel bomb on the Zibdiya neighbourhood in Aleppo on Thursday. "
        "The bomb fell when an envoy was speaking of Aleppo."
    )
    assert [c.place_name for c in claims_of(reader, text)] == ["Zibdiya"]
