"""All that can go wrong, in one tree.

    StrikemapError
    ├── InputError (also ValueError)             an input that cannot be read; the rest is done
    ├── NothingToDoError (also ValueError)       no input at all, or none of them could be read
    ├── OutputError (also OSError)               the output cannot be written
    ├── SettingsError (also ValueError)          a setting that makes no sense
    └── GeocoderError (also ConnectionError)     the geocoder did not answer as it should; may carry `retry_after_s`

What the gazetteer raises stands in `gazetteer.errors` and has the same shape; a name that is not found is no error but a
`Resolution` without a place, with the reason.
"""

from __future__ import annotations


class StrikemapError(Exception):
    """The root of all errors of this project that a user may see. Its text is one line that names the input."""


class InputError(StrikemapError, ValueError):
    """An input that cannot be read.

    `lost` is False where it was read all the same and only a part of it is in doubt: its date, its encoding.
    """

    def __init__(self, name: str, reason: str, *, lost: bool = True) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.lost = lost


class NothingToDoError(StrikemapError, ValueError):
    """No input at all, or none of them could be read."""


class OutputError(StrikemapError, OSError):
    """The output cannot be written."""


class SettingsError(StrikemapError, ValueError):
    """A setting that makes no sense."""


class GeocoderError(StrikemapError, ConnectionError):
    """The geocoder did not answer as it should.

    `retry_after_s` is how many seconds it asked us to wait, None if it did not say.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
