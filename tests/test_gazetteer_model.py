"""What a place was called and what it belonged to on a day."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.model import Layer, Name, NameKind, Parent, Place, PlaceKind, is_on

TOWN = Place(
    place_id="gn:1", name="Newton", lat=48.6, lon=38.0, radius_km=5.0, kind=PlaceKind.POINT, layer=Layer.OVERLAY,
    names=(
        Name(text="Newton", kind=NameKind.PRIMARY, language="en", start="2016-02-04"),
        Name(text="Their Newton", kind=NameKind.ALTERNATE, language="en", side="Them", end="2016-02-04"),
        Name(text="Oldton", kind=NameKind.HISTORIC, language="en", end="2016-02-04"),
        Name(text="Старград", kind=NameKind.HISTORIC, language="ru", end="2016-02-04"),
    ),
    parents=(
        Parent(name="The Province", standing="de jure"),
        Parent(name="The Republic", standing="de facto", start="1991-09-02", end="2023-09-20"),
        Parent(name="The State", standing="de facto", start="2023-09-20"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "name"), [(date(2015, 3, 1), "Oldton"), (date(2016, 2, 5), "Newton"), (date(2024, 1, 1), "Newton"), (None, "Newton")]
)
def test_a_town_goes_by_the_name_of_the_day(day: date | None, name: str) -> None:
    assert TOWN.name_on(day) == name


@pytest.mark.parametrize(
    ("day", "parents"),
    [
        (date(2020, 10, 1), ["The Province", "The Republic"]),
        (date(2024, 1, 1), ["The Province", "The State"]),
        (None, ["The Province", "The State"]),
    ],
)
def test_a_town_belongs_to_what_it_belonged_to_that_day(day: date | None, parents: list[str]) -> None:
    assert [parent.name for parent in TOWN.parents_on(day)] == parents


@pytest.mark.parametrize(
    ("start", "end", "on"), [("2020", None, True), (None, "2020", True), ("2020-10-02", None, False), (None, "2019", False)]
)
def test_a_year_holds_all_its_days(start: str | None, end: str | None, on: bool) -> None:
    assert is_on(date(2020, 10, 1), start=start, end=end) is on
