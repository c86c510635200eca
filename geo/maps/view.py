"""The link to the map: what is to be seen on it, and what was clicked there."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st
import streamlit.components.v1 as components

from geo.maps.assets import LINK_DIR
from geo.maps.dataset import Dataset, pack_rows
from geo.maps.palette import ColourBy

_VIEW_KEY = "strikemap_view"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """What is to be seen of a data set.

    Attributes
    ----------
    rows
        The rows that pass the filters.
    chosen
        The rows whose claims stand in the detail pane.
    colour_by
        Which palette.
    show_named
        Whether the quiet layer of other places is on.
    tiles_url, tiles_attribution
        The user's own tile server; None for none. The attribution is shown as text.
    """

    rows: tuple[int, ...]
    chosen: tuple[int, ...] = ()
    colour_by: ColourBy = ColourBy.ATTACKER
    show_named: bool = True
    tiles_url: str | None = None
    tiles_attribution: str = ""


def link_map(dataset: Dataset, *, view: MapView, on_click: Callable[[tuple[str, ...]], None]) -> None:
    """Tell the map what to show, and hear what is clicked on it.

    Parameters
    ----------
    on_click
        Called with the ids of the claims under the pointer, before the script runs again. Empty for a click beside all marks.
    """
    link = components.declare_component("link", path=LINK_DIR)

    def hear() -> None:
        on_click(read_click(st.session_state.get(_VIEW_KEY), dataset=dataset))

    # The names of st-key-* become CSS classes; our style sheet takes both frames out of the page's flow.
    with st.container(key="strikemap_link"):
        link(
            channel="dataset", digest=dataset.digest, header=dataset.header, columns=dataset.columns, key="strikemap_dataset", tab_index=-1
        )
        link(
            channel="view",
            digest=dataset.digest,
            # As text: Streamlit sends a component nothing when only its bytes have changed (1.67).
            rows=b64encode(pack_rows(view.rows, length=len(dataset.claim_ids))).decode(),
            chosen=list(view.chosen),
            palette=list(ColourBy).index(view.colour_by),
            show_named=view.show_named,
            tiles_url=view.tiles_url,
            tiles_attribution=view.tiles_attribution,
            key=_VIEW_KEY,
            on_change=hear,
            tab_index=-1,
        )


def read_click(value: object, *, dataset: Dataset) -> tuple[str, ...]:
    """Read what the browser says was clicked.

    It comes from the browser, so nothing in it is believed: rows that the data set does not have, and clicks on another
    data set, give nothing.
    """
    if not isinstance(value, Mapping) or value.get("digest") != dataset.digest:
        return ()
    rows = value.get("rows")
    if not isinstance(rows, list):
        return ()
    return tuple(
        dataset.claim_ids[row] for row in rows if isinstance(row, int) and not isinstance(row, bool) and 0 <= row < len(dataset.claim_ids)
    )
