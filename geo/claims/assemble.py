"""Drafts become claims: stable ids, places on the map, and every field as the contract names it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from gazetteer.model import Place
from geo.articles.readable import Readable
from geo.claims.answers import find_answers
from geo.claims.drafts import Draft
from geo.claims.locate import Location, ShapeOf, locate
from geo.claims.reader import Reading
from geo.claims.reasons import find_reasons
from geo.model import Article, Claim, DateBasis, Reason, Span

EXTRACTOR_VERSION = "2026.11"
_NOWHERE = Location(place=None, why="The report names no place for it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What has to be named to run an extraction again."""

    gazetteer: str
    extractor: str = EXTRACTOR_VERSION


def build_claims(article: Article, reading: Reading, *, ready: Readable, versions: Versions, shape_of: ShapeOf) -> tuple[Claim, ...]:
    """Turn what a report's sentences gave into claims, in the order of the text.

    Parameters
    ----------
    ready
        The text that was read, which leads back to the article's.
    shape_of
        Gives the polygon of a gazetteer's area by its place_id, in [lon, lat] order; None where it has none.
    """
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    written = [_written(draft, ready) for draft in reading.drafts]
    located = [_NOWHERE if draft.struck is None else locate(draft.struck, shape_of=shape_of) for draft in written]
    ids = [_claim_id(article, draft, where.place) for draft, where in zip(written, located, strict=True)]
    answered = [None if i is None else ids[i] for i in find_answers(reading.drafts, reading.theatre)]
    # Two drafts can end as one claim, when later sentences gave them the same speaker and place: the first of them.
    first = {claim_id: i for i, claim_id in reversed(list(enumerate(ids)))}
    claims = [
        _claim(article, claim_id, written[i], located[i], answered[i], versions, digest, _reasons(reading.drafts[i], ready, located[i].why))
        for claim_id, i in first.items()
    ]
    return tuple(sorted(claims, key=lambda c: (c.quote_start, c.place_start or 0, c.claim_id)))


def _written(draft: Draft, ready: Readable) -> Draft:
    """Return a draft in the offsets and words of the article's text."""
    if ready.is_as_written:
        return draft
    back, speaker = ready.back, draft.speaker
    if speaker is not None:
        speaker = replace(speaker, span=back(speaker.span), text=ready.written(speaker.span))
    return replace(
        draft,
        sentence=back(draft.sentence),
        also=[back(span) for span in draft.also],
        speaker=speaker,
        attacker=replace(draft.attacker, span=back(draft.attacker.span)) if draft.attacker else None,
        weapon_text=back(draft.weapon_text) if draft.weapon_text else None,
        place_text=back(draft.place_text) if draft.place_text else None,
        target=back(draft.target) if draft.target else None,
        when=replace(draft.when, span=back(draft.when.span)) if draft.when else None,
    )


def _reasons(draft: Draft, ready: Readable, place_why: str) -> tuple[Reason, ...]:
    """Tell why a draft says what it says, in the offsets and words of the article's text."""
    told = find_reasons(ready.text, draft, place_why=place_why)
    if ready.is_as_written:
        return told
    return tuple(each if each.start is None or each.end is None else _back(each, Span(each.start, each.end), ready) for each in told)


def _back(reason: Reason, span: Span, ready: Readable) -> Reason:
    start, end = ready.back(span)
    return reason._replace(start=start, end=end, text=ready.written(span))


def _claim(
    article: Article, claim_id: str, draft: Draft, where: Location, answers: str | None, versions: Versions, digest: str,
    reasons: tuple[Reason, ...],
) -> Claim:  # fmt: skip
    text, place = article.text, where.place
    when, killed, wounded = draft.when, draft.casualties.killed, draft.casualties.wounded
    civilians, military = draft.casualties.civilians, draft.casualties.military
    day = when.start if when else article.day
    return Claim(
        claim_id=claim_id,
        article_id=article.article_id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=text[draft.sentence.start : draft.sentence.end],
        quote_start=draft.sentence.start,
        quote_end=draft.sentence.end,
        also=tuple(sorted(set(draft.also) - {draft.sentence})),
        claimant=draft.speaker.text if draft.speaker else None,
        claimant_kind=draft.speaker.kind if draft.speaker else None,
        stance=draft.stance,
        attacker=draft.attacker.name if draft.attacker else None,
        attacker_text=_words(text, draft.attacker.span) if draft.attacker else None,
        target=_words(text, draft.target),
        target_kind=draft.target_kind,
        weapon=draft.weapon,
        weapon_text=_words(text, draft.weapon_text),
        place_text=_words(text, draft.place_text),
        place_start=draft.place_text.start if draft.place_text else None,
        place_end=draft.place_text.end if draft.place_text else None,
        place_name=place.name_on(day) if place else None,
        place_names=_other_names(place, day),
        place_parents=_parents(place, day),
        place_id=place.place_id if place else None,
        country_code=place.country_code if place else None,
        admin1=place.admin1 if place else None,
        admin2=place.admin2 if place else None,
        place_kind=where.kind,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=where.radius_km,
        geo_precision=where.geo_precision,
        where_prec=where.where_prec,
        resolution_method=where.method,
        resolution_score=where.score,
        place_why=where.why,
        date_start=when.start if when else None,
        date_end=when.end if when else None,
        date_text=_words(text, when.span) if when else None,
        date_edtf=when.edtf if when else None,
        date_basis=_basis(draft),
        time_precision=when.time_precision if when else None,
        date_prec=when.date_prec if when else None,
        killed_min=killed.low if killed else None,
        killed_max=killed.high if killed else None,
        wounded_min=wounded.low if wounded else None,
        wounded_max=wounded.high if wounded else None,
        civilians_killed_min=civilians.low if civilians else None,
        civilians_killed_max=civilians.high if civilians else None,
        military_killed_min=military.low if military else None,
        military_killed_max=military.high if military else None,
        casualties_note=draft.casualties.note,
        casualties_shared=draft.casualties.is_shared if draft.casualties else None,
        is_background=draft.background is not None,
        text_sha256=digest,
        extractor_version=versions.extractor,
        gazetteer_version=versions.gazetteer,
        geometry=where.geometry,
        answers=answers if answers != claim_id else None,
        reasons=reasons,
    )


def _claim_id(article: Article, draft: Draft, place: Place | None) -> str:
    """Name a claim by what it says, so that the same article gives the same id on every machine and run."""
    parts = (
        article.article_id, str(draft.sentence.start), draft.speaker.text if draft.speaker else "", draft.stance.value,
        draft.attacker.name if draft.attacker else "", draft.weapon.value, str(draft.place_text), place.place_id if place else "",
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span is not None else None


def _basis(draft: Draft) -> DateBasis | None:
    return draft.when.basis if draft.when else None


def _other_names(place: Place | None, day: date | None) -> tuple[str, ...]:
    """Return the place's names in the words of its sides, and its former and later ones, each once, without the name that is shown."""
    if place is None:
        return ()
    told = [n.text for n in place.names if n.side is not None or n.start or n.end or n.kind.value in {"official", "historic"}]
    return tuple(dict.fromkeys(n for n in told if n != place.name_on(day)))


def _parents(place: Place | None, day: date | None) -> tuple[str, ...]:
    return tuple(f"{parent.standing}: {parent.name}" for parent in place.parents_on(day)) if place is not None else ()
