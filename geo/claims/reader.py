"""A report read from its first sentence to its last: speakers, places and days are carried on, and what is told twice is one claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from geo.claims.acts import find_acts, read_acts, strikes_beside
from geo.claims.bulletin import find_heads
from geo.claims.drafts import Draft, is_claim
from geo.claims.entries import are_live, find_entries, without_lines
from geo.claims.events import shares_subject
from geo.claims.glance import Glance
from geo.claims.interceptions import INTERCEPTED, read_interceptions
from geo.claims.memory import Memory
from geo.claims.parties import Theatre
from geo.claims.repeats import Repeats
from geo.claims.sentence import Sentence
from geo.claims.strikes import is_about_strikes, read_pointing_back, read_strike
from geo.claims.tolls import build_toll, find_total_beside, is_running_total
from geo.claims.words import split_words
from geo.model import Article, Dateline, Interception, Resolution, Role, Span, Toll
from geo.sentences import split_sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a report's sentences gave: claims in the making, running totals, what was shot down, what each place name does, and the
    parties' theatre."""

    drafts: tuple[Draft, ...]
    tolls: tuple[Toll, ...]
    interceptions: tuple[Interception, ...]
    roles: dict[Span, Role]
    theatre: Theatre


def read_claims(article: Article, resolutions: tuple[Resolution, ...], *, title: Callable[[], tuple[Resolution, ...]] = tuple) -> Reading:
    """Read the claims of a report whose place names are resolved.

    Parameters
    ----------
    resolutions
        Of all place names in the text, in order.
    title
        Gives those of the report's title: where "the theatre" stands if the text names no town. Asked only if a strike needs it.

    Returns
    -------
    reading
        Without drafts and tolls if the report is not about strikes; its place names are then all background.
    """
    text, memory, tolls = article.text, Memory(article, resolutions, title=title), list[Toll]()
    interceptions = list[Interception]()
    entries = find_entries(article)
    lines = [line for line in (article.dateline, *(e.dateline for e in entries)) if line is not None]
    spans = [_without_datelines(span, text, lines) for span in split_sentences(text)]
    glances = [Glance(text, split_words(text, span.start, span.end)) for span in spans]
    # What comes again makes no report of strikes, and no bulletin, of one that is none.
    once = sorted({text[span.start : span.end].casefold(): i for i, span in reversed(list(enumerate(spans)))}.values())
    first = [glances[i] for i in once]
    heads = {once[k]: length for k, length in find_heads(text, [spans[i] for i in once], [each.words for each in first]).items()}
    if heads:
        memory.open_bulletin(text)
        headed = {text[spans[i].start : spans[i].end].casefold() for i, length in heads.items() if length}
        entries = without_lines(entries, [span for span in spans if text[span.start : span.end].casefold() in headed])
    is_about = is_about_strikes(first, theatre=memory.theatre, is_terse=bool(heads))
    if is_about or INTERCEPTED.search(text):
        starts = [r.toponym.span.start for r in resolutions]
        repeats, waiting, is_live = Repeats(text), list(reversed(entries)), are_live(entries)
        openings = [e.opening for e in entries] + [line.span for line in lines]
        for i, (span, glance) in enumerate(zip(spans, glances, strict=True)):
            while waiting and waiting[-1].opening.start < span.end:
                memory.begin_entry(waiting.pop(), text, is_live=is_live)
            if (
                glance.words
                and not any(o.start <= span.start and span.end <= o.end for o in openings)
                and not repeats.is_repeated(span, memory.calendar.today)
            ):
                inside = resolutions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
                sentence = Sentence(
                    report=text, span=span, glance=glance, resolutions=inside, index=i, theatre=memory.theatre, calendar=memory.calendar,
                    head=heads.get(i, 0) if heads else None,
                )  # fmt: skip
                if i in heads:
                    memory.open_line(sentence)
                memory.note_roles(sentence)
                if is_about:
                    tolls.extend(_read(sentence, article, memory))
                if INTERCEPTED in sentence.signs:
                    interceptions.extend(read_interceptions(article, sentence, memory))
                memory.remember(sentence)
        repeats.note(memory.drafts)
    return Reading(
        drafts=tuple(d for d in memory.drafts if is_claim(d)),
        tolls=tuple(tolls),
        interceptions=tuple(interceptions),
        roles=memory.roles,
        theatre=memory.theatre,
    )


def _read(sentence: Sentence, article: Article, memory: Memory) -> tuple[Toll, ...]:
    """Read what one sentence tells: claims into the memory; a running total instead of them, or beside them, is returned."""
    tolls: tuple[Toll, ...] = ()
    total = find_total_beside(sentence) if sentence.strikes else None
    if total is not None:
        speaker, _ = memory.find_speaker(sentence, None)
        tolls = (build_toll(article, sentence, sentence.read_casualties(total), speaker),)
    casualties = sentence.read_casualties(Span(sentence.span.start, total.start) if total else None)
    if total is None and casualties and is_running_total(sentence.text, casualties, has_event=bool(sentence.strikes), signs=sentence.signs):
        speaker, _ = memory.find_speaker(sentence, None)
        return (build_toll(article, sentence, casualties, speaker),)
    acts = find_acts(sentence)
    events = strikes_beside(acts, sentence)
    told: list[Draft] = []
    answered: list[Draft] = []
    for event in events:
        own = casualties if len(events) == 1 else sentence.read_casualties_of(event)
        drafts = read_strike(event, sentence, own, memory)
        if told and shares_subject(sentence.words, event):
            for draft in drafts:
                draft.attacker = draft.attacker or told[-1].attacker
        told.extend(drafts)
        if acts.denial is None or event.main.first < acts.denial.verb:
            answered.extend(drafts)
    # "X was shelled; Y denied it": the denial answers what the same sentence tells before it.
    memory.note_strikes(answered, sentence)
    # "Officials said it came from A's positions, which A rejected"
    blamed = read_pointing_back(sentence, casualties, memory) if acts.denial is not None and sentence.blames and not told else []
    made = told + blamed + read_acts(acts, sentence, casualties, memory)
    memory.note_strikes(made or read_pointing_back(sentence, casualties, memory), sentence)
    return tolls


def _without_datelines(span: Span, text: str, lines: list[Dateline]) -> Span:
    line = next((line for line in lines if span.start <= line.span.start < span.end and line.span.end < span.end), None)
    if line is None:
        return span
    start = line.span.end
    while start < span.end and not text[start].isalnum() and text[start] not in '"“(':
        start += 1
    return Span(start, span.end)
