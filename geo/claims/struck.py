"""Where it struck: which of the places that a sentence names were hit, and which were fired from, spoken from or only named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gazetteer.model import PlaceKind
from geo.claims.events import Event
from geo.claims.headings import read_heading
from geo.claims.lexicons import grammar, triggers
from geo.claims.name_pairs import contains, relation
from geo.claims.named import Named, instead_of
from geo.claims.parties import Form, PartyMention
from geo.claims.rules import Rule
from geo.claims.trigger import Trigger
from geo.claims.words import Word
from geo.model import Role

_DETERMINERS = grammar("struck_determiners")
_ADJECTIVES = grammar("struck_adjectives")
# "and a number of villages in X" still lists what was hit.
_PARTS_OF_LISTS = grammar("reader_parts") | grammar("reader_quantities")
_ROADS, _DASHES = grammar("named_roads"), frozenset("-–—")
# What goes on beside a strike happens elsewhere.
_MEANWHILE = frozenset("while whereas although though".split())
_STRIKING = frozenset("on at against into onto over toward towards".split())
_PLACING = grammar("struck_placing")
_BUILDINGS = frozenset("ministry police court television radio channel newspaper government".split())
# How well the head of a bulletin's line stands for what was hit: better than "in X", not so well as "at X".
_HEADING, _IN = 3.1, 2.0
# What joins two places of one strike is short, and opens no other clause.
_LONGEST_JOINT, _OTHER_CLAUSE = 6, frozenset("that which who where when after while as said".split())


@dataclass(slots=True, kw_only=True)
class Struck:
    """A place that was hit: the finest name given, and the wider places that the same words put it in.

    `rule` tells why it is one where that is not what governs its name: B of "rockets hit A and B" only stands beside another.
    """

    head: Named
    containers: list[Named] = field(default_factory=list)
    score: float = 0.0
    rule: Rule | None = None

    def is_country(self) -> bool:
        """Tell whether nothing finer than a country is named."""
        if self.head.part_deg is not None:
            # "southern Israel"
            return False
        places = [n.place for n in (self.head, *self.containers) if n.place is not None]
        return bool(places) and all((p.feature_code or "").startswith("PCL") for p in places)


def find_struck(
    words: tuple[Word, ...],
    event: Event,
    named: tuple[Named, ...],
    roles: dict[int, Role],
    parties: tuple[PartyMention, ...],
    *,
    head: int = 0,
) -> tuple[Struck, ...]:
    """Find the places that an event hit, the finest names only; empty if the sentence names none.

    Parameters
    ----------
    head
        How many words are the head of a bulletin's line, whose place was hit unless the line says better.
    """
    headings = read_headings(words, named, head)
    groups = [g for g in _group(words, event, named, roles, parties, head) if g[0].score > 0]
    best = max(groups, key=lambda g: g[0].score, default=[])
    if headings and (not best or best[0].score < _HEADING) and not (best and _is_finer(best[0], headings)):
        return headings
    if not best:
        return ()
    chosen = list(best)
    for group in groups:
        if group is not best and group[0].score >= best[0].score - 1.5 and _joined(words, best, group):
            chosen.extend(group)
    wider = [g[0].head for g in groups if g is not best and g[0].head.place is not None]
    for struck in chosen:
        if not struck.containers:
            struck.containers.extend(w for w in wider if _may_hold(w, struck.head))
        if struck.head.place is None and not struck.containers:
            # "Balgrat: two rounds on the camp of Saldow": the line puts it in or near Balgrat.
            struck.containers.extend(one.head for one in headings[:1] if one.head.place is not None and not one.is_country())
    _share_containers(best)
    return tuple(chosen)


def _group(
    words: tuple[Word, ...], event: Event, named: tuple[Named, ...], roles: dict[int, Role], parties: tuple[PartyMention, ...], head: int
) -> list[list[Struck]]:
    """Group the names that may have been hit: those of one list together, each with the wider places that its words put it in."""
    groups: list[list[Struck]] = []
    previous: Named | None = None
    left_out = False
    for n, name in enumerate(named):
        if name.last <= head:
            continue
        bond = "new" if previous is None else relation(words, previous, name)
        is_other = roles[n] in {Role.ORIGIN, Role.SPEAKER} or (not _is_heading(words, name) and _is_party(name, parties, event))
        if is_other or (left_out and bond in {"coordinate", "container"}):
            # "evacuated from A and B": what hangs on a name that was not hit was not hit either.
            previous, left_out = name, True
            continue
        if left_out:
            bond, left_out = "new", False
        if bond == "container" and groups:
            groups[-1][-1].containers.append(name)
        elif bond == "within" and groups:
            # "Syria's Aleppo": the wider name stands first.
            last = groups[-1][-1]
            if previous is not None and previous.resolution is last.head.resolution:
                last.containers.append(last.head)
                last.head = instead_of(last.head, name)
            else:
                # "X in Syria's Aleppo province" is X.
                last.containers.append(name)
        elif bond == "coordinate" and groups:
            groups[-1].append(Struck(head=name, score=groups[-1][0].score, rule=Rule.LISTED))
        else:
            groups.append([Struck(head=name, score=_score(words, event, name))])
        previous = name
    return groups


def read_headings(words: tuple[Word, ...], named: tuple[Named, ...], head: int) -> tuple[Struck, ...]:
    """Read the places of a bulletin's line as what was hit; empty if its head names none."""
    finest, wider = read_heading(words, named, head)
    return tuple(Struck(head=name, containers=list(wider), score=_HEADING, rule=Rule.HEADS) for name in finest)


