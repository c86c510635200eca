"""The front door: INPUTs go in, articles come out one by one; memory holds one report, or one page or JSON file, at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from itertools import islice
from pathlib import PurePath

from geo.articles.decoding import Encoding, detect
from geo.articles.fields import Fields, to_article
from geo.articles.inputs import OnError, Source, check, find, opened
from geo.articles.page import read_page
from geo.articles.tables import is_json_object, is_table, read_csv, read_json, read_jsonl
from geo.errors import InputError
from geo.model import Article
from geo.settings import Settings

_HEAD = 1 << 16
_HTML = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|title|meta|body|article|main|section|div|h1|p|form|table|header|span)\b",
    re.DOTALL | re.IGNORECASE,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:rdf|urlset)\b", re.IGNORECASE)
_LINES_TRIED = 20
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')


class _Kind(Enum):
    TEXT = auto()
    HTML = auto()
    JSON = auto()
    CSV = auto()


_BY_SUFFIX = {
    ".html": _Kind.HTML,
    ".htm": _Kind.HTML,
    ".xhtml": _Kind.HTML,
    ".json": _Kind.JSON,
    ".jsonl": _Kind.JSON,
    ".ndjson": _Kind.JSON,
    ".csv": _Kind.CSV,
    ".tsv": _Kind.CSV,
}


def read(inputs: Iterable[str], *, settings: Settings, on_error: OnError) -> Iterator[Article]:
    """Read articles from files, folders, globs and standard input.

    Parameters
    ----------
    inputs
        Names of files and folders, glob patterns, or "-" for standard input. A folder is read with all below it, without
        hidden files and without suffixes that hold no reports.
    settings
        `max_input_bytes` is the limit for each input.
    on_error
        Is told of each input, line or row that is not read (the rest is read all the same), and, with `lost` False, of what
        was read in part: a publication date that is none, an encoding that is a guess.

    Yields
    ------
    article
        In the order of the inputs; those of a folder by name. `text` is as the input has it: only line ends of plain text
        become "\\n", as in Python's own `open`; see docs/inputs.md.
    """
    for name in find(inputs, on_error=on_error):
        try:
            with opened(name, max_bytes=settings.max_input_bytes) as source:
                yield from _read_source(source, settings=settings, on_error=on_error)
        except InputError as error:
            on_error(error)


def read_bytes(name: str, data: bytes, *, settings: Settings, on_error: OnError) -> Iterator[Article]:
    """Read articles from bytes in memory, such as an upload or a pasted text; else as `read`.

    Parameters
    ----------
    name
        What errors call the input; its suffix helps to tell its kind.
    data
        The content of one file.
    settings, on_error
        As for `read`.
    """
    try:
        source = check(Source(name=name, stream=io.BytesIO(data)), max_bytes=settings.max_input_bytes)
        yield from _read_source(source, settings=settings, on_error=on_error)
    except InputError as error:
        on_error(error)


def _read_source(source: Source, *, settings: Settings, on_error: OnError) -> Iterator[Article]:
    encoding = detect(source)
    if encoding.doubt is not None:
        on_error(InputError(source.name, encoding.doubt, lost=False))
    for fields in _read_fields(source, encoding, settings=settings, on_error=on_error):
        try:
            article = to_article(fields, on_error=on_error)
        except InputError as error:
            on_error(error)
        else:
            yield article


def _read_fields(source: Source, encoding: Encoding, *, settings: Settings, on_error: OnError) -> Iterator[Fields]:
    with _decoded(source, encoding, newline=None) as stream:
        head = stream.read(_HEAD)
    kind = _kind(source.name, head)
    with _decoded(source, encoding, newline=None) as stream:
        is_by_lines = kind is _Kind.JSON and _is_by_lines(stream)
    with _decoded(source, encoding, newline="" if kind is _Kind.CSV else None) as stream:
        match kind:
            case _Kind.CSV:
                yield from read_csv(stream, name=source.name, max_field=settings.max_input_bytes, on_error=on_error)
            case _Kind.JSON if is_by_lines:
                yield from read_jsonl(stream, name=source.name, on_error=on_error)
            case _Kind.JSON:
                yield from read_json(stream.read(), name=source.name, on_error=on_error)
            case _Kind.HTML:
                yield read_page(stream.read(), name=source.name)
            case _Kind.TEXT:
                if _XML.match(head):
                    raise InputError(source.name, "is XML, not a report; feeds are not read yet")
                yield Fields(name=source.name, text=stream.read())


@contextmanager
def _decoded(source: Source, encoding: Encoding, *, newline: str | None) -> Iterator[io.TextIOWrapper]:
    source.stream.seek(0)
    stream = io.TextIOWrapper(source.stream, encoding=encoding.name, errors=encoding.errors, newline=newline)
    try:
        yield stream
    finally:
        stream.detach()  # the source is read again, and closed where it was opened


def _kind(name: str, head: str) -> _Kind:
    by_suffix = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if by_suffix is not None:
        return by_suffix
    if _JSON.match(head):
        return _Kind.JSON
    if _HTML.match(head):
        return _Kind.HTML
    first_line = head.lstrip("\n").split("\n", 1)[0]
    return _Kind.CSV if is_table(first_line) else _Kind.TEXT


def _is_by_lines(lines: Iterable[str]) -> bool:
    """Tell one object a line from one JSON document: by the first line, or by those after it where that one is broken."""
    first, *others = list(islice((line for line in lines if line.strip()), _LINES_TRIED)) or [""]
    if is_json_object(first):
        return True
    return first.strip() != "{" and not first.lstrip().startswith("[") and any(is_json_object(line) for line in others)
