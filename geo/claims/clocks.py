"""Times told with a zone: "23:40 GMT on Friday" is Saturday where the strike happened."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from geo.claims.lexicons import read_rows
from geo.claims.wording import read_wording
from geo.model import Span

_HALF_A_DAY_H, _DAY_H = 12, 24
# A time and the day that it is a time of stand within so many characters.
_REACH = 40


def _read_zone(told: str) -> tzinfo:
    if told[0] not in "+-":
        return ZoneInfo(told)
    hours, minutes = map(int, told[1:].split(":"))
    return timezone((-1 if told[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


@cache
def _zones_of_countries() -> dict[str, str]:
    return {row["country"]: row["zone"] for row in read_rows("time_zones.tsv") if row["country"]}


_ZONES_OF_WORDS = {word: row["zone"] for row in read_rows("time_zones.tsv") for word in row["words"].split("|") if word}
_ZONE_WORDS = "|".join(map(re.escape, sorted(_ZONES_OF_WORDS, key=len, reverse=True)))
_HOUR = r"(?<![\w:.,])(?P<hour>[0-2]?\d)(?:[:.]?(?P<minute>[0-5]\d))?(?: ?(?:hours|hrs))? ?(?P<half>[ap]\.?m\b\.?)?"

CLOCK_WORDING = read_wording(rf"{_HOUR},? ?\(?(?P<zone>{_ZONE_WORDS})\b", "0")
"""A time of the day with its zone."""

_LOCAL = re.compile(rf"{_HOUR} ?\(?local\b", re.IGNORECASE)


def zone_of(country: str) -> tzinfo | None:
    """Return the time zone of a country by its ISO 3166-1 alpha-2 code; None where it has several, or is in no theatre."""
    told = _zones_of_countries().get(country)
    return _read_zone(told) if told else None


def days_to_the_theatre(text: str, sentence: Span, day: date, where: Span, zone: tzinfo) -> int:
    """Tell by how many days a day, told beside a time with another zone, has to be moved to be the theatre's own: -1, 0 or 1.

    Parameters
    ----------
    where
        The words that tell the day.
    zone
        The theatre's.
    """
    if _LOCAL.search(text, sentence.start, sentence.end):
        # "At 1:30 local time on Saturday (2230 GMT)" tells the theatre's day already.
        return 0
    for told in CLOCK_WORDING.pattern.finditer(text, sentence.start, sentence.end):
        if max(told.start() - where.end, where.start - told.end()) <= _REACH:
            at = _read_time(told)
            if at is not None:
                there = datetime.combine(day, at, _read_zone(_ZONES_OF_WORDS[told["zone"].lower()])).astimezone(zone)
                return (there.date() - day).days
    return 0


def _read_time(told: re.Match[str]) -> time | None:
    hour, half = int(told["hour"]), (told["half"] or "").lower()
    if half:
        hour = hour % _HALF_A_DAY_H + (_HALF_A_DAY_H if half.startswith("p") else 0)
    return time(hour, int(told["minute"] or 0)) if hour < _DAY_H else None
