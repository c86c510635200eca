"""The word lists of `lexicon/`, read once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geo.claims.wording import Signs, Wording, read_wording
from geo.claims.words import Phrases
from geo.model import ClaimantKind, TargetKind, Weapon


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Read a tab-separated list of this project: a header line, rows, comments that begin with "#"."""
    text = files("geo.claims").joinpath("lexicon", name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield {key: (value or "").strip() for key, value in row.items()}


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """What a word of triggers.tsv tells."""

    form: str
    weapon: Weapon
    strength: int


@cache
def triggers() -> Phrases[tuple[TriggerEntry, ...]]:
    """Words that tell of a strike; one word can have several readings ("shells" fly, and a gun shells)."""
    readings: dict[str, list[TriggerEntry]] = {}
    for row in read_rows("triggers.tsv"):
        for word in _split(row["words"]):
            readings.setdefault(word.lower(), []).append(TriggerEntry(row["form"], Weapon(row["weapon"]), int(row["strength"])))
    return Phrases((word, tuple(entries)) for word, entries in readings.items())


@cache
def look_alikes() -> Signs:
    """Wordings that look like a strike and are none."""
    return frozenset(read_wording(row["words"], row["stems"]) for row in read_rows("not_strikes.tsv"))


@cache
def modalities() -> dict[str, Wording]:
    """The wordings of each mode of modality.tsv, as one: threat, hypothetical, call, failed, habit, intercepted, and those that deny."""
    return _by_name(list(read_rows("modality.tsv")), "mode")


@cache
def targets() -> Phrases[TargetKind]:
    """Nouns for what is hit."""
    return Phrases((word, TargetKind(row["kind"])) for row in read_rows("targets.tsv") for word in _split(row["words"]))


@cache
def heads() -> dict[str, str]:
    """What the noun after a party's name makes of it: force, place or victim."""
    return {word.lower(): row["class"] for row in reversed(list(read_rows("heads.tsv"))) for word in _split(row["words"])}


@cache
def speech() -> Phrases[str]:
    """Verbs of saying, with what they do: say, accuse, deny or own."""
    return Phrases((word, row["act"]) for row in read_rows("speech.tsv") for word in _split(row["words"]))


@cache
def speakers() -> Phrases[ClaimantKind]:
    """Nouns that make a claimant."""
    return Phrases((word.lower(), ClaimantKind(row["kind"])) for row in read_rows("speakers.tsv") for word in _split(row["words"]))


@cache
def speaker_words() -> frozenset[str]:
    """All single lower-case words of the speakers' list, to tell where a speaker's description begins."""
    return frozenset(w for row in read_rows("speakers.tsv") for word in _split(row["words"]) for w in word.split() if w.islower())


@cache
def grammar(name: str) -> frozenset[str]:
    """One closed word class of grammar.tsv."""
    return next(frozenset(row["words"].split()) for row in read_rows("grammar.tsv") if row["name"] == name)


@cache
def wordings() -> dict[str, Wording]:
    """The wordings of each name of wordings.tsv, as one. A row without stems is tried on every sentence, and with it its whole name."""
    return _by_name(list(read_rows("wordings.tsv")), "name")


def _by_name(rows: list[dict[str, str]], column: str) -> dict[str, Wording]:
    made = {}
    for name in dict.fromkeys(row[column] for row in rows):
        words, stems = zip(*((row["words"], row["stems"]) for row in rows if row[column] == name), strict=True)
        made[name] = read_wording("|".join(words), "|".join(stems) if all(stems) else "")
    return made


def wording(name: str) -> Wording:
    """The wordings of one name of wordings.tsv."""
    return wordings()[name]


@cache
def nationalities() -> frozenset[str]:
    """The adjectives of all parties that are one word, in lower case."""
    return frozenset(a.lower() for row in read_rows("parties.tsv") for a in _split(row["adjectives"]) if " " not in a)
