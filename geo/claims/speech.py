"""Who says it: the frames of speech in a sentence ("X said", "according to X", "X accused Y of")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.claims.lexicons import grammar, speakers, speech, triggers
from geo.claims.parties import Form, PartyMention
from geo.claims.words import Hit, Word
from geo.model import ClaimantKind

_DETERMINERS = grammar("speech_determiners")
_LINKS = frozenset("of for and in from at by with".split())
_AUXILIARIES = grammar("speech_auxiliaries")
_BE = frozenset("is are was were be been being".split())
_PRONOUNS = frozenset("he she it they we i".split())
_RELATIVES, CITING = frozenset("who which".split()), frozenset("according citing quoting".split())
_DAYS, _OPENERS, _MODIFIERS = grammar("speech_days"), grammar("speech_openers"), grammar("speech_modifiers")
# "Col. X" is no end of a sentence.
_ABBREVIATED = grammar("speech_abbreviated")
# Verbs that make a speaker of any name; the others need a noun that speaks ("the ministry listed", but not "the video listed").
_PLAIN_VERBS = grammar("speech_plain_verbs")
_NOUN_AFTER = frozenset("a an the no any this these those his her their its to of by with such more as from".split())
_NOUN_TOO = frozenset("report reports claim claims estimates warning describes charges".split())
_BREAKS = frozenset(
    {";", ":", '"', "“", "”", "(", ")", "that", "while", "but", "when", "because", "where", "after", "before", "as", "–", "—"}
)
_TELLING = frozenset("killed hit struck had has have shelled wounded injured died fell landed exploded destroyed damaged".split())
_AFTER_SPEAKER = frozenset("in on of at from who to late early by adding citing during via and or without".split())
_WHAT_IS_SAID = frozenset("accusation charge claim allegation report version figure toll attack strike raid bombing blast".split())
_NO_PREDICATE = _BREAKS | _DAYS | _AFTER_SPEAKER
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


def find_frames(words: tuple[Word, ...], parties: tuple[PartyMention, ...]) -> tuple[Frame, ...]:
    """Find who speaks in a sentence, in the order of the verbs."""
    hits = speech().find(words)
    if not hits and CITING.isdisjoint([w.low for w in words]):
        return ()
    marks = _Marks(words, parties)
    frames: list[Frame] = []
    for hit in hits:
        frame = _verb_frame(words, hit, marks) or _shared_frame(words, hit, frames)
        if frame is not None:
            frames.append(frame)
    frames.extend(_according(words, marks))
    return tuple(sorted(frames, key=lambda f: f.verb))


def _shared_frame(words: tuple[Word, ...], hit: Hit[str], earlier: list[Frame]) -> Frame | None:
    """Read "denied it and accused the other side" and "responded by denying": the second verb has the first one's speaker."""
    before = words[hit.first - 1].low if hit.first else ""
    if not earlier or before not in {"and", "but", "then", "instead", "by", ","} or hit.value not in {"accuse", "deny", "say"}:
        return None
    return replace(earlier[-1], verb=hit.first, after=hit.last, act=hit.value, governs_before=False)


class _Marks:
    """The speaker words and parties of a sentence, by word."""

    def __init__(self, words: tuple[Word, ...], parties: tuple[PartyMention, ...]) -> None:
        self.hits = speakers().find(words)
        self.parties = parties
        self.hit_at = {i: hit for hit in self.hits for i in range(hit.first, hit.last)}
        self.party_at = {i: m for m in parties for i in range(m.first, m.last)}

    def kind(self, first: int, last: int) -> ClaimantKind | None:
        """Return the kind of a speaker, None if nothing in the words makes one."""
        inside = [h for h in self.hits if h.first < last and first < h.last]
        if inside:
            return max(inside, key=lambda h: (h.last - h.first, h.first)).value
        for mention in self.parties:
            if mention.first < last and first < mention.last:
                government = mention.form is Form.CAPITAL or mention.party.kind == "state"
                return ClaimantKind.GOVERNMENT if government else ClaimantKind.PARTY
        return None


