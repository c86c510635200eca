"""Downloads of exactly what is shown: the same claims in the same order, unlocated ones included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from gazetteer import Gazetteer
from geo.export import About, Format, LeftOut, dumps
from geo.filters import Selection, describe
from geo.model import Claim

_LICENCE = "The quotes belong to their publishers; places are under the licences of their sources"
_FORMATS = {Format.GEOJSON: "application/geo+json", Format.CSV: "text/csv"}
_WORDS = {Format.GEOJSON: "GeoJSON", Format.CSV: "CSV"}


def show_downloads(claims: Sequence[Claim], *, selection: Selection, every: int, gazetteer: Gazetteer) -> None:
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
            data=lambda chosen=chosen: dumps(
                kept, format=chosen, about=_about(kept, selection=selection, every=every, gazetteer=gazetteer)
            ),
            file_name=f"strikemap.{chosen.value}",
            mime=mime,
            on_click="ignore",
            key=f"download_{chosen.value}",
            width="stretch",
        )


def _about(claims: Sequence[Claim], *, selection: Selection, every: int, gazetteer: Gazetteer) -> About:
    hidden = every - len(claims)
    return About(
        licence=_LICENCE,
        attributions=tuple(f"{source.name}, {source.licence}, {source.as_of}" for source in gazetteer.sources()),
        extractor_version=claims[0].extractor_version,
        gazetteer_version=gazetteer.version,
        safety="internal",
        created_at=datetime.now(UTC),
        filters=describe(selection),
        left_out=(LeftOut(reason="does not pass the filters", count=hidden),) if hidden else (),
    )
