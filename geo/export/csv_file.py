"""CSV after RFC 4180, safe to open in a spreadsheet.

UTF-8 with a byte-order mark (without it Excel takes another encoding), "\\r\\n", commas, a header. Spreadsheets run a cell
that begins like a formula; such a cell gets an apostrophe in front, as OWASP's page on CSV injection advises. Numbers stay.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator

from geo.export.about import Tally
from geo.export.records import Layer, Row, Value, columns

# Full-width signs count too: Excel reads them as the plain ones in East Asian settings. Apostrophes before a formula are in
# the pattern so that `unguarded` can take away exactly what `guarded` put there.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; a plain number is none."""
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Take away the apostrophe of `guarded`."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def lines(rows: Iterable[Row], *, layer: Layer, tally: Tally) -> Iterator[bytes]:
    """Write the header, then a row for each as it comes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns(layer))
    yield b"\xef\xbb\xbf" + _taken(buffer)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values])
        tally.written += 1
        tally.unlocated += row.where.kind is None
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _cell(value: Value) -> str:
    """Write one value: None and the empty list as nothing, names joined by " | ", pairs as JSON, the rest as JSON writes it."""
    if value is None or value == []:
        return ""
    if isinstance(value, str):
        return guarded(value.replace("\x00", "\ufffd"))
    if isinstance(value, list) and isinstance(value[0], str):
        return guarded(" | ".join(str(each) for each in value).replace("\x00", "\ufffd"))
    return json.dumps(value, allow_nan=False)
