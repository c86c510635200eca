"""The page without a browser: what stands on it, what the filters do to it, and that hostile words stay words."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from export_claims import AREA, POINT, UNLOCATED
from geocoder_peer import serve_peers
from streamlit.testing.v1 import AppTest

from gazetteer.build import file_path
from geo.claims.rules import Rule
from geo.model import Field, Reason
from geo.pipeline import Reader
from geo.places.geocoder_cache import GeocoderStore, RequestLog
from geo.views.detail import _card
from geo.views.filter_panel import NOBODY_OPTION
from geo.views.markup import element, join, link

APP = Path(__file__).parents[1] / "streamlit_app.py"
HOSTILE = "<script>alert(1)</script> ${alert(1)} ![x](http://elsewhere.example/x.png) `=HYPERLINK("
REPORT = "GANJA, October 17, 2020 - Azerbaijan said that Armenian rockets hit the city of Ganja on Saturday."
UNKNOWN_VILLAGE = (
    "BAKU, October 17, 2020 - Officials said that rockets hit the village of Qwxyzhan on Saturday.\n\n"
    "Officials said that Armenian rockets hit the town of Barda on Friday.\n"
)


@pytest.fixture
def closed_app(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app before its first run, on the gazetteer that all tests share."""
    monkeypatch.setenv("STRIKEMAP_CACHE_DIR", str(reader.settings.cache_dir))
    monkeypatch.delenv("STRIKEMAP_GEOCODER_URL", raising=False)
    return AppTest.from_file(str(APP), default_timeout=180)


