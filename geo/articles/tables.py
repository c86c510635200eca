"""Reports a row or an object each: JSONL, JSON and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain

from geo.articles.fields import FIELD_NAMES, Fields, from_record
from geo.articles.inputs import OnError
from geo.errors import InputError

DELIMITERS = (",", "\t", ";", "|")


def read_jsonl(lines: Iterable[str], *, name: str, on_error: OnError) -> Iterator[Fields]:
    """Read one JSON object a line; each line that is none is reported, and the others are read. Blank lines do not count."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            yield _from_value(_loads(line), name=name, where=where, on_error=on_error)
        except InputError as error:
            on_error(error)
        except (ValueError, RecursionError) as error:
            on_error(InputError(name, f"{where} is broken JSON ({_reason(error)})"))


def read_json(text: str, *, name: str, on_error: OnError) -> Iterator[Fields]:
    """Read a JSON array of objects, or a single object.

    Raises
    ------
    InputError
        If the whole is no JSON.
    """
    try:
        value = _loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(name, f"is broken JSON ({_reason(error)})") from None
    if value == []:
        raise InputError(name, "is an empty list")
    for number, each in enumerate(value if isinstance(value, list) else [value], start=1):
        try:
            yield _from_value(each, name=name, where=f"item {number}", on_error=on_error)
        except InputError as error:
            on_error(error)


def is_json_object(line: str) -> bool:
    """Tell whether a line is a whole JSON object."""
    try:
        return isinstance(_loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _loads(text: str) -> object:
    value: object = json.loads(text, strict=False)
    return value


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _from_value(value: object, *, name: str, where: str, on_error: OnError) -> Fields:
    if not isinstance(value, dict):
        raise InputError(name, f"{where}: is no JSON object")
    return from_record(value, name=name, where=where, on_error=on_error)


def find_delimiter(header: str) -> str | None:
    """Return the delimiter under which a first line names a `text` column, None if there is none."""
    fitting = {each: _columns(header, each) for each in DELIMITERS}
    known = {each: sum(column in FIELD_NAMES for column in columns) for each, columns in fitting.items() if "text" in columns}
    return max(known, key=lambda each: (known[each], len(fitting[each])), default=None)


def is_table(header: str) -> bool:
    """Tell whether a first line is a CSV header by itself: a `text` column and one more that we know."""
    delimiter = find_delimiter(header)
    return delimiter is not None and sum(column in FIELD_NAMES for column in _columns(header, delimiter)) > 1


def _columns(header: str, delimiter: str) -> list[str]:
    row = next(csv.reader([header], delimiter=delimiter), [])
    return [column.strip().casefold() for column in row]


def read_csv(lines: Iterable[str], *, name: str, max_field: int, on_error: OnError) -> Iterator[Fields]:
    """Read a table with a header, of any of the usual delimiters; a cell may be as long as `max_field` characters.

    A row that cannot be read is reported with its line, and the others are read.

    Raises
    ------
    InputError
        If the header names no `text` column.
    """
    # The limit belongs to the csv module as a whole; raising it takes nothing from anybody.
    csv.field_size_limit(max(csv.field_size_limit(), max_field))
    iterator = iter(lines)
    blanks, first = next(((number, line) for number, line in enumerate(iterator) if line.strip()), (0, ""))
    delimiter = find_delimiter(first)
    if delimiter is None:
        raise InputError(name, f'its first line names no column "text" ({first.strip()[:80]!r})')
    rows = csv.reader(chain([first], iterator), delimiter=delimiter, strict=True)
    header = next(rows)
    while True:
        where = f"line {blanks + rows.line_num + 1}"
        try:
            row = next(rows)
            if row:
                yield _from_row(header, row, name=name, where=where, on_error=on_error)
        except StopIteration:
            return
        except InputError as error:
            on_error(error)
        except csv.Error as error:
            on_error(InputError(name, f"{where}: cannot be read as CSV ({error})"))


def _from_row(header: list[str], row: list[str], *, name: str, where: str, on_error: OnError) -> Fields:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        raise InputError(name, f"{where}: has {len(row)} cells under {len(header)} columns; is a cell with the delimiter in it not quoted?")
    return from_record(dict(zip(header, row, strict=False)), name=name, where=where, on_error=on_error)
