"""Claims out, as files: one writer a format, whole files only, each saying what it holds and what it leaves out."""

from geo.export import explained
from geo.export.about import About, LeftOut, Tally
from geo.export.records import COLUMNS, INTERCEPTION_COLUMNS, MENTION_COLUMNS, TOLL_COLUMNS, Layer, Told, record
from geo.export.writing import Format, dumps, find_format, write

__all__ = [
    "COLUMNS",
    "INTERCEPTION_COLUMNS",
    "MENTION_COLUMNS",
    "TOLL_COLUMNS",
    "About",
    "Format",
    "Layer",
    "LeftOut",
    "Tally",
    "Told",
    "dumps",
    "explained",
    "find_format",
    "record",
    "write",
]
