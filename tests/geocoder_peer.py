"""Servers on loopback that misbehave, each name asked of them in its own way; and what the geocoder's tests share."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from gazetteer.model import Layer, Place, PlaceKind
from geo.model import Resolution, Span, Toponym
from geo.places.geocoder import Answer, Bounds, Geocoder, Politeness, ViewBox
from geo.settings import Settings

KARABAKH = ViewBox(38.8, 46.0, 40.6, 47.6)
QUICK = Politeness(timeout_s=0.7, first_pause_s=0.02, longest_wait_s=2.0)


def unresolved(name: str, *, cue: str | None = None) -> Resolution:
    span = Span(0, len(name))
    return Resolution(toponym=Toponym(text=name, span=span, phrase=span, cue=cue), place=None, why="no layer knows it", candidates=0)


def settings_for(folder: Path, url: str | None, *, contact: str = "") -> Settings:
    return Settings(cache_dir=folder, geocoder_url=url, geocoder_contact=contact)


def ask_one(
    geocoder: Geocoder, name: str, *, cue: str | None = None, countries: tuple[str, ...] = (), viewbox: ViewBox | None = None
) -> Answer:
    (query,) = geocoder.preview([unresolved(name, cue=cue)], bounds=Bounds(countries=countries, viewbox=viewbox))
    (answer,) = geocoder.ask([query])
    return answer


def logged(folder: Path, *, outcome: str) -> list[str]:
    lines = (folder / "geocoder-log.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry["asked"] for entry in map(json.loads, lines) if entry["outcome"] == outcome]


def a_place(name: str, *, lat: float = 39.8, lon: float = 46.8, country: str | None = "AZ", radius_km: float = 3.0) -> Place:
    return Place(
        place_id=f"test:{name}",
        name=name,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        kind=PlaceKind.POINT,
        layer=Layer.BASE,
        country_code=country,
    )


StartPeer = Callable[[], "Peer"]


@dataclass
class Peer:
    """A server on loopback that answers each name in its own bad way, and remembers what it was asked and when."""

    url: str
    requests: list[dict[str, str]] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    elsewhere: str = ""

    @property
    def asked(self) -> list[str]:
        return [request["q"] for request in self.requests]


def result(name: str, lat: float = 39.8, lon: float = 46.8, country: str = "az", **other: object) -> dict[str, object]:
    return {
        "osm_type": "node", "osm_id": 77, "lat": str(lat), "lon": str(lon), "class": "place", "type": "town", "addresstype": "town",
        "place_rank": 18, "name": name, "display_name": f"{name}, somewhere", "address": {"country_code": country}, **other,
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    peer: Peer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        pass

    def do_GET(self) -> None:
        query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
        name = query.get("q", "")
        self.peer.requests.append({**query, "agent": self.headers["User-Agent"], "path": urlsplit(self.path).path})
        self.peer.arrivals.append(time.monotonic())
        self.peer.tries[name] = self.peer.tries.get(name, 0) + 1
        getattr(self, f"answer_{name.lower()}", self.answer_well)(name)

    def reply(self, body: bytes, *, status: int = 200, sort: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", sort)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_well(self, name: str) -> None:
        self.reply(json.dumps([result(name)]).encode())

    def answer_hang(self, _: str) -> None:
        time.sleep(1.5)

    def answer_trickle(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _step in range(30):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def answer_busyonce(self, name: str) -> None:
        if self.peer.tries[name] == 1:
            self.reply(b"slow down", status=429, Retry_After="1")
        else:
            self.answer_well(name)

    def answer_busy(self, _: str) -> None:
        self.reply(b"slow down", status=429)

    def answer_banned(self, _: str) -> None:
        self.reply(b"go away", status=429, Retry_After="3600")

    def answer_baddate(self, _: str) -> None:
        self.reply(b"", status=429, Retry_After="Fri, 31 Dec 99999999999999 23:59:59 GMT")

    def answer_endless(self, _: str) -> None:
        self.reply(b"", status=429, Retry_After="9" * 400)

    def answer_down(self, _: str) -> None:
        self.reply(b"<h1>maintenance</h1>", status=503, sort="text/html")

    def answer_forbidden(self, _: str) -> None:
        self.reply(b"", status=403)

    def answer_failed(self, _: str) -> None:
        self.reply(b"Traceback", status=500)

    def answer_refused(self, _: str) -> None:
        self.reply(b'{"error": {"code": 400, "message": "Bad\\nquery"}}')

    def answer_html(self, _: str) -> None:
        self.reply(b"<html><script>alert(1)</script>\n<p>Log in to the hotel's network</p></html>", sort="text/html")

    def answer_torn(self, name: str) -> None:
        self.reply(json.dumps([result(name)]).encode()[:-30])

    def answer_scalar(self, _: str) -> None:
        self.reply(b'"Martuni"')

    def answer_nan(self, name: str) -> None:
        self.reply(json.dumps([result(name, lat=float("nan"))]).encode())

    def answer_pole(self, name: str) -> None:
        self.reply(json.dumps([result(name, lat=900)]).encode())

    def answer_deep(self, _: str) -> None:
        self.reply(b"[" * 200_000)

    def answer_latin(self, _: str) -> None:
        self.reply('[{"name": "Şuşa"}]'.encode("cp1254"))

    def answer_huge(self, _: str) -> None:
        self.reply(b"[" + b" " * (5 * 1024 * 1024) + b"]")

    def answer_reset(self, _: str) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def answer_garbage(self, _: str) -> None:
        self.wfile.write(b"\x00\xff not HTTP at all\r\n\r\n")
        self.close_connection = True

    def answer_moved(self, _: str) -> None:
        self.reply(b"", status=302, Location=f"{self.peer.elsewhere}/search?q=Moved")

    def answer_brazil(self, name: str) -> None:
        self.reply(json.dumps([result(name, lat=-15.8, lon=-47.9, country="br")]).encode())

    def answer_abroad(self, name: str) -> None:
        self.reply(json.dumps([result(name, lat=39.51, lon=46.34, country="am")]).encode())

    def answer_stray(self, name: str) -> None:
        self.reply(json.dumps([result(name, address={})]).encode())

    def answer_wrong(self, _: str) -> None:
        self.reply(json.dumps([result("Some Other Town")]).encode())

    def answer_zip(self, name: str) -> None:
        self.reply(json.dumps([{**result(name), "osm_id": None}, {"lat": "1", "lon": "2", "display_name": ""}]).encode())


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: a client that gives up is what the tests want."""


@contextmanager
def serve_peers() -> Iterator[StartPeer]:
    """Give a function that starts another peer each time; all stop at the end."""
    servers: list[_Server] = []

    def start() -> Peer:
        class PeerHandler(Handler):
            pass

        server = _Server(("127.0.0.1", 0), PeerHandler)
        servers.append(server)
        PeerHandler.peer = Peer(url=f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return PeerHandler.peer

    try:
        yield start
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
