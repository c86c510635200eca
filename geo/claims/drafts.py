"""A claim while its report is still being read, and how two of them compare.

Speakers, places, days and tolls may be added by later sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gazetteer.distance import distance_km
from gazetteer.model import Place, PlaceKind
from geo.claims.attacker import Attacker
from geo.claims.casualties import Casualties
from geo.claims.dates import When
from geo.claims.lexicons import grammar, nationalities
from geo.claims.name_pairs import contains
from geo.claims.numbers import Count
from geo.claims.rules import Rule
from geo.claims.struck import Struck
from geo.model import ClaimantKind, Span, Stance, TargetKind, Weapon

_ALIKE = grammar("drafts_alike")
# Words with a capital that the names of two different speakers share: offices, and the adjectives of all states alike.
_SHARED = grammar("drafts_offices") | nationalities()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who asserts, as written; two with the same words are one, whatever rule found them."""

    text: str
    span: Span
    kind: ClaimantKind
    rule: Rule = field(default=Rule.SPEAKS, compare=False)

    def words(self) -> frozenset[str]:
        return frozenset(w for w in re.findall(r"[\w-]+", self.text.lower()) if w not in _ALIKE)

    def is_unnamed(self) -> bool:
        """Tell "a monitoring group", which a later sentence names, from a name."""
        return self.kind is ClaimantKind.MONITOR and re.search(r"[A-Z]", self.text[1:]) is None

    def is_same(self, other: Speaker) -> bool:
        """Tell whether two wordings mean one speaker: "The Observatory" and "the Syrian Observatory for Human Rights"."""
        mine, theirs = self.words(), other.words()
        if not mine or not theirs:
            return self.text.lower() == other.text.lower()
        if mine <= theirs or theirs <= mine:
            return True
        if self.kind is other.kind and (self.is_unnamed() or other.is_unnamed()):
            return True
        if self.kind is not other.kind:
            return False
        # "Observatory head X" speaks for the Observatory; a shared name beginning with a capital is enough.
        names = {w.lower() for w in re.findall(r"\b[A-Z][\w-]{3,}", self.text)} & {
            w.lower() for w in re.findall(r"\b[A-Z][\w-]{3,}", other.text)
        }
        return bool(names - _ALIKE - _SHARED)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A claim in the making.

    `said` are the words with which the speaker does what the stance tells, `background` those that tell it as background of the report;
    each None where there are none. `points_back` tells a strike that only "the bomb" or "this attack" is.
    """

    sentence: Span
    also: list[Span] = field(default_factory=list)
    speaker: Speaker | None = None
    stance: Stance = Stance.ASSERTED
    said: Span | None = None
    attacker: Attacker | None = None
    weapon: Weapon = Weapon.UNSPECIFIED
    weapon_text: Span | None = None
    struck: Struck | None = None
    place_text: Span | None = None
    target: Span | None = None
    target_kind: TargetKind | None = None
    when: When | None = None
    casualties: Casualties = field(default_factory=Casualties)
    background: Span | None = None
    informative: int = 0
    carried_place: bool = False
    carried_day: bool = False
    points_back: bool = False

    @property
    def place_id(self) -> str | None:
        """The place that the claim will be put at: the finest one that is resolved. What lies "12 km south of X" is another than X."""
        if self.struck is None:
            return None
        for name in (self.struck.head, *self.struck.containers):
            if name.place is not None:
                beside = name.ground is not None and name.ground.is_elsewhere
                return f"{name.place.place_id}@{name.place.lat:.2f},{name.place.lon:.2f}" if beside else name.place.place_id
        return None

    def copy(self) -> Draft:
        new = Draft.__new__(Draft)
        for name in Draft.__slots__:
            setattr(new, name, getattr(self, name))
        new.also = list(self.also)
        return new

    def take(self, other: Draft) -> None:
        """Add what another sentence tells of the same claim."""
        if other.sentence != self.sentence and other.sentence not in self.also:
            self.also.append(other.sentence)
        if other.informative > self.informative and other.sentence != self.sentence:
            self.also.remove(other.sentence)
            self.also.append(self.sentence)
            self.sentence, self.informative = other.sentence, other.informative
        self.said = self.said or other.said
        self.speaker = self.speaker or other.speaker
        self.attacker = self.attacker or other.attacker
        if self.weapon is Weapon.UNSPECIFIED and other.weapon is not Weapon.UNSPECIFIED:
            self.weapon, self.weapon_text = other.weapon, other.weapon_text
        if self.struck is None or (self.carried_place and other.struck is not None and not other.carried_place):
            self.struck, self.place_text, self.carried_place = other.struck, other.place_text, other.carried_place
        if self.target is None:
            self.target, self.target_kind = other.target, other.target_kind
        self.when = _better_day(self.when, other.when)
        self.casualties = self.casualties.merge(other.casualties)

    def fits(self, other: Draft) -> bool:
        """Tell whether two drafts can tell of one strike: no field of one contradicts the other."""
        if self.stance is not other.stance:
            return False
        if self.speaker is not None and other.speaker is not None and not self.speaker.is_same(other.speaker):
            return False
        if self.attacker is not None and other.attacker is not None and not _parties_fit(self.attacker, other.attacker):
            return False
        if not weapons_fit(self.weapon, other.weapon):
            return False
        if (
            self.when is not None
            and other.when is not None
            and not (self.when.start <= other.when.end and other.when.start <= self.when.end)
        ):
            return False
        # A place's own toll is part of what is told for several together.
        is_part = self.casualties.is_shared or other.casualties.is_shared
        return is_part or _tolls_fit(self.casualties.killed, other.casualties.killed)


def _tolls_fit(one: Count | None, two: Count | None) -> bool:
    """Tell whether two tolls can be of one strike: tolls rise while rubble is cleared, but not by half."""
    if one is None or two is None or one.is_vague or two.is_vague:
        return one is None or two is None or not (one.is_nobody or two.is_nobody)
    return (two.high is None or (one.low or 0) <= two.high * 1.5) and (one.high is None or (two.low or 0) <= one.high * 1.5)


def _better_day(one: When | None, two: When | None) -> When | None:
    if one is None or two is None:
        return one or two
    if one.reported != two.reported:
        return two if one.reported else one
    return one if (one.end - one.start) <= (two.end - two.start) else two


def _parties_fit(one: Attacker, two: Attacker) -> bool:
    mine, theirs = {p.name for p in one.parties}, {p.name for p in two.parties}
    if mine & theirs:
        return True
    # "terrorists (as written)" may be anybody of that side; a name may not be two.
    return any("(as written)" in n for n in mine | theirs)


_CLOSE = (
    {Weapon.ARTILLERY, Weapon.ROCKET, Weapon.MISSILE},
    {Weapon.AIR_STRIKE, Weapon.MISSILE, Weapon.BOMB},
    {Weapon.AIR_STRIKE, Weapon.CHEMICAL, Weapon.BOMB},
)


def weapons_fit(one: Weapon, two: Weapon) -> bool:
    """Tell whether two words for a weapon can mean one strike ("missiles" and "air strike", "barrel bombs" and "chlorine")."""
    return one is two or Weapon.UNSPECIFIED in {one, two} or any({one, two} <= group for group in _CLOSE)


def is_same_place(known: Draft, new: Draft) -> bool:
    """Tell whether two drafts tell of one place, or, without any place, of one speaker's strike with an attacker."""
    if known.place_id is not None or new.place_id is not None:
        return known.place_id == new.place_id and not _are_two_unknown(known.struck, new.struck)
    if known.place_text is None or new.place_text is None:
        return (
            known.place_text is None
            and new.place_text is None
            and known.attacker is not None
            and new.attacker is not None
            and known.speaker == new.speaker
        )
    return known.place_text == new.place_text


