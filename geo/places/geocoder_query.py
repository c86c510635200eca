"""What would be asked of a geocoder: planned and shown before anything leaves the machine.

The bounds come from the report itself: a name alone ("Martuni") lies in several countries, and a geocoder left to itself takes
the most prominent one. Nothing here opens a connection.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gazetteer.distance import distance_km
from gazetteer.model import LatLon, Place, PlaceKind
from gazetteer.names import normalise
from geo.errors import GeocoderError
from geo.model import Article, Mention, Role, Toponym
from geo.places.evidence import gather, is_country

# A name and no more may leave the machine: a sentence that was taken for a name stays here.
LONGEST_NAME = 80
MOST_WORDS = 8

AREA_CUES = frozenset(
    ["archipelago", "area", "basin", "canton", "coast", "corridor", "country", "countryside", "county", "department", "desert", "district",
     "emirate", "enclave", "exclave", "front", "governorate", "island", "kingdom", "krai", "oblast", "peninsula", "prefecture", "province",
     "raion", "rayon", "region", "republic", "sector", "state", "strip", "subdistrict", "territory", "valley", "woreda", "zone"]
)  # fmt: skip
SETTLEMENT_CUES = frozenset(
    ["camp", "capital", "city", "hamlet", "kibbutz", "moshav", "neighborhood", "neighbourhood", "quarter", "settlement", "slum", "suburb",
     "town", "township", "village"]
)  # fmt: skip
# A site bears the town's name with such a word behind it, and is not the town.
SITE_CUES = frozenset(
    ["airbase", "airfield", "airport", "base", "bridge", "checkpoint", "crossing", "dam", "field", "harbor", "harbour", "highway",
     "junction", "plant", "port", "prison", "refinery", "reservoir", "station"]
)  # fmt: skip

BOUNDS_MARGIN_KM = 100.0
WIDEST_BOX_DEGREES = 20.0
# Above it a place says which country a report is about, but not which part of it.
LARGEST_ANCHOR_KM = 100.0
KM_PER_DEGREE = 111.2

_APOSTROPHES = re.compile("['`´‘’ʻʼʽʾʿˈ′ʹ]")
_DASHES = re.compile("[-‐‑‒–—]")
# The Arabic article, also where it is assimilated: al-Bab, ash-Shaykh, an-Nasiriyah. Without a hyphen only "al" and "el" are safe to drop.
_ARTICLE = re.compile(r"^(?:(?:al|el)[- ]|(?:as|ash|ad|adh|an|ar|at|ath|az)-)(?=\w{3})", re.IGNORECASE)
_LETTERS = str.maketrans("ıİłŁøØđĐ", "iIlLoOdD")


class ViewBox(NamedTuple):
    """A box in WGS 84 degrees. `west` above `east` means that it crosses the 180th meridian."""

    south: float
    west: float
    north: float
    east: float

    @property
    def middle(self) -> LatLon:
        """The point halfway between its edges."""
        width = (self.east - self.west) % 360.0
        return LatLon((self.south + self.north) / 2, (self.west + width / 2 + 180.0) % 360.0 - 180.0)

    def outside_km(self, point: LatLon) -> float:
        """Tell how far outside the box a point lies; 0 inside and on its edge."""
        lons = [point.lon] if self._spans(point.lon) else [self.west, self.east]
        lat = min(max(point.lat, self.south), self.north)
        return min(distance_km(point, LatLon(lat, lon)) for lon in lons)

    def _spans(self, lon: float) -> bool:
        if self.west <= self.east:
            return self.west <= lon <= self.east
        return lon >= self.west or lon <= self.east


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Where a report's places are to be sought. No country and no box: anywhere.

    `spoken` are the countries whose people and groups the report names ("Ukrainian forces"), where it names no place to draw bounds
    from. They bound no search, for whoever speaks may be far from where he speaks of; but a place elsewhere is not what is meant.
    """

    countries: tuple[str, ...] = ()
    viewbox: ViewBox | None = None
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuery:
    """One name, and exactly what would be asked of whom.

    Attributes
    ----------
    name
        As the report writes it.
    variants
        The one or two texts that would be sent, in this order; the second only if the first brings no usable answer. Empty if
        the name is not fit to be sent; `refusal` then says why.
    expects
        What the words beside the name call it: a settlement ("the town of") or an area ("region"). None if they say neither.
    site
        The word that makes a site of the name ("airport"); it is asked together with the name. Empty without one.
    country_codes
        ISO 3166-1 alpha-2, upper case, sorted. Empty: any country.
    endpoint
        The host, with its port if the address names one.
    cached
        The answer lies on this machine: nothing would be sent.
    spoken
        As in `Bounds`. It is not sent.
    """

    name: str
    variants: tuple[str, ...]
    country_codes: tuple[str, ...]
    viewbox: ViewBox | None
    endpoint: str
    cached: bool
    expects: PlaceKind | None = None
    site: str = ""
    refusal: str = ""
    spoken: tuple[str, ...] = ()

    @property
    def countries_text(self) -> str:
        """The country codes as they are sent, "AM,AZ"; empty without any."""
        return ",".join(self.country_codes)

    @property
    def viewbox_text(self) -> str:
        """The box as it is kept and logged, "south,west,north,east"; empty without one."""
        return "" if self.viewbox is None else ",".join(f"{edge:.4f}" for edge in self.viewbox)

    @property
    def bounds_text(self) -> str:
        """The bounds in words, for a reason."""
        parts = []
        if self.country_codes:
            parts.append(f"in {' or '.join(self.country_codes)}")
        if self.viewbox is not None:
            south, west, north, east = self.viewbox
            parts.append(f"between {south:.2f} and {north:.2f} north, {west:.2f} and {east:.2f} east")
        return ", ".join(parts) or "anywhere in the world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a planned query.

    `reason` is a sentence for the reader in either case. `error` is set if the geocoder could not be asked or did not answer as it
    should; a name that it does not know is no error. `candidates` is how many of its places bear the name within the bounds.
    """

    query: PlannedQuery
    place: Place | None
    reason: str
    error: GeocoderError | None = None
    candidates: int = 0
    offered: int = 0


def expected_kind(toponym: Toponym) -> PlaceKind | None:
    """Tell what the words beside a name call it, None if they say neither a settlement nor an area."""
    if _is_one_of(AREA_CUES, toponym.cue):
        return PlaceKind.AREA
    return PlaceKind.POINT if _is_one_of(SETTLEMENT_CUES, toponym.cue) else None


def named_site(toponym: Toponym) -> str:
    """Return the words that make a site of a name ("airport"), empty if none do."""
    return toponym.cue.lower() if toponym.cue is not None and _is_one_of(SITE_CUES, toponym.cue) else ""


def _is_one_of(cues: frozenset[str], cue: str | None) -> bool:
    last = (cue or "").lower().split(" ")[-1]
    return last in cues or last.removesuffix("s") in cues


def query_key(name: str, *, expects: PlaceKind | None, site: str) -> tuple[str, PlaceKind | None, str]:
    """Return what two toponyms share if one question answers both."""
    return normalise(name) or name, expects, site


def refuse(name: str) -> str:
    """Say why a name is not fit to be sent; empty if it is."""
    if len(name) > LONGEST_NAME or len(name.split()) > MOST_WORDS:
        return f"too long for a name ({len(name)} characters), so it is not sent"
    if not any(c.isalpha() for c in name):
        return "has no letter, so it is not sent"
    return ""


def spell(name: str, *, country_codes: Sequence[str] = (), area: str = "", site: str = "") -> tuple[str, ...]:
    """Choose what to ask for a name: as written, and one other spelling where there is a likely one.

    Parameters
    ----------
    name
        As the report writes it.
    country_codes
        Of the report's context. In Azerbaijan ə is a letter that most keyboards lack: "Kelbecer" is written for "Kəlbəcər", which a
        Nominatim does not find by itself (measured on Nominatim 5.3).
    area
        The area word beside the name ("district"): with it is the other spelling. Empty without one.
    site
        The site's word beside the name ("airport"): it is always asked with the name. Empty without one.

    Returns
    -------
    variants
        One or two, each on one line without invisible characters.
    """
    written = _with_word(_clean(name), site)
    if area:
        return tuple(dict.fromkeys((written, _with_word(written, area))))
    plain = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", written))).translate(_LETTERS)
    plain = _clean(_DASHES.sub(" ", _APOSTROPHES.sub("", _ARTICLE.sub("", plain))))
    if plain == _DASHES.sub(" ", written) and "AZ" in country_codes and not site:
        plain = _with_schwa(plain)
    return (written,) if not plain or plain.casefold() == written.casefold() else (written, plain)


def _with_word(name: str, word: str) -> str:
    return name if not word or name.casefold().endswith(word.casefold()) else f"{name} {word.title()}"


def _with_schwa(name: str) -> str:
    return name if "ə" in name.casefold() else name.replace("e", "ə").replace("E", "Ə")


def _clean(text: str) -> str:
    # Direction marks and joiners; the zero-width non-joiner is part of Persian spelling.
    kept = "".join(
        " " if unicodedata.category(c) == "Cc" else c
        for c in text
        if c == "\u200c" or unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def draw_bounds(mentions: Iterable[Mention], *, article: Article | None = None) -> Bounds:
    """Draw the bounds of a search from the places that a report names and the gazetteer knows.

    Parameters
    ----------
    mentions
        Of one report. The seats of speakers are left aside: a strike told in Washington need not lie near it.
    article
        The report, for its dateline and for the peoples and groups that it names; None if only its places are to tell.

    Returns
    -------
    bounds
        The countries of the settlements and small areas struck, with the box around them and 100 km more on each side; no box above 20
        degrees in width or height. Where nothing struck is known, the countries that the report speaks of, if it names a place in one of
        them; for a place elsewhere, such as the one that it was written in, says nothing of where the strike was.
    """
    told = [(m.role, m.resolution.place) for m in mentions if m.resolution.place is not None and not _opens(m, article)]
    anchors = [place for role, place in told if role is Role.STRUCK and place.radius_km <= LARGEST_ANCHOR_KM]
    countries = {place.country_code for place in anchors if place.country_code is not None}
    if countries:
        return Bounds(countries=tuple(sorted(countries)), viewbox=_box_around(anchors))
    named = [place for role, place in told if role is not Role.SPEAKER and place.country_code is not None]
    spoken = set() if article is None else _spoken_of(article, told)
    # What is told in a capital need not have happened in its country.
    if spoken and not any(place.country_code in spoken and place.feature_code != "PPLC" for place in named):
        return Bounds(spoken=tuple(sorted(spoken)))
    return Bounds(countries=tuple(sorted(spoken or {str(place.country_code) for place in named})))


def _opens(mention: Mention, article: Article | None) -> bool:
    """Tell whether a name stands in the line that says where a report was written."""
    return article is not None and article.dateline is not None and mention.resolution.toponym.span.start < article.dateline.span.end


def _spoken_of(article: Article, told: Sequence[tuple[Role, Place]]) -> set[str]:
    """Return the countries that a report names, by themselves or by their people and groups."""
    words = gather(f"{article.title or ''}\n{article.text}", (), (), day=article.day)
    return {*words.apart_from("").countries, *(p.country_code for _, p in told if is_country(p) and p.country_code is not None)}


def _box_around(places: Sequence[Place]) -> ViewBox | None:
    south, north = min(p.lat for p in places), max(p.lat for p in places)
    west, east = min(p.lon for p in places), max(p.lon for p in places)
    if north - south > WIDEST_BOX_DEGREES or east - west > WIDEST_BOX_DEGREES:
        return None
    margin = BOUNDS_MARGIN_KM / KM_PER_DEGREE
    # A degree of longitude shrinks towards the poles; at 0.2 of its length no box helps any more.
    shrink = max(0.2, distance_km(LatLon(north, 0.0), LatLon(north, 1.0)) / KM_PER_DEGREE)
    return ViewBox(
        max(-90.0, south - margin), max(-180.0, west - margin / shrink), min(90.0, north + margin), min(180.0, east + margin / shrink)
    )
