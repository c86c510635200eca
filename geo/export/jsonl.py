"""JSON Lines: one record a line, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from geo.export.about import Tally
from geo.export.records import Layer, Row, columns, reason_record

# JSON allows these inside strings, but many programs take them for the end of a line.
_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


def lines(rows: Iterable[Row], *, layer: Layer, tally: Tally, explain: bool = False) -> Iterator[bytes]:
    """Write a line for each row, as it comes; with `explain` each has its `reasons` at the end."""
    names = columns(layer)
    for row in rows:
        told: dict[str, object] = dict(zip(names, row.values, strict=True))
        if explain:
            told["reasons"] = [reason_record(reason) for reason in row.reasons]
        text = json.dumps(told, ensure_ascii=False, allow_nan=False)
        tally.written += 1
        tally.unlocated += row.where.kind is None
        yield text.translate(_LINE_ENDS).encode() + b"\n"