def _are_two_unknown(one: Struck | None, two: Struck | None) -> bool:
    """Tell two villages that no list knows apart, though both stand for the district that the report puts them in."""
    if one is None or two is None or one.head.place is not None or two.head.place is not None:
        return False
    return one.head.resolution.toponym.text.casefold() != two.head.resolution.toponym.text.casefold()


def _is_another_name(one: Draft, two: Draft) -> bool:
    """Tell a place that no list knows ("the Bab Touma quarter"), which is not a second one, from words such as "a Damascan suburb"."""
    if one.struck is None or two.struck is None or one.place_text is None:
        return False
    mine, theirs = (draft.struck.head.resolution.toponym for draft in (one, two) if draft.struck is not None)
    return one.place_text.end == mine.span.end and mine.text.casefold() != theirs.text.casefold()


def is_lede_of(lede: Draft, new: Draft) -> bool:
    """Tell whether a strike told at the top in a wide area is the one now told in a place inside it."""
    if lede.struck is None or new.struck is None:
        return False
    if lede.place_id is None:
        return lede.attacker is not None and lede.fits(new) and not _is_another_name(lede, new)
    if lede.struck.head.place is None:
        return False
    if any(c.place is not None and c.place.place_id == lede.place_id for c in new.struck.containers):
        return lede.fits(new)
    if new.struck.head.place is None:
        return False
    wide, fine = lede.struck.head.place, new.struck.head.place
    is_wider = (wide.kind is PlaceKind.AREA and contains(wide, fine)) or _is_quarter_of(fine, wide)
    return is_wider and lede.fits(new)


def _is_quarter_of(fine: Place, town: Place) -> bool:
    """Tell a city's quarter: "Aleppo was hit" at the top, "the Zibdiya quarter" below."""
    return (
        fine.feature_code == "PPLX"
        and town.kind is PlaceKind.POINT
        and fine.place_id != town.place_id
        and distance_km(fine, town) <= town.radius_km
    )


def is_other_account(known: Draft, new: Draft) -> bool:
    """Tell a speaker's own account from the reporter's: where both count and count differently, or only he says who struck."""
    if known.speaker is not None or new.speaker is None:
        return False
    if known.attacker is None and new.attacker is not None and known.sentence != new.sentence:
        return True
    one, two = known.casualties, new.casualties
    return bool(one) and bool(two) and (one.killed, one.wounded) != (two.killed, two.wounded)


def count_told(draft: Draft) -> int:
    """Count what a draft tells of speaker, attacker, place, toll, day and target."""
    return sum(
        (
            draft.speaker is not None,
            draft.attacker is not None,
            draft.struck is not None,
            bool(draft.casualties),
            draft.when is not None,
            draft.target is not None,
        )
    )


def is_claim(draft: Draft) -> bool:
    """Tell whether a draft says enough to be a claim of one strike.

    It needs a place, or an attacker with a day, a toll, an accusation or a speaker who says what was hit. A whole country is no place for
    one strike: "nations that have conducted strikes in X" tells of a campaign, unless a day or a toll of its own is told.
    """
    told = bool(draft.casualties) or (draft.when is not None and not draft.carried_day)
    if draft.struck is not None and not (draft.struck.is_country() and draft.stance is Stance.ASSERTED):
        return True
    if draft.struck is not None:
        return told
    said_of_what = draft.speaker is not None and draft.target is not None
    if draft.casualties and said_of_what and told and draft.weapon is not Weapon.UNSPECIFIED:
        return True
    return draft.attacker is not None and (draft.stance is not Stance.ASSERTED or told or said_of_what)
