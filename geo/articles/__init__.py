"""Reports as they come: text, HTML, JSONL and CSV, from files, folders, globs, standard input and uploads, become articles."""

from geo.articles.dateline import read_dateline
from geo.articles.inputs import OnError
from geo.articles.reading import read, read_bytes

__all__ = ["OnError", "read", "read_bytes", "read_dateline"]
