"""Sentences that do more than tell: accusations, mutual accusations, denials and claims of responsibility."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.claims.attacker import Attacker
from geo.claims.attackers import IT_WAS, find_attacker
from geo.claims.casualties import Casualties
from geo.claims.drafts import Draft, Speaker
from geo.claims.events import Event, as_denied, as_event, find_events
from geo.claims.glance import Glance
from geo.claims.lexicons import grammar, modalities, triggers, wording
from geo.claims.memory import Memory
from geo.claims.parties import Form
from geo.claims.rules import Rule
from geo.claims.sentence import Sentence
from geo.claims.speech import HOLDING, Frame
from geo.claims.struck import Struck, find_struck
from geo.model import ClaimantKind, Role, Span, Stance, Weapon

_MUTUAL, _OWNED, _NOBODY_OWNED, _DENIED = wording("mutual"), wording("owned"), wording("nobody_owned"), modalities()["denied"]
# "Reports that X shelled Y were false": all that is denied stands before the last word.
_AS_FALSE = modalities()["denied_as_false"]
# "There was no strike on X": a side's own word for it denies; a monitor or a witness only tells of a quiet day.
_DENIED_BY_SIDE, _QUIET = modalities()["denied_by_side"], re.compile(r"\b(?:since|so far|for (?:the )?\w+ (?:days|weeks|months))\b")
_ONLOOKERS = frozenset({ClaimantKind.MONITOR, ClaimantKind.MEDIA, ClaimantKind.WITNESS})
_AUXILIARY = frozenset("being having doing carrying responding".split())
# The words after "accused" among which the accused party is named.
_ACCUSED_REACH = 8
# Verbs that own a strike only where one is their object.
_OWNING_OTHERS = grammar("acts_owning_others")
_IT_WAS_WHO = ("it was", "it had been", "it is", "that was", "this was")
_ASCRIBING = frozenset("attributed attributes ascribed ascribes".split())
_REFUSED, _OBJECT_REACH = grammar("acts_refused"), 5
_REPORTS = frozenset("report reports claim claims allegation allegations accusation accusations charge charges that".split())
_NOT, _NOT_DONE = frozenset("not never didn't hadn't haven't hasn't".split()), grammar("acts_not_done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """The frames in which a sentence accuses, denies or owns a strike, None where it does not.

    `denies_before` tells that what is denied stands before the denial ("The report that X shelled Y is a lie, the ministry said"),
    `denies_to` the word at which what is called false ends, None where all that follows the denial is denied.
    """

    accusation: Frame | None
    denial: Frame | None
    owning: Frame | None
    denies_before: bool = False
    denies_to: int | None = None


_NO_ACTS = Acts(accusation=None, denial=None, owning=None)


def find_acts(sentence: Sentence) -> Acts:
    """Find what a sentence does with a strike. "Said that no shell was fired" denies as well, in the frame of its first speaker."""
    if not sentence.frames:
        return _NO_ACTS
    frames = [f for f in sentence.frames if not (f.act == "deny" and _refuses(f, sentence))]
    accusation, denial, owning = (next((f for f in frames if f.act == act), None) for act in ("accuse", "deny", "own"))
    if accusation is None:
        accusation = _told_to_be(sentence)
    if (
        owning is None
        and not _NOBODY_OWNED.search(sentence.text, sentence.signs)
        and (owned := _OWNED.search(sentence.text, sentence.signs))
    ):
        before = [f for f in sentence.frames if f.act == "say" and sentence.words[f.verb].start <= sentence.span.start + owned.start()]
        owning = before[-1] if before else None
    if denial is not None:
        return Acts(accusation=accusation, denial=denial, owning=owning, denies_before=denial.by_report)
    denial, denies_before, denies_to = _worded_denial(sentence, accusation)
    return Acts(
        accusation=accusation,
        denial=denial,
        owning=None if owning is denial else owning,
        denies_before=denies_before,
        denies_to=denies_to,
    )


def _refuses(frame: Frame, sentence: Sentence) -> bool:
    """Tell "rejected a call to stop the attacks", which denies no strike."""
    following = [w.low for w in sentence.words[frame.after : frame.after + _OBJECT_REACH]]
    return not frame.by_report and not _REFUSED.isdisjoint(following) and not any(w in _REPORTS for w in following)


def _worded_denial(sentence: Sentence, accusation: Frame | None) -> tuple[Frame | None, bool, int | None]:
    """Find who says that it is not so, with `denies_before` and `denies_to`: "had not fired", "reports that it fired were false"."""
    text, signs = sentence.text, sentence.signs
    as_false = _AS_FALSE.search(text, signs)
    denied = as_false or _DENIED.search(text, signs)
    if denied is not None and denied[0].lower().startswith(("did not", "didn")) and _flies(sentence, denied.start()):
        denied = None
    is_plain = denied is not None
    if denied is None and not _QUIET.search(text):
        denied = _DENIED_BY_SIDE.search(text, signs)
    if denied is None:
        return None, False, None
    at = sentence.span.start + denied.start()
    frames = sentence.frames
    if accusation is not None and sentence.words[accusation.verb].start < at:
        # "A accused B of shelling X, which B said was a lie"
        frames = tuple(f for f in frames if f.verb > accusation.verb)
    before = [f for f in frames if sentence.words[f.verb].start <= at]
    denial = before[-1] if before else frames[0] if frames else None
    if denial is None or (not is_plain and denial.kind in _ONLOOKERS):
        return None, False, None
    denies_to = None
    if as_false is not None:
        end = sentence.span.start + as_false.end()
        after = next((i for i, w in enumerate(sentence.words) if w.start >= end), len(sentence.words))
        denies_to = None if after < len(sentence.words) and sentence.words[after].low == "that" else after
    return denial, not before or denial.by_report, denies_to


def _flies(sentence: Sentence, start: int) -> bool:
    """Tell "the rockets did not hit any house": what flew is no one who denies."""
    i = next((i for i, w in enumerate(sentence.words) if w.start >= sentence.span.start + start), 0)
    return i > 0 and any(r.form == "munition" for r in triggers().at(sentence.words, i - 1))


def _told_to_be(sentence: Sentence) -> Frame | None:
    """Find who says whose it was: "the governor says it was Ukrainian", "leaflets said it had been the rebels"."""
    for mention in sentence.parties:
        before = " ".join(w.low for w in sentence.words[max(0, mention.first - 4) : mention.first] if w.low != "the")
        is_of_whom = mention.form is Form.ADJECTIVE and mention.end == mention.last and before.endswith(IT_WAS)
        is_who = mention.form is not Form.ADJECTIVE and before.endswith(_IT_WAS_WHO) and _ends_clause(sentence, mention.end)
        if is_of_whom or is_who:
            saying = [f for f in sentence.frames if f.act == "say" and f.verb < mention.first and not f.governs_before]
            return saying[-1] if saying else None
    return None


def _ends_clause(sentence: Sentence, i: int) -> bool:
    return i >= len(sentence.words) or sentence.words[i].text in {".", ",", ";", '"', "”"}


def _goes_on(acts: Acts, denial: Frame, sentence: Sentence) -> int:
    """Return the word from which on the denier says something else: "denied A and said B"; past the end where nothing is."""
    if acts.denies_to is not None and acts.denies_to > denial.verb:
        return acts.denies_to
    after = [f.verb for f in sentence.frames if f.act == "say" and f.verb > denial.verb and not f.governs_before]
    return after[0] if after else len(sentence.words)


def strikes_beside(acts: Acts, sentence: Sentence) -> tuple[Event, ...]:
    """Return the strikes that a sentence tells beside its acts: those before a denial or an accusation, all if it only tells."""
    strikes, denial, accusation = sentence.strikes, acts.denial, acts.accusation
    if denial is not None:
        goes_on = _goes_on(acts, denial, sentence)
        before = () if acts.denies_before else tuple(e for e in strikes if e.main.last <= denial.verb)
        strikes = (*before, *(e for e in strikes if e.main.first > goes_on))
        if accusation is None or accusation.verb > denial.verb:
            return strikes
    if accusation is not None:
        return tuple(
            e
            for e in strikes
            if e.main.last <= accusation.first or any(w.text == ";" for w in sentence.words[accusation.verb : e.first + 1])
        )
    return () if acts.owning is not None else strikes


def read_acts(acts: Acts, sentence: Sentence, casualties: Casualties, memory: Memory) -> list[Draft]:
    """Read the claims that a sentence's acts make; none if there is no strike that they could be about."""
    made: list[Draft] = []
    accused_in, denied_in = _parts(acts, sentence)
    if acts.accusation is not None:
        made.extend(_read_accusation(acts.accusation, sentence, memory, accused_in))
    if acts.owning is not None:
        made.extend(_read_owning(acts.owning, sentence, casualties, memory))
    if acts.denial is not None:
        made.extend(_read_denial(acts.denial, sentence, memory, denied_in, is_of_report=acts.denies_to is not None))
    return made


