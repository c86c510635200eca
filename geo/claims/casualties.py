"""How many were killed and wounded, as the words tell: a range, with None for an open end and for what is not told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import reduce

from geo.claims.casualty_words import (
    AND_ELSEWHERE,
    BODIES,
    BRINGING,
    CASES,
    CASUALTY_WORDINGS,
    COUNTED_NOUN,
    DIED_OF_NONE,
    GAP,
    GOVERNED,
    HURT_OF_NONE,
    IN_A_PLACE,
    IN_ONE_FIGURE,
    INCLUDING_THEM,
    KILLED,
    KILLING,
    LIVES_TAKEN,
    MODAL,
    NAMES_THE_DEAD,
    NOBODY,
    OF_ANYTHING,
    OF_THINGS,
    ONLY_BE,
    ONLY_NAME,
    THE_DEAD,
    TITLED,
    TO_OBJECT,
    TOLL,
    WHO_THEY_WERE,
    WOUNDED,
    WOUNDING,
)
from geo.claims.numbers import Count, is_vague, read_number
from geo.claims.victims import VictimKind, Victims, find_victims, list_from, tells_who, victim_at
from geo.claims.wording import Signs, Wording
from geo.model import Span

_NOWHERE = Span(0, 0)
_ONE_WAS = re.compile(r"\b(?:was|been) $")
_WORD_START = re.compile(r"(?<![\w-])(?<!whose )(?=\w)")
# The letters between a list and its verb.
_REACH = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class TollPart:
    """Those whom one verb counts: where the words stand in the report, and the toll that they tell by themselves."""

    span: Span
    casualties: Casualties


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """Killed and wounded, each None where the words tell nothing.

    Attributes
    ----------
    civilians, military
        Of the killed, those whom the words call so; None where they do not tell.
    note
        Who they were, in the text's own words; None where it only counts them.
    is_shared
        The toll is told for several places together.
    parts
        What each verb of the sentence counts, to be told apart by place.
    """

    killed: Count | None = None
    wounded: Count | None = None
    civilians: Count | None = field(default=None, compare=False)
    military: Count | None = field(default=None, compare=False)
    note: str | None = field(default=None, compare=False)
    is_shared: bool = field(default=False, compare=False)
    parts: tuple[TollPart, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return self.killed is not None or self.wounded is not None

    def merge(self, other: Casualties) -> Casualties:
        """Add what is told later of the same strike: what is still untold, a figure for a vague word, its own for a shared toll."""
        is_own = self.is_shared and not other.is_shared
        newer_killed = _is_better(self.killed, other.killed, is_own=is_own)
        newer_wounded = _is_better(self.wounded, other.wounded, is_own=is_own)
        dead, hurt = (other if newer_killed else self), (other if newer_wounded else self)
        return Casualties(
            killed=dead.killed,
            wounded=hurt.wounded,
            civilians=dead.civilians,
            military=dead.military,
            note=(other.note or self.note) if newer_killed else (self.note or other.note),
            is_shared=(dead.is_shared and dead.killed is not None) or (hurt.is_shared and hurt.wounded is not None),
        )


def _is_better(known: Count | None, new: Count | None, *, is_own: bool) -> bool:
    return new is not None and (known is None or is_own or (known.is_vague and not new.is_vague))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A list of persons that one verb makes dead or hurt."""

    items: tuple[Victims, ...]
    span: Span = _NOWHERE
    is_elsewhere: bool = False

    @property
    def count(self) -> Count | None:
        counts = [item.count for item in self.items if item.count is not None]
        if not counts:
            return None
        total = reduce(Count.__add__, counts)
        return total if len(counts) == len(self.items) else Count(total.low, None)


_UNTOLD = Casualties()
_ZERO = Count(0, 0)


