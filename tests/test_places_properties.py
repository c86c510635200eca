"""What holds for every resolution: it lies in its own country, and only a settlement or something finer is ever a point."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from gazetteer import Gazetteer, Place, PlaceKind
from geo.model import Article, Claim
from geo.pipeline import Reader

COAST_KM = 30.0
"""How far outside its country's outline a place may lie: the outlines are simplified, and capes and small islands fall off them."""
_KM_PER_DEGREE = 111.2
# Where a place's code and the outlines part company: territories that have an outline of their own, and exclaves and islands that are
# too small for their state's outline but lie within a neighbour's.
ELSEWHERE = {
    ("US", "PR"), ("US", "VI"), ("NO", "SJ"), ("SJ", "NO"), ("FI", "AX"), ("MA", "EH"), ("GB", "CY"), ("ES", "MA"), ("OM", "AE"),
    ("GR", "TR"), ("AU", "PG"), ("MW", "MZ"), ("VI", "VG"),
}  # fmt: skip
# GeoNames puts this town of Assam beyond the border, 100 km off.
MISPLACED = {"gn:7302858"}
CONTEXTS = (
    "", "Officials in {country} said on Monday. ", "{country} has been at war since spring. ",
    "The fighting between {country} and {other} went on. ",
)  # fmt: skip
WORDINGS = (
    "Shells hit {name} on Sunday.", "Rockets struck the town of {name}, killing two.", "An air strike hit a market in {name}, {country}.",
    "Drones attacked villages near {name} and {second}.", "{second} and {name} were shelled overnight.",
    "Missiles hit the {name} region.", "Shells fell 12 km south of {name}.",
    "The army said that rockets were fired from {second} at {name}.",
)  # fmt: skip


class Outlines:
    """The outlines of all countries."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        with closing(sqlite3.connect(f"file:{gazetteer.path}?mode=ro", uri=True)) as db:
            rows = db.execute("SELECT country_code, wkb FROM place JOIN shape USING (pid) WHERE place_id LIKE 'country:%'").fetchall()
        self.codes = [code for code, _ in rows]
        shapes = shapely.from_wkb([outline for _, outline in rows])
        self.of = dict(zip(self.codes, shapes, strict=True))
        self._tree = shapely.STRtree(shapes)

    def at(self, point: BaseGeometry) -> set[str]:
        return {self.codes[i] for i in self._tree.query(point, predicate="intersects")}

    def objection(self, place: Place) -> str:
        """Say where a place lies if that is not in its own country, at its coast, or on an island that no outline has."""
        own = self.of.get(place.country_code or "")
        if own is None or place.place_id in MISPLACED:
            return ""
        point = shapely.Point(place.lon, place.lat)
        (x1, y1), (x2, y2) = shapely.get_coordinates(shapely.shortest_line(own, point)).tolist()
        outside_km = _KM_PER_DEGREE * math.hypot(y2 - y1, (x2 - x1) * math.cos(math.radians(y1)))
        if outside_km <= COAST_KM + (place.radius_km if place.kind is PlaceKind.AREA else 0.0):
            return ""
        others = {code for code in self.at(point) if (place.country_code, code) not in ELSEWHERE}
        return f"{place.name} ({place.place_id}) of {place.country_code} lies {outside_km:.0f} km outside it, in {others}" if others else ""


@pytest.fixture(scope="module")
def outlines(gazetteer: Gazetteer) -> Outlines:
    return Outlines(gazetteer)


@lru_cache(maxsize=1)
def _names(gazetteer: Gazetteer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give names of places, of every layer and standing, and of countries."""
    with closing(sqlite3.connect(f"file:{gazetteer.path}?mode=ro", uri=True)) as db:
        every = db.execute(
            "SELECT text FROM name JOIN place USING (pid) "
            "WHERE layer = 0 OR (is_area AND n % 20 = 0) OR (pid * 31 + n) % 101 = 7 ORDER BY pid, n"
        ).fetchall()
        countries = db.execute("SELECT name FROM place WHERE place_id LIKE 'country:%' ORDER BY pid").fetchall()
    return tuple(text for (text,) in every), tuple(name for (name,) in countries)


@st.composite
def reports(draw: st.DrawFn, names: tuple[str, ...], countries: tuple[str, ...]) -> Article:
    some = [draw(st.sampled_from(names)) for _ in range(2)]
    said = {"name": some[0], "second": some[1], "country": draw(st.sampled_from(countries)), "other": draw(st.sampled_from(countries))}
    text = draw(st.sampled_from(CONTEXTS)) + " ".join(draw(st.lists(st.sampled_from(WORDINGS), min_size=1, max_size=3, unique=True)))
    return Article(article_id="generated", text=text.format(**said))


def _is_settlement_or_finer(place: Place) -> bool:
    code = place.feature_code or ""
    return place.kind is PlaceKind.POINT and not code.startswith(("PCL", "ADM", "TERR", "RGN", "CONT", "SEA", "OCN"))


def _points(claims: tuple[Claim, ...]) -> Iterator[Claim]:
    return (claim for claim in claims if claim.place_kind is PlaceKind.POINT)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_resolution_lies_in_its_own_country_and_a_point_is_a_settlement_or_finer(
    reader: Reader, outlines: Outlines, data: st.DataObject
) -> None:
    article = data.draw(reports(*_names(reader.gazetteer)))
    extraction = reader.extract(article)
    for mention in extraction.mentions:
        place = mention.resolution.place
        if place is None:
            assert mention.resolution.why
            continue
        assert not outlines.objection(place)
        assert place.kind is PlaceKind.AREA or _is_settlement_or_finer(place)
    for claim in _points(extraction.claims):
        place = reader.gazetteer.get(claim.place_id or "")
        assert place is not None
        assert _is_settlement_or_finer(place)
        assert (claim.lat, claim.lon) == (place.lat, place.lon)
        assert claim.country_code == place.country_code
        assert claim.geometry is None
    for claim in extraction.claims:
        assert (claim.place_kind is None) == (claim.lat is None) == (claim.lon is None) == (claim.place_id is None)


def test_every_entry_lies_in_its_own_country(gazetteer: Gazetteer, outlines: Outlines) -> None:
    with closing(sqlite3.connect(f"file:{gazetteer.path}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT place_id, lon, lat, country_code FROM place WHERE country_code IS NOT NULL").fetchall()
    assert len(rows) > 200_000
    points = shapely.points([(lon, lat) for _, lon, lat, _ in rows])
    positions, found = shapely.STRtree([outlines.of[code] for code in outlines.codes]).query(points, predicate="intersects")
    at_home = {p for p, i in zip(positions.tolist(), found.tolist(), strict=True) if outlines.codes[i] == rows[p][3]}
    abroad = [rows[p][0] for p in set(positions.tolist()) - at_home]
    places = [place for place_id in abroad if (place := gazetteer.get(place_id)) is not None]
    assert len(places) > 500, "borders are drawn coarsely, so many lie a little beyond them"
    assert [told for place in places if (told := outlines.objection(place))] == []
