"""Downloads of exactly what is shown: the same claims in the same order, unlocated ones included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from geo.credits import attributions
from geo.export import About, Format, LeftOut, dumps
from geo.filters import Selection, describe
from geo.model import Claim

_LICENCE = "The quotes belong to their publishers; places are under the licences of their sources"
_FORMATS = {Format.GEOJSON: "application/geo+json", Format.CSV: "text/csv"}
_WORDS = {Format.GEOJSON: "GeoJSON", Format.CSV: "CSV"}


def show_downloads(claims: Sequence[Claim], *, selection: Selection, every: int, gazetteer_version: str) -> None:
    """Offer the shown claims as files, which are made when the button is pressed.

    Parameters
    ----------
    claims
        Not empty.
    every
        How many claims there are without the filters: the file says how many it leaves out.
    """
    kept = tuple(claims)
    for column, (chosen, mime) in zip(st.columns(len(_FORMATS), width=420), _FORMATS.items(), strict=True):
        column.download_button(
            f"Download these {len(kept)} as {_WORDS[chosen]}" if len(kept) > 1 else f"Download this one as {_WORDS[chosen]}",
            data=partial(_make, kept, chosen, selection=selection, every=every, gazetteer_version=gazetteer_version),
            file_name=f"strikemap.{chosen.value}",
            mime=mime,
            on_click="ignore",
            key=f"download_{chosen.value}",
            width="stretch",
        )


def _make(claims: Sequence[Claim], chosen: Format, *, selection: Selection, every: int, gazetteer_version: str) -> bytes:
    return dumps(claims, format=chosen, about=_about(claims, selection=selection, every=every, gazetteer_version=gazetteer_version))


def _about(claims: Sequence[Claim], *, selection: Selection, every: int, gazetteer_version: str) -> About:
    hidden = every - len(claims)
    return About(
        licence=_LICENCE,
        attributions=attributions(),
        extractor_version=claims[0].extractor_version,
        gazetteer_version=gazetteer_version,
        safety="internal",
        created_at=datetime.now(UTC),
        filters=describe(selection),
        left_out=(LeftOut(reason="does not pass the filters", count=hidden),) if hidden else (),
    )
