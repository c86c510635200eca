"""The box to paste a report, the upload of files, and one line for each input that could not be read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.pipeline import Reader
from geo.views.markup import element, show
from geo.views.reports import Upload, forget_own, has_own, input_problems, read_uploads

_TYPES = ("txt", "md", "html", "htm", "jsonl", "ndjson", "json", "csv", "tsv", "parquet")
_READ = "last_read"


def show_inputs(reader: Reader) -> None:
    """Show both ways in; what comes in is read once, on the button."""
    with st.form("paste", clear_on_submit=True, border=False):
        text = st.text_area(
            "Paste a report",
            height=150,
            key="pasted",
            placeholder="The text of one news report. A dateline such as “DAMASCUS, July 21” is read.",
        )
        published = st.date_input("Published on, if the text does not say", value=None, format="YYYY-MM-DD", key="pasted_day")
        pasted = st.form_submit_button("Read this report", type="primary", width="stretch")
    if pasted:
        if text.strip():
            count = read_uploads([Upload(name="pasted report", data=text.encode())], reader=reader, published=published)
            st.session_state[_READ] = count
        else:
            st.info("The box is empty. Paste the text of a report into it first.")
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader("Or upload files", accept_multiple_files=True, type=list(_TYPES), key="files")
        uploaded = st.form_submit_button("Read these files", width="stretch")
    if uploaded:
        if files:
            read = [Upload(name=file.name, data=file.getvalue()) for file in files]
            st.session_state[_READ] = read_uploads(read, reader=reader)
        else:
            st.info("No file is chosen. Choose one or more first.")
    _show_outcome()
    if has_own() and st.button("Remove my reports", width="stretch"):
        forget_own()
        st.session_state.pop(_READ, None)
        st.rerun()


def _show_outcome() -> None:
    if _READ not in st.session_state:
        return
    count = st.session_state[_READ]
    show(element("p", f"{count} report{'' if count == 1 else 's'} read. They are kept in this browser session only.", css="sm-quiet"))
    problems = input_problems()
    lost = [str(problem) for problem in problems if problem.lost]
    doubts = [str(problem) for problem in problems if not problem.lost]
    if lost:
        _show_lines(
            "1 input was not read; the rest is done" if len(lost) == 1 else f"{len(lost)} inputs were not read; the rest is done", lost
        )
    if doubts:
        _show_lines("Read, but look again", doubts)


def _show_lines(title: str, lines: Sequence[str]) -> None:
    show(element("div", element("p", title), element("ul", *(element("li", line) for line in lines)), css="sm-problems"))
