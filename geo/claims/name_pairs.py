"""How two place names that follow each other in a sentence hang together: side by side, one within the other, or not at all."""

from __future__ import annotations

from gazetteer.distance import distance_km
from gazetteer.model import Place, PlaceKind
from geo.claims.lexicons import grammar
from geo.claims.named import Named
from geo.claims.words import Word

_DETERMINERS, _ADJECTIVES = grammar("struck_determiners"), grammar("struck_adjectives")
# "and a number of villages in X" still lists what was hit.
_PARTS_OF_LISTS = grammar("reader_parts") | grammar("reader_quantities")
_STREETS = frozenset("street avenue road square boulevard highway quarter neighbourhood neighborhood district bridge market".split())
_SEATS = frozenset("port city town village resort island settlement suburb region province district coastal".split())


def relation(words: tuple[Word, ...], one: Named, two: Named) -> str:
    """Tell how two names that follow each other hang together: "coordinate", "container" (two holds one) or "new"."""
    between = words[one.last : two.first]
    low = [w.low for w in between if w.low not in _DETERMINERS and w.low not in _ADJECTIVES and "-" not in w.text[1:-1]]
    if low[-1:] == ["of"] and len(low) > 1 and _SEATS.issuperset(low[:-1]):
        # "the Black Sea port of Poti", "the Donetsk region town of Toretsk"
        return "within"
    joined = any(w in {"and", "or", "plus"} for w in low) or low[:2] == ["as", "well"]
    if len(between) > 9:
        return "new"
    if low and low[-1] in {"including", "notably", "especially"} and contains(one.place, two.place):
        # "nine sites in Pakistan on Monday, including Bahawalpur"
        return "within"
    if joined:
        rest = [
            w
            for w in low
            if w not in _PARTS_OF_LISTS and w not in {"and", "or", "plus", ",", "as", "well", "of", "in", "near", "on", "also", "both"}
        ]
        if any(w in {"north", "south", "east", "west"} for w in (x.low for x in between)) and "of" in low:
            return "container"
        return "coordinate" if not rest else "new"
    if [
        w
        for w in low
        if w
        not in {
            ",",
            "(",
            ")",
            "of",
            "in",
            "near",
            "outside",
            "at",
            "on",
            "to",
            "from",
            "about",
            "km",
            "part",
            "located",
            "some",
            "which",
            "is",
        }
        and w not in _STREETS
        and not w.isdigit()
    ]:
        return "new"
    if any(w in {"of", "in", "near", "outside", "at", "on", "to", "from"} for w in low):
        if "near" in low and contains(one.place, two.place):
            # "inside Pakistan near the town of Balakot"
            return "within"
        # "the area around X in the towns of A, B and C" lists more, it does not say where X lies.
        is_list = any(w.low in {"towns", "villages", "cities"} for w in words[one.last : two.last])
        return "coordinate" if is_list and (two.place is None or two.place.kind is PlaceKind.POINT) else "container"
    # "Yemen's Red Sea port", "Yemen's capital, Sanaa", "Syrias capital Damascus"
    if not between and words[two.first].low in _SEATS and one.place is not None and one.place.kind is PlaceKind.AREA:
        # "the Black Sea port of Poti", whose name is told with "port of"
        return "within"
    of_country = _is_country_of(words, one) and (not low or (set(low) <= {","} and any(w.low in {"capital", "city"} for w in between)))
    # "Kharkiv's Saltivka district", "Ukraine's government-held Avdiivka"
    is_owner = not low and words[one.last - 1].text.endswith(("'s", "’s"))
    if of_country or is_owner or (not low and contains(one.place, two.place)):
        return "within"
    if contains(two.place, one.place) or (one.place is None and two.place is not None and two.place.kind is PlaceKind.AREA):
        return "container"
    if one.place is None and not between:
        return "container"
    return "coordinate"


def _is_country_of(words: tuple[Word, ...], name: Named) -> bool:
    """Tell "Yemen's", to which belongs what stands right behind it."""
    is_country = name.place is not None and (name.place.feature_code or "").startswith("PCL")
    return is_country and words[name.last - 1].text.endswith(("'s", "’s"))


def contains(outer: Place | None, inner: Place | None) -> bool:
    """Tell whether one place lies in another, as far as their records tell."""
    if outer is None or inner is None or outer.place_id == inner.place_id:
        return False
    if outer.feature_code is not None and outer.feature_code.startswith("PCL"):
        return outer.country_code == inner.country_code
    if outer.radius_km <= inner.radius_km:
        return False
    return distance_km(outer, inner) <= outer.radius_km
