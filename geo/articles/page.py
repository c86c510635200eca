"""A web page's report, by the standard library alone. Nothing in the page runs, and nothing that it names is fetched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from geo.articles.fields import Fields, read_published

# What a browser does not show as text goes first, and by pattern: the parser needs quadratic time for many unclosed ones.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[.*?(?:\]>|\Z)", re.DOTALL)
_SCRIPT = re.compile(
    r"<(?P<tag>script|style|template|noscript|iframe|textarea)\b(?P<attributes>[^<>]*)>(?P<body>.*?)(?:</(?P=tag)\b[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_JSON_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_JSON_LD_DEPTH = 5

_FURNITURE = frozenset(("nav", "header", "footer", "aside", "form", "dialog", "svg", "object", "button", "select"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "h1", "h2",
     "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul", *_FURNITURE)
)  # fmt: skip
_CAPTURED = frozenset(("title", "h1"))
_BLANKS = re.compile(r"\s+")
_AROUND_BREAK = re.compile(r" *\n *")


@dataclass(slots=True, kw_only=True)
class _Block:
    """A run of text, and what it lies in: `article` counts the page's articles from 1, 0 outside them."""

    words: list[str] = field(default_factory=list)
    is_furniture: bool = False
    is_heading: bool = False
    is_main: bool = False
    article: int = 0

    def text(self) -> str:
        return _AROUND_BREAK.sub("\n", re.sub(" +", " ", "".join(self.words))).strip()


def read_page(html: str, *, name: str) -> Fields:
    """Read the report out of a page.

    The text is the page's one <article>, else its <main>, else all of it, without navigation, headers, footers, asides and
    forms, and without a heading that only repeats the title; if nothing is left then (some pages lie in one form as a whole),
    all that is visible. Blocks are parted by a blank line, <br> breaks the line, other white space becomes one blank.
    """
    visible = _COMMENT.sub(" ", html)
    dates_of_scripts = [
        day for found in _SCRIPT.finditer(visible) if _JSON_LD.search(found["attributes"]) for day in _published_in(found["body"])
    ]
    reader = _PageReader()
    # After the last ">" no tag can be whole.
    visible, closing, rest = _SCRIPT.sub(" ", visible).rpartition(">")
    reader.feed(visible + closing + rest.replace("<", "&lt;"))
    reader.close()
    title = reader.first("og:title", "title", "h1")
    return Fields(
        name=name,
        text=_body(reader.blocks, title=title or ""),
        title=title,
        url=next((url for url in reader.all("canonical", "og:url") if re.match(r"https?://", url, re.IGNORECASE)), None),
        source=reader.first("og:site_name"),
        published=_best_date([*reader.all("article:published_time", "datepublished"), *dates_of_scripts, *reader.all("time")]),
        language=reader.first("lang"),
    )


def _best_date(written: list[str]) -> str | None:
    return next((each for each in written if read_published(each)), written[0] if written else None)


def _published_in(script: str) -> list[str]:
    try:
        return list(_find_published(json.loads(script), depth=0))
    except (ValueError, RecursionError):
        return []


def _find_published(value: object, *, depth: int) -> Iterator[str]:
    if depth > _JSON_LD_DEPTH:
        return
    if isinstance(value, dict):
        told = value.get("datePublished")
        if isinstance(told, str) and told.strip():
            yield told.strip()
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _find_published(each, depth=depth + 1)


def _body(blocks: list[_Block], *, title: str) -> str:
    readable = [block for block in blocks if not block.is_furniture and not (block.is_heading and block.text() in title)]
    articles = {block.article for block in readable if block.article}
    in_article = [block for block in readable if block.article] if len(articles) == 1 else []
    in_main = [block for block in readable if block.is_main]
    for chosen in (in_article, in_main, readable, blocks):
        text = "\n\n".join(filter(None, (block.text() for block in chosen)))
        if text:
            return text
    return ""


class _PageReader(HTMLParser):
    """Collects a page's blocks of text and what it says of itself, the first of each kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = [_Block()]
        self._told: dict[str, str] = {}
        self._captured: dict[str, list[str]] = {}
        self._open: list[tuple[str, bool]] = []
        self._count: Counter[str] = Counter()
        self._furniture = 0
        self._articles = 0

    def all(self, *keys: str) -> list[str]:
        """Return what the page says under these keys, in their order; what it does not say is left out."""
        return [self._told[key] for key in keys if key in self._told]

    def first(self, *keys: str) -> str | None:
        return next(iter(self.all(*keys)), None)

    def _keep(self, key: str, value: str | None) -> None:
        value = _BLANKS.sub(" ", value or "").strip()
        if value:
            self._told.setdefault(key, value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(reversed(attrs))
        self._read_meta(tag, attributes)
        if tag == "br":
            self.blocks[-1].words.append("\n")
        if tag in _CAPTURED:
            self._captured[tag] = []
        if tag not in _VOID:
            self._articles += tag == "article" and not self._count["article"]
            is_furniture = tag in _FURNITURE or "hidden" in attributes
            self._furniture += is_furniture
            self._open.append((tag, is_furniture))
            self._count[tag] += 1
        if tag in _BLOCKS:
            self._break()

    def _read_meta(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "html":
            self._keep("lang", attributes.get("lang"))
        elif tag == "meta":
            key = attributes.get("property") or attributes.get("itemprop") or attributes.get("name") or ""
            self._keep(key.lower(), attributes.get("content"))
        elif tag == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
            self._keep("canonical", attributes.get("href"))
        elif tag == "time":
            self._keep("time", attributes.get("datetime"))

    def handle_endtag(self, tag: str) -> None:
        while self._count[tag]:
            last, is_furniture = self._open.pop()
            self._count[last] -= 1
            self._furniture -= is_furniture
            if last in self._captured:
                self._keep(last, "".join(self._captured.pop(last)))
            if last == tag:
                break
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        for words in self._captured.values():
            words.append(data)
        if not self._count["title"]:
            self.blocks[-1].words.append(data if self._count["pre"] else _BLANKS.sub(" ", data))

    def _break(self) -> None:
        block = _Block(
            is_furniture=self._furniture > 0,
            is_heading=self._count["h1"] > 0,
            is_main=self._count["main"] > 0,
            article=self._articles if self._count["article"] else 0,
        )
        if self.blocks[-1].words:
            self.blocks.append(block)
        else:
            self.blocks[-1] = block
