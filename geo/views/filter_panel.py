"""The filters. Each stands in the page's address, so that a link brings the same selection back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from geo.filters import Counted, Selection, count_attackers, count_claimants, count_undated, span_dates
from geo.model import Claim, Stance
from geo.views.detail import STANCE_WORDS
from geo.views.markup import element, show

# Words for "nobody is named" and "the reporter names no source" in the lists. They stand in the address, too.
NOBODY_OPTION = "(nobody named)"
REPORTER_OPTION = "(the reporter)"
_EARLIEST = date(1900, 1, 1)
_LATEST = date(2100, 12, 31)
_DEFAULTS: dict[str, object] = {"from": None, "to": None, "undated": True, "attacker": [], "claimant": [], "stance": [], "background": True}


def show_filters(claims: Sequence[Claim]) -> Selection:
    """Show the filters and return what they say.

    Parameters
    ----------
    claims
        All of the session: the lists offer what is in them, with counts.
    """
    date_from, date_to, include_undated = _show_dates(claims)
    attackers = st.multiselect(
        "Attacker, as alleged by whoever makes the claim",
        _options(count_attackers(claims), none=NOBODY_OPTION),
        key="attacker",
        bind="query-params",
        placeholder="All",
        help="Whom the claims accuse. A claim stays a claim: nothing here says that the party did it.",
    )
    _show_counts(count_attackers(claims), none=NOBODY_OPTION)
    claimants = st.multiselect(
        "Claimant (who says so)",
        _options(count_claimants(claims), none=REPORTER_OPTION),
        key="claimant",
        bind="query-params",
        placeholder="All",
    )
    stances = st.multiselect(
        "What the claimant does",
        [stance.value for stance in Stance],
        format_func=lambda value: STANCE_WORDS[Stance(value)],
        key="stance",
        bind="query-params",
        placeholder="All",
    )
    include_background = True
    background = sum(claim.is_background for claim in claims)
    if background:
        include_background = st.checkbox(
            f"Include claims told as background ({background})", value=True, key="background", bind="query-params"
        )
    st.button("Reset the filters", on_click=_reset, width="stretch")
    return Selection(
        date_from=date_from,
        date_to=date_to,
        include_undated=include_undated,
        attackers=frozenset(None if option == NOBODY_OPTION else option for option in attackers),
        claimants=frozenset(None if option == REPORTER_OPTION else option for option in claimants),
        stances=_read_stances(stances),
        include_background=include_background,
    )


def _show_dates(claims: Sequence[Claim]) -> tuple[date | None, date | None, bool]:
    left, right = st.columns(2)
    date_from: date | None = left.date_input(
        "From", value=None, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD", key="from", bind="query-params"
    )
    date_to: date | None = right.date_input(
        "To", value=None, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD", key="to", bind="query-params"
    )
    span = span_dates(claims)
    if date_from is not None and date_to is not None and date_from > date_to:
        st.warning("The first day lies after the last, so no dated claim passes. Swap them.")
    elif span is not None:
        show(element("p", f"Dates told: {span[0].isoformat()} to {span[1].isoformat()}", css="sm-quiet"))
    undated = count_undated(claims)
    include = st.checkbox(
        f"Include claims that tell no date ({undated})",
        value=True,
        key="undated",
        bind="query-params",
        help="Their reports do not say when. The day of publication is never put in its place.",
    )
    return date_from, date_to, include


def _options(counted: Sequence[Counted[str | None]], *, none: str) -> list[str]:
    return [none if count.value is None else count.value for count in counted]


def _show_counts(counted: Sequence[Counted[str | None]], *, none: str) -> None:
    words = " · ".join(f"{none if count.value is None else count.value} {count.claims}" for count in counted)
    show(element("p", words or "No claims yet", css="sm-quiet"))


def _read_stances(values: Sequence[str]) -> frozenset[Stance]:
    return frozenset(Stance(value) for value in values)


def _reset() -> None:
    for key, value in _DEFAULTS.items():
        st.session_state[key] = value