def _is_finer(struck: Struck, headings: tuple[Struck, ...]) -> bool:
    """Tell "Donetsk region: a market in Sloviansk was hit": the line names a town of the area that heads it."""
    wide = headings[0].head.place
    if len(headings) > 1 or wide is None or wide.kind is not PlaceKind.AREA or headings[0].head.other is not None:
        return False
    return struck.score >= _IN and (struck.head.place is None or contains(wide, struck.head.place))


def _may_hold(wider: Named, name: Named) -> bool:
    """Tell whether a place of another clause can be the wider one around a struck name; around an unknown one no town or country is."""
    if name.place is None:
        is_division = wider.place is not None and not (wider.place.feature_code or "").startswith("PCL")
        return is_division and wider.place is not None and wider.place.kind is PlaceKind.AREA
    return contains(wider.place, name.place)


def _share_containers(group: list[Struck]) -> None:
    """ "A, B and C in Hama province": the last one's container holds for all."""
    for struck in group[:-1]:
        if not struck.containers:
            struck.containers.extend(group[-1].containers)


def _joined(words: tuple[Word, ...], one: list[Struck], other: list[Struck]) -> bool:
    """Tell "in A and in B" from two different parts of a sentence."""
    first, second = sorted((one, other), key=lambda g: g[0].head.first)
    last = max(x.last for s in first for x in (s.head, *s.containers))
    between = [
        w.low for w in _without_aside(words[last : second[0].head.first]) if not triggers().at((w,), 0) and w.low not in _DETERMINERS
    ]
    if len(between) > _LONGEST_JOINT or any(w in _OTHER_CLAUSE for w in between):
        return False
    if any(w in {"and", "or"} for w in between):
        return True
    return "," in between and all(w == "," or w in _PLACING or w in _STRIKING or w in _PARTS_OF_LISTS or w in _ADJECTIVES for w in between)


def _without_aside(between: tuple[Word, ...]) -> tuple[Word, ...]:
    """Leave out what stands between commas after "and": "and, the same night, blown up a bridge at"."""
    commas = [i for i, w in enumerate(between) if w.text == "," and i]
    if len(commas) < 2 or between[commas[0] - 1].low != "and":
        return between
    return between[: commas[0]] + between[commas[1] + 1 :]


def _is_party(name: Named, parties: tuple[PartyMention, ...], event: Event) -> bool:
    """Tell a country that acts ("Turkey shelled", "accused by Russia") from one that is a place."""
    for mention in parties:
        if mention.form in {Form.GENERIC, Form.PEOPLE} or not (mention.first < name.last and name.first < mention.last):
            continue
        if mention.form is Form.ADJECTIVE:
            return True
        if mention.form is Form.NAME and _is_part_of_name(name, mention):
            return True
        if (
            mention.form is Form.CAPITAL
            and name.governor == "subject"
            and name.last <= event.main.first
            and (event.main.passive or _is_hit_next(event, name))
        ):
            return False
        if mention.form is Form.CAPITAL and name.governor not in {"by", "with", "subject", "than", "between", "after said", "after that"}:
            return False
        if name.governor.startswith("after ") and any(t.form == "verb" and t.last <= name.first <= t.last + 2 for t in event.triggers):
            return False
        if name.governor in {"by", "with", "subject", "than", "between"} or name.governor.startswith(("after", "of government", "of army")):
            passive_subject = event.main.passive and name.last <= event.main.first and mention.party.kind != "state"
            return not passive_subject
        if mention.head in {"force", "weapon"} and mention.end > mention.last:
            return True
    return False


def _is_part_of_name(name: Named, mention: PartyMention) -> bool:
    """Tell the place in "the Tbilisi regime" and "Al-Qaeda in Iraq" from "the Republic of Azerbaijan", which is one."""
    begins, ends = mention.first < name.first, name.last < mention.last
    return mention.first <= name.first and name.last <= mention.last and (ends or (begins and mention.party.kind != "state"))


def _is_hit_next(event: Event, name: Named) -> bool:
    """Tell "Kyiv was shelled" from "Kyiv shelled": a passive verb follows the name."""
    return any(t.passive and 0 <= t.first - name.last <= 4 for t in event.triggers)


