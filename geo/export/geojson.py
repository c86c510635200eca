"""GeoJSON, strictly after RFC 7946."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from geo.export.about import AboutSource, Tally, describe
from geo.export.extent import Extent
from geo.export.records import Layer, Row, Value, columns
from geo.export.shapes import DECIMALS, Shape, shape_of


def parts(rows: Iterable[Row], *, about: AboutSource, layer: Layer, tally: Tally) -> Iterator[bytes]:
    """Write a FeatureCollection, a feature for each row as it comes.

    What is known only at the end stands at the end: the bbox, and `about` as the foreign member "strikemap". A row without
    a place is a feature with a null geometry.
    """
    names, extent = columns(layer), Extent()
    yield b'{"type": "FeatureCollection", "features": ['
    for row in rows:
        shape = shape_of(row.where)
        for box in shape.boxes if shape else ():
            extent.add(*box)
        yield (b",\n" if tally.written else b"\n") + _feature(row, names=names, shape=shape).encode()
        tally.written += 1
        tally.unlocated += shape is None
    bbox = extent.bbox()
    end = f'\n], "bbox": {json.dumps(bbox)}' if bbox else "\n]"
    told = json.dumps(describe(about, layer=layer, tally=tally), ensure_ascii=False, allow_nan=False)
    yield f'{end}, "strikemap": {told}}}\n'.encode(errors="replace")


def _feature(row: Row, *, names: tuple[str, ...], shape: Shape | None) -> str:
    feature = {
        "type": "Feature",
        "id": _readable(row.row_id),
        "geometry": shape.geometry if shape else None,
        "properties": {name: _property(name, value) for name, value in zip(names, row.values, strict=True)},
    }
    return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _property(name: str, value: Value) -> Value:
    if isinstance(value, float) and name in {"lat", "lon"}:
        return round(value, DECIMALS)
    if isinstance(value, list):
        return [_readable(each) for each in value if isinstance(each, str)] or value
    return _readable(value) if isinstance(value, str) else value


def _readable(text: str) -> str:
    """Replace NUL: C programs end a string at it, GDAL the whole feature."""
    return text.replace("\x00", "\ufffd")
