"""What a report has told so far: its strikes, and the speaker, the place and the day that a later sentence may leave out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from geo.claims.attacker import Attacker
from geo.claims.clocks import zone_of
from geo.claims.dates import Calendar, When
from geo.claims.days_listed import read_order
from geo.claims.drafts import Draft, Speaker, is_lede_of, is_other_account, is_same_place
from geo.claims.entries import Entry
from geo.claims.events import Event
from geo.claims.lexicons import wording
from geo.claims.parties import Party, Theatre, find_parties
from geo.claims.report_days import calendars_of_entries, counted_from, dateline_day, title_year
from geo.claims.rules import Rule
from geo.claims.sentence import Sentence
from geo.claims.speech import Frame
from geo.claims.struck import Struck, read_headings
from geo.claims.told_places import ToldPlaces
from geo.claims.words import split_words
from geo.model import Article, ClaimantKind, DateBasis, Resolution, Role, Span, Stance, Weapon

_DEFINITE_SPEAKER = wording("definite_speaker")
# The characters at the top of a report within which a strike is told in general, to be told again in detail.
_LEDE_END = 600
# For how many sentences a strike and a quoted speaker are kept in mind.
_STRIKE_REACH, _SPEAKER_REACH = 4, 3
_LONG_AGO = -99

# A strike told so long after it is recalled, not reported.
_RECALLED = timedelta(days=60)
# Longer times ("this month") are those of one strike, not of the report's news.
_CARRIED = timedelta(days=7)
# In the head of a bulletin's line these make it one with the line before.
_SAME = frozenset({"same", "again"})
# How many claims back a strike can be told again.
_RECENT = 200


class Memory:
    """What is known at one point of a report.

    `drafts` are the strikes told, `roles` what each place name does, `last_group` the drafts of the sentence that told a strike last.
    """

    def __init__(self, article: Article, resolutions: tuple[Resolution, ...], *, title: Callable[[], tuple[Resolution, ...]]) -> None:
        self.theatre = Theatre(_countries(resolutions), article.day)
        zone = zone_of(next(iter(self.theatre.countries), ""))
        today = counted_from(article.day)
        self._of_dateline = dateline_day(article)
        self._calendars_of_entries = calendars_of_entries(article, zone)
        self.calendar = Calendar(today=today, year=title_year(article), zone=zone)
        self.drafts: list[Draft] = []
        self.roles: dict[Span, Role] = {r.toponym.span: Role.BACKGROUND for r in resolutions}
        self.last_group: list[Draft] = []
        self._groups: tuple[int, tuple[Party, ...]] | None = None
        self.last_day: When | None = None
        self._last_index = _LONG_AGO
        self._last_speaker: Speaker | None = None
        self._bulletin: Draft | None = None
        self._bulletin_day: When | None = None
        self._in_lines = False
        self.places = ToldPlaces(title, named=resolutions, home=next(iter(self.theatre.countries), None))

    def open_bulletin(self, text: str) -> None:
        """Begin a report that is a bulletin, whose lines may write days in figures."""
        self.calendar = replace(self.calendar, figures=read_order(text))

    def open_line(self, sentence: Sentence) -> None:
        """Begin a line of a bulletin: of the lines before it nothing is meant but the bulletin's own day."""
        head = sentence.head or 0
        if sentence.index == 0:
            told = [w for w in sentence.dates if str(w.end.year) in sentence.text]
            if told:
                # "Weekly log, 25-31 August 2019": the days of the lines below count from it, whatever the file says.
                self.calendar = replace(self.calendar, today=told[0].end, year=told[0].end.year)
                self._bulletin_day = None if told[0].as_of or told[0].end - told[0].start > _CARRIED else told[0]
            return
        if not self._in_lines:
            self._in_lines, self._bulletin_day = True, self._bulletin_day or self.last_day
        in_head = [w for w in sentence.dates if head and w.span.end <= sentence.words[head - 1].end]
        self.last_day = in_head[0] if in_head else self._bulletin_day
        self._last_speaker = None
        headings = read_headings(sentence.words, sentence.named, head)
        is_same_place = self.places.begin_line(headings[0] if headings else None, sentence.index)
        if is_same_place and not (in_head and self.is_of_another_day(in_head[0])):
            # "X, same: A blames B" is of the line before.
            self.still_speaks_of_it(sentence)
            if not sentence.strikes or not _SAME.isdisjoint(w.low for w in sentence.words[:head]):
                self.last_day = next((told.when for told in self.last_group if told.when is not None), self.last_day)
        else:
            self.last_group = []

    # -- strikes --------------------------------------------------------------------------------------------------------------

    def has_recent_strike(self, sentence: Sentence) -> bool:
        """Tell whether a strike was told so shortly before that a sentence can still point back to it."""
        return bool(self.last_group) and sentence.index - self._last_index <= _STRIKE_REACH

    def still_speaks_of_it(self, sentence: Sentence) -> None:
        """Keep the strike told last in mind: a sentence speaks of it and tells nothing new."""
        self._last_index = sentence.index

    def find_unattributed(self, sentence: Sentence, speaker: Speaker | None) -> list[Draft]:
        """Find what a sentence has told without an attacker, in nobody's words or in those of the speaker who now accuses; all or none."""
        own = [d for d in self.last_group if d.sentence == sentence.span]
        return own if all(d.attacker is None and (d.speaker is None or _is_one_voice(d.speaker, speaker)) for d in own) else []

    def is_later_day(self, draft: Draft) -> bool:
        """Tell whether a draft happened after the strike told last."""
        if draft.when is None or draft.when.reported or not self.last_group or self.last_group[0].when is None:
            return False
        return draft.when.start > self.last_group[0].when.end

    def is_of_another_day(self, when: When | None) -> bool:
        """Tell whether a day cannot be that of the strike told last."""
        last = self.last_group[0].when if self.last_group else None
        return when is not None and last is not None and not when.reported and (when.start > last.end or when.end < last.start)

    def put_at(self, draft: Draft, struck: Struck, sentence: Sentence) -> Draft:
        """Copy a draft to one of the places that its sentence says were struck."""
        new = draft.copy()
        self.places.place_in_container(struck)
        new.struck, new.place_text = struck, sentence.find_whole_place(struck.head)
        others = [sentence.find_whole_place(name) for name in sentence.named if name is not struck.head]
        own = sentence.find_own_target(new.place_text)
        if own is not None:
            new.target, new.target_kind = own
        elif new.target is not None and any(_within(new.target, place) for place in others):
            # "at A and at villages in B": the villages are B's.
            new.target = new.target_kind = None
        self.roles.update(dict.fromkeys(struck.head.spans, Role.STRUCK))
        return new

    def has_told_of(self, draft: Draft) -> bool:
        """Tell whether a strike was told before in the place of a draft, or in a wider one or a town of it."""
        return any(k.place_id == draft.place_id or is_lede_of(k, draft) or is_lede_of(draft, k) for k in self._recent())

    def is_long_ago(self, when: When | None) -> bool:
        """Tell whether a strike lies months before the report that recalls it."""
        today = self.calendar.today
        return when is not None and today is not None and today - when.end > _RECALLED

    def _recent(self) -> list[Draft]:
        """Return the drafts that a new sentence can still speak of, the last first; a book-length text is not searched from its start."""
        return self.drafts[: -_RECENT - 1 : -1]

    def merge(self, new: Draft, sentence: Sentence) -> Draft:
        """Keep a draft: as part of the one that tells the same strike, in place of the lede that told it in general, or as a new one."""
        for known in self._recent():
            # "The bomb fell on Aleppo" after one on its quarter was told is that one.
            is_same = (is_same_place(known, new) and known.fits(new)) or ((new.carried_place or new.points_back) and is_lede_of(new, known))
            if is_same and not (sentence.head and self._is_of_other_line(known, new)):
                known.take(new)
                return known
            in_one = known.sentence == new.sentence
            if sentence.index > 0 and known.sentence.start <= _LEDE_END and not in_one and is_lede_of(known, new):
                new.also.extend([known.sentence, *known.also])
                new.attacker = new.attacker or known.attacker
                new.when = new.when or known.when
                new.said, new.speaker = new.said or known.said, new.speaker or known.speaker
                # What a wider area's toll counts in this place is not told.
                of_area = replace(known.casualties, is_shared=known.casualties.is_shared or known.place_id is not None)
                new.casualties = new.casualties or of_area
                self.drafts.remove(known)
                break
        self.drafts.append(new)
        return new

    def _is_of_other_line(self, known: Draft, new: Draft) -> bool:
        """Tell "X, same: A says the shells came from B" from what the line before tells: that A struck, or nobody's name.

        A does not say of itself that it struck, and whom the later line names is no part of the earlier one's word.
        """
        if known.sentence != new.sentence and known.attacker is None and new.attacker is not None:
            return True
        if known.speaker is not None or known.attacker is None or new.speaker is None or new.attacker is not None:
            return False
        own = self.party_of(new.speaker, rule=Rule.SPEAKER_STRUCK)
        return own is not None and own.name == known.attacker.name

    def follow(self, draft: Draft, base: Draft | None = None) -> Draft:
        """Add a sentence to the strike told last (`base`, if it is not its first place): to its speaker's claim, or as a new speaker's."""
        base = base or self.last_group[0]
        draft.struck, draft.carried_place, draft.place_text = base.struck, True, draft.place_text or base.place_text
        draft.when = draft.when if draft.when is not None and not draft.when.reported else base.when or draft.when
        if draft.attacker is None and base.stance is not Stance.DENIED and _is_one_voice(draft.speaker, base.speaker):
            # Who owned the strike or accused of it goes on about it: "He put the dead at nine".
            draft.stance = base.stance
        for known in self._recent():
            if known.place_id == draft.place_id and known.fits(draft) and not is_other_account(known, draft):
                known.take(draft)
                return known
        if base.speaker is None and draft.stance is Stance.ASSERTED:
            # Who struck in the report's own words struck in its account of what others say of that strike.
            draft.attacker = draft.attacker or base.attacker
        if draft.weapon is Weapon.UNSPECIFIED:
            draft.weapon, draft.weapon_text = base.weapon, base.weapon_text
        self.drafts.append(draft)
        return draft

    def find_told_at(self, town: Struck) -> Draft | None:
        """Find the strike told last that was in a town, or that may have been as it has no place that is known."""
        return next((told for told in self.last_group if _can_be_at(told.struck, town)), None)

    def other_places(self) -> list[Draft]:
        """Return the further places of the strike told last: what is told of it without a place is told of all of them."""
        first, *others = self.last_group
        return [
            one
            for one in others
            if one.sentence == first.sentence and one.speaker == first.speaker and one.stance is first.stance
            and one.weapon is first.weapon and one.place_text != first.place_text and one.place_id != first.place_id
        ]  # fmt: skip

    def follow_at(self, draft: Draft, town: Struck, sentence: Sentence) -> Draft:
        """Add what a sentence tells of a town of its own to what was told of that town, or as another place of the strike told last."""
        base = self.last_group[0]
        new = self.put_at(draft, town, sentence)
        new.when = new.when or base.when
        if base.speaker == new.speaker:
            # Whom another accuses elsewhere is nobody's word for this town.
            new.attacker = new.attacker or base.attacker
        if new.weapon is Weapon.UNSPECIFIED:
            new.weapon, new.weapon_text = base.weapon, base.weapon_text
        return self.merge(new, sentence)

    def continue_bulletin(self, draft: Draft) -> None:
        """Read "Near X, five strikes destroyed ..." of a bulletin as part of the strikes that its head told, by the same attacker."""
        if draft.attacker is not None:
            self._bulletin = draft
        elif draft.speaker is None and self._bulletin is not None:
            draft.attacker, draft.when = self._bulletin.attacker, draft.when or self._bulletin.when
            if draft.weapon is Weapon.UNSPECIFIED:
                draft.weapon, draft.weapon_text = self._bulletin.weapon, self._bulletin.weapon_text

    # -- who, where, when ---------------------------------------------------------------------------------------------------

    def find_speaker(self, sentence: Sentence, event: Event | None) -> tuple[Speaker | None, Frame | None]:
        """Find whose words an event stands in (without one: whose the sentence is), and the frame that tells it."""
        frame = sentence.governing_frame(event)
        if frame is not None:
            return self.speaker_of(sentence, frame), frame
        goes_on = sentence.text.startswith(('"', "“")) and sentence.index - self._last_index <= _SPEAKER_REACH
        return (_again(self._last_speaker, Rule.QUOTE_GOES_ON) if goes_on else None), None

    def speaker_of(self, sentence: Sentence, frame: Frame) -> Speaker | None:
        """Return who speaks in a frame; "he" and "the source" are the speaker named last, None if there is none."""
        last = self._last_speaker
        if frame.pronoun:
            # Somebody speaks, even where nobody was named before: never the reporter.
            return _again(last, Rule.PRONOUN) or sentence.written_speaker(frame)
        speaker = sentence.written_speaker(frame)
        if (
            last is not None
            and _is_definite(speaker.text)
            and (speaker.kind in {last.kind, ClaimantKind.OTHER} or _shares_head(speaker, last))
            and not self._is_of_another_side(speaker, last)
        ):
            return _again(last, Rule.POINTS_TO_SPEAKER)
        return speaker

    def _is_of_another_side(self, speaker: Speaker, last: Speaker) -> bool:
        """Tell "the army spokesman" after a word of the rebels: both name a side, and not the same."""
        one, two = ({m.party.name for m in find_parties(split_words(s.text), self.theatre)} for s in (speaker, last))
        return bool(one and two) and one.isdisjoint(two)

    def party_of(self, speaker: Speaker, *, rule: Rule) -> Attacker | None:
        """Return the side for which somebody speaks whom "they" or "the spokesman" means; None where the words name none."""
        named = find_parties(split_words(speaker.text), self.theatre)
        return Attacker(parties=(named[0].party,), span=speaker.span, rule=rule) if named else None

    def group_named_last(self, sentence: Sentence, attacker: Attacker) -> Attacker | None:
        """Return the one armed group that the sentence before named, in the words that point to it; None if it named none or several."""
        if self._groups is None or sentence.index - self._groups[0] > 1 or len(self._groups[1]) != 1:
            return None
        return replace(attacker, parties=self._groups[1])

    def speaker_of_act(self, sentence: Sentence, frame: Frame) -> Speaker | None:
        """Return who accuses or denies in a frame; where only a pronoun that means nobody yet does, who speaks before it."""
        speaker = self.speaker_of(sentence, frame)
        earlier = [f for f in sentence.frames if f.verb < frame.verb]
        return speaker or (self.speaker_of(sentence, earlier[-1]) if earlier else None)

    def find_day(self, sentence: Sentence, event: Event, frame: Frame | None) -> When | None:
        """Find the day of an event: its sentence's own, else the one told last. What is told as background gets no other day."""
        of_entry = self.last_day is not None and self.last_day.basis is DateBasis.DATELINE
        is_open = sentence.is_background or (sentence.leaves_day_open(event) and not of_entry)
        return sentence.find_day(event, frame) or (None if is_open else self.last_day)

    # -- from entry to entry -------------------------------------------------------------------------------------------------

    def begin_entry(self, entry: Entry, text: str, *, is_live: bool) -> None:
        """Begin an entry of a live page, or another report: nobody's words and no strike of the one before go on.

        Days count from the day of the entry, where it tells one. On a live page that is also the day of what it tells.
        """
        when = next(filter(None, (entry.when(text, calendar) for calendar in self._calendars_of_entries)), None)
        self.last_group, self._last_speaker = [], None
        self.places.begin_at(None, _LONG_AGO)
        self._bulletin = self._bulletin_day = None
        self._last_index = _LONG_AGO
        if when is not None and when.start == when.end:
            self.calendar = replace(self.calendar, today=when.start, year=when.start.year, previous=None)
            self.last_day = replace(when, basis=DateBasis.DATELINE) if is_live else None
        elif is_live and self.last_day is None:
            self.last_day = self._of_dateline

    # -- from sentence to sentence --------------------------------------------------------------------------------------------

    def note_strikes(self, drafts: list[Draft], sentence: Sentence) -> None:
        """Keep in mind the strikes that a sentence told, for those that point back to them; nothing if it told none."""
        if drafts:
            self.last_group, self._last_index = drafts, sentence.index

    def note_roles(self, sentence: Sentence) -> None:
        """Note what the place names of a sentence do before a strike is put at one of them."""
        for n, name in enumerate(sentence.named):
            self.roles.update(dict.fromkeys(name.spans, sentence.roles[n]))

    def remember(self, sentence: Sentence) -> None:
        """Keep in mind the speaker, the places and the days of a sentence that has been read."""
        groups = {m.party.name: m.party for m in sentence.parties if m.party.kind not in {"state", "generic"}}
        self._groups = (sentence.index, tuple(groups.values())) if groups else self._groups
        for frame in sentence.frames:
            self._last_speaker = self.speaker_of(sentence, frame) or self._last_speaker
        told = self.last_group if self._last_index == sentence.index else []
        self.places.remember(sentence, told)
        self._remember_day(sentence, told)

    def _remember_day(self, sentence: Sentence, told: list[Draft]) -> None:
        """Carry the day of a report's news on to its later sentences, until another is told. Days told as background are not carried."""
        if not sentence.is_background:
            when = sentence.find_day(None, sentence.frames[-1] if sentence.frames else None)
            if when is not None and _counts_on(self.calendar.today, when) and not when.reported:
                self.last_day = when
        days = [d.when for d in told if d.when is not None] or [w for w in sentence.dates if w.start == w.end and not w.as_of]
        if days and days[-1].end != self.calendar.previous:
            self.calendar = replace(self.calendar, previous=days[-1].end, year=days[-1].end.year)


