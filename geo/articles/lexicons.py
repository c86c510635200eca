"""The word lists of `lexicon/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Read a tab-separated list of this project: a header line, rows, comments that begin with "#"."""
    text = files("geo.articles").joinpath("lexicon", name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield {key: (value or "").strip() for key, value in row.items()}
