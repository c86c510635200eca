"""Why a claim says what it says: every field names its words, and a rule that a reader understands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mirror import exchanged
from one_report import claims_of, only_claim

from geo.claims.lexicons import read_rows
from geo.claims.rules import BEFORE, ELSEWHERE, Rule
from geo.model import Article, Claim, Field, Reason
from geo.pipeline import Reader

REPORTS = Path(__file__).parent / "data" / "reports"
TUNING = [json.loads(line) for line in (REPORTS / "tuning" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
MIRRORS = [json.loads(line) for line in (REPORTS / "mirror.jsonl").read_text(encoding="utf-8").splitlines()]
ALWAYS = {Field.STANCE, Field.WEAPON, Field.PLACE}
_UNITS = "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: n for n, word in enumerate(_UNITS.split())} | {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
# What stands for a number by what the words say, or by the least that they can mean.
NUMBERS |= {"a": 1, "an": 1, "nobody": 0, "without": 0, "dozens": 24, "several": 3, "scores": 40}


def told(claim: Claim) -> dict[Field, bool]:
    """Tell of each field whether the claim fills it."""
    return {
        Field.CLAIMANT: claim.claimant is not None,
        Field.ATTACKER: claim.attacker is not None,
        Field.TARGET: claim.target is not None,
        Field.PLACE_NAME: claim.place_name is not None,
        Field.DATE: claim.date_start is not None,
        Field.KILLED: claim.killed_min is not None,
        Field.WOUNDED: claim.wounded_min is not None,
        Field.IS_BACKGROUND: claim.is_background,
    }


def as_written(claim: Claim) -> dict[Field, str | None]:
    return {
        Field.CLAIMANT: claim.claimant,
        Field.ATTACKER: claim.attacker_text,
        Field.TARGET: claim.target,
        Field.WEAPON: claim.weapon_text,
        Field.DATE: claim.date_text,
    }


def reason_of(claim: Claim, field: Field) -> Reason:
    (reason,) = [r for r in claim.reasons if r.field is field]
    return reason


def numbers_in(words: str) -> Iterator[int]:
    for word in re.findall(r"\d[\d,]*|[a-z]+(?:-[a-z]+)?", words.lower()):
        if word[0].isdigit():
            yield int(word.replace(",", ""))
        elif word.split("-")[0] in NUMBERS:
            yield sum(NUMBERS.get(part, 0) for part in word.split("-"))


def read(reader: Reader, report: dict[str, Any]) -> tuple[Claim, ...]:
    published = date.fromisoformat(report["date"]) if "date" in report else None
    return reader.extract(Article(article_id=report["id"], text=report["text"], title=report.get("title"), published=published)).claims


@pytest.mark.parametrize("report", TUNING, ids=lambda r: r["id"])
def test_every_field_that_is_told_has_its_words_and_its_rule(report: dict[str, Any], reader: Reader) -> None:
    for claim in read(reader, report):
        fields = [reason.field for reason in claim.reasons]
        assert len(fields) == len(set(fields))
        assert set(fields) >= ALWAYS | {field for field, is_told in told(claim).items() if is_told}
        for reason in claim.reasons:
            assert reason.rule
            assert (reason.start is None) == (reason.end is None) == (reason.text is None)
            if reason.start is not None:
                assert reason.text
                assert report["text"][reason.start : reason.end] == reason.text
        assert all(reason_of(claim, field).text == words for field, words in as_written(claim).items() if words is not None)
        place = reason_of(claim, Field.PLACE)
        assert claim.place_text is None or (place.start, place.end) == (claim.place_start, claim.place_end)
        assert place.start is not None or place.rule == Rule.FROM_TITLE or claim.place_name is None


@pytest.mark.parametrize("report", TUNING, ids=lambda r: r["id"])
def test_the_words_of_a_toll_hold_its_number(report: dict[str, Any], reader: Reader) -> None:
    for claim in read(reader, report):
        for field, number in ((Field.KILLED, claim.killed_min), (Field.WOUNDED, claim.wounded_min)):
            if number is not None:
                words = reason_of(claim, field).text
                assert words is not None
                found = list(numbers_in(words))
                # "an officer and his son" are told one by one
                one_by_one = {noun for row in read_rows("persons.tsv") for noun in row["one"].split("|")} & set(words.lower().split())
                assert number in found or number <= sum(found) + len(one_by_one), (number, words)


@pytest.mark.parametrize("pair", MIRRORS, ids=lambda p: p["id"])
def test_both_sides_words_are_explained_alike(pair: dict[str, Any], reader: Reader) -> None:
    def explained(text: str, swap: list[list[str]]) -> list[Any]:
        claims = reader.extract(Article(article_id="report", text=text)).claims
        return sorted(
            [(r.field, exchanged(r.text or "", swap), r.rule) for r in c.reasons if r.field is not Field.PLACE_NAME] for c in claims
        )

    assert explained(pair["text"], pair["swap"]) == explained(exchanged(pair["text"], pair["swap"]), [["\0", "\0"]])


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("The town of Barda was shelled by Armenian forces on Thursday.", "Armenian", Rule.BY),
        ("Armenian rockets hit the town of Barda on Thursday.", "Armenian", Rule.OWNER),
        ("Armenia shelled the town of Barda on Thursday.", "Armenia", Rule.SUBJECT),
        ("Azerbaijan accused Armenia of shelling the town of Barda on Thursday.", "Armenia", Rule.ACCUSED),
        ("Armenia denied shelling the town of Barda on Thursday.", "Armenia", Rule.DENIED),
    ],
)
def test_the_rule_tells_how_the_attacker_is_named(text: str, words: str, rule: Rule, reader: Reader) -> None:
    reason = reason_of(only_claim(reader, text), Field.ATTACKER)
    assert (reason.text, reason.rule) == (words, rule)


def test_words_of_a_later_sentence_are_pointed_at_there(reader: Reader) -> None:
    text = "Rockets hit the town of Barda on Thursday. The attack killed 21 people, officials said."
    claim = next(c for c in claims_of(reader, text) if c.killed_min == 21)
    killed = reason_of(claim, Field.KILLED)
    assert killed.text == "killed 21 people"
    assert killed.start == text.index("killed 21 people")


def test_a_toll_that_another_sentence_adds_says_so(reader: Reader) -> None:
    text = "Officials said that rockets hit the town of Barda on Thursday. They said that the attack wounded 30 people."
    claim = only_claim(reader, text)
    assert claim.quote == text.split(". ")[0] + "."
    assert reason_of(claim, Field.WOUNDED) == (
        Field.WOUNDED, text.index("wounded"), text.index(" people") + len(" people"), "wounded 30 people", f"{Rule.COUNTED}; {ELSEWHERE}",
    )  # fmt: skip


def test_a_place_and_a_day_that_are_carried_on_point_at_where_they_were_told(reader: Reader) -> None:
    text = "Shells hit the town of Barda on Thursday, officials said. Rockets fell on the town as well, residents said."
    second = claims_of(reader, text)[-1]
    assert second.claimant == "residents"
    assert reason_of(second, Field.PLACE)[3:] == ("the town", Rule.MEANT)
    assert reason_of(second, Field.PLACE_NAME).start == text.index("Barda")
    assert reason_of(second, Field.DATE)[3:] == ("Thursday", f"{Rule.DAY_COUNTED}; {BEFORE}")


def test_a_pronoun_points_at_the_speaker_it_means(reader: Reader) -> None:
    text = "The mayor of Barda spoke on Thursday. The mayor said the town was calm. He said rockets hit the town of Terter."
    claimant = reason_of(only_claim(reader, text), Field.CLAIMANT)
    assert claimant.rule == Rule.PRONOUN
    assert claimant.start == text.index("The mayor said")


def test_what_no_words_tell_is_said_to_be_untold(reader: Reader) -> None:
    claim = only_claim(reader, "Armenian forces struck targets and killed four soldiers on Thursday.")
    place = reason_of(claim, Field.PLACE)
    assert (place.start, place.text, place.rule) == (None, None, claim.place_why)
    assert reason_of(claim, Field.STANCE)[1:] == (None, None, None, Rule.REPORTER_TELLS)


def test_what_is_told_as_background_names_the_words(reader: Reader) -> None:
    claims = claims_of(reader, "Shells hit the town of Barda on Thursday. An earlier strike hit the town of Terter.")
    background = next(c for c in claims if c.is_background)
    assert reason_of(background, Field.IS_BACKGROUND).text == "earlier strike"


def test_the_place_of_a_bulletins_line_is_said_to_head_it(reader: Reader) -> None:
    text = "8 May, Barda: shelling, two dead.\n9 May, Ganja: rockets, three wounded.\n9 May, Terter: a drone strike.\n"
    claims = claims_of(reader, text)
    assert {reason_of(c, Field.PLACE)[3:] for c in claims} == {(name, Rule.HEADS) for name in ("Barda", "Ganja", "Terter")}


def test_one_of_several_places_is_said_to_be_listed(reader: Reader) -> None:
    claims = claims_of(reader, "Armenian rockets hit the towns of Barda, Ganja and Terter on Thursday.")
    assert [reason_of(c, Field.PLACE).rule for c in claims] == [Rule.OBJECT, Rule.LISTED, Rule.LISTED]
