"""A report's text made ready to be read: without what stands around it on a page, without breaks inside words.

Nothing is rewritten for the reader: offsets in the ready text lead back to those of the text as it came in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from geo.articles.dateline import read_dateline
from geo.articles.furniture import find_furniture
from geo.articles.language import foreign_parts
from geo.model import Article, Span

# A word broken at the end of a line, with what is taken out of it.
_BROKEN = re.compile(
    r"[-\u00ad\u2010](?:(?<=[^\W\d_]{2}.)[ \t]*\r?\n[ \t]*(?=[a-z]{2})"
    r"(?!(?:backed|led|held|made|controlled|occupied|based|fired|style|year|range|scale|born|run)\b)|(?<=\u00ad)(?=\w))"
)
# Figures that a scan put for letters: "ki1led", "r0ckets".
_MISREAD = re.compile(r"[01](?<=[a-z].)(?=[a-z])")
_LETTERS = {"1": "l", "0": "o"}
# A row of a table: its cells are no one phrase ("Kyiv | shelling" is no shelling by Kyiv).
_ROW = re.compile(r"^[^\n|\t]*(?:[|\t][^\n|\t]*){2,}$", re.MULTILINE)
_CELL_MARK = re.compile(r"[|\t]")
_NO_BREAK = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """A text made ready. `cuts` are the offsets in it behind which something was taken out, and how much up to there."""

    text: str
    original: str
    cuts: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()

    @property
    def is_as_written(self) -> bool:
        """Whether nothing had to be made ready."""
        return self.text is self.original

    def with_text(self, text: str) -> Readable:
        """Return it with another text of the same length."""
        if text == self.text:
            return self
        return replace(self, text=text)

    def back(self, span: Span) -> Span:
        """Return where words of the ready text stand in the original."""
        return Span(span.start + self._before(span.start + 1), span.end + self._before(span.end)) if self.cuts else span

    def written(self, span: Span) -> str:
        """Return words of the ready text as the original has them."""
        there = self.back(span)
        return self.original[there.start : there.end]

    def _before(self, offset: int) -> int:
        return self.lengths[at - 1] if (at := bisect_left(self.cuts, offset)) else 0


def make_readable(text: str) -> Readable:
    """Blank what is no part of a report or not in English, mend what a scan misread, and join broken words."""
    ready = _blank(text, (*find_furniture(text), *foreign_parts(text)))
    ready = _MISREAD.sub(lambda m: _LETTERS[m.group()], ready)
    if _CELL_MARK.search(ready):
        ready = _ROW.sub(lambda m: _CELL_MARK.sub(";", m.group()), ready)
    breaks = [m.span() for m in _BROKEN.finditer(ready)]
    if not breaks:
        return Readable(text=text if ready == text else ready, original=text)
    kept, cuts, lengths, last, taken = list[str](), list[int](), list[int](), 0, 0
    for start, end in breaks:
        kept.append(ready[last:start])
        cuts.append(start - taken)
        taken += end - start
        lengths.append(taken)
        last = end
    return Readable(text="".join((*kept, ready[last:])), original=text, cuts=tuple(cuts), lengths=tuple(lengths))


def dated(article: Article, ready: Readable) -> Article:
    """Return the article with the ready text, and with the dateline that stands below what was left out of its opening."""
    if ready.text == article.text:
        return article
    start = len(ready.text) - len(ready.text.lstrip())
    published = article.published.date() if isinstance(article.published, datetime) else article.published
    found = read_dateline(ready.text[start:], published=published)
    if found is None:
        # What only looked like a dateline in capitals is none; a day in a line that is left out still counts.
        line = article.dateline
        is_left_out = line is not None and not ready.text[line.span.start : line.span.end].strip()
        return replace(article, text=ready.text, dateline=line if is_left_out else None)
    moved = replace(found, span=Span(found.span.start + start, found.span.end + start))
    if moved.day is None and article.dateline is not None:
        # The day may have stood in a line of its own that is left out now.
        moved = replace(moved, day=article.dateline.day)
    return replace(article, text=ready.text, dateline=moved)


def _blank(text: str, spans: Iterable[Span]) -> str:
    parts, last = list[str](), 0
    for span in sorted(spans):
        if span.end > last:
            parts += [text[last : max(last, span.start)], _NO_BREAK.sub(" ", text[max(last, span.start) : span.end])]
            last = span.end
    return "".join((*parts, text[last:]))
