"""The geocoder against a real Nominatim, against servers that misbehave, and against nobody."""

from __future__ import annotations

import gzip
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import geopy.exc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.model import LatLon, Layer, Place, PlaceKind
from geo.errors import GeocoderError, SettingsError
from geo.model import Mention, Resolution, ResolutionMethod, Role, Span, Toponym
from geo.places.geocoder import Answer, Geocoder, PlannedQuery, Politeness, ViewBox, draw_bounds, settle
from geo.places.geocoder_answer import SETTLEMENTS, SITES, choose, read_answer
from geo.places.geocoder_cache import DAY_S, CacheKey, GeocoderStore, RequestLog
from geo.places.geocoder_http import explain
from geo.places.geocoder_query import spell
from geo.settings import Settings

SHARED = Path(__file__).parents[2] / "shared" / "data" / "nominatim" / "nk_test_nogrid.sqlite.gz"
SERVER = Path(__file__).with_name("nominatim_server.py")
KARABAKH = ViewBox(38.8, 46.0, 40.6, 47.6)
QUICK = Politeness(timeout_s=0.4, first_pause_s=0.02, longest_wait_s=2.0)


def unresolved(name: str, *, cue: str | None = None, relative: str | None = None) -> Resolution:
    span = Span(0, len(name))
    return Resolution(
        toponym=Toponym(text=name, span=span, phrase=span, cue=cue, relative=relative), place=None, why="no layer knows it", candidates=0
    )


def settings_for(folder: Path, url: str | None, *, contact: str = "") -> Settings:
    return Settings(cache_dir=folder, geocoder_url=url, geocoder_contact=contact)


def ask_one(
    geocoder: Geocoder, name: str, *, cue: str | None = None, countries: tuple[str, ...] = (), viewbox: ViewBox | None = None
) -> Answer:
    (query,) = geocoder.preview([unresolved(name, cue=cue)], countries=countries, viewbox=viewbox)
    (answer,) = geocoder.ask([query])
    return answer


