"""The records that travel through the house: an article goes in, claims come out.

Every field that the text does not tell is None. Nothing here is filled in by default.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry

from gazetteer.model import Place, PlaceKind


class Span(NamedTuple):
    """Where words stand in an article's text: characters from `start` up to, not including, `end`."""

    start: int
    end: int


class Stance(StrEnum):
    """What the claimant does with the claim."""

    ASSERTED = "asserted"
    ACCUSED = "accused"
    CLAIMED_RESPONSIBILITY = "claimed_responsibility"
    DENIED = "denied"


class ClaimantKind(StrEnum):
    """Who asserts."""

    PARTY = "party"
    GOVERNMENT = "government"
    MONITOR = "monitor"
    MEDIA = "media"
    WITNESS = "witness"
    OFFICIAL = "official"
    OTHER = "other"


class Weapon(StrEnum):
    """With what."""

    ARTILLERY = "artillery"
    ROCKET = "rocket"
    MISSILE = "missile"
    AIR_STRIKE = "air_strike"
    DRONE = "drone"
    BOMB = "bomb"
    MINE = "mine"
    CHEMICAL = "chemical"
    UNSPECIFIED = "unspecified"


class TargetKind(StrEnum):
    """What was hit."""

    CIVILIAN = "civilian"
    RESIDENTIAL = "residential"
    MEDICAL = "medical"
    SCHOOL = "school"
    MARKET = "market"
    INFRASTRUCTURE = "infrastructure"
    ENERGY = "energy"
    MILITARY = "military"
    PORT = "port"
    AIRFIELD = "airfield"
    OTHER = "other"


class Role(StrEnum):
    """What a place name does in a report."""

    STRUCK = "struck"
    ORIGIN = "origin"
    SPEAKER = "speaker"
    BACKGROUND = "background"


