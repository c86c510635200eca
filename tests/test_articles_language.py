"""A text in another language is told by its name, and what is only quoted in an English report is not taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.articles import read_bytes
from geo.articles.language import find_language, foreign_parts, is_english, language_of
from geo.errors import InputError
from geo.model import Article
from geo.pipeline import Reader
from geo.settings import Settings

# Each tells of two killed in a town by shells in the night.
TEXTS = {
    "Russian": "По данным министерства обороны, ночью украинские силы обстреляли город Горловка, в результате погибли два человека.",
    "Ukrainian": "За даними міністерства оборони, вночі російські війська обстріляли місто Нікополь, внаслідок чого загинули двоє людей.",
    "Arabic": "قالت وزارة الدفاع إن طائرات حربية قصفت مدينة إدلب مساء الجمعة ما أدى إلى مقتل خمسة أشخاص وإصابة عشرة آخرين في سوق شعبي",
    "Persian": "وزارت دفاع گفت که شهر در شب هدف حمله توپخانه ای قرار گرفت و دو نفر کشته و پنج نفر در این حمله زخمی شده است",
    "Hebrew": "משרד הביטחון מסר כי רקטות פגעו בעיר במהלך הלילה ושני בני אדם נהרגו וחמישה נוספים נפצעו",
    "Armenian": "Պաշտպանության նախարարությունը հայտնել է, որ ադրբեջանական ուժերը գիշերը հրետակոծել են Մարտակերտը, զոհվել է երկու մարդ",
    "Azerbaijani": "Müdafiə Nazirliyi bildirib ki, Ermənistan silahlı qüvvələri gecə Tərtər şəhərini atəşə tutub, iki nəfər həlak olub.",
    "Turkish": (
        "Savunma Bakanlığına göre gece saatlerinde Kramatorsk kenti topçu ateşiyle vuruldu, saldırıda iki kişi öldü ve beş kişi yaralandı."
    ),
    "German": (
        "Nach Angaben des Ministeriums wurde Kramatorsk in der Nacht von der "
        "Artillerie beschossen, dabei sind zwei Menschen getötet worden."
    ),
    "French": (
        "Selon le ministère de la défense, des roquettes ont frappé Kramatorsk "
        "dans la nuit de vendredi, tuant deux personnes dans un marché."
    ),
    "Spanish": (
        "Según el Ministerio de Defensa, Kramatorsk fue bombardeada por la artillería en la noche del viernes y murieron dos personas."
    ),
    "Chinese": "国防部表示夜间有火箭弹击中城市造成两人死亡五人受伤多栋房屋受损救援人员整夜工作直到早晨才把火扑灭许多居民已经离开",
}
ENGLISH_REPORT = "Rockets hit Kramatorsk on 4 May 2023, killing two people, the governor of the region said in a statement."


def read(text: str, **fields: str) -> tuple[list[Article], list[str]]:
    problems: list[InputError] = []
    line = json.dumps({"text": text, **fields}).encode()
    articles = list(read_bytes("reports.jsonl", line, settings=Settings(cache_dir=Path()), on_error=problems.append))
    return articles, [str(problem) for problem in problems]


@pytest.mark.parametrize("name", TEXTS)
def test_another_language_is_said_and_gives_no_claims(name: str, reader: Reader) -> None:
    (article,), problems = read(TEXTS[name])
    assert problems == [f"reports.jsonl: line 1: read as no English: {name}; no claims were read"]
    assert reader.extract(article).claims == ()


def test_a_quotation_in_another_language_leaves_a_report_english(reader: Reader) -> None:
    text = (
        f"{ENGLISH_REPORT} «Мы видели, как ракета упала на рынок, и люди бежали», he said. "
        "“Les roquettes ont frappé la ville”, a witness said."
    )
    (article,), problems = read(text)
    assert problems == []
    assert len(reader.extract(article).claims) == 1


def test_paragraphs_in_another_language_are_told_and_left_out(reader: Reader) -> None:
    (article,), problems = read(f"{ENGLISH_REPORT}\n\n{TEXTS['Russian']}\n\n{TEXTS['German']}")
    assert problems == ["reports.jsonl: line 1: 2 paragraphs are no English (German, Russian) and not read for claims"]
    (claim,) = reader.extract(article).claims
    assert claim.quote == ENGLISH_REPORT


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        (ENGLISH_REPORT, "ru", "en"),
        (TEXTS["Russian"], "en", "ru"),
        ("Kramatorsk: shells.", "uk", "uk"),
        ("Kramatorsk: shells.", None, None),
    ],
)
def test_the_text_wins_over_what_the_file_says_where_it_is_clear(text: str, told: str | None, language: str | None) -> None:
    assert language_of(text, told=told) == language


def test_a_variety_of_english_is_kept_as_told() -> None:
    (article,), problems = read(ENGLISH_REPORT, language="en-GB")
    assert (article.language, problems) == ("en-GB", [])


def test_every_made_up_report_is_english_in_small_letters_and_in_capitals() -> None:
    data = Path(__file__).parent / "data"
    texts = [json.loads(line)["text"] for path in data.glob("*/*/articles.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(texts) > 60
    assert {find_language(version) for text in texts for version in (text, text.upper())} == {"en"}


@given(st.text(max_size=400))
def test_the_parts_left_out_of_any_text_are_whole_lines(text: str) -> None:
    for part in foreign_parts(text):
        assert "\n" not in text[part.start : part.end]
        assert not is_english(find_language(text[part.start : part.end]))
