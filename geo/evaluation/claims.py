"""Scores of claims against hand-made gold.

A claim matches a gold claim when its sentence overlaps one of the gold sentences and the places agree: both unlocated, or within 25 km,
or within the radii where either is an area. Matching is one to one, the pair with most agreeing fields first. Gold that a careful colleague
could decide otherwise ("certain": false) is optional: missed it costs nothing, found it earns nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gazetteer.distance import distance_km
from gazetteer.model import LatLon, PlaceKind
from geo.model import Claim, Span

Gold = Mapping[str, Any]

POINT_KM, AREA_MOST_KM, WRONG_PIN_KM = 25.0, 150.0, 50.0
_EMPTY_WORDS = frozenset("the of a an and forces force army military troops government militants".split())


@dataclass(slots=True)
class ClaimScores:
    """Counts over all articles; `figures` makes rates of them."""

    counts: Counter[str]

    def figures(self) -> dict[str, float]:
        """Return rates between 0 and 1, rounded to 3 decimals; a rate whose base is empty is left out."""
        c = self.counts
        found, wrong, missed = c["found"], c["wrong"], c["missed"]
        rates = {
            "claim_precision": (found, found + wrong),
            "claim_recall": (found, found + missed),
            "claim_f1": (2 * found, 2 * found + wrong + missed),
            "full_claim_f1": (2 * c["full"], 2 * found + wrong + missed),
            "attacker_accuracy": (c["attacker_right"], found),
            "attacker_wrong_rate": (c["attacker_wrong"], c["attacker_named"]),
            "attacker_invented_rate": (c["attacker_invented"], c["attacker_blank"]),
            "allegation_as_fact_rate": (c["claimant_lost"], c["claimant_told"]),
            "stance_accuracy": (c["stance_right"], found),
            "weapon_accuracy": (c["weapon_right"], found),
            "date_accuracy": (c["date_right"], found),
            "killed_accuracy": (c["killed_right"], found),
            "wrong_pin_rate": (c["wrong_pins"], c["pins"]),
        }
        return {name: round(part / whole, 3) for name, (part, whole) in rates.items() if whole}


def score_claims(texts: Mapping[str, str], gold: Mapping[str, Sequence[Gold]], claims: Mapping[str, Sequence[Claim]]) -> ClaimScores:
    """Score the claims of all articles that have gold.

    Parameters
    ----------
    texts, gold, claims
        By article id; an article without claims may be missing from `claims`.
    """
    counts: Counter[str] = Counter()
    for article_id, golds in gold.items():
        found = claims.get(article_id, ())
        said = [_spans(texts[article_id], g) for g in golds]
        pairs = _match(golds, said, found)
        for g, c in pairs.items():
            counts.update(_agreement(golds[g], found[c]))
        counts["missed"] += sum(bool(g.get("certain", True)) for i, g in enumerate(golds) if i not in pairs)
        taken = set(pairs.values())
        counts["wrong"] += sum(i not in taken and not _is_optional(c, golds, said) for i, c in enumerate(found))
        for claim in found:
            if claim.place_kind is PlaceKind.POINT:
                counts["pins"] += 1
                counts["wrong_pins"] += not any(_near(g, claim, max(WRONG_PIN_KM, g.get("radius_km") or 0)) for g in golds)
    return ClaimScores(counts)


def _spans(text: str, gold: Gold) -> list[Span]:
    sentences = [gold["quote"], *gold.get("also", ())]
    return [Span(m.start(), m.end()) for s in sentences if s for m in re.finditer(re.escape(s), text)]


def _overlaps(claim: Claim, spans: Sequence[Span]) -> bool:
    return any(claim.quote_start < s.end and s.start < claim.quote_end for s in spans)


def _match(golds: Sequence[Gold], said: Sequence[list[Span]], claims: Sequence[Claim]) -> dict[int, int]:
    worth: list[tuple[int, int, int]] = []
    for g, gold in enumerate(golds):
        for c, claim in enumerate(claims):
            if _overlaps(claim, said[g]) and places_agree(gold, claim):
                agreeing = sum(n for name, n in _agreement(gold, claim).items() if name.endswith("_right"))
                worth.append((-(100 * bool(gold.get("certain", True)) + agreeing), g, c))
    pairs: dict[int, int] = {}
    for _, g, c in sorted(worth):
        if g not in pairs and c not in pairs.values():
            pairs[g] = c
    return pairs


def _is_optional(claim: Claim, golds: Sequence[Gold], said: Sequence[list[Span]]) -> bool:
    return any(not g.get("certain", True) and _overlaps(claim, spans) for g, spans in zip(golds, said, strict=True))


def places_agree(gold: Gold, claim: Claim) -> bool:
    """Tell whether a claim stands where the gold one does, as far as both say."""
    if gold.get("lat") is None:
        return claim.lat is None and not gold.get("place_text")
    if claim.lat is None:
        return False
    allowed = POINT_KM
    if gold.get("place_kind") == "area":
        allowed = min(AREA_MOST_KM, max(POINT_KM, (gold.get("radius_km") or 0) + (claim.radius_km or 0)))
    elif claim.place_kind is PlaceKind.AREA:
        allowed = POINT_KM + min(claim.radius_km or 0, POINT_KM)
    return _near(gold, claim, allowed)


def _near(gold: Gold, claim: Claim, within_km: float) -> bool:
    if gold.get("lat") is None or claim.lat is None or claim.lon is None:
        return False
    return distance_km(LatLon(gold["lat"], gold["lon"]), LatLon(claim.lat, claim.lon)) <= within_km


def _agreement(gold: Gold, claim: Claim) -> Counter[str]:
    named = claim.attacker_text is not None
    blamed = bool(gold["attacker_text"])
    right = _same_party(gold["attacker_text"], claim) if blamed else not named
    day = _days_agree(gold, claim)
    return Counter(
        found=1, full=right and day, attacker_right=right, attacker_named=blamed, attacker_wrong=blamed and named and not right,
        attacker_blank=not blamed, attacker_invented=named and not blamed, claimant_told=bool(gold.get("claimant")),
        claimant_lost=bool(gold.get("claimant")) and claim.claimant is None, stance_right=gold["stance"] == claim.stance.value,
        weapon_right=gold["kind"] in {claim.weapon.value, "unspecified"}, date_right=day,
        killed_right=_counts_agree(gold.get("killed"), claim.killed_min, claim.killed_max),
    )  # fmt: skip


def _stems(text: str | None) -> set[str]:
    words = {w for w in re.findall(r"\w+", (text or "").lower()) if len(w) > 1}
    return {w[:5] for w in (words - _EMPTY_WORDS) or words}


def _same_party(names: Sequence[str], claim: Claim) -> bool:
    mine = _stems(claim.attacker) | _stems(claim.attacker_text)
    return any(_stems(name) & mine for name in names)


def _days_agree(gold: Gold, claim: Claim) -> bool:
    if gold.get("date_start") is None or claim.date_start is None:
        return gold.get("date_start") is None and claim.date_start is None
    first, last = date.fromisoformat(gold["date_start"]), date.fromisoformat(gold.get("date_end") or gold["date_start"])
    end = claim.date_end or claim.date_start
    if abs((first - claim.date_start).days) <= 1 and abs((last - end).days) <= 1:
        return True
    return first <= claim.date_start <= end <= last and (last - first).days <= 31


def _counts_agree(gold: Sequence[int | None] | None, low: int | None, high: int | None) -> bool:
    if not gold:
        return low is None and high is None
    return low == gold[0] or (high is not None and high == gold[1])


def by_article(claims: Iterator[Claim]) -> dict[str, list[Claim]]:
    """Group claims by their article's id."""
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.article_id, []).append(claim)
    return grouped
