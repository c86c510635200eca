"""One constant map, and a channel through which it learns what to show.

The folium map is the same bytes for every session and every filter, so its iframe is never mounted again: pan, zoom and
focus stay where the reader left them. It holds no claim. What there is to show travels past folium, as arguments of a
small component of ours, the link, which hands them to the map's iframe (same page, same origin):

    Python ──args──> link "dataset"  ──> window.strikemap.setDataset   places, and columns of codes: once for each data set
    Python ──args──> link "view"     ──> window.strikemap.setView      which rows, which colours: a bit for each row
    Python <─value── link "view"     <── a click on a mark or an area  the rows under the pointer

Whichever of the three iframes loads last finds the others through `window.parent.frames`; nobody polls. Streamlit does not
send an unchanged message again, so a filter costs one bit for each row, not the data set. Claim text does not travel at
all: the map knows rows, and Streamlit shows the words beside it. Names of places and parties do travel, as JSON, and are
put on the page by `fillText` and `textContent` only.

Why not streamlit-folium's own ways: `feature_group_to_add` is evaluated as script and every old group stays in memory, and
folium's popups and tooltips execute `${...}` in the text that they are given, escaped or not.
"""

from __future__ import annotations

from geo.maps.canvas import draw_map
from geo.maps.dataset import Dataset, Place, build_dataset
from geo.maps.palette import Category, ColourBy, Palette, Shape, build_palette
from geo.maps.view import MapView, link_map

__all__ = [
    "Category",
    "ColourBy",
    "Dataset",
    "MapView",
    "Palette",
    "Place",
    "Shape",
    "build_dataset",
    "build_palette",
    "draw_map",
    "link_map",
]
