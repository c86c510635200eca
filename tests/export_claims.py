"""Claims and mentions for the tests of the exports: one of each kind by hand, and strategies for any that can be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import shapely
from hypothesis import strategies as st

from gazetteer.model import Layer, Place, PlaceKind
from geo.export import About, LeftOut
from geo.model import (
    Claim,
    ClaimantKind,
    DateBasis,
    Mention,
    Resolution,
    ResolutionMethod,
    ReviewStatus,
    Role,
    Span,
    Stance,
    TargetKind,
    Toponym,
    Weapon,
)

ABOUT = About(
    licence="CC BY 4.0",
    attributions=("GeoNames, CC BY 4.0, 2026-01-02", "Natural Earth, public domain"),
    extractor_version="0.1.0",
    gazetteer_version="3.0.2",
    safety="public",
    created_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    filters=(("attacker", "Azerbaijan"), ("from", "2020-10-01")),
    left_out=(LeftOut(reason="outside the dates", count=3), LeftOut(reason="withheld by the safety profile", count=1)),
)


def plain_claim(claim_id: str = "c-1") -> Claim:
    """A claim with nothing told but what every claim has."""
    return Claim(
        claim_id=claim_id,
        article_id="a-1",
        quote="Shells fell.",
        quote_start=0,
        quote_end=12,
        stance=Stance.ASSERTED,
        weapon=Weapon.UNSPECIFIED,
        text_sha256="0" * 64,
        extractor_version="0.1.0",
        gazetteer_version="3.0.2",
    )


POINT = Claim(
    claim_id="c-point",
    article_id="a-1",
    title="Rockets hit Martakert",
    source="Example Wire",
    url="https://news.example/1",
    published=datetime(2020, 10, 25, 8, 30, tzinfo=UTC),
    quote='Rockets hit "Martakert",\nthey said.',
    quote_start=10,
    quote_end=44,
    also=(Span(50, 60), Span(70, 80)),
    claimant="local authorities",
    claimant_kind=ClaimantKind.PARTY,
    stance=Stance.ACCUSED,
    attacker="Azerbaijan",
    attacker_text="Azerbaijani forces",
    target="houses",
    target_kind=TargetKind.RESIDENTIAL,
    weapon=Weapon.ROCKET,
    weapon_text="Rockets",
    place_text="Martakert",
    place_start=23,
    place_end=32,
    place_name="Martakert",
    place_names=("Ağdərə", "Мардакерт"),
    place_id="sm:nk/martakert",
    country_code="AZ",
    place_kind=PlaceKind.POINT,
    lat=40.2112345678,
    lon=46.8161111111,
    radius_km=3.0,
    geo_precision=1,
    where_prec=1,
    resolution_method=ResolutionMethod.OVERLAY,
    resolution_score=0.91,
    place_why="The only Martakert.",
    date_start=date(2020, 10, 23),
    date_end=date(2020, 10, 24),
    date_text="in the night",
    date_edtf="2020-10-23/2020-10-24",
    date_basis=DateBasis.RELATIVE,
    time_precision=1,
    date_prec=2,
    killed_min=12,
    text_sha256="f" * 64,
    extractor_version="0.1.0",
    gazetteer_version="3.0.2",
)
AREA = Claim(
    claim_id="c-area",
    article_id="a-1",
    quote="Villages in Martuni were shelled.",
    quote_start=0,
    quote_end=33,
    stance=Stance.DENIED,
    weapon=Weapon.ARTILLERY,
    place_name="Martuni Province",
    place_kind=PlaceKind.AREA,
    lat=39.8,
    lon=47.1,
    radius_km=25.0,
    geometry=shapely.Polygon([(46.9, 39.6), (46.9, 40.0), (47.3, 40.0), (47.3, 39.6)]),  # clockwise
    text_sha256="e" * 64,
    extractor_version="0.1.0",
    gazetteer_version="3.0.2",
)
UNLOCATED = plain_claim("c-none")
CLAIMS = (POINT, AREA, UNLOCATED)


def mention_of(name: str, *, role: Role, place: Place | None, start: int = 0) -> Mention:
    """A mention of a place, resolved or not."""
    span = Span(start, start + len(name))
    toponym = Toponym(text=name, span=span, phrase=span)
    method = ResolutionMethod.GAZETTEER if place else None
    return Mention(article_id="a-1", resolution=Resolution(toponym=toponym, place=place, why="Because.", method=method), role=role)


WASHINGTON = Place(
    place_id="gn:4140963",
    name="Washington",
    lat=38.89511,
    lon=-77.03637,
    radius_km=10.0,
    kind=PlaceKind.POINT,
    layer=Layer.BASE,
    country_code="US",
)
MENTIONS = (
    mention_of("Washington", role=Role.BACKGROUND, place=WASHINGTON),
    mention_of("Nowhere", role=Role.ORIGIN, place=None, start=30),
)

_WORDS = (
    st.none()
    | st.text(min_size=1, max_size=12)
    | st.sampled_from(["=1+1", " @x", "'=x", "-12.5", "a\r\nb", "\x00", "\u2028", "\ud800", "${x}", "<b>", "\t", "|"])
)
_TEXT = _WORDS.map(lambda words: words or "x")
_COUNT = st.none() | st.integers(min_value=0, max_value=10**6)
_DAY = st.none() | st.dates()
_MOMENT = st.none() | st.datetimes(timezones=st.just(UTC))
_ID = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim; its place is a point, an area with or without a polygon, or nowhere."""
    kind = draw(st.none() | st.sampled_from(PlaceKind))
    lat = draw(st.floats(min_value=-89, max_value=89))
    lon = draw(st.floats(min_value=-180, max_value=180))
    side = draw(st.floats(min_value=0.01, max_value=0.9))
    polygon = shapely.box(max(-180, lon - side), lat - side, min(180, lon + side), lat + side)
    return Claim(
        claim_id=draw(_ID),
        article_id=draw(_ID),
        quote=draw(_TEXT),
        quote_start=draw(st.integers(min_value=0, max_value=10**6)),
        quote_end=draw(st.integers(min_value=0, max_value=10**6)),
        stance=draw(st.sampled_from(Stance)),
        weapon=draw(st.sampled_from(Weapon)),
        text_sha256=draw(_ID),
        extractor_version=draw(_ID),
        gazetteer_version=draw(_ID),
        incident_id=draw(st.none() | _ID),
        also=tuple(draw(st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)), max_size=3))),
        title=draw(_WORDS),
        source=draw(_WORDS),
        url=draw(_WORDS),
        published=draw(_DAY | _MOMENT),
        claimant=draw(_WORDS),
        claimant_kind=draw(st.none() | st.sampled_from(ClaimantKind)),
        attacker=draw(_WORDS),
        target_kind=draw(st.none() | st.sampled_from(TargetKind)),
        place_text=draw(_WORDS),
        place_start=draw(_COUNT),
        place_names=tuple(draw(st.lists(st.text(st.characters(exclude_characters="|", categories=["L", "N"]), min_size=1), max_size=3))),
        place_kind=kind,
        lat=lat if kind else None,
        lon=lon if kind else None,
        radius_km=draw(st.floats(min_value=0.1, max_value=900)) if kind else None,
        geo_precision=draw(st.none() | st.integers(1, 3)),
        resolution_method=draw(st.none() | st.sampled_from(ResolutionMethod)),
        resolution_score=draw(st.none() | st.floats(0, 1)),
        date_start=draw(_DAY),
        date_basis=draw(st.none() | st.sampled_from(DateBasis)),
        killed_min=draw(_COUNT),
        wounded_max=draw(_COUNT),
        answers=draw(st.none() | _ID),
        casualties_shared=draw(st.none() | st.booleans()),
        is_background=draw(st.booleans()),
        review_status=draw(st.sampled_from(ReviewStatus)),
        reviewed_at=draw(_MOMENT),
        geometry=polygon if kind is PlaceKind.AREA and draw(st.booleans()) else None,
    )
