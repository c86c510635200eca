"""The detail pane: what was said, by whom, against whom, and why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gazetteer.model import PlaceKind
from geo.export.explained import FIELD_NAMES, count_words, value_of, when_words
from geo.filters import why_unlocated
from geo.model import Article, Claim, DateBasis, Field, Reason, Span, Stance
from geo.views.markup import Markup, element, join, link, show

STANCE_WORDS = {
    Stance.ACCUSED: "accuses",
    Stance.ASSERTED: "says that it happened",
    Stance.CLAIMED_RESPONSIBILITY: "says that they did it themselves",
    Stance.DENIED: "denies it",
}
_MOST_NAMES = 10
REPORTER = "the reporter, naming no source"
NOBODY = "nobody is named"
_BASIS_WORDS = {
    DateBasis.EXPLICIT: "the text gives the day",
    DateBasis.RELATIVE: "counted from the day of the report",
    DateBasis.DATELINE: "the day of the report itself",
}
_TIME_PRECISION = {1: "to the day", 2: "within a week", 3: "within a month"}


def show_detail(claims: Sequence[Claim], *, articles: Sequence[Article], every: Sequence[Claim], located_only: int) -> None:
    """Show the chosen claims, or how to choose some.

    Parameters
    ----------
    claims
        The chosen ones that pass the filters; empty for none.
    articles
        Of the whole session.
    every
        All claims of the session, among which those stand that the chosen ones answer, or are answered by, filtered or not.
    located_only
        How many claims are on the map, for the advice that stands here while nothing is chosen.
    """
    if not claims:
        advice = (
            "Click a mark or an area on the map, or a line of the table, to read who says what."
            if located_only
            else "Choose a line of the table to read who says what. No claim of this selection is on the map."
        )
        show(element("div", element("p", advice, css="sm-quiet"), css="sm-card sm-empty"))
        return
    by_id = {article.article_id: article for article in articles}
    if len(claims) > 1:
        show(element("p", f"{len(claims)} claims, each as its speaker puts it", css="sm-quiet"))
    show(*(_card(claim, article=by_id.get(claim.article_id), every=every) for claim in claims))


def _card(claim: Claim, *, article: Article | None, every: Sequence[Claim] = ()) -> Markup:
    return element(
        "article",
        element("h4", claim.place_name or claim.place_text or "No place told"),
        _quote(claim),
        *([_why(claim)] if claim.reasons else []),
        element("dl", *(join([element("dt", name), element("dd", value)]) for name, value in _facts(claim, article=article, every=every))),
        *([_whole_report(claim, article=article)] if article is not None else []),
        css="sm-card",
    )


def _facts(claim: Claim, *, article: Article | None, every: Sequence[Claim]) -> list[tuple[str, str]]:
    facts = [
        ("Says who", _claimant(claim)),
        ("What they do", STANCE_WORDS[claim.stance]),
        ("Answers", " […] ".join(_said_by(other) for other in every if other.claim_id == claim.answers)),
        ("Answered by", " […] ".join(_said_by(other) for other in every if other.answers == claim.claim_id)),
        ("Attacker, as alleged", _attacker(claim)),
        ("Weapon", _with_words(claim.weapon.value.replace("_", " "), claim.weapon_text)),
        ("Target", _target(claim)),
        ("When", _when(claim)),
        ("Where", _where(claim)),
        ("Also called", _other_names(claim)),
        ("Belongs to", "; ".join(claim.place_parents)),
        ("Why there", claim.place_why or "nothing to say"),
        ("Toll of this strike", _toll(claim)),
        ("Who they were", _who_they_were(claim)),
        ("Report", _report(claim)),
    ]
    if claim.also and article is not None:
        facts.append(("Also in", " […] ".join(article.text[span.start : span.end] for span in claim.also)))
    facts = [(name, value) for name, value in facts if value]
    if claim.is_background:
        facts.append(("Note", "The report tells this as background."))
    facts.append(("Claim", element("code", claim.claim_id)))
    return facts


def _claimant(claim: Claim) -> str:
    if claim.claimant is None:
        return REPORTER
    return f"{claim.claimant} ({claim.claimant_kind.value})" if claim.claimant_kind is not None else claim.claimant


def _said_by(other: Claim) -> str:
    return f"{other.claimant or REPORTER}: “{other.quote}”"


def _attacker(claim: Claim) -> str:
    return NOBODY if claim.attacker is None else _with_words(claim.attacker, claim.attacker_text)


def _with_words(value: str, words: str | None) -> str:
    return f"{value} (“{words}”)" if words and words != value else value


def _target(claim: Claim) -> str:
    kind = claim.target_kind.value if claim.target_kind is not None else None
    if claim.target and kind:
        return f"{claim.target} ({kind})"
    return claim.target or kind or "not told"


def _when(claim: Claim) -> str:
    days = when_words(claim)
    if not days:
        return "the report tells no date"
    notes = [f"“{claim.date_text}”"] if claim.date_text else []
    if claim.date_basis is not None:
        notes.append(_BASIS_WORDS[claim.date_basis])
    if claim.time_precision is not None:
        notes.append(_TIME_PRECISION.get(claim.time_precision, ""))
    return f"{days} ({'; '.join(note for note in notes if note)})" if notes else days


def _where(claim: Claim) -> str:
    written = f"“{claim.place_text}”" if claim.place_text else ""
    reason = why_unlocated(claim)
    if reason is not None:
        return f"{written}: not on the map, {reason.value}" if written else f"not on the map: {reason.value}"
    parts = [part for part in (claim.admin2, claim.admin1, claim.country_code) if part]
    near = f"within {claim.radius_km:g} km" if claim.radius_km else "as a point"
    how = "somewhere in this area, no point is known" if claim.place_kind is PlaceKind.AREA else near
    return f"{written} → {claim.place_name or ''}; {', '.join(parts) or 'no country told'}; {how}"


def _other_names(claim: Claim) -> str:
    others = [name for name in claim.place_names if name != claim.place_name]
    more = len(others) - _MOST_NAMES
    return ", ".join(others[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _toll(claim: Claim) -> str:
    killed = count_words(claim.killed_min, claim.killed_max)
    wounded = count_words(claim.wounded_min, claim.wounded_max)
    told = [f"{killed} killed" if killed else "", f"{wounded} wounded" if wounded else ""]
    words = ", ".join(part for part in told if part) or "not told"
    return f"{words}, told for several places together" if claim.casualties_shared else words


def _who_they_were(claim: Claim) -> str:
    civilians = count_words(claim.civilians_killed_min, claim.civilians_killed_max)
    military = count_words(claim.military_killed_min, claim.military_killed_max)
    told = [
        f"{civilians} killed called civilians" if civilians else "",
        f"{military} killed called soldiers or fighters" if military else "",
    ]
    counted = ", ".join(part for part in told if part)
    note = f"“{claim.casualties_note}”" if claim.casualties_note else ""
    return " → ".join(part for part in (note, counted) if part)


def _report(claim: Claim) -> str:
    title = claim.title or claim.article_id
    shown = link(claim.url, title) if claim.url else join([title])
    rest = [part for part in (claim.source, claim.published.isoformat()[:10] if claim.published is not None else None) if part]
    return join([shown, f" ({', '.join(rest)})" if rest else ""])


def _quote(claim: Claim) -> Markup:
    """Show the quoted sentence, with the words marked that gave its fields."""
    shift = claim.quote_start
    inside = [
        Span(r.start - shift, r.end - shift)
        for r in claim.reasons
        if r.start is not None and r.end is not None and shift <= r.start and r.end <= claim.quote_end
    ]
    return element("blockquote", *_marked(claim.quote, inside))


def _why(claim: Claim) -> Markup:
    """Show for each field the words and the rule that gave it. Why the place's entry won is said among the facts."""
    head = element("tr", *(element("th", name) for name in ("Field", "Value, and the words", "Why")))
    rows = (_why_row(claim, reason) for reason in claim.reasons if reason.field is not Field.PLACE_NAME)
    return element("details", element("summary", "Why it says so: the words and the rules"), element("table", head, *rows))


def _why_row(claim: Claim, reason: Reason) -> Markup:
    value, words = value_of(claim, reason.field), f"“{reason.text}”" if reason.text is not None else "no words"
    told = [element("div", words)] if value == reason.text else [element("div", value), element("div", words, css="sm-quiet")]
    return element("tr", element("th", FIELD_NAMES[reason.field]), element("td", *told), element("td", reason.rule))


def _whole_report(claim: Claim, *, article: Article) -> Markup:
    pieces = _marked(article.text, [Span(claim.quote_start, claim.quote_end), *claim.also])
    return element("details", element("summary", "The whole report"), element("div", *pieces, css="sm-report"))


def _marked(text: str, spans: Iterable[Span]) -> list[str]:
    """Cut a text into pieces, those of the spans marked; spans may overlap."""
    pieces: list[str] = []
    at = 0
    for span in sorted(spans):
        start = max(span.start, at)
        if start >= span.end:
            continue
        pieces += [text[at:start], element("mark", text[start : span.end])]
        at = span.end
    return [*pieces, text[at:]]