@pytest.fixture
def app(closed_app: AppTest) -> AppTest:
    return run(closed_app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def html_of(app: AppTest) -> str:
    return "\n".join(piece.proto.body for piece in app.get("html"))


def components_of(app: AppTest) -> dict[str, dict[str, Any]]:
    parts = {}
    for part in app.get("component_instance"):
        arguments = json.loads(part.proto.json_args)
        parts[arguments.get("channel", "map")] = arguments
    return parts


def claims_on_page(app: AppTest) -> int:
    label = next(tab.label for tab in app.tabs if tab.label.startswith("Claims"))
    return int(label.split("(")[1].rstrip(")"))


def test_the_demonstration_is_there_at_once(app: AppTest) -> None:
    assert claims_on_page(app) > 20
    labels = [place["label"] for place in json.loads(components_of(app)["dataset"]["header"])["places"]]
    assert any("Martakert" in label for label in labels)
    assert "on the map" in html_of(app)
    assert "not on the map" in html_of(app)


def test_the_map_holds_no_word_of_any_report(app: AppTest) -> None:
    arguments = components_of(app)
    assert "http" not in arguments["map"]["script"]
    assert all(address.startswith("../") for address in arguments["map"]["js_links"] + arguments["map"]["css_links"])
    assert "rockets" not in json.dumps(arguments)


def test_a_filter_changes_the_rows_and_not_the_map(app: AppTest) -> None:
    before, claims_before = components_of(app), claims_on_page(app)
    app.multiselect(key="attacker").select("Azerbaijan")
    run(app)
    after = components_of(app)
    assert 0 < claims_on_page(app) < claims_before
    assert after["map"] == before["map"]
    assert after["dataset"] == before["dataset"]


def test_both_parties_can_be_chosen_and_nobody_too(app: AppTest) -> None:
    options = app.multiselect(key="attacker").options
    assert {"Armenia", "Azerbaijan", NOBODY_OPTION} <= set(options)
    assert "as alleged" in app.multiselect(key="attacker").label


def test_undated_claims_are_counted_and_can_be_left_out(app: AppTest) -> None:
    box = app.checkbox(key="undated")
    undated = int(box.label.split("(")[1].rstrip(")"))
    every = claims_on_page(app)
    assert undated > 0
    box.uncheck()
    run(app)
    assert claims_on_page(app) == every - undated


def test_a_link_brings_the_filters_back(closed_app: AppTest) -> None:
    app = closed_app
    app.query_params["attacker"] = "Armenia"
    app.query_params["undated"] = "false"
    run(app)
    assert app.multiselect(key="attacker").value == ["Armenia"]
    assert app.checkbox(key="undated").value is False


def test_reset_brings_every_claim_back(app: AppTest) -> None:
    every = claims_on_page(app)
    app.multiselect(key="attacker").select("Armenia")
    app.checkbox(key="undated").uncheck()
    run(app)
    next(button for button in app.button if button.label == "Reset the filters").click()
    run(app)
    assert claims_on_page(app) == every


def test_a_selection_that_nothing_passes_says_what_to_do(app: AppTest) -> None:
    app.date_input(key="from").set_value(date(1950, 1, 1))
    app.date_input(key="to").set_value(date(1950, 1, 2))
    app.checkbox(key="undated").uncheck()
    run(app)
    assert claims_on_page(app) == 0
    assert "No claim passes the filters" in html_of(app)


def test_an_empty_app_says_what_to_do(app: AppTest) -> None:
    app.toggle(key="demo").set_value(False)
    run(app)
    assert claims_on_page(app) == 0
    assert "There are no reports yet" in html_of(app)


def test_a_pasted_report_is_read_and_hostile_words_stay_words(app: AppTest) -> None:
    app.toggle(key="demo").set_value(False)
    app.text_area(key="pasted").set_value(f"{REPORT}\n\n{HOSTILE} Armenian rockets hit the town of Barda on Friday, officials said.")
    next(button for button in app.button if button.label == "Read this report").click()
    run(app)
    assert claims_on_page(app) >= 2
    assert "1 report read" in html_of(app)
    ids = [claim["label"] for claim in json.loads(components_of(app)["dataset"]["header"])["places"]]
    assert "Ganja" in ids
    assert "<script>" not in html_of(app)
    assert not any(HOSTILE[:20] in piece.value for piece in app.markdown)


def test_an_empty_paste_says_what_to_do(app: AppTest) -> None:
    next(button for button in app.button if button.label == "Read this report").click()
    run(app)
    assert [info.value for info in app.info] == ["The box is empty. Paste the text of a report into it first."]


def test_without_a_geocoder_the_preview_says_how_to_set_one_and_asks_nothing(app: AppTest) -> None:
    app.toggle(key="demo").set_value(False)
    app.text_area(key="pasted").set_value(
        "OFFICIALS, October 17, 2020 - Officials said that rockets hit the village of Qwxyzhan on Saturday."
    )
    next(button for button in app.button if button.label == "Read this report").click()
    run(app)
    app.button(key="geocoder_preview_button").click()
    run(app)
    assert "STRIKEMAP_GEOCODER_URL" in html_of(app)
    assert not [button for button in app.button if button.key == "geocoder_ask_button"]


def test_a_geocoder_is_asked_on_the_second_click_and_its_answer_reaches_the_map(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serve_peers() as start:
        peer = start()
        monkeypatch.setenv("STRIKEMAP_GEOCODER_URL", peer.url)
        # The gazetteer stays where it is; what the geocoder says goes elsewhere.
        monkeypatch.setattr("geo.places.geocoder.GeocoderStore", lambda _: GeocoderStore(tmp_path))
        monkeypatch.setattr("geo.places.geocoder.RequestLog", lambda _: RequestLog(tmp_path))
        app.toggle(key="demo").set_value(False)
        app.text_area(key="pasted").set_value(UNKNOWN_VILLAGE)
        next(button for button in app.button if button.label == "Read this report").click()
        run(app)
        assert components_of(app)["dataset"]["header"].count("Qwxyzhan") == 0
        app.button(key="geocoder_preview_button").click()
        run(app)
        assert peer.requests == []
        app.button(key="geocoder_ask_button").click()
        run(app)
        assert peer.asked == ["Qwxyzhan"]
        labels = [place["label"] for place in json.loads(components_of(app)["dataset"]["header"])["places"]]
        assert "Qwxyzhan" in labels


def test_a_setting_that_makes_no_sense_is_named_and_nothing_breaks(closed_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIKEMAP_TILES_URL", "file:///tiles")
    run(closed_app)
    assert "STRIKEMAP_TILES_URL" in html_of(closed_app)


def test_a_gazetteer_that_is_damaged_inside_is_said_and_no_traceback_shown(
    closed_app: AppTest, reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = file_path(reader.settings.cache_dir)
    damaged = tmp_path / whole.name
    shutil.copyfile(whole, damaged)
    with damaged.open("r+b") as file:
        # The header stays whole, so the file opens; what it holds does not.
        file.seek(200_000)
        file.write(b"\xff" * (damaged.stat().st_size - 400_000))
    monkeypatch.setenv("STRIKEMAP_CACHE_DIR", str(tmp_path))
    shown = html_of(run(closed_app))
    assert "The reports cannot be read" in shown
    assert "strikemap gazetteer build" in shown


def test_tiles_come_only_from_the_server_that_the_user_names(closed_app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIKEMAP_TILES_URL", raising=False)
    assert components_of(run(closed_app))["view"]["tiles_url"] is None
    monkeypatch.setenv("STRIKEMAP_TILES_URL", "http://127.0.0.1:9/{z}/{x}/{y}.png")
    monkeypatch.setenv("STRIKEMAP_TILES_ATTRIBUTION", "${alert(1)} <b>credit</b>")
    shown = components_of(run(closed_app))
    assert shown["view"]["tiles_url"] == "http://127.0.0.1:9/{z}/{x}/{y}.png"
    assert shown["view"]["tiles_attribution"] == "${alert(1)} <b>credit</b>"
    assert "127.0.0.1" not in shown["map"]["script"]
    assert "alert" not in shown["map"]["script"]


def test_a_cache_that_cannot_be_written_is_named_with_what_to_do(
    closed_app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("STRIKEMAP_CACHE_DIR", str(tmp_path / "file"))
    run(closed_app)
    assert str(tmp_path / "file") in html_of(closed_app)
    assert "STRIKEMAP_CACHE_DIR" in html_of(closed_app)


@pytest.mark.parametrize(
    "field", ["quote", "title", "claimant", "attacker", "attacker_text", "target", "place_text", "place_name", "place_why", "url", "source"]
)
def test_no_field_of_a_claim_can_bring_in_a_tag(field: str) -> None:
    card = _card(replace(POINT, **{field: f"https://{HOSTILE}"}), article=None)  # type: ignore[arg-type]
    assert "<script" not in card
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in card


def explained(text: str, *reasons: Reason) -> str:
    return _card(replace(POINT, quote=text, quote_start=10, quote_end=10 + len(text), reasons=reasons), article=None)


def test_the_words_that_gave_a_field_are_marked_in_the_quote_and_told_with_their_rule() -> None:
    card = explained(
        "Rockets hit Martakert, they said.",
        Reason(Field.WEAPON, 10, 17, "Rockets", Rule.WEAPON),
        Reason(Field.PLACE, 22, 31, "Martakert", Rule.OBJECT),
        Reason(Field.DATE, 2, 8, "Friday", Rule.DAY_COUNTED),
    )
    assert "<mark>Rockets</mark> hit <mark>Martakert</mark>, they said." in card
    for words in ("“Friday”", Rule.WEAPON, Rule.OBJECT, Rule.DAY_COUNTED, "2020-10-23 to 2020-10-24"):
        assert words in card, words


def test_words_that_gave_two_fields_are_marked_once() -> None:
    reasons = (Reason(Field.PLACE, 10, 28, "the town of Martuni", Rule.OBJECT), Reason(Field.TARGET, 14, 18, "town", Rule.HIT_AT_PLACE))
    assert "<blockquote><mark>the town of Martun</mark>i</blockquote>" in explained("the town of Martuni", *reasons)


def test_hostile_words_stay_words_where_they_are_marked_and_explained() -> None:
    card = explained(f"{HOSTILE} hit", Reason(Field.WEAPON, 10, 10 + len(HOSTILE), HOSTILE, HOSTILE))
    assert "<script" not in card
    assert "<mark>&lt;script&gt;alert(1)&lt;/script&gt;" in card
    assert card.count("&lt;script&gt;") >= 3


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    assert link("javascript:alert(1)", "x") == "x"
    assert link('https://news.example/"onclick="alert(1)', "x").count('"') == 6


def test_text_is_escaped_and_markup_is_not() -> None:
    assert element("p", "a < b", element("b", "&")) == "<p>a &lt; b<b>&amp;</b></p>"
    assert join(["<", element("i")]) == "&lt;<i></i>"


def test_the_detail_says_what_a_claim_answers_and_what_answers_it() -> None:
    denial = replace(POINT, claim_id="denial", answers=POINT.claim_id, claimant=HOSTILE, quote=f"{HOSTILE} denied it.")
    asked = _card(POINT, article=None, every=(POINT, denial))
    answer = _card(denial, article=None, every=(POINT, denial))
    assert "denied it.”" in asked
    assert "<dt>Answered by</dt>" in asked
    assert "<dt>Answers</dt>" not in asked
    assert "<dt>Answers</dt>" in answer
    assert "<dt>Answered by</dt>" not in answer
    assert "<script" not in asked
    assert "<dt>Answer" not in _card(POINT, article=None, every=(POINT,))


def test_the_detail_says_who_says_it_and_whom_they_accuse() -> None:
    card = _card(POINT, article=None)
    for words in (
        "local authorities (party)",
        "accuses",
        "Azerbaijan (“Azerbaijani forces”)",
        "The only Martakert.",
        "within 3 km",
        "12",
        "2020-10-23 to 2020-10-24",
        "in the night",
        "Ağdərə",
    ):
        assert words in card, words


def test_what_is_not_told_is_said_to_be_not_told() -> None:
    card = _card(UNLOCATED, article=None)
    for words in ("the reporter, naming no source", "nobody is named", "the report tells no date", "not on the map", "not told"):
        assert words in card, words
    assert "somewhere in this area" in _card(AREA, article=None)