def _parts(acts: Acts, sentence: Sentence) -> tuple[range, range]:
    """Return the words of the accusation and of the denial: "denied shelling A, and accused Y of shelling B" says nothing of Y in A."""
    whole = range(len(sentence.words))
    if acts.denial is not None and acts.accusation is None:
        return whole, whole[: acts.denial.verb] if acts.denies_before else whole[: _goes_on(acts, acts.denial, sentence)]
    if acts.accusation is None or acts.denial is None or acts.accusation.verb == acts.denial.verb:
        return whole, whole
    cut = max(acts.accusation.verb, acts.denial.verb)
    parts = whole[:cut], whole[cut:]
    return parts if acts.accusation.verb < acts.denial.verb else (parts[1], parts[0])


def _read_accusation(frame: Frame, sentence: Sentence, memory: Memory, part: range) -> list[Draft]:
    event = _event_in(part, sentence, sentence.strikes)
    if event is None and (not memory.last_group or _is_for_other_doings(sentence, frame)):
        return []
    if _MUTUAL.search(sentence.text, sentence.signs):
        return _read_mutual(frame, sentence, event, memory)
    after = frame.after
    if sentence.words[frame.verb].low in _ASCRIBING:
        # "attributed the attack on A to B"
        after = next((i for i in range(after, len(sentence.words)) if sentence.words[i].low == "to"), after)
    accused = next((m for m in sentence.parties if after <= m.first <= after + _ACCUSED_REACH and m.head not in {"victim", "place"}), None)
    if accused is None:
        return []
    return _claim(
        sentence,
        event,
        memory,
        speaker=memory.speaker_of_act(sentence, frame),
        attacker=sentence.party_as_attacker(accused, rule=Rule.ACCUSED),
        stance=Stance.ACCUSED,
        said=sentence.said_in(frame),
        part=part,
    )