def read_casualties(text: str, signs: Signs | None = None, *, at: int = 0) -> Casualties:
    """Read the tolls of one strike from the words of one sentence or clause.

    `signs` are the sentence's, if they have been told; `at` is where the words begin in the report.

    "killed and wounded" told in one figure gives nothing: it does not tell how many of each.
    """
    if signs is not None and signs.isdisjoint(CASUALTY_WORDINGS):
        return _UNTOLD
    nobody = NOBODY.search(text, signs)
    if nobody is None and IN_ONE_FIGURE.search(text, signs):
        return _UNTOLD
    killing, wounding = _find_verbs(text, (KILLED, KILLING), signs), _find_verbs(text, (WOUNDED, WOUNDING), signs)
    # Most sentences that hold such a word tell of nobody; looking for the counts in them costs the most.
    lists = _lists(text) if killing or wounding or COUNTED_NOUN.search(text) else []
    none = nobody[0] if nobody else ""
    skipped = nobody.span() if nobody else (0, 0)
    dead = _told(text, lists, killing, skipped) + _told_by_noun(text, lists)
    hurt = _told(text, lists, wounding, skipped) + [t for t in lists if t.items[0].noun == "injuries"]
    taken = {t.items[0].start for t in (*dead, *hurt)}
    dead, hurt = _with_elsewhere(text, lists, dead, taken), _with_elsewhere(text, lists, hurt, taken)
    killed, wounded = _sum(dead), _sum(hurt)
    if wounded is None and (cases := CASES.search(text, signs)) is not None:
        wounded = _count_of(cases)
    toll = TOLL.search(text, signs)
    if toll is not None:
        counted = _toll(toll)
        if re.search(r"wounded|injured", toll["of"], re.IGNORECASE):
            wounded = wounded or counted
        else:
            killed = counted if killed is None or BRINGING.search(text[max(0, toll.start() - 25) : toll.start()]) else killed
    if killed is None and none and DIED_OF_NONE.search(none):
        killed = _ZERO.told_at(Span(*skipped))
    if wounded is None and none and HURT_OF_NONE.search(none):
        wounded = _ZERO.told_at(Span(*skipped))
    if killed is None and wounded is None:
        return _UNTOLD
    return Casualties(
        killed=_moved(killed, at),
        wounded=_moved(wounded, at),
        civilians=_sum_of_kind(text, lists, dead, VictimKind.CIVILIAN),
        military=_sum_of_kind(text, lists, dead, VictimKind.MILITARY),
        note=_note(text, [*dead, *hurt]),
        parts=(*(_part(t, at, is_killed=True) for t in dead), *(_part(t, at, is_killed=False) for t in hurt)),
    )


def _moved(count: Count | None, at: int) -> Count | None:
    """Count where the words stand from the report's start."""
    if count is None or count.span is None:
        return count
    return count.told_at(Span(count.span.start + at, count.span.end + at))


def _part(told: _Told, at: int, *, is_killed: bool) -> TollPart:
    span = Span(told.span.start + at, told.span.end + at)
    count = told.count.told_at(span) if told.count is not None else None
    casualties = Casualties(killed=count) if is_killed else Casualties(wounded=count)
    return TollPart(span=span, casualties=casualties)


def _with_elsewhere(text: str, lists: list[_Told], told: list[_Told], taken: set[int]) -> list[_Told]:
    """Add those whom a verb counts in another place: "a woman was killed in A and two men in B", "killing four in A, three in B"."""
    found = list(told)
    taken = set(taken)
    for one in found:
        for other in lists:
            start, end = other.items[0].start, other.items[-1].end
            if start in taken or not IN_A_PLACE.match(text, end):
                continue
            after = one.span.end <= start and AND_ELSEWHERE.fullmatch(text[one.span.end : start])
            before = end <= one.span.start and AND_ELSEWHERE.fullmatch(text[end : one.span.start])
            if after or before:
                taken.add(start)
                found.append(_Told(items=other.items, span=Span(start, end), is_elsewhere=True))
    return sorted(found, key=lambda t: t.items[0].start)


