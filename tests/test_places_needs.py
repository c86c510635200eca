"""What the list of unresolved names says that each would need, and that a second question to a geocoder keeps the first one's answers."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from dump_rows import row, write
from geocoder_peer import a_place, serve_peers, unresolved
from streamlit.testing.v1 import AppTest

from gazetteer import Gazetteer
from gazetteer.dump_build import build_dumps
from geo.articles import read_bytes
from geo.model import Article
from geo.pipeline import Reader
from geo.places.geocoder import Bounds
from geo.places.geocoder_cache import GeocoderStore, RequestLog
from geo.places.needs import Remedies
from geo.views.unresolved import _frame, list_unresolved

NOTHING_BUILT = Remedies(dumps=frozenset())
NAME = unresolved("Qwxyzhan")


def test_a_name_that_no_layer_knows_needs_the_dump_of_the_report_s_country() -> None:
    told = NOTHING_BUILT.tell(NAME, bounds=Bounds(countries=("UA",)))
    assert "strikemap gazetteer build UA)" in told
    assert "strikemap gazetteer add" in told
    assert "region" not in told, "more words do not help a name that no layer knows"
    assert "strikemap gazetteer build RU UA)" in NOTHING_BUILT.tell(NAME, bounds=Bounds(spoken=("RU", "UA")))
    assert "build CODE" in NOTHING_BUILT.tell(NAME, bounds=Bounds(spoken=("RO", "RU", "TR", "UA")))


@pytest.mark.parametrize("built", ["UA", "allCountries"])
def test_a_dump_that_is_built_is_not_asked_for_again(built: str) -> None:
    told = Remedies(dumps=frozenset({built})).tell(NAME, bounds=Bounds(countries=("UA",)))
    assert "build" not in told
    assert "strikemap gazetteer add" in told


def test_a_name_of_several_places_needs_a_word_more() -> None:
    assert NOTHING_BUILT.tell(replace(NAME, candidates=2), bounds=Bounds(countries=("UA",))).startswith("a word beside the name")


def test_a_report_without_a_country_needs_one_and_a_placed_name_needs_nothing() -> None:
    assert NOTHING_BUILT.tell(NAME, bounds=Bounds()).startswith("a country")
    assert NOTHING_BUILT.tell(replace(NAME, place=a_place("Baku")), bounds=Bounds()) == ""


def test_the_dumps_that_are_built_are_read_from_the_gazetteer(gazetteer: Gazetteer, tmp_path: Path) -> None:
    assert Remedies.of(gazetteer) == NOTHING_BUILT
    cache = tmp_path / "cache"
    cache.mkdir()
    os.link(gazetteer.path, cache / gazetteer.path.name)
    for code in ("AZ", "GE"):
        build_dumps([write(tmp_path / f"{code}.txt", row(900_000_001 + ord(code[0]), "Qwert", country=code))], cache_dir=cache)
    assert Remedies.of(Gazetteer.open(cache_dir=cache)).dumps == {"AZ", "GE"}


@pytest.mark.parametrize(
    ("text", "countries", "spoken"),
    [
        ("WASHINGTON, October 1, 2022 - Ukrainian officials said that shells hit the village of Qwxyzhan.", (), ("UA",)),
        ("Speaking in London, the Ukrainian minister said that shells hit the village of Qwxyzhan.", (), ("UA",)),
        ("GENEVA, May 3, 2023 - The UN said that an air strike hit the village of Qwxyzhan in Sudan.", ("SD",), ()),
        ("Ukrainian officials said that shells hit the village of Qwxyzhan. Kharkiv and Kyiv were without trains.", ("UA",), ()),
        ("Ukrainian officials said that Russian missiles from Saratov hit the village of Qwxyzhan.", ("RU", "UA"), ()),
        ("Shells hit the village of Qwxyzhan. Kharkiv was without trains.", ("UA",), ()),
        ("Shells hit the village of Qwxyzhan.", (), ()),
    ],
)
def test_the_place_that_a_report_was_written_in_bounds_no_search(
    reader: Reader, text: str, countries: tuple[str, ...], spoken: tuple[str, ...]
) -> None:
    (article,) = read_bytes("report.txt", text.encode(), settings=reader.settings, on_error=lambda error: pytest.fail(str(error)))
    (report,) = list_unresolved([reader.extract(article)])
    assert [mention.resolution.toponym.text for mention in report.mentions] == ["Qwxyzhan"]
    assert (report.bounds.countries, report.bounds.spoken, report.bounds.viewbox) == (countries, spoken, None)


def test_each_name_is_listed_once_and_those_struck_first(reader: Reader) -> None:
    text = (
        "Ukrainian officials met in the village of Qwxyzhan in May. They spoke of the village of Qwxyzhan in June. "
        "On Sunday Russian shells hit the village of Qwxyzdorf."
    )
    frame = _frame(list_unresolved([reader.extract(Article(article_id="a", text=text))]), NOTHING_BUILT)
    assert list(frame["Name"]) == ["Qwxyzdorf", "Qwxyzhan"]
    assert list(frame["Times"]) == [1, 2]
    assert all("gazetteer build" in need for need in frame["What it would need"])


def test_one_list_is_asked_once_and_a_second_question_keeps_the_first_answers(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("geo.places.geocoder.GeocoderStore", lambda _: GeocoderStore(tmp_path))
    monkeypatch.setattr("geo.places.geocoder.RequestLog", lambda _: RequestLog(tmp_path))
    monkeypatch.setenv("STRIKEMAP_CACHE_DIR", str(reader.settings.cache_dir))
    report = "BAKU, October 17, 2020 - Officials said that rockets hit the village of {}. Shells hit the village of Html, near Barda."
    with serve_peers() as start:
        peer = start()
        monkeypatch.setenv("STRIKEMAP_GEOCODER_URL", peer.url)
        app = AppTest.from_file(str(Path(__file__).parents[1] / "streamlit_app.py"), default_timeout=180)
        app.run()
        app.toggle(key="demo").set_value(False)
        for village in ("Qwxyzhan", "Qwxyzdorf"):
            app.text_area(key="pasted").set_value(report.format(village))
            next(button for button in app.button if button.label == "Read this report").click()
            app.run()
        for asked in ("Qwxyzhan", "Qwxyzdorf"):
            assert any(asked in name for frame in app.dataframe for name in frame.value.get("Name", ())), asked
        app.button(key="geocoder_preview_button").click()
        app.run()
        assert peer.requests == []
        for _ in range(2):
            app.button(key="geocoder_ask_button").click()
            app.run()
            assert not app.exception
            left = [set(frame.value["Name"]) for frame in app.dataframe if "What it would need" in frame.value]
            assert left == [{"Html"}]
        assert peer.asked == ["Qwxyzhan", "Html", "Qwxyzdorf", "Html"]
