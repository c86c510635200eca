"""The app: `streamlit run streamlit_app.py`, or `strikemap app`."""

from __future__ import annotations

import streamlit as st

from geo.settings import Settings
from geo.views.page import show_page

st.set_page_config(page_title="strikemap", layout="wide", initial_sidebar_state=340)
show_page(Settings.from_environment())
