"""Where the browser finds scripts, styles and data: on this machine only.

Leaflet is never copied into this project. It lies inside the installed package XStatic-Leaflet, and Streamlit serves that
folder as it serves any component's. What else folium loads by default (jQuery, Bootstrap, icons) is for its own popups and
markers, of which there are none here, so it is left out. Our own script, style and the file of land
and borders are served likewise. The addresses are relative to the map's own iframe, so a base path in front of the app
changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit.components.v1 as components
import xstatic.pkg.leaflet

_GEO = Path(__file__).parent.parent

LINK_DIR = _GEO / "assets" / "link"
_MAP_DIR = _GEO / "assets" / "map"
_DATA_DIR = _GEO / "data"
LAND_FILE = "land.geojson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """Addresses relative to the map's iframe, as (name, address) pairs in the order of loading. `land` is None without the file."""

    scripts: tuple[tuple[str, str], ...]
    styles: tuple[tuple[str, str], ...]
    land: str | None


def serve_assets() -> Assets:
    """Let Streamlit serve the folders, and tell their addresses.

    To be called in each run of the app's script, not once for each process: Streamlit keeps what is declared in the runtime
    that is running, and a process may start more than one (the tests do).
    """
    leaflet = _serve("leaflet", Path(xstatic.pkg.leaflet.BASE_DIR))
    own = _serve("own", _MAP_DIR)
    land = _DATA_DIR / LAND_FILE
    return Assets(
        scripts=(
            ("leaflet", f"{leaflet}/leaflet.js"),
            ("strikemap", f"{own}/strikemap.js?v={_digest(_MAP_DIR / 'strikemap.js')}"),
        ),
        styles=(
            ("leaflet_css", f"{leaflet}/leaflet.css"),
            ("strikemap_css", f"{own}/strikemap.css?v={_digest(_MAP_DIR / 'strikemap.css')}"),
        ),
        land=f"{_serve('data', _DATA_DIR)}/{LAND_FILE}?v={_digest(land)}" if land.is_file() else None,
    )


def _serve(name: str, folder: Path) -> str:
    return f"../{components.declare_component(name, path=folder).name}"


@cache
def _digest(path: Path) -> str:
    # Streamlit lets browsers keep these files, so a new version needs a new address.
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
