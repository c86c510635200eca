"""A report in a few sentences, read as a user's own would be."""

from __future__ import annotations

from datetime import date

from geo.model import Article, Claim, Extraction
from geo.pipeline import Reader

# A Friday.
TODAY = date(2024, 5, 10)
THURSDAY = date(2024, 5, 9)


def extract(reader: Reader, text: str, *, day: date | None = TODAY, source: str | None = None, title: str | None = None) -> Extraction:
    """Read a report of that day."""
    return reader.extract(Article(article_id="report", text=text, published=day, source=source, title=title))


def claims_of(reader: Reader, text: str, *, day: date | None = TODAY, source: str | None = None) -> tuple[Claim, ...]:
    """Return the claims of a report of that day."""
    return extract(reader, text, day=day, source=source).claims


def only_claim(reader: Reader, text: str, *, day: date | None = TODAY) -> Claim:
    """Return the one claim that a report is to give."""
    claims = claims_of(reader, text, day=day)
    assert len(claims) == 1, [(c.claimant, c.attacker, c.weapon.value, c.place_text) for c in claims]
    return claims[0]