def _is_for_other_doings(sentence: Sentence, frame: Frame) -> bool:
    """Tell "holds both responsible for the truce" from "holds them responsible" and "responsible for the attack"."""
    is_held = sentence.words[frame.verb].low in HOLDING and any(w.low == "for" for w in sentence.words[frame.after :])
    return is_held and not sentence.points_back


def _owns_what_was_told(sentence: Sentence, frame: Frame) -> bool:
    """Tell "took credit for it" and "for the blast" from "prides itself on its discipline"."""
    following = sentence.words[frame.after].low if frame.after < len(sentence.words) else "."
    is_plain = sentence.words[frame.verb].low not in _OWNING_OTHERS or not following.isalpha()
    return is_plain or sentence.points_back or any(w.low in {"it", "them"} for w in sentence.words[frame.after : frame.after + 3])


def _event_in(part: range, sentence: Sentence, events: tuple[Event, ...]) -> Event | None:
    """Return the strike told in a part of a sentence; one that is told across both parts if this one names a place."""
    names_place = any(name.first in part for name in sentence.named)
    return next((e for e in events if e.main.first in part), next(iter(events), None) if names_place else None)


def _read_mutual(frame: Frame, sentence: Sentence, event: Event | None, memory: Memory) -> list[Draft]:
    """Read "A and B accuse each other" as each one's claim against the other."""
    sides = [m for m in sentence.parties if m.last <= frame.verb][-2:]
    if len(sides) < 2 or event is None:
        return []
    made, said = [], sentence.said_in(frame)
    for accuser, accused in ((sides[0], sides[1]), (sides[1], sides[0])):
        speaker, attacker = sentence.party_as_speaker(accuser), sentence.party_as_attacker(accused, rule=Rule.ACCUSED)
        made.extend(_claim(sentence, event, memory, speaker=speaker, attacker=attacker, stance=Stance.ACCUSED, said=said, is_mutual=True))
    return made


def _read_denial(frame: Frame, sentence: Sentence, memory: Memory, part: range, *, is_of_report: bool) -> list[Draft]:
    speaker = memory.speaker_of_act(sentence, frame)
    if speaker is None or not (memory.last_group or sentence.events):
        return []
    first = part.start if part.stop <= frame.verb else frame.verb
    says_what = bool(find_events(Glance(sentence.report, sentence.words[first : part.stop])))
    event = _event_in(part, sentence, sentence.events) if says_what else None
    if event is None and frame.act == "deny" and _is_of_other_doings(sentence, frame):
        return []
    event = event or _denied_verb(sentence, part)
    if event is None and _names_other_place(sentence, frame, part, memory):
        return []
    own = sentence.parties_speaking(frame)
    named = find_attacker(sentence.words, event, sentence.parties, sentence.frames) if event is not None else None
    if own and not (is_of_report and named):
        attacker: Attacker | None = sentence.party_as_attacker(own[0], rule=Rule.DENIED)
    else:
        attacker = named or memory.party_of(speaker, rule=Rule.DENIED)
        if attacker is None and event is None and memory.last_group:
            attacker = memory.last_group[0].attacker
    return _claim(
        sentence, event, memory, speaker=speaker, attacker=attacker, stance=Stance.DENIED, said=sentence.said_in(frame), part=part
    )


