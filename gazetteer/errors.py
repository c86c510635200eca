"""What can go wrong with the gazetteer.

GazetteerError
├── BuildError (also OSError)            the file cannot be built: full disk, no source, a lock that is never released
├── DamagedError (also ValueError)       the file is cut short or is no gazetteer
└── OverlayError (also ValueError)       an overlay does not hold to Linked Places Format, or to what we ask of it
"""

from __future__ import annotations


class GazetteerError(Exception):
    """The root. Its text is one line that names the file."""


class BuildError(GazetteerError, OSError):
    """The gazetteer cannot be built."""


class DamagedError(GazetteerError, ValueError):
    """The gazetteer's file is cut short or is no gazetteer."""


class OverlayError(GazetteerError, ValueError):
    """An overlay does not hold to Linked Places Format, or to what this project asks of it.

    `faults` has one line for each place that does not hold, where more than one was looked at.
    """

    def __init__(self, message: str, *, faults: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults
