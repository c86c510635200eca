"""The words of a sentence that tell of a strike."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model import Weapon


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that tell of a strike: word indices, what they are and how much they tell."""

    first: int
    last: int
    form: str
    weapon: Weapon
    strength: int
    passive: bool = False
    pointing: bool = False
