"""Whom a sentence names as the one who struck. Victims, origins and owners of the ground are kept apart.

The order is: a phrase with "by", then a name before the weapon or the strike, then the subject of the verb. Where none of them
stands, nobody is named, and nobody is guessed.
"""

from __future__ import annotations

import re

from geo.claims.asides import RELATIVES
from geo.claims.attacker import Attacker, join_parties
from geo.claims.events import Event
from geo.claims.glance import Trigger
from geo.claims.lexicons import grammar, heads, triggers
from geo.claims.parties import Form, Party, PartyMention
from geo.claims.rules import Rule
from geo.claims.speech import Frame
from geo.claims.words import Word
from geo.model import Span

_GOVERNED = grammar("attackers_governed")
_FLYING = frozenset({"platform", "munition"})
_STRIKERS = frozenset({"force", "weapon"})
_CLAUSE = frozenset({"that", "which", "who", "where", "when", "while", "after", "before", "because", ";", "as"})
_DONE_OTHERWISE = grammar("attackers_done_otherwise")
_ARTICLES = frozenset({"the", "a", "an"})
_SKIPPED = _ARTICLES | grammar("struck_adjectives")
_DAYS = grammar("speech_days")
_HOURS = _DAYS | frozenset("dawn midnight noon midday sunset sunrise dusk daybreak prayers".split())
# A capital that acts stands close to its verb; farther off it is a place.
_NO_SUBJECT = _GOVERNED | _CLAUSE | _DAYS
_CAPITAL_REACH, _BESIDE = 3, frozenset("above below beyond outside across opposite overlooking".split())
_SUBJECT_REACH = 22
_LOYAL = frozenset("loyal allied aligned affiliated allegiant linked".split())
_BANDS = frozenset("terrorists fighters militants gunmen rebels forces unit units group groups members number".split())
# "drawn earlier by", "made in May by"
_BETWEEN_DONE_AND_BY = frozenset("earlier later on , both again back".split())
# "the governor says it was Ukrainian"
IT_WAS = (
    "it was",
    "they were",
    "drone was",
    "drones were",
    "missile was",
    "missiles were",
    "rocket was",
    "rockets were",
    "plane was",
    "jets were",
)
_BEHIND = re.compile(
    r"(?:was|were|is|are|(?:had|has|have) been|being) (?:\w+ )?(?:behind|responsible for|the perpetrators? of|blamed (?:for|by)|"
    r"suspected of|accused of) "
    r"(?!the (?:line|front|border))"
)
_DOING, _NO_OBJECT = grammar("attackers_doing"), grammar("attackers_no_object")


# Words that name nobody: "attackers", "forces" without a side.
_NOBODY = frozenset(
    f"{w} (as written)"
    for w in ("forces", "attackers", "authorities", "gunmen", "security forces", "bombers", "police", "troops", "army", "military")
)


def find_attacker(words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...], frames: tuple[Frame, ...]) -> Attacker | None:
    """Find who is named as the attacker of an event, None if the sentence names nobody."""
    inside = tuple(
        m for m in parties if event.first <= m.first < event.last and m.party.name not in _NOBODY and not event.leaves_aside(m.first)
    )
    return (
        _by_phrase(words, event, inside, frames)
        or _blamed(words, inside)
        or _owner_of_weapon(words, event, inside, frames)
        or _supposed(words, event, inside)
        or _subject(words, event, inside, frames)
        or _speaking_subject(words, event, parties, frames)
        or _from_positions(words, event, inside)
    )


def _in_frame(mention: PartyMention, frames: tuple[Frame, ...]) -> bool:
    return any(f.first <= mention.first < f.last for f in frames if not f.pronoun)


def _by_phrase(words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...], frames: tuple[Frame, ...]) -> Attacker | None:
    for i in range(event.first, event.last):
        if words[i].low != "by" or not _is_done(words, event, i):
            continue
        for mention in parties:
            gap = words[i + 1 : mention.first]
            if i < mention.first <= i + 6 and not any(
                (w.low in _GOVERNED or w.low in _CLAUSE or w.text == ",") and w.low not in {"of", "from"} for w in gap
            ):
                if mention.head in {"victim", "place", "speaker"} or _in_frame(mention, frames) or (mention.form is Form.CAPITAL):
                    continue
                return join_parties(words, (mention,), parties, Rule.BY)
    return None


# "blamed on the northern rebels by the army"
_LAYING_BLAME, _BLAME_REACH = frozenset({"attributed", "blamed", "ascribed"}), 6


