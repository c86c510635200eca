"""The app: `streamlit run streamlit_app.py`, or `strikemap app`."""

from __future__ import annotations

import streamlit as st

from geo.views.layout import lay_out

st.set_page_config(page_title="strikemap", layout="wide", initial_sidebar_state=340)
frame = lay_out()

from geo.views.page import fill_page  # noqa: E402  the map loads in the browser while this is imported; see geo.views.layout

fill_page(frame)
