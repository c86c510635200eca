"""Where the sentences of a report begin and end.

News text in the wild has lost commas, apostrophes and line breaks, so the rules lean on full stops, capitals and lines only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.model import Span

# Words whose full stop ends no sentence when a capital follows.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col maj capt sgt adm cmdr brig pres st mt ft no vs sr jr inc ltd corp co dept "
    "jan feb mar apr jun jul aug sep "
    "sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n e.u u.a.e d.c i.e e.g approx est al".split()
)
# A scan or a paste has lost the blank after a full stop: "was hit.The mayor".
_STOP = re.compile(r"[.!?…](?:(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])|[.!?…]*[\"”’')\]]*(?=\s+[\"“‘'(\[]*[\w.•–—@=+#$&*-]))")
# A line that breaks off after one of these goes on in the next: no headline ends so.
_UNFINISHED = re.compile(
    r"\b(?:a|an|the|of|in|on|at|by|to|from|for|with|into|near|over|against|between|under|and|or|but|that|which|who|as|its|their)[ \t]*$"
)
_ALNUM = re.compile(r"[^\W_]")
_NEXT = re.compile(r"\S")
# "al-Qaeda said": a sentence can open with a small letter that is an article.
_ARABIC_NAME = re.compile(r"(?:al|ad|an|ar|as|ash|az)-[A-Z]")
_LAST_WORD = re.compile(r"([\w.]+)$")
# In characters; longer than any abbreviation.
_LAST_WORD_REACH = 20
_LINES = re.compile(r"\n[ \t]*\n+|\r\n|\n|\r")
# A capital that opens a sentence: after a small word, and of a word that begins no name.
_OPENER = re.compile(
    r"(?<=[a-z\d])\s+(?=(?:The|An?|In|On|At|It|Its|He|She|They|We|But|And|However|Meanwhile|There|This|That|These|Those|No|One|Two|Three|"
    r"Four|Five|Six|Seven|Eight|Nine|Ten|After|Before|Earlier|Later|Officials|Witnesses|Residents|According)\s+[a-z\d])"
)
_BLANK = re.compile(r"\s+")
_MARK = re.compile(r"[,.;:!?]")
# In characters; without any mark a sentence is not so long.
_LONG, _LONG_UNMARKED, _LONGEST = 500, 200, 1_500
_WRAPPED_LENGTHS = range(50, 101)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Split a text into sentences.

    A blank line always ends a sentence. One that runs on, as in a text that lost its full stops, ends before a capital that only opens
    sentences ("The", "On"), and, without any, after a few hundred words. A single line break ends one as well, unless the text is
    wrapped at a fixed width, or the line breaks off in the middle: after a word such as "from" or "the".

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
    return tuple(part for span in spans for part in (_parts(text, span) if _runs_on(text, span) else (span,)))


def _runs_on(text: str, span: Span) -> bool:
    length = span.end - span.start
    return length > _LONG or (length > _LONG_UNMARKED and _MARK.search(text, span.start, span.end) is None)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """Split what runs on: no reader follows one sentence for so long, and reading one takes time by the square of its words."""
    start = span.start
    openers = [m.end() for m in _OPENER.finditer(text, span.start, span.end)]
    if len(openers) * _LONG < span.end - span.start:
        openers += [m.end() for at in range(span.start + _LONGEST, span.end, _LONGEST) if (m := _BLANK.search(text, at, span.end))]
    for end in (*sorted(openers), span.end):
        piece: list[Span] = []
        _add(piece, text, start, end)
        yield from piece
        start = end


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
    # The lines of a list may all end without a full stop, but they begin with a name, a day or a mark.
    goes_on = sum(line.lstrip()[0].islower() for line in lines[1:])
    return len(full) >= 3 and len(full) * 2 >= len(lines) and unfinished * 2 > len(full) and goes_on * 4 > unfinished


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    after = _NEXT.search(text, stop.end())
    if after is not None and after[0].islower() and not _ARABIC_NAME.match(text, after.start()):
        return False
    if stop.group()[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, stop.start() - _LAST_WORD_REACH), stop.start())
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
