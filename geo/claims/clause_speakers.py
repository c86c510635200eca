"""Speakers who stand alone before a verb of saying: all words from a mark or a conjunction up to the verb, however they are worded.

"A resident reached by telephone said", "two dead; ministry says", "the provincial directorate of information announced": the phrase's form
does not matter where nothing else stands between the mark and the verb. Asked only for strikes that no frame of geo.claims.speech governs.
"""

from __future__ import annotations

from geo.claims.events import Event
from geo.claims.lexicons import grammar, speakers, speech, triggers
from geo.claims.parties import PartyMention
from geo.claims.speech import Frame
from geo.claims.words import Hit, Word
from geo.model import ClaimantKind

_PLAIN_VERBS, _AUXILIARIES = grammar("speech_plain_verbs"), grammar("speech_auxiliaries")
_MARKS = frozenset({",", ";", ":", "—", "–", '"', "“", "”", "(", ")"})
_CONJUNCTIONS = frozenset("that which while but when as because after before and what".split())
_FINITE = frozenset("was were is are had has have killed hit".split())
_RELATIVES = frozenset("who whose whom".split())
# "a family of seven reported dead"
_STATES = frozenset("dead killed wounded injured hurt missing captured".split())
# "army says it is investigating", "the UN said it would send a team": a speaker on what it does itself tells no strike.
_THEMSELVES, _ON_THEMSELVES = frozenset("it he she they we".split()), frozenset("is was are were will would".split())
_LONGEST, _LONGEST_OPENING = 9, 5
_CALLING = frozenset("called described termed labelled labeled branded".split())


def find_clause_speaker(
    words: tuple[Word, ...], parties: tuple[PartyMention, ...], events: tuple[Event, ...], event: Event
) -> Frame | None:
    """Find who says of a strike, alone before a verb of saying that opens the sentence or follows the strike; None if nobody does.

    Parameters
    ----------
    events
        All strikes of the sentence: what is said of another one behind the verb is not said of this one.
    """
    for hit in speech().find(words):
        frame = _frame(words, hit, parties)
        if frame is None or _is_on_itself(words, hit.last):
            continue
        is_behind = event.main.first >= hit.last
        if is_behind or (frame.governs_before and not any(e.strength >= 2 and e.main.first >= hit.last for e in events)):
            return frame
    return _find_caller(words, parties, event)


def _find_caller(words: tuple[Word, ...], parties: tuple[PartyMention, ...], event: Event) -> Frame | None:
    """Find the speaker of "in what the governor called a drone attack"."""
    for i in range(event.first, event.main.first):
        if words[i].low == "what":
            verb = next((k for k in range(i + 2, min(i + 2 + _LONGEST, len(words))) if words[k].low in _CALLING), None)
            kind = _kind(words, i + 1, verb, parties) if verb is not None else None
            if verb is not None and kind is not None:
                return Frame(verb=verb, after=verb + 1, first=i + 1, last=verb, act="say", kind=kind, governs_before=True)
    return None


def _is_on_itself(words: tuple[Word, ...], i: int) -> bool:
    said = [w.low for w in words[i : i + 3]]
    if len(said) < 3 or said[0] not in _THEMSELVES or said[1] not in _ON_THEMSELVES:
        return False
    return said[1] in {"will", "would"} or said[2].endswith(("ing", "ed"))


def _frame(words: tuple[Word, ...], hit: Hit[str], parties: tuple[PartyMention, ...]) -> Frame | None:
    verb = hit.first
    following = words[hit.last].low if hit.last < len(words) else ""
    if hit.value != "say" or words[verb].low not in _PLAIN_VERBS or words[verb].text[0].isupper() or following in _STATES:
        return None
    first = verb
    while first > 0 and words[first - 1].text not in _MARKS and words[first - 1].low not in _CONJUNCTIONS:
        first -= 1
    last = verb
    while last > first and words[last - 1].low in _AUXILIARIES:
        last -= 1
    if not first < last <= first + _LONGEST or _tells(words[first:last]):
        return None
    kind = _kind(words, first, last, parties)
    if kind is None:
        return None
    after_mark = first > 0 and words[first - 1].text in _MARKS
    return Frame(verb=verb, after=hit.last, first=first, last=last, act=hit.value, kind=kind, governs_before=after_mark)


def _tells(phrase: tuple[Word, ...]) -> bool:
    """Tell a clause of its own from a description: a verb stands in it that no "who" opens."""
    if any(w.low in _RELATIVES for w in phrase):
        return False
    return any(w.low in _FINITE or any(r.form == "verb" for r in triggers().at(phrase, i)) for i, w in enumerate(phrase))


def _kind(words: tuple[Word, ...], first: int, last: int, parties: tuple[PartyMention, ...]) -> ClaimantKind | None:
    """Return what makes a phrase a speaker, None if nothing near its beginning does."""
    hits = [h for h in speakers().find(words) if first <= h.first and h.last <= last]
    named = [m for m in parties if first <= m.first and m.last <= last]
    starts = [*(h.first for h in hits), *(m.first for m in named)]
    if min(starts, default=last) > first + _LONGEST_OPENING:
        return None
    if hits:
        return max(hits, key=lambda h: (h.last - h.first, h.first)).value
    return (ClaimantKind.GOVERNMENT if named[0].party.kind == "state" else ClaimantKind.PARTY) if named else None
