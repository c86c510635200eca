"""Somewhere beside a place is never the place: what "near", "12 km south of", "between" and "villages in" put on the map."""

from __future__ import annotations

import pytest
from one_report import claims_of, extract, only_claim
from shapely.geometry import Point

from gazetteer.distance import distance_km
from gazetteer.model import LatLon, PlaceKind
from geo.model import Claim, Role
from geo.pipeline import Reader

HORLIVKA, BAKHMUT = LatLon(48.31, 38.03), LatLon(48.59, 38.0)
HOMS, PALMYRA = LatLon(34.73, 36.71), LatLon(34.56, 38.28)


def point(claim: Claim) -> LatLon:
    assert claim.lat is not None
    assert claim.lon is not None
    return LatLon(claim.lat, claim.lon)


@pytest.mark.parametrize(
    ("text", "km", "south"),
    [
        ("Shells landed 12 km south of Kramatorsk, Ukraine, on Thursday.", 12, True),
        ("Shells landed about 20 kilometers (12 miles) south of Kramatorsk, Ukraine, on Thursday.", 20, True),
        ("Shells landed some ten miles to the north of Kramatorsk, Ukraine, on Thursday.", 16, False),
        ("Shells hit a village 12km north of Kramatorsk, Ukraine, on Thursday.", 12, False),
    ],
)
def test_a_distance_and_a_direction_move_the_place(text: str, km: float, south: bool, reader: Reader) -> None:
    claim = only_claim(reader, text)
    kramatorsk = LatLon(48.74, 37.58)
    assert claim.place_kind is PlaceKind.AREA
    assert distance_km(point(claim), kramatorsk) == pytest.approx(km, abs=4)
    assert (point(claim).lat < kramatorsk.lat) is south
    assert claim.geo_precision == 2


@pytest.mark.parametrize("words", ["near", "outside", "to the west of", "around"])
def test_near_a_town_is_an_area(words: str, reader: Reader) -> None:
    claim = only_claim(reader, f"Rockets hit a convoy {words} Kramatorsk, Ukraine, on Thursday.")
    assert (claim.place_kind, claim.place_name) == (PlaceKind.AREA, "Kramatorsk")
    assert claim.radius_km is not None
    assert claim.radius_km >= 15


def test_a_town_said_to_lie_west_of_another_is_itself(reader: Reader) -> None:
    claim = only_claim(reader, "Shells struck Popasna, a town 50 km west of Luhansk, Ukraine, on Thursday.")
    assert (claim.place_kind, claim.place_name) == (PlaceKind.POINT, "Popasna")


def test_an_unknown_village_is_where_the_report_puts_it(reader: Reader) -> None:
    claim = only_claim(reader, "Shells hit the village of Nyvakove, 20 km south of Kramatorsk in Ukraine, on Thursday.")
    assert claim.place_text == "the village of Nyvakove"
    assert claim.place_kind is PlaceKind.AREA
    assert 14 < distance_km(point(claim), LatLon(48.74, 37.58)) < 26


@pytest.mark.parametrize(
    "text",
    [
        "A shell landed between Horlivka and Bakhmut in Ukraine on Thursday.",
        "Shelling hit positions halfway between Horlivka and Bakhmut in Ukraine on Thursday.",
        "A drone hit a car on the Horlivka–Bakhmut highway in Ukraine on Thursday.",
        "A drone hit a car on the road from Horlivka to Bakhmut in Ukraine on Thursday.",
        "A drone hit a car on the road linking Horlivka and Bakhmut in Ukraine on Thursday.",
        "A mine blew up a car on the main road between Horlivka and Bakhmut in Ukraine on Thursday.",
    ],
)
def test_between_two_towns_is_neither(text: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.place_kind, claim.where_prec) == (PlaceKind.AREA, 5)
    assert claim.geometry is not None
    for end in (HORLIVKA, BAKHMUT):
        assert claim.geometry.contains(Point(end.lon, end.lat))
        assert distance_km(point(claim), end) > 10
    assert claim.place_name == "Horlivka – Bakhmut"
    struck = {m.resolution.toponym.text for m in extract(reader, text).mentions if m.role is Role.STRUCK}
    assert struck == {"Horlivka", "Bakhmut"}