def _can_be_at(struck: Struck | None, town: Struck) -> bool:
    place, other = struck.head.place if struck is not None else None, town.head.place
    return place is None or other is None or place.place_id == other.place_id


def _is_one_voice(one: Speaker | None, two: Speaker | None) -> bool:
    return one is not None and two is not None and one.is_same(two)


def _counts_on(today: date | None, when: When) -> bool:
    """Tell whether a day is one that the sentences after it still speak of: close to the report's own, or the report has none."""
    if when.own or when.end - when.start > _CARRIED:
        return False
    return today is None or timedelta(0) <= today - when.end <= timedelta(days=10)


def _again(speaker: Speaker | None, rule: Rule) -> Speaker | None:
    """Let a speaker speak again in other words, whose rule it is."""
    return None if speaker is None else replace(speaker, rule=rule)


def _is_definite(text: str) -> bool:
    """Tell a wording that only points back to a speaker ("the source", "the monitor") from one that names a new one."""
    return bool(_DEFINITE_SPEAKER.search(text)) and not re.search(r"\b[A-Z]\w+ [A-Z]", text[4:])


def _shares_head(definite: Speaker, last: Speaker) -> bool:
    """Tell whether "the group" can be the speaker named last because that one was called so: "a monitoring group"."""
    return definite.text.lower().split()[-1] in last.text.lower().split()


def _countries(resolutions: tuple[Resolution, ...]) -> tuple[str, ...]:
    """Return the countries that a report is about, the most spoken of first; those named in passing are left out."""
    counts: Counter[str] = Counter(r.place.country_code for r in resolutions if r.place is not None and r.place.country_code)
    most = max(counts.values(), default=0)
    return tuple(country for country, n in counts.most_common() if n * 3 >= most)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
