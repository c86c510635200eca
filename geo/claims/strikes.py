"""Strikes told in plain words, and the sentences after them that only point back: "the attack killed twelve, the mayor said"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from gazetteer.model import Place, PlaceKind
from geo.claims.attacker import Attacker
from geo.claims.attackers import find_attacker, is_nameless_of, tells_of_itself
from geo.claims.casualties import Casualties, read_casualties
from geo.claims.drafts import Draft, Speaker, count_told
from geo.claims.events import Event, find_events
from geo.claims.glance import Glance
from geo.claims.lexicons import wording
from geo.claims.memory import Memory
from geo.claims.name_pairs import contains
from geo.claims.named import Named
from geo.claims.parties import PartyMention, Theatre, find_parties
from geo.claims.rules import Rule
from geo.claims.sentence import Sentence, is_ground_fight
from geo.claims.speech import Frame, find_frames
from geo.claims.struck import Struck, find_struck
from geo.claims.toll_places import divide_toll
from geo.claims.words import split_words
from geo.model import ClaimantKind, DateBasis, Role, Span, Stance

_MAY_BE_ACCIDENTS = frozenset({"explosion", "explosions", "blast", "blasts"})
_BEFORE_BLAMED = frozenset("the a an suspected alleged".split())
_LEAVES_OPEN = wording("leaves_open")
_CHARGING = frozenset({"charge", "charged", "charges"})
_PUT_IN = frozenset({"in", "at", "near", "on", "of"})
# Where the wounded lie, the dead are buried and people speak is not where they were hit.
_OWN_GROUND = wording("own_ground")
_ELSEWHERE = re.compile(r"\b(?:hospitals?|clinics?|funerals?|buried|mourn\w*|reporters?|taken|treated|evacuated|told)\b")
_SOURCES = re.compile(r"\bsources?\b")
_SIDES = frozenset({ClaimantKind.PARTY, ClaimantKind.GOVERNMENT, ClaimantKind.OFFICIAL})


def is_about_strikes(sentences: Iterable[Glance], *, theatre: Theatre, is_terse: bool = False) -> bool:
    """Tell whether a report of these sentences tells of strikes: once beyond doubt, or twice, or once with who struck or with its toll."""
    single: tuple[Glance, Event] | None = None
    for glance in sentences:
        for event in find_events(glance, is_terse=is_terse):
            if event.strength == 3 or (event.strength == 2 and single is not None):
                return True
            if event.strength == 2:
                single = glance, event
    return single is not None and _is_plain(*single, theatre)


def _is_plain(glance: Glance, event: Event, theatre: Theatre) -> bool:
    """Tell whether a single "strike" or "hit" is told so plainly that the report is about a strike: with who struck or with its toll."""
    words = glance.words
    sentence = glance.report[words[0].start : words[-1].end]
    if is_ground_fight(sentence):
        return False
    parties = find_parties(words, theatre)
    struck_by = find_attacker(words, event, parties, find_frames(words, lambda: parties))
    by_itself = any(t.form == "event" and words[t.first].low not in _MAY_BE_ACCIDENTS for t in event.triggers)
    return struck_by is not None or (by_itself and (bool(read_casualties(sentence)) or any(t.form == "verb" for t in event.triggers)))


def read_strike(event: Event, sentence: Sentence, casualties: Casualties, memory: Memory) -> list[Draft]:
    """Read a strike as told: one claim for each place that it hit, or one at the place that the report has told before."""
    speaker, frame = memory.find_speaker(sentence, event)
    attacker = find_attacker(sentence.words, event, sentence.parties, sentence.frames)
    if attacker is None and speaker is not None and frame is not None and frame.pronoun and tells_of_itself(sentence.words, event, frame):
        # "It said its own men had fired": whoever was named before.
        attacker = memory.party_of(speaker, rule=Rule.SPEAKER_STRUCK)
    if attacker is not None and is_nameless_of(sentence.words, attacker):
        # "Boko Haram took X. Its fighters shelled Y": the one group that the sentence before named.
        attacker = memory.group_named_last(sentence, attacker) or attacker
    when = memory.find_day(sentence, event, frame)
    target, target_kind = sentence.find_target(event)
    stance = _stance(sentence, speaker, attacker, event, memory.theatre)
    if stance is Stance.ASSERTED and attacker is not None and frame is not None and sentence.words[frame.verb].low in _CHARGING:
        stance = Stance.ACCUSED
    draft = Draft(
        sentence=sentence.span, speaker=speaker, attacker=attacker, weapon=event.weapon, weapon_text=event.weapon_text,
        target=target, target_kind=target_kind, when=when, carried_day=when is not None and when is memory.last_day,
        casualties=casualties, background=sentence.background or (when.span if when is not None and memory.is_long_ago(when) else None),
        stance=stance, said=_said(sentence, frame, stance), points_back=event.main.pointing,
    )  # fmt: skip
    if sentence.is_counted(event):
        memory.continue_bulletin(draft)
    struck = find_struck(sentence.words, event, sentence.named, sentence.roles, sentence.parties, head=sentence.head or 0)
    if not struck:
        return [_place_from_context(draft, event, sentence, memory)]
    made = []
    tolls = divide_toll(sentence.report, casualties, [sentence.cut(one.head.first, one.head.last) for one in struck])
    for one, toll in zip(struck, tolls, strict=True):
        new = memory.put_at(draft, one, sentence)
        new.casualties = toll
        of_entry = new.when is not None and new.when.basis is DateBasis.DATELINE
        if new.carried_day and not (of_entry or sentence.head is not None or sentence.goes_on(event) or memory.has_told_of(new)):
            # The day of one strike is not that of another, elsewhere, unless it happened "later" or "also".
            new.when, new.carried_day = None, False
        new.informative = count_told(new) + event.strength
        made.append(memory.merge(new, sentence))
    return made


def _place_from_context(draft: Draft, event: Event, sentence: Sentence, memory: Memory) -> Draft:
    """Place a strike whose sentence names no place: at the strike that it points back to, or in the town told of before."""
    draft.informative = count_told(draft) + event.strength
    is_later_day = memory.is_later_day(draft)
    points_back = sentence.points_back or event.main.pointing
    if points_back and memory.has_recent_strike(sentence) and not is_later_day and sentence.anaphora is None:
        return _follow(draft, sentence, memory)[0]
    if sentence.words[event.first].low == "as":
        # What goes on beside a strike happens elsewhere.
        return memory.merge(draft, sentence)
    # "Rockets were fired from X" leaves open where they struck.
    told_origin = Role.ORIGIN in sentence.roles.values() and sentence.anaphora is None
    # "its own side of the border", "its positions had come under fire": somewhere else than what was told.
    is_elsewhere = sentence.anaphora is None and bool(_OWN_GROUND.search(sentence.text, sentence.signs))
    place = None if told_origin or is_elsewhere else memory.places.find(sentence, is_later_day=is_later_day)
    if place is not None:
        draft.struck, draft.carried_place, draft.place_text = place, True, sentence.anaphora
    return memory.merge(draft, sentence)


def _stance(sentence: Sentence, speaker: Speaker | None, attacker: Attacker | None, event: Event, theatre: Theatre) -> Stance:
    if speaker is None or attacker is None:
        return Stance.ASSERTED
    # A side that tells of its own strike owns it (the annotators' guide); media, monitors and unnamed sources only report.
    if speaker.kind in _SIDES and not _SOURCES.search(speaker.text):
        mine = {m.party.name for m in find_parties(split_words(speaker.text), theatre)}
        if mine & {p.name for p in attacker.parties}:
            return Stance.CLAIMED_RESPONSIBILITY
    return Stance.ACCUSED if sentence.blames and event.main.pointing else Stance.ASSERTED


def _said(sentence: Sentence, frame: Frame | None, stance: Stance) -> Span | None:
    """Return the words that blame somebody, or else those with which a frame's speaker speaks."""
    return sentence.blame if stance is Stance.ACCUSED else sentence.said_in(frame) if frame is not None else None


