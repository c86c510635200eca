"""Who is named: parties in a sentence, whatever the wording, and what the noun beside the name makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from geo.claims.leaders import find_led, is_within
from geo.claims.lexicons import TriggerEntry, grammar, heads, read_rows, speech, triggers
from geo.claims.words import Hit, Phrases, Word
from geo.model import Span


class Form(StrEnum):
    """In which words a party is named."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Party:
    """A party of parties.tsv, or a word as written that names none by itself."""

    name: str
    kind: str
    country: str | None


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A row of generic_parties.tsv for one of its words. A single word with a capital ("Tigers", "AA") is a name where the row holds
    and means nobody elsewhere."""

    word: str
    country: str | None
    party: str
    start: str
    end: str

    @property
    def is_name(self) -> bool:
        return self.word[0].isupper() and " " not in self.word

    @property
    def is_meant_abroad(self) -> bool:
        """Tell whether it is meant in a report mostly about another country: a name and a state's army are, "rebels" are not."""
        return self.is_name or party_named(self.party).kind != "armed_group"

    def is_written(self, word: Word) -> bool:
        return not self.is_name or (word.text[0].isupper() and (word.text.isupper() or not self.word.isupper()))


class _Meanings:
    """All rows of one word, by the country where they hold, None for everywhere; `are_names` where each is the name of somebody."""

    def __init__(self, rows: Iterable[_Meaning]) -> None:
        self.rows = tuple(rows)
        self.are_names = all(row.is_name for row in self.rows)
        self._by_country: dict[str | None, list[_Meaning]] = {}
        for row in self.rows:
            self._by_country.setdefault(row.country, []).append(row)

    def in_first(self, theatre: Theatre) -> str | None:
        """Return the party that is meant in the country that the report speaks of most, None if none is."""
        return next(self._there(theatre.countries[:1], theatre.day, None), None)

    def within(self, theatre: Theatre, word: Word | None = None) -> str | None:
        """Return the party that is meant in a country of the report, else everywhere, None if none is; `word` is how it is written."""
        return next(self._there(theatre.countries, theatre.day, word), None) or next(self._there((None,), None, word), None)

    def _there(self, countries: tuple[str | None, ...], day: date | None, word: Word | None) -> Iterator[str]:
        for country in countries:
            for row in self._by_country.get(country, ()):
                is_meant = country == countries[0] or row.is_meant_abroad
                if is_meant and _holds(row, day) and (word is None or row.is_written(word)):
                    yield row.party


@dataclass(frozen=True, slots=True)
class PartyWord:
    """A party with the form in which a phrase of the lexicon names it, and what the phrase means in some countries."""

    party: Party
    form: Form
    local: _Meanings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyMention:
    """A party named in a sentence.

    `first`, `last` are word indices of the name; `end` of the whole noun phrase with it ("Azerbaijani rockets"); `head` is what
    that phrase's last noun makes of it: force, place, victim, speaker, or None where the name stands alone.
    """

    first: int
    last: int
    end: int
    party: Party
    form: Form
    head: str | None


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where and when a report's war is: countries, the most spoken of first, and the report's day."""

    countries: tuple[str, ...] = ()
    day: date | None = None


_STOPS, _DESCRIBING = grammar("parties_stops"), grammar("parties_describing")
# What may stand with a capital between an adjective and the noun: "Malian Armed Forces", "Thai Royal Navy", "Iraqi Federal Police".
_PROPER = grammar("parties_proper")
# Before "Army" or "Front" these are part of a name of its own.
_LIBERATING = grammar("parties_liberating")
# "The Kyiv regime", "the Tbilisi junta": how the other side's media call a government.
_RULES = ("regime", "junta")
# "US-led air strikes" name a party by an ending; "rebel-held" and "Russian-made" name an owner or a maker, which struck nobody.
_NO_PARTY_ENDINGS = (
    "-held",
    "-controlled",
    "-made",
    "-built",
    "-occupied",
    "-run",
    "-affiliated",
    "-majority",
    "-speaking",
    "-style",
    "-era",
    "-born",
    "-designed",
    "-supplied",
)

_LED = dict.fromkeys(("us-led", "u.s.-led", "american-led"), "US-led coalition") | {"saudi-led": "Saudi-led coalition"}


@cache
def _named() -> Phrases[PartyWord]:
    entries: list[tuple[str, PartyWord]] = []
    for row in read_rows("parties.tsv"):
        if row["kind"] == "generic":
            continue
        party = Party(row["party"], row["kind"], row["country"] or None)
        columns = (("adjectives", Form.ADJECTIVE), ("people", Form.PEOPLE), ("aliases", Form.NAME), ("capital", Form.CAPITAL))
        entries.append((party.name, PartyWord(party, Form.NAME, _meanings().get(party.name))))
        for column, form in columns:
            names = [name for name in row[column].split("|") if name.strip()]
            if form is Form.CAPITAL:
                ruling = PartyWord(party, Form.NAME)
                entries.extend((f"{name} {rule}", ruling) for name in names for rule in _RULES)
            # "Pro-Russian fighters" open a sentence.
            names += [name[0].upper() + name[1:] for name in names if name[0].islower()]
            entries.extend((name, PartyWord(party, form, _meanings().get(name))) for name in names)
    return Phrases(entries, case=True)


@cache
def capitals() -> dict[str, frozenset[str]]:
    """The names of each country's capital, in small letters; several where two governments have seats."""
    found: dict[str, set[str]] = {}
    for row in read_rows("parties.tsv"):
        if row["country"] and row["capital"]:
            found.setdefault(row["country"], set()).update(name.strip().lower() for name in row["capital"].split("|"))
    return {country: frozenset(names) for country, names in found.items()}