def test_fighting_between_two_sides_is_no_place_between_two_towns(reader: Reader) -> None:
    assert claims_of(reader, "Talks between Horlivka and Bakhmut officials in Ukraine were held on Thursday.") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells hit several villages in the Volnovakha district of Ukraine on Thursday.", "Volnovakha"),
        ("Shells hit villages around Kramatorsk in Ukraine on Thursday.", "Kramatorsk"),
        ("Jets bombed Homs eastern countryside in Syria on Thursday.", "Homs"),
        ("Jets bombed the countryside of Homs in Syria on Thursday.", "Homs"),
    ],
)
def test_villages_and_countryside_are_no_mark_on_the_town(text: str, name: str, reader: Reader) -> None:
    claim = only_claim(reader, text)
    assert (claim.place_kind, (claim.place_name or "").split()[0]) == (PlaceKind.AREA, name)
    assert claim.radius_km is not None
    assert claim.radius_km >= 15


def test_the_north_of_a_country_is_its_northern_half(reader: Reader) -> None:
    claim = only_claim(reader, "Air strikes killed 12 people in northern Syria on Thursday.")
    assert claim.where_prec == 5
    assert claim.geometry is not None
    aleppo, daraa = Point(37.16, 36.2), Point(36.1, 32.62)
    assert claim.geometry.contains(aleppo)
    assert not claim.geometry.contains(daraa)


def test_a_district_of_a_city_is_a_mark(reader: Reader) -> None:
    claim = only_claim(reader, "A car bomb exploded in Baghdad's Karrada district in Iraq on Thursday, killing ten.")
    assert (claim.place_kind, claim.place_name) == (PlaceKind.POINT, "Karrada")


def test_rockets_fired_from_a_hill_beside_a_town_did_not_hit_it(reader: Reader) -> None:
    text = "Rockets fired from a hill south of Gao hit Bourem in Mali on Thursday."
    assert only_claim(reader, text).place_name == "Bourem"
    assert {m.resolution.toponym.text: m.role for m in extract(reader, text).mentions}["Gao"] is Role.ORIGIN


def test_two_strikes_on_different_sides_of_a_town_are_two_claims(reader: Reader) -> None:
    text = "Shells landed 12 km south of Kramatorsk, Ukraine, on Thursday. Later a drone hit a bus 20 km north of Kramatorsk."
    assert len({point(c) for c in claims_of(reader, text)}) == 2


@pytest.mark.parametrize(
    "later", ["A woman was killed in the city of Ashdod.", "The attack killed a woman near Ashdod.", "Two people died in Ashdod."]
)
def test_a_toll_stands_in_the_town_that_its_sentence_names(later: str, reader: Reader) -> None:
    claims = extract(reader, f"Rockets fired from Gaza hit Tel Aviv on Thursday. {later}").claims
    assert [(c.place_name, c.killed_min) for c in claims] == [("Tel Aviv", None), ("Ashdod", 2 if "Two" in later else 1)]
    assert claims[1].weapon == claims[0].weapon


def test_where_the_wounded_lie_is_not_where_they_were_hit(reader: Reader) -> None:
    claims = extract(reader, "Rockets fired from Gaza hit Sderot on Thursday. Two people died later in a hospital in Ashkelon.").claims
    assert [(c.place_name, c.killed_min) for c in claims] == [("Sderot", 2)]


def test_whom_a_speaker_accuses_does_not_become_a_fact_in_the_next_town(reader: Reader) -> None:
    claims = extract(
        reader, "Rockets fired by Hamas hit Tel Aviv on Thursday, the army said. A woman was killed in the city of Ashdod."
    ).claims
    assert [(c.place_name, c.claimant, c.attacker) for c in claims] == [("Tel Aviv", "the army", "Hamas"), ("Ashdod", None, None)]
