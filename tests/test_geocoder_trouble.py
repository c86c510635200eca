"""The geocoder against servers and disks that misbehave, and in several processes at once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import geopy.exc
import pytest
from geocoder_peer import KARABAKH, QUICK, Peer, StartPeer, ask_one, logged, result, serve_peers, settings_for, unresolved
from geopy.geocoders import Nominatim

from geo.errors import GeocoderError
from geo.places.geocoder import Bounds, Geocoder, Politeness
from geo.places.geocoder_cache import DAY_S, CacheKey, GeocoderStore, RequestLog
from geo.places.geocoder_http import explain


@pytest.fixture
def start_peer() -> Iterator[StartPeer]:
    with serve_peers() as start:
        yield start


@pytest.fixture
def peer(start_peer: StartPeer) -> Peer:
    return start_peer()


BAD_SERVERS = [
    ("Hang", "gives no answer within 0.7 s", 1),
    ("Trickle", "gives no answer within 0.7 s", 1),
    ("Busy", "has been asked too often (HTTP status 429)", 3),
    ("BadDate", "has been asked too often (HTTP status 429)", 3),
    ("Endless", "has been asked too often (HTTP status 429)", 3),
    ("Down", "is not available at present (HTTP status 503)", 3),
    ("Forbidden", "STRIKEMAP_GEOCODER_CONTACT", 1),
    ("Failed", "has failed (HTTP status 500)", 1),
    ("Refused", "does not accept the query", 1),
    ("Html", "not a Nominatim's: no JSON, it opens with", 1),
    ("Torn", "not a Nominatim's: no JSON, it opens with", 1),
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
    bad, good = geocoder.ask(
        geocoder.preview([unresolved(name), unresolved("Goodville")], bounds=Bounds(countries=("AZ",), viewbox=KARABAKH))
    )
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


def test_failures_between_which_the_server_answers_do_not_add_up(peer: Peer, tmp_path: Path) -> None:
    names = ["Failed", "Forbidden", "Goodville", "Html", "Scalar", "Gladville"]
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    answers = geocoder.ask(geocoder.preview([unresolved(name) for name in names]))
    assert [answer.place is not None for answer in answers] == [False, False, True, False, False, True]


def _all_below(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(_all_below(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize("kind", sorted(_all_below(geopy.exc.GeopyError), key=str))
def test_every_error_of_geopy_becomes_one_line(peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("one\ntwo" + "x" * 5000)

    monkeypatch.setattr(Nominatim, "geocode", fail)
    geocoder = Geocoder(settings_for(tmp_path, peer.url), politeness=QUICK)
    answer = ask_one(geocoder, "Goodville")
    assert answer.place is None
    assert isinstance(answer.error, GeocoderError)
    assert answer.reason.startswith(f"{geocoder.endpoint}: ")
    assert "\n" not in answer.reason
    assert len(answer.reason) < 400
    assert answer.error.retry_after_s is None


def test_the_tree_of_geopy_s_errors_is_walked_whole() -> None:
    named = {kind for kind in vars(geopy.exc).values() if isinstance(kind, type) and issubclass(kind, geopy.exc.GeopyError)}
    assert len(named) >= 12
    assert named <= _all_below(geopy.exc.GeopyError)
    busy = explain(geopy.exc.GeocoderRateLimited("wait", retry_after=7), endpoint="host", timeout_s=3)
    assert busy.retry_after_s == 7


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


def test_answer_that_arrives_while_waiting_for_a_turn_is_used(peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", peer.url)
    geocoder = Geocoder(settings_for(tmp_path, "http://nominatim.example"))
    queries = geocoder.preview([unresolved("Goodville")])
    store = GeocoderStore(tmp_path)
    store.take_turn("nominatim.example", pause_s=0.6)
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = pool.submit(geocoder.ask, queries)
        time.sleep(0.3)
        key = CacheKey(endpoint="http://nominatim.example", asked="Goodville", country_codes="", viewbox="", language="en")
        store.put(key, json.dumps([result("Goodville")]), found=True)
        (answer,) = waiting.result(timeout=10)
    assert answer.place is not None
    assert peer.requests == []


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


def test_turns_are_given_one_at_a_time_even_when_the_clock_is_set_back(tmp_path: Path) -> None:
    now = 1_700_000_000.0
    store = GeocoderStore(tmp_path, clock=lambda: now)
    assert store.take_turn("h", pause_s=1.1) == 0.0
    assert store.take_turn("h", pause_s=1.1) == pytest.approx(1.1)
    assert store.take_turn("other", pause_s=1.1) == 0.0
    now += 0.6
    assert store.take_turn("h", pause_s=1.1) == pytest.approx(0.5)  # who waits in vain does not push the others back
    now += 0.6
    assert store.take_turn("h", pause_s=1.1) == 0.0
    store.hold_off("h", for_s=600)
    store.hold_off("h", for_s=5)
    assert store.take_turn("h", pause_s=1.1) == pytest.approx(600)
    now -= 30 * DAY_S
    assert store.take_turn("h", pause_s=1.1) == 0.0


def test_log_refuses_what_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "geocoder-log.jsonl").mkdir()
    with pytest.raises(GeocoderError, match="geocoder-log"):
        RequestLog(tmp_path).write(endpoint="h", asked="a", country_codes="", viewbox="", outcome="sent")