@cache
def _meanings() -> dict[str, _Meanings]:
    """What the words of generic_parties.tsv mean, by word as written, without an article."""
    meanings: dict[str, list[_Meaning]] = {}
    for row in read_rows("generic_parties.tsv"):
        words = [word.strip().removeprefix("the ") for word in row["words"].split("|")]
        for word in dict.fromkeys((*words, *(word.replace("UN-", "U.N.-") for word in words))):
            meanings.setdefault(word, []).append(_Meaning(word, row["country"] or None, row["party"], row["start"], row["end"]))
    return {word: _Meanings(rows) for word, rows in meanings.items()}


@cache
def _generic() -> Phrases[_Meanings]:
    meanings: dict[str, list[_Meaning]] = {}
    for word, known in _meanings().items():
        meanings.setdefault(word.lower(), []).extend(known.rows)
    for row in read_rows("parties.tsv"):
        if row["kind"] == "generic":
            for word in (row["party"].removesuffix(" (as written)"), *row["aliases"].split("|")):
                low = word.strip().lower().removeprefix("the ")
                meanings.setdefault(low, []).append(_Meaning(low, None, row["party"], "", ""))
    return Phrases(((word, _Meanings(rows)) for word, rows in meanings.items() if word), bare_s=True)


def party_named(name: str) -> Party:
    """Return the party of that canonical name, or a party as written if the lexicon has none."""
    return _parties().get(name) or Party(name, "generic", None)


@cache
def _parties() -> dict[str, Party]:
    return {row["party"]: Party(row["party"], row["kind"], row["country"] or None) for row in reversed(list(read_rows("parties.tsv")))}


def find_parties(words: tuple[Word, ...], theatre: Theatre) -> tuple[PartyMention, ...]:
    """Find the parties that a sentence names, in order.

    A word without a name ("the army", "rebels") is read by the theatre; where that does not fix the side it stays as written.
    """
    generics = _generic().find(words)
    named = [h for h in _named().find(words) if not _is_owner(words, h.last) and not _is_part(h, generics, theatre)]
    led = list(_led_by(words, named, theatre))
    named = [h for h in named if not any(m.first <= h.first and h.last <= m.last for m in led)]
    found = [_mention(words, h.first, h.last, _here(h.value, theatre), h.value.form) for h in named]
    found.extend(led)
    found.extend(_mention(words, *hit) for hit in _led(words))
    covered = {i for m in found for i in range(m.first, m.end)}
    for generic in generics:
        if not covered.isdisjoint(range(generic.first, generic.last)):
            continue
        own_name = _begin_of_unknown_name(words, generic, covered)
        if own_name is not None:
            name = " ".join(w.text for w in words[own_name : generic.last])
            found.append(_mention(words, own_name, generic.last, Party(f"{name} (as written)", "generic", None), Form.GENERIC))
            covered.update(range(own_name, found[-1].end))
            continue
        read = _read(generic, words, theatre)
        if read is not None:
            found.append(_mention(words, generic.first, *read, Form.GENERIC))
            covered.update(range(found[-1].first, found[-1].end))
    found.extend(m for m in _our(words) if covered.isdisjoint(range(m.first, m.end)))
    found = [_owned(words, m, found) for m in found]
    return _without_descriptions(words, sorted(found, key=lambda m: (m.first, m.last)))


def _begin_of_unknown_name(words: tuple[Word, ...], hit: Hit[_Meanings], covered: set[int]) -> int | None:
    """Return where "Mon Liberation Army" begins: a group that the lexicon lacks, which is not the army of the report's country."""
    if not words[hit.first].text[0].isupper() or words[hit.first - 1].low not in _LIBERATING:
        return None
    first = hit.first
    while first > 0 and first - 1 not in covered and words[first - 1].text[0].isupper() and words[first - 1].low != "the":
        first -= 1
    return first if first < hit.first else None


def _led_by(words: tuple[Word, ...], named: list[Hit[PartyWord]], theatre: Theatre) -> Iterator[PartyMention]:
    """Find forces named by their leader where no name of the lexicon holds the words ("Haftar's Libyan National Army")."""
    for forces in find_led(words, countries=theatre.countries, day=theatre.day):
        if any(h.first < forces.last < h.last or (h.first <= forces.first and forces.last <= h.last) for h in named):
            continue
        form = Form.NAME if forces.has_noun else Form.ADJECTIVE
        mention = _mention(words, forces.first, forces.last, party_named(forces.party), form)
        if forces.has_noun:
            yield replace(mention, head="force")
        elif mention.head in {"force", "weapon"}:
            yield mention


def _is_part(hit: Hit[PartyWord], generics: list[Hit[_Meanings]], theatre: Theatre) -> bool:
    """Tell a name inside longer words that the report's country fixes ("Albanian" in "ethnic Albanian guerrillas" in Macedonia)."""
    return any(
        g.first <= hit.first and hit.last <= g.last and g.last - g.first > hit.last - hit.first and g.value.in_first(theatre)
        for g in generics
    )


def _here(word: PartyWord, theatre: Theatre) -> Party:
    """Return what a name means in the country that the report speaks of most ("Serb" in Bosnia, "SLA" in Sri Lanka)."""
    name = word.local.in_first(theatre) if word.local is not None else None
    return word.party if name is None else party_named(name)


def _our(words: tuple[Word, ...]) -> Iterator[PartyMention]:
    """Find "our planes" and "our heroic gunners": whoever speaks or writes means the own side, which stays as written."""
    for i in [i for i, word in enumerate(words) if word.low == "our"]:
        for k in range(i + 1, min(i + 4, len(words))):
            readings = triggers().at(words, k)
            if heads().get(words[k].low) == "force" or any(r.form in {"platform", "munition"} for r in readings):
                name = " ".join(w.low for w in words[i : k + 1])
                head = "force" if heads().get(words[k].low) == "force" else "weapon"
                party = Party(f"{name} (as written)", "generic", None)
                yield PartyMention(first=i, last=k + 1, end=k + 1, party=party, form=Form.GENERIC, head=head)
                break
            if words[k].low in _STOPS or not words[k].text[0].isalpha():
                break


def _owned(words: tuple[Word, ...], mention: PartyMention, found: list[PartyMention]) -> PartyMention:
    """Read "the armed forces of Ukraine" as Ukraine's, wherever the report's war is."""
    if mention.form is not Form.GENERIC or mention.head != "force" or mention.end >= len(words) or words[mention.end].low != "of":
        return mention
    after = mention.end + (2 if mention.end + 1 < len(words) and words[mention.end + 1].low == "the" else 1)
    owner = next((m for m in found if m.first == after and m.form is Form.NAME and m.head in {None, "force"}), None)
    return mention if owner is None else replace(mention, party=owner.party)


