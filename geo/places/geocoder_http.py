"""How geopy's requests are carried: to the one host that the user agreed to, and with an end; and its errors put into words.

geopy's own adapters follow a redirect to any host, read an answer of any size, and put the whole page into their error text.
This one does none of that. Used by `geocoder` alone.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from ssl import SSLContext
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderRateLimited, GeocoderTimedOut, GeocoderUnavailable, GeopyError

from geo.errors import GeocoderError

LARGEST_ANSWER_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
LONGEST_MESSAGE = 200
LONGEST_PAUSE_S = 366 * 86_400.0
PASSING_STATUSES = frozenset({429, 502, 503, 504})

_STATUS_WORDS = {
    400: "does not accept the query",
    401: "wants to be told who asks",
    403: "refuses to serve us; the public server does so where STRIKEMAP_GEOCODER_CONTACT is none or too much was asked",
    404: "has no Nominatim at this address",
    429: "has been asked too often",
    500: "has failed",
    502: "is not to be reached behind its gateway",
    503: "is not available at present",
    504: "is not to be reached behind its gateway",
}


class _NoRedirects(HTTPRedirectHandler):
    """Lets a redirect surface as the error that it is here."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


class LoneHostAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy is untyped
    """Carries requests for geopy without following redirects.

    Raises what geopy's interface allows: AdapterHTTPError for a status of 300 or above (body left unread), GeocoderTimedOut,
    GeocoderUnavailable, GeocoderParseError; each with a text of one line.
    """

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        # None: as the system's settings say. Empty: none at all.
        proxy = ProxyHandler(dict(proxies) if proxies is not None else None)
        self._opener = build_opener(HTTPSHandler(context=ssl_context), proxy, _NoRedirects())

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> object:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError) as error:
            opening = " ".join(text[:60].split())
            raise GeocoderParseError(f"no JSON, it opens with {opening!r}") from error
        if isinstance(answer, Mapping) and "error" in answer:
            return answer  # geopy makes an error of its own of it
        if not isinstance(answer, list) or not all(_is_result(result) for result in answer):
            raise GeocoderParseError("JSON, but no list of places")
        return answer

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        try:
            with self._opener.open(Request(url, headers=dict(headers)), timeout=timeout) as page:  # noqa: S310  # http(s) is checked in settings
                body = _read(page, deadline=time.monotonic() + 2 * timeout)
        except HTTPError as error:
            with error:
                sent = {name.lower(): value for name, value in error.headers.items()}
                if not _is_pause(sent):
                    sent.pop("retry-after", None)
                raise AdapterHTTPError(f"HTTP status {error.code}", status_code=error.code, headers=sent, text=None) from error
        except TimeoutError as error:
            raise GeocoderTimedOut("timed out") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise GeocoderTimedOut("timed out") from error
            raise GeocoderUnavailable(str(getattr(error.reason, "strerror", None) or error.reason)) from error
        except (OSError, HTTPException) as error:
            raise GeocoderUnavailable(f"the connection broke off ({type(error).__name__})") from error
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise GeocoderParseError("not text in UTF-8") from error


def _read(page: HTTPResponse, *, deadline: float) -> bytes:
    body = bytearray()
    while chunk := page.read1(CHUNK_BYTES):
        body += chunk
        if len(body) > LARGEST_ANSWER_BYTES:
            raise GeocoderParseError(f"longer than {LARGEST_ANSWER_BYTES // 1024**2} MB")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("the answer trickles in too slowly")
    return bytes(body)


def _is_pause(headers: Mapping[str, str]) -> bool:
    """Tell whether geopy can read the Retry-After header, on which some dates make it fail, and whether anybody could wait so long."""
    try:
        return float(get_retry_after(headers) or 0.0) <= LONGEST_PAUSE_S
    except (ValueError, TypeError, OverflowError):
        return False


def _is_result(raw: object) -> bool:
    """Tell whether geopy can make a location of an entry: it wants a point on Earth and a text."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("display_name"), str):
        return False
    try:
        lat, lon = float(raw["lat"]), float(raw["lon"])
    except (KeyError, TypeError, ValueError):
        return False
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180


def explain(error: GeopyError, *, endpoint: str, timeout_s: float) -> GeocoderError:
    """Put any of geopy's errors into one line that names the server, with the pause that it asks for."""
    cause = error.__cause__
    status = cause.status_code if isinstance(cause, AdapterHTTPError) else None
    retry_after_s = get_retry_after(cause.headers) if isinstance(cause, AdapterHTTPError) else None
    if retry_after_s is None and isinstance(error, GeocoderRateLimited):
        retry_after_s = error.retry_after
    pause = "" if retry_after_s is None else f" and asks for a pause of {retry_after_s:.0f} s"
    if status is not None and 300 <= status < 400:
        target = _one_line(cause.headers.get("location", "elsewhere"))
        said = f"sends us on to {target}, which is not what was agreed; if that is the server you mean, set STRIKEMAP_GEOCODER_URL to it"
    elif status is not None:
        said = f"{_STATUS_WORDS.get(status, 'does not answer the query')} (HTTP status {status}){pause}"
    elif isinstance(error, GeocoderRateLimited):
        said = f"{_STATUS_WORDS[429]}{pause}"
    elif isinstance(error, GeocoderTimedOut):
        said = f"gives no answer within {timeout_s:g} s"
    elif isinstance(error, GeocoderUnavailable):
        said = f"cannot be reached: {_one_line(str(error))}"
    elif isinstance(error, GeocoderParseError):
        said = f"gives an answer that is not a Nominatim's: {_one_line(str(error))}"
    elif isinstance(error, GeocoderQueryError):
        said = f"does not accept the query: {_one_line(str(error))}"
    else:
        said = f"does not answer the query: {_one_line(str(error)) or type(error).__name__}"
    return GeocoderError(f"{endpoint}: {said}", retry_after_s=retry_after_s)


def is_passing(error: GeopyError) -> bool:
    """Tell whether another try may help: the server is there but busy, or a connection broke. A time-out has cost enough already."""
    cause = error.__cause__
    if isinstance(cause, AdapterHTTPError):
        return cause.status_code in PASSING_STATUSES
    return isinstance(error, GeocoderRateLimited | GeocoderUnavailable)


def _one_line(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_MESSAGE else line[:LONGEST_MESSAGE] + " ..."