def _verb_frame(words: tuple[Word, ...], hit: Hit[str], marks: _Marks) -> Frame | None:
    v = hit.first
    previous = words[v - 1] if v else None
    if words[hit.last - 1].low == "by":
        # "strikes claimed by X", but "land claimed by X"
        return _passive_frame(words, hit, marks) if any(triggers().at(words, i) for i in range(max(0, v - 6), v)) else None
    if previous is not None and (_is_noun(words, v, previous) or (words[v].text[0].isupper() and previous.text not in _QUOTES)):
        return None
    if previous is not None and (
        (previous.low in _BE and previous.text != "IS") or (previous.low in {"reportedly", "also"} and v > 1 and words[v - 2].low in _BE)
    ):
        return _passive_frame(words, hit, marks)
    if previous is None or previous.text in _QUOTES or previous.text == ",":
        forward = _forward(words, hit.last, marks)
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


def _opens_clause(words: tuple[Word, ...], after: int) -> bool:
    """Tell whether a verb follows what may be a speaker's name, so that it is the subject of what is said."""
    return after < len(words) and words[after].text.isalpha() and words[after].low not in _NO_PREDICATE


def _is_noun(words: tuple[Word, ...], v: int, previous: Word) -> bool:
    """Tell "a report", "the enemy's claim" and "a reported strike" from verbs."""
    if previous.text.endswith(("'s", "’s")):
        return True
    low = words[v].low
    if previous.low in _NOUN_AFTER:
        return not (low == "said" and previous.low == "the")
    following = words[v + 1].low if v + 1 < len(words) else ""
    return low in _NOUN_TOO and (
        following in {"of", "from", "by", "emerged", "were", "was", "are"}
        or previous.low in {"earlier", "recent", "independent", "initial", "investigating", "condemned"}
    )


def _passive_frame(words: tuple[Word, ...], hit: Hit[str], marks: _Marks) -> Frame | None:
    for i in range(hit.last - 1, min(hit.last + 8, len(words))):
        if words[i].low == "by":
            forward = _forward(words, i + 1, marks)
            if forward is not None:
                first, last, kind = forward
                return Frame(
                    verb=hit.first, after=last, first=first, last=last, act=hit.value, kind=kind, governs_before=True, by_report=True
                )
    return None


def _forward(words: tuple[Word, ...], start: int, marks: _Marks) -> tuple[int, int, ClaimantKind | None] | None:
    """Read the speaker that follows a verb: up to a comma, a verb, a day or the end."""
    i = start
    proper = False
    while i < len(words):
        word = words[i]
        if word.text in {",", ".", ";", ":"} or word.text in _QUOTES or word.low in _BREAKS or word.low in _DAYS:
            break
        if word.text[0].isupper() and word.low not in _OPENERS:
            proper = proper or i > start or word.low not in _DETERMINERS
        elif not (
            i in marks.hit_at
            or i in marks.party_at
            or word.low in _DETERMINERS
            or word.low in _MODIFIERS
            or word.low in {"of", "for", "and", "'s"}
            or "-" in word.text
        ):
            break
        i += 1
    while i > start and words[i - 1].low in {"of", "for", "and", "the", "a", "in"}:
        i -= 1
    kind = marks.kind(start, i)
    if i == start or (kind is None and not proper):
        return None
    if words[start].low in _PRONOUNS:
        return None
    return start, i, kind or ClaimantKind.OTHER


