"""Colours and shapes for who is accused and for what the speaker does with the claim.

Colour and shape say the same thing twice, so neither is needed by itself. The colours are those of Okabe and Ito (2008,
"Color Universal Design"), which people with the common kinds of colour blindness can tell apart. No colour is kept for any
party: parties take them in the order of their names, over the whole data set, so that no filter changes a party's colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geo.model import Claim, Stance


class ColourBy(StrEnum):
    """What the marks are coloured by."""

    ATTACKER = "attacker"
    STANCE = "stance"


class Shape(StrEnum):
    """What a mark looks like. The script that draws them knows each by this word."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    PENTAGON = "pentagon"
    HEXAGON = "hexagon"
    CROSS = "cross"
    RING = "ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One line of the legend. `colour` is #rrggbb."""

    label: str
    colour: str
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The legend's lines, and each claim's line in it.

    Attributes
    ----------
    by
        What it tells apart.
    title
        What the legend is of, in words that keep a claim a claim.
    categories
        At most 8 + 1 lines.
    codes
        For each claim given to `build_palette`, in its order, the index of its line.
    """

    by: ColourBy
    title: str
    categories: tuple[Category, ...]
    codes: tuple[int, ...]


_HUES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
_SHAPES = (Shape.CIRCLE, Shape.SQUARE, Shape.TRIANGLE, Shape.DIAMOND, Shape.PENTAGON, Shape.HEXAGON)
_GREY = "#6B7280"

NOBODY = "nobody named"
_OTHERS = "other parties"

_STANCES: dict[Stance, Category] = {
    Stance.ACCUSED: Category(label="accuses somebody", colour="#E69F00", shape=Shape.CIRCLE),
    Stance.ASSERTED: Category(label="says that it happened", colour="#0072B2", shape=Shape.SQUARE),
    Stance.CLAIMED_RESPONSIBILITY: Category(label="says that they did it themselves", colour="#009E73", shape=Shape.TRIANGLE),
    Stance.DENIED: Category(label="denies it", colour="#CC79A7", shape=Shape.CROSS),
}


def build_palette(claims: Iterable[Claim], *, by: ColourBy) -> Palette:
    """Give each claim a line of the legend.

    Parameters
    ----------
    claims
        The whole data set, not a selection of it: the colours follow from it.
    by
        The alleged attacker or the stance.

    Returns
    -------
    palette
        Of attackers: the six with most claims have a line of their own in the order of their names, all others share one,
        and the claims that name nobody have the last.
    """
    kept = tuple(claims)
    if by is ColourBy.STANCE:
        order = list(_STANCES)
        return Palette(
            by=by, title="What the claimant does", categories=tuple(_STANCES.values()), codes=tuple(order.index(c.stance) for c in kept)
        )
    counts: dict[str, int] = {}
    for claim in kept:
        if claim.attacker is not None:
            counts[claim.attacker] = counts.get(claim.attacker, 0) + 1
    named = sorted(sorted(counts, key=lambda party: (-counts[party], party))[: len(_HUES)])
    categories = [Category(label=party, colour=hue, shape=shape) for party, hue, shape in zip(named, _HUES, _SHAPES, strict=False)]
    codes = {party: index for index, party in enumerate(named)}
    if len(counts) > len(named):
        categories.append(Category(label=_OTHERS, colour="#9A6B4F", shape=Shape.CROSS))
    others = len(named)
    nobody = len(categories)
    categories.append(Category(label=NOBODY, colour=_GREY, shape=Shape.RING))
    return Palette(
        by=by,
        title="Attacker, as alleged",
        categories=tuple(categories),
        codes=tuple(nobody if claim.attacker is None else codes.get(claim.attacker, others) for claim in kept),
    )