def _score(words: tuple[Word, ...], event: Event, name: Named) -> float:
    """Score how well a name stands as the place that was hit; 0 is not at all."""
    main = event.main
    if any(t.first == name.last and t.form != "verb" for t in event.triggers) and name.place is not None and name.ground is None:
        # "a Kabul car bombing"
        return 3.0
    if _is_heading(words, name):
        return _HEADING
    following = words[name.last].low if name.last < len(words) else ""
    if following in grammar("struck_other_nouns") or event.leaves_aside(name.first):
        return 0
    if following == "capital" and not any(w.text[0].isupper() for w in words[name.last + 1 : name.last + 4]):
        # "Yemen's capital" is a town.
        return 0
    after = name.first >= main.first
    if any(w.low == "who" for w in words[main.last : name.first]):
        # "hit a man who had taken part in the attacks on X"
        return 0
    score = _governor_score(words, event, name, main)
    if score <= 0:
        return 0
    is_outside = not event.first <= name.first < event.last
    if is_outside and words[event.first].low == "as":
        # "an explosion in A, police said, as B fired missiles": where these hit, the other part does not tell.
        return 0
    if is_outside or any(w.low in _MEANWHILE for w in words[main.last : name.first]):
        score -= 1.5
    if not after:
        score -= 0.4
    if name.place is not None and name.place.kind is PlaceKind.AREA:
        score -= 1.0 if (name.place.feature_code or "").startswith("PCL") else 0.3
        if name.place.country_code is None and name.place.radius_km > 600:
            score -= 1.0
    return max(score, 0.05)


def _governor_score(words: tuple[Word, ...], event: Event, name: Named, main: Trigger) -> float:
    governor = name.governor
    if _hangs_on_other_noun(words, name) or _is_road_end(words, name):
        return 0
    if governor in _STRIKING:
        return 3.2
    if governor.startswith("after "):
        previous = governor.removeprefix("after ")
        is_verb = any(t.form == "verb" and t.last <= name.first <= t.last + 4 for t in event.triggers)
        if is_verb:
            return 3.6
        if re.fullmatch(
            r"(?:neighbou?rhood|village|town|city|district|suburb|camp|area|region|province|countryside|province's|said|that|when|where|while|and|or)",
            previous,
        ):
            return 2.0
        return 1.2 if name.first > main.first else 0.6
    if governor.startswith("of "):
        noun = governor.removeprefix("of ")
        if any(words[t.last - 1].low == noun for t in event.triggers):
            return 3.4
        if noun in {
            "residents",
            "resident",
            "people",
            "government",
            "president",
            "ministry",
            "army",
            "minister",
            "governor",
            "mayor",
            "capture",
            "head",
            "liberation",
            "recapture",
            "siege",
            "control",
            "withdrawal",
            "group",
            "state",
            "forces",
            "city",
            "battle",
            "offensive",
        }:
            return 0.8
        return 2.4
    if governor == "subject":
        return 2.8 if main.passive or any(t.passive for t in event.triggers) or _came_under(words, name) else 1.4
    if governor in _PLACING:
        return 2.6
    return 0


def _is_heading(words: tuple[Word, ...], name: Named) -> bool:
    """Tell the place that heads a line of a bulletin: "Barda: rockets hit ...", "8 May, Kabul: ...", "El Fasher, Tuesday: ..."."""
    colon = next((i for i, w in enumerate(words[:14]) if w.text == ":"), None)
    return colon is not None and name.last <= colon and not any(w.low.endswith("ed") for w in words[:colon])


def _hangs_on_other_noun(words: tuple[Word, ...], name: Named) -> bool:
    """Tell "the war over X" and "talks on X" from "rockets on X"."""
    i = name.first - 1
    while i > 0 and words[i].low != name.governor and name.first - i < 8:
        i -= 1
    if i <= 0 or words[i].low != name.governor or words[i - 1].low not in grammar("struck_other_nouns"):
        return False
    if words[i - 1].low == "war" and words[i - 2].low == "of":
        # "prisoners of war in X"
        return False
    return not (words[i - 1].low in _BUILDINGS and _is_hit_itself(words, i - 1))


def _is_hit_itself(words: tuple[Word, ...], i: int) -> bool:
    """Tell "exploded outside the education ministry in X" from "the ministry in X said"."""
    k = i - 1
    while k >= 0 and words[k].text.isalpha() and words[k].low not in _STRIKING | _PLACING and i - k < 4 and not triggers().at(words, k):
        k -= 1
    return k >= 0 and (words[k].low in _STRIKING | _PLACING - {"by", "of"} or any(r.form == "verb" for r in triggers().at(words, k)))


def _is_road_end(words: tuple[Word, ...], name: Named) -> bool:
    """Tell "the A–B highway", a line that neither of its ends stands for; where both are known, the name is the road between them."""
    if name.other is not None or name.ground is not None:
        return False
    first, last = max(0, name.first - 2), min(len(words), name.last + 3)
    following = [w.low for w in words[name.last : last]]
    is_first = bool(following) and following[0] in _DASHES and any(w in _ROADS for w in following[1:])
    is_second = words[name.first - 1].low in _DASHES and first < name.first - 1 and bool(following) and following[0] in _ROADS
    return is_first or is_second


def _came_under(words: tuple[Word, ...], name: Named) -> bool:
    following = [w.low for w in words[name.last : name.last + 14]]
    return any(w in {"under", "subjected", "witnessed", "experienced", "rocked", "suffered"} for w in following)
