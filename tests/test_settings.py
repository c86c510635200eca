"""What a user sets, and what a slip of theirs is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import SettingsError
from geo.settings import Settings


def test_without_anything_set_nobody_is_asked() -> None:
    settings = Settings.from_environment({})
    assert settings.geocoder_url is None
    assert settings.tiles_url is None
    assert settings.max_input_bytes == 64 * 1024 * 1024


def test_what_is_set_is_read() -> None:
    environ = {
        "STRIKEMAP_CACHE_DIR": "~/places",
        "STRIKEMAP_GEOCODER_URL": " HTTP://127.0.0.1:8088/ ",
        "STRIKEMAP_MAX_INPUT_BYTES": "1000",
        "STRIKEMAP_TILES_URL": "https://tiles.example/{z}/{x}/{y}.png?key=secret",
        "STRIKEMAP_TILES_ATTRIBUTION": "Example",
        "PATH": "/bin",
    }
    settings = Settings.from_environment(environ)
    assert settings.cache_dir == Path("~/places").expanduser()
    assert settings.geocoder_url == "HTTP://127.0.0.1:8088"
    assert settings.max_input_bytes == 1000
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"STRIKEMAP_GEOCODER": "http://127.0.0.1"}, "STRIKEMAP_GEOCODER:"),
        ({"STRIKEMAP_GEOCODER_URL": "127.0.0.1:8088"}, "STRIKEMAP_GEOCODER_URL"),
        ({"STRIKEMAP_GEOCODER_URL": "http://"}, "STRIKEMAP_GEOCODER_URL"),
        ({"STRIKEMAP_GEOCODER_URL": "http://[::1"}, "STRIKEMAP_GEOCODER_URL"),
        ({"STRIKEMAP_GEOCODER_URL": "file:///etc/passwd"}, "STRIKEMAP_GEOCODER_URL"),
        ({"STRIKEMAP_TILES_URL": "https://tiles.example/{z}/{x}.png", "STRIKEMAP_TILES_ATTRIBUTION": "Example"}, "STRIKEMAP_TILES_URL"),
        ({"STRIKEMAP_TILES_URL": "https://tiles.example/{z}/{x}/{y}.png"}, "STRIKEMAP_TILES_ATTRIBUTION"),
        ({"STRIKEMAP_MAX_INPUT_BYTES": "ten"}, "STRIKEMAP_MAX_INPUT_BYTES"),
        ({"STRIKEMAP_MAX_INPUT_BYTES": "0"}, "STRIKEMAP_MAX_INPUT_BYTES"),
    ],
)
def test_a_slip_is_named_in_one_line(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environ)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)
