"""Sentences that a text holds twice: a story pasted again, a line that a live page repeats. They are read once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from geo.claims.drafts import Draft
from geo.model import Span

# "No one was hurt." may be said of many a strike, unless the sentence before came again as well.
_FEW_WORDS = 6


class Repeats:
    """The sentences read so far, and which of them came again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._first: dict[tuple[date | None, str], Span] = {}
        self._again: dict[Span, list[Span]] = {}
        self._goes_on = False

    def is_repeated(self, span: Span, today: date | None) -> bool:
        """Tell whether a sentence was read before, of the same day; if so, keep where it stands."""
        words = self._text[span.start : span.end].casefold().split()
        first = self._first.setdefault((today, " ".join(words)), span)
        self._goes_on = first != span and (self._goes_on or len(words) >= _FEW_WORDS)
        if self._goes_on:
            self._again.setdefault(first, []).append(span)
        return self._goes_on

    def note(self, drafts: Iterable[Draft]) -> None:
        """Add to each claim the repeated sentences that tell it."""
        for draft in drafts if self._again else ():
            for told in (draft.sentence, *draft.also):
                draft.also.extend(span for span in self._again.get(told, ()) if span not in draft.also)
