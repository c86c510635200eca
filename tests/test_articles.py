"""What comes in as a file comes out as articles, exactly; what cannot be read is named, and the rest is read."""

from __future__ import annotations

import io
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import read, read_bytes
from geo.errors import InputError
from geo.model import Article
from geo.settings import Settings

DATA = Path(__file__).parent / "data" / "articles"
SETTINGS = Settings(cache_dir=Path("unused"))
SMALL = Settings(cache_dir=Path("unused"), max_input_bytes=1000)


class Reading:
    """What one reading gave: the articles, and what was reported."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.errors: list[InputError] = []

    @property
    def texts(self) -> list[str]:
        return [article.text for article in self.articles]

    @property
    def told(self) -> list[str]:
        return [str(error) for error in self.errors]


def from_bytes(name: str, data: bytes, *, settings: Settings = SETTINGS) -> Reading:
    reading = Reading()
    reading.articles = list(read_bytes(name, data, settings=settings, on_error=reading.errors.append))
    return reading


def from_inputs(*inputs: str | Path, settings: Settings = SETTINGS) -> Reading:
    reading = Reading()
    reading.articles = list(read(map(str, inputs), settings=settings, on_error=reading.errors.append))
    return reading


def test_jsonl_gives_every_field_and_the_text_exactly() -> None:
    reading = from_inputs(DATA / "reports.jsonl")
    first, second, third = reading.articles
    assert reading.errors == []
    assert first == Article(
        article_id="w-1",
        text="  Rockets hit Martakert.\r\nNobody was hurt.\n",
        title="Rockets hit Martakert",
        url="https://news.example/1",
        source="Example Wire",
        published=datetime(2020, 10, 25, 8, 30, tzinfo=UTC),
        language="en",
    )
    assert (second.article_id, second.published, second.title) == ("2", date(2020, 10, 26), None)
    assert (third.published, third.source, third.language, third.url) == (None, None, None, None)


def test_csv_is_read_by_its_header_whatever_the_delimiter_and_the_case() -> None:
    reading = from_inputs(DATA / "reports.csv")
    first, second = reading.articles
    assert reading.errors == []
    assert first.text == "Shells fell on Terter; two houses burnt.\r\nThe mayor said so."
    assert (first.article_id, first.title, first.published) == ("c-1", "Shells; again", date(2020, 10, 26))
    assert (second.text, second.title, second.source) == ('A "loud" night', None, None)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_table_without_a_suffix_is_known_by_its_header(delimiter: str) -> None:
    reading = from_bytes("pasted", delimiter.join(["id", "text"]).encode() + b"\n" + delimiter.join(["7", "Shells fell."]).encode())
    assert [(article.article_id, article.text) for article in reading.articles] == [("7", "Shells fell.")]


def test_plain_text_keeps_its_blanks_and_gets_unix_line_ends() -> None:
    reading = from_bytes("a.txt", b"\xef\xbb\xbf  One.\r\n\r\nTwo.\r ")
    assert reading.texts == ["  One.\n\nTwo.\n "]
    assert reading.errors == []


def test_a_dateline_in_a_text_file_is_read() -> None:
    (article,) = from_inputs(DATA / "wire.txt").articles
    assert article.dateline is not None
    assert (article.dateline.day, article.dateline.place_text) == (date(2020, 10, 25), "STEPANAKERT")
    assert article.published is None
    assert article.day == date(2020, 10, 25)


def test_the_same_text_has_the_same_id_in_every_file_and_format() -> None:
    text = "Shells fell on Terter."
    ids = {
        article.article_id
        for name, data in (
            ("a.txt", text.encode()),
            ("b.txt", text.encode("utf-16")),
            ("c.jsonl", json.dumps({"text": text}).encode()),
            ("d.csv", f"title,text\nT,{text}\n".encode()),
        )
        for article in from_bytes(name, data).articles
    }
    other = from_bytes("a.txt", b"Shells fell on Ganja.").articles[0].article_id
    assert len(ids) == 1
    assert other not in ids


@pytest.mark.parametrize(
    "data",
    [
        b'[{"text": "One."}, {"text": "Two."}]',
        b'[\n{"text": "One."},\n{"text": "Two."}\n]\n',
        b'\n{"text": "One."}\n\n{"text": "Two."}',
        b'{"text": "One."}\r\n{"text": "Two."}\r\n',
    ],
)
def test_json_lists_and_json_lines_are_told_apart_by_content(data: bytes) -> None:
    reading = from_bytes("upload", data)
    assert reading.texts == ["One.", "Two."]
    assert reading.errors == []


def test_a_single_json_object_over_many_lines_is_one_article() -> None:
    assert from_bytes("a.json", json.dumps({"id": "x", "text": "One."}, indent=2).encode()).texts == ["One."]


def test_a_first_line_longer_than_any_buffer_does_not_hide_that_it_is_json_lines() -> None:
    data = json.dumps({"text": "a" * 300_000}).encode() + b'\n{"text": "b"}\n'
    assert [len(text) for text in from_bytes("a.jsonl", data).texts] == [300_000, 1]


def test_text_that_only_looks_like_json_or_a_table_is_text() -> None:
    for text in ("{KYIV} Shells fell.", "[Updated] Shells fell.", "Text, photos and a map.", "text\nShells fell."):
        assert from_bytes("pasted", text.encode()).texts == [text]


def test_broken_lines_are_named_one_by_one_and_the_others_read() -> None:
    lines = [
        '{"text": "One."}',
        '{"text": "cut',
        "",
        '["text"]',
        '{"title": "no text"}',
        '{"text": 5}',
        "{'text': 'x'}",
        '{"text": "Two."}',
    ]
    reading = from_bytes("in.jsonl", "\n".join(lines).encode())
    assert reading.texts == ["One.", "Two."]
    assert [error.lost for error in reading.errors] == [True] * 5
    assert [error.reason.split(":")[0].split(" is ")[0] for error in reading.errors] == ["line 2", "line 4", "line 5", "line 6", "line 7"]
    assert {error.name for error in reading.errors} == {"in.jsonl"}


def test_a_broken_first_line_does_not_stop_the_rest() -> None:
    reading = from_bytes("upload", b'{"text": "cut\n{"text": "Two."}\n')
    assert reading.texts == ["Two."]
    assert len(reading.errors) == 1


def test_broken_rows_are_named_by_their_line_and_the_others_read() -> None:
    data = 'id,text\n1,"One\ntwo."\n2,\n3,a,comma\n4,Last.\n5,"never closed\n6,Lost.\n'
    reading = from_bytes("in.csv", data.encode())
    assert reading.texts == ["One\ntwo.", "Last."]
    assert [error.reason.split(":")[0] for error in reading.errors] == ["line 4", "line 5", "line 7"]


def test_a_cell_may_be_as_large_as_a_book() -> None:
    assert len(from_bytes("a.csv", b'text,id\n"' + b"x" * 1_000_000 + b'",7\n').texts[0]) == 1_000_000


def test_ten_megabytes_are_read_and_what_is_above_the_limit_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"Shells fell. " * 800_000)
    assert len(from_inputs(large).texts[0]) == 13 * 800_000
    reading = from_inputs(large, DATA / "wire.txt", settings=SMALL)
    assert len(reading.articles) == 1
    assert "larger than" in str(reading.errors[0])
    assert from_bytes("up.txt", b"x" * 1001, settings=SMALL).errors[0].lost


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t", "has no text"),
        (b"%PDF-1.7\n", "is a PDF, not text"),
        (b"PK\x03\x04rest", "is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG image"),
        (b"\xff\xd8\xff\xe0JFIF", "is a JPEG image"),
        (b"\x1f\x8b\x08", "is a gzip archive"),
        (b"Shells\x00fell", "is binary"),
        (b"Shells fell. " * 400_000 + b"\x00", "is binary"),
        (bytes(range(1, 256)), "is binary"),
        (b"\xff\xfeS\x00h\x00\x00\xd8", "is not"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "is XML"),
    ],
)
def test_what_is_no_report_is_refused_in_one_clear_line(data: bytes, reason: str) -> None:
    reading = from_bytes("in.bin", data)
    assert reading.articles == []
    assert len(reading.errors) == 1
    assert reading.told[0].startswith("in.bin: ")
    assert reason in reading.told[0]
    assert "\n" not in reading.told[0]


@pytest.mark.parametrize("name", ["in.json", "in.jsonl", "in.csv", "in.html"])
def test_a_suffix_that_promises_more_than_the_content_holds_is_an_error(name: str) -> None:
    reading = from_bytes(name, b"<p></p>")
    assert reading.articles == []
    assert len(reading.errors) == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Ракеты попали в Мартакерт ночью, сообщили местные власти.", "cp1251"),
        ("Le café d’Agdam a été touché, dit-on.", "cp1252"),
    ],
)
def test_another_encoding_is_guessed_and_said_to_be_a_guess(text: str, encoding: str) -> None:
    reading = from_bytes("in.txt", text.encode(encoding))
    assert reading.texts == [text]
    assert not any(error.lost for error in reading.errors)
    assert encoding in reading.told[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_guess(encoding: str) -> None:
    reading = from_bytes("in.txt", "Ağdərə, Մարտակերտ".encode(encoding))
    assert reading.texts == ["Ağdərə, Մարտակերտ"]
    assert reading.errors == []


def test_an_encoding_that_the_page_declares_is_believed() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Ракеты</p></body></html>'
    reading = from_bytes("in.html", page.encode("cp1251"))
    assert reading.texts == ["Ракеты"]
    assert reading.errors == []


def test_a_broken_byte_spoils_only_itself() -> None:
    reading = from_bytes("in.txt", "Ağdərə, Xocavənd, Şuşa".encode() + b"\xff and on")
    assert reading.texts == ["Ağdərə, Xocavənd, Şuşa\ufffd and on"]
    assert [error.lost for error in reading.errors] == [False]


@pytest.mark.parametrize("written", ["yesterday", "2020-13-01", "24/10/2020", "1603500000"])
def test_a_publication_date_that_is_none_is_reported_once_and_the_article_read(written: str) -> None:
    reading = from_bytes("in.jsonl", json.dumps({"text": "Shells fell.", "published": written}).encode())
    assert [article.published for article in reading.articles] == [None]
    assert [error.lost for error in reading.errors] == [False]
    assert written in reading.told[0]


def test_a_missing_date_is_no_problem_and_stays_missing() -> None:
    reading = from_bytes("in.jsonl", b'{"text": "Shells fell.", "published": null, "date": ""}')
    assert [article.published for article in reading.articles] == [None]
    assert reading.errors == []


def test_folders_are_read_through_in_order_without_what_is_hidden_or_no_report(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/two.txt", "a.txt", "z", ".git/x.txt", ".hidden.txt", "photo.png", "out.csv.about.json"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    reading = from_inputs(tmp_path)
    assert reading.texts == ["a.txt", "z", "b/two.txt"]
    assert [(error.lost, ".png 1" in str(error)) for error in reading.errors] == [(False, True)]


def test_an_unreadable_file_does_not_stop_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01")
    (tmp_path / "b.txt").write_text("Shells fell.", encoding="utf-8")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    reading = from_inputs(tmp_path)
    assert reading.texts == ["Shells fell."]
    assert [Path(error.name).name for error in reading.errors] == ["a.txt", "c.txt"]


def test_globs_are_sorted_and_may_be_recursive(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name in ("2.txt", "1.txt", "x/3.txt", "4.csv"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert from_inputs(tmp_path / "*.txt").texts == ["1.txt", "2.txt"]
    assert from_inputs(tmp_path / "**" / "*.txt").texts == ["1.txt", "2.txt", "x/3.txt"]


def test_a_file_whose_name_is_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "[1].txt").write_text("bracketed", encoding="utf-8")
    (tmp_path / "1.txt").write_text("plain", encoding="utf-8")
    assert from_inputs(tmp_path / "[1].txt").texts == ["bracketed"]


def test_standard_input_is_read_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.write(writer, b'{"text": "One."}\n{"text": "Two."}\nbroken\n')
    os.close(writer)
    with io.TextIOWrapper(io.FileIO(reader)) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        reading = from_inputs("-")
    assert reading.texts == ["One.", "Two."]
    assert reading.told[0].startswith("standard input: line 3")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("https://news.example/a", "not fetched yet; save the page"),
        ("HTTP://news.example/a", "not fetched yet"),
        ("nowhere.txt", "no such file"),
        ("nowhere/*.txt", "matches no file"),
        ("a\0b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_inputs_that_lead_to_nothing_are_named(name: str, reason: str) -> None:
    reading = from_inputs(name, DATA / "wire.txt")
    assert len(reading.articles) == 1
    assert [reason in told for told in reading.told] == [True]


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    (article,) = from_bytes("in.jsonl", b'{"text": "a\\ud800b", "title": "\\udfff", "id": "\\ud801"}').articles
    assert (article.text, article.title, article.article_id) == ("a\ufffdb", "\ufffd", "\ufffd")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "${alert(1)}", "=HYPERLINK(1)", "\u2028\u0085 a", "nul \u0000 inside"])
def test_what_could_be_run_elsewhere_is_kept_as_the_text_it_is(text: str) -> None:
    assert from_bytes("in.jsonl", json.dumps({"text": text}).encode()).texts == [text]


def test_deep_nesting_is_one_line_not_a_crash() -> None:
    reading = from_bytes("in.jsonl", b'{"text": "One."}\n{"text": ' + b"[" * 100_000 + b'\n{"text": "Two."}')
    assert reading.texts == ["One.", "Two."]
    assert len(reading.errors) == 1


@given(st.lists(st.fixed_dictionaries({"id": st.text(), "text": st.text(), "title": st.none() | st.text()}), max_size=4))
def test_any_text_survives_json_lines(rows: list[dict[str, str | None]]) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    reading = from_bytes("in.jsonl", data)
    assert reading.texts == [row["text"] for row in rows if (row["text"] or "").strip()]
    assert len(reading.articles) + sum(error.lost for error in reading.errors) == max(len(rows), 1)


@given(st.binary(max_size=300), st.sampled_from(["in", "in.txt", "in.html", "in.json", "in.jsonl", "in.csv"]))
def test_any_bytes_give_articles_or_an_error_and_nothing_else(data: bytes, name: str) -> None:
    reading = from_bytes(name, data)
    assert reading.articles or any(error.lost for error in reading.errors)
    assert all(article.text.strip() and article.article_id for article in reading.articles)
