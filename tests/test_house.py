"""The order of the house: a file imports only from what stands before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = (
    "errors", "settings", "model", "credits", "articles", "sentences", "places", "claims", "pipeline", "evaluation", "filters",
    "export", "maps", "views", "cli",
)  # fmt: skip
FILES = sorted(p for folder in ("geo", "gazetteer") for p in (ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module in {"geo", "gazetteer"})
    return found


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_from_what_stands_before_it(path: Path) -> None:
    relative = path.relative_to(ROOT)
    modules = {m for m in imported(path) if m.split(".")[0] in {"geo", "gazetteer", "streamlit_app"}}
    if relative.parts[0] == "gazetteer":
        assert not {m for m in modules if not m.startswith("gazetteer")}
        return
    own = relative.with_suffix("").parts[1]
    if own == "__init__":
        return
    later = {m for m in modules if m.startswith("geo.") and ORDER.index(room(m)) > ORDER.index(own)}
    assert not later
    assert "streamlit_app" not in modules


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {p.relative_to(ROOT / "geo").with_suffix("").parts[0] for p in (ROOT / "geo").rglob("*.py")} - {"__init__"}
    assert rooms == set(ORDER)


def test_only_one_module_asks_the_network_for_places() -> None:
    network = {"geopy", "urllib3", "requests", "socket", "http", "urllib.request"}
    asking = {p.relative_to(ROOT).as_posix() for p in FILES if {m for i in imported(p) for m in (i, i.split(".")[0])} & network}
    # The second one fetches whole dumps, which say nothing of the reports that are read.
    assert asking <= {"geo/places/geocoder_http.py", "geo/places/geocoder.py", "gazetteer/download.py"}
