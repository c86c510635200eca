"""What an area is called: Natural Earth's names, cleaned, with the forms that reports use and with our own corrections."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import area_rules as rules

# Signs of a name that lost its letters on the way into Natural Earth ("Rang£n", "Tegr?").
BROKEN = frozenset("?£‚‹›¡¢¤¬°²µ¶~[]")
# Numbers of Chile's regions.
ROMAN = frozenset("IVX")
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Text:
    """One name and its language, None if not known."""

    text: str
    language: str | None = None


@dataclass(slots=True, kw_only=True)
class NameRules:
    """What gazetteer/data/area_names.tsv says, by place id.

    `primary` is the name to show, `also` are further names, `never` are names that a source gives wrongly. `like` names the unit
    whose names Natural Earth has put on another one. `untranslated` units have translations of some other place.
    """

    primary: dict[str, str] = field(default_factory=dict)
    also: dict[str, list[Text]] = field(default_factory=lambda: defaultdict(list))
    never: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    like: dict[str, str] = field(default_factory=dict)
    untranslated: set[str] = field(default_factory=set)


def read_rules(path: Path) -> NameRules:
    """Read the corrections: place_id, use, language, text; tabs between them, bars between several texts.

    Raises
    ------
    ValueError
        If a line's use is not one of name, also, never, like, untranslated.
    """
    found = NameRules()
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            place_id, use, language, text = row["place_id"], row["use"], row["language"] or None, row["text"]
            match use:
                case "name":
                    found.primary[place_id] = text
                case "also":
                    found.also[place_id] += [Text(part, language) for part in text.split("|")]
                case "never":
                    found.never[place_id] |= set(text.split("|"))
                case "like":
                    found.like[place_id] = text
                case "untranslated":
                    found.untranslated.add(place_id)
                case _:
                    raise ValueError(f"{path.name}: {place_id}: no such use: {use!r}")
    return found


def fold(text: str) -> str:
    """Small letters only: what is left of a name when case, marks, spaces and signs are gone."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(str.maketrans("əǝıđøł", "aaidol")))
    return "".join(letter for letter in plain if letter.isalpha())


def alike(one: str, other: str) -> bool:
    """Whether two spellings may be of one name."""
    first, second = fold(one), fold(other)
    if not first or not second:
        return False
    return first in second or second in first or SequenceMatcher(None, first, second).ratio() >= ALIKE


def distrusted(properties: Iterable[dict[str, Any]]) -> set[str]:
    """The units whose translations belong to a neighbour: the English name is shared within the country and unlike their own."""
    listed = list(properties)
    shared = Counter((item["adm0_a3"], item.get("name_en")) for item in listed)
    return {
        item["adm1_code"]
        for item in listed
        if item.get("name_en") and shared[item["adm0_a3"], item["name_en"]] > 1 and not alike(item["name"] or "", item["name_en"])
    }


def type_words(country_code: str | None, type_en: str | None) -> tuple[str, ...]:
    """What reports call a division of this kind, the usual word first: ("Oblast", "Region")."""
    by_type = rules.TYPE_WORDS_BY_COUNTRY.get(country_code or "", {})
    return by_type.get(type_en or "") or by_type.get("*") or rules.TYPE_WORDS.get(type_en or "", ())


def name_unit(
    properties: dict[str, Any],
    *,
    place_id: str,
    country_code: str | None,
    names: NameRules,
    trusted: bool,
    towns: frozenset[str] = frozenset(),
    countries: frozenset[str] = frozenset(),
) -> tuple[str, list[Text]]:
    """The usual English name of a unit, and its other names.

    A name of directions or of a kind only ("Northern", "Capital"), or of a country, never stands without its type word: in
    running text it would be found everywhere.

    Parameters
    ----------
    trusted
        Whether the translations are of this place.
    towns, countries
        Folded names. Natural Earth lists some divisions under their chief town; where that is unlike the division's
        name it is left to the town.
    """
    trusted = trusted and place_id not in names.untranslated
    words = type_words(country_code, properties.get("type_en"))
    plain = (properties.get("name_en") if trusted else None) or properties.get("name") or ""
    plain = re.sub(r"^(Republic|Province|Emirate) of ", "", plain)
    bare = re.sub(rf" ({'|'.join(rules.TYPE_ENDINGS)})$", "", plain)
    primary = plain
    if country_code in rules.TYPE_IN_NAME and words[:1] == ("Oblast",) and bare == plain:
        primary = f"{plain} Oblast"
    if fold(plain) in rules.TOO_PLAIN or (fold(plain) in countries and country_code != "US"):
        primary = f"{plain} {words[0] if words else 'Region'}"
    primary = names.primary.get(place_id, primary)
    found = [*names.also.get(place_id, ())]
    if place_id not in names.primary or trusted:
        found += [Text(text, "en") for text in (plain, bare)]
    if trusted:
        found += [Text(properties.get(f"name_{language}") or "", language) for language in rules.LANGUAGES]
        found += [Text(part) for key in ("name", "name_local") for part in (properties.get(key) or "").split("|")]
        others = (properties.get("name_alt") or "").split("|")
        found += [Text(other) for other in others if alike(other, plain) or fold(other) not in towns]
    stem = re.sub(rf" ({'|'.join(rules.TYPE_ENDINGS)})$", "", primary)
    if stem == primary or fold(stem) not in countries:
        found += [Text(f"{stem} {word}", "en") for word in words if "(" not in stem]
    if country_code != "US":
        found = [name for name in found if fold(name.text) not in countries]
    return primary, found


def clean(primary: str, found: Iterable[Text], *, never: set[str]) -> list[Text]:
    """The names of an area, each once, the primary name first, without the broken and the all too plain."""
    kept: dict[str, Text] = {primary: Text(primary, "en")}
    for name in found:
        text = " ".join(name.text.split())
        if not text or text in never or BROKEN & set(text) or fold(text) in rules.TOO_PLAIN or set(text) <= ROMAN:
            continue
        is_short = (text.isascii() and len(text) < 3) or (text.endswith(".") and len(text) <= rules.LONGEST_SHORTENED)
        if not is_short or text in rules.SHORT_NAMES:
            kept.setdefault(text, Text(text, name.language))
    return list(kept.values())