def _is_done(words: tuple[Word, ...], event: Event, by: int) -> bool:
    """Tell "shelled by X" and "killed by X" from "held by X" and "a figure given by X"."""
    before = [w.low for w in words[max(event.first, by - 12) : by]]
    if not _LAYING_BLAME.isdisjoint(before[-_BLAME_REACH:]):
        # "attributed to A by B": B speaks.
        return False
    if any(t.last <= by for t in event.triggers if t.last >= by - 12) or _DOING & set(before):
        done = next((w for w in reversed(before) if w not in _DAYS | _BETWEEN_DONE_AND_BY and not w.endswith("ly")), "")
        return not (done in _DONE_OTHERWISE or (done not in _DOING and done.endswith(("wn", "aken", "iven", "itten"))))
    return False


def _blamed(words: tuple[Word, ...], parties: tuple[PartyMention, ...]) -> Attacker | None:
    """ "blamed on X", "attributed to X", "at the hands of X"."""
    for mention in parties:
        following = [w.low for w in words[mention.end : mention.end + 2]]
        if _BEHIND.match(" ".join(w.low for w in words[mention.end : mention.end + 5])):
            return join_parties(words, (mention,), parties, Rule.BLAMED)
        if following[:1] == ["blamed"] and (len(following) == 1 or following[1] in {"by", ",", ";", "."}):
            return join_parties(words, (mention,), parties, Rule.BLAMED)
        before = [w.low for w in words[max(0, mention.first - 4) : mention.first]]
        text = " ".join(w for w in before if w not in {"the", "a"})
        if text.endswith(("blamed on", "attributed to", "ascribed to", "hands of", "claimed by", "blaming", "pointing to")):
            return join_parties(words, (mention,), parties, Rule.BLAMED)
    return None


def _owner_of_weapon(
    words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...], frames: tuple[Frame, ...]
) -> Attacker | None:
    for mention in parties:
        if mention.head != "weapon" or _in_frame(mention, frames):
            continue
        # "Federal artillery" holds the weapon in its own name.
        inside = [t for t in event.triggers if mention.first < t.first < mention.end + 2 and t.form != "verb"]
        if not inside:
            continue
        if _may_be_a_place(words, mention):
            continue
        if _is_victim(words, mention, inside[-1].form):
            continue
        return join_parties(words, (mention,), parties, Rule.OWNER)
    for mention in parties:
        # "belonging to the regime", "of the Syrian army"
        before = " ".join(w.low for w in words[max(0, mention.first - 3) : mention.first] if w.low != "the")
        if before.endswith(("belonging to", "operated by")) and any(
            t.form == "platform" and 0 <= mention.first - t.last <= 5 for t in event.triggers
        ):
            return join_parties(words, (mention,), parties, Rule.OWNER)
    return None


def _may_be_a_place(words: tuple[Word, ...], mention: PartyMention) -> bool:
    """Tell "Ukraine air strikes", which may be those in Ukraine, from "SAF drones" and "Sudanese army shells"."""
    last = words[mention.last - 1]
    is_state = mention.form is Form.NAME and mention.party.kind == "state"
    return is_state and not (_possessive(last) or last.text.isupper() or heads().get(last.low) == "force")


def _supposed(words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...]) -> Attacker | None:
    """ "air raids believed to be Russian"."""
    for mention in parties:
        before = " ".join(w.low for w in words[max(event.first, mention.first - 3) : mention.first])
        is_told = mention.form is Form.ADJECTIVE and before.endswith(IT_WAS) and mention.end == mention.last
        if is_told or before.endswith(("believed to be", "thought to be", "suspected to be", "said to be", "presumed to be")):
            return join_parties(words, (mention,), parties, Rule.SUPPOSED)
    return None


def _possessive(word: Word) -> bool:
    return word.text.endswith(("'s", "’s", "s'", "s’")) or (word.text[0].isupper() and word.text.endswith("s"))


def _is_victim(words: tuple[Word, ...], mention: PartyMention, form: str) -> bool:
    """ "an attack on Russian jets": the owner of what was hit."""
    i = mention.first - 1
    while i >= 0 and words[i].low in {"the", "a", "an", "several", "two", "three", "of", "suspected", "all", "some"}:
        i -= 1
    if i >= 0 and words[i].low in {
        "held",
        "holding",
        "stored",
        "storing",
        "housed",
        "housing",
        "contained",
        "containing",
        "carrying",
        "hiding",
    }:
        # "hangars that held U.S. howitzers"
        return True
    return (
        form == "platform"
        and i >= 0
        and words[i].low in {"on", "against", "at", "hit", "targeting", "targeted", "destroyed", "downed", "attacked", "hitting", "struck"}
    )


