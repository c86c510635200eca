"""What each place name of a sentence does: named by who speaks there, fired from, or only named until a strike is put at it."""

from __future__ import annotations

from geo.claims.lexicons import grammar, heads, speakers, triggers
from geo.claims.named import Named
from geo.claims.speech import Frame
from geo.claims.words import Word
from geo.model import Role

_BASED = grammar("struck_based")
_LONGEST_SEAT = 6
# "Missiles hit the embassy in X" tells of no talk there.
_HITTING = frozenset("hit hits struck strikes shelled bombed targeted attacked damaged destroyed landed fell exploded".split())
_SPOKEN_AT = frozenset("told reporters conference briefing meeting talks visit ambassador embassy".split())
_TOLD = frozenset("told informed warned notified asked alerted briefed unaware".split())
_FIRED = frozenset("fired launched shelled opened".split())


def read_roles(words: tuple[Word, ...], named: tuple[Named, ...], frames: tuple[Frame, ...]) -> dict[int, Role]:
    """Tell for each place name of a sentence, by its index, whether it is an origin or a speaker's seat; the others are background."""
    roles: dict[int, Role] = {}
    for n, name in enumerate(named):
        before = {w.low for w in words[max(0, name.first - 6) : name.first]}
        following = [w.low for w in words[name.last : name.last + 4]]
        hit_there = following[:1] in (["was"], ["were"], ["had"], ["came"]) and not _HITTING.isdisjoint(following)
        spoken_there = before & _SPOKEN_AT and not before & _HITTING and not hit_there and name.governor in {"in", "at"}
        if spoken_there or _were_told(words, name) or any(f.first <= name.first and name.last <= _end_of_speaker(f, words) for f in frames):
            roles[n] = Role.SPEAKER
        elif name.governor == "from" or _is_base(words, name):
            roles[n] = Role.ORIGIN
        else:
            roles[n] = Role.BACKGROUND
    return roles


def _end_of_speaker(frame: Frame, words: tuple[Word, ...]) -> int:
    """Return where a speaker's words end, his seat among them: "Doctors at Nasser Hospital said"."""
    seat = range(frame.last, frame.verb)
    is_seat = seat and words[frame.last].low in {"at", "in", "of", "from"} and len(seat) <= _LONGEST_SEAT
    return frame.verb if is_seat else frame.last


def _is_base(words: tuple[Word, ...], name: Named) -> bool:
    """Tell "fighters based in X" and "howitzers near X had fired" from a place that was hit."""
    gun = words[name.first - 2] if name.first > 1 else None
    is_gun = gun is not None and (
        heads().get(gun.low) == "force" or any(r.form == "platform" for r in triggers().at(words, name.first - 2))
    )
    if is_gun and name.governor in {"in", "at", "near", "around"} and any(w.low in _FIRED for w in words[name.last : name.last + 2]):
        return True
    if name.governor in {"in", "at", "near", "around"} and _are_positions(words, name.first):
        return True
    return name.governor in {"in", "at", "near", "from"} and any(w.low in _BASED for w in words[max(0, name.first - 6) : name.first])


def _are_positions(words: tuple[Word, ...], first: int) -> bool:
    """Tell "from their positions in X", where guns stand, from "on rebel positions in X"."""
    if first < 3 or words[first - 2].low not in {"positions", "position", "bases", "base", "territory", "areas", "side"}:
        return False
    return any(w.low == "from" for w in words[max(0, first - 6) : first - 2])


def _were_told(words: tuple[Word, ...], name: Named) -> bool:
    """Tell "after officials in A and B were told", where somebody is spoken to."""
    k = name.first - 1
    while k > 0 and (words[k].low in {"in", "at", "and", ",", "the"} or words[k].text[0].isupper()):
        k -= 1
    if not any(hit.first <= k < hit.last for hit in speakers().find(words[: k + 1])):
        return False
    i = name.last
    while i < len(words) and (words[i].low in {"and", ","} or words[i].text[0].isupper()):
        i += 1
    following = [w.low for w in words[i : i + 4]]
    return following[:1] in (["was"], ["were"], ["had"], ["are"], ["have"]) and not _TOLD.isdisjoint(following)
