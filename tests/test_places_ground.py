"""Areas made of a wording: they hold what the words leave open, and are never marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from gazetteer.distance import distance_km, travel
from gazetteer.model import LatLon, Layer, Place, PlaceKind
from geo.places.ground import Offset, around_seat, bearing_of, beside, between, part_of, villages_of


def place(lat: float, lon: float, *, radius_km: float = 3.0, kind: PlaceKind = PlaceKind.POINT) -> Place:
    return Place(
        place_id=f"gn:{lat},{lon}", name="Town", lat=lat, lon=lon, radius_km=radius_km, kind=kind, layer=Layer.BASE, country_code="UA"
    )


points = st.builds(LatLon, st.floats(-60, 70), st.floats(-179, 179))


@pytest.mark.parametrize(
    ("word", "bearing"), [("north", 0.0), ("South-West", 225.0), ("eastern", 90.0), ("central", None), ("Norton", None)]
)
def test_a_compass_word_is_a_bearing(word: str, bearing: float | None) -> None:
    assert bearing_of(word) == bearing


@given(points, st.floats(1, 80), st.sampled_from([0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0]), st.floats(-20, 20))
def test_what_lies_that_far_and_about_that_way_is_in_the_area(at: LatLon, km: float, bearing: float, off: float) -> None:
    town = place(*at)
    ground = beside(town, Offset(km=km, bearing_deg=bearing))
    told = travel(at, km=km, bearing_deg=bearing + off)
    assert ground.place.kind is PlaceKind.AREA
    assert distance_km(ground.place.point, told) <= ground.place.radius_km + 0.5


def test_a_direction_alone_leaves_more_open_than_a_distance() -> None:
    town = place(48.0, 37.0)
    south = beside(town, Offset(bearing_deg=180.0)).place
    measured = beside(town, Offset(km=12.0, bearing_deg=180.0)).place
    assert south.lat < town.lat
    assert measured.lat < town.lat
    assert south.radius_km > measured.radius_km


def test_a_distance_without_a_direction_is_all_around() -> None:
    ground = beside(place(16.0, 0.0), Offset(km=80.0))
    assert ground.place.point == (16.0, 0.0)
    assert ground.place.radius_km >= 80.0


@given(points, points)
def test_both_ends_lie_in_what_is_between_them(one: LatLon, two: LatLon) -> None:
    ground = between(place(*one), place(*two), road=True)
    if ground is None:
        assert distance_km(one, two) > 500
        return
    assert ground.outline is not None
    assert ground.outline.contains(Point(one.lon, one.lat))
    assert ground.outline.contains(Point(two.lon, two.lat))
    assert ground.place.kind is PlaceKind.AREA


def test_between_places_of_two_countries_is_in_neither() -> None:
    ground = between(place(48.0, 37.0), replace(place(48.2, 37.3), country_code="RU"), road=False)
    assert ground is not None
    assert ground.place.country_code is None


@pytest.mark.parametrize("bearing", [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0])
def test_a_part_lies_on_its_side_of_the_area_and_inside_it(bearing: float) -> None:
    outline = box(36.0, 34.0, 39.0, 36.0)
    whole = place(35.0, 37.5, radius_km=180.0, kind=PlaceKind.AREA)
    ground = part_of(whole, outline, bearing)
    assert ground is not None
    assert ground.outline is not None
    assert outline.buffer(1e-6).contains(ground.outline)
    assert 0.4 < ground.outline.area / outline.area < 0.6
    side = travel(whole.point, km=60.0, bearing_deg=bearing)
    other = travel(whole.point, km=60.0, bearing_deg=bearing + 180)
    assert ground.outline.contains(Point(side.lon, side.lat))
    assert not ground.outline.contains(Point(other.lon, other.lat))
    assert ground.outline.contains(Point(ground.place.lon, ground.place.lat))


def test_a_division_that_no_layer_knows_reaches_as_far_as_its_kind_does() -> None:
    town = place(47.6, 37.5)
    reach = {
        cue: ground.place.radius_km for cue in ("province", "district", "subdistrict") if (ground := around_seat(town, cue)) is not None
    }
    assert reach["province"] > reach["district"] > reach["subdistrict"] > town.radius_km
    assert around_seat(town, "country") is None


def test_villages_around_a_town_are_no_mark_on_the_town() -> None:
    ground = villages_of(place(47.6, 37.5))
    assert ground.place.kind is PlaceKind.AREA
    assert ground.place.radius_km >= 15.0
