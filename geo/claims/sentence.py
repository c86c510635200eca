"""One sentence read by itself: who speaks in it, what it tells of each strike, and which of its words point to what was told before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.claims.attacker import Attacker
from geo.claims.casualties import Casualties, read_casualties
from geo.claims.clause_speakers import find_clause_speaker
from geo.claims.dates import Calendar, When, find_dates
from geo.claims.drafts import Speaker
from geo.claims.events import Event, find_events
from geo.claims.found_once import found_once
from geo.claims.glance import Glance
from geo.claims.lexicons import grammar, targets, wording
from geo.claims.named import Named, read_named
from geo.claims.numbers import is_count
from geo.claims.parties import PartyMention, Theatre, find_parties
from geo.claims.roles import read_roles
from geo.claims.rules import Rule
from geo.claims.speech import CITING, Frame, find_frames
from geo.claims.toll_marks import read_marks
from geo.claims.wording import Signs
from geo.claims.words import Word
from geo.model import ClaimantKind, Resolution, Role, Span, TargetKind

_ANAPHORA, _POINTS_BACK, _BLAMES, _BACKGROUND, _REPORTING, _REPORTING_AFTER, _NO_DAY, _NOBODY_OWNED, _GROUND_FIGHT = map(
    wording,
    ("anaphora", "points_back", "blames", "background", "reporting", "reporting_after", "no_day", "nobody_owned", "ground_fight"),
)
_SINCE_BEGAN = wording("since_began")
_PAST_CLAUSE = wording("past_clause")
_PARTS = grammar("reader_parts")
_TARGET_REACH = 8
_TOWNS = frozenset("city town village".split())
_NOT_HIT = frozenset({"were", "was", "said", "told", "from", "to", "for", "who", "which", "after", "before", "when", "belonging"})
_QUANTITIES = grammar("reader_quantities")


@dataclass(frozen=True, eq=False, kw_only=True)
class Sentence:
    """A sentence; what it tells is found when first asked for, and kept, as little is asked of most sentences.

    Attributes
    ----------
    report
        The whole text, which every offset counts in.
    glance
        At its words, of which there is at least one.
    resolutions
        Of the place names that begin in it.
    index
        Counts the report's sentences.
    theatre, calendar
        What the report has told up to here of its war and its days.
    head
        In a bulletin, how many of the words name the place and the day of its line; None in other reports.
    """

    report: str
    span: Span
    glance: Glance
    resolutions: tuple[Resolution, ...]
    index: int
    theatre: Theatre
    calendar: Calendar
    head: int | None

    @found_once
    def words(self) -> tuple[Word, ...]:
        return self.glance.words

    @found_once
    def signs(self) -> Signs:
        return self.glance.signs

    @found_once
    def text(self) -> str:
        return self.report[self.span.start : self.span.end]

    @found_once
    def named(self) -> tuple[Named, ...]:
        return read_named(self.words, self.resolutions)

    @found_once
    def roles(self) -> dict[int, Role]:
        """What each place name does, by its index in `named`."""
        return read_roles(self.words, self.named, self.frames) if self.named else {}

    @found_once
    def parties(self) -> tuple[PartyMention, ...]:
        return find_parties(self.words, self.theatre)

    @found_once
    def frames(self) -> tuple[Frame, ...]:
        frames = find_frames(self.words, lambda: self.parties)
        if any(f.act == "own" for f in frames) and _NOBODY_OWNED.search(self.text, self.signs):
            return tuple(f for f in frames if f.act != "own")
        return frames

    @found_once
    def events(self) -> tuple[Event, ...]:
        """What it tells as a strike, and the words that only point back to one."""
        if not self.glance.triggers:
            return ()
        return find_events(self.glance, aside=_speakers(self.frames), is_terse=self.head is not None)

    @found_once
    def dates(self) -> tuple[When, ...]:
        found = find_dates(self.report, self.span, self.calendar, self.signs)
        return tuple([d for d in found if not _SINCE_BEGAN.search(self.report[self.span.start : d.span.start], self.signs)])

    @found_once
    def reported(self) -> frozenset[Span]:
        """The days on which somebody spoke."""
        return frozenset(d.span for d in self.dates if _is_of_speaking(d, self.report, self.span, self.signs))

    @found_once
    def strikes(self) -> tuple[Event, ...]:
        """The strikes that it tells, without the words that only point back to one."""
        return tuple(e for e in self.events if e.strength >= 2)

    @found_once
    def points_back(self) -> bool:
        """Whether its wording speaks of a strike told before ("the attack")."""
        return bool(_POINTS_BACK.search(self.text, self.signs))

    @found_once
    def anaphora(self) -> Span | None:
        """The words that stand for a place told before ("the city")."""
        return self._found(_ANAPHORA.search(self.text, self.signs))

    @property
    def blames(self) -> bool:
        return self.blame is not None

    @found_once
    def blame(self) -> Span | None:
        """The words that lay the blame on somebody."""
        return self._found(_BLAMES.search(self.text, self.signs))

    @property
    def says_nobody_owned(self) -> bool:
        """Whether it tells that nobody has claimed responsibility."""
        return bool(_NOBODY_OWNED.search(self.text, self.signs))

    @property
    def is_background(self) -> bool:
        """Whether it tells the background of the report, not its news."""
        return self.background is not None

    @found_once
    def background(self) -> Span | None:
        """The words that tell the background of the report, not its news."""
        return self._found(_BACKGROUND.search(self.text, self.signs))

    @property
    def is_ground_fight(self) -> bool:
        return is_ground_fight(self.text, self.signs)

    def _found(self, match: re.Match[str] | None) -> Span | None:
        return Span(self.span.start + match.start(), self.span.start + match.end()) if match else None

    def cut(self, first: int, last: int) -> Span:
        """Return where the words `first` up to, not including, `last` stand in the report."""
        return Span(self.words[first].start, self.words[last - 1].end)

    # -- who speaks, and who is named ---------------------------------------------------------------------------------------

    def governing_frame(self, event: Event | None) -> Frame | None:
        """Choose whose words a strike stands in: the nearest speaker before it, else the one who ends the sentence or a clause of it.

        Without an event it is the speaker of the sentence as a whole.
        """
        frames = [f for f in self.frames if f.act in {"say", "own"}]
        if event is None:
            return None if not frames else frames[-1] if frames[-1].governs_before else frames[0]
        at = event.main.first
        before = [f for f in frames if f.verb < at and not (f.governs_before and f.verb > event.first and f.first > 3)]
        if before:
            return before[-1]
        # "A shelled X, B said; C said D fired first": whoever speaks next after it.
        ending = [f for f in frames if f.governs_before]
        following = [f for f in ending if f.verb > at and any(w.text == ";" for w in self.words[f.verb : ending[-1].verb])]
        if following:
            return following[0]
        return ending[-1] if ending else find_clause_speaker(self.words, self.parties, self.events, event)

    def written_speaker(self, frame: Frame) -> Speaker:
        """Return the speaker of a frame as the sentence words it."""
        span = self.cut(frame.first, frame.last)
        rule = Rule.NOBODY_MEANT if frame.pronoun else Rule.REPORTED_BY if frame.by_report else Rule.SPEAKS
        if self.words[frame.verb].low in CITING:
            rule = Rule.ACCORDING
        return Speaker(text=self.report[span.start : span.end], span=span, kind=frame.kind or ClaimantKind.OTHER, rule=rule)

    def said_in(self, frame: Frame) -> Span:
        """Return the words with which a frame's speaker speaks: "said", "according to", "was reported by"."""
        return self.cut(frame.verb, frame.first if frame.first > frame.verb else frame.after)

    def party_as_speaker(self, mention: PartyMention) -> Speaker:
        span = self.cut(mention.first, mention.last)
        kind = ClaimantKind.GOVERNMENT if mention.party.kind == "state" else ClaimantKind.PARTY
        return Speaker(text=self.report[span.start : span.end], span=span, kind=kind, rule=Rule.ONE_OF_TWO)

    def party_as_attacker(self, mention: PartyMention, *, rule: Rule) -> Attacker:
        return Attacker(parties=(mention.party,), span=self.cut(mention.first, mention.last), rule=rule)

    def parties_speaking(self, frame: Frame) -> list[PartyMention]:
        """Find the parties in a speaker's words; empty where the speaker is no party, or a pronoun."""
        return [m for m in self.parties if frame.first <= m.first < frame.last]

    def is_speaking(self, mention: PartyMention) -> bool:
        return any(f.first <= mention.first < f.last for f in self.frames)

    # -- what is told of one strike ----------------------------------------------------------------------------------------

    def read_casualties(self, part: Span | None = None) -> Casualties:
        """Read the toll of the sentence as a whole, or of a part of it."""
        whole = part or self.span
        told = read_casualties(_without_past(self.report[whole.start : whole.end], self.signs), self.signs, at=whole.start)
        return told if self.head is None or whole.start > self.span.start else read_marks(self.report, whole, told)

    def read_casualties_of(self, event: Event) -> Casualties:
        """Read the toll of the part of the sentence that tells one strike."""
        part = self.cut(event.first, event.last)
        told = read_casualties(_without_past(self.report[part.start : part.end], self.signs), self.signs, at=part.start)
        # What a line notes in figures stands behind all of it.
        return read_marks(self.report, self.span, told) if self.head is not None and event is self.strikes[0] else told

    def goes_on(self, event: Event) -> bool:
        """Tell whether its words hang a strike on the one told before it: "Later ...", "shells also fell"."""
        beside = {self.words[i].low for t in event.triggers for i in (t.first - 1, t.last) if 0 <= i < len(self.words)}
        return self.words[0].low == "later" or "also" in beside

    def is_counted(self, event: Event) -> bool:
        """Tell whether its strikes are counted ("five strikes"), as the lines of a bulletin count them."""
        return any(t.form == "event" and t.first > 0 and is_count(self.words[t.first - 1].low) for t in event.triggers)

    def find_target(self, event: Event) -> tuple[Span | None, TargetKind | None]:
        """Find the noun for what a strike hit: the nearest after its verb, or before it in the passive."""
        hits = targets().find(self.words[event.first : event.last])
        if not hits:
            return None, None
        others = self._other_words(event)
        hits = [
            h
            for h in hits
            if others.isdisjoint(range(event.first + h.first, event.first + h.last))
            and self._can_be_hit(event, event.first + h.first)
            and not self.words[event.first + h.last - 1].text.endswith(("'s", "’s"))
        ]
        if not hits:
            return None, None
        main = event.main.last - event.first
        after = [h for h in hits if h.first >= main]
        before = [h for h in hits if h.last <= main]
        if not after and not (event.main.passive and before):
            return None, None
        chosen = before[-1] if event.main.passive and before else after[0]
        return self._whole_name(event, event.first + chosen.first, event.first + chosen.last), chosen.value

    def _whole_name(self, event: Event, first: int, last: int) -> Span:
        """Return "Khartoum General Hospital" for its "Hospital": a name's last word says what was hit, all of it which."""
        floor = max((t.last for t in event.triggers if t.last <= first), default=event.first)
        while first > floor and all(w.text[0].isupper() for w in self.words[first - 1 : last]) and self._touches(first):
            first -= 1
        return self.cut(first, last)

    def _touches(self, i: int) -> bool:
        before = self.words[i - 1]
        return before.end + 1 == self.words[i].start and not before.text.endswith(("'s", "’s"))

    def _other_words(self, event: Event) -> set[int]:
        """Return the words that name a party, a strike, a place or where it came from, and so no target."""
        others = {i for m in self.parties for i in range(m.first, m.end if m.head == "force" else m.last)}
        others |= {i for t in event.triggers for i in range(t.first, t.last)}
        for name, role in zip(self.named, self.roles.values(), strict=True):
            if role is Role.ORIGIN:
                others.update(range(name.first, name.last))
            for span in name.spans:
                others |= {i for i in range(name.first, name.last) if span.start <= self.words[i].start and self.words[i].end <= span.end}
        return others

    def _can_be_hit(self, event: Event, i: int) -> bool:
        """Tell "hit a bus" and "strikes on a school" from "the wounded were treated in hospitals": no other verb stands between."""
        last = max((t.last for t in event.triggers if t.last <= i), default=None)
        if last is None:
            return True
        between = self.words[last:i]
        return len(between) <= _TARGET_REACH and not any((w.low.endswith("ed") and len(w.low) > 4) or w.low in _NOT_HIT for w in between)

    def find_own_target(self, place: Span) -> tuple[Span, TargetKind] | None:
        """Find what a place's own words say was hit: "several villages in X", "X General Hospital"."""
        if (site := self._site_named_after(place)) is not None:
            return site
        words = tuple(w for w in self.words if place.start <= w.start < place.end)
        hits = [h for h in targets().find(words) if words[h.last - 1].low in _PARTS]
        return (Span(words[hits[0].first].start, words[hits[0].last - 1].end), hits[0].value) if hits else None

    def _site_named_after(self, place: Span) -> tuple[Span, TargetKind] | None:
        first = next((i for i, w in enumerate(self.words) if w.start == place.start), None)
        last = next((i + 1 for i, w in enumerate(self.words) if w.end == place.end), None)
        if first is None or last is None:
            return None
        end = last
        while end < len(self.words) and self.words[end].text[0].isupper() and self._touches(end):
            end += 1
        hits = [
            h for h in targets().find(self.words[first:end]) if h.first and first + h.last == end and self.words[end - 1].low not in _TOWNS
        ]
        return (self.cut(first, end), hits[-1].value) if hits else None

    def find_whole_place(self, name: Named) -> Span:
        """Find the place as written, with "several villages in" where the report tells parts of an area."""
        words, first = self.words, name.first
        k = first - 1
        while k > 0 and words[k].low in {"the", "a"}:
            k -= 1
        if k > 0 and words[k].low in {"in", "of", "around", "across"} and words[k - 1].low in _PARTS:
            first = k - 1
            while first > 0 and words[first - 1].low in _QUANTITIES:
                first -= 1
        return self.cut(first, name.last)

    def leaves_day_open(self, event: Event) -> bool:
        """Tell a strike that no day of another sentence is meant for: "in a separate incident", "both sides have bombed homes"."""
        if _NO_DAY.search(self.text, self.signs):
            return True
        k = event.main.first - 1
        while k >= 0 and self.words[k].low.endswith("ly"):
            k -= 1
        return event.main.form == "verb" and k >= 0 and self.words[k].low in {"have", "has"}

    def find_day(self, event: Event | None, frame: Frame | None) -> When | None:
        """Find the day that the sentence tells: the one beside the event, else the day on which the frame's speaker said it."""
        told = [when for when in self.dates if not when.as_of]
        happened = [when for when in told if when.span not in self.reported]
        if happened:
            part = self.cut(event.first, event.last) if event is not None else self.span
            asides = [self.cut(a, b) for a, b in event.asides] if event is not None else []
            happened = [w for w in happened if not any(x.start <= w.span.start < x.end for x in asides)] or happened
            inside = [w for w in happened if event is not None and part.start <= w.span.start < part.end]
            anchor = self.words[event.main.first].start if event is not None else self.span.start
            return min(inside or happened, key=lambda w: ((w.end - w.start).days > 1, abs(w.span.start - anchor)))
        if told and frame is not None:
            said = told[-1]
            # Said on Wednesday of something just happened: Tuesday or Wednesday, as the annotators' guide decides.
            return said.as_spoken()
        return None


def _is_of_speaking(when: When, report: str, span: Span, signs: Signs) -> bool:
    """Tell the day on which somebody said something: "said on Friday", "accused the rebels on Friday of", "the army on Friday said"."""
    before, after = report[span.start : when.span.start].rstrip(), report[when.span.end : span.end]
    return bool(_REPORTING.search(before, signs) or (before and _REPORTING_AFTER.search(after, signs)))


def _speakers(frames: tuple[Frame, ...]) -> frozenset[int]:
    """Return the words that only name who speaks."""
    return frozenset(i for f in frames for i in range(f.first, f.last))


def _without_past(text: str, signs: Signs) -> str:
    """Blank out what a clause at the end tells of another time: ", where the group's leader was killed last week"."""
    found = _PAST_CLAUSE.search(text, signs)
    return text if found is None else text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]


def is_ground_fight(text: str, signs: Signs | None = None) -> bool:
    """Tell fighting on the ground, whose dead are not a strike's."""
    return bool(_GROUND_FIGHT.search(text, signs))
