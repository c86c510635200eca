"""The page: reports and filters at the side, the map with its detail pane, and the same selection as a table."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_

import streamlit as st

from gazetteer.errors import GazetteerError
from geo.errors import SettingsError
from geo.export.explained import count_words
from geo.filters import Selection, Summary, select, summarise
from geo.maps import ColourBy, Dataset, MapView, build_dataset, link_map
from geo.model import Claim, Extraction, Interception, Toll
from geo.pipeline import Reader
from geo.settings import Settings
from geo.views.chosen import choose, chosen_ids
from geo.views.detail import show_detail
from geo.views.downloads import show_downloads
from geo.views.filter_panel import show_filters
from geo.views.inputs import show_inputs
from geo.views.layout import Frame
from geo.views.markup import element, show
from geo.views.reports import Reports, gather_reports, open_reader
from geo.views.table import show_table
from geo.views.unresolved import list_unresolved, show_unresolved

_DEMO_LINE = "Short texts written for this demonstration after publicly known events. They are no source for anything."
_TOTALS_LINE = "Totals that reports give for a whole war or a longer time. They are kept apart and are never a strike."
_STOPPED_LINE = "Weapons and aircraft that reports tell as shot down or intercepted. They are never a strike and never on the map."
_BUILD_ANEW = "Build the gazetteer anew with: strikemap gazetteer build. Then start the app again."
_DATASET = "dataset"
_COLOUR_WORDS = {ColourBy.ATTACKER: "Attacker, as alleged", ColourBy.STANCE: "What the claimant does"}


def fill_page(frame: Frame) -> None:
    """Put reports, filters, map and words into the frame."""
    with st.sidebar:
        show(element("h1", "strikemap", css="sm-title"), element("p", "Who says that whom struck what, where and when", css="sm-quiet"))
    with frame.counts:
        reader = _open_reader()
    if reader is None:
        return
    with st.sidebar:
        with st.expander("Add reports", expanded=False):
            show_inputs(reader)
        with_demo = st.toggle("Demonstration reports", value=True, key="demo", bind="query-params", help=_DEMO_LINE)
        reports = _gather_reports(reader, frame=frame, with_demo=with_demo)
        if reports is None:
            return
        st.subheader("Filters")
        selection = show_filters(reports.claims)
    shown = select(reports.claims, selection)
    with frame.counts:
        _show_counts(summarise(shown), every=len(reports.claims))
    _fill_map(frame, reports=reports, shown=shown, settings=reader.settings)
    with frame.tabs:
        _show_tabs(reports, shown=shown, selection=selection, reader=reader)


def _open_reader() -> Reader | None:
    """Open the reader, or say why it cannot be opened and what to do."""
    try:
        return open_reader(Settings.from_environment())
    except SettingsError as error:
        trouble, remedy = str(error), "Put the setting right and start the app again."
    except GazetteerError as error:
        trouble = f"The gazetteer cannot be opened, so no place can be found: {error}"
        remedy = "Free some space, or set STRIKEMAP_CACHE_DIR to a folder that can be written, and load the page again."
    _show_trouble("The app cannot start", trouble, remedy)
    return None


def _gather_reports(reader: Reader, *, frame: Frame, with_demo: bool) -> Reports | None:
    """Gather the reports, or say that the gazetteer broke while they were read."""
    try:
        return gather_reports(reader, with_demo=with_demo)
    except GazetteerError as error:
        with frame.counts:
            _show_trouble("The reports cannot be read", str(error), _BUILD_ANEW)
        return None


def _show_trouble(heading: str, trouble: str, remedy: str) -> None:
    show(element("div", element("p", heading), element("div", trouble), element("div", remedy), css="sm-problems"))


def _show_counts(summary: Summary, *, every: int) -> None:
    of_all = "" if summary.claims == every else f" of {every}"
    claims = f"{summary.claims}{of_all} claim{'' if summary.claims == 1 and not of_all else 's'}"
    on_map = f"{summary.located} on the map ({summary.points} at places, {summary.areas} in areas)"
    why = "; ".join(f"{counted.claims} because {counted.value.value}" for counted in summary.unlocated)
    not_on_map = sum(counted.claims for counted in summary.unlocated)
    show(
        element("p", element("strong", claims), f", {on_map}, {not_on_map} not on the map", css="sm-counts"),
        element("p", f"Not on the map: {why}." if why else "Every claim of this selection is on the map."),
    )


def _fill_map(frame: Frame, *, reports: Reports, shown: Sequence[Claim], settings: Settings) -> None:
    dataset = _dataset(reports)
    ids = frozenset(chosen_ids())
    chosen = [claim for claim in shown if claim.claim_id in ids]
    rows = dataset.rows_of(claim.claim_id for claim in shown)
    by = frame.colours.segmented_control(
        "Colour and shape",
        list(ColourBy),
        format_func=lambda value: _COLOUR_WORDS[value],
        default=ColourBy.ATTACKER,
        key="colour",
        required=True,
    )
    show_named = frame.layers.toggle(
        f"Other places named ({len(dataset.named)})",
        value=True,
        key="named",
        bind="query-params",
        help="Where speakers sit, where fire came from, what else is named. They are no strikes and are never counted.",
    )
    view = MapView(
        rows=rows,
        chosen=dataset.rows_of(claim.claim_id for claim in chosen),
        colour_by=by or ColourBy.ATTACKER,
        show_named=show_named,
        tiles_url=settings.tiles_url,
        tiles_attribution=settings.tiles_attribution,
    )
    with frame.link:
        link_map(dataset, view=view, on_click=choose)
    with frame.detail:
        show_detail(chosen, articles=reports.articles, every=reports.claims, located_only=len(rows))


def _dataset(reports: Reports) -> Dataset:
    # Built anew only when a report comes or goes: a filter must not pay for it.
    kept: tuple[tuple[Extraction, ...], Dataset] | None = st.session_state.get(_DATASET)
    if kept is not None and len(kept[0]) == len(reports.extractions) and all(map(is_, kept[0], reports.extractions)):
        return kept[1]
    dataset = build_dataset(reports.claims, mentions=reports.mentions)
    st.session_state[_DATASET] = (reports.extractions, dataset)
    return dataset


def _show_tabs(reports: Reports, *, shown: Sequence[Claim], selection: Selection, reader: Reader) -> None:
    unresolved = list_unresolved(reports.extractions)
    names = sum(len(report.mentions) for report in unresolved)
    table, missing, totals, stopped = st.tabs(
        [
            f"Claims ({len(shown)})",
            f"Unresolved names ({names})",
            f"Running totals ({len(reports.tolls)})",
            f"Shot down ({len(reports.interceptions)})",
        ]
    )
    with table:
        if shown:
            show_table(shown)
            show_downloads(shown, selection=selection, every=len(reports.claims), gazetteer_version=reader.gazetteer.version)
        else:
            _show_nothing(reports)
    with missing:
        show_unresolved(unresolved, reader=reader)
    with totals:
        _show_tolls(reports.tolls)
    with stopped:
        _show_interceptions(reports.interceptions)


def _show_nothing(reports: Reports) -> None:
    if not reports.extractions:
        words = "There are no reports yet. Open “Add reports” at the side and paste one, or switch the demonstration reports on."
    elif not reports.claims:
        words = "These reports tell of no strike that could be read. Add others at the side."
    else:
        words = "No claim passes the filters. Widen them, or press “Reset the filters” at the side."
    show(element("p", words, css="sm-quiet"))


def _show_tolls(tolls: Sequence[Toll]) -> None:
    show(element("p", _TOTALS_LINE, css="sm-quiet"))
    for toll in tolls:
        killed, wounded = count_words(toll.killed_min, toll.killed_max), count_words(toll.wounded_min, toll.wounded_max)
        told = [f"{killed} killed" if killed else "", f"{wounded} wounded" if wounded else ""]
        as_of = f"as of {toll.as_of.isoformat()}" if toll.as_of else "as of a day that is not told"
        words = ". ".join([", ".join([*(part for part in told if part), as_of]), f"Says who: {toll.claimant or 'the reporter'}"])
        show(element("div", element("blockquote", toll.quote), element("p", words, css="sm-quiet"), css="sm-card"))


def _show_interceptions(told: Sequence[Interception]) -> None:
    show(element("p", _STOPPED_LINE, css="sm-quiet"))
    for each in told:
        number = count_words(each.count_min, each.count_max) or "number not told"
        words = [
            f"{each.weapon_text}: {number}",
            f"Whose, as told: {each.attacker or 'not told'}",
            f"Says who: {each.claimant or 'the reporter'}",
        ]
        if each.place_texts:
            words.insert(1, f"Named with it: {', '.join(each.place_texts)}")
        show(element("div", element("blockquote", each.quote), element("p", ". ".join(words), css="sm-quiet"), css="sm-card"))
