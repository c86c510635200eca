"""The geocoder against a real Nominatim; and what leaves the machine, and what does not."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from geocoder_peer import KARABAKH, Peer, StartPeer, a_place, ask_one, logged, serve_peers, settings_for, unresolved

from gazetteer.model import Layer, PlaceKind
from geo.errors import SettingsError
from geo.places.geocoder import Bounds, Geocoder

SHARED = Path(__file__).parents[2] / "shared" / "data" / "nominatim" / "nk_test_nogrid.sqlite.gz"
SERVER = Path(__file__).with_name("nominatim_server.py")


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


def test_airport_of_a_town_is_not_the_town(real: Geocoder) -> None:
    (query,) = real.preview([unresolved("Stepanakert", cue="airport")], bounds=Bounds(countries=("AZ",)))
    (answer,) = real.ask([query])
    assert query.variants == ("Stepanakert Airport",)
    assert answer.place is None
    assert ask_one(real, "Ghazanchetsots Cathedral", cue="bridge").place is None


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


@pytest.fixture
def start_peer() -> Iterator[StartPeer]:
    with serve_peers() as start:
        yield start


@pytest.fixture
def peer(start_peer: StartPeer) -> Peer:
    return start_peer()


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
assert geocoder.preview([unknown]) == ()
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
    queries = geocoder.preview(names, bounds=Bounds(countries=("AM", "AZ"), viewbox=KARABAKH))
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
    for file in (log, tmp_path / "geocoder-1.sqlite"):
        assert file.stat().st_mode & 0o077 == 0


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
