"""Who says it: the frames of speech in a sentence ("X said", "according to X", "X accused Y of")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from geo.claims.lexicons import grammar, speech, triggers
from geo.claims.parties import Form, PartyMention
from geo.claims.speaker_words import (
    Marks,
    find_apposition_start,
    find_long_subject,
    find_phrase_start,
    find_relative_comma,
    find_start_between_commas,
    read_forward,
)
from geo.claims.words import Hit, Word
from geo.model import ClaimantKind

_DETERMINERS = grammar("speech_determiners")
_AUXILIARIES = grammar("speech_auxiliaries")
_BE = frozenset("is are was were be been being".split())
_NOBODY = frozenset({"nobody", "no", "none"})
_PRONOUNS = frozenset("he she it they we i".split())
# What may stand between a speaker and the verb: "at first denied", "did not deny", "later said".
_LATER = frozenset("did not first later then again still since".split())
_ANSWERING = frozenset("responded replied answered retaliated".split())
_RELATIVES, CITING = frozenset("who which".split()), frozenset("according citing quoting".split())
_DAYS, _OPENERS, _MODIFIERS = grammar("speech_days"), grammar("speech_openers"), grammar("speech_modifiers")
# Verbs that make a speaker of any name; the others need a noun that speaks ("the ministry listed", but not "the video listed").
_PLAIN_VERBS = grammar("speech_plain_verbs")
_NOUN_AFTER = frozenset("a an the no any this these those his her their its to of by with such more as from".split())
_NOUN_TOO = frozenset("report reports claim claims estimates warning describes charges".split())
_BREAKS = frozenset(
    {";", ":", '"', "“", "”", "(", ")", "that", "while", "but", "when", "because", "where", "after", "before", "as", "–", "—"}
)
_AFTER_SPEAKER = frozenset("in on of at from who to late early by adding citing during via and or without".split())
_NO_PREDICATE = _BREAKS | _DAYS | _AFTER_SPEAKER
HOLDING, _HELD_REACH = frozenset("hold holds held holding".split()), 9
_QUOTES = frozenset({'"', "”", "“", "'", "’", "»"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One act of speech: `verb` is the word index of the verb (or of "according"), `first` to `last` the speaker's words.

    `pronoun` marks a speaker who is only a pronoun. `governs_before` tells that what is said stands before the verb
    ("..., the ministry said").
    """

    verb: int
    after: int
    first: int
    last: int
    act: str
    kind: ClaimantKind | None
    governs_before: bool
    pronoun: bool = False
    by_report: bool = False


def find_frames(words: tuple[Word, ...], parties: Callable[[], tuple[PartyMention, ...]]) -> tuple[Frame, ...]:
    """Find who speaks in a sentence, in the order of the verbs; `parties` gives those that it names, and is asked only if one may speak."""
    hits = sorted([*speech().find(words), *_holding_to_blame(words)], key=lambda hit: hit.first)
    if not hits and CITING.isdisjoint([w.low for w in words]):
        return ()
    marks = Marks(words, parties())
    frames: list[Frame] = []
    for hit in hits:
        frame = _verb_frame(words, hit, marks) or _shared_frame(words, hit, frames)
        if frame is not None:
            frames.append(frame)
    frames.extend(_according(words, marks))
    return tuple(sorted(frames, key=lambda f: f.verb))


def _holding_to_blame(words: tuple[Word, ...]) -> list[Hit[str]]:
    """Find "holds X responsible" and "held X to blame": the verb that accuses, with whom it accuses behind it."""
    return [
        Hit(first=i, last=i + 1, value="accuse")
        for i, word in enumerate(words)
        if word.low in HOLDING and any(w.low in {"responsible", "blame", "accountable"} for w in words[i + 2 : i + _HELD_REACH])
    ]


def _shared_frame(words: tuple[Word, ...], hit: Hit[str], earlier: list[Frame]) -> Frame | None:
    """Read "denied it and accused the other side" and "responded by denying": the second verb has the first one's speaker."""
    before = words[hit.first - 1].low if hit.first else ""
    if not earlier or before not in {"and", "but", "then", "instead", "by", ","} or hit.value not in {"accuse", "deny", "say"}:
        return None
    return replace(earlier[-1], verb=hit.first, after=hit.last, act=hit.value, governs_before=False)


