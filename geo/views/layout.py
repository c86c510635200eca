"""The page before there is anything to fill it with: the map first of all.

What reads reports takes half a second to import, and the gazetteer some time to open. The map's frame loads in the browser
meanwhile, if it is put on the page first; so this module imports folium and no more, and `streamlit_app.py` calls it before
it imports the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.credits import attributions
from geo.maps import draw_map
from geo.maps.canvas import HEIGHT_PX
from geo.views.markup import element, show

_STYLE = Path(__file__).parent.parent / "assets" / "page" / "page.css"
_HONEST_LINE = (
    "Every mark is what somebody says, not what is known. Disputed borders are drawn as one data set has them and are no statement on the "
    "status of any territory."
)
_LEGEND_LINES = (
    "A mark is a place that a report names, with the circle within which it honestly lies. Its number counts the claims there.",
    "A hatched shape is an area: the report says no more than that, so there is no mark in it. Its number stands in a square.",
    "Colour and shape say the same: whom the claims accuse, or what their claimants do. A ring with several colours has several.",
    "A dotted line around a mark means that several places lie too close together to be told apart. Zoom in, or click it.",
    "Small grey rings are other places that the reports name: where speakers sit, where fire came from. They are never counted.",
    "Two fingers move the map on a touch screen. The table below it holds the same claims, and those that are not on the map.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The parts of the page that stand before there is anything to fill them with."""

    counts: DeltaGenerator
    colours: DeltaGenerator
    layers: DeltaGenerator
    link: DeltaGenerator
    detail: DeltaGenerator
    tabs: DeltaGenerator


def lay_out() -> Frame:
    """Put the map and the places for all else on the page."""
    st.html(_STYLE)
    counts = st.container()
    left, right = st.columns([5, 3], gap="medium")
    with left:
        colours, layers = st.columns([3, 2], vertical_alignment="bottom")
        draw_map()
        link = st.container()
        show(element("p", _HONEST_LINE, css="sm-quiet"))
        with st.expander("How to read this map"):
            show(element("ul", *(element("li", line) for line in (*_LEGEND_LINES, *attributions()))))
    detail = right.container(height=HEIGHT_PX + 220, border=False)
    return Frame(counts=counts, colours=colours, layers=layers, link=link, detail=detail, tabs=st.container())
