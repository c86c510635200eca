"""Running totals, told apart from what one strike did."""

from __future__ import annotations

from datetime import date

from geo.claims.casualties import Casualties
from geo.claims.drafts import Speaker
from geo.claims.lexicons import wording
from geo.claims.sentence import Sentence
from geo.claims.wording import Signs
from geo.model import Article, Span, Toll

_SINCE, _PERFECT, _LOSSES, _THIS_STRIKE, _SUPPOSED, _BESIDE = map(
    wording, ("toll_since", "toll_perfect", "toll_losses", "toll_this_strike", "toll_supposed", "toll_beside")
)
_AS_OF = ("as of", "up to", "until", "by", "till")
# Below it, "have been killed" after a strike still speaks of that strike.
_MANY = 20


def is_running_total(text: str, casualties: Casualties, *, has_event: bool, signs: Signs | None = None) -> bool:
    """Tell a total since a war began, or of one side's losses, from the toll of one strike.

    Parameters
    ----------
    has_event
        Whether the sentence also tells of a strike.
    signs
        The sentence's, if they have been told.
    """
    if _SUPPOSED.search(text, signs):
        return False
    if _SINCE.search(text, signs) and not (has_event and _THIS_STRIKE.search(text, signs)):
        return True
    if has_event or _THIS_STRIKE.search(text, signs):
        return False
    if _LOSSES.search(text, signs):
        return True
    largest = max((c.low or c.high or 0 for c in (casualties.killed, casualties.wounded) if c is not None), default=0)
    return bool(_PERFECT.search(text, signs)) and largest >= _MANY


def find_total_beside(sentence: Sentence) -> Span | None:
    """Find the words that tell a total beside a strike's own toll: ", bringing the number of dead this month to 31"; None if none do."""
    found = _BESIDE.search(sentence.text, sentence.signs)
    return Span(sentence.span.start + found.start(), sentence.span.start + found.end()) if found else None


def build_toll(article: Article, sentence: Sentence, casualties: Casualties, speaker: Speaker | None) -> Toll:
    """Keep a running total as its sentence tells it, as of the day that the sentence or else the report's dateline tells."""
    killed, wounded = casualties.killed, casualties.wounded
    return Toll(
        article_id=article.article_id,
        quote=sentence.text,
        span=sentence.span,
        claimant=speaker.text if speaker else None,
        claimant_kind=speaker.kind if speaker else None,
        killed_min=killed.low if killed else None,
        killed_max=killed.high if killed else None,
        wounded_min=wounded.low if wounded else None,
        wounded_max=wounded.high if wounded else None,
        casualties_note=casualties.note,
        as_of=_as_of(article, sentence),
    )


def _as_of(article: Article, sentence: Sentence) -> date | None:
    """Return the day up to which a total counts; the day of publication is nobody's word for it."""
    report = sentence.report
    told = next((when for when in sentence.dates if report[: when.span.start].rstrip().lower().endswith(_AS_OF)), None)
    if told is not None:
        return told.end
    return article.dateline.day if article.dateline is not None else None
