"""The app as a user starts it, and a real browser that looks at it.

Where Chromium is missing every test here skips with one reason. Debian has it: apt-get install chromium.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from app_visit import START_S, Visit
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Request, sync_playwright

from geo.pipeline import Reader

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("STRIKEMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium), so nothing is tried in a real browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(browser: Browser, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001  without a browser no server
    """Start the app as the README says and give its address."""
    port = _free_port()
    log = tmp_path_factory.mktemp("app") / "streamlit.log"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("STRIKEMAP_TILES", "STRIKEMAP_GEOCODER"))}
    environment["STRIKEMAP_CACHE_DIR"] = str(reader.settings.cache_dir)
    with log.open("wb") as output:
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}", "--server.fileWatcherType=none"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server=server, log=log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(url: str, *, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  our own address
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(f"the app did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A fresh browser profile on the app. At the end: nothing went to another host, nothing ran that should not have."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    page = context.new_page()
    seen = Visit(page=page, address=address)

    def note_request(request: Request) -> None:
        seen.requests.append(request.url)

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.troubles.append(f"console: {message.text}")

    def note_dialog(dialog: Dialog) -> None:
        seen.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", note_request)
    page.on("console", note_console)
    page.on("dialog", note_dialog)
    page.on("pageerror", lambda error: seen.troubles.append(f"error: {error}"))
    page.on("websocket", lambda socket_: seen.requests.append(socket_.url))
    yield seen
    context.close()
    host = urlsplit(address).netloc
    foreign = [url for url in seen.requests if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != host]
    assert foreign == []
    assert seen.troubles == []