class DateBasis(StrEnum):
    """What the event's date rests on: words that say the day, words relative to the dateline, or the dateline's own day."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    DATELINE = "dateline"


class ResolutionMethod(StrEnum):
    """Who found the place."""

    OVERLAY = "overlay"
    GAZETTEER = "gazetteer"
    GEOCODER = "geocoder"
    MANUAL = "manual"


class ReviewStatus(StrEnum):
    """What a reviewer said of a claim."""

    UNREVIEWED = "unreviewed"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The line that opens a report: its day and its place, each None if it names none, and where it stands in the text."""

    span: Span
    day: date | None = None
    place_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A report as it came in.

    `text` is kept exactly: all offsets count its characters. `source` is the publisher. `published` is what the file or the
    page says; `dateline` is what the text says, and wins for dates.
    """

    article_id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: datetime | date | None = None
    language: str | None = None
    dateline: Dateline | None = None

    @property
    def day(self) -> date | None:
        """The day that "yesterday" and "Monday" count from: the dateline's, else the publication's, else None."""
        if self.dateline is not None and self.dateline.day is not None:
            return self.dateline.day
        if isinstance(self.published, datetime):
            return self.published.date()
        return self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name as written.

    `cue` is the kind of place that the words beside it name ("town", "region", "airport"), lower case, None without one.
    `phrase` is the whole wording with that cue: "the town of Martakert". A `tentative` name is one of a place, but nothing beside it
    says that a place is meant.
    """

    text: str
    span: Span
    phrase: Span
    cue: str | None = None
    tentative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerUp:
    """The place that came second, and how far it lies from the one that won."""

    place: Place
    score: float
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a toponym stands for.

    `place` is None when it stays unresolved; `why` then says what is missing. `score` is between 0 and 1 and only orders
    candidates: it is no probability. `why` is a sentence for a reader.
    """

    toponym: Toponym
    place: Place | None
    why: str
    method: ResolutionMethod | None = None
    score: float | None = None
    runner_up: RunnerUp | None = None
    candidates: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that a report names, and what part it plays there."""

    article_id: str
    resolution: Resolution
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A running total ("63 civilians have been killed since the war began"). Never a strike.

    `as_of` is the last day that it counts, by its sentence or the dateline; None where neither tells one.
    """

    article_id: str
    quote: str
    span: Span
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    wounded_min: int | None = None
    wounded_max: int | None = None
    casualties_note: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interception:
    """Weapons or aircraft told as shot down or intercepted ("12 drones were downed over X"). Never a strike.

    `attacker` is whose they were. `weapon` is None for an aircraft. The ends of the count are None where they are open or not told.
    """

    article_id: str
    quote: str
    span: Span
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    attacker: str | None = None
    attacker_text: str | None = None
    weapon: Weapon | None = None
    weapon_text: str
    weapon_span: Span
    count_min: int | None = None
    count_max: int | None = None
    place_texts: tuple[str, ...] = ()
    date_start: date | None = None
    date_end: date | None = None


class Field(StrEnum):
    """The parts of a claim that words of its report gave."""

    CLAIMANT = "claimant"
    STANCE = "stance"
    ATTACKER = "attacker"
    TARGET = "target"
    WEAPON = "weapon"
    PLACE = "place"
    PLACE_NAME = "place_name"
    DATE = "date"
    KILLED = "killed"
    WOUNDED = "wounded"
    IS_BACKGROUND = "is_background"


class Reason(NamedTuple):
    """Why a claim says what it says in one field: the words that gave it, exact, with where they stand in the article's text.

    `start`, `end` and `text` are None where no words of the text gave it. `rule` is a sentence for a reader.
    """

    field: Field
    start: int | None
    end: int | None
    text: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One assertion that one strike happened at one place, or did not. Field names and meanings: docs/data-dictionary.md.

    `killed_max` and `wounded_max` are None where the upper end is open ("at least 12") and where no toll is told; `killed_min`
    tells the two apart, and is None itself in "up to 15". `casualties_shared` is None where no toll is told, and true where one is
    told for several places together: add it up once. `answers` is the id of the report's claim that this one denies, or turns round on
    its speaker; None where it answers none. `lat` and `lon` of an area are a label point inside it, never a mark;
    `geometry` is then its polygon in [lon, lat] order, and None for a point or an unlocated claim. `reasons` has one for each field
    that is told, and always one for stance, weapon and place.
    """

    claim_id: str
    article_id: str
    quote: str
    quote_start: int
    quote_end: int
    stance: Stance
    weapon: Weapon
    text_sha256: str
    extractor_version: str
    gazetteer_version: str
    incident_id: str | None = None
    also: tuple[Span, ...] = ()
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: datetime | date | None = None
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    answers: str | None = None
    attacker: str | None = None
    attacker_text: str | None = None
    target: str | None = None
    target_kind: TargetKind | None = None
    weapon_text: str | None = None
    place_text: str | None = None
    place_start: int | None = None
    place_end: int | None = None
    place_name: str | None = None
    place_names: tuple[str, ...] = ()
    place_parents: tuple[str, ...] = ()
    place_id: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    place_kind: PlaceKind | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    geo_precision: int | None = None
    where_prec: int | None = None
    resolution_method: ResolutionMethod | None = None
    resolution_score: float | None = None
    place_why: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_text: str | None = None
    date_edtf: str | None = None
    date_basis: DateBasis | None = None
    time_precision: int | None = None
    date_prec: int | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    wounded_min: int | None = None
    wounded_max: int | None = None
    civilians_killed_min: int | None = None
    civilians_killed_max: int | None = None
    military_killed_min: int | None = None
    military_killed_max: int | None = None
    casualties_note: str | None = None
    casualties_shared: bool | None = None
    is_background: bool = False
    review_status: ReviewStatus = ReviewStatus.UNREVIEWED
    reviewer_note: str | None = None
    reviewed_at: datetime | None = None
    geometry: BaseGeometry | None = field(default=None, repr=False)
    reasons: tuple[Reason, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one article gave."""

    article: Article
    claims: tuple[Claim, ...] = ()
    tolls: tuple[Toll, ...] = ()
    interceptions: tuple[Interception, ...] = ()
    mentions: tuple[Mention, ...] = ()