def _verb_frame(words: tuple[Word, ...], hit: Hit[str], marks: Marks) -> Frame | None:
    v = hit.first
    previous = words[v - 1] if v else None
    if words[hit.last - 1].low == "by":
        # "strikes claimed by X", but "land claimed by X"
        return _passive_frame(words, hit, marks) if any(triggers().at(words, i) for i in range(max(0, v - 6), v)) else None
    if words[v].low in {"reported", "confirmed", "announced"} and hit.last < len(words) and words[hit.last].low == "by":
        # "an air strike reported by elders"
        return _passive_frame(words, hit, marks)
    if words[v].low in _ANSWERING and _acts(words, hit.last):
        # "A responded by firing": what it says, if anything, another verb tells.
        return None
    if words[v].low == "blamed" and hit.last < len(words) and words[hit.last].low == "on":
        # "an attack blamed on X": nobody says who blames.
        return None
    if previous is not None and (_is_noun(words, v, previous, marks) or (words[v].text[0].isupper() and previous.text not in _QUOTES)):
        return None
    if (
        previous is not None
        and not _is_acronym(previous)
        and (previous.low in _BE or ((previous.low == "also" or previous.low.endswith("ly")) and v > 1 and words[v - 2].low in _BE))
    ):
        return _passive_frame(words, hit, marks)
    if previous is None or previous.text in _QUOTES or previous.text == ",":
        forward = read_forward(words, hit.last, marks)
        # "The Houthis, who hold X, said coalition jets hit Y": the jets do not speak.
        goes_on = forward is not None and previous is not None and previous.text == "," and _opens_clause(words, forward[1])
        if goes_on and (frame := _backward_frame(words, hit, marks)) is not None:
            return frame
        if forward is not None:
            first, last, kind = forward
            return Frame(verb=v, after=last, first=first, last=last, act=hit.value, kind=kind, governs_before=True)
        if previous is None or previous.text in _QUOTES:
            return None
    return _backward_frame(words, hit, marks)


def _acts(words: tuple[Word, ...], i: int) -> bool:
    """Tell "by firing" and "with rockets" from "by denying"."""
    return i + 1 < len(words) and words[i].low in {"by", "with"} and bool(triggers().at(words, i + 1))


def _opens_clause(words: tuple[Word, ...], after: int) -> bool:
    """Tell whether a verb follows what may be a speaker's name, so that it is the subject of what is said."""
    return after < len(words) and words[after].text.isalpha() and words[after].low not in _NO_PREDICATE


def _is_noun(words: tuple[Word, ...], v: int, previous: Word, marks: Marks) -> bool:
    """Tell "a report", "the enemy's claim", "Indian claims" and "a reported strike" from verbs."""
    if previous.text.endswith(("'s", "’s")):
        return True
    low = words[v].low
    if low in _NOUN_TOO and v - 1 in marks.party_at and marks.party_at[v - 1].form is Form.ADJECTIVE:
        return True
    if previous.low in _NOUN_AFTER and not _is_acronym(previous):
        return not (low == "said" and previous.low == "the")
    following = words[v + 1].low if v + 1 < len(words) else ""
    return low in _NOUN_TOO and (
        following in {"of", "from", "by", "emerged", "were", "was", "are"}
        or previous.low in {"earlier", "recent", "independent", "initial", "investigating", "condemned"}
    )


def _is_acronym(word: Word) -> bool:
    """Tell "AS claims it" and "IS said" from "as" and "is"."""
    return len(word.text) > 1 and word.text.isupper()


def _passive_frame(words: tuple[Word, ...], hit: Hit[str], marks: Marks) -> Frame | None:
    for i in range(hit.last - 1, min(hit.last + 8, len(words))):
        if words[i].low == "by":
            forward = read_forward(words, i + 1, marks)
            if forward is not None:
                first, last, kind = forward
                return Frame(
                    verb=hit.first, after=last, first=first, last=last, act=hit.value, kind=kind, governs_before=True, by_report=True
                )
    return None


def _end_of_subject(words: tuple[Word, ...], verb: int) -> int:
    """Return the last word before a verb of saying that is no auxiliary, day or abbreviation in brackets; -1 where none is."""
    i = verb - 1
    while i >= 0 and (
        words[i].low in _AUXILIARIES or (words[i].low in _DAYS and i) or words[i].low in _LATER or words[i].low.endswith("ly")
    ):
        i -= 1
        if i >= 0 and words[i].low in {"on", "late", "early", "at"}:
            i -= 1
    if i > 2 and words[i].text == ")":
        i = next((k - 1 for k in range(i - 1, max(0, i - 5), -1) if words[k].text == "("), i)
    return i


