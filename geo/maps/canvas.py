"""The constant folium map.

It is drawn without tiles; land, borders and claims are the work of our own layer, whose script is
`geo/assets/map/strikemap.js`.
"""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from geo.maps.assets import Assets, serve_assets

# Both sides of most of the world's news are on the first view; the layer moves to the claims as soon as it has some.
_FIRST_VIEW = (30.0, 35.0)
_FIRST_ZOOM = 3
_MAX_ZOOM = 16
HEIGHT_PX = 560


class StrikeMap(folium.Map):
    """A folium map that loads Leaflet from this machine, and nothing else."""

    def __init__(self, *, assets: Assets) -> None:
        super().__init__(
            location=_FIRST_VIEW,
            zoom_start=_FIRST_ZOOM,
            tiles=None,
            zoom_control=True,
            attribution_control=True,
        )
        # Folium reads these off the instance as well as off the class; ours depend on where Streamlit serves from.
        self.default_js = list(assets.scripts)
        self.default_css = list(assets.styles)
        # Folium gives each map a random name. A fixed one makes the message to the browser the same each time.
        self._id = "strikemap"
        self.options.update(min_zoom=2, max_zoom=_MAX_ZOOM)


class StrikeLayer(MacroElement):
    """Our own layer. Its script is given one address and nothing that a report says."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            window.strikemap = new StrikeMapLayer({ land: {{ this.land|tojson }} }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, *, land: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "StrikeLayer"
        self.land = land


def build_map(assets: Assets) -> StrikeMap:
    """Build the map. Two calls with the same assets give the same script."""
    drawn = StrikeMap(assets=assets)
    StrikeLayer(land=assets.land).add_to(drawn)
    return drawn


def draw_map() -> None:
    """Put the map on the page."""
    st_folium(build_map(serve_assets()), key="strikemap", height=HEIGHT_PX, use_container_width=True, returned_objects=[])
