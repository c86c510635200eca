"""A sentence's words tell which wordings it may hold: none that it does hold is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.claims.casualty_words import CASUALTY_WORDINGS
from geo.claims.dates import DATE_WORDINGS
from geo.claims.lexicons import look_alikes, modalities, wordings
from geo.claims.signs import signs_of
from geo.claims.wording import Wording
from geo.claims.words import split_words
from geo.sentences import split_sentences

WORDINGS = [*look_alikes(), *modalities().values(), *wordings().values(), *DATE_WORDINGS, *CASUALTY_WORDINGS]
TEXTS = [*Path(__file__).parent.glob("data/reports/*/articles.jsonl"), *Path(__file__).parent.glob("data/toponyms/*.jsonl")]
PLAIN = st.characters(min_codepoint=32, max_codepoint=126)


@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("wording", [w for w in WORDINGS if w.stems], ids=lambda w: w.pattern.pattern[:40])
def test_what_a_wording_matches_holds_one_of_its_stems(wording: Wording, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(wording.pattern, alphabet=PLAIN))
    matches = list(wording.pattern.finditer(text))
    assert not matches or wording in signs_of(split_words(text)), (text, matches)


def test_no_wording_of_a_report_is_missed() -> None:
    found = 0
    for path in TEXTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            for span in split_sentences(text):
                sentence, signs = text[span.start : span.end], signs_of(split_words(text, span.start, span.end))
                held = [w for w in WORDINGS if w.pattern.search(sentence)]
                assert all(w in signs for w in held), sentence
                found += len(held)
    assert found > 1_000


def test_most_wordings_are_left_untried() -> None:
    words = split_words("Bread grew dear, and the mayor planned a market on 4 May.")
    assert len(signs_of(words)) < len(WORDINGS) / 4
