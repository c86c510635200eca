"""Running totals, told apart from what one strike did."""

from __future__ import annotations

from geo.claims.casualties import Casualties
from geo.claims.drafts import Speaker
from geo.claims.lexicons import wording
from geo.claims.sentence import Sentence
from geo.claims.wording import Signs
from geo.model import Article, Toll

_SINCE, _PERFECT, _LOSSES, _THIS_STRIKE, _SUPPOSED = map(
    wording, ("toll_since", "toll_perfect", "toll_losses", "toll_this_strike", "toll_supposed")
)
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


def build_toll(article: Article, sentence: Sentence, casualties: Casualties, speaker: Speaker | None) -> Toll:
    """Keep a running total as its sentence tells it, as of the report's day (None if the report has none)."""
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
        as_of=article.day,
    )