def read_pointing_back(sentence: Sentence, casualties: Casualties, memory: Memory) -> list[Draft]:
    """Read what a sentence adds to the strike told shortly before: a toll, an attacker or a speaker; empty if it adds nothing."""
    if not memory.has_recent_strike(sentence) or sentence.is_ground_fight:
        return []
    points_back = sentence.points_back or any(e.main.pointing for e in sentence.events)
    if not (points_back or casualties or sentence.blames):
        return []
    speaker, frame = memory.find_speaker(sentence, None)
    when = sentence.find_day(None, frame)
    if not points_back and memory.is_of_another_day(when):
        return []
    attacker = _attacker_added(sentence, points_back=points_back)
    if attacker is None and not casualties and (speaker is None or not sentence.strikes):
        # Who only mourns, condemns or promises says nothing of the strike, but the report still speaks of it.
        memory.still_speaks_of_it(sentence)
        return []
    is_accused = sentence.blames and attacker is not None and speaker is not None
    stance = Stance.ACCUSED if is_accused else Stance.ASSERTED
    draft = Draft(
        sentence=sentence.span,
        speaker=speaker,
        attacker=attacker,
        casualties=casualties,
        when=when,
        stance=stance,
        said=_said(sentence, frame, stance),
        informative=1 + bool(casualties),
    )
    return [] if _is_of_another_area(sentence, memory) else _follow(draft, sentence, memory)