def _denied_verb(sentence: Sentence, part: range) -> Event | None:
    """Make an event of what somebody says was not done: "did not bomb X", "never fired on X", "no missile had fallen on X"."""
    words = sentence.words
    for i in part[1:]:
        if words[i - 1].low in _NOT and words[i].low in _NOT_DONE:
            return as_event(sentence.report, words, i, i + 1, sentence.signs)
    is_absent = _DENIED_BY_SIDE.search(sentence.text, sentence.signs)
    return as_denied(sentence.glance, part) if is_absent else None


def _names_other_place(sentence: Sentence, frame: Frame, part: range, memory: Memory) -> bool:
    """Tell whether a denial without a strike of its own names a place, so that it is not of the strike told before."""
    told = {d.place_id for d in memory.last_group}
    of_parties = {i for m in sentence.parties for i in range(m.first, m.last)}
    names = [n for k, n in enumerate(sentence.named) if sentence.roles[k] is not Role.SPEAKER and n.first not in of_parties]
    denied = [n for n in names if n.first in part and (n.first > frame.verb or part.stop <= frame.verb)]
    return any(n.place is not None and n.place.place_id not in told for n in denied)


def _is_of_other_doings(sentence: Sentence, frame: Frame) -> bool:
    """Tell "denies backing the rebels", which says nothing of a strike, from "denies firing" and "denies it"."""
    following = sentence.words[frame.after].low if frame.after < len(sentence.words) else ""
    is_strike = following in _AUXILIARY or bool(triggers().at(sentence.words, frame.after))
    return not frame.by_report and following.endswith("ing") and not is_strike


def _read_owning(frame: Frame, sentence: Sentence, casualties: Casualties, memory: Memory) -> list[Draft]:
    speaker = memory.speaker_of(sentence, frame)
    event = next(iter(sentence.strikes), None)
    if speaker is None or (event is None and not (memory.last_group and _owns_what_was_told(sentence, frame))):
        return []
    own = sentence.parties_speaking(frame)
    attacker = sentence.party_as_attacker(own[0], rule=Rule.OWNED) if own else memory.party_of(speaker, rule=Rule.OWNED)
    stance, said = Stance.CLAIMED_RESPONSIBILITY, sentence.said_in(frame)
    drafts = _claim(sentence, event, memory, speaker=speaker, attacker=attacker, stance=stance, said=said)
    for draft in drafts:
        draft.casualties = draft.casualties or casualties
    return drafts


def _claim(
    sentence: Sentence, event: Event | None, memory: Memory, *, speaker: Speaker | None, attacker: Attacker | None, stance: Stance,
    said: Span, part: range | None = None, is_mutual: bool = False,
) -> list[Draft]:  # fmt: skip
    """Make the claims of one act: one for each place that its event hit, else one at the place of the strike told before.

    Parameters
    ----------
    event
        None if the sentence tells no strike itself.
    said
        The words that do it: "accused", "denied".
    part
        The words that the act speaks of; all if None.
    is_mutual
        Both sides say the same of each other: only places named after the strike are its own, and no toll or earlier strike is meant.
    """
    if stance is Stance.ACCUSED and not is_mutual and (unattributed := memory.find_unattributed(sentence, speaker)):
        # "26 Aug, Azizia: Grad rockets; GNA blames LNA" is one claim, the accuser's.
        for told in unattributed:
            told.speaker, told.attacker, told.stance, told.said = speaker, attacker, stance, said
        return unattributed
    draft = Draft(sentence=sentence.span, speaker=speaker, attacker=attacker, stance=stance, said=said, informative=2)
    struck: tuple[Struck, ...] = ()
    if event is not None:
        draft.weapon, draft.weapon_text = event.weapon, event.weapon_text
        draft.target, draft.target_kind = sentence.find_target(event)
        # Who denies today speaks of a strike of whatever day; who accuses, of one that has just happened.
        draft.when = memory.find_day(sentence, event, None if stance is Stance.DENIED else next(iter(sentence.frames), None))
        if stance is not Stance.DENIED and not is_mutual:
            draft.casualties = sentence.read_casualties()
        own = [n for n, name in enumerate(sentence.named) if part is None or name.first in part]
        named, roles = tuple(sentence.named[n] for n in own), {k: sentence.roles[n] for k, n in enumerate(own)}
        struck = find_struck(sentence.words, event, named, roles, sentence.parties, head=sentence.head or 0)
        if is_mutual:
            struck = tuple(one for one in struck if one.head.first >= event.main.first)
    if struck:
        return [memory.merge(memory.put_at(draft, one, sentence), sentence) for one in struck]
    if memory.last_group and not is_mutual:
        base = memory.last_group[0]
        draft.struck, draft.carried_place, draft.place_text = base.struck, True, base.place_text
        draft.when = draft.when or base.when
        if draft.weapon is Weapon.UNSPECIFIED:
            draft.weapon, draft.weapon_text = base.weapon, base.weapon_text
    return [memory.merge(draft, sentence)]
