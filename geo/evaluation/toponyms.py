"""Scores of place names against a geoparsing corpus: the field's usual figures.

Recognition counts spans that overlap. acc161 is the share within 161 km (100 miles) of the names that were recognised and resolved;
end_to_end161 the share of all gold names that were found and put within 161 km. Gold names without coordinates count for recognition only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from gazetteer.distance import distance_km
from gazetteer.model import LatLon
from geo.model import Resolution

NEAR_KM = 161.0


def score_toponyms(gold: Mapping[str, Sequence[Mapping[str, Any]]], found: Mapping[str, Sequence[Resolution]]) -> dict[str, float]:
    """Return f1, acc161 and end_to_end161 over all documents, rounded to 3 decimals."""
    c: Counter[str] = Counter()
    for document, names in gold.items():
        free = list(found.get(document, ()))
        for name in names:
            located = name.get("lat") is not None
            c["located"] += located
            hits = [r for r in free if r.toponym.span.start < name["end"] and name["start"] < r.toponym.span.end]
            if not hits:
                c["missed"] += 1
                continue
            hit = next((r for r in hits if r.toponym.span == (name["start"], name["end"])), hits[0])
            free.remove(hit)
            c["found"] += 1
            if located and hit.place is not None:
                c["resolved"] += 1
                c["near"] += distance_km(LatLon(name["lat"], name["lon"]), hit.place.point) <= NEAR_KM
        c["wrong"] += len(free)
    rates = {
        "f1": (2 * c["found"], 2 * c["found"] + c["wrong"] + c["missed"]),
        "acc161": (c["near"], c["resolved"]),
        "end_to_end161": (c["near"], c["located"]),
    }
    return {name: round(part / whole, 3) for name, (part, whole) in rates.items() if whole}
