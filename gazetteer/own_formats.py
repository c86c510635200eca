"""The formats in which users bring places of their own: CSV, GeoJSON and Linked Places Format. Each becomes LPF features."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.errors import OverlayError
from gazetteer.names import MAX_NAME_LENGTH, normalise
from gazetteer.overlay import read_feature

Feature = dict[str, Any]
MAX_BYTES = 200 << 20
"""Larger files are no list of one's own places, and would be held in memory several times."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_OTHER_COLUMNS = {"latitude": "lat", "longitude": "lon", "lng": "lon", "country": "country_code", "title": "name", "license": "licence"}
_KM_PER_DEGREE = 111.2


class _FaultError(ValueError):
    """One thing that is wrong with one place. It never leaves this module."""


@dataclass(slots=True)
class _Reading:
    """What has been read of a file: features that hold, and a line for each that does not."""

    name: str
    most: int
    features: list[Feature] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    slugs: Counter[str] = field(default_factory=Counter)

    def take(self, feature: Feature) -> None:
        try:
            entry = read_feature(feature, source=self.name)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, ShapelyError) as error:
            told = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) and error.args else f"{error}"
            raise _FaultError(told) from error
        for name in entry.place.names:
            if len(name.text) > MAX_NAME_LENGTH:  # it would have no key, and be lost without a word
                raise _FaultError(f"the name {name.text[:20]!r}... has {len(name.text)} letters; {MAX_NAME_LENGTH} are the most")
        if entry.place.source == self.name:
            feature = feature | {"citations": [{"label": self.name}]}
        self.features.append(feature)

    def fault(self, where: str, error: object) -> None:
        line = " ".join(f"{self.name}: {where}: {error}".split())
        self.faults.append(line if len(line) <= 300 else line[:299] + "…")

    @property
    def is_full(self) -> bool:
        return len(self.faults) >= self.most

    def new_id(self, name: str) -> str:
        """Make an id out of the file's and the place's name, numbered where a name comes again."""
        slug = re.sub(r"\W+", "-", normalise(name)) or "place"
        self.slugs[slug] += 1
        number = self.slugs[slug]
        return f"own:{Path(self.name).stem.casefold()}/{slug}" + (f"-{number}" if number > 1 else "")


