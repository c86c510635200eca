"""Which claim a denial or a counter-accusation answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirror import exchanged
from one_report import claims_of

from geo.model import Claim, Stance
from geo.pipeline import Reader

REPORTS = Path(__file__).parent / "data" / "reports" / "mirror.jsonl"
PAIRS = [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]
SENTENCES = (
    "Azerbaijan shelled Martakert on Thursday, Armenia said.",
    "Azerbaijan denied it.",
    "Armenia and Azerbaijan accused each other of shelling.",
    "A missile hit Kharkiv on Thursday, killing four.",
    "Ukraine blamed Russia.",
    "Moscow denied any involvement.",
    "Russia said that Ukraine had fired it.",
    "The Houthis claimed responsibility for a drone attack on Jazan.",
    "Officials denied that anything was hit.",
)


def pairs(claims: tuple[Claim, ...]) -> list[tuple[str | None, str, str | None, str | None]]:
    """Return who answers whom: the speaker, what they do, the speaker answered and the place as written."""
    by_id = {claim.claim_id: claim for claim in claims}
    return [(c.claimant, c.stance.value, by_id[c.answers].claimant, c.place_text) for c in claims if c.answers is not None]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "Armenia said Azerbaijan had shelled Martakert on Thursday. Azerbaijan denied the accusation.",
            [("Azerbaijan", "denied", "Armenia", "Martakert")],
        ),
        (
            "A missile hit Kharkiv on Thursday, killing four. Ukraine blamed Russia. Moscow denied any involvement.",
            [("Moscow", "denied", "Ukraine", "Kharkiv")],
        ),
        (
            "Ukraine accused Russia of shelling Nikopol on Thursday. Russia said that Ukraine had shelled the town.",
            [("Russia", "asserted", "Ukraine", "the town")],
        ),
        (
            "India accused Pakistan of shelling Poonch on Thursday. Islamabad denied it.",
            [("Islamabad", "denied", "India", "Poonch")],
        ),
        (
            "A local official said the army's planes had bombed a market in Kabkabiya on Thursday, killing nine. The army denied it.",
            [("The army", "denied", "A local official", "Kabkabiya")],
        ),
        (
            "Thailand and Cambodia accused each other of firing rockets at civilians near Surin on Thursday.",
            [("Thailand", "accused", "Cambodia", "Surin"), ("Cambodia", "accused", "Thailand", "Surin")],
        ),
        (
            "The Houthis claimed a missile strike on Aden on Thursday. The port authority denied that anything was hit.",
            [("The port authority", "denied", "The Houthis", "Aden")],
        ),
        (
            "Iraq accused Turkey of shelling Amadiya on Thursday. Ankara denied it. Turkey said PKK militants had shelled Amadiya.",
            [("Ankara", "denied", "Iraq", "Amadiya"), ("Turkey", "asserted", "Iraq", "Amadiya")],
        ),
    ],
)
def test_an_answer_names_the_claim_that_it_answers(
    text: str, answers: list[tuple[str | None, str, str | None, str | None]], reader: Reader
) -> None:
    found = [tuple(part.split(" (")[0] if part else part for part in pair) for pair in pairs(claims_of(reader, text))]
    assert sorted(found, key=str) == sorted(answers, key=str)


@pytest.mark.parametrize(
    "text",
    [
        # Of another place, day, or side; or of nothing that the report tells.
        "Armenia said Azerbaijan had shelled Martakert on Thursday. Azerbaijan denied shelling Shusha.",
        "Armenia said Azerbaijan had shelled Martakert on Monday. Azerbaijan said Armenia had shelled Tartar on Monday.",
        "Ukraine accused Russia of shelling Nikopol on Monday. Russia accused Ukraine of shelling Nikopol on Thursday.",
        "Ukraine said Russia had shelled Nikopol on Thursday. Officials in Nikopol said Russia had shelled the town.",
        "Moscow denied that Russia had shelled Nikopol on Thursday.",
    ],
)
def test_what_answers_nothing_stays_unpaired(text: str, reader: Reader) -> None:
    claims = claims_of(reader, text)
    assert claims
    assert pairs(claims) == []


def test_a_denial_answers_the_nearest_of_two_accusers(reader: Reader) -> None:
    text = "A monitor said Russia had bombed Maarat al-Numan on Thursday. A hospital director also accused Russia. Moscow denied it."
    claims = claims_of(reader, text)
    denial = next(c for c in claims if c.stance is Stance.DENIED)
    assert [c.claimant for c in claims if c.claim_id == denial.answers] == ["A hospital director"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p["id"])
def test_answers_mirror_with_the_sides(pair: dict[str, object], reader: Reader) -> None:
    text, swap = str(pair["text"]), pair["swap"]
    assert isinstance(swap, list)
    told, mirrored = pairs(claims_of(reader, text)), pairs(claims_of(reader, exchanged(text, swap)))
    assert sorted((exchanged(a or "", swap), s, exchanged(b or "", swap)) for a, s, b, _ in told) == sorted(
        (a or "", s, b or "") for a, s, b, _ in mirrored
    )


@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_what_is_answered_is_another_claim_of_the_same_report(sentences: list[str], reader: Reader) -> None:
    claims = claims_of(reader, " ".join(sentences))
    ids = {claim.claim_id for claim in claims}
    assert all(claim.answers in ids - {claim.claim_id} for claim in claims if claim.answers is not None)
