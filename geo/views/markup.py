"""HTML for words that others wrote.

Streamlit reads Markdown in almost everything that it shows, so a report could bring in a picture of another host, a formula or a link.
What comes from a report, a file's name or a user therefore goes through here: strings are escaped, always, and only what
`element` made passes as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

_WEB = ("http://", "https://")


class Markup(str):
    """HTML that `element` made; its words are escaped already."""

    __slots__ = ()


def element(tag: str, *children: str, css: str = "") -> Markup:
    """Make one element. Children that are no `Markup` are text, and are shown as they stand."""
    opened = f'<{tag} class="{escape(css)}">' if css else f"<{tag}>"
    return Markup(f"{opened}{join(children)}</{tag}>")


def join(children: Iterable[str]) -> Markup:
    """Put pieces beside each other, escaping those that are text."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))


def link(url: str, text: str) -> Markup:
    """Make a link that tells the other side nothing of where it stood; of an address that is not http(s), the text alone."""
    if not url.lower().startswith(_WEB):
        return join([text])
    return Markup(f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>')


def show(*pieces: str) -> None:
    """Put pieces on the page."""
    st.html(join(pieces))
