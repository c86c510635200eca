"""How a geocoder's answers are judged and put to use, and how the bounds of a search are drawn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geocoder_peer import a_place, result, unresolved
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.model import LatLon, Place, PlaceKind
from geo.model import Article, Mention, ResolutionMethod, Role
from geo.places.geocoder import Answer, Bounds, PlannedQuery, ViewBox, draw_bounds, settle
from geo.places.geocoder_answer import SETTLEMENTS, SITES, choose, read_answer
from geo.places.geocoder_query import spell


def a_query(*, country_codes: tuple[str, ...] = (), viewbox: ViewBox | None = None, expects: PlaceKind | None = None) -> PlannedQuery:
    return PlannedQuery(
        name="Pisky", variants=("Pisky",), country_codes=country_codes, viewbox=viewbox, endpoint="host", cached=False, expects=expects
    )


def judged(results: Sequence[object], query: PlannedQuery) -> Answer:
    found = read_answer(json.dumps(results), endpoint="host", as_of="2026-11-24")
    return choose(found, query, asked=query.variants[0])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
RESULTS = st.fixed_dictionaries(
    {},
    optional={
        "osm_type": st.sampled_from(["node", "way", "relation"]) | JSON,
        "osm_id": st.integers(1, 9) | JSON,
        "lat": st.floats(-90, 90) | JSON,
        "lon": st.floats(-180, 180).map(str) | JSON,
        "class": st.sampled_from(["place", "boundary", "amenity", "highway", "natural"]) | JSON,
        "addresstype": st.sampled_from(["town", "city", "state", "country", "county", "road", "amenity"]) | JSON,
        "place_rank": st.integers(0, 30) | JSON,
        "name": st.just("Pisky") | JSON,
        "namedetails": st.dictionaries(
            st.sampled_from(["name", "name:en", "alt_name", "old_name:uk", "name:left"]), st.just("Pisky;Peski") | JSON
        )
        | JSON,
        "address": st.fixed_dictionaries({"country_code": st.sampled_from(["ua", "ru", "zzz"]) | JSON}) | JSON,
        "boundingbox": st.lists(st.floats(-90, 90), min_size=4, max_size=4) | JSON,
    },
)


@settings(deadline=None)  # CI machines stall
@given(results=st.lists(RESULTS | JSON, max_size=5), bounded=st.booleans())
def test_whatever_comes_back_is_inside_the_bounds_or_has_a_reason(results: list[Any], bounded: bool) -> None:
    box = ViewBox(44.0, 22.0, 53.0, 41.0) if bounded else None
    answer = judged(results, a_query(country_codes=("UA",), viewbox=box))
    assert answer.reason
    assert "\n" not in answer.reason
    if answer.place is None:
        return
    place = answer.place
    assert place.country_code == "UA" or (place.country_code is None and bounded)
    assert box is None or (44 <= place.lat <= 53 and 22 <= place.lon <= 41)
    assert place.radius_km > 0
    if place.kind is PlaceKind.POINT:
        raw = next(r for r in results if isinstance(r, dict) and f"osm:{r.get('osm_type')}/{r.get('osm_id')}" == place.place_id)
        assert raw.get("addresstype") in SETTLEMENTS or raw.get("class") in SITES or raw.get("type") in SETTLEMENTS


@settings(deadline=None)  # CI machines stall
@given(name=st.text(max_size=40), countries=st.sampled_from([(), ("AZ",), ("SY", "TR")]))
def test_at_most_two_spellings_are_asked_and_each_is_one_clean_line(name: str, countries: tuple[str, ...]) -> None:
    variants = spell(name, country_codes=countries)
    assert 1 <= len(variants) <= 2
    assert len(set(variants)) == len(variants)
    for variant in variants:
        assert variant == " ".join(variant.split())
        variant.encode()


def test_two_places_of_one_name_are_told_apart_only_by_the_bounds() -> None:
    north = result("Pisky", lat=51.0, lon=32.0, country="ua")
    south = result("Pisky", lat=48.06, lon=37.68, country="ua") | {"osm_id": 78}
    doubled = result("Pisky", lat=48.07, lon=37.69, country="ua") | {"osm_id": 79}
    unclear = judged([north, south], a_query(country_codes=("UA",)))
    assert unclear.place is None
    assert "524 km apart" in unclear.reason
    assert unclear.candidates == 2
    assert judged([south, doubled], a_query(country_codes=("UA",))).place is not None  # one village, mapped twice
    bounded = judged([north, south], a_query(viewbox=ViewBox(47.0, 36.0, 49.0, 39.0))).place
    assert bounded is not None
    assert bounded.place_id == "osm:node/78"


def test_word_beside_the_name_must_fit_what_is_found() -> None:
    county = result("Pisky County", country="ua") | {"osm_type": "relation", "class": "boundary", "addresstype": "county", "place_rank": 12}
    region, town = a_query(expects=PlaceKind.AREA), a_query(expects=PlaceKind.POINT)
    assert judged([county], region).place is not None
    assert judged([county], town).place is None
    assert judged([result("Pisky")], region).place is None
    assert judged([result("Pisky")], town).place is not None


def test_what_is_named_after_a_place_does_not_stand_for_it() -> None:
    stop = result("Pisky", country="ua") | {"class": "amenity", "type": "bus_station", "addresstype": "amenity", "place_rank": 30}
    plant = stop | {"class": "industrial", "type": "works", "addresstype": "industrial"}
    assert "named after" in judged([stop], a_query()).reason
    assert judged([stop], replace(a_query(), site="station")).place is not None
    assert judged([plant], a_query()).place is not None
    assert "means a settlement" in judged([plant], a_query(expects=PlaceKind.POINT)).reason
    town = result("Pisky", country="ua") | {"osm_id": 78}
    taken = judged([stop, town], a_query()).place
    assert taken is not None
    assert taken.place_id == "osm:node/78"


def test_prefecture_called_a_city_and_a_large_air_base_are_areas() -> None:
    boundary: dict[str, object] = {
        "osm_type": "relation",
        "class": "boundary",
        "addresstype": "city",
        "boundingbox": ["38", "42", "45", "49"],
    }
    city = result("Pisky", country="ua") | boundary
    base = {**city, "class": "military", "addresstype": "military", "boundingbox": ["39.6", "40.0", "46.6", "47.0"]}
    town = {**city, "addresstype": "town", "boundingbox": ["39.78", "39.82", "46.78", "46.82"]}
    kinds = [answer.place.kind for raw in (city, base, town) if (answer := judged([raw], a_query())).place is not None]
    assert kinds == [PlaceKind.AREA, PlaceKind.AREA, PlaceKind.POINT]


def test_box_across_the_180th_meridian() -> None:
    box = ViewBox(-20.0, 175.0, -10.0, -175.0)
    assert box.outside_km(LatLon(-15.0, 179.0)) == box.outside_km(LatLon(-15.0, -179.0)) == 0
    assert box.outside_km(LatLon(-15.0, 0.0)) > 10_000
    assert box.middle == LatLon(-15.0, -180.0)


def test_bounds_come_from_where_the_strikes_are_and_not_from_where_they_are_told() -> None:
    def mention(place: Place, role: Role) -> Mention:
        return Mention(article_id="a", resolution=replace(unresolved(place.name), place=place), role=role)

    martakert = mention(a_place("Martakert", lat=40.2, lon=46.8), Role.STRUCK)
    washington = mention(a_place("Washington", lat=38.9, lon=-77.0, country="US"), Role.SPEAKER)
    yerevan = mention(a_place("Yerevan", lat=40.2, lon=44.5, country="AM"), Role.BACKGROUND)
    armenia = mention(a_place("Armenia", lat=40.2, lon=45.0, country="AM", radius_km=150), Role.BACKGROUND)
    bounds = draw_bounds([washington, yerevan, martakert])
    assert bounds.countries == ("AZ",)
    assert bounds.viewbox is not None
    assert bounds.viewbox.outside_km(LatLon(39.8, 47.1)) == 0
    assert bounds.viewbox.outside_km(LatLon(40.2, 44.5)) > 80
    assert draw_bounds([washington, armenia]).countries == ("AM",)
    assert draw_bounds([washington, armenia]).viewbox is None
    assert draw_bounds([]) == draw_bounds([washington])


def test_peoples_that_a_report_names_bound_no_search_but_refuse_what_lies_elsewhere() -> None:
    article = Article(article_id="a", text="Ukrainian forces said that Russian shells hit Pisky.")
    bounds = draw_bounds([], article=article)
    assert bounds == Bounds(spoken=("RU", "UA"))
    query = replace(a_query(), spoken=bounds.spoken)
    home, abroad = result("Pisky", country="ua"), result("Pisky", lat=-15.8, lon=-47.9, country="br") | {"osm_id": 78}
    assert judged([home], query).place is not None
    assert "the report speaks of RU and UA" in judged([abroad], query).reason
    assert "apart" in judged([home, abroad], query).reason, "what lies elsewhere is a rival all the same"


def test_answers_go_to_the_names_they_belong_to() -> None:
    town, region = unresolved("Pisky"), unresolved("Pisky", cue="region")
    known, silent = replace(unresolved("Baku"), place=a_place("Baku")), unresolved("Elsewhere")
    place = a_place("Pisky")
    taken = Answer(query=a_query(), place=place, reason="found", candidates=1)
    refused = Answer(query=a_query(expects=PlaceKind.AREA), place=None, reason="only a town")
    settled = settle([town, region, known, silent], [taken, refused])
    assert settled[0].place == place
    assert (settled[0].method, settled[0].why) == (ResolutionMethod.GEOCODER, "found")
    assert (settled[1].place, settled[1].why) == (None, "only a town")
    assert settled[2:] == (known, silent)