def read_features(path: Path, *, most: int) -> tuple[list[Feature], list[str]]:
    """Read a file of places.

    Parameters
    ----------
    path
        The format goes by the suffix: .csv, else JSON.
    most
        After so many faults the reading stops.

    Returns
    -------
    features, faults
        LPF features, and one line for each place that does not hold, with the line or the number of the feature.

    Raises
    ------
    OverlayError
        If the file as a whole cannot be read.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise OverlayError(f"{path.name}: cannot be read: {error.strerror or error}") from error
    if size > MAX_BYTES:
        raise OverlayError(f"{path.name}: has {size >> 20} MB; own places may have {MAX_BYTES >> 20}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise OverlayError(f"{path.name}: line {line} is not UTF-8; save the file as UTF-8") from error
    reading = _Reading(path.name, most)
    if path.suffix.lower() in {".csv", ".tsv"}:
        _read_csv(text, reading)
    else:
        _read_json(text, reading)
    ids = Counter(str(f["@id"]) for f in reading.features)
    for place_id in [i for i, count in ids.items() if count > 1][:most]:
        reading.fault(place_id, f"the id stands {ids[place_id]} times")
    return reading.features, reading.faults


def _read_csv(text: str, reading: _Reading) -> None:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        columns = [_column(cell) for cell in next(rows, [])]
        lacking = [c for c in ("name", "lat", "lon") if c not in columns]
        if lacking:
            raise OverlayError(f"{reading.name}: the first line lacks the column {', '.join(lacking)}")
        for row in rows:
            if reading.is_full:
                return
            if any(cell.strip() for cell in row):
                where = f"line {rows.line_num}"
                try:
                    reading.take(_from_row(row, columns, reading))
                except _FaultError as error:
                    reading.fault(where, error)
    except csv.Error as error:
        raise OverlayError(f"{reading.name}: line {rows.line_num}: is no CSV: {error}") from error


def _column(cell: str) -> str:
    name = cell.strip().casefold()
    return _OTHER_COLUMNS.get(name, name)


def _from_row(row: list[str], columns: list[str], reading: _Reading) -> Feature:
    if len(row) != len(columns):
        raise _FaultError(f"has {len(row)} columns where the first line has {len(columns)}")
    values = {column: cell.strip() for column, cell in zip(columns, row, strict=True) if cell.strip()}
    name = _checked_name(values.get("name", ""))
    lat, lon = _degrees(values, "lat", 90), _degrees(values, "lon", 180)
    if lat == 0 and lon == 0:
        raise _FaultError("lat and lon are 0: that is a place not told, in the Gulf of Guinea")
    properties = _properties(values, name=name, kind=values.get("kind", "point").casefold())
    names = [n.strip() for n in values.get("names", "").split("|") if n.strip()]
    return _feature(
        reading.new_id(name),
        properties,
        names=names,
        geometry={"type": "Point", "coordinates": [lon, lat]},
        source=values.get("source") or reading.name,
    )


def _degrees(values: Mapping[str, str], column: str, most: int) -> float:
    text = values.get(column, "")
    try:
        value = float(text)
    except ValueError as error:
        raise _FaultError(f"{column} is {text!r}, and no number" if text else f"{column} is blank") from error
    if not -most <= value <= most:
        raise _FaultError(f"{column} is {text}, and not within -{most} and {most}")
    return value


def _checked_name(text: str) -> str:
    if not text:
        raise _FaultError("the name is blank")
    if len(text) > MAX_NAME_LENGTH:
        raise _FaultError(f"the name has {len(text)} letters; {MAX_NAME_LENGTH} are the most")
    if not normalise(text):
        raise _FaultError(f"the name {text!r} has no letter")
    return text


def _properties(values: Mapping[str, str], *, name: str, kind: str) -> dict[str, Any]:
    if kind not in {"point", "area"}:
        raise _FaultError(f"kind is {kind!r}; it may be point or area")
    properties: dict[str, Any] = {"title": name, "kind": kind}
    code = values.get("country_code", "").upper()
    if code:
        if not _COUNTRY.fullmatch(code):
            raise _FaultError(f"country_code is {code!r}, and not two letters of ISO 3166-1")
        properties["ccodes"] = [code]
    if radius := values.get("radius_km"):
        try:
            radius_km = float(radius)
        except ValueError as error:
            raise _FaultError(f"radius_km is {radius!r}, and no number") from error
        if not (math.isfinite(radius_km) and 0 < radius_km <= 20_000):
            raise _FaultError(f"radius_km is {radius}; it must be above 0 and on the earth")
        properties["radius_km"] = radius_km
    for key in ("admin1", "admin2", "feature_code", "licence"):
        if values.get(key):
            properties[key] = values[key]
    return properties


def _feature(place_id: str, properties: dict[str, Any], *, names: list[str], geometry: Mapping[str, Any], source: str) -> Feature:
    toponyms = [{"toponym": properties["title"], "kind": "primary"}]
    toponyms += [{"toponym": name, "kind": "alternate"} for name in dict.fromkeys(names) if name != properties["title"]]
    return {
        "@id": place_id,
        "type": "Feature",
        "properties": properties,
        "names": toponyms,
        "geometry": geometry,
        "citations": [{"label": source}],
    }


def _read_json(text: str, reading: _Reading) -> None:
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OverlayError(f"{reading.name}: is no JSON: {str(error) or 'it is nested too deep'}") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise OverlayError(f"{reading.name}: is no FeatureCollection")
    for number, raw in enumerate(features, start=1):
        if reading.is_full:
            return
        where = f"feature {number}"
        try:
            reading.take(_from_feature(raw, collection, reading))
        except _FaultError as error:
            reading.fault(where, error)


def _from_feature(raw: object, collection: Mapping[str, Any], reading: _Reading) -> Feature:
    if not isinstance(raw, dict):
        raise _FaultError("is no object")
    return _with_licence(raw, collection) if "@id" in raw else _from_geojson(raw, reading)


def _with_licence(raw: Feature, collection: Mapping[str, Any]) -> Feature:
    """Keep with an LPF feature the licence that its collection told of."""
    licence, properties = collection.get("license") or collection.get("licence"), raw.get("properties")
    if not licence or not isinstance(properties, dict):
        return raw
    return raw | {"properties": {"licence": str(licence)} | properties}


def _from_geojson(raw: Feature, reading: _Reading) -> Feature:
    given, geometry = raw.get("properties"), raw.get("geometry")
    if not isinstance(given, dict) or not isinstance(geometry, dict):
        raise _FaultError("lacks its properties or its geometry")
    values = {_column(str(key)): str(value).strip() for key, value in given.items() if isinstance(value, str | int | float)}
    name = _checked_name(values.get("name", ""))
    is_point = geometry.get("type") == "Point"
    if not is_point and geometry.get("type") not in ("Polygon", "MultiPolygon"):  # a list may stand there, which no set takes
        raise _FaultError(f"its geometry is {geometry.get('type')!r}; Point, Polygon and MultiPolygon are read")
    properties = _properties(values, name=name, kind=values.get("kind", "point" if is_point else "area").casefold())
    if not is_point:
        if properties["kind"] != "area":
            raise _FaultError("an outline is an area, and no point")
        properties.setdefault("radius_km", _reach_km(geometry))
    names = given.get("names")
    texts = list(_texts(names)) if isinstance(names, list) else [n.strip() for n in str(names or "").split("|")]
    return _feature(
        reading.new_id(name),
        properties,
        names=[t for t in texts if t],
        geometry=geometry,
        source=values.get("source") or reading.name,
    )


def _texts(names: list[Any]) -> Iterator[str]:
    for name in names:
        yield str(name.get("toponym", "") if isinstance(name, dict) else name).strip()


def _reach_km(geometry: Mapping[str, Any]) -> float:
    """Measure from an outline's middle to its corner."""
    try:
        west, south, east, north = shape(dict(geometry)).bounds
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError) as error:
        raise _FaultError(f"its outline cannot be read: {error}") from error
    width = (east - west) * math.cos(math.radians((south + north) / 2))
    return max(0.1, round(_KM_PER_DEGREE * math.hypot(width, north - south), 1))
