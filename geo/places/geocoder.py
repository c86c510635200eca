"""Ask a Nominatim for the place names that no local layer knows. The only code that talks to the network for places.

Off unless the user sets STRIKEMAP_GEOCODER_URL: every question tells somebody else what is being looked into. Even then nothing
is asked by itself; `preview` shows exactly what would be sent to whom, and `ask` sends that and nothing else:

    geocoder = Geocoder(settings)
    bounds = draw_bounds(mentions)
    queries = geocoder.preview(resolutions, bounds=bounds)
    answers = geocoder.ask(queries)                    # only after the user has agreed
    resolutions = settle(resolutions, answers)

Answers are kept on disk and a name is not sent twice; what was sent stands in "geocoder-log.jsonl" in the cache folder
(see `geocoder_cache`). Whatever a server does, each query gets an `Answer` with a place or a reason.

The public server's rules (https://operations.osmfoundation.org/policies/nominatim/) are kept for every public host: one request
a second for the whole application, over all its threads and processes; a User-Agent of its own, with a contact; no bulk use.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from ipaddress import ip_address
from urllib.parse import urlsplit

from geopy.exc import ConfigurationError, GeopyError
from geopy.geocoders import Nominatim

from gazetteer.model import PlaceKind
from geo.errors import GeocoderError, SettingsError
from geo.model import Resolution, Toponym
from geo.places.geocoder_answer import choose, read_answer, settle
from geo.places.geocoder_cache import CacheKey, GeocoderStore, KeptAnswer, RequestLog
from geo.places.geocoder_http import LoneHostAdapter, explain, is_passing
from geo.places.geocoder_query import (
    Answer,
    Bounds,
    PlannedQuery,
    ViewBox,
    draw_bounds,
    expected_kind,
    named_site,
    query_key,
    refuse,
    spell,
)
from geo.settings import Settings

__all__ = ["Answer", "Bounds", "Geocoder", "PlannedQuery", "Politeness", "ViewBox", "draw_bounds", "settle"]

PUBLIC_SERVER = "nominatim.openstreetmap.org"
LANGUAGE = "en"
MOST_RESULTS = 10
ANYWHERE = Bounds()

Report = Callable[[int, int, str], None]
"""Called with how many queries are done, how many there are, and the name asked next ("" at the end)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How a server is treated.

    Attributes
    ----------
    timeout_s
        For one request; an answer that trickles in is given up after twice as long.
    attempts
        At most so many requests for one text.
    first_pause_s
        Before the second attempt, twice as long before each further one, where the server names no time.
    longest_wait_s
        A server that wants a longer pause is left alone.
    failures_in_a_row
        After so many queries without an answer nothing more is sent in this call.
    pause_s
        Between two requests to a public host: a tenth above the policy's second, since requests do not all travel equally long.
    most_requests
        Sent to a public host in one call. More is bulk use.
    """

    timeout_s: float = 10.0
    attempts: int = 3
    first_pause_s: float = 1.0
    longest_wait_s: float = 30.0
    failures_in_a_row: int = 3
    pause_s: float = 1.1
    most_requests: int = 100


@dataclass(slots=True, kw_only=True)
class _Run:
    """How one call of `ask` fares."""

    failures: int = 0
    requests: int = 0


class Geocoder:
    """A Nominatim, asked politely. May be shared by threads.

    Parameters
    ----------
    settings
        `geocoder_url` None: disabled.
    politeness
        For tests and private servers.

    Raises
    ------
    SettingsError
        If the address makes no sense or holds a password, or the public server is to be asked without a contact.
    """

    def __init__(self, settings: Settings, *, politeness: Politeness | None = None) -> None:
        self._politeness = politeness or Politeness()
        self._store = GeocoderStore(settings.cache_dir)
        self._log = RequestLog(settings.cache_dir)
        self._url = (settings.geocoder_url or "").rstrip("/")
        self._host, self.endpoint, self._is_public = "", "", False
        self._client: Nominatim | None = None
        if settings.geocoder_url is not None:
            self._host, self.endpoint = _check_address(self._url)
            self._is_public = not _is_private(self._host)
            self._client = self._connect(settings.geocoder_contact.strip())

    @property
    def enabled(self) -> bool:
        """Whether the user has set a geocoder."""
        return self._client is not None

    @property
    def notice(self) -> str:
        """What a user should know before asking: how to set a geocoder, or who would be asked and where that is written down."""
        if self._client is None:
            return (
                "No geocoder is set, so no name is ever asked of anybody. To have names looked up that the gazetteer lacks, set "
                "STRIKEMAP_GEOCODER_URL to the address of a Nominatim: your own (http://127.0.0.1:8088), or "
                f"https://{PUBLIC_SERVER} together with STRIKEMAP_GEOCODER_CONTACT, a mail or web address under which you can be reached."
            )
        open_line = ", without encryption" if self._url.startswith("http://") else ""
        whose = f"a public server, at most one request a second{open_line}" if self._is_public else "a private server"
        return f"Names would be asked of {self.endpoint} ({whose}). What was asked is written to {self._log.path}."

    def preview(self, resolutions: Sequence[Resolution], *, bounds: Bounds = ANYWHERE) -> tuple[PlannedQuery, ...]:
        """Show what would be asked of whom for the names that have no place. Asks nothing.

        Parameters
        ----------
        resolutions
            Those with a place are left aside.
        bounds
            Of the report that the names stand in, from `draw_bounds`.

        Returns
        -------
        queries
            Each name once, in the order of the text; empty if no geocoder is set.
        """
        if not self.enabled:
            return ()
        queries: dict[object, PlannedQuery] = {}
        for toponym in (resolution.toponym for resolution in resolutions if resolution.place is None):
            key = query_key(toponym.text, expects=expected_kind(toponym), site=named_site(toponym))
            if key not in queries:
                queries[key] = self._plan(toponym, bounds)
        return tuple(queries.values())

    def ask(self, queries: Sequence[PlannedQuery], *, on_progress: Report | None = None) -> tuple[Answer, ...]:
        """Ask what `preview` has shown; answers kept on disk are taken from there.

        Parameters
        ----------
        queries
            From `preview` of a geocoder with the same endpoint.
        on_progress
            Told before each query and once at the end.

        Returns
        -------
        answers
            One for each query, in the same order. None is ever missing: a server that fails gives an answer with `error` set.
        """
        run = _Run()
        answers = []
        for done, query in enumerate(queries):
            if on_progress is not None:
                on_progress(done, len(queries), query.name)
            answers.append(self._answer(query, run))
        if on_progress is not None:
            on_progress(len(queries), len(queries), "")
        return tuple(answers)

    def _connect(self, contact: str) -> Nominatim:
        if self._host == PUBLIC_SERVER and not ("@" in contact or "://" in contact):
            raise SettingsError(
                f"STRIKEMAP_GEOCODER_CONTACT: {PUBLIC_SERVER} wants a mail or web address under which whoever asks can be reached; "
                f"{contact!r} is none"
            )
        if not contact.isascii() or not contact.isprintable():
            raise SettingsError(f"STRIKEMAP_GEOCODER_CONTACT: {contact!r} has characters that cannot stand in a request's header")
        scheme, _, domain = self._url.partition("://")
        try:
            return Nominatim(
                user_agent=f"strikemap/{version('strikemap')}" + (f" ({contact})" if contact else ""),
                scheme=scheme,
                domain=domain,
                timeout=self._politeness.timeout_s,
                adapter_factory=LoneHostAdapter,
                # A private server is asked directly: a proxy would learn the names.
                proxies=None if self._is_public else {},
            )
        except ConfigurationError as error:
            raise SettingsError(f"STRIKEMAP_GEOCODER_URL: {error}") from error

    def _plan(self, toponym: Toponym, bounds: Bounds) -> PlannedQuery:
        expects, site = expected_kind(toponym), named_site(toponym)
        area = toponym.cue or "" if expects is PlaceKind.AREA else ""
        refusal = refuse(toponym.text)
        query = PlannedQuery(
            name=toponym.text,
            variants=() if refusal else spell(toponym.text, country_codes=bounds.countries, area=area, site=site),
            country_codes=bounds.countries,
            viewbox=bounds.viewbox,
            endpoint=self.endpoint,
            cached=False,
            expects=expects,
            site=site,
            refusal=refusal,
            spoken=bounds.spoken,
        )
        return replace(query, cached=self._is_kept(query))

    def _is_kept(self, query: PlannedQuery) -> bool:
        try:
            for asked in query.variants:
                kept = self._store.get(self._key(query, asked))
                if kept is None:
                    return False
                if self._choose(query, asked, kept).place is not None:
                    return True
        except GeocoderError:
            return False  # asking will tell what is wrong with the file
        return bool(query.variants)

    def _answer(self, query: PlannedQuery, run: _Run) -> Answer:
        if self._client is None:
            return Answer(query=query, place=None, reason=self.notice)
        if query.endpoint != self.endpoint:
            return Answer(query=query, place=None, reason=f"was planned for {query.endpoint}, so it is not asked of {self.endpoint}")
        if not query.variants:
            return Answer(query=query, place=None, reason=f"{query.name[:40]!r} {query.refusal}")
        told: list[Answer] = []
        try:
            for asked in query.variants:
                told.append(self._choose(query, asked, self._obtain(query, asked, run)))
                if told[-1].place is not None:
                    return told[-1]
        except GeocoderError as error:
            return Answer(query=query, place=None, reason=str(error), error=error)
        # Of two refusals the one that speaks of places says more than the one that found nothing.
        return max(told, key=lambda answer: (answer.candidates, answer.offered))

    def _choose(self, query: PlannedQuery, asked: str, kept: KeptAnswer) -> Answer:
        found = read_answer(kept.body, endpoint=self.endpoint, as_of=kept.asked_at.date().isoformat())
        return choose(found, query, asked=asked)

    def _obtain(self, query: PlannedQuery, asked: str, run: _Run) -> KeptAnswer:
        kept = self._look_up(query, asked)
        if kept is not None:
            return kept
        self._check_run(run)
        pause_s = self._politeness.first_pause_s
        for attempts_left in reversed(range(self._politeness.attempts)):
            self._wait_for_turn()
            kept = self._look_up(query, asked)  # another process may have asked it meanwhile
            if kept is not None:
                return kept
            self._write_log(query, asked, outcome="sent")
            run.requests += 1
            try:
                body, found = self._send(query, asked)
            except GeopyError as error:
                failure = explain(error, endpoint=self.endpoint, timeout_s=self._politeness.timeout_s)
                wait_s = pause_s if failure.retry_after_s is None else failure.retry_after_s
                may_retry = attempts_left > 0 and is_passing(error) and wait_s <= self._politeness.longest_wait_s
                if may_retry or failure.retry_after_s is not None:
                    self._store.hold_off(self._host, for_s=wait_s)
                if not may_retry:
                    run.failures += 1
                    raise failure from error
                pause_s *= 2
            else:
                run.failures = 0
                return self._store.put(self._key(query, asked), body, found=found)
        raise GeocoderError(f"{self.endpoint}: no attempt is allowed")

    def _check_run(self, run: _Run) -> None:
        if run.failures >= self._politeness.failures_in_a_row:
            raise GeocoderError(f"{self.endpoint}: not asked any more after {run.failures} failures in a row; try again later")
        if self._is_public and run.requests >= self._politeness.most_requests:
            raise GeocoderError(f"{self.endpoint}: not asked, since a public server is sent no more than {run.requests} requests at once")

    def _wait_for_turn(self) -> None:
        pause_s = self._politeness.pause_s if self._is_public else 0.0
        while (wait_s := self._store.take_turn(self._host, pause_s=pause_s)) > 0:
            if wait_s > self._politeness.longest_wait_s:
                raise GeocoderError(f"{self.endpoint}: wants no requests for another {wait_s:.0f} s", retry_after_s=wait_s)
            time.sleep(wait_s)

    def _send(self, query: PlannedQuery, asked: str) -> tuple[str, bool]:
        assert self._client is not None
        box = query.viewbox
        # Nominatim has no box across the 180th meridian; the answers are measured against it all the same.
        if box is not None and box.west > box.east:
            box = None
        locations = self._client.geocode(
            asked,
            exactly_one=False,
            limit=MOST_RESULTS,
            addressdetails=True,
            namedetails=True,
            language=LANGUAGE,
            country_codes=[code.lower() for code in query.country_codes] or None,
            viewbox=None if box is None else [(box.south, box.west), (box.north, box.east)],
            bounded=box is not None,
        )
        return json.dumps([location.raw for location in locations or ()], ensure_ascii=False), bool(locations)

    def _look_up(self, query: PlannedQuery, asked: str) -> KeptAnswer | None:
        kept = self._store.get(self._key(query, asked))
        if kept is not None:
            # A log that cannot be written holds up what would leave the machine, and not what lies on it.
            with suppress(GeocoderError):
                self._write_log(query, asked, outcome="cached")
        return kept

    def _key(self, query: PlannedQuery, asked: str) -> CacheKey:
        return CacheKey(endpoint=self._url, asked=asked, country_codes=query.countries_text, viewbox=query.viewbox_text, language=LANGUAGE)

    def _write_log(self, query: PlannedQuery, asked: str, *, outcome: str) -> None:
        self._log.write(
            endpoint=self.endpoint, asked=asked, country_codes=query.countries_text, viewbox=query.viewbox_text, outcome=outcome
        )


def _check_address(url: str) -> tuple[str, str]:
    """Return the host, and the host with its port."""
    if not url.isascii() or not url.isprintable() or " " in url:
        raise SettingsError(f"STRIKEMAP_GEOCODER_URL: {url!r} has characters that no address has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        (host or "").encode("idna")  # as the socket will
    except ValueError as error:
        raise SettingsError(f"STRIKEMAP_GEOCODER_URL: {url!r} is no address: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise SettingsError(f"STRIKEMAP_GEOCODER_URL: {url!r} is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise SettingsError("STRIKEMAP_GEOCODER_URL: a user name or password in the address is not supported")
    if parts.query or parts.fragment:
        raise SettingsError(f"STRIKEMAP_GEOCODER_URL: {url!r} must end with its path, without ? or #")
    return host, host if port is None else f"{host}:{port}"


def _is_private(host: str) -> bool:
    """Tell whether a host is this machine or one of the user's own network. Judged by its name alone: no look-up is made."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".lan", ".internal", ".home.arpa"))
    return address.is_private or address.is_loopback or address.is_link_local
