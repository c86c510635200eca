"""Fetching dumps, from a server on this machine: whole, gone on with, checked, and refused in one line. No test asks GeoNames."""

from __future__ import annotations

import hashlib
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import BuildError, download
from gazetteer.download import fetch, is_code

BODY = bytes(range(256)) * 2000


class _Site(http.server.ThreadingHTTPServer):
    """A server with one file at every path; it may break off, forget, or change the file."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.body = BODY
        self.break_after: int | None = None
        self.status: int | None = None
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/export/dump/"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Site

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's own name
        """Say nothing."""

    def do_GET(self) -> None:
        site = self.server
        site.asked.append({"path": self.path, **dict(self.headers)})
        tag = f'"{hashlib.sha256(site.body).hexdigest()[:8]}"'
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(found[1]) if found and self.headers.get("If-Range") == tag else 0
        status = site.status or (304 if self.headers.get("If-None-Match") == tag else 206 if start else 200)
        if start >= len(site.body):
            status = 416
        body = site.body[start:] if status in {200, 206} else b""
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if site.break_after is None else body[: site.break_after])


@pytest.fixture
def site() -> Iterator[_Site]:
    server = _Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_country_s_dump_comes_with_its_names_and_tables(site: _Site, tmp_path: Path) -> None:
    paths = download.download(["az"], folder=tmp_path, site=site.url)
    assert [p.relative_to(tmp_path).as_posix() for p in paths] == [
        "AZ.zip", "alternateNames/AZ.zip", "admin1CodesASCII.txt", "admin2Codes.txt",
    ]  # fmt: skip
    assert all(p.read_bytes() == BODY for p in paths)
    assert (tmp_path / "AZ.zip.sha256").read_text() == f"{hashlib.sha256(BODY).hexdigest()}  AZ.zip\n"
    assert not list(tmp_path.rglob("*.part*"))


def test_what_broke_off_is_gone_on_with(site: _Site, tmp_path: Path) -> None:
    site.break_after = 100_000
    with pytest.raises(BuildError, match=r"broke off after 100,000 of 512,000 bytes"):
        fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    assert not (tmp_path / "AZ.zip").exists()
    site.break_after = None
    fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    assert (tmp_path / "AZ.zip").read_bytes() == BODY
    assert site.asked[-1]["Range"] == "bytes=100000-"


def test_a_file_that_changed_meanwhile_is_fetched_from_its_start(site: _Site, tmp_path: Path) -> None:
    site.break_after = 100_000
    with pytest.raises(BuildError):
        fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    site.break_after, site.body = None, BODY[::-1]
    fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    assert (tmp_path / "AZ.zip").read_bytes() == BODY[::-1]


def test_a_part_that_is_longer_than_the_file_is_dropped(site: _Site, tmp_path: Path) -> None:
    site.break_after = 100
    with pytest.raises(BuildError):
        fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    (tmp_path / "AZ.zip.part").write_bytes(BODY + b"more")
    site.break_after = None
    fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    assert (tmp_path / "AZ.zip").read_bytes() == BODY


def test_the_same_file_is_not_fetched_twice_unless_it_was_changed_here(site: _Site, tmp_path: Path) -> None:
    for _ in range(2):
        fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    assert "If-None-Match" in site.asked[-1]
    (tmp_path / "AZ.zip").write_bytes(b"spoilt")
    fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    assert (tmp_path / "AZ.zip").read_bytes() == BODY


def test_no_network_is_told_with_what_to_do_instead(site: _Site, tmp_path: Path) -> None:
    fetch(site.url + "AZ.zip", tmp_path / "AZ.zip")
    for path, kept in (("AZ.zip", True), ("GE.zip", False)):
        with pytest.raises(BuildError, match="cannot be reached") as caught:
            fetch(f"http://127.0.0.1:9/{path}", tmp_path / path)
        assert "\n" not in str(caught.value)
        assert "give its path" in str(caught.value)
        assert ("The file fetched before" in str(caught.value)) is kept


@pytest.mark.parametrize("status", [403, 404, 429, 503])
def test_a_server_that_refuses_is_quoted(site: _Site, tmp_path: Path, status: int) -> None:
    site.status = status
    with pytest.raises(BuildError, match=f"the server answers {status}"):
        fetch(site.url + "QQ.zip", tmp_path / "QQ.zip")
    assert not list(tmp_path.glob("QQ.zip"))


def test_only_the_web_is_fetched_from(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no address on the web"):
        fetch("file:///etc/hostname", tmp_path / "x")


def test_codes_are_told_from_paths() -> None:
    assert [text for text in ("AZ", "az", "allCountries", "AZ.zip", "A", "in/AZ", "AZE") if is_code(text)] == [
        "AZ",
        "az",
        "allCountries",
    ]
