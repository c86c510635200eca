"""A report read from its first sentence to its last: speakers, places and days are carried on, and what is told twice is one claim."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gazetteer.model import PlaceKind
from geo.claims.attackers import Attacker, find_attacker
from geo.claims.casualties import Casualties, is_count, read_casualties
from geo.claims.dates import Calendar, When, find_dates
from geo.claims.drafts import Draft, Speaker
from geo.claims.events import Event, find_events
from geo.claims.lexicons import grammar, modality, targets, trigger_prefilter, wording
from geo.claims.parties import Form, PartyMention, Theatre, find_parties
from geo.claims.speech import Frame, find_frames
from geo.claims.struck import Named, Struck, contains, find_struck, read_named, read_roles
from geo.claims.tolls import is_running_total
from geo.claims.words import Word, split_words
from geo.model import Article, ClaimantKind, Resolution, Role, Span, Stance, TargetKind, Toll, Weapon
from geo.sentences import split_sentences

_ANAPHORA, _POINTS_BACK, _BLAMES, _BACKGROUND, _REPORTING, _MUTUAL, _NOBODY_OWNED, _DEFINITE_SPEAKER, _GROUND_FIGHT = map(
    wording, ("anaphora", "points_back", "blames", "background", "reporting", "mutual", "nobody_owned", "definite_speaker", "ground_fight")
)
_ONE_DAY = timedelta(days=1)
_PARTS = grammar("reader_parts")
_QUANTITIES = grammar("reader_quantities")
# A place that reports call a city.
_CITY = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a report's sentences gave: claims in the making, running totals, and what each place name does."""

    drafts: tuple[Draft, ...]
    tolls: tuple[Toll, ...]
    roles: dict[Span, Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    span: Span
    text: str
    words: tuple[Word, ...]
    named: tuple[Named, ...]
    roles: dict[int, Role]
    parties: tuple[PartyMention, ...]
    frames: tuple[Frame, ...]
    events: tuple[Event, ...]
    dates: tuple[When, ...]
    index: int


def read_claims(article: Article, resolutions: tuple[Resolution, ...], *, title: tuple[Resolution, ...] = ()) -> Reading:
    """Read the claims of a report whose place names are resolved.

    Parameters
    ----------
    resolutions
        Of all place names in the text, in order.
    title
        Of those in the report's title: where "the theatre" stands if the text names no town.
    """
    return _Reader(article, resolutions, title).read()


class _Reader:
    """What is known at one point of a report."""

    def __init__(self, article: Article, resolutions: tuple[Resolution, ...], title: tuple[Resolution, ...]) -> None:
        self.article = article
        self.resolutions = resolutions
        self.theatre = Theatre(_countries(resolutions), article.day)
        self.calendar = Calendar(today=article.day, year=_title_year(article))
        self.drafts: list[Draft] = []
        self.tolls: list[Toll] = []
        self.roles: dict[Span, Role] = {r.toponym.span: Role.BACKGROUND for r in resolutions}
        self.last_group: list[Draft] = []
        self.last_index = -99
        self.last_speaker: Speaker | None = None
        self.last_day: When | None = None
        self.bulletin: Draft | None = None
        self.towns: list[Named] = []
        self.last_place: Struck | None = None
        self.last_place_index = -99
        towns = [r for r in title if r.place is not None and r.place.kind is PlaceKind.POINT]
        if towns:
            self.last_place, self.last_place_index = Struck(head=Named(resolution=towns[0], first=0, last=0, governor="title")), 0

    def read(self) -> Reading:
        text = self.article.text
        spans = [self._without_dateline(s) for s in split_sentences(text)]
        prefilter = trigger_prefilter()
        is_candidate = [bool(prefilter.search(text, s.start, s.end)) for s in spans]
        plain = {i: split_words(text, s.start, s.end) for i, s in enumerate(spans) if is_candidate[i]}
        told = [(w, e) for w in plain.values() for e in find_events(text, w, about_strikes=True) if e.strength >= 2]
        about_strikes = any(e.strength == 3 for _, e in told) or len(told) >= 2 or any(self._is_plain(w, e) for w, e in told)
        for i, span in enumerate(spans):
            named = tuple(r for r in self.resolutions if span.start <= r.toponym.span.start < span.end)
            if about_strikes:
                self._read_sentence(i, span, plain.get(i) or split_words(text, span.start, span.end), named)
        return Reading(drafts=tuple(d for d in self.drafts if _is_told(d)), tolls=tuple(self.tolls), roles=self.roles)

    def _is_plain(self, words: tuple[Word, ...], event: Event) -> bool:
        """Tell whether a single "strike" or "hit" is told so plainly, with who struck or with its toll, that the report is about a strike."""
        sentence = self.article.text[words[0].start : words[-1].end]
        if _GROUND_FIGHT.search(sentence):
            return False
        parties = find_parties(words, self.theatre)
        struck_by = find_attacker(words, event, parties, find_frames(words, parties))
        return struck_by is not None or (event.main.form == "event" and bool(read_casualties(sentence)))

    def _without_dateline(self, span: Span) -> Span:
        line = self.article.dateline
        if line is not None and span.start <= line.span.start < span.end and line.span.end < span.end:
            start = line.span.end
            while start < span.end and not self.article.text[start].isalnum() and self.article.text[start] not in '"“(':
                start += 1
            return Span(start, span.end)
        return span

    def _read_sentence(self, index: int, span: Span, words: tuple[Word, ...], resolutions: tuple[Resolution, ...]) -> None:
        if not words:
            return
        text = self.article.text
        named = read_named(words, resolutions)
        parties = find_parties(words, self.theatre)
        frames = find_frames(words, parties)
        if _NOBODY_OWNED.search(text, span.start, span.end):
            frames = tuple(f for f in frames if f.act != "own")
        roles = read_roles(words, named, frames)
        sentence = _Sentence(
            span=span, text=text[span.start : span.end], words=words, named=named, roles=roles, parties=parties, frames=frames,
            events=find_events(text, words, about_strikes=True), dates=find_dates(text, span, self.calendar), index=index,
        )  # fmt: skip
        for n, name in enumerate(named):
            self.roles[name.resolution.toponym.span] = roles[n]
        self._dispatch(sentence)
        self._remember(sentence)

    def _dispatch(self, s: _Sentence) -> None:
        casualties = read_casualties(s.text)
        if casualties and is_running_total(s.text, casualties, has_event=any(e.strength >= 2 for e in s.events)):
            self._add_toll(s, casualties)
            return
        made: list[Draft] = []
        denial = next((f for f in s.frames if f.act == "deny"), None)
        accusation = next((f for f in s.frames if f.act == "accuse"), None)
        owning = next((f for f in s.frames if f.act == "own"), None)
        before_blame = s.text if accusation is None else self.article.text[s.span.start : s.words[accusation.verb].start]
        is_denied = denial is not None or (bool(modality("denied").search(before_blame)) and bool(s.frames))
        events = tuple(e for e in s.events if e.strength >= 2)
        told = self._told_apart(events, s, accusation, denial, owning, is_denied=is_denied)
        for event in told:
            made.extend(self._told(s, event, casualties if len(told) == 1 else self._casualties_of(s, event)))
        if made:
            # "X was shelled; Y denied it": the denial answers what the same sentence tells.
            self.last_group, self.last_index = made, s.index
        if accusation is not None:
            made.extend(self._accused(s, accusation, events))
        if owning is not None:
            made.extend(self._owned(s, owning, casualties))
        if is_denied:
            made.extend(self._denied(s, denial or s.frames[0]))
        if not made:
            made.extend(self._pointed_back(s, casualties))
        if made:
            self.last_group, self.last_index = made, s.index

    def _told_apart(
        self, events: tuple[Event, ...], s: _Sentence, accusation: Frame | None, denial: Frame | None, owning: Frame | None, *, is_denied: bool
    ) -> tuple[Event, ...]:  # fmt: skip
        """Return the strikes that a sentence tells beside a denial or an accusation: those that stand before it."""
        if is_denied:
            cut = denial.verb if denial is not None else s.frames[0].verb
            return tuple(e for e in events if e.main.last <= cut)
        if accusation is not None:
            return tuple(
                e for e in events if e.main.last <= accusation.first or any(w.text == ";" for w in s.words[accusation.verb : e.first + 1])
            )
        return () if owning is not None else events

    def _casualties_of(self, s: _Sentence, event: Event) -> Casualties:
        words = s.words[event.first : event.last]
        return read_casualties(self.article.text[words[0].start : words[-1].end])

    # -- strikes told in plain words ------------------------------------------------------------------------------------

    def _told(self, s: _Sentence, event: Event, casualties: Casualties) -> list[Draft]:
        speaker, frame = self._speaker(s, event)
        attacker = find_attacker(s.words, event, s.parties, s.frames)
        when = self._when(s, event, frame)
        target, target_kind = self._target(s, event)
        draft = Draft(
            sentence=s.span, speaker=speaker, attacker=attacker, weapon=event.weapon, weapon_text=event.weapon_text,
            target=target, target_kind=target_kind,
            when=when, carried_day=when is not None and when is self.last_day, casualties=casualties,
            background=bool(_BACKGROUND.search(s.text)), stance=self._stance(s, speaker, attacker, event),
        )  # fmt: skip
        struck = find_struck(s.words, event, s.named, s.roles, s.parties)
        self._continue_list(s, event, draft)
        if not struck:
            return self._placed_from_context(s, event, draft)
        made = []
        for one in struck:
            new = self._put_at(draft, one, s)
            new.informative = _informative(new) + event.strength
            made.append(self._merge(new, s))
        return made

    def _continue_list(self, s: _Sentence, event: Event, draft: Draft) -> None:
        """Read "Near X, five strikes destroyed ..." of a bulletin as part of the strikes that its head told, by the same attacker."""
        counted = any(t.form == "event" and t.first > 0 and is_count(s.words[t.first - 1].low) for t in event.triggers)
        if counted and draft.attacker is None and draft.speaker is None and self.bulletin is not None:
            draft.attacker, draft.when = self.bulletin.attacker, draft.when or self.bulletin.when
            if draft.weapon is Weapon.UNSPECIFIED:
                draft.weapon, draft.weapon_text = self.bulletin.weapon, self.bulletin.weapon_text
        elif counted and draft.attacker is not None:
            self.bulletin = draft

    def _placed_from_context(self, s: _Sentence, event: Event, draft: Draft) -> list[Draft]:
        """Place a strike whose sentence names no place: at the strike that it points back to, or in the town told of before."""
        draft.informative = _informative(draft) + event.strength
        new_day = (
            draft.when is not None
            and self.last_group
            and self.last_group[0].when is not None
            and not draft.when.reported
            and draft.when.start > self.last_group[0].when.end
        )
        recent = s.index - self.last_index <= 4
        if (
            self.last_group
            and recent
            and not new_day
            and (_POINTS_BACK.search(s.text) or event.main.pointing)
            and not _ANAPHORA.search(s.text)
        ):
            return [self._follow(self.last_group, draft)]
        anaphora = _ANAPHORA.search(s.text)
        near = s.index - self.last_place_index
        seat = next(
            (n for i, n in enumerate(s.named) if s.roles[i] is Role.SPEAKER and n.place is not None and n.place.kind is PlaceKind.POINT),
            None,
        )
        if anaphora and seat is not None and (self.last_place is None or near > 2):
            # "The mayor of X said missiles had hit the city"
            draft.struck, draft.carried_place = Struck(head=seat), True
            draft.place_text = Span(s.span.start + anaphora.start(), s.span.start + anaphora.end())
            return [self._merge(draft, s)]
        if self.last_place is not None and ((anaphora and near <= 8) or (near <= 2 and not new_day)):
            draft.struck, draft.carried_place = self._meant(anaphora.group() if anaphora else ""), True
            draft.place_text = Span(s.span.start + anaphora.start(), s.span.start + anaphora.end()) if anaphora else None
        return [self._merge(draft, s)]

    def _meant(self, words: str) -> Struck | None:
        """Choose the place that "the city" means: the last city, not the village told of after it."""
        if "city" in words.lower():
            for name in reversed(self.towns):
                if name.place is not None and (name.place.population or 0) >= _CITY:
                    return Struck(head=name)
        return self.last_place

    def _follow(self, group: list[Draft], draft: Draft) -> Draft:
        """Add a sentence to the strike told before: to the same speaker's claim, or as a claim of a new speaker."""
        base = group[0]
        draft.struck, draft.carried_place, draft.place_text = base.struck, True, draft.place_text or base.place_text
        draft.when = draft.when if draft.when is not None and not draft.when.reported else base.when or draft.when
        for known in reversed(self.drafts):
            if known.place_id == draft.place_id and known.fits(draft) and not _is_other_account(known, draft):
                known.take(draft)
                return known
        if draft.weapon is Weapon.UNSPECIFIED:
            draft.weapon, draft.weapon_text = base.weapon, base.weapon_text
        self.drafts.append(draft)
        return draft

    def _merge(self, new: Draft, s: _Sentence) -> Draft:
        for known in reversed(self.drafts):
            if _same_place(known, new) and known.fits(new):
                known.take(new)
                return known
            if s.index > 0 and known.sentence.start <= self._lede_end() and _is_lede_of(known, new):
                new.also.extend([known.sentence, *known.also])
                new.attacker = new.attacker or known.attacker
                new.when = new.when or known.when
                new.speaker = new.speaker or known.speaker
                self.drafts.remove(known)
                break
        self.drafts.append(new)
        return new

    def _lede_end(self) -> int:
        return 600

    # -- accusations, denials, claims of responsibility ------------------------------------------------------------------

    def _accused(self, s: _Sentence, frame: Frame, events: tuple[Event, ...]) -> list[Draft]:
        event = events[0] if events else None
        if event is None and not self.last_group:
            return []
        if _MUTUAL.search(s.text):
            return self._mutual(s, frame, event)
        speaker = self._speaker_of(s, frame) or self._earlier_speaker(s, frame)
        accused = [m for m in s.parties if frame.after <= m.first <= frame.after + 8 and m.head not in {"victim", "place"}]
        if not accused:
            return []
        attacker = Attacker(
            parties=(accused[0].party,), span=Span(s.words[accused[0].first].start, s.words[accused[0].last - 1].end), rule="accused"
        )
        return self._speech_acts(s, event, speaker, attacker, Stance.ACCUSED)

    def _mutual(self, s: _Sentence, frame: Frame, event: Event | None) -> list[Draft]:
        """ "A and B accuse each other": each one's claim against the other."""
        sides = [m for m in s.parties if m.last <= frame.verb][-2:]
        if len(sides) < 2 or event is None:
            return []
        made = []
        for speaker, attacker in ((sides[0], sides[1]), (sides[1], sides[0])):
            claimant = self._party_speaker(s, speaker)
            accused = Attacker(
                parties=(attacker.party,), span=Span(s.words[attacker.first].start, s.words[attacker.last - 1].end), rule="accused"
            )
            made.extend(self._speech_acts(s, event, claimant, accused, Stance.ACCUSED, general=True))
        return made

    def _speech_acts(
        self, s: _Sentence, event: Event | None, speaker: Speaker | None, attacker: Attacker | None, stance: Stance, *, general: bool = False
    ) -> list[Draft]:  # fmt: skip
        """Make the claims of an accusation, a denial or a claim of responsibility: one for each place, or for the strike told before."""
        draft = Draft(sentence=s.span, speaker=speaker, attacker=attacker, stance=stance, informative=2)
        struck: tuple[Struck, ...] = ()
        if event is not None:
            draft.weapon, draft.weapon_text = event.weapon, event.weapon_text
            draft.target, draft.target_kind = self._target(s, event)
            draft.when = self._when(s, event, None)
            if stance is not Stance.DENIED and not general:
                draft.casualties = read_casualties(s.text)
            struck = find_struck(s.words, event, s.named, s.roles, s.parties)
            if general:
                struck = tuple(one for one in struck if one.head.first >= event.main.first)
        if struck:
            return [self._merge(self._put_at(draft, one, s), s) for one in struck]
        if self.last_group and not general:
            base = self.last_group[0]
            draft.struck, draft.carried_place, draft.place_text = base.struck, True, base.place_text
            draft.when = draft.when or base.when
            if draft.weapon is Weapon.UNSPECIFIED and stance is not Stance.ACCUSED:
                draft.weapon, draft.weapon_text = base.weapon, base.weapon_text
        return [self._merge(draft, s)]

    def _put_at(self, draft: Draft, struck: Struck, s: _Sentence) -> Draft:
        new = draft.copy()
        new.struck, new.place_text = struck, self._place_span(s, struck.head)
        new.target, new.target_kind = self._own_target(s, new.place_text) or (new.target, new.target_kind)
        self.roles[struck.head.resolution.toponym.span] = Role.STRUCK
        return new

    def _denied(self, s: _Sentence, frame: Frame) -> list[Draft]:
        speaker = self._speaker_of(s, frame) or self._earlier_speaker(s, frame)
        if speaker is None or not (self.last_group or s.events):
            return []
        after = list(find_events(self.article.text, s.words[frame.verb :], about_strikes=True))
        own = self._parties_in(s, frame)
        attacker = None
        if own:
            attacker = Attacker(
                parties=(own[0].party,), span=Span(s.words[own[0].first].start, s.words[own[0].last - 1].end), rule="denied"
            )
        elif self.last_group and self.last_group[0].attacker is not None:
            attacker = self.last_group[0].attacker
        event = s.events[0] if s.events and after else None
        return self._speech_acts(s, event, speaker, attacker, Stance.DENIED)

    def _owned(self, s: _Sentence, frame: Frame, casualties: Casualties) -> list[Draft]:
        speaker = self._speaker_of(s, frame)
        own = self._parties_in(s, frame)
        if speaker is None or not (self.last_group or any(e.strength >= 2 for e in s.events)):
            return []
        attacker = (
            Attacker(parties=(own[0].party,), span=Span(s.words[own[0].first].start, s.words[own[0].last - 1].end), rule="owned")
            if own
            else None
        )
        event = next((e for e in s.events if e.strength >= 2), None)
        drafts = self._speech_acts(s, event, speaker, attacker, Stance.CLAIMED_RESPONSIBILITY)
        for draft in drafts:
            draft.casualties = draft.casualties or casualties
        return drafts

    # -- sentences that add to a strike told before ----------------------------------------------------------------------

    def _pointed_back(self, s: _Sentence, casualties: Casualties) -> list[Draft]:
        """Read "the attack killed twelve, the mayor said" and "27 people were killed" after a strike."""
        if not self.last_group or s.index - self.last_index > 4:
            return []
        if _GROUND_FIGHT.search(s.text):
            return []
        points = bool(_POINTS_BACK.search(s.text)) or any(e.main.pointing for e in s.events)
        if not (points or casualties):
            return []
        speaker, frame = self._speaker(s, None)
        attacker = None
        if points and (event := next(iter(s.events), None)) is not None:
            attacker = find_attacker(s.words, event, s.parties, s.frames)
        blame = bool(_BLAMES.search(s.text))
        if blame and attacker is None:
            blamed = [m for m in s.parties if not self._is_speaking(m, s.frames) and m.head != "victim"]
            if blamed:
                attacker = Attacker(
                    parties=(blamed[0].party,), span=Span(s.words[blamed[0].first].start, s.words[blamed[0].last - 1].end), rule="blamed"
                )
        if speaker is None and not casualties and attacker is None:
            return []
        if speaker is not None and not casualties and attacker is None and not any(e.strength for e in s.events):
            return []
        when = self._when(s, None, frame)
        stance = Stance.ACCUSED if blame and attacker is not None and speaker is not None else Stance.ASSERTED
        draft = Draft(
            sentence=s.span,
            speaker=speaker,
            attacker=attacker,
            casualties=casualties,
            when=when,
            stance=stance,
            informative=1 + bool(casualties),
        )
        return [self._follow(self.last_group, draft)]

    def _is_speaking(self, mention: PartyMention, frames: tuple[Frame, ...]) -> bool:
        return any(f.first <= mention.first < f.last for f in frames)

    def _add_toll(self, s: _Sentence, casualties: Casualties) -> None:
        speaker, _ = self._speaker(s, None)
        killed, wounded = casualties.killed, casualties.wounded
        self.tolls.append(
            Toll(
                article_id=self.article.article_id,
                quote=s.text,
                span=s.span,
                claimant=speaker.text if speaker else None,
                claimant_kind=speaker.kind if speaker else None,
                killed_min=killed.low if killed else None,
                killed_max=killed.high if killed else None,
                wounded_min=wounded.low if wounded else None,
                wounded_max=wounded.high if wounded else None,
                as_of=self.article.day,
            )
        )

    # -- fields -----------------------------------------------------------------------------------------------------------

    def _speaker(self, s: _Sentence, event: Event | None) -> tuple[Speaker | None, Frame | None]:
        frame = _governing(s, event)
        if frame is None:
            if s.text.startswith(('"', "“")) and self.last_speaker is not None and s.index - self.last_index <= 3:
                return self.last_speaker, None
            return None, None
        if frame.pronoun:
            return self.last_speaker, frame
        return self._speaker_of(s, frame), frame

    def _speaker_of(self, s: _Sentence, frame: Frame) -> Speaker | None:
        if frame.pronoun:
            return self.last_speaker
        span = Span(s.words[frame.first].start, s.words[frame.last - 1].end)
        speaker = Speaker(text=self.article.text[span.start : span.end], span=span, kind=frame.kind or ClaimantKind.OTHER)
        if self.last_speaker is not None and _is_definite(speaker.text) and (speaker.kind in {self.last_speaker.kind, ClaimantKind.OTHER}):
            return self.last_speaker
        return speaker

    def _earlier_speaker(self, s: _Sentence, frame: Frame) -> Speaker | None:
        earlier = [f for f in s.frames if f.verb < frame.verb]
        return self._speaker_of(s, earlier[-1]) if earlier else None

    def _party_speaker(self, s: _Sentence, mention: PartyMention) -> Speaker:
        span = Span(s.words[mention.first].start, s.words[mention.last - 1].end)
        kind = ClaimantKind.GOVERNMENT if mention.party.kind == "state" else ClaimantKind.PARTY
        return Speaker(text=self.article.text[span.start : span.end], span=span, kind=kind)

    def _parties_in(self, s: _Sentence, frame: Frame) -> list[PartyMention]:
        inside = [m for m in s.parties if frame.first <= m.first < frame.last]
        if inside or not frame.pronoun:
            return inside
        return []

    def _stance(self, s: _Sentence, speaker: Speaker | None, attacker: Attacker | None, event: Event) -> Stance:
        if speaker is None or attacker is None:
            return Stance.ASSERTED
        own = find_parties(split_words(speaker.text), self.theatre)
        mine = {m.party.name for m in own if m.form is not Form.GENERIC}
        # A side that tells of its own strike owns it (GUIDE); media and monitors only report.
        if mine & {p.name for p in attacker.parties} and speaker.kind in {
            ClaimantKind.PARTY,
            ClaimantKind.GOVERNMENT,
            ClaimantKind.OFFICIAL,
        }:
            return Stance.CLAIMED_RESPONSIBILITY
        if _BLAMES.search(s.text) and event.main.pointing:
            return Stance.ACCUSED
        return Stance.ASSERTED

    def _when(self, s: _Sentence, event: Event | None, frame: Frame | None) -> When | None:
        happened: list[When] = []
        reported: list[When] = []
        for when in s.dates:
            before = self.article.text[s.span.start : when.span.start]
            (reported if _REPORTING.search(before.rstrip()) else happened).append(when)
        if happened:
            inside = [w for w in happened if event is not None and s.words[event.first].start <= w.span.start < s.words[event.last - 1].end]
            anchor = s.words[event.main.first].start if event is not None else s.span.start
            return min(inside or happened, key=lambda w: ((w.end - w.start).days > 1, abs(w.span.start - anchor)))
        if reported and frame is not None:
            said = reported[-1]
            # Said on Wednesday of something just happened: Tuesday or Wednesday, as the annotators' guide decides.
            return replace(said, start=said.start - _ONE_DAY, reported=True)
        return None if event is None or _BACKGROUND.search(s.text) else self.last_day

    def _remember_day(self, s: _Sentence) -> None:
        """Carry the day of a report's news on to its later sentences, until another is told. Days told as background are not carried."""
        if _BACKGROUND.search(s.text):
            return
        when = self._when(s, None, s.frames[-1] if s.frames else None)
        if when is not None and _counts_on(self.article.day, when) and (self.last_day is None or not when.reported):
            self.last_day = when

    def _target(self, s: _Sentence, event: Event) -> tuple[Span | None, TargetKind | None]:
        parties = {i for m in s.parties for i in range(m.first, m.last)}
        hits = [
            h
            for h in targets().find(s.words[event.first : event.last])
            if not parties & set(range(event.first + h.first, event.first + h.last))
        ]
        if not hits:
            return None, None
        main = event.main.last - event.first
        after = [h for h in hits if h.first >= main]
        before = [h for h in hits if h.last <= main]
        chosen = (before[-1] if before else after[0]) if event.main.passive and before else (after[0] if after else before[-1])
        words = s.words[event.first + chosen.first : event.first + chosen.last]
        return Span(words[0].start, words[-1].end), chosen.value

    def _own_target(self, s: _Sentence, place: Span) -> tuple[Span, TargetKind] | None:
        """Return what a place's own words say was hit: "several villages in X"."""
        words = tuple(w for w in s.words if place.start <= w.start < place.end)
        hits = list(targets().find(words))
        return (Span(words[hits[0].first].start, words[hits[0].last - 1].end), hits[0].value) if hits else None

    def _place_span(self, s: _Sentence, name: Named) -> Span:
        """Return the place as written, with "several villages in" where the report tells parts of an area."""
        first = name.first
        k = first - 1
        while k > 0 and s.words[k].low in {"the", "a"}:
            k -= 1
        if k > 0 and s.words[k].low in {"in", "of", "around", "across"} and s.words[k - 1].low in _PARTS:
            first = k - 1
            while first > 0 and s.words[first - 1].low in _QUANTITIES:
                first -= 1
        return Span(s.words[first].start, s.words[name.last - 1].end)

    def _remember(self, s: _Sentence) -> None:
        for frame in s.frames:
            speaker = self._speaker_of(s, frame)
            if speaker is not None:
                self.last_speaker = speaker
        self.towns.extend(
            n for i, n in enumerate(s.named) if s.roles[i] is not Role.SPEAKER and n.place is not None and n.place.kind is PlaceKind.POINT
        )
        struck = [d.struck for d in self.last_group if d.struck is not None and not d.carried_place] if self.last_index == s.index else []
        if struck:
            self.last_place, self.last_place_index = struck[0], s.index
        else:
            towns = [
                n
                for i, n in enumerate(s.named)
                if s.roles[i] is Role.BACKGROUND and n.place is not None and n.place.kind is PlaceKind.POINT and n.governor != "subject"
            ]
            if towns and (s.index - self.last_place_index > 1):
                self.last_place, self.last_place_index = Struck(head=towns[0]), s.index
        self._remember_day(s)
        told = [d.when for d in self.last_group if d.when is not None] if self.last_index == s.index else []
        days = told or [w for w in s.dates if w.start == w.end]
        if days:
            self.calendar = replace(self.calendar, previous=days[-1].end, year=days[-1].end.year)


def _counts_on(today: date | None, when: When) -> bool:
    """Tell whether a day is one that the sentences after it still speak of: close to the report's own, or the report has none."""
    return today is None or timedelta(0) <= today - when.end <= timedelta(days=10)


def _is_other_account(known: Draft, new: Draft) -> bool:
    """Tell a speaker's own toll from the reporter's account: where both count and count differently, they are two claims."""
    if known.speaker is not None or new.speaker is None:
        return False
    one, two = known.casualties, new.casualties
    return bool(one) and bool(two) and (one.killed, one.wounded) != (two.killed, two.wounded)


def _governing(s: _Sentence, event: Event | None) -> Frame | None:
    """Choose whose words a strike stands in: the nearest speaker before it, else the one who ends the sentence."""
    frames = [f for f in s.frames if f.act in {"say", "own"}]
    if not frames:
        return None
    if event is None:
        return frames[-1] if frames[-1].governs_before else frames[0]
    at = event.main.first
    before = [f for f in frames if f.verb < at and not (f.governs_before and f.verb > event.first and f.first > 3)]
    after = [f for f in frames if f.verb >= at or f.governs_before]
    ending = [f for f in after if f.governs_before]
    if before:
        return before[-1]
    return ending[-1] if ending else None


def _is_definite(text: str) -> bool:
    """Tell a wording that only points back to a speaker ("the source", "the monitor") from one that names a new one."""
    return bool(_DEFINITE_SPEAKER.search(text)) and not re.search(r"\b[A-Z]\w+ [A-Z]", text[4:])


def _countries(resolutions: tuple[Resolution, ...]) -> tuple[str, ...]:
    """Return the countries that a report is about, the most spoken of first; those named in passing are left out."""
    counts: Counter[str] = Counter(r.place.country_code for r in resolutions if r.place is not None and r.place.country_code)
    most = max(counts.values(), default=0)
    return tuple(country for country, n in counts.most_common() if n * 3 >= most)


def _title_year(article: Article) -> int | None:
    found = set(re.findall(r"\b(?:19|20)\d\d\b", article.title or ""))
    return int(found.pop()) if len(found) == 1 else None


def _same_place(known: Draft, new: Draft) -> bool:
    if known.place_id is not None or new.place_id is not None:
        return known.place_id == new.place_id
    if known.place_text is None or new.place_text is None:
        return (
            known.place_text is None
            and new.place_text is None
            and known.attacker is not None
            and new.attacker is not None
            and known.speaker == new.speaker
        )
    return known.place_text == new.place_text


def _is_lede_of(lede: Draft, new: Draft) -> bool:
    """Tell whether a strike told at the top in a wide area is the one now told in a place inside it."""
    if lede.struck is None or new.struck is None:
        return False
    if lede.place_id is None:
        return lede.attacker is not None and lede.fits(new)
    if lede.struck.head.place is None:
        return False
    if any(c.place is not None and c.place.place_id == lede.place_id for c in new.struck.containers):
        return lede.fits(new)
    if new.struck.head.place is None:
        return False
    return contains(lede.struck.head.place, new.struck.head.place) and lede.struck.head.place.kind is PlaceKind.AREA and lede.fits(new)


def _informative(draft: Draft) -> int:
    return sum(
        (
            draft.speaker is not None,
            draft.attacker is not None,
            draft.struck is not None,
            bool(draft.casualties),
            draft.when is not None,
            draft.target is not None,
        )
    )


def _is_told(draft: Draft) -> bool:
    """Tell whether a draft says enough to be a claim of one strike.

    It needs a place, or an attacker with a day, a toll or an accusation. A whole country is no place for one strike: "nations that have
    conducted strikes in X" tells of a campaign, unless a day or a toll of its own is told.
    """
    told = bool(draft.casualties) or (draft.when is not None and not draft.carried_day)
    if draft.struck is not None and not (draft.struck.is_country() and draft.stance is Stance.ASSERTED):
        return True
    if draft.struck is not None:
        return told
    said_of_what = draft.speaker is not None and draft.target is not None
    return draft.attacker is not None and (draft.stance is not Stance.ASSERTED or told or said_of_what)
