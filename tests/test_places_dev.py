"""The places that reports of ten wars name, each in a report of its war: found, and never in another country."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.distance import distance_km
from gazetteer.model import LatLon
from geo.model import Article, Resolution
from geo.pipeline import Reader

PLACES = Path(__file__).parents[2] / "shared" / "eval" / "places" / "places_dev.csv"
pytestmark = pytest.mark.skipif(not PLACES.exists(), reason="needs ../shared/eval/places, which is not part of this project")

WITHIN_KM = 25.0
# A sentence that says which war it is, and a day of that war.
WARS = {
    "NK": ("Fighting between Armenia and Azerbaijan over Nagorno-Karabakh went on. ", date(2020, 10, 10)),
    "UA": ("Fighting between Ukraine and Russia went on. ", date(2015, 2, 1)),
    "IL": ("Fighting between Israel, Hamas and Hezbollah went on in Gaza, Israel and Lebanon. ", date(2024, 1, 10)),
    "SY": ("Fighting in Syria went on. ", date(2017, 3, 3)),
    "YE": ("Fighting between Yemeni forces and the Houthis in Yemen went on. ", date(2019, 3, 3)),
    "SD": ("Fighting in Sudan between the army and the RSF went on. ", date(2024, 3, 3)),
    "ET": ("Fighting in Ethiopia went on. ", date(2021, 3, 3)),
    "MM": ("Fighting in Myanmar went on. ", date(2024, 3, 3)),
    "DIP": ("", date(2024, 3, 3)),
}
WORDS = {"town": "town", "village_suburb_camp": "village", "region": "region", "site": "site", "diplomatic": "city"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A row of the list: a place by all its spellings, the usual English one first."""

    theatre: str
    names: tuple[str, ...]
    point: LatLon
    kind: str


@cache
def known() -> tuple[Known, ...]:
    with PLACES.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Known(theatre=r["theatre"], names=tuple(r["names"].split("|")), point=LatLon(float(r["lat"]), float(r["lon"])), kind=r["kind"])
            for r in csv.DictReader(stream)
        )


def is_at(known_place: Known, resolution: Resolution) -> bool:
    place = resolution.place
    if place is None:
        return False
    reach = place.radius_km if known_place.kind == "region" else WITHIN_KM
    return distance_km(place.point, known_place.point) <= max(WITHIN_KM, reach)


def readings(place: Known, name: str, reader: Reader) -> list[tuple[Resolution, ...]]:
    """Read the name with and without the word for its kind."""
    war, day = WARS[place.theatre]
    texts = (f"{war}Shells hit {name} on Monday, officials said.", f"{war}Shells hit the {WORDS[place.kind]} of {name} on Monday.")
    read = (reader.resolve(Article(article_id="place", text=text, published=day)) for text in texts)
    return [tuple(r for r in each if r.toponym.span.start >= len(war)) for each in read]


def test_every_spelling_is_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    told, lost = Counter[str](), list[str]()
    for place in known():
        for name in place.names:
            told[place.kind] += 1
            near = (m for m in gazetteer.find(name) if distance_km(m.place.point, place.point) <= max(WITHIN_KM, m.place.radius_km))
            if not any(near):
                lost.append(name)
    assert told["town"] > 200
    assert not lost


def test_in_a_report_of_its_war_each_place_is_found_and_never_put_into_another_country(reader: Reader) -> None:
    right, told, wrong = Counter[str](), Counter[str](), list[str]()
    for place in known():
        for name in place.names:
            for found in readings(place, name, reader):
                is_right = any(is_at(place, r) for r in found)
                told[place.kind] += 1
                right[place.kind] += is_right
                told[f"{place.kind} by its usual name"] += name == place.names[0]
                right[f"{place.kind} by its usual name"] += is_right and name == place.names[0]
                wrong += [f"{name} in {r.place.country_code}" for r in found if r.place is not None and not is_right]
    share = {kind: right[kind] / told[kind] for kind in told}
    assert share["town by its usual name"] >= 0.98
    assert share["town"] >= 0.95
    assert share["village_suburb_camp"] >= 0.9
    assert share["site"] >= 0.9
    assert not wrong
