"""Which claims the detail pane shows. Map, table and address all speak of the same choice."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

_PARAM = "claim"
_MOST = 50


def chosen_ids() -> tuple[str, ...]:
    """Return the chosen claims' ids; they may be of claims that are not there any more."""
    return tuple(st.query_params.get_all(_PARAM)[:_MOST])


def choose(claim_ids: Iterable[str]) -> None:
    """Choose claims. It stands in the address, so that a link brings them back."""
    st.query_params[_PARAM] = list(claim_ids)[:_MOST]
