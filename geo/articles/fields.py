"""The fields of a report as a file gives them, and the article made of them. What is missing stays None."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from geo.articles.dateline import read_dateline
from geo.articles.inputs import OnError
from geo.articles.language import ENGLISH, find_language, foreign_parts, is_english, language_name, language_of, same_language
from geo.errors import InputError
from geo.model import Article

FIELD_NAMES = ("id", "text", "title", "url", "source", "published", "date", "language")

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_ID_DIGITS = 16
_STOP = re.compile(r"[.!?](?:\W|$)")
# In characters.
_LONG_SENTENCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """One report as written; `name` is the input and `where` its place in it ("line 3"), empty if the report is the whole input."""

    name: str
    where: str = ""
    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None


def from_record(record: Mapping[str, object], *, name: str, where: str, on_error: OnError) -> Fields:
    """Take the known fields out of a row or an object; field names count without regard to case and blanks around them.

    Raises
    ------
    InputError
        If it has no text.
    """
    values = {key.strip().casefold(): value for key, value in record.items() if isinstance(key, str)}
    text = values.get("text")
    if text is None or text == "":
        raise InputError(name, f"{where}: has no text")
    if not isinstance(text, str):
        raise InputError(name, f"{where}: its text is no string")
    told: dict[str, str | None] = {}
    for key in FIELD_NAMES:
        if key == "text":
            continue
        value = values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            on_error(InputError(name, f"{where}: its {key} is no string and is left out", lost=False))
            value = None
        told[key] = (value or "").strip() or None
    return Fields(
        name=name,
        where=where,
        text=text,
        id=told["id"],
        title=told["title"],
        url=told["url"],
        source=told["source"],
        published=told["published"] or told["date"],
        language=told["language"],
    )


def to_article(fields: Fields, *, on_error: OnError) -> Article:
    """Make the article.

    The text stays as it is, but for lone surrogates (JSON can carry them, no file can): each becomes U+FFFD, so that offsets
    hold. Without an id, the article's id comes from the SHA-256 of its text, and so is the same on every machine.

    Raises
    ------
    InputError
        If the text is blank.
    """
    where = f"{fields.where}: " if fields.where else ""
    text = _whole(fields.text)
    if not text.strip():
        raise InputError(fields.name, f"{where}has no text")
    published = _read_published(fields, where=where, on_error=on_error)
    language = _read_language(fields, text, where=where, on_error=on_error)
    day = published.date() if isinstance(published, datetime) else published
    return Article(
        article_id=_whole(fields.id) if fields.id else f"text-{hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS]}",
        text=text,
        title=_whole(fields.title) if fields.title else None,
        url=_whole(fields.url) if fields.url else None,
        source=_whole(fields.source) if fields.source else None,
        published=published,
        language=_whole(language) if language else None,
        dateline=read_dateline(text, published=day),
    )


def _read_language(fields: Fields, text: str, *, where: str, on_error: OnError) -> str | None:
    """Return the language that the text is read in, and say where it is no English, in whole or in part."""
    language = language_of(text, told=fields.language)
    if not is_english(language):
        on_error(InputError(fields.name, f"{where}read as no English: {language_name(language)}; no claims were read", lost=False))
    elif foreign := foreign_parts(text):
        names = sorted({language_name(find_language(text[part.start : part.end])) for part in foreign})
        count = f"{len(foreign)} paragraph{'s are' if len(foreign) > 1 else ' is'}"
        on_error(InputError(fields.name, f"{where}{count} no English ({', '.join(names)}) and not read for claims", lost=False))
    elif language == ENGLISH and len(text) > _LONG_SENTENCE and not _STOP.search(text):
        on_error(
            InputError(fields.name, f"{where}has no full stops: where its sentences end is a guess; look at its claims again", lost=False)
        )
    if language is not None and fields.language is not None and same_language(language, fields.language):
        return fields.language
    return language


def _whole(text: str) -> str:
    return _LONE_SURROGATES.sub("\ufffd", text)


def read_published(written: str) -> datetime | date | None:
    """Read an ISO 8601 date or time; None if it is neither. A time without a zone keeps none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _read_published(fields: Fields, *, where: str, on_error: OnError) -> datetime | date | None:
    if fields.published is None:
        return None
    published = read_published(fields.published)
    if published is None:
        shown = _whole(fields.published[:40])
        on_error(InputError(fields.name, f"{where}{shown!r} is no ISO date such as 2020-10-24; published stays empty", lost=False))
    return published
