"""The same selection as a table: the map's equal for whoever cannot use a map, with the unlocated claims in it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from gazetteer.model import PlaceKind
from geo.export.explained import when_words
from geo.filters import why_unlocated
from geo.model import Claim
from geo.views.chosen import choose, chosen_ids
from geo.views.detail import STANCE_WORDS

_KEY = "claims_table"
_ROW_IDS = "claims_table_ids"


def show_table(claims: Sequence[Claim]) -> None:
    """Show the claims, one a line; choosing lines chooses claims."""
    ids = tuple(claim.claim_id for claim in claims)
    st.session_state[_ROW_IDS] = ids
    chosen = set(chosen_ids())
    st.session_state[_KEY] = {"selection": {"rows": [row for row, claim_id in enumerate(ids) if claim_id in chosen], "columns": []}}
    st.dataframe(
        _frame(claims),
        key=_KEY,
        hide_index=True,
        column_config={"When": st.column_config.Column(width=185), "Quote": st.column_config.Column(width=420)},
        on_select=_hear,
        selection_mode="multi-row",
        height=min(420, 38 + 36 * max(len(claims), 1)),
        placeholder="",
        alt="The claims that pass the filters, one a line",
    )


def _hear() -> None:
    ids: tuple[str, ...] = st.session_state.get(_ROW_IDS, ())
    state = st.session_state.get(_KEY)
    rows = state["selection"]["rows"] if state else []
    choose(ids[row] for row in rows if row < len(ids))


def _frame(claims: Sequence[Claim]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "When": [when_words(claim) for claim in claims],
            "Place": [claim.place_name or claim.place_text or "" for claim in claims],
            "On the map": [_on_map(claim) for claim in claims],
            "Says who": [claim.claimant or "the reporter" for claim in claims],
            "What they do": [STANCE_WORDS[claim.stance] for claim in claims],
            "Attacker, as alleged": [claim.attacker or "nobody named" for claim in claims],
            "Weapon": [claim.weapon.value.replace("_", " ") for claim in claims],
            "Killed": [_killed(claim) for claim in claims],
            "Quote": [claim.quote for claim in claims],
            "Source": [claim.source or "" for claim in claims],
        },
        dtype="string",
    )


def _on_map(claim: Claim) -> str:
    reason = why_unlocated(claim)
    if reason is not None:
        return f"no: {reason.value}"
    return "as an area" if claim.place_kind is PlaceKind.AREA else "as a point"


def _killed(claim: Claim) -> str:
    told = _least(claim.killed_min, claim.killed_max)
    return f"{told} (with other places)" if told and claim.casualties_shared else told


def _least(low: int | None, high: int | None) -> str:
    if low is None:
        return "" if high is None else f"up to {high}"
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"