def _backward_frame(words: tuple[Word, ...], hit: Hit[str], marks: Marks) -> Frame | None:
    i = _end_of_subject(words, hit.first)
    if i < 0:
        return None
    tail = _is_tail(words, hit.last)
    if words[i].low in _PRONOUNS:
        return Frame(verb=hit.first, after=hit.last, first=i, last=i + 1, act=hit.value, kind=None, governs_before=tail, pronoun=True)
    if words[i].low in _RELATIVES:
        i -= 1
        if i >= 0 and words[i].text == ",":
            i -= 1
    elif words[i].text == "," and (relative := find_relative_comma(words, i)) is not None:
        i = relative - 1
    last = i + 1
    first = find_apposition_start(words, i) if words[i].text == "," else find_phrase_start(words, i, marks)
    if first is None:
        first = find_start_between_commas(words, i, marks)
    if first is None:
        return None
    first = marks.name_start(first)
    if words[i].text == ",":
        last = i
    elif first > 1 and words[first - 1].low in {"in", "against", "on", "at", "near", "from", "to", "with", "by"}:
        first, last = find_long_subject(words, first, marks) or (first, last)
    kind = marks.kind(first, last)
    if kind is None and words[hit.first].low not in _PLAIN_VERBS:
        return None
    proper = any(w.text[0].isupper() and w.low not in _OPENERS and w.low not in _DAYS for w in words[max(first, 1) : last]) or (
        first == 0 and words[0].text[0].isupper() and words[0].low not in _DETERMINERS | _OPENERS
    )
    if words[first].low in _NOBODY:
        return None
    if words[first].low == "that" and first + 1 < last:
        # "a charge that Seoul denied"
        first += 1
    if first >= last or (kind is None and not proper):
        return None
    before = first > 3 and (tail or _is_aside(words, first, hit.last))
    who = kind or ClaimantKind.OTHER
    return Frame(verb=hit.first, after=hit.last, first=first, last=last, act=hit.value, kind=who, governs_before=before)


def _is_aside(words: tuple[Word, ...], first: int, after: int) -> bool:
    """Tell ", the ministry said, killing two" from a sentence that the speaker opens."""
    ends = after >= len(words) or words[after].text in {",", ".", ";"} or words[after].low in {"on", "in", "late"} | _DAYS
    return words[first - 1].text in {",", ";", "”", '"'} and ends


def _is_tail(words: tuple[Word, ...], after: int) -> bool:
    """Tell whether little more than a day or a listener follows a verb of saying, so that what is said stands before it."""
    rest = [w for w in words[after:] if w.text.isalnum() or "-" in w.text]
    if not rest:
        return True
    if rest[0].low in {"that", "the", "a", "an", "it", "its", "their", "at", "there", "he", "they"}:
        return rest[0].low == "at" and len(rest) < 6
    return len(rest) <= 7 and (
        rest[0].low
        in _DAYS | {"on", "in", "by", "to", "late", "early", "reporters", "adding", "citing", "without", "local", "via", "during"}
        or (rest[0].text[0].isupper() and len(rest) <= 3)
    )


def _according(words: tuple[Word, ...], marks: Marks) -> list[Frame]:
    found = []
    for i in range(len(words) - 2):
        if words[i].low not in CITING:
            continue
        is_according = words[i].low == "according"
        if is_according and words[i + 1].low != "to":
            continue
        start = i + (2 if is_according else 1)
        if words[start].low == "what":
            # "according to what it called reliable information"
            continue
        end = start
        while end < len(words) and not _ends_name(words[end]):
            end += 1
        kind = marks.kind(start, end)
        if end == len(words) or words[end].text in {".", '"'} or kind is not None:
            if words[end - 1].low in _DAYS and end - start > 1:
                end -= 1
            if words[end - 1].low == "on":
                end -= 1
        if end > start:
            apposition_end = _extend_apposition(words, end) if i == 0 else end
            found.append(
                Frame(verb=i, after=apposition_end, first=start, last=end, act="say", kind=kind or ClaimantKind.OTHER, governs_before=i > 0)
            )
    return found


def _ends_name(word: Word) -> bool:
    return (
        word.text in {",", ".", ";", ":"}
        or word.text in _QUOTES
        or word.low in {"which", "who", "that", "has", "have", "had"}
        or word.low in _BE
    )


def _extend_apposition(words: tuple[Word, ...], end: int) -> int:
    return end + 1 if end < len(words) and words[end].text == "," else end