def _without_descriptions(words: tuple[Word, ...], found: list[PartyMention]) -> tuple[PartyMention, ...]:
    """Leave out what only describes a named group: "Sudan's", "Sudanese paramilitary", "the militant group" before its name."""
    kept: list[PartyMention] = []
    for mention in reversed(found):
        after = kept[-1] if kept else None
        describes = mention.form in {Form.ADJECTIVE, Form.GENERIC} or words[mention.last - 1].text.endswith(("'s", "’s"))
        acts = after is not None and (after.form is Form.NAME or (after.form is Form.ADJECTIVE and after.head in {"force", "weapon"}))
        is_group = acts and after is not None and after.party.kind != "state"
        if not (describes and after is not None and is_group and all(w.low in _DESCRIBING for w in words[mention.last : after.first])):
            kept.append(mention)
    return tuple(reversed(kept))


def _led(words: tuple[Word, ...]) -> Iterator[tuple[int, int, Party, Form]]:
    for i in [i for i, word in enumerate(words) if word.low in _LED]:
        yield i, i + 1, party_named(_LED[words[i].low]), Form.ADJECTIVE


def _is_owner(words: tuple[Word, ...], last: int) -> bool:
    return words[last - 1].low.endswith(_NO_PARTY_ENDINGS)


def _read(hit: Hit[_Meanings], words: tuple[Word, ...], theatre: Theatre) -> tuple[int, Party] | None:
    """Return who is meant, and where the words end that say so: "government" alone may be fixed where "government artillery" is not."""
    name = hit.value.within(theatre, words[hit.first])
    if name is not None:
        return hit.last, party_named(name)
    for last in range(hit.last - 1, hit.first, -1):
        shorter = _meanings().get(" ".join(w.low for w in words[hit.first : last]))
        name = shorter.within(theatre) if shorter is not None else None
        if name is not None:
            return last, party_named(name)
    if hit.value.are_names:
        return None
    return hit.last, Party(f"{' '.join(w.low for w in words[hit.first : hit.last])} (as written)", "generic", None)


def _holds(row: _Meaning, day: date | None) -> bool:
    return is_within(day, start=row.start, end=row.end)


def _mention(words: tuple[Word, ...], first: int, last: int, party: Party, form: Form) -> PartyMention:
    end, head = last, None
    if form is Form.ADJECTIVE and (model := _named_weapon(words, last)) is not None:
        return PartyMention(first=first, last=last, end=model, party=party, form=form, head="weapon")
    if form in {Form.ADJECTIVE, Form.GENERIC, Form.NAME} or (form is Form.CAPITAL and words[last - 1].text.endswith(("'s", "’s"))):
        for i in range(last, min(last + 4, len(words))):
            word = words[i]
            readings = triggers().at(words, i)
            if (
                word.low in _STOPS
                or not word.text[0].isalpha()
                or _is_verb(readings)
                or (speech().at(words, i) and not heads().get(word.low))
            ):
                break
            if readings:
                return PartyMention(first=first, last=last, end=i + 1, party=party, form=form, head="weapon")
            kind = heads().get(word.low)
            if kind is not None:
                end, head = i + 1, kind
            elif head is not None or (word.text[0].isupper() and word.low not in _PROPER):
                break
    if head is None and form is Form.GENERIC:
        is_weapon = any(r.form in {"munition", "platform"} for r in triggers().at(words, last - 1))
        head = "weapon" if is_weapon else heads().get(words[last - 1].low, "force")
    if head is None and form in {Form.NAME, Form.PEOPLE} and party.kind != "state":
        head = "force"
    return PartyMention(first=first, last=last, end=end, party=party, form=form, head=head)


def _named_weapon(words: tuple[Word, ...], last: int) -> int | None:
    """Return where "Wing Loong drones" ends behind "Emirati": a weapon with the name of its model; None for anything else."""
    for i in range(last, min(last + 4, len(words))):
        if i > last and any(r.form in {"munition", "platform"} for r in triggers().at(words, i)):
            return i + 1
        is_name = words[i].text[0].isupper() or words[i].text[0].isdigit() or words[i].text == "-"
        if not is_name or heads().get(words[i].low) or speech().at(words, i):
            return None
    return None


def _is_verb(readings: tuple[TriggerEntry, ...]) -> bool:
    return bool(readings) and all(r.form == "verb" for r in readings)


def party_span(words: tuple[Word, ...], mention: PartyMention) -> Span:
    """Return where a party's own words stand in the text."""
    return Span(words[mention.first].start, words[mention.last - 1].end)
