"""Reads places from Linked Places Format v1.3 (*.lpf.json): our own overlays, and the places that users add.

Of the format's many fields those are read that `data/SOURCES.md` names. A feature that does not hold to it is refused with
its id, for a gazetteer with a silently dropped village puts its name on a namesake.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import wkb
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.errors import OverlayError
from gazetteer.model import Layer, Name, NameKind, Parent, Place, PlaceKind

DEFAULT_LICENCE = "MIT"
POINT_RADIUS_KM, AREA_RADIUS_KM = 3.0, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place on its way into the gazetteer. `shape` is its outline as WKB in (lon, lat), `admin1_code` GeoNames' "AZ.23"; None without."""

    place: Place
    shape: bytes | None = None
    admin1_code: str | None = None


def read_overlay(path: Path, *, layer: Layer = Layer.OVERLAY) -> Iterator[Entry]:
    """Read all places of one file.

    Parameters
    ----------
    path
        A FeatureCollection in UTF-8.
    layer
        Which layer the entries say they come from.

    Yields
    ------
    entry
        In the file's order.

    Raises
    ------
    OverlayError
        If the file is no such collection, or a feature lacks an id, a title, or a point within bounds.
    """
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise OverlayError(f"{path.name}: cannot be read as JSON: {error}") from error
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise OverlayError(f"{path.name}: is no FeatureCollection")
    licence = str(collection.get("license") or collection.get("licence") or DEFAULT_LICENCE)
    as_of = str(collection.get("as_of") or collection.get("indexing", {}).get("dateModified") or "")
    seen: set[str] = set()
    for number, feature in enumerate(collection["features"], start=1):
        label = f"{path.name}: feature {number}"
        try:
            entry = read_feature(feature, layer=layer, source=path.name.removesuffix(".lpf.json"), licence=licence, as_of=as_of)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, ShapelyError) as error:
            named = feature.get("@id", "without @id") if isinstance(feature, dict) else "not an object"
            raise OverlayError(f"{label} ({named}): {error!r}") from error
        if entry.place.place_id in seen:
            raise OverlayError(f"{label}: the id {entry.place.place_id} stands twice")
        seen.add(entry.place.place_id)
        yield entry


def read_feature(
    feature: Mapping[str, Any], *, source: str, layer: Layer = Layer.OVERLAY, licence: str = DEFAULT_LICENCE, as_of: str = ""
) -> Entry:
    """Read one place. What `source`, `licence` and `as_of` say holds where the feature itself says nothing.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, ShapelyError
        If the feature does not hold; the text says why.
    """
    properties = feature["properties"]
    lat, lon, outline = _read_geometry(feature["geometry"])
    kind = PlaceKind(properties.get("kind", "point"))
    codes = properties.get("ccodes") or []
    population = properties.get("population")
    radius_km = float(properties.get("radius_km") or (POINT_RADIUS_KM if kind is PlaceKind.POINT else AREA_RADIUS_KM))
    if not 0 < radius_km < math.inf:
        raise ValueError("radius_km is not above 0")
    title = str(properties["title"]).strip()
    if not title:
        raise ValueError("the title is empty")
    citations = [str(c["label"]) for c in feature.get("citations", ()) if c.get("label")]
    place = Place(
        place_id=str(feature["@id"]),
        name=title,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        kind=kind,
        layer=layer,
        feature_code=properties.get("feature_code"),
        country_code=str(codes[0]).upper() if len(codes) == 1 else None,
        admin1=properties.get("admin1"),
        admin2=properties.get("admin2"),
        population=int(population) if population else None,
        names=_read_names(title, feature.get("names", ())),
        parents=tuple(_read_parents(feature.get("relations", ()))),
        has_shape=outline is not None,
        source="; ".join(citations) or source,
        licence=str(properties.get("licence") or licence),
        as_of=str(properties.get("as_of") or as_of),
    )
    return Entry(place=place, shape=outline)


def _read_geometry(geometry: Mapping[str, Any]) -> tuple[float, float, bytes | None]:
    parts = geometry["geometries"] if geometry["type"] == "GeometryCollection" else [geometry]
    point: tuple[float, float] | None = None
    outline: bytes | None = None
    for part in parts:
        if part["type"] == "Point":
            lon, lat = part["coordinates"][:2]
            point = (float(lat), float(lon))
        else:
            area = shape(dict(part))
            if area.is_empty:
                raise ValueError("its outline is empty")
            outline = wkb.dumps(area)
            if point is None:
                label = area.representative_point()
                point = (label.y, label.x)
    if point is None:
        raise ValueError("has neither point nor outline")
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"lies outside the earth at {point}")
    return (*point, outline)


def _read_names(title: str, raw: list[Mapping[str, Any]]) -> tuple[Name, ...]:
    names = []
    for item in raw:
        start, end = _read_span(item.get("when"))
        text = str(item["toponym"]).strip()
        if text:
            kind = NameKind(item.get("kind", "alternate"))
            names.append(Name(text=text, kind=kind, language=item.get("lang"), side=item.get("side"), start=start, end=end))
    if all(name.text != title for name in names):
        names.insert(0, Name(text=title, kind=NameKind.PRIMARY))
    return tuple(names)


def _read_parents(raw: list[Mapping[str, Any]]) -> Iterator[Parent]:
    for item in raw:
        if item.get("relationType", "gvp:broaderPartitive") == "gvp:broaderPartitive":
            start, end = _read_span(item.get("when"))
            yield Parent(
                name=str(item.get("label") or item["relationTo"]), standing=str(item.get("standing", "de jure")), start=start, end=end
            )


def _read_span(when: Mapping[str, Any] | None) -> tuple[str | None, str | None]:
    spans = (when or {}).get("timespans") or []
    if not spans:
        return None, None
    return _bound(spans[0].get("start"), "earliest"), _bound(spans[-1].get("end"), "latest")


def _bound(raw: Mapping[str, Any] | None, other: str) -> str | None:
    value = (raw or {}).get("in") or (raw or {}).get(other)
    return str(value) if value else None
