"""The case that this project began with: rockets on a town and on villages of a region, said by one side of the other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from mirror import exchanged

from gazetteer.distance import distance_km
from gazetteer.model import LatLon, PlaceKind
from geo.articles import read_bytes
from geo.model import Article, ClaimantKind, Extraction, Role, Stance, Weapon
from geo.pipeline import Reader
from geo.settings import Settings

SHARED = Path(__file__).parents[2] / "shared" / "eval" / "claims" / "articles.jsonl"

# In our own words, with the same traps: a speaker's party that is a place, a capital of talks, two losses that are no strikes.
OWN = """2020-10-24 FOREIGN OFFICE - Armenia and Azerbaijan accuse each other of shelling homes \
as the war over Nagorno-Karabakh enters a fifth week.

The Nagorno-Karabakh authorities said that Azerbaijani rockets struck the town of Martakert and \
a number of villages in the Martuni region overnight.

Officials of Nagorno-Karabakh say 911 of their soldiers have been killed. Azerbaijan has said 61 civilians have been killed.

The two foreign ministers met mediators in Washington on Friday. A spokesman there said the talks would go on in Minsk.
"""


SIDES = (("Armenia", "Azerbaijan"), ("Armenian", "Azerbaijani"), ("Armenians", "Azerbaijanis"))


@pytest.fixture(scope="module", params=["own", "seed"])
def text(request: pytest.FixtureRequest) -> str:
    if request.param == "own":
        return OWN
    if not SHARED.exists():
        pytest.skip("needs ../shared/eval, which is not part of this project")
    rows = map(json.loads, SHARED.read_text(encoding="utf-8").splitlines())
    return next(str(row["text"]) for row in rows if row["id"] == "voa-2020-10-24")


@pytest.fixture(scope="module")
def extraction(text: str, reader: Reader, settings: Settings) -> Extraction:
    return reader.extract(article(text, settings))


def article(text: str, settings: Settings) -> Article:
    problems: list[Exception] = []
    (read,) = read_bytes("report.txt", text.encode(), settings=settings, on_error=problems.append)
    assert not problems
    return read


def test_it_gives_four_claims_and_two_tolls(extraction: Extraction) -> None:
    assert len(extraction.claims) == 4
    assert len(extraction.tolls) == 2


def test_the_town_is_a_point_near_its_place(extraction: Extraction) -> None:
    (town,) = (c for c in extraction.claims if c.place_kind is PlaceKind.POINT)
    assert town.lat is not None
    assert town.lon is not None
    assert distance_km(LatLon(town.lat, town.lon), LatLon(40.21, 46.82)) < 3
    assert (town.attacker, town.weapon, town.stance) == ("Azerbaijan", Weapon.ROCKET, Stance.ASSERTED)
    assert town.claimant is not None
    assert "Nagorno-Karabakh authorities" in town.claimant
    assert town.claimant_kind in {ClaimantKind.GOVERNMENT, ClaimantKind.PARTY, ClaimantKind.OFFICIAL}
    assert (town.date_start, town.date_end, town.date_text) == (date(2020, 10, 23), date(2020, 10, 24), "overnight")
    assert (town.killed_min, town.killed_max, town.wounded_min, town.wounded_max) == (None, None, None, None)
    assert {"Aghdara", "Ağdərə"} & set(town.place_names)


def test_the_villages_are_an_area_with_a_polygon_in_the_right_country(extraction: Extraction) -> None:
    (area,) = (c for c in extraction.claims if c.place_kind is PlaceKind.AREA)
    assert area.country_code == "AZ"
    assert area.geometry is not None
    assert area.geometry.geom_type in {"Polygon", "MultiPolygon"}
    assert area.place_text is not None
    assert "villages" in area.place_text
    assert area.attacker == "Azerbaijan"
    assert area.place_why is not None
    assert "Gegharkunik" in area.place_why, "the runner-up is the town of the same name in Armenia, and is named"


def test_the_mutual_accusation_is_mirrored_and_has_no_place(extraction: Extraction) -> None:
    mutual = [c for c in extraction.claims if c.stance is Stance.ACCUSED]
    assert {(c.claimant, c.attacker) for c in mutual} == {("Armenia", "Azerbaijan"), ("Azerbaijan", "Armenia")}
    assert all(c.lat is None and c.place_kind is None and c.geometry is None for c in mutual)


def test_no_strike_is_put_where_people_only_speak(extraction: Extraction) -> None:
    struck = {c.place_name for c in extraction.claims}
    assert not struck & {"Washington", "Baku", "Yerevan", "Stepanakert", "Minsk"}
    washington = [m for m in extraction.mentions if m.resolution.toponym.text == "Washington"]
    assert washington
    assert all(m.resolution.place is not None and m.role is not Role.STRUCK for m in washington)


def test_the_swapped_report_mirrors(text: str, reader: Reader, settings: Settings, extraction: Extraction) -> None:
    exchange = {"Armenia": "Azerbaijan", "Azerbaijan": "Armenia", None: None}
    mirror = reader.extract(article(exchanged(text, SIDES), settings))
    assert sorted(
        (exchange[c.attacker], c.place_name or "", c.stance.value) for c in extraction.claims if c.attacker in exchange
    ) == sorted((c.attacker, c.place_name or "", c.stance.value) for c in mirror.claims)
    assert len(mirror.tolls) == 2