def logged(folder: Path, *, outcome: str) -> list[str]:
    lines = (folder / "geocoder-log.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry["asked"] for entry in map(json.loads, lines) if entry["outcome"] == outcome]


# ---------------------------------------------------------------------------------------------------- a real Nominatim


@pytest.fixture(scope="module")
def nominatim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Nominatim with some forty places of Karabakh; give its address."""
    python = os.environ.get("STRIKEMAP_NOMINATIM_PYTHON")
    if not python or not SHARED.exists():
        pytest.skip("needs STRIKEMAP_NOMINATIM_PYTHON (scripts/make_nominatim_venv.sh makes it) and ../shared/data/nominatim")
    folder = tmp_path_factory.mktemp("nominatim")
    database = folder / "places.sqlite"
    database.write_bytes(gzip.decompress(SHARED.read_bytes()))
    with (
        (folder / "stderr").open("wb") as errors,
        subprocess.Popen([python, str(SERVER), str(database), str(folder)], stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            assert port.isdigit(), (folder / "stderr").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture
def real(nominatim: str, tmp_path: Path) -> Geocoder:
    return Geocoder(settings_for(tmp_path, nominatim))


def test_bounds_choose_between_two_towns_of_one_name(real: Geocoder) -> None:
    karabakh = ask_one(real, "Martuni", countries=("AZ",), viewbox=KARABAKH).place
    sevan = ask_one(real, "Martuni", countries=("AM",)).place
    assert karabakh is not None
    assert sevan is not None
    assert (karabakh.place_id, karabakh.country_code, karabakh.kind, karabakh.layer) == (
        "osm:node/7",
        "AZ",
        PlaceKind.POINT,
        Layer.GEOCODER,
    )
    assert (karabakh.lat, karabakh.lon, karabakh.radius_km) == (39.7953, 47.1131, 4.0)
    assert "Մարտունի" in {name.text for name in karabakh.names}
    assert karabakh.licence == "ODbL 1.0"
    assert "OpenStreetMap" in karabakh.source
    assert karabakh.as_of == time.strftime("%Y-%m-%d", time.gmtime())
    assert (sevan.place_id, sevan.country_code) == ("osm:node/35", "AM")


@pytest.mark.parametrize("countries", [(), ("AZ", "AM")])
def test_without_narrow_bounds_the_same_name_stays_unresolved(real: Geocoder, countries: tuple[str, ...]) -> None:
    answer = ask_one(real, "Martuni", countries=countries)
    assert answer.place is None
    assert answer.error is None
    assert answer.candidates == 2
    assert "159 km apart" in answer.reason


@pytest.mark.parametrize(
    ("name", "node"),
    [("Kelbecer", 10), ("Xankendi", 1), ("Kəlbəcər", 10), ("Mar'takert", 8), ("al-Martuni", 7), ("Qırmızı-Bazar", 18), ("MARTAKERT", 8)],
)
def test_spellings_that_the_server_alone_does_not_find(real: Geocoder, name: str, node: int) -> None:
    place = ask_one(real, name, countries=("AZ",)).place
    assert place is not None
    assert place.place_id == f"osm:node/{node}"


def test_word_beside_the_name_decides_between_town_and_district(real: Geocoder) -> None:
    district = ask_one(real, "Shusha", cue="district", countries=("AZ",)).place
    town = ask_one(real, "Shusha", cue="town", countries=("AZ",)).place
    assert district is not None
    assert town is not None
    assert (district.place_id, district.kind) == ("osm:relation/1", PlaceKind.AREA)
    assert (town.place_id, town.kind) == ("osm:node/2", PlaceKind.POINT)
    no_region = ask_one(real, "Martuni", cue="region", countries=("AZ",))
    assert no_region.place is None  # the town of that name must not stand for the region
    assert "the report means an area" in no_region.reason


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Azerbaijan", PlaceKind.AREA), ("Ghazanchetsots Cathedral", PlaceKind.POINT), ("Xurşidbanu Natəvan küçəsi", PlaceKind.AREA)],
)
def test_only_settlements_and_single_sites_become_points(real: Geocoder, name: str, kind: PlaceKind) -> None:
    place = ask_one(real, name).place
    assert place is not None
    assert place.kind is kind


def test_answer_by_another_name_is_not_taken(real: Geocoder) -> None:
    answer = ask_one(real, "Red", countries=("AZ",))  # a Nominatim offers Red Bazaar for it
    assert answer.place is None
    assert "Red Bazaar" in answer.reason
    assert "does not bear the name" in answer.reason


def test_nothing_is_sent_twice_not_even_for_a_name_that_is_not_found(nominatim: str, tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, nominatim))
    names = [unresolved("Nowhereville"), unresolved("Hadrut")]
    first = geocoder.preview(names)
    assert [query.cached for query in first] == [False, False]
    answers = geocoder.ask(first)
    again = Geocoder(settings_for(tmp_path, nominatim))
    assert [query.cached for query in again.preview(names)] == [True, True]
    assert [a.place for a in again.ask(again.preview(names))] == [a.place for a in answers]
    assert logged(tmp_path, outcome="sent") == ["Nowhereville", "Hadrut"]
    assert logged(tmp_path, outcome="cached") == ["Nowhereville", "Hadrut"]
    assert answers[0].place is None
    assert answers[0].error is None
    assert "knows no 'Nowhereville'" in answers[0].reason


# ------------------------------------------------------------------------------------------- servers that misbehave


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
        time.sleep(1.0)

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


@pytest.fixture
def start_peer() -> Iterator[StartPeer]:
    servers: list[ThreadingHTTPServer] = []

    def start() -> Peer:
        class PeerHandler(Handler):
            pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), PeerHandler)
        servers.append(server)
        PeerHandler.peer = Peer(url=f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return PeerHandler.peer

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def peer(start_peer: StartPeer) -> Peer:
    return start_peer()


BAD_SERVERS = [
    ("Hang", "gives no answer within 0.4 s", 1),
    ("Trickle", "gives no answer within 0.4 s", 1),
    ("Busy", "has been asked too often (HTTP status 429)", 3),
    ("BadDate", "has been asked too often (HTTP status 429)", 3),
    ("Down", "is not available at present (HTTP status 503)", 3),
    ("Forbidden", "STRIKEMAP_GEOCODER_CONTACT", 1),
    ("Failed", "has failed (HTTP status 500)", 1),
    ("Refused", "does not accept the query", 1),
    ("Html", "not a Nominatim's: no JSON, it opens with", 1),
    ("Scalar", "not a Nominatim's: JSON, but no list of places", 1),
    ("Nan", "not a Nominatim's: JSON, but no list of places", 1),
    ("Pole", "not a Nominatim's: JSON, but no list of places", 1),
    ("Deep", "not a Nominatim's: no JSON", 1),
    ("Latin", "not text in UTF-8", 1),
    ("Huge", "longer than 4 MB", 1),
    ("Reset", "cannot be reached: the connection broke off", 3),
    ("Garbage", "cannot be reached: the connection broke off", 3),
]


@pytest.mark.parametrize(("name", "complaint", "tries"), BAD_SERVERS)
def test_bad_server_gives_one_clear_line_and_the_rest_is_done(peer: Peer, tmp_path: Path, name: str, complaint: str, tries: int) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    bad, good = geocoder.ask(geocoder.preview([unresolved(name), unresolved("Goodville")]))
    assert bad.place is None
    assert isinstance(bad.error, GeocoderError)
    assert complaint in bad.reason
    assert bad.reason.startswith(peer.url.removeprefix("http://"))
    assert "\n" not in bad.reason
    assert len(bad.reason) < 400
    assert peer.tries[name] == tries
    assert good.place is not None
    assert not any(query.cached for query in geocoder.preview([unresolved(name)]))  # a failure is no answer and is not kept


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("Brazil", "km outside the bounds"),
        ("Abroad", "lies in AM, not in AZ"),
        ("Wrong", "does not bear the name 'Wrong'"),
        ("Zip", "knows no 'Zip'"),
    ],
)
def test_answer_that_contradicts_the_report_is_not_taken(peer: Peer, tmp_path: Path, name: str, complaint: str) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    bad, good = geocoder.ask(geocoder.preview([unresolved(name), unresolved("Goodville")], countries=["AZ"], viewbox=KARABAKH))
    assert bad.place is None
    assert bad.error is None
    assert complaint in bad.reason
    assert good.place is not None


def test_refusal_says_how_far_off_the_answer_lies(peer: Peer, tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    assert "lies 11,431 km outside the bounds" in ask_one(geocoder, "Brazil", viewbox=KARABAKH).reason
    assert "lies in AM, not in AZ, 45 km" in ask_one(geocoder, "Abroad", countries=("AZ",), viewbox=KARABAKH).reason
    # Without a country of its own an answer is only taken inside a box.
    assert ask_one(geocoder, "Stray", countries=("AZ",), viewbox=KARABAKH).place is not None
    assert "without a country" in ask_one(geocoder, "Stray", countries=("AZ",)).reason


def test_pause_that_the_server_asks_for_is_kept(peer: Peer, tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    assert ask_one(geocoder, "BusyOnce").place is not None
    assert peer.arrivals[1] - peer.arrivals[0] >= 1.0


def test_server_that_wants_a_long_pause_is_left_alone_by_everybody(peer: Peer, tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    assert ask_one(geocoder, "Kept").place is not None
    banned, other, kept = geocoder.ask(geocoder.preview([unresolved("Banned"), unresolved("Other"), unresolved("Kept")]))
    assert banned.error is not None
    assert banned.error.retry_after_s == pytest.approx(3600, abs=1)
    assert "asks for a pause of 3600 s" in banned.reason
    assert "wants no requests for another" in other.reason
    assert kept.place is not None  # answers on disk are no requests
    later = ask_one(Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK), "Other")
    assert later.error is not None
    assert peer.asked == ["Kept", "Banned"]


def test_redirect_is_not_followed(start_peer: StartPeer, tmp_path: Path) -> None:
    peer, elsewhere = start_peer(), start_peer()
    peer.elsewhere = elsewhere.url
    answer = ask_one(Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK), "Moved")
    assert f"sends us on to {elsewhere.url}/search" in answer.reason
    assert elsewhere.requests == []


def test_dead_server_is_tried_three_times_and_then_left(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        geocoder = Geocoder(settings_for(tmp_path, f"http://127.0.0.1:{reserved.getsockname()[1]}"), politeness=QUICK)
        seen: list[tuple[int, int, str]] = []
        answers = geocoder.ask(geocoder.preview([unresolved(f"Town {c}") for c in "ABCDE"]), on_progress=lambda *step: seen.append(step))
    assert len(answers) == 5
    assert all("cannot be reached: Connection refused" in answer.reason for answer in answers[:3])
    assert all("not asked any more after 3 failures in a row" in answer.reason for answer in answers[3:])
    assert logged(tmp_path, outcome="sent") == [f"Town {c}" for c in "AAABBBCCC"]
    assert seen[0] == (0, 5, "Town A")
    assert seen[-1] == (5, 5, "")


def test_every_error_of_geopy_becomes_one_line() -> None:
    kinds = [kind for kind in vars(geopy.exc).values() if isinstance(kind, type) and issubclass(kind, geopy.exc.GeopyError)]
    assert len(kinds) >= 12
    for kind in kinds:
        failure = explain(kind("one\ntwo" + "x" * 5000), endpoint="host", timeout_s=3)
        assert str(failure).startswith("host: ")
        assert "\n" not in str(failure)
        assert len(str(failure)) < 400
        assert failure.retry_after_s is None
    busy = explain(geopy.exc.GeocoderRateLimited("wait", retry_after=7), endpoint="host", timeout_s=3)
    assert busy.retry_after_s == 7


# ---------------------------------------------------------------------------------------------- what leaves the machine


def test_without_a_geocoder_nothing_reaches_for_the_network(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
opened = []
# Not "socket.bind": a library below geopy binds ::1 for a moment when it is imported, to learn whether there is IPv6.
REACH_OUT = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}
sys.addaudithook(lambda event, _: opened.append(event) if event in REACH_OUT else None)
from geo.model import Resolution, Span, Toponym
from geo.places.geocoder import Geocoder, PlannedQuery
from geo.settings import Settings
geocoder = Geocoder(Settings.from_environment({"STRIKEMAP_CACHE_DIR": sys.argv[1]}))
span = Span(0, 7)
unknown = Resolution(toponym=Toponym(text="Martuni", span=span, phrase=span), place=None, why="")
assert not geocoder.enabled
assert geocoder.preview([unknown], countries=["AZ"]) == ()
query = PlannedQuery(name="Martuni", variants=("Martuni",), country_codes=(), viewbox=None, endpoint="127.0.0.1:9", cached=False)
(answer,) = geocoder.ask([query])
assert answer.place is None
print(answer.reason)
print(opened)
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=30, check=True)
    reason, opened = done.stdout.splitlines()
    assert "STRIKEMAP_GEOCODER_URL" in reason
    assert opened == "[]"
    assert list(tmp_path.iterdir()) == []


def test_preview_asks_nothing_and_shows_exactly_what_is_then_sent(peer: Peer, tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url, contact="desk@example.org"))
    known = replace(unresolved("Baku"), place=a_place("Baku"))
    names = [unresolved("Wrong"), known, unresolved("wrong"), unresolved("Kelbecer"), unresolved("Wrong", cue="region")]
    queries = geocoder.preview(names, countries=["az", "AM"], viewbox=KARABAKH)
    assert peer.requests == []
    assert not (tmp_path / "geocoder-log.jsonl").exists()
    assert [(q.name, q.variants) for q in queries] == [
        ("Wrong", ("Wrong",)),
        ("Kelbecer", ("Kelbecer", "Kəlbəcər")),
        ("Wrong", ("Wrong", "Wrong Region")),
    ]
    geocoder.ask(queries)
    assert peer.asked == ["Wrong", "Kelbecer", "Wrong Region"]  # the second spelling only where the first brought nothing
    for request in peer.requests:
        assert request["countrycodes"] == "am,az"
        assert request["viewbox"] == "46.0,38.8,47.6,40.6"
        assert request["bounded"] == "1"
        assert request["accept-language"] == "en"
        assert request["path"] == "/search"
        assert request["agent"].startswith("strikemap/")
        assert request["agent"].endswith("(desk@example.org)")
        sent = {"q", "format", "limit", "viewbox", "bounded", "countrycodes", "addressdetails", "namedetails", "accept-language"}
        assert set(request) == sent | {"agent", "path"}


def test_log_tells_what_left_the_machine_and_is_private(peer: Peer, tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, peer.url))
    for _ in range(2):
        ask_one(geocoder, "Şuşa", countries=("AZ",), viewbox=KARABAKH)
    log = tmp_path / "geocoder-log.jsonl"
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [entry.pop("outcome") for entry in entries] == ["sent", "cached"]
    for entry in entries:
        assert entry.pop("at").startswith("20")
        assert entry == {
            "endpoint": geocoder.endpoint,
            "asked": "Şuşa",
            "country_codes": "AZ",
            "viewbox": "38.8000,46.0000,40.6000,47.6000",
        }
    assert log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["x" * 81, "one two three four five six seven eight nine", "12.5", "\u200f", ""])
def test_what_is_no_name_is_not_sent(peer: Peer, tmp_path: Path, name: str) -> None:
    answer = ask_one(Geocoder(settings_for(tmp_path, peer.url)), name)
    assert answer.place is None
    assert "is not sent" in answer.reason
    assert peer.requests == []


def test_query_planned_for_one_server_is_not_sent_to_another(start_peer: StartPeer, tmp_path: Path) -> None:
    agreed, other = start_peer(), start_peer()
    queries = Geocoder(settings_for(tmp_path, agreed.url)).preview([unresolved("Goodville")])
    (answer,) = Geocoder(settings_for(tmp_path, other.url)).ask(queries)
    assert answer.place is None
    assert "so it is not asked" in answer.reason
    assert other.requests == []


def test_nothing_is_sent_that_cannot_be_logged_or_kept(peer: Peer, tmp_path: Path) -> None:
    full, no_folder = tmp_path / "full", tmp_path / "file"
    full.mkdir()
    (full / "geocoder-log.jsonl").symlink_to("/dev/full")
    no_folder.write_text("")
    for folder in (full, no_folder):
        answer = ask_one(Geocoder(settings_for(folder, peer.url)), "Goodville")
        assert answer.error is not None
        assert str(folder) in answer.reason
        assert "\n" not in answer.reason
    assert peer.requests == []


@pytest.mark.parametrize(
    "content", [b"", b"no database at all, and long enough to be looked at" * 50, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_damaged_answers_are_set_aside(peer: Peer, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "geocoder-1.sqlite").write_bytes(content)
    assert ask_one(Geocoder(settings_for(tmp_path, peer.url)), "Goodville").place is not None


def test_answers_expire_and_missing_names_sooner(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    store = GeocoderStore(tmp_path, clock=lambda: now)
    found, nothing = (
        CacheKey(endpoint="http://h", asked=asked, country_codes="AZ", viewbox="", language="en") for asked in ("Found", "Nothing")
    )
    store.put(found, "[1]", found=True)
    store.put(nothing, "[]", found=False)
    elsewhere = replace(found, country_codes="AM")
    for day, expected in ((29, [True, True, False]), (31, [True, False, False]), (89, [True, False, False]), (91, [False] * 3)):
        now = 1_700_000_000.0 + day * DAY_S
        assert [store.get(key) is not None for key in (found, nothing, elsewhere)] == expected, day


# ------------------------------------------------------------------------------------------------ one limiter for all


PUBLIC_ASKER = """
import sys
from pathlib import Path
from geo.model import Resolution, Span, Toponym
from geo.places.geocoder import Geocoder
from geo.settings import Settings
geocoder = Geocoder(Settings(cache_dir=Path(sys.argv[1]), geocoder_url="http://nominatim.example"))
span = Span(0, 1)
names = [Resolution(toponym=Toponym(text=name, span=span, phrase=span), place=None, why="") for name in sys.argv[2:]]
answers = geocoder.ask(geocoder.preview(names))
assert all(answer.place is not None for answer in answers), answers
"""


def test_two_processes_share_one_limiter_and_one_cache(peer: Peer, tmp_path: Path) -> None:
    # The public host is reached through a proxy on loopback, which is how a public address can be had in a test.
    environment = {**os.environ, "http_proxy": peer.url, "no_proxy": ""}
    askers = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLIC_ASKER, str(tmp_path), "Shared", own], env=environment, stderr=subprocess.PIPE, text=True
        )
        for own in ("First", "Second")
    ]
    for asker in askers:
        _, errors = asker.communicate(timeout=30)
        assert asker.returncode == 0, errors
    assert sorted(peer.asked) == ["First", "Second", "Shared"]
    gaps = [later - earlier for earlier, later in zip(peer.arrivals, peer.arrivals[1:], strict=False)]
    assert min(gaps) >= 1.0


def test_private_server_is_not_slowed_and_not_asked_through_a_proxy(peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # would fail
    geocoder = Geocoder(settings_for(tmp_path, peer.url))
    began = time.monotonic()
    answers = geocoder.ask(geocoder.preview([unresolved(f"Town {n} of many") for n in "abcdefgh"]))
    assert all(answer.place is not None for answer in answers)
    assert time.monotonic() - began < 2.0


def test_public_server_is_not_used_in_bulk(peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", peer.url)
    geocoder = Geocoder(settings_for(tmp_path, "http://nominatim.example"), politeness=Politeness(pause_s=0.0, most_requests=2))
    answers = geocoder.ask(geocoder.preview([unresolved("One"), unresolved("Two"), unresolved("Three")]))
    assert [answer.place is not None for answer in answers] == [True, True, False]
    assert "no more than 2 requests at once" in answers[2].reason
    assert peer.asked == ["One", "Two"]


def test_turns_are_dealt_out_one_after_another_even_when_the_clock_is_set_back(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    store = GeocoderStore(tmp_path, clock=lambda: now)
    assert [store.take_turn("h", pause_s=1.1) for _ in range(3)] == pytest.approx([0.0, 1.1, 2.2])
    assert store.take_turn("other", pause_s=1.1) == 0.0
    store.hold_off("h", for_s=600)
    store.hold_off("h", for_s=5)
    assert store.held_off_s("h") == pytest.approx(600)
    now -= 30 * DAY_S
    assert store.take_turn("h", pause_s=1.1) == 0.0
    assert store.held_off_s("h") == 0.0


# --------------------------------------------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("url", "contact", "complaint"),
    [
        ("https://nominatim.openstreetmap.org", "", "STRIKEMAP_GEOCODER_CONTACT"),
        ("https://nominatim.openstreetmap.org", "none", "STRIKEMAP_GEOCODER_CONTACT"),
        ("https://NOMINATIM.openstreetmap.org/", "", "STRIKEMAP_GEOCODER_CONTACT"),
        ("https://nominatim.openstreetmap.org", "me@example.org\r\nX-Other: 1", "header"),
        ("http://", "", "STRIKEMAP_GEOCODER_URL"),
        ("http://host:port", "", "STRIKEMAP_GEOCODER_URL"),
        ("http://a..b", "", "STRIKEMAP_GEOCODER_URL"),
        ("http://me:secret@host", "", "password"),
        ("http://host/search?q=", "", "path"),
        ("http://host/a b", "", "characters"),
        ("file:///etc/passwd", "", "http"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_once(tmp_path: Path, url: str, contact: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint) as caught:
        Geocoder(settings_for(tmp_path, url, contact=contact))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_public_server_with_a_contact_is_told_to_the_user(tmp_path: Path) -> None:
    geocoder = Geocoder(settings_for(tmp_path, "https://nominatim.openstreetmap.org", contact="desk@example.org"))
    assert geocoder.enabled
    assert geocoder.endpoint == "nominatim.openstreetmap.org"
    assert "public server, at most one request a second)" in geocoder.notice
    assert "without encryption" in Geocoder(settings_for(tmp_path, "http://geo.example.org")).notice
    assert "private server" in Geocoder(settings_for(tmp_path, "http://192.168.1.5:8080/nominatim")).notice


def test_address_with_a_path_is_kept(peer: Peer, tmp_path: Path) -> None:
    assert ask_one(Geocoder(settings_for(tmp_path, f"{peer.url}/maps/nominatim/")), "Goodville").place is not None
    assert peer.requests[0]["path"] == "/maps/nominatim/search"


# ------------------------------------------------------------------------------------------- judging, and putting to use


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


def a_query(*, country_codes: tuple[str, ...] = (), viewbox: ViewBox | None = None, expects: PlaceKind | None = None) -> PlannedQuery:
    return PlannedQuery(
        name="Pisky", variants=("Pisky",), country_codes=country_codes, viewbox=viewbox, endpoint="host", cached=False, expects=expects
    )


def judged(results: Sequence[object], query: PlannedQuery) -> Answer:
    found = read_answer(json.dumps(results), endpoint="host", as_of="2026-11-24")
    return choose(found, query, asked=query.variants[0])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
RESULTS = st.fixed_dictionaries(
    {},
    optional={
        "osm_type": st.sampled_from(["node", "way", "relation"]) | JSON,
        "osm_id": st.integers(1, 9) | JSON,
        "lat": st.floats(-90, 90) | JSON,
        "lon": st.floats(-180, 180).map(str) | JSON,
        "class": st.sampled_from(["place", "boundary", "amenity", "highway", "natural"]) | JSON,
        "addresstype": st.sampled_from(["town", "city", "state", "country", "county", "road", "amenity"]) | JSON,
        "place_rank": st.integers(0, 30) | JSON,
        "name": st.just("Pisky") | JSON,
        "namedetails": st.dictionaries(
            st.sampled_from(["name", "name:en", "alt_name", "old_name:uk", "name:left"]), st.just("Pisky;Peski") | JSON
        )
        | JSON,
        "address": st.fixed_dictionaries({"country_code": st.sampled_from(["ua", "ru", "zzz"]) | JSON}) | JSON,
        "boundingbox": st.lists(st.floats(-90, 90), min_size=4, max_size=4) | JSON,
    },
)


@given(results=st.lists(RESULTS | JSON, max_size=5), bounded=st.booleans())
def test_whatever_comes_back_is_inside_the_bounds_or_has_a_reason(results: list[Any], bounded: bool) -> None:
    box = ViewBox(44.0, 22.0, 53.0, 41.0) if bounded else None
    answer = judged(results, a_query(country_codes=("UA",), viewbox=box))
    assert answer.reason
    assert "\n" not in answer.reason
    if answer.place is None:
        return
    place = answer.place
    assert place.country_code == "UA" or (place.country_code is None and bounded)
    assert box is None or (44 <= place.lat <= 53 and 22 <= place.lon <= 41)
    assert place.radius_km > 0
    if place.kind is PlaceKind.POINT:
        raw = next(r for r in results if isinstance(r, dict) and f"osm:{r.get('osm_type')}/{r.get('osm_id')}" == place.place_id)
        assert raw.get("addresstype") in SETTLEMENTS or raw.get("class") in SITES or raw.get("type") in SETTLEMENTS


@given(name=st.text(max_size=40), countries=st.sampled_from([(), ("AZ",), ("SY", "TR")]))
def test_at_most_two_spellings_are_asked_and_each_is_one_clean_line(name: str, countries: tuple[str, ...]) -> None:
    variants = spell(name, country_codes=countries)
    assert 1 <= len(variants) <= 2
    assert len(set(variants)) == len(variants)
    for variant in variants:
        assert variant == " ".join(variant.split())
        variant.encode()


def test_prefecture_called_a_city_and_a_large_air_base_are_areas() -> None:
    boundary: dict[str, object] = {
        "osm_type": "relation",
        "class": "boundary",
        "addresstype": "city",
        "boundingbox": ["38", "42", "45", "49"],
    }
    city = result("Pisky", country="ua") | boundary
    base = {**city, "class": "military", "addresstype": "military", "boundingbox": ["39.6", "40.0", "46.6", "47.0"]}
    town = {**city, "addresstype": "town", "boundingbox": ["39.78", "39.82", "46.78", "46.82"]}
    kinds = [answer.place.kind for raw in (city, base, town) if (answer := judged([raw], a_query())).place is not None]
    assert kinds == [PlaceKind.AREA, PlaceKind.AREA, PlaceKind.POINT]


def test_box_across_the_180th_meridian() -> None:
    box = ViewBox(-20.0, 175.0, -10.0, -175.0)
    assert box.outside_km(LatLon(-15.0, 179.0)) == box.outside_km(LatLon(-15.0, -179.0)) == 0
    assert box.outside_km(LatLon(-15.0, 0.0)) > 10_000
    assert box.middle == LatLon(-15.0, -180.0)


def test_bounds_come_from_where_the_strikes_are_and_not_from_where_they_are_told() -> None:
    def mention(place: Place, role: Role) -> Mention:
        return Mention(article_id="a", resolution=replace(unresolved(place.name), place=place), role=role)

    martakert = mention(a_place("Martakert", lat=40.2, lon=46.8), Role.STRUCK)
    washington = mention(a_place("Washington", lat=38.9, lon=-77.0, country="US"), Role.SPEAKER)
    yerevan = mention(a_place("Yerevan", lat=40.2, lon=44.5, country="AM"), Role.BACKGROUND)
    armenia = mention(a_place("Armenia", lat=40.2, lon=45.0, country="AM", radius_km=150), Role.BACKGROUND)
    bounds = draw_bounds([washington, yerevan, martakert])
    assert bounds.countries == ("AZ",)
    assert bounds.viewbox is not None
    assert bounds.viewbox.outside_km(LatLon(39.8, 47.1)) == 0
    assert bounds.viewbox.outside_km(LatLon(40.2, 44.5)) > 80
    assert draw_bounds([washington, armenia]).countries == ("AM",)
    assert draw_bounds([washington, armenia]).viewbox is None
    assert draw_bounds([]) == draw_bounds([washington])


def test_answers_go_to_the_names_they_belong_to() -> None:
    town, region = unresolved("Pisky"), unresolved("Pisky", cue="region")
    near = unresolved("pisky", relative="12 km south of")
    known, silent = replace(unresolved("Baku"), place=a_place("Baku")), unresolved("Elsewhere")
    place = a_place("Pisky")
    taken = Answer(query=a_query(), place=place, reason="found", candidates=1)
    refused = Answer(query=a_query(expects=PlaceKind.AREA), place=None, reason="only a town")
    settled = settle([town, region, near, known, silent], [taken, refused])
    assert settled[0].place == place
    assert (settled[0].method, settled[0].why) == (ResolutionMethod.GEOCODER, "found")
    assert (settled[1].place, settled[1].why) == (None, "only a town")
    assert settled[2].place is not None
    assert (settled[2].place.kind, settled[2].place.radius_km) == (PlaceKind.AREA, 15.0)
    assert settled[3:] == (known, silent)


def test_log_refuses_what_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "geocoder-log.jsonl").mkdir()
    with pytest.raises(GeocoderError, match="geocoder-log"):
        RequestLog(tmp_path).write(endpoint="h", asked="a", country_codes="", viewbox="", outcome="sent")
