"""Why claims say what they say, in lines for a reader: by claim the quote, then each field with its value, the words and the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from geo.model import Claim, Field

FIELD_NAMES = {
    Field.CLAIMANT: "claimant",
    Field.STANCE: "stance",
    Field.ATTACKER: "attacker, as alleged",
    Field.TARGET: "target",
    Field.WEAPON: "weapon",
    Field.PLACE: "place",
    Field.PLACE_NAME: "place on the map",
    Field.DATE: "date",
    Field.KILLED: "killed",
    Field.WOUNDED: "wounded",
    Field.IS_BACKGROUND: "background",
}
_WIDTH = max(map(len, FIELD_NAMES.values())) + 2


def lines(claims: Iterable[Claim]) -> Iterator[bytes]:
    """Write what a terminal can show as it stands: characters that would steer it become U+FFFD, white space one blank."""
    between = ""
    for claim, answered in _with_answered(claims):
        told = [f"{between}“{_plain(claim.quote)}”", f"  {claim.article_id}, characters {claim.quote_start} to {claim.quote_end}"]
        for reason in claim.reasons:
            words = f" <- “{_plain(reason.text)}”" if reason.text is not None else ""
            told.append(
                f"  {FIELD_NAMES[reason.field] + ':':{_WIDTH}}{_plain(value_of(claim, reason.field))}{words} ({_plain(reason.rule)})"
            )
        if answered is not None:
            told.append(f"  {'answers:':{_WIDTH}}{_plain(answered.claimant or 'the reporter')}, “{_plain(answered.quote)}”")
        yield ("\n".join(told) + "\n").encode("utf-8", "replace")
        between = "\n"


def _with_answered(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim | None]]:
    """Put beside each claim the one of its report that it answers; memory holds one report's claims at a time."""
    for _, report in groupby(claims, key=lambda claim: claim.article_id):
        of_report = tuple(report)
        by_id = {claim.claim_id: claim for claim in of_report}
        yield from ((claim, by_id.get(claim.answers) if claim.answers is not None else None) for claim in of_report)


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def value_of(claim: Claim, field: Field) -> str:
    """Write a field's value in a few words."""
    values = {
        Field.CLAIMANT: claim.claimant or "",
        Field.STANCE: claim.stance.value.replace("_", " "),
        Field.ATTACKER: claim.attacker or "",
        Field.TARGET: claim.target or "",
        Field.WEAPON: claim.weapon.value.replace("_", " "),
        Field.PLACE: claim.place_text or claim.place_name or "not told",
        Field.PLACE_NAME: claim.place_name or "not found",
        Field.DATE: when_words(claim),
        Field.KILLED: count_words(claim.killed_min, claim.killed_max),
        Field.WOUNDED: count_words(claim.wounded_min, claim.wounded_max),
        Field.IS_BACKGROUND: "yes" if claim.is_background else "no",
    }
    return values[field]


def when_words(claim: Claim) -> str:
    """Write the claim's interval of days; empty if the report tells none."""
    days: list[date] = sorted({day for day in (claim.date_start, claim.date_end) if day is not None})
    return " to ".join(day.isoformat() for day in days)


def count_words(low: int | None, high: int | None) -> str:
    """Write a toll's range; empty if none is told."""
    if low is None:
        return f"up to {high}" if high is not None else ""
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"
