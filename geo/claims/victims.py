"""Persons counted in a sentence: "two policemen, a driver and a boy" is one list of four, and "including two women" is part of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from geo.claims.lexicons import read_rows
from geo.claims.numbers import NUMBER, NUMBER_OPENERS, Count, is_vague, read_number


class VictimKind(StrEnum):
    """What the words call somebody; OTHER where they do not tell civilians from soldiers, nor children, women, medics and journalists."""

    CIVILIAN = "civilian"
    MILITARY = "military"
    CHILD = "child"
    WOMAN = "woman"
    MEDIC = "medic"
    JOURNALIST = "journalist"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Victims:
    """One item of a list: where it stands in the sentence, how many (None where the words leave it open) and what they are called.

    `noun` is empty for a bare number. `is_part` marks those already counted: "including two children".
    """

    start: int
    end: int
    count: Count | None
    noun: str
    kind: VictimKind = VictimKind.OTHER
    is_more: bool = False
    is_part: bool = False

    @property
    def is_named_person(self) -> bool:
        """Whether the noun is one of persons: "12 Houthis" may be, "12" may be anything."""
        return self.noun in _kinds()


def _any_of(words: Iterable[str]) -> str:
    """Write words as one pattern, the longest first, parted by their first letter: most of what stands in a text is passed over at once."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    # A set of both cases is compared more quickly than a letter whose case is ignored.
    return "(?:" + "|".join(f"(?-i:[{letter}{letter.upper()}])(?:{'|'.join(rest)})" for letter, rest in by_letter.items()) + ")"


_OPEN = (
    r"at least|more than|over|no fewer than|no less than|not less than|not fewer than|upward of|upwards of|in excess of|minimum of|north of"
)
_UP_TO = r"up to|as many as|no more than|not more than|at most|a maximum of"
_ABOUT = (
    r"nearly|almost|about|around|some|roughly|approximately|an estimated|another|an additional|an extra|a further|a total of|only|just|"
    r"all|the|his|her|their|its|these|those|from|as|other|close to|the other|the remaining"
)
_LEADS_OPEN, _LEADS_UP_TO = re.compile(_OPEN, re.IGNORECASE), re.compile(_UP_TO, re.IGNORECASE)
# The words before a count, the articles that make one, and the numbers themselves: without one of them nothing is counted.
_OPENERS = {words.split()[0] for words in f"{_OPEN}|{_UP_TO}|{_ABOUT}".split("|")} | {"between", "a", "an", "another"} | NUMBER_OPENERS
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov "
    "dec monday tuesday wednesday thursday friday saturday sunday"
).split()
_AFTER_MONTH = re.compile(rf"\b{_any_of(_MONTHS)}\.?\s$", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:girl|boy|child|baby|man|woman|youth|son|daughter|toddler) of \w+|\baged? (?:\d+(?:,| and) ){0,3}\d|(?<=[a-z]), \d{1,3},",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:the|his|her|their|its|several|many|other)\b", re.IGNORECASE)
# The letters before a count that tell whether it is a day of a month, or part of another.
_BEFORE = 45
# As long as a month's name, with the blanks and marks around it.
_MONTH_REACH = 13
# What ends the words before a noun, and what is counted but no person.
_THINGS = (
    "strike airstrike attack raid rocket missile shell drone bomb mortar tank house home building vehicle car truck day hour week month "
    "year mile blast explosion goat horse camel animal donkey dog kilometer kilometre"
).split()
_STOP = _any_of(
    (
        "killed dead died wounded injured hurt maimed missing been was were is are be being have had has who whom whose which that where "
        "when while after before as than in on at of by from with for to into near during since under over against among including and or "
        "but leaving left killing wounding injuring hit hitting struck striking targeted targeting destroyed destroying damaged said told "
        "a an the rounds buses minutes km meters metres percent times cases aircraft warplanes jets helicopters sorties towns villages "
        "cities districts schools hospitals sheep cow cows cattle livestock"
    ).split()
    + [form for thing in _THINGS for form in (thing, f"{thing}s")]
    + _MONTHS
)
_MORE = re.compile(r"(?<!or )\bmore\b(?! than)|another|additional|further|extra", re.IGNORECASE)
_DEMONYM = re.compile(r"(?:an|ese|ish|i)$")
# What ends the words before those who are counted already.
_PARTS_BEFORE = (
    "(", ":", "including", "include", "includes", "included", "mostly", "mainly", "notably", "namely", "such as", "consisting of",
    "comprising", "among them", "among whom", "among those killed", "among the dead", "among the killed", "among the victims",
    *(f"{some} of {them}" for some in ("most", "some", "many", "all", "half") for them in ("them", "whom")),
)  # fmt: skip
_BE = (" were", " was", " are", " is")
_PART_AFTER = re.compile(
    r"\s(?:of (?:them|whom|which|those|the (?:dead|victims|wounded|injured|casualties|total|killed))|among them)\b", re.IGNORECASE
)
_JOIN = re.compile(
    r"(?:\s?,)?\s(?:and|plus|as well as|along with|together with|alongside|with(?= (?:his|her|their|four|three|two|five|six|\d+)\b))\s|"
    r"\s?,\s(?!(?:and|or)\b)|\s(?=(?:woman|man|child|boy|girl|infant)\b)",
    re.IGNORECASE,
)
# "a commander, Abu Ali, and two guards": what may stand between an item and the next.
_NAMED = re.compile(r"(?:(?:\s?,)?(?:\s[A-Z][\w'’-]+){1,5})?(?:\s?,\s\d{1,3}\b)?(?=(?:\s?,)?\s(?:and|as well as|along with)\b)")
_NOT_BEFORE = frozenset("man woman men women child children boy girl boys girls infant mother father people".split())
# Those whom a list after a comma tells one by one: "killed three people, a woman and her sons".
_ANYBODY = frozenset({"", "people", "persons", "members", "family members", "victims", "others"})