def _is_of_another_area(sentence: Sentence, memory: Memory) -> bool:
    """Tell a toll of a province ("put the dead in X province at 31") in which the strike told last was not."""
    own = [n for n in _put_in(sentence) if not _is_town(n.resolution.place)]
    last = [d.struck.head.place for d in memory.last_group if d.struck is not None]
    if not own or len(own) != len(_put_in(sentence)) or not all(last):
        return False
    return not any(contains(name.place, place) or name.place == place for name in own for place in last)


def _follow(draft: Draft, sentence: Sentence, memory: Memory) -> list[Draft]:
    """Add to the strike told last, or, where the sentence names towns that are not where that was, as further places of it."""
    towns = _towns_of_its_own(sentence)
    if not towns or not memory.last_group:
        return [_follow_all(draft, sentence, memory)]
    tolls = divide_toll(sentence.report, draft.casualties, [sentence.cut(t.head.first, t.head.last) for t in towns])
    made = []
    for town, toll in zip(towns, tolls, strict=True):
        told, one = memory.find_told_at(town), replace(draft.copy(), casualties=toll)
        made.append(memory.follow(one, told) if told is not None else memory.follow_at(one, town, sentence))
    return made


def _follow_all(draft: Draft, sentence: Sentence, memory: Memory) -> Draft:
    """Add to the strike told last; a toll of a strike on several places goes to each of them, marked as shared."""
    others = memory.other_places() if draft.casualties and draft.place_text is None else []
    if not others:
        return memory.follow(draft)
    places = [memory.last_group[0], *others]
    named = [next((n for n in sentence.named if told.struck is not None and n.place == told.struck.head.place), None) for told in places]
    spans = [sentence.cut(n.first, n.last) for n in named if n is not None and n.place is not None]
    if len(spans) == len(places):
        tolls = divide_toll(sentence.report, draft.casualties, spans)
    else:
        tolls = [replace(draft.casualties, is_shared=True)] * len(places)
    made = [memory.follow(replace(draft.copy(), casualties=toll), told) for told, toll in zip(places, tolls, strict=True)]
    return made[0]


def _towns_of_its_own(sentence: Sentence) -> list[Struck]:
    """Return the towns that a sentence puts its toll in: "a woman was killed in the city of X, two men in Y".

    A division counts beside a town that is not in it ("one in the X region, another in Y"), and by itself for nothing.
    """
    put_in = _put_in(sentence)
    own = [name for name in put_in if not any(contains(name.place, other.place) for other in put_in)]
    if _ELSEWHERE.search(sentence.text) or not any(_is_town(name.resolution.place) for name in own):
        return []
    return [Struck(head=name, score=1.0) for name in own]


def _put_in(sentence: Sentence) -> list[Named]:
    """Return the towns and divisions that a sentence puts something in, and that are no speaker's or origin."""
    return [
        name
        for n, name in enumerate(sentence.named)
        if sentence.roles[n] is Role.BACKGROUND and name.governor in _PUT_IN and name.place is not None and _is_local(name.resolution.place)
    ]


def _is_local(place: Place | None) -> bool:
    return place is not None and (_is_town(place) or (place.feature_code or "").startswith("ADM"))


def _is_blamed(mention: PartyMention, sentence: Sentence) -> bool:
    """Tell whom "the work of" blames: who is named right behind it."""
    blame = sentence.blame
    if blame is None or not sentence.report[blame.start : blame.end].endswith(" of"):
        return True
    between = [w.low for w in sentence.words[: mention.first] if w.start >= blame.end]
    return sentence.words[mention.first].start > blame.end and _BEFORE_BLAMED.issuperset(between)


def _is_town(place: Place | None) -> bool:
    return place is not None and place.kind is PlaceKind.POINT


def _attacker_added(sentence: Sentence, *, points_back: bool) -> Attacker | None:
    attacker = None
    if _LEAVES_OPEN.search(sentence.text, sentence.signs):
        # "neither confirmed nor denied that it was behind the attack"
        return None
    if sentence.says_nobody_owned and not sentence.blames:
        # "No group claimed the attacks, but X has used such bombs": nobody says that it was X.
        return None
    if points_back and sentence.events:
        attacker = find_attacker(sentence.words, sentence.events[0], sentence.parties, sentence.frames)
    if attacker is None and sentence.blames:
        blamed = next((m for m in sentence.parties if not sentence.is_speaking(m) and m.head != "victim" and _is_blamed(m, sentence)), None)
        attacker = sentence.party_as_attacker(blamed, rule=Rule.BLAMED) if blamed is not None else None
    return attacker