def _backward_frame(words: tuple[Word, ...], hit: Hit[str], marks: _Marks) -> Frame | None:
    i = hit.first - 1
    while i >= 0 and (
        words[i].low in _AUXILIARIES or (words[i].low in _DAYS and i) or words[i].low in {"did", "not"} or words[i].low.endswith("ly")
    ):
        i -= 1
        if i >= 0 and words[i].low in {"on", "late", "early"}:
            i -= 1
    if i > 2 and words[i].text == ")":
        # An abbreviation in brackets stands between a name and its verb.
        i = next((k - 1 for k in range(i - 1, max(0, i - 5), -1) if words[k].text == "("), i)
    if i < 0:
        return None
    tail = _is_tail(words, hit.last)
    if words[i].low in _PRONOUNS:
        return Frame(verb=hit.first, after=hit.last, first=i, last=i + 1, act=hit.value, kind=None, governs_before=tail, pronoun=True)
    if words[i].low in _RELATIVES:
        i -= 1
        if i >= 0 and words[i].text == ",":
            i -= 1
    elif words[i].text == "," and (relative := _relative_comma(words, i)) is not None:
        i = relative - 1
    last = i + 1
    first = _apposition_start(words, i) if words[i].text == "," else _phrase_start(words, i, marks)
    if first is None:
        first = _between_commas(words, i, marks)
    if first is None:
        return None
    if words[i].text == ",":
        last = i
    elif first > 1 and words[first - 1].low in {"in", "against", "on", "at", "near", "from", "to", "with", "by"}:
        first, last = _long_subject(words, first, marks) or (first, last)
    kind = marks.kind(first, last)
    if kind is None and words[hit.first].low not in _PLAIN_VERBS:
        return None
    proper = any(w.text[0].isupper() and w.low not in _OPENERS and w.low not in _DAYS for w in words[max(first, 1) : last]) or (
        first == 0 and words[0].text[0].isupper() and words[0].low not in _DETERMINERS | _OPENERS
    )
    if first >= last or (kind is None and not proper):
        return None
    before = first > 3 and (tail or _is_aside(words, first, hit.last))
    who = kind or ClaimantKind.OTHER
    return Frame(verb=hit.first, after=hit.last, first=first, last=last, act=hit.value, kind=who, governs_before=before)


def _between_commas(words: tuple[Word, ...], end: int, marks: _Marks) -> int | None:
    """Read ", officials in the breakaway region said,": all between the comma and the verb is the speaker."""
    start = end
    while start > 0 and end - start < 12 and words[start - 1].text not in {",", ";", "”", '"'}:
        start -= 1
    if start == 0 or end - start >= 12 or marks.kind(start, end + 1) is None:
        return _named_office(words, end, marks)
    return start if any(h.first <= start + 4 for h in marks.hits if h.first >= start) else None


def _long_subject(words: tuple[Word, ...], end: int, marks: _Marks) -> tuple[int, int] | None:
    """Read "The coalition conducting air strikes against X in Y has said": the subject opens the clause, what follows describes it."""
    start = end - 1
    while start > 0 and words[start - 1].text not in _BREAKS and words[start - 1].low not in _BREAKS and words[start - 1].text != ",":
        start -= 1
    relative = next(
        (i for i in range(max(1, end - 9), end) if words[i].low in {"that", "which", "who"} and i + 1 < len(words)),
        None,
    )
    if relative is not None:
        named = _phrase_start(words, relative - 1, marks)
        if named is not None and marks.kind(named, relative) is not None:
            return named, relative
    last = start
    while (
        last < end
        and not words[last].low.endswith("ing")
        and words[last].low not in {"in", "on", "at", "against", "from", "who", "which", "near"}
    ):
        if words[last].low in _BE or words[last].low in {"has", "have", "had", "killed", "hit", "struck", "said"}:
            return None
        last += 1
    return (start, last) if 0 < last - start <= 8 and marks.kind(start, last) is not None else None


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


