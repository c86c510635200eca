"""Where the words begin and end that say who speaks: "the governor of X, Title Name," before a verb of saying, or behind it."""

from __future__ import annotations

from geo.claims.lexicons import grammar, speakers
from geo.claims.parties import Form, PartyMention
from geo.claims.words import Hit, Word
from geo.model import ClaimantKind

_DETERMINERS = grammar("speech_determiners")
_BE = frozenset("is are was were be been being".split())
_PRONOUNS = frozenset("he she it they we i".split())
_RELATIVES, CITING = frozenset("who which".split()), frozenset("according citing quoting".split())
_DAYS, _OPENERS, _MODIFIERS = grammar("speech_days"), grammar("speech_openers"), grammar("speech_modifiers")
# "Col. X" is no end of a sentence.
_ABBREVIATED = grammar("speech_abbreviated")
_BREAKS = frozenset(
    {";", ":", '"', "“", "”", "(", ")", "that", "while", "but", "when", "because", "where", "after", "before", "as", "–", "—"}
)
_TELLING = frozenset("killed hit struck had has have shelled wounded injured died fell landed exploded destroyed damaged".split())
_WHAT_IS_SAID = frozenset("accusation charge claim allegation report version figure toll attack strike raid bombing blast".split())
_QUOTES = frozenset({'"', "”", "“", "'", "’", "»"})


class Marks:
    """The speaker words and parties of a sentence, by word."""

    def __init__(self, words: tuple[Word, ...], parties: tuple[PartyMention, ...]) -> None:
        self.hits = speakers().find(words)
        self.parties = parties
        self.hit_at = {i: hit for hit in self.hits for i in range(hit.first, hit.last)}
        self.party_at = {i: m for m in parties for i in range(m.first, m.last)}

    def kind(self, first: int, last: int) -> ClaimantKind | None:
        """Return the kind of a speaker, None if nothing in the words makes one."""
        inside = [h for h in self.hits if h.first < last and first < h.last and not self._is_in_name(h)]
        if inside:
            return max(inside, key=lambda h: (h.last - h.first, h.first)).value
        for mention in self.parties:
            if mention.first < last and first < mention.last:
                government = mention.form is Form.CAPITAL or mention.party.kind == "state"
                return ClaimantKind.GOVERNMENT if government else ClaimantKind.PARTY
        return None

    def _is_in_name(self, hit: Hit[ClaimantKind]) -> bool:
        """Tell the workers of "the Kurdistan Workers' Party", who do not speak, from "the rebels' spokesman"."""
        mention = self.party_at.get(hit.first)
        return mention is not None and mention.form is Form.NAME and mention.party.kind != "state" and hit.last <= mention.last

    def name_start(self, first: int) -> int:
        """Return where the name begins that a word is part of, else the word: "Al-Qaeda in the Islamic Maghreb" is one."""
        mention = self.party_at.get(first)
        return mention.first if mention is not None and mention.form is Form.NAME else first


def read_forward(words: tuple[Word, ...], start: int, marks: Marks) -> tuple[int, int, ClaimantKind | None] | None:
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


def find_phrase_start(words: tuple[Word, ...], end: int, marks: Marks) -> int | None:
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
                # "The Royal Thai Air Force" is one name, "the Thai Air Force" an adjective and a noun.
                and not (i in marks.party_at and (marks.party_at[i].form is Form.ADJECTIVE or marks.party_at[i].last > hit.first))
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
            # "the shadow government", "the state disaster agency": one word that no list knows, after an article.
            or (i < end and i > 0 and word.low.isalpha() and _opens_phrase(words, i - 1))
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


def _opens_phrase(words: tuple[Word, ...], i: int) -> bool:
    return words[i].low in _DETERMINERS or (i > 0 and words[i].low in _MODIFIERS and words[i - 1].low in _DETERMINERS)


def _with_seat(words: tuple[Word, ...], first: int, marks: Marks) -> int:
    """Reach back over "a group based in" and "an activist from" to the speaker whose seat the phrase only names."""
    i = first - 1
    if i >= 0 and words[i].low in {"the", "a"}:
        i -= 1
    if i > 0 and words[i].low in {"in", "from", "at"}:
        i -= 2 if words[i - 1].low in {"based", "operating", "working"} else 1
        if i >= 0 and i in marks.hit_at:
            return find_phrase_start(words, i, marks) or first
    return first


def find_start_between_commas(words: tuple[Word, ...], end: int, marks: Marks) -> int | None:
    """Read ", officials in the breakaway region said,": all between the comma and the verb is the speaker."""
    start = end
    while start > 0 and end - start < 12 and words[start - 1].text not in {",", ";", "”", '"'}:
        start -= 1
    if start == 0 or end - start >= 12 or marks.kind(start, end + 1) is None:
        return _named_office(words, end, marks)
    return start if any(h.first <= start + 4 for h in marks.hits if h.first >= start) else None


def _named_office(words: tuple[Word, ...], comma: int, marks: Marks) -> int | None:
    """Return where "its governor, Vyacheslav Gladkov," begins that ends with this comma, after whatever it said."""
    start = comma if words[comma].text == "," else 0
    while start > 0 and comma - start < 4 and words[start - 1].text[0].isupper():
        start -= 1
    if not 1 < comma - start < 5 or words[start - 1].text != ",":
        return None
    first = find_phrase_start(words, start - 2, marks)
    return first if first is not None and marks.kind(first, start - 1) is not None else None


def find_long_subject(words: tuple[Word, ...], end: int, marks: Marks) -> tuple[int, int] | None:
    """Read "The coalition conducting air strikes against X in Y has said": the subject opens the clause, what follows describes it."""
    start = end - 1
    while start > 0 and words[start - 1].text not in _BREAKS and words[start - 1].low not in _BREAKS and words[start - 1].text != ",":
        start -= 1
    relative = next(
        (i for i in range(max(1, end - 9), end) if words[i].low in {"that", "which", "who"} and i + 1 < len(words)),
        None,
    )
    if relative is not None:
        named = find_phrase_start(words, relative - 1, marks)
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


def find_relative_comma(words: tuple[Word, ...], comma: int) -> int | None:
    """Return where ", who hold X," begins that ends with this comma: whoever it tells of stands before it."""
    commas = [i for i in range(max(1, comma - 16), comma) if words[i].text == ","]
    return commas[-1] if commas and words[commas[-1] + 1].low in _RELATIVES else None


def find_apposition_start(words: tuple[Word, ...], comma: int) -> int | None:
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
