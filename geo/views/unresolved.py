"""Place names that stayed unresolved, what each would need, and the two clicks that it takes to ask a geocoder about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.errors import SettingsError
from geo.model import Extraction, Mention, Role
from geo.pipeline import Reader
from geo.places.geocoder import Answer, Bounds, Geocoder, PlannedQuery, draw_bounds
from geo.places.needs import Remedies
from geo.views.markup import element, show
from geo.views.reports import settle_reports

_PREVIEW = "geocoder_preview"
_ANSWERS = "geocoder_answers"
_TAKEN = "geocoder_answers_by_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """One report's names without a place, and where they are to be sought."""

    extraction: Extraction
    mentions: tuple[Mention, ...]
    bounds: Bounds


def list_unresolved(extractions: Sequence[Extraction]) -> tuple[Unresolved, ...]:
    """List the reports that have unresolved names, with them."""
    listed = []
    for extraction in extractions:
        mentions = tuple(mention for mention in extraction.mentions if mention.resolution.place is None)
        if mentions:
            bounds = draw_bounds(extraction.mentions, article=extraction.article)
            listed.append(Unresolved(extraction=extraction, mentions=mentions, bounds=bounds))
    return tuple(listed)


def show_unresolved(unresolved: Sequence[Unresolved], *, reader: Reader) -> None:
    """Show the names, why they have no place, and what would be asked of whom before anything is asked."""
    _show_answers()
    if not unresolved:
        show(element("p", "Every place name in these reports was resolved. Nothing is left to ask.", css="sm-quiet"))
        return
    frame = _frame(unresolved, Remedies.of(reader.gazetteer))
    st.dataframe(frame, hide_index=True, placeholder="", alt="Place names without a place, why, and what they would need")
    if st.button("Preview what would be asked of a geocoder", key="geocoder_preview_button"):
        st.session_state[_PREVIEW] = True
    if not st.session_state.get(_PREVIEW):
        return
    try:
        geocoder = Geocoder(reader.settings)
    except SettingsError as error:
        show(element("div", element("p", "The geocoder's setting makes no sense"), str(error), css="sm-problems"))
        return
    show(element("p", geocoder.notice))
    if not geocoder.enabled:
        return
    plans = plan(unresolved, geocoder=geocoder)
    queries = _every(plans)
    st.dataframe(_plan_frame(queries), hide_index=True, placeholder="", alt="What would be sent, and to whom")
    if not queries:
        return
    sent = sum(len(query.variants) for query in queries if not query.cached)
    if st.button(f"Ask {geocoder.endpoint} now: at most {sent} requests", key="geocoder_ask_button", type="primary"):
        _ask(plans, geocoder=geocoder, reader=reader)
        st.rerun()


def _show_answers() -> None:
    answers: tuple[Answer, ...] = st.session_state.get(_ANSWERS, ())
    if not answers:
        return
    found = sum(answer.place is not None for answer in answers)
    lines = [element("li", f"{answer.query.name}: {answer.reason}") for answer in answers]
    show(element("p", f"The geocoder knew {found} of the {len(answers)} names that it was asked about."), element("ul", *lines))


def plan(unresolved: Sequence[Unresolved], *, geocoder: Geocoder) -> tuple[tuple[Extraction, tuple[PlannedQuery, ...]], ...]:
    """Plan what to ask, each report within the bounds of the places that it names itself. Asks nothing."""
    return tuple(
        (report.extraction, geocoder.preview([mention.resolution for mention in report.mentions], bounds=report.bounds))
        for report in unresolved
    )


def _every(plans: Sequence[tuple[Extraction, tuple[PlannedQuery, ...]]]) -> tuple[PlannedQuery, ...]:
    """List each query once: two reports may ask for one name within the same bounds."""
    return tuple(dict.fromkeys(query for _, queries in plans for query in queries))


def _frame(unresolved: Sequence[Unresolved], remedies: Remedies) -> pd.DataFrame:
    """List each name of a report once, those that were struck first: their claims are not on the map."""
    times = Counter(
        (
            mention.resolution.toponym.text,
            mention.role,
            mention.resolution.why,
            remedies.tell(mention.resolution, bounds=report.bounds),
            report.extraction.article.title or report.extraction.article.article_id,
        )
        for report in unresolved
        for mention in report.mentions
    )
    rows = sorted(times, key=lambda row: row[1] is not Role.STRUCK)
    columns = ["Name", "Part in the report", "Why it has no place", "What it would need", "Report"]
    frame = pd.DataFrame(rows, columns=columns, dtype="string")
    frame.insert(1, "Times", [times[row] for row in rows])
    return frame


def _plan_frame(queries: Sequence[PlannedQuery]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Name": [query.name for query in queries],
            "Would be sent": [", then ".join(query.variants) or query.refusal for query in queries],
            "To": ["nobody: answered before" if query.cached else query.endpoint for query in queries],
            "Looked for": [query.bounds_text for query in queries],
        },
        dtype="string",
    )


def _ask(plans: Sequence[tuple[Extraction, tuple[PlannedQuery, ...]]], *, geocoder: Geocoder, reader: Reader) -> None:
    bar = st.progress(0.0)
    queries = _every(plans)
    told = geocoder.ask(queries, on_progress=lambda done, of, name: _draw_bar(bar, done, of, name))
    answers = dict(zip(queries, told, strict=True))
    # A report is read anew with all that was ever answered for it: a second question must not undo the first.
    taken: dict[str, tuple[Answer, ...]] = st.session_state.setdefault(_TAKEN, {})
    for extraction, asked in plans:
        number = extraction.article.article_id
        taken[number] = (*taken.get(number, ()), *(answers[query] for query in asked))
        settle_reports([extraction], taken[number], reader=reader)
    bar.empty()
    st.session_state[_ANSWERS] = told


def _draw_bar(bar: DeltaGenerator, done: int, of: int, name: str) -> None:
    bar.progress(done / max(of, 1), text=f"Asking {done + 1} of {of}" if name else "Done")
