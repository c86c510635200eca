"""What a user can set, read once from the environment.

Every setting has the prefix STRIKEMAP_ there: STRIKEMAP_GEOCODER_URL, STRIKEMAP_TILES_URL and so on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from geo.errors import SettingsError


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
        A tile server's {z}/{x}/{y} address and its credit line. None, the default: no tile is ever fetched.
    max_input_bytes
        A single input file above it is refused.
    """

    cache_dir: Path
    geocoder_url: str | None = None
    geocoder_contact: str = ""
    tiles_url: str | None = None
    tiles_attribution: str = ""
    max_input_bytes: int = 64 * 1024 * 1024

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings.

        Raises
        ------
        SettingsError
            If an address is not http(s), or the tile address lacks {z}, {x} or {y}.
        """
        geocoder_url = environ.get("STRIKEMAP_GEOCODER_URL") or None
        tiles_url = environ.get("STRIKEMAP_TILES_URL") or None
        for key, url in (("STRIKEMAP_GEOCODER_URL", geocoder_url), ("STRIKEMAP_TILES_URL", tiles_url)):
            if url is not None and not url.startswith(("http://", "https://")):
                raise SettingsError(f"{key}: {url!r} is not an http or https address")
        if tiles_url is not None and not all(part in tiles_url for part in ("{z}", "{x}", "{y}")):
            raise SettingsError(f"STRIKEMAP_TILES_URL: {tiles_url!r} lacks one of {{z}}, {{x}}, {{y}}")
        cache = environ.get("STRIKEMAP_CACHE_DIR")
        return cls(
            cache_dir=Path(cache) if cache else user_cache_path("strikemap"),
            geocoder_url=geocoder_url.rstrip("/") if geocoder_url else None,
            geocoder_contact=environ.get("STRIKEMAP_GEOCODER_CONTACT", ""),
            tiles_url=tiles_url,
            tiles_attribution=environ.get("STRIKEMAP_TILES_ATTRIBUTION", ""),
        )