def _phrase_start(words: tuple[Word, ...], end: int, marks: _Marks) -> int | None:
    """Return where the speaker's noun phrase begins that ends with word `end`, None if there is none."""
    i = end
    while i >= 0:
        word = words[i]
        hit = marks.hit_at.get(i)
        if hit is not None and hit.first <= i:
            i = hit.first - 1
            if (
                words[hit.first].text[0].isupper()
                and hit.last - hit.first > 1
                and i >= 0
                and words[i].low not in _DETERMINERS | {"of", "for"}
                and not (i in marks.party_at and marks.party_at[i].form is Form.ADJECTIVE)
                and "-" not in words[i].text
                and not words[i].text.endswith(("'s", "’s"))
            ):
                return hit.first
            continue
        if word.low in _DETERMINERS:
            if i and (words[i - 1].low in {"of", "for"} or (words[i - 1].low == "and" and i - 2 in marks.hit_at)):
                # "an aid worker and two residents said"
                i -= 1
                continue
            return i
        if (
            (word.text[0].isupper() and word.low not in _OPENERS and word.low not in _DAYS)
            or (word.text == "." and i > 0 and words[i - 1].low in _ABBREVIATED)
            or (
                (
                    word.low in _MODIFIERS
                    or word.low in {"of", "for", "'s"}
                    or (word.low == "and" and i < end)
                    or ("-" in word.text and word.text[0].isalpha())
                )
                and i <= end
            )
            or i in marks.party_at
            # "the shadow government": one word that no list knows, after an article.
            or (i < end and i > 0 and word.low.isalpha() and words[i - 1].low in _DETERMINERS)
        ):
            i -= 1
        else:
            break
    first = i + 1
    while first <= end and words[first].low in {"of", "for", "and", "in", "'s"}:
        first += 1
    if (
        first + 1 < end
        and words[first].low in _DETERMINERS
        and words[first + 1].low in _WHAT_IS_SAID
        and words[first + 2].text[0].isupper()
    ):
        # "an accusation Phnom Penh rejected"
        first += 2
    if first > end:
        return None
    return _with_seat(words, first, marks)


def _with_seat(words: tuple[Word, ...], first: int, marks: _Marks) -> int:
    """Reach back over "a group based in" and "an activist from" to the speaker whose seat the phrase only names."""
    i = first - 1
    if i >= 0 and words[i].low in {"the", "a"}:
        i -= 1
    if i > 0 and words[i].low in {"in", "from", "at"}:
        i -= 2 if words[i - 1].low in {"based", "operating", "working"} else 1
        if i >= 0 and i in marks.hit_at:
            return _phrase_start(words, i, marks) or first
    return first


def _named_office(words: tuple[Word, ...], comma: int, marks: _Marks) -> int | None:
    """Return where "its governor, Vyacheslav Gladkov," begins that ends with this comma, after whatever it said."""
    start = comma if words[comma].text == "," else 0
    while start > 0 and comma - start < 4 and words[start - 1].text[0].isupper():
        start -= 1
    if not 1 < comma - start < 5 or words[start - 1].text != ",":
        return None
    first = _phrase_start(words, start - 2, marks)
    return first if first is not None and marks.kind(first, start - 1) is not None else None


def _relative_comma(words: tuple[Word, ...], comma: int) -> int | None:
    """Return where ", who hold X," begins that ends with this comma: whoever it tells of stands before it."""
    commas = [i for i in range(max(1, comma - 16), comma) if words[i].text == ","]
    return commas[-1] if commas and words[commas[-1] + 1].low in _RELATIVES else None


def _apposition_start(words: tuple[Word, ...], comma: int) -> int | None:
    """Return where "Title Name, spokesman for X," begins that ends with this comma."""
    start = comma - 1
    while start >= 0 and words[start].text not in _BREAKS and words[start].low not in _BREAKS:
        start -= 1
    start += 1
    if comma - start > 25:
        return None
    commas = [i for i in range(start, comma) if words[i].text == ","]
    if words[start].low in _OPENERS and commas:
        start = commas[0] + 1
    return None if start >= comma or any(w.low in _BE or w.low in _TELLING for w in words[start:comma]) else start


def _according(words: tuple[Word, ...], marks: _Marks) -> list[Frame]:
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
