"""What a user can set, read once from the environment.

Every setting has the prefix STRIKEMAP_ there: STRIKEMAP_GEOCODER_URL, STRIKEMAP_TILES_URL and so on. README.md lists them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from geo.errors import SettingsError

_PREFIX = "STRIKEMAP_"
_KNOWN = frozenset({"CACHE_DIR", "GEOCODER_URL", "GEOCODER_CONTACT", "TILES_URL", "TILES_ATTRIBUTION", "MAX_INPUT_BYTES"})
# What the project's own checks set; no settings of the program.
_CHECKS = frozenset({"NOMINATIM_PYTHON", "NODE_MODULES", "PROMISE", "CHROMIUM"})
_MAX_INPUT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One frozen set of choices for the whole run.

    Attributes
    ----------
    cache_dir
        Where the built gazetteer and the geocoder's answers lie.
    geocoder_url
        A Nominatim's base address ("http://127.0.0.1:8088"). None, the default: no name is ever asked of anybody.
    geocoder_contact
        An address for the User-Agent, which the public server's usage policy wants; may be empty for a private server.
    tiles_url, tiles_attribution
        A tile server's {z}/{x}/{y} address and its credit line. None, the default: no tile is ever fetched. The address is left out
        of the settings' own text, because tile addresses carry keys.
    max_input_bytes
        A single input file above it is refused.
    """

    cache_dir: Path
    geocoder_url: str | None = None
    geocoder_contact: str = ""
    tiles_url: str | None = field(default=None, repr=False)
    tiles_attribution: str = ""
    max_input_bytes: int = _MAX_INPUT_BYTES

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings.

        Raises
        ------
        SettingsError
            If a name with our prefix is none of ours, an address is not http(s), the tile address lacks {z}, {x} or {y} or has no credit
            line, or the greatest input size is no number above 0.
        """
        given = {key.removeprefix(_PREFIX): value.strip() for key, value in environ.items() if key.startswith(_PREFIX) and value.strip()}
        unknown = sorted(given.keys() - _KNOWN - _CHECKS)
        if unknown:
            raise SettingsError(f"{_PREFIX}{unknown[0]}: is no setting; known are {', '.join(sorted(_PREFIX + name for name in _KNOWN))}")
        tiles_url = _address("TILES_URL", given)
        if tiles_url is not None and not all(part in tiles_url for part in ("{z}", "{x}", "{y}")):
            raise SettingsError(f"{_PREFIX}TILES_URL: the address lacks one of {{z}}, {{x}}, {{y}}")
        if tiles_url is not None and not given.get("TILES_ATTRIBUTION"):
            raise SettingsError(f"{_PREFIX}TILES_ATTRIBUTION: set the credit line that the tile server's licence wants")
        geocoder_url = _address("GEOCODER_URL", given)
        cache = given.get("CACHE_DIR")
        return cls(
            cache_dir=Path(cache).expanduser() if cache else user_cache_path("strikemap"),
            geocoder_url=geocoder_url.rstrip("/") if geocoder_url else None,
            geocoder_contact=given.get("GEOCODER_CONTACT", ""),
            tiles_url=tiles_url,
            tiles_attribution=given.get("TILES_ATTRIBUTION", ""),
            max_input_bytes=_size(given.get("MAX_INPUT_BYTES")),
        )


def _address(name: str, given: Mapping[str, str]) -> str | None:
    url = given.get(name)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(f"{_PREFIX}{name}: is not an http or https address")
    return url


def _size(given: str | None) -> int:
    if given is None:
        return _MAX_INPUT_BYTES
    if not given.isdecimal() or int(given) == 0:
        raise SettingsError(f"{_PREFIX}MAX_INPUT_BYTES: {given!r} is no number of bytes above 0")
    return int(given)