def _subject(words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...], frames: tuple[Frame, ...]) -> Attacker | None:
    verbs = [
        t
        for t in event.triggers
        if t.form == "verb"
        and not t.passive
        and not (t.strength == 1 and words[t.first].low in {"sent", "killed", "killing", "kills", "wounded", "injured"})
    ]
    verbs = verbs or [t for t in event.triggers if t.form == "verb" and not t.passive]
    for verb in verbs:
        if _has_flying_subject(words, event, verb, parties) or _tells_of_victims(words, verb) or _hits_striker(words, event, verb):
            continue
        candidates = [
            m
            for m in parties
            if m.end <= verb.first and (_goes_on_with_who(words, m) or not _in_frame(m, frames)) and _can_strike(words, m, verb.first)
        ]
        if candidates:
            subject = candidates[-1]
            own = _speaking_party(words, subject, parties, frames)
            return (
                join_parties(words, (own,), (own,), Rule.SPEAKER_STRUCK) if own else join_parties(words, (subject,), parties, Rule.SUBJECT)
            )
    return None


def _speaking_party(
    words: tuple[Word, ...], subject: PartyMention, parties: tuple[PartyMention, ...], frames: tuple[Frame, ...]
) -> PartyMention | None:
    """Return the side that speaks of "its fighters"; None where the subject is no such common noun."""
    before = {w.low for w in words[max(0, subject.first - 2) : subject.first]}
    if subject.form is not Form.GENERIC or before.isdisjoint({"its", "their"}):
        return None
    speaking = [f for f in frames if f.after <= subject.first and not f.governs_before]
    return next((m for f in reversed(speaking) for m in parties if f.first <= m.first < f.last), None)


def _speaking_subject(
    words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...], frames: tuple[Frame, ...]
) -> Attacker | None:
    """ "X said it had fired", "X said its gunners fired": X is the party that speaks, or, with gunners, one that no list knows."""
    for frame in frames:
        if frame.pronoun or not tells_of_itself(words, event, frame):
            continue
        said = words[frame.after : frame.after + 4]
        own = [m for m in parties if frame.first <= m.first < frame.last]
        if own:
            return join_parties(words, (own[0],), (own[0],), Rule.SPEAKER_STRUCK)
        its = next((i for i, w in enumerate(said) if w.text.lower() == "its"), None)
        if its is not None and any(heads().get(w.low) == "force" for w in words[frame.after + its + 1 :][:2]):
            span = Span(words[frame.first].start, words[frame.last - 1].end)
            name = " ".join(w.text for w in words[frame.first : frame.last])
            return Attacker(parties=(Party(f"{name} (as written)", "generic", None),), span=span, rule=Rule.SPEAKER_STRUCK)
    return None


def is_nameless_of(words: tuple[Word, ...], attacker: Attacker) -> bool:
    """Tell "its fighters" and "their gunners", who are of somebody named before."""
    first = next((i for i, w in enumerate(words) if w.start == attacker.span.start), 0)
    return first > 0 and words[first - 1].low in {"its", "their"} and all(p.name.endswith("(as written)") for p in attacker.parties)


def tells_of_itself(words: tuple[Word, ...], event: Event, frame: Frame) -> bool:
    """Tell "said it had fired" and "said its gunners fired": what is said begins with the speaker, and with a verb for a strike."""
    said = words[frame.after : frame.after + 4]
    verbs = (t for t in event.triggers if t.form == "verb" and not t.passive and frame.after <= t.first <= frame.after + 8)
    return not frame.governs_before and any(w.low in {"it", "they", "we", "its"} for w in said) and any(True for _ in verbs)


def _has_flying_subject(words: tuple[Word, ...], event: Event, verb: Trigger, parties: tuple[PartyMention, ...]) -> bool:
    """Tell "a missile hit" from "the army hit" and "the army, whose missile hit": the words before it tell whose it is, or nothing does."""
    before = [
        t
        for t in event.triggers
        if t.form in {"munition", "event"}
        and 0 <= verb.first - t.last <= 2
        and not any(w.low == "whose" for w in words[t.first - 2 : t.first])
    ]
    return any(not any(m.last <= t.first < m.end for m in parties) for t in before)


def _hits_striker(words: tuple[Word, ...], event: Event, verb: Trigger) -> bool:
    """Tell "destroyed a drone that had carried out the strikes": the strikes are the drone's."""
    following = range(verb.last, min(verb.last + 6, event.main.first))
    return any(words[i].low in {"that", "which"} for i in following)


def _tells_of_victims(words: tuple[Word, ...], verb: Trigger) -> bool:
    """Tell "30 insurgents killed in the raid", which names who died, from "insurgents killed 30 people"."""
    if words[verb.first].low not in {"killed", "wounded", "injured", "martyred"}:
        return False
    return verb.last >= len(words) or words[verb.last].low in _NO_OBJECT


def _can_strike(words: tuple[Word, ...], mention: PartyMention, verb: int) -> bool:
    if mention.form is Form.CAPITAL and mention.last < len(words) and words[mention.last].text in {":", "(", ","}:
        return False
    if mention.form is Form.CAPITAL and (verb - mention.end > _CAPITAL_REACH or words[mention.first - 1].low in _BESIDE):
        return False
    named = mention.form in {Form.NAME, Form.GENERIC, Form.PEOPLE, Form.CAPITAL}
    if not (mention.head in _STRIKERS or (mention.head is None and named)):
        return False
    i = mention.first - 1
    while i >= 0 and (words[i].low in _SKIPPED or (words[i].text[0].isupper() and words[i].low not in _NO_SUBJECT and i > 0)):
        i -= 1
        if words[i + 1].low in _ARTICLES:
            # "In Homs province the army": an article opens a phrase.
            break
    if i >= 0 and words[i].low in _GOVERNED and not _goes_on_with_who(words, mention):
        # "terrorists from X fired", "a group of terrorists blew up": the group stands for its fighters.
        if words[i].low in {"to", "with"} and i > 1 and words[i - 1].low in _LOYAL:
            return _is_band(words, i - 2)
        return words[i].low in {"from", "of"} and i > 0 and _is_band(words, i - 1)
    if _is_object(words, mention, verb) and not _goes_on_with_who(words, mention):
        return False
    between = _without_asides(words[mention.end : verb])
    if any(w.low in _CLAUSE and not _is_of_time(between, i) for i, w in enumerate(between[1:], 1)) or (
        between and between[0].low in _CLAUSE - {"who", "which", "that"}
    ):
        # "soldiers died when a missile hit": the subject is the missile.
        return False
    # "X were shelled" and "X are shelling"
    is_passive = any(w.low in {"were", "was", "been", "are", "is"} for w in between[-4:]) and not words[verb].low.endswith("ing")
    if is_passive and not any(w.low == "and" for w in between):
        return False
    return len(between) <= _SUBJECT_REACH and not any(w.text == ";" for w in between)


def _goes_on_with_who(words: tuple[Word, ...], mention: PartyMention) -> bool:
    """Tell "rebels, who had shelled": what follows is said of them, whatever was done to them before."""
    i = mention.end + (mention.end < len(words) and words[mention.end].text == ",")
    return i < len(words) and words[i].low in RELATIVES


def _is_of_time(words: tuple[Word, ...], i: int) -> bool:
    """Tell "before dawn" from "before the shell hit"."""
    return words[i].low in {"before", "after"} and i + 1 < len(words) and words[i + 1].low in _HOURS


def _without_asides(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave out what stands between two commas ("the army, backed by China, shelled"), and the relative of "X, which had shelled"."""
    if not words or words[0].text != ",":
        return words
    if len(words) > 1 and words[1].low in RELATIVES and not any(w.text == "," for w in words[2:]):
        return words[2:]
    end = next((i for i, w in enumerate(words[1:], 1) if w.text == ","), None)
    return words if end is None else words[end + 1 :]


def _is_band(words: tuple[Word, ...], i: int) -> bool:
    """Tell "the armed forces of X", "warplanes from X", "a drone of X", "a group of X"."""
    return words[i].low in _BANDS or heads().get(words[i].low) == "force" or any(r.form in _FLYING for r in triggers().at(words, i))


def _is_object(words: tuple[Word, ...], mention: PartyMention, verb: int) -> bool:
    """Tell what an earlier verb hit ("one strike engaged a unit of theirs and destroyed ...") from who struck."""
    i = mention.first - 1
    while i >= 0 and (
        words[i].low in {"the", "a", "an", "two", "three", "four", "five", "six", "several", "some"} or words[i].text.isdigit()
    ):
        i -= 1
    return i >= 0 and any(r.form == "verb" for r in triggers().at(words, i)) and i < verb


def _from_positions(words: tuple[Word, ...], event: Event, parties: tuple[PartyMention, ...]) -> Attacker | None:
    """ "were fired at from Armenian positions": whose positions they are tells who fired."""
    for mention in parties:
        if (
            mention.first
            and words[mention.first - 1].low == "from"
            and mention.head == "victim"
            and any((t.form == "verb" or words[t.last - 1].low == "fire") and t.last <= mention.first for t in event.triggers)
        ):
            return join_parties(words, (mention,), parties, Rule.FROM_POSITIONS)
        before = [w.low for w in words[max(0, mention.first - 2) : mention.first]]
        if before[-1:] == ["from"] and mention.form is Form.GENERIC and mention.head == "victim":
            return join_parties(words, (mention,), parties, Rule.FROM_POSITIONS)
    return None
