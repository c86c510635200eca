"""The reports of one session: the demonstration, and what the user brought.

Reading a report costs time, so it is done once: the demonstration for the whole process, the user's when they come in. A
filter never reads anything again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gazetteer.build import build, file_path
from gazetteer.errors import GazetteerError
from geo.articles import read_bytes
from geo.errors import InputError, StrikemapError
from geo.model import Article, Claim, Extraction, Interception, Mention, Resolution, Toll
from geo.pipeline import Reader
from geo.places.geocoder import Answer, settle
from geo.settings import Settings

_DEMO_FILE = files("geo") / "demo" / "reports.jsonl"
_OWN = "own_reports"
_SETTLED = "settled_reports"
_PROBLEMS = "input_problems"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What the user brought: a name to call it by in messages, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """All that the page shows."""

    extractions: tuple[Extraction, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(extraction.article for extraction in self.extractions)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for extraction in self.extractions for claim in extraction.claims)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for extraction in self.extractions for mention in extraction.mentions)

    @property
    def tolls(self) -> tuple[Toll, ...]:
        return tuple(toll for extraction in self.extractions for toll in extraction.tolls)

    @property
    def interceptions(self) -> tuple[Interception, ...]:
        return tuple(told for extraction in self.extractions for told in extraction.interceptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledReader(Reader):
    """A reader that also knows what a geocoder has answered in this session."""

    answers: tuple[Answer, ...]

    def resolve(self, article: Article) -> tuple[Resolution, ...]:
        """Resolve an article's place names, and give those that stay without a place what the geocoder said of them."""
        return settle(Reader.resolve(self, article), self.answers)


def open_reader(settings: Settings) -> Reader:
    """Open the gazetteer, with a bar while it is built for the first time, and put a reader on it.

    Raises
    ------
    GazetteerError
        If the gazetteer cannot be built or opened.
    """
    if not file_path(settings.cache_dir).exists():
        bar = st.progress(0.0, text="Building the gazetteer. This happens once and takes less than half a minute.")
        build(settings.cache_dir, on_progress=lambda share, step: _draw_bar(bar, share, step))
        bar.empty()
    return _open(settings)


def _draw_bar(bar: DeltaGenerator, share: float, step: str) -> None:
    bar.progress(min(max(share, 0.0), 1.0), text=f"Building the gazetteer, this once: {step}")


@st.cache_resource(show_spinner=False)
def _open(settings: Settings) -> Reader:
    return Reader.open(settings)


@st.cache_resource(show_spinner="Reading the demonstration reports")
def _read_demo(_reader: Reader, settings: Settings) -> tuple[Extraction, ...]:
    # Streamlit's cache tells calls apart by `settings`: each cache folder has its own gazetteer.
    problems: list[InputError] = []
    articles = read_bytes(_DEMO_FILE.name, _DEMO_FILE.read_bytes(), settings=settings, on_error=problems.append)
    return tuple(_reader.extract(article) for article in articles)


def gather_reports(reader: Reader, *, with_demo: bool) -> Reports:
    """Gather the session's reports, the user's own first, each as it was read last."""
    own: dict[str, Extraction] = st.session_state.get(_OWN, {})
    settled: dict[str, Extraction] = st.session_state.get(_SETTLED, {})
    demo = _read_demo(reader, reader.settings) if with_demo else ()
    every = [*own.values(), *(extraction for extraction in demo if extraction.article.article_id not in own)]
    return Reports(extractions=tuple(settled.get(extraction.article.article_id, extraction) for extraction in every))


def settle_reports(extractions: Iterable[Extraction], answers: tuple[Answer, ...], *, reader: Reader) -> None:
    """Read reports again, with what a geocoder has answered. Only this session sees it."""
    knowing = SettledReader(gazetteer=reader.gazetteer, settings=reader.settings, answers=answers)
    settled: dict[str, Extraction] = dict(st.session_state.get(_SETTLED, {}))
    for extraction in extractions:
        settled[extraction.article.article_id] = knowing.extract(extraction.article)
    st.session_state[_SETTLED] = settled


def read_uploads(uploads: Iterable[Upload], *, reader: Reader, published: date | None = None) -> int:
    """Read what the user brought into the session, and keep one line for each input that cannot be read.

    Parameters
    ----------
    published
        The day of the reports that tell none, None to leave it open.

    Returns
    -------
    count
        How many reports were read. A report that is there already is read anew and not doubled.
    """
    kept = tuple(uploads)
    problems: list[InputError] = []
    own: dict[str, Extraction] = dict(st.session_state.get(_OWN, {}))
    count = 0
    bar = st.progress(0.0)
    for done, upload in enumerate(kept):
        bar.progress(done / len(kept), text=f"Reading input {done + 1} of {len(kept)}; {count} reports so far")
        for article in read_bytes(upload.name, upload.data, settings=reader.settings, on_error=problems.append):
            dated = replace(article, published=published) if published is not None and article.published is None else article
            try:
                own[dated.article_id] = reader.extract(dated)
            except (StrikemapError, GazetteerError) as error:
                problems.append(InputError(upload.name, str(error)))
            else:
                count += 1
    bar.empty()
    st.session_state[_OWN] = own
    st.session_state[_PROBLEMS] = tuple(problems)
    return count


def has_own() -> bool:
    """Tell whether the user brought any report."""
    return bool(st.session_state.get(_OWN))


def forget_own() -> None:
    """Drop the user's own reports and the messages about them."""
    st.session_state.pop(_OWN, None)
    st.session_state.pop(_SETTLED, None)
    st.session_state.pop(_PROBLEMS, None)


def input_problems() -> tuple[InputError, ...]:
    """Return what was not read in the last reading, and what was read with a doubt."""
    problems: tuple[InputError, ...] = st.session_state.get(_PROBLEMS, ())
    return problems
