"""Running totals, told apart from what one strike did."""

from __future__ import annotations

import re

from geo.claims.casualties import Casualties

_SINCE = re.compile(
    r"\b(?:since (?:the |then|march|january|february|april|may|june|july|august|september|october|november|december|its|early|late|mid|violence|fighting|war|\d{4})|so far|in total since|"
    r"in (?:the )?(?:past|last) (?:two|three|four|five|six|several|few|\d+) (?:weeks|months|years)|over the (?:past|last) (?:\w+ )?(?:weeks|months|years)|"
    r"(?:war|conflict|fighting|violence|uprising|insurgency|battles)[^.]{0,60}\b(?:has|have|had) (?:killed|claimed|left|caused)|in (?:the )?\w+-year(?:-old)? (?:war|conflict)|"
    r"during the (?:war|conflict)|as of \w+ \d+|have been killed in \w+ since)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:have|has) (?:been )?(?:also |now |already )?(?:been )?(?:killed|died|claimed|lost|wounded|injured)\b|\bof (?:its|their) (?:troops|soldiers|servicemen|fighters|forces|men)\b",
    re.IGNORECASE,
)
_LOSSES = re.compile(
    r"\b(?:of (?:its|their) (?:troops|soldiers|servicemen|fighters|forces|men)|military losses|death toll (?:may|has|had|now)|total of)\b",
    re.IGNORECASE,
)
_THIS_STRIKE = re.compile(
    r"\b(?:in|by|from) (?:the|this|that|an?) (?:\w+ ){0,2}(?:attack|strike|blast|raid|explosion|bombing|shelling|bombardment)s?\b",
    re.IGNORECASE,
)
# Below it, "have been killed" after a strike still speaks of that strike.
_MANY = 20


def is_running_total(text: str, casualties: Casualties, *, has_event: bool) -> bool:
    """Tell a total since a war began, or of one side's losses, from the toll of one strike.

    Parameters
    ----------
    has_event
        Whether the sentence also tells of a strike.
    """
    if _SINCE.search(text) and not (has_event and _THIS_STRIKE.search(text)):
        return True
    if has_event or _THIS_STRIKE.search(text):
        return False
    if _LOSSES.search(text):
        return True
    largest = max((c.low for c in (casualties.killed, casualties.wounded) if c is not None), default=0)
    return bool(_PERFECT.search(text)) and largest >= _MANY