def _sum_of_kind(text: str, lists: list[_Told], dead: list[_Told], kind: VictimKind) -> Count | None:
    """Add up those of the dead whom the words call so, also as part of others; None where nobody is."""
    if not dead:
        return None
    counted = [item for told in dead for item in told.items]
    if not any(item.kind is kind for item in counted):
        within = [t for t in lists if t.items[0].is_part and INCLUDING_THEM.fullmatch(text[dead[0].items[-1].end : t.items[0].start])]
        counted = [item for told in within for item in told.items]
    counts = [item.count for item in counted if item.kind is kind and item.count is not None]
    return reduce(Count.__add__, counts) if counts else None


def _note(text: str, told: list[_Told]) -> str | None:
    """Keep the words that tell who they were: "killing 13 civilians and one soldier", "six of them children"."""
    spans = [t.span for t in told if any(item.kind is not VictimKind.OTHER for item in t.items)]
    if told:
        spans += [Span(*m.span()) for m in WHO_THEY_WERE.finditer(text, min(t.span.start for t in told)) if tells_who(m[0])]
    kept: list[Span] = []
    for span in sorted(set(spans)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return "; ".join(text[span.start : span.end].strip(" ,") for span in kept) or None


def _lists(text: str) -> list[_Told]:
    """Gather what is counted into lists, in order; an item belongs to the list that reached it first."""
    lists: list[_Told] = []
    end = 0
    for item in find_victims(text):
        if item.start >= end:
            lists.append(_Told(items=tuple(list_from(text, item))))
            end = lists[-1].items[-1].end
    return lists


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb for killing or wounding: where it begins, and where it ends as a passive and as an active, 0 where it is none."""

    start: int
    passive_end: int
    active_end: int


def _find_verbs(text: str, wordings: tuple[Wording, Wording], signs: Signs | None) -> list[_Verb]:
    """Find the verbs of one kind, told by their passive and their active wording, in the order of the text."""
    passive, active = ({m.start(): m.end() for m in wording.find_all(text, signs)} for wording in wordings)
    return [_Verb(start, passive.get(start, 0), active.get(start, 0)) for start in sorted({*passive, *active})]


def _told(text: str, lists: list[_Told], verbs: list[_Verb], skipped: tuple[int, int]) -> list[_Told]:
    """Return whom the verbs of one kind count, in the order of the text."""
    told = []
    for verb in verbs:
        start = verb.start
        if skipped[0] <= start < skipped[1] or MODAL.search(text[max(0, start - 30) : start]):
            continue
        subject, is_plain = _subject(text, lists, start) if verb.passive_end else (None, False)
        found = _object(text, verb.active_end) if verb.active_end else None
        # "Four militants killed two soldiers", but "15 killed".
        is_doer = subject is not None and is_plain and bool(subject.items[-1].noun)
        chosen = found if found is not None and (subject is None or is_doer) else subject
        if chosen is not None and OF_ANYTHING.match(text, start) and not all(item.is_named_person for item in chosen.items):
            continue
        if chosen is not None and chosen.count is not None:
            end = max(verb.passive_end, verb.active_end, chosen.items[-1].end)
            told.append(_Told(items=chosen.items, span=Span(min(start, chosen.items[0].start), end)))
    return sorted(told, key=lambda t: t.items[0].start)


def _subject(text: str, lists: list[_Told], verb: int) -> tuple[_Told | None, bool]:
    """Return whom a passive verb counts, and whether no "were" stands between."""
    part = None
    for told in reversed([t for t in lists if t.items[-1].end <= verb]):
        last = told.items[-1]
        gap = text[last.end : verb]
        if len(gap) > _REACH:
            break
        if not (GAP if last.noun else ONLY_BE).fullmatch(gap) or gap.endswith((" the ", " The ")):
            continue
        if told.items[0].is_part:
            part = part or told
            continue
        after_verb = re.search(
            r"\b(?:kill|wound|injur|hurt)\w*\s$", text[max(0, told.items[0].start - 15) : told.items[0].start], re.IGNORECASE
        )
        return (_Told(items=told.items[-1:]) if after_verb and len(told.items) > 1 else told), not re.search(r"\b(?:w[ae]|be|ha)", gap)
    single = _single(text, verb) if part is None else None
    return part or single, single is not None and not _ONE_WAS.search(text[max(0, verb - 6) : verb])


def _single(text: str, verb: int) -> _Told | None:
    """Read one person who is not counted: "the driver was killed", "Sheikh X was killed"."""
    start = max(0, verb - _REACH // 2)
    before = text[start:verb]
    if (titled := TITLED.search(before)) is not None:
        return _Told(items=(Victims(start=start + titled.start(), end=start + titled.end(), count=Count(1, 1), noun="named"),))
    for match in _WORD_START.finditer(before):
        person = victim_at(text, start + match.start())
        if person is None or person.end > verb or person.count != Count(1, 1) or person.noun in {"", "him"}:
            continue
        persons = tuple(list_from(text, person))
        if ONLY_NAME.fullmatch(text[persons[-1].end : verb]):
            return _Told(items=persons)
    return None


def _object(text: str, start: int) -> _Told | None:
    """Return whom an active verb counts."""
    gap = TO_OBJECT.match(text, start)
    first = victim_at(text, gap.end()) if gap else None
    if first is None or (not first.noun and OF_THINGS.match(text, first.end)):
        return None
    items = list_from(text, first)
    while items and GOVERNED.match(text, items[-1].end):
        items.pop()
    return _Told(items=tuple(items)) if items else None


def _told_by_noun(text: str, lists: list[_Told]) -> list[_Told]:
    """Return those whose noun says that they died: "three martyrs", "claimed five lives", "nine bodies were pulled out"."""
    told = []
    for one in lists:
        noun = one.items[0].noun
        before = text[: one.items[0].start]
        if noun in THE_DEAD or (noun == "lives" and LIVES_TAKEN.search(before)) or (noun in {"bodies", "corpses"} and BODIES.search(text)):
            told.append(replace(one, span=Span(one.items[0].start, one.items[-1].end)))
    return told


def _sum(told: list[_Told]) -> Count | None:
    """Return the toll that is told first, and with it what the sentence adds ("another two died in hospital")."""
    if not told:
        return None
    first, *others = sorted(told, key=lambda t: t.items[0].start)
    added = [t for t in others if t.is_elsewhere or (t.items[0].is_more and t.items[0].start >= first.items[-1].end)]
    if first.is_elsewhere:
        added += [t for t in others if not t.is_elsewhere][:1]
    more = [t.count for t in added if t.count is not None and not _is_within(first, t, told)]
    return reduce(Count.__add__, more, first.count).told_at(first.span) if first.count is not None else None


def _is_within(first: _Told, one: _Told, told: list[_Told]) -> bool:
    """Tell "30 were killed in all: 18 of them died in A, eight in B": what goes on after a part is part of the whole as well."""
    return one.is_elsewhere and any(t.items[0].is_part and first.items[0].start < t.items[0].start < one.items[0].start for t in told)


def _toll(match: re.Match[str]) -> Count | None:
    if match["who"] and not NAMES_THE_DEAD.search(match["of"]) and not re.search(r"wounded|injured", match["of"], re.IGNORECASE):
        return None
    low, to = _count_of(match), read_number((match["to"] or "").lower())
    return Count(low.low, to, span=low.span) if low is not None and low.low is not None and to is not None and to > low.low else low


def _count_of(match: re.Match[str]) -> Count | None:
    number = read_number(match["n"].lower())
    if number is None or 1900 <= number <= 2100:
        return None
    is_open = is_vague(match["n"].lower()) or re.search(r"at least|more than|over", match["lead"], re.IGNORECASE)
    return Count(number, None if is_open else number, span=Span(*match.span()))
