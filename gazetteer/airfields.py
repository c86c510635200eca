"""Airfields of the world, from the package airportsdata (MIT): found by names that say "airport" or "air base", never by a town's name."""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gazetteer.errors import BuildError
from gazetteer.model import Layer, Name, NameKind, Place, PlaceKind
from gazetteer.overlay import Entry

RADIUS_KM = 3.0
"""A runway is 2 to 4 km long and the position is about its middle."""
LICENCE = "MIT"
_SAYS_AIRFIELD = re.compile(
    r"\b(?:air ?(?:port|base|field|park|strip|drome)|aerodrome|air force|air station|international|afb)\b", re.IGNORECASE
)
_SAYS_BASE = re.compile(r"\b(?:air ?base|afb|air force|military|army|naval|air station|joint base)\b", re.IGNORECASE)
_SAYS_INTERNATIONAL = re.compile(r"\binternational\b", re.IGNORECASE)
# What airportsdata writes behind a name: "/ Old Name", "(duplicate)".
_ASIDE = re.compile(r"\s*(?:\(.*?\)|/.*)\s*")
_ICAO = re.compile(r"[A-Z]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Airfield:
    icao: str
    name: str
    city: str
    admin1: str
    country_code: str
    lat: float
    lon: float


def read_airfields(path: Path | None = None) -> Iterator[Entry]:
    """Read the airfields that have an ICAO code.

    Parameters
    ----------
    path
        The table; None for the installed package's.

    Yields
    ------
    entry
        A point of 3 km. Its names are its own, and "<city> airport" and "<city> air base", each only if it says that it is an
        airfield. "Air base" goes to the city's military airfields where there are such, else to all of the city's.

    Raises
    ------
    BuildError
        If the package is missing or its table is damaged.
    """
    path = path or _table()
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            airfields = [_airfield(row) for row in csv.DictReader(lines) if _ICAO.fullmatch(row["icao"])]
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise BuildError(f"{path.name}: the table of airfields cannot be read: {error!r}") from error
    if not airfields:
        raise BuildError(f"{path.name}: the table of airfields holds none")
    military = Counter((a.country_code, a.admin1, a.city) for a in airfields if _SAYS_BASE.search(a.name))
    version = _version()
    for airfield in airfields:
        is_base = bool(_SAYS_BASE.search(airfield.name)) or not military[airfield.country_code, airfield.admin1, airfield.city]
        names = tuple(_names(airfield, is_base=is_base))
        yield Entry(
            place=Place(
                place_id=f"icao:{airfield.icao}",
                name=names[0].text,
                lat=airfield.lat,
                lon=airfield.lon,
                radius_km=RADIUS_KM,
                kind=PlaceKind.POINT,
                layer=Layer.AIRFIELDS,
                feature_code="AIRB" if _SAYS_BASE.search(airfield.name) else "AIRP",
                country_code=airfield.country_code or None,
                admin1=airfield.admin1 or None,
                names=names,
                source="airfields with an ICAO code, by way of airportsdata",
                licence=LICENCE,
                as_of=version,
            )
        )


def _table() -> Path:
    spec = importlib.util.find_spec("airportsdata")
    if spec is None or spec.origin is None:
        raise BuildError("airportsdata: the package is not installed, so there are no airfields to build the gazetteer from")
    return Path(spec.origin).parent / "airports.csv"


def _version() -> str:
    """Give the package's version as the ISO day that it is named after."""
    try:
        text = importlib.metadata.version("airportsdata")
    except importlib.metadata.PackageNotFoundError:
        return ""
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if re.fullmatch(r"\d{8}", text) else text


def _airfield(row: dict[str, str]) -> _Airfield:
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{row['icao']} lies outside the earth at {lat}, {lon}")
    return _Airfield(
        icao=row["icao"], name=row["name"].strip(), city=row["city"].strip(), admin1=row["subd"].strip(),
        country_code=row["country"].strip().upper(), lat=lat, lon=lon,
    )  # fmt: skip


def _names(airfield: _Airfield, *, is_base: bool) -> Iterator[Name]:
    own = _ASIDE.sub(" ", airfield.name).strip() or airfield.city or airfield.icao
    if not _SAYS_AIRFIELD.search(own):
        own += " Airport"
    yield Name(text=own, kind=NameKind.PRIMARY)
    texts = []
    if own.lower().endswith(" international airport"):
        texts.append(own[: -len(" Airport")])
        texts.append(own[: -len(" International Airport")] + " Airport")
    if airfield.city:
        city = _ASIDE.sub(" ", airfield.city).strip()
        texts += [f"{city} Airport", f"{city} Airfield"]
        if _SAYS_INTERNATIONAL.search(own):
            texts.append(f"{city} International Airport")
        if is_base:
            texts += [f"{city} Air Base", f"{city} Airbase", f"{city} Military Airport"]
    yield from (Name(text=text, kind=NameKind.ALTERNATE) for text in dict.fromkeys(texts) if text != own)