@cache
def _kinds() -> dict[str, VictimKind]:
    return {word: VictimKind(row["kind"]) for row in read_rows("persons.tsv") for side in ("one", "many") for word in row[side].split("|")}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of an item that is counted ("at least two young men"), and of one that is not ("his wife")."""
    nouns = {side: [w for row in read_rows("persons.tsv") for w in row[side].split("|")] for side in ("one", "many")}
    one, many = _any_of(nouns["one"]), _any_of(nouns["many"])
    # Nouns that stand before another: "police officers", "rebel commanders".
    heads = _any_of([w for w in (*nouns["one"], *nouns["many"], "army", "hospital", "family", "security") if w not in _NOT_BEFORE])
    first = rf"(?:{heads}\s)"
    mods = rf"(?:(?!(?:{_STOP}|no|nor)\b)[\w'’.-]+\s){{0,6}}?"
    last = rf"(?P<many>{many})|(?P<one>{one})"
    counted = (
        rf"\b(?<![,.$€£-])(?=\d|{_any_of(_OPENERS)}\b)(?P<lead>(?:(?:{_OPEN}|{_UP_TO}|{_ABOUT})\s)*)(?P<between>between\s)?(?:(?P<n>{NUMBER})"
        rf"(?P<more>\+|\sor\smore)?(?:(?(between)\sand\s|\s?(?:to|or|-|–|—)\s?)(?P<to>{NUMBER}))?|(?P<article>an?|another))(?!\w)(?![-\s](?:year|month)s?[-\s]old)"
        rf"(?:(?P<of>\sof)?\s{mods}(?:(?P<family>family|group|team|crew|party)\sof\s(?P<size>{NUMBER})|(?P<couple>couple|twins)|"
        rf"{first}{{0,2}}(?:{last}))\b|(?P<named>(?-i:(?:\s(?!(?:January|February|March|April|May|June|July|August|September|October|"
        rf"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|KIA|WIA|(?i:{_STOP}))\b)[A-Z][\w'’-]+){{1,3}})))?"
    )
    bare = (
        rf"(?P<lead>(?:(?:the|his|her|their|its|senior|local)\s)?){mods}(?:(?P<couple>couple|twins)|{first}{{0,2}}(?:(?P<one>{one})|"
        rf"(?P<many>{many})))\b|(?P<him>him|her)(?=\s?[,.;]|$|\s(?:and|along|as|in|on|at)\b)"
    )
    return re.compile(counted, re.IGNORECASE), re.compile(bare, re.IGNORECASE)


def find_victims(text: str) -> list[Victims]:
    """Find everything that is counted like persons, in order: with a noun for persons, or a bare number, which may be of anything."""
    counted, _ = _patterns()
    return [made for match in counted.finditer(text) if (made := _counted(text, match)) is not None]


def tells_who(words: str) -> bool:
    """Tell whether words name civilians, soldiers, children, women, medics or journalists."""
    return any(kind is not VictimKind.OTHER for word in re.findall(r"[\w-]+", words.lower()) if (kind := _kinds().get(word)) is not None)


def victim_at(text: str, start: int) -> Victims | None:
    """Read what stands at a place, counted or not: after "killed", "the mayor" is one."""
    counted, bare = _patterns()
    match = counted.match(text, start)
    made = _counted(text, match) if match else None
    if made is None and (found := bare.match(text, start)) is not None:
        made = _uncounted(found)
    return made


def list_from(text: str, first: Victims) -> list[Victims]:
    """Follow a list from its first item: "two policemen, a driver and a boy", without those who are part of the others."""
    items, told = [first], 1
    while len(items) < 12:
        named = _NAMED.match(text, items[-1].end)
        at = named.end() if named else items[-1].end
        join = _JOIN.match(text, at)
        following = victim_at(text, join.end()) if join else None
        if join is None or following is None or following.is_part or not following.noun or (not join[0].strip() and named):
            break
        joined = join[0]
        if following.count is None and (_DETERMINED.match(text, following.start) is None or "," in joined):
            # "Seven drivers and mechanics" are seven; "two men and their sons" are more.
            break
        if items == [first] and first.noun in _ANYBODY and joined.strip() == ",":
            break
        items.append(following)
        told = len(items) if joined.strip() != "," else told
    # A last item after a mere comma is whom the sentence goes on to: "killed two soldiers, a local official said".
    return items[:told]


def _counted(text: str, match: re.Match[str]) -> Victims | None:
    noun = (match["many"] or match["one"] or match["couple"] or match["named"] or match["family"] or "").strip().lower()
    if match["article"]:
        if (match["many"] and match["article"].lower() != "another") or not (noun or match["article"].lower() == "another"):
            return None
        if match["named"] and not _DEMONYM.search(match["named"]):
            return None
        number: int | None = 1
    else:
        number = read_number(match["n"].lower())
    if number is None:
        return None
    if match["couple"]:
        number *= 2
    if match["family"]:
        size = read_number(match["size"].lower())
        number = size * number if size is not None else None
    count = _range(match, number)
    is_year = not noun and count is not None and 1900 <= (count.low or 0) <= 2100 and "," not in (match["n"] or "")
    if not noun and not match["article"] and _AGE.search(text, max(0, match.start() - 25), match.end() + 2):
        return None
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if is_year or _AFTER_MONTH.search(before[-_MONTH_REACH:]):
        return None
    return Victims(
        start=match.start(), end=match.end(), count=count, noun=noun, kind=_kinds().get(noun, VictimKind.OTHER),
        is_more=noun == "others" or _MORE.search(text, match.start(), match.end() + 5) is not None,
        is_part=_ends_in_whole(before) or _PART_AFTER.match(text, match.end()) is not None,
    )  # fmt: skip


def _ends_in_whole(before: str) -> bool:
    """Tell words before a count that make those counted a part of others: "among them were at least"."""
    end = before.lower().rstrip().removesuffix("at least").rstrip()
    for be in _BE:
        end = end.removesuffix(be)
    return end.endswith(_PARTS_BEFORE)


def _range(match: re.Match[str], number: int | None) -> Count | None:
    if number is None:
        return None
    word, lead = (match["n"] or "").lower(), match["lead"]
    to = read_number(match["to"].lower()) if match["to"] else None
    if to is not None and to > number:
        return Count(number, to)
    if lead and _LEADS_UP_TO.search(lead):
        return Count(None, number)
    is_open = is_vague(word) or bool(match["more"]) or (bool(lead) and _LEADS_OPEN.search(lead) is not None)
    return Count(number, None if is_open else number, is_vague(word))


def _uncounted(match: re.Match[str]) -> Victims | None:
    if match["him"]:
        return Victims(start=match.start(), end=match.end(), count=Count(1, 1, True), noun="him")
    noun = (match["one"] or match["couple"] or match["many"]).lower()
    count = None if match["many"] else Count(2, 2) if match["couple"] else Count(1, 1, True)
    return Victims(start=match.start(), end=match.end(), count=count, noun=noun, kind=_kinds().get(noun, VictimKind.OTHER))
