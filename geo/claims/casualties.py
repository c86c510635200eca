"""How many were killed and wounded, as the words tell: a range, with None for an open upper end and for what is not told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from geo.claims.wording import Signs, Wording, read_wording
from geo.model import Span

_WORDS_TO_19 = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = {word: i for i, word in enumerate(_WORDS_TO_19.split())}
_TENS = {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ROUND = {"hundred": 100, "thousand": 1000}
# ACLED codes "dozens" as 12 and "several" as 3; we keep a lower bound that the word itself gives and leave the upper end open.
_VAGUE = {"dozens": 24, "scores": 40, "several": 3, "hundreds": 200, "thousands": 2000, "a dozen": 12, "tens": 20}

_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+\b(?![-\s]year[-\s]old)|(?:" + "|".join([*_TENS]) + r")(?:-| )(?:" + "|".join(list(_UNITS)[1:10]) + r")|"
    r"(?:"
    + "|".join([*_UNITS, *_TENS, *_ROUND])
    + r")\b(?: (?:hundred|thousand)\b)?|a dozen|a hundred|dozens|scores|several|hundreds|thousands|tens|an?\b|no\b)"
)
_LEAST = (
    r"at least|from|more than|over|no fewer than|no less than|upwards of|as many as|up to|nearly|almost|about|around|some|roughly|"
    r"approximately|an estimated|another|an additional|a total of|only|just|all|the"
)
# The letters that a count can begin with stand first, so that most words are passed over at once.
_COUNT = (
    rf"(?=[\dadefhjmnorstuz])(?P<least>(?:(?:{_LEAST}) )*)(?P<n>{_NUMBER})(?P<more>\+| or more)?(?:(?: to |-|–| and (?=\d+ (?:people|"
    rf"dead)))(?P<to>\d+|[a-z]+teen|ten|eleven|twelve|twenty|thirty))?"
)
_PERSON = (
    r"people|persons?|civilians?|soldiers?|troops|servicemen|servicem[ae]n|children|child|women|woman|men|man|fighters?|"
    r"militants?|rebels?|insurgents?|terrorists?|"
    r"residents?|villagers?|worshippers?|members?|personnel|officers?|policem[ae]n|police|medics?|doctors?|nurses?|"
    r"patients?|workers?|staff|students?|pupils?|girls?|boys?|"
    r"bab(?:y|ies)|toddlers?|infants?|minors?|elderly|passengers?|journalists?|refugees|evacuees|migrants?|others?|"
    r"victims?|bodies|guards?|prisoners?|families|guests|"
    r"volunteers?|farmers?|drivers?|mothers?|fathers?|brothers?|sisters?|couple|commanders?|leaders?|operatives?|recruits|"
    r"conscripts|cadets|shoppers|locals|employees|rescuers|"
    r"paramedics?|firefighters?|teachers?|cameram[ae]n|imam|sheikh|priest|mayor|teenagers?|youths?|pensioners?|jihadists?|"
    r"lives|casualties|fatalities|deaths|passers-by|bystanders?|shepherds?|villagers|grandchild(?:ren)?|dead|of them|more"
)
_GROUP = (
    r"(?P<group>(?:\s(?!killed|wounded|injured|leaving|dead\b|(?:been|was|were|have|had|has|who|whose|which|that|where|when|"
    r"after|as|in which)\b|and (?:wounded|injur|killed|leaving|at least|over|more than|about|around|\d))[\w'’\-]+){0,7}?)"
)
_BE = (
    r"(?:\s(?:have|has|had|were|was|are|is|been|being|also|reportedly|later|then|confirmed|feared|believed|to be|left|"
    r"reported|now|be|got|more|each))*"
)

# "Six people, including two children, were killed": the ones within are of the six.
_AMONG = r"(?:,\s(?:including|among them|among whom|most of them|mostly|all of them|all|some of them|many of them)\s[^,.;:]{1,60},)?"
_KILLED_WORD = r"killed|dead|died|martyred|slain|perished|lost their lives|lost his life|lost her life|dead on the spot"
_WOUNDED_WORD = r"wounded|injured|hurt|maimed|hospitali[sz]ed"
_KILLING = (
    r"kill(?:ed|ing|s)?|martyr(?:ed|ing)|claim(?:ed|ing) the li(?:ves|fe) of|death of|deaths of|leaving|left|took the lives "
    r"of|taking the lives of|murder(?:ed|ing)|claiming"
)
_WOUNDING = r"wound(?:ed|ing|s)|injur(?:ed|ing|es|y of)|injuries to|injury to|hurt(?:ing)?|the injury of|leaving injured|left injured"


@dataclass(frozen=True, slots=True)
class Count:
    """A range of persons: `high` is None where it is open. `span` are the words that tell it; two ranges are alike in whatever words."""

    low: int
    high: int | None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """Killed and wounded, each None where the words tell nothing."""

    killed: Count | None = None
    wounded: Count | None = None

    def __bool__(self) -> bool:
        return self.killed is not None or self.wounded is not None

    def moved(self, by: int) -> Casualties:
        """Count where the words stand from further ahead: from a report's start, not from the sentence's."""
        return Casualties(killed=_moved(self.killed, by), wounded=_moved(self.wounded, by)) if self else self


def _moved(count: Count | None, by: int) -> Count | None:
    if count is None or count.span is None:
        return count
    return replace(count, span=Span(count.span.start + by, count.span.end + by))


_NONE_OF = read_wording(
    r"\bno (?:one|(?:casualt|causalit)\w+|injur\w+|fatalit\w+|deaths|losses|victims|reports of casualties|[\w ]{0,30}(?:were|was) "
    r"(?:killed|hurt|injured|harmed|wounded))\b|without (?:causing )?(?:any )?(?:casualties|injuries|victims)|"
    r"without (?:hurting|injuring|harming) anyone|nobody (?:was|were) (?:hurt|killed|injured)",
    "no$|without|nobody",
)
_NOBODY_DIED = read_wording(
    r"\b(?:no one|nobody|no \w+) (?:was |were |had |has |have )?(?:been )?(?:killed|died|dead)\b|\bno (?:deaths|fatalities)\b",
    "no$|nobody",
)
_NOBODY_HURT = read_wording(
    r"\b(?:no one|nobody) (?:was |were )?(?:injured|hurt|wounded|harmed)\b|\bno injuries\b|"
    r"\bno (?:(?!but|and)\w+ ){1,3}(?:was |were )(?:injured|hurt|wounded|harmed)\b",
    "no$|nobody",
)
_IN_ONE_FIGURE = read_wording(
    r"\b(?:killed|dead|killing) (?:or|and/or) (?:wounded|injured|captured|wounding|injuring)\b|\bkilled, (?:captured|wounded)\b",
    "or$|captured|wounded",
)
_PASSIVE_K = read_wording(rf"\b{_COUNT}{_GROUP}{_AMONG}{_BE}\s(?:{_KILLED_WORD})\b", "killed|dead|died|martyred|slain|perished|lost")
_PASSIVE_W = read_wording(rf"\b{_COUNT}{_GROUP}{_AMONG}{_BE}\s(?:{_WOUNDED_WORD})\b", "wounded|injured|hurt|maimed|hospitali")
_ACTIVE_K = read_wording(
    rf"\b(?:{_KILLING})\s(?:(?:and|or) (?:wound|injur)\w+ )?{_COUNT}(?P<group>(?:\s[\w'’\-]+){{0,4}})",
    "kill|martyr|claim|death|leaving|left|took|taking|murder",
)
_ACTIVE_W = read_wording(rf"\b(?:{_WOUNDING})\s(?:and (?:kill)\w+ )?{_COUNT}(?P<group>(?:\s[\w'’\-]+){{0,4}})", "wound|injur|hurt")
_AFTER_W = read_wording(rf"\b(?:{_WOUNDED_WORD})\s{_COUNT}(?P<group>(?:\s[\w'’\-]+){{0,3}})", "wounded|injured|hurt|maimed|hospitali")
_TOLL_K = read_wording(
    rf"\b(?:death toll|toll|number of (?:dead|deaths|killed))\b[^.;]{{0,50}}?\b(?:to|at|of|is|was|reached|exceed(?:ed|s)?|"
    rf"stood at|as)\s{_COUNT}(?P<group>)",
    "toll|number",
)
_PASSIVES = frozenset({_PASSIVE_K, _PASSIVE_W})
_SICK = read_wording(
    rf"\b{_COUNT}(?P<group>(?:\s[\w'’\-]+){{0,5}}?)\s(?:suffered|suffering|were treated|were affected|cases of "
    rf"(?:asphyxiation|suffocation))",
    "suffer|treated|affected|cases",
)
_CASES = read_wording(
    rf"\b(?:cases of (?:asphyxiation|suffocation|poisoning)) (?:to|among|in) {_COUNT}(?P<group>(?:\s[\w'’\-]+){{0,2}})", "cases"
)
_KILLED, _WOUNDED = (_ACTIVE_K, _PASSIVE_K, _TOLL_K), (_ACTIVE_W, _PASSIVE_W, _AFTER_W, _CASES, _SICK)
CASUALTY_WORDINGS = (_NONE_OF, _NOBODY_DIED, _NOBODY_HURT, _IN_ONE_FIGURE, *_KILLED, *_WOUNDED)
_PERSONS = re.compile(rf"\b(?:{_PERSON})\b")
_LEAVING, _DEAD = re.compile(r"(?:leaving|left|claiming)\b"), re.compile(r"\b(?:dead|killed|lives)\b")
# "A family of five" and "the police" are not one person, and ten of these are no persons at all.
_NOT_ONE = re.compile(
    r"\b(?:people|number|group|lot|family|families|total|police|staff|personnel|troops|bus|car|train|truck|van|boat|convoy)\b"
)
_THINGS = re.compile(
    r"\b(?:years?|days?|hours?|km|kilomet\w+|miles|percent|weeks?|months?|times|rounds|vehicles|tanks|houses|"
    r"homes|buildings|drones|rockets|missiles)\b"
)
_AT_LEAST, _JOINTS = re.compile(r"at least|more than|over|no fewer|no less|upwards"), re.compile(r"[-\s]+")
_AND_MORE = re.compile(rf"\b(?:and|plus) ({_NUMBER}) (?:[\w\-]+ )?(?:{_PERSON})\b", re.IGNORECASE)
_AND_KIN = re.compile(rf"\band (?:his|her|their) (?:[\w\-]+ )?(?:{_PERSON}|child|wife|husband|son|daughter)\b", re.IGNORECASE)
_AND_KIN_COUNTED = re.compile(rf"\band (?:his|her|their) ({_NUMBER}) (?:[\w\-]+ )?(?:{_PERSON})\b", re.IGNORECASE)
_UNTOLD = Casualties()


def read_casualties(text: str, signs: Signs | None = None) -> Casualties:
    """Read the tolls of one strike from the words of one sentence or clause; `signs` are the sentence's, if they have been told.

    "killed and wounded" told in one figure gives nothing: it does not tell how many of each.
    """
    if signs is not None and signs.isdisjoint(CASUALTY_WORDINGS):
        return _UNTOLD
    none = next(filter(None, (wording.search(text, signs) for wording in (_NOBODY_DIED, _NOBODY_HURT, _NONE_OF))), None)
    if none is not None:
        none_at_all = bool(re.search(r"\bno (?:casualt|causalit|losses|victims|reports of casualties)|without", text, re.IGNORECASE))
        died, hurt = bool(_NOBODY_DIED.search(text, signs)), bool(_NOBODY_HURT.search(text, signs))
        zero = Count(0, 0, Span(*none.span()))
        if none_at_all:
            return Casualties(killed=zero, wounded=zero)
        return Casualties(
            killed=zero if died else _first(text, (_PASSIVE_K, _ACTIVE_K), signs),
            wounded=zero if hurt else _first(text, (_PASSIVE_W,), signs),
        )
    if _IN_ONE_FIGURE.search(text, signs):
        return _UNTOLD
    return Casualties(killed=_first(text, _KILLED, signs, leaving=True), wounded=_first(text, _WOUNDED, signs))


def _first(text: str, wordings: tuple[Wording, ...], signs: Signs | None, *, leaving: bool = False) -> Count | None:
    """Return the count of the wording that stands first in the text."""
    best: tuple[int, Count] | None = None
    for wording in wordings:
        if signs is not None and wording not in signs:
            continue
        for match in wording.pattern.finditer(text):
            count = _count(text, match, leaving=leaving, is_passive=wording in _PASSIVES)
            if count is not None:
                if best is None or match.start("n") < best[0]:
                    best = (match.start("n"), replace(count, span=_words_of(match)))
                break
    return best[1] if best else None


def _words_of(match: re.Match[str]) -> Span:
    """Return where the words of a count stand: up to the persons it counts, or, where the verb follows them, with that."""
    persons = [m.end() for m in _PERSONS.finditer(match["group"].lower())]
    if match.end() > match.end("group") or not match["group"]:
        return Span(*match.span())
    return Span(match.start(), match.start("group") + persons[-1] if persons else match.start("group"))


def _count(text: str, match: re.Match[str], *, leaving: bool, is_passive: bool) -> Count | None:
    word = match["n"].lower()
    group = match["group"].lower()
    verb = text[match.start() : match.start("n")].lower()
    person = _PERSONS.search(group)
    if is_passive and group.strip() and not person:
        return None
    if leaving and _LEAVING.match(verb) and not _DEAD.search(group):
        return None
    if match["to"] and (high := _number(match["to"].lower())) is not None and (low := _number(word)) is not None and low < high:
        return Count(low, high)
    if word in {"a", "an", "the", "no"}:
        if word == "no" or not person or _NOT_ONE.search(group):
            return None
        return _with_more(Count(1, 1), group)
    if _THINGS.search(group) and not person:
        return None
    number = _number(word)
    if number is None or (1900 <= number <= 2100 and "," not in word and not person):
        return None
    least = match["least"].lower()
    open_end = word in _VAGUE or bool(match["more"]) or _AT_LEAST.search(least)
    return _with_more(Count(number, None if open_end else number), group)


def _with_more(count: Count, group: str) -> Count:
    """Add "and one soldier" after "13 civilians"."""
    total = count.low
    if "and" not in group and "plus" not in group:
        return count
    for match in _AND_MORE.finditer(group):
        more = 1 if match[1].lower() in {"a", "an"} else _number(match[1].lower())
        total += more or 0
    if total == 1 and _AND_KIN.search(group):
        total += 1
    for match in _AND_KIN_COUNTED.finditer(group):
        total += _number(match[1].lower()) or 0
    return Count(total, None if count.high is None else total)


def _number(word: str) -> int | None:
    if word in _VAGUE:
        return _VAGUE[word]
    digits = word.replace(",", "")
    if digits.isdigit():
        return int(digits)
    total = 0
    for part in _JOINTS.split(word):
        if part in _UNITS:
            total += _UNITS[part]
        elif part in _TENS:
            total += _TENS[part]
        elif part in _ROUND:
            total = max(total, 1) * _ROUND[part]
        elif part != "a":
            return None
    return total


def is_count(word: str) -> bool:
    """Tell whether a single word in lower case is a number: "12", "five"."""
    return word.replace(",", "").isdigit() or word in _UNITS or word in _TENS
