"""The box around all features of a file, drawn as they pass by."""

from __future__ import annotations

import math
from itertools import pairwise

_BINS = 360
_HALF_WAY_ROUND = 180.0


class Extent:
    """Grows with each box; constant memory.

    It keeps the covered longitudes by whole degrees, with the exact ends in each, and so finds the widest gap: where that is
    not the one across the antimeridian, the box may run over it (RFC 7946, section 5.2).
    """

    def __init__(self) -> None:
        self._west = [math.inf] * _BINS
        self._east = [-math.inf] * _BINS
        self._south, self._north = math.inf, -math.inf

    def add(self, west: float, south: float, east: float, north: float) -> None:
        """Take in a box with `west` <= `east`, both within -180 and 180 degrees and rounded as shapes are."""
        self._south, self._north = min(self._south, south), max(self._north, north)
        for index in range(_bin(west), _bin(east) + 1):
            self._west[index] = min(self._west[index], max(west, index - 180.0))
            self._east[index] = max(self._east[index], min(east, index - 179.0))

    def bbox(self) -> list[float] | None:
        """Return [west, south, east, north], None of nothing.

        `west` is above `east` only where the plain box would be wider than half the earth and the one over the antimeridian is not.
        """
        filled = [index for index in range(_BINS) if self._west[index] <= self._east[index]]
        if not filled:
            return None
        west, east = self._west[filled[0]], self._east[filled[-1]]
        if east - west > _HALF_WAY_ROUND:
            gaps = [(self._west[after] - self._east[before], self._west[after], self._east[before]) for before, after in pairwise(filled)]
            width, start, end = max(gaps, default=(0.0, west, east))
            if width > _HALF_WAY_ROUND:
                west, east = start, end
        return [west, self._south, east, self._north]


def _bin(longitude: float) -> int:
    return min(_BINS - 1, max(0, math.floor(longitude + 180)))
