"""Where the sentences of a report begin and end.

News text in the wild has lost commas, apostrophes and line breaks, so the rules lean on full stops, capitals and lines only.
"""

from __future__ import annotations

import re

from geo.model import Span

# Words whose full stop ends no sentence when a capital follows.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col maj capt sgt adm cmdr brig pres st mt ft no vs sr jr inc ltd corp co dept "
    "jan feb mar apr jun jul aug sep "
    "sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n e.u u.a.e d.c i.e e.g approx est al".split()
)
_STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[\w.•–—@=+#$&*-])")
# A line that breaks off after one of these goes on in the next: no headline ends so.
_UNFINISHED = re.compile(
    r"\b(?:a|an|the|of|in|on|at|by|to|from|for|with|into|near|over|against|between|under|and|or|but|that|which|who|as|its|their)[ \t]*$"
)
_ALNUM = re.compile(r"[^\W_]")
_NEXT = re.compile(r"\S")
_LAST_WORD = re.compile(r"([\w.]+)$")
_LINES = re.compile(r"\n[ \t]*\n+|\r\n|\n|\r")
_WRAPPED_LENGTHS = range(50, 101)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Split a text into sentences.

    A blank line always ends a sentence. A single line break ends one as well, unless the text is wrapped at a fixed width, or the line
    breaks off in the middle: after a word such as "from" or "the".

    Returns
    -------
    spans
        In order, without overlaps, without white space at their ends; empty for a text without words.
    """
    spans: list[Span] = []
    for line in _lines(text):
        start = line.start
        for stop in _STOP.finditer(text, line.start, line.end):
            if _ends_sentence(text, start, stop):
                _add(spans, text, start, stop.end())
                start = stop.end()
        _add(spans, text, start, line.end)
    return tuple(spans)


def _lines(text: str) -> list[Span]:
    """Return the parts of a text that no sentence reaches across."""
    breaks = list(_LINES.finditer(text))
    if _is_wrapped(text):
        breaks = [b for b in breaks if b.group().count("\n") > 1]
    breaks = [b for b in breaks if b.group().count("\n") > 1 or not _UNFINISHED.search(text, max(0, b.start() - 20), b.start())]
    starts = [0, *(b.end() for b in breaks)]
    ends = [*(b.start() for b in breaks), len(text)]
    return [Span(s, e) for s, e in zip(starts, ends, strict=True) if s < e]


def _is_wrapped(text: str) -> bool:
    """Tell whether most lines break off at one width in the middle of a sentence, as in a mail."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    full = [line for line in lines[:-1] if len(line) in _WRAPPED_LENGTHS]
    unfinished = sum(not line.endswith((".", "!", "?", ":", '"', "”")) for line in full)
    return len(full) >= 3 and len(full) * 2 >= len(lines) and unfinished * 2 > len(full)


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    after = _NEXT.search(text, stop.end())
    if after is not None and after[0].islower():
        return False
    if stop.group()[0] != ".":
        return True
    word = _LAST_WORD.search(text, start, stop.start())
    last = word.group(1) if word else ""
    if last.lower() in _ABBREVIATIONS:
        return False
    # "J. Smith": one capital with a full stop is an initial.
    return not (len(last) == 1 and last.isupper())


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _ALNUM.search(text, start, end):
        spans.append(Span(start, end))
