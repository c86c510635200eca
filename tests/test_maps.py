"""What reaches the browser, and what must not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit_folium
from export_claims import AREA, CLAIMS, MENTIONS, POINT, UNLOCATED, WASHINGTON, claims, mention_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.model import PlaceKind
from geo.maps import ColourBy, Shape, build_dataset, build_palette
from geo.maps.assets import LINK_DIR, serve_assets
from geo.maps.canvas import build_map
from geo.maps.dataset import Dataset, pack_rows
from geo.maps.view import read_click
from geo.model import Claim, Role, Stance

ASSETS = Path(__file__).parents[1] / "geo" / "assets"
HOSTILE = "</script><script>alert(1)</script>${alert(1)}`=HYPERLINK(\u2028"

# The machines of CI are slow and shared; how long a draw takes says nothing of us.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def header_of(dataset: Dataset) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(dataset.header)
    return document


def script_of_map() -> str:
    drawn = build_map(serve_assets())
    drawn.get_root().render()
    return str(streamlit_folium.generate_leaflet_string(drawn))


def test_the_map_is_the_same_each_time() -> None:
    assert script_of_map() == script_of_map()


def test_the_map_names_no_other_host() -> None:
    assets = serve_assets()
    addresses = [address for _, address in assets.scripts + assets.styles] + ([assets.land] if assets.land else [])
    assert addresses
    assert all(address.startswith("../") for address in addresses)
    drawn = build_map(assets)
    drawn.get_root().render()
    assert "//" not in re.sub(r"http://www\.w3\.org/\S*", "", streamlit_folium._get_header(drawn))
    assert "http" not in script_of_map()


def test_our_scripts_and_styles_name_no_other_host() -> None:
    for file in sorted(ASSETS.rglob("*.*")):
        if file.suffix in {".js", ".css", ".html"}:
            assert not re.search(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}", file.read_text(encoding="utf-8")), file.name


def test_the_scripts_put_words_on_the_page_as_text_only() -> None:
    for file in sorted(ASSETS.rglob("*.js")):
        text = file.read_text(encoding="utf-8")
        for way in (
            ".innerHTML =",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "bindPopup",
            "bindTooltip",
            "eval(",
            "new Function",
        ):
            assert way not in text, (file.name, way)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed, so the scripts' syntax is left to the browser tests")
@pytest.mark.parametrize("script", sorted(ASSETS.rglob("*.js")), ids=lambda path: path.name)
def test_the_scripts_parse(script: Path) -> None:
    subprocess.run(["node", "--check", str(script)], check=True, timeout=60)


def test_every_asset_is_there() -> None:
    assert (LINK_DIR / "index.html").is_file()
    assert (ASSETS / "map" / "strikemap.js").is_file()


def test_quotes_and_titles_never_reach_the_map() -> None:
    dataset = build_dataset([replace(POINT, quote="A very particular sentence.", title="A very particular title")])
    assert "particular" not in dataset.header
    assert b"particular" not in dataset.columns


def test_hostile_names_travel_as_json_and_nothing_else() -> None:
    hostile = replace(POINT, place_name=HOSTILE, attacker=HOSTILE)
    dataset = build_dataset([hostile])
    header = header_of(dataset)
    assert header["places"][0]["label"] == HOSTILE
    assert HOSTILE in [category["label"] for category in header["palettes"][0]["categories"]]
    assert dataset.header.isascii()
    assert "alert" not in script_of_map()


def test_a_place_is_drawn_once_and_keeps_all_its_claims() -> None:
    twice = [POINT, replace(POINT, claim_id="c-other", attacker="Armenia"), AREA]
    dataset = build_dataset(twice)
    assert [place.label for place in dataset.places] == ["Martakert", "Martuni Province"]
    assert dataset.place_of == (0, 0, 1)


def test_an_area_keeps_its_shape_and_a_point_has_none() -> None:
    point, area = header_of(build_dataset(CLAIMS))["places"]
    assert point["kind"] == "point"
    assert "shape" not in point
    assert area["kind"] == "area"
    assert area["shape"]["type"] == "Polygon"
    assert min(area["shape"]["coordinates"][0]) == pytest.approx([46.9, 39.6])


def test_an_unlocated_claim_has_no_row() -> None:
    dataset = build_dataset(CLAIMS)
    assert dataset.claim_ids == (POINT.claim_id, AREA.claim_id)
    assert dataset.rows_of([UNLOCATED.claim_id, AREA.claim_id]) == (1,)


def test_other_places_are_apart_from_claims() -> None:
    dataset = build_dataset(CLAIMS, mentions=MENTIONS)
    assert [named.place.label for named in dataset.named] == ["Washington"]
    assert dataset.named[0].roles == (Role.BACKGROUND,)
    assert len(dataset.claim_ids) == 2


def test_a_struck_place_is_no_other_place() -> None:
    here = replace(POINT, place_id=WASHINGTON.place_id)
    mentions = [mention_of("Washington", role=Role.STRUCK, place=WASHINGTON), mention_of("Washington", role=Role.SPEAKER, place=WASHINGTON)]
    assert build_dataset([here], mentions=mentions).named == ()
    assert [named.times for named in build_dataset([POINT], mentions=mentions).named] == [1]


@CALM
@given(st.lists(claims(), max_size=12))
def test_the_columns_say_what_the_rows_say(some: list[Claim]) -> None:
    dataset = build_dataset(some)
    rows = len(dataset.claim_ids)
    assert len(dataset.columns) == rows * (4 + len(ColourBy))
    place_of = np.frombuffer(dataset.columns, dtype="<u4", count=rows)
    assert place_of.tolist() == list(dataset.place_of)
    located = [claim for claim in some if claim.lat is not None]
    for row, claim in enumerate(located):
        assert dataset.places[place_of[row]].lat == claim.lat
        for palette in dataset.palettes:
            assert palette.codes[row] < len(palette.categories)


@given(st.data())
def test_packed_rows_come_back(data: st.DataObject) -> None:
    length = data.draw(st.integers(0, 40))
    rows = data.draw(st.sets(st.integers(0, length - 1)) if length else st.just(set[int]()))
    packed = pack_rows(sorted(rows), length=length)
    # As the script reads them: (mask[row >> 3] >> (row & 7)) & 1.
    assert {row for row in range(length) if (packed[row >> 3] >> (row & 7)) & 1} == rows


def test_the_digest_changes_with_what_is_drawn_and_with_nothing_else() -> None:
    same = build_dataset(CLAIMS)
    assert build_dataset(CLAIMS).digest == same.digest
    assert build_dataset([replace(POINT, quote="Other words.")]).digest == build_dataset([POINT]).digest
    assert build_dataset([replace(POINT, lat=41.0)]).digest != build_dataset([POINT]).digest
    assert build_dataset([replace(POINT, claim_id="c-9")]).digest != build_dataset([POINT]).digest


def test_no_party_owns_a_colour() -> None:
    def colours(first: str, second: str) -> list[str]:
        return [
            c.colour
            for c in build_palette([replace(POINT, attacker=first), replace(POINT, attacker=second)], by=ColourBy.ATTACKER).categories
        ]

    assert colours("Armenia", "Azerbaijan") == colours("Iran", "Israel")


def test_colour_and_shape_tell_the_same_apart() -> None:
    many = [replace(POINT, attacker=f"Party {number}") for number in range(9)]
    for by in ColourBy:
        palette = build_palette([*many, UNLOCATED], by=by)
        assert len({category.colour for category in palette.categories}) == len(palette.categories)
        assert len({category.shape for category in palette.categories}) == len(palette.categories)


def test_many_parties_share_the_last_colour_and_nobody_named_is_a_ring() -> None:
    many = [replace(POINT, attacker=f"Party {number}") for number in range(9)]
    palette = build_palette([*many, UNLOCATED], by=ColourBy.ATTACKER)
    assert [category.label for category in palette.categories][-2:] == ["other parties", "nobody named"]
    assert palette.categories[palette.codes[-1]].shape is Shape.RING
    assert palette.codes.count(palette.codes[8]) == 3


def test_stances_are_told_apart() -> None:
    palette = build_palette([replace(POINT, stance=stance) for stance in Stance], by=ColourBy.STANCE)
    assert sorted(palette.codes) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "value",
    [None, 3, "x", {}, {"digest": "other", "rows": [0]}, {"digest": None, "rows": [0]}, {"rows": [0]}],
)
def test_a_click_that_is_not_ours_chooses_nothing(value: object) -> None:
    assert read_click(value, dataset=build_dataset(CLAIMS)) == ()


def test_a_click_chooses_only_rows_that_there_are() -> None:
    dataset = build_dataset(CLAIMS)
    value = {"digest": dataset.digest, "rows": [1, -1, 2, 10**9, True, "0", None, 0]}
    assert read_click(value, dataset=dataset) == (AREA.claim_id, POINT.claim_id)
    assert read_click({"digest": dataset.digest, "rows": "01"}, dataset=dataset) == ()


def test_a_claim_without_a_kind_is_drawn_as_a_point() -> None:
    assert build_dataset([replace(POINT, place_kind=None)]).places[0].kind is PlaceKind.POINT
