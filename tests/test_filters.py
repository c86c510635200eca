"""What a filter lets through, and that nothing is lost from the counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from export_claims import AREA, CLAIMS, POINT, UNLOCATED, claims
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.filters import (
    Counted,
    Selection,
    Unlocated,
    count_attackers,
    count_claimants,
    count_undated,
    describe,
    select,
    span_dates,
    summarise,
    why_unlocated,
)
from geo.model import Claim, Stance

DENIED = replace(UNLOCATED, claim_id="c-denied", stance=Stance.DENIED, attacker="Armenia", date_start=date(2020, 10, 26))

selections = st.builds(
    Selection,
    date_from=st.none() | st.dates(),
    date_to=st.none() | st.dates(),
    include_undated=st.booleans(),
    attackers=st.frozensets(st.none() | st.sampled_from(["Armenia", "Azerbaijan", "=1+1"])),
    claimants=st.frozensets(st.none() | st.sampled_from(["local authorities", "${x}"])),
    stances=st.frozensets(st.sampled_from(Stance)),
    include_background=st.booleans(),
)

# The machines of CI are slow and shared; how long a draw takes says nothing of us.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CALM
@given(st.lists(claims(), max_size=8))
def test_the_default_lets_every_claim_through_in_order(some: list[Claim]) -> None:
    assert select(some, Selection()) == tuple(some)
    assert describe(Selection()) == ()


@CALM
@given(st.lists(claims(), max_size=8), selections)
def test_what_passes_once_passes_again_and_comes_from_the_claims(some: list[Claim], selection: Selection) -> None:
    passed = select(some, selection)
    assert select(passed, selection) == passed
    assert all(claim in some for claim in passed)


@CALM
@given(st.lists(claims(), max_size=8), selections)
def test_adding_a_condition_never_adds_a_claim(some: list[Claim], selection: Selection) -> None:
    wider = replace(selection, stances=frozenset(), attackers=frozenset(), date_from=None)
    if selection.date_from is None or selection.date_to is None or selection.date_from <= selection.date_to:
        assert len(select(some, selection)) <= len(select(some, wider))


@CALM
@given(st.lists(claims(), max_size=8))
def test_every_claim_is_counted_once_in_every_count(some: list[Claim]) -> None:
    summary = summarise(some)
    assert summary.claims == len(some) == summary.located + sum(counted.claims for counted in summary.unlocated)
    assert sum(counted.claims for counted in count_attackers(some)) == len(some)
    assert sum(counted.claims for counted in count_claimants(some)) == len(some)
    assert summary.undated == count_undated(some) == len(some) - len(select(some, Selection(include_undated=False)))


def test_a_day_passes_if_it_lies_in_the_claims_interval() -> None:
    night = Selection(date_from=date(2020, 10, 24), date_to=date(2020, 10, 24), include_undated=False)
    assert select([POINT], night) == (POINT,)
    day_after = replace(night, date_from=date(2020, 10, 25), date_to=date(2020, 10, 25))
    assert select([POINT], day_after) == ()
    assert select([POINT], replace(night, date_from=date(2020, 10, 23), date_to=date(2020, 10, 23))) == (POINT,)


def test_an_open_interval_is_the_one_day_that_is_told() -> None:
    only = Selection(date_from=date(2020, 10, 26), date_to=date(2020, 10, 26), include_undated=False)
    assert select([DENIED], only) == (DENIED,)
    assert select([DENIED], replace(only, date_from=date(2020, 10, 27), date_to=None)) == ()


def test_undated_claims_stay_until_they_are_switched_off() -> None:
    dated = Selection(date_from=date(2021, 1, 1))
    assert select(CLAIMS, dated) == (AREA, UNLOCATED)
    assert select(CLAIMS, replace(dated, include_undated=False)) == ()


def test_dates_in_the_wrong_order_pass_no_dated_claim() -> None:
    swapped = Selection(date_from=date(2020, 12, 1), date_to=date(2020, 1, 1))
    assert select([POINT, DENIED, AREA], swapped) == (AREA,)


def test_a_party_that_is_chosen_excludes_claims_that_name_nobody_unless_these_are_chosen_too() -> None:
    assert select(CLAIMS, Selection(attackers=frozenset({"Azerbaijan"}))) == (POINT,)
    assert select(CLAIMS, Selection(attackers=frozenset({"Azerbaijan", None}))) == CLAIMS


def test_both_sides_are_filtered_alike() -> None:
    sides = [replace(POINT, claim_id=party, attacker=party) for party in ("Armenia", "Azerbaijan")]
    for side in sides:
        assert select(sides, Selection(attackers=frozenset({side.attacker}))) == (side,)


def test_background_can_be_left_out() -> None:
    told_before = replace(POINT, is_background=True)
    assert select([told_before, AREA], Selection(include_background=False)) == (AREA,)


def test_attackers_come_by_name_and_nobody_last() -> None:
    assert count_attackers([*CLAIMS, DENIED]) == (
        Counted(value="Armenia", claims=1),
        Counted(value="Azerbaijan", claims=1),
        Counted(value=None, claims=2),
    )


def test_why_a_claim_is_not_on_the_map() -> None:
    assert why_unlocated(POINT) is None
    assert why_unlocated(UNLOCATED) is Unlocated.NO_PLACE_TOLD
    assert why_unlocated(replace(UNLOCATED, place_text="Nowhere")) is Unlocated.NOT_RESOLVED


def test_dates_told() -> None:
    assert span_dates([*CLAIMS, DENIED]) == (date(2020, 10, 23), date(2020, 10, 26))
    assert span_dates([AREA]) is None


def test_a_selection_says_what_it_asks_for() -> None:
    said = describe(Selection(date_from=date(2020, 10, 1), attackers=frozenset({"Azerbaijan", None}), include_undated=False))
    assert said == (("from", "2020-10-01"), ("undated", "left out"), ("attacker, as alleged", "Azerbaijan, nobody named"))
