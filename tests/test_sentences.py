"""Where sentences end in text that went through many hands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell. Nobody was hurt.", ["Shells fell.", "Nobody was hurt."]),
        ("Shells fell. al-Shabaab fired them.", ["Shells fell.", "al-Shabaab fired them."]),
        ("The U.S. Army said so. It left.", ["The U.S. Army said so.", "It left."]),
        ("On Jan. 8 a drone hit the depot.", ["On Jan. 8 a drone hit the depot."]),
        ("Gen. J. Smith spoke. He left.", ["Gen. J. Smith spoke.", "He left."]),
        ('"It was hit." The mayor left.', ['"It was hit."', "The mayor left."]),
        ("It fell 3.5 km away. All slept.", ["It fell 3.5 km away.", "All slept."]),
        ("Rockets hit A\nRockets hit B", ["Rockets hit A", "Rockets hit B"]),
        ("First part\n\nSecond part", ["First part", "Second part"]),
        ("Who did it? Nobody said.", ["Who did it?", "Nobody said."]),
        ("", []),
        (" .  \n ... ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_mail_wrapped_at_one_width_is_not_cut_at_its_lines() -> None:
    wrapped = (
        "The authorities of the region said on Monday that rockets had struck\n"
        "the town of Martakert and a number of villages nearby, and that the\n"
        "shelling of the past two days had driven most families out of their\n"
        "homes. Nobody was killed."
    )
    assert len(sentences(wrapped)) == 2


@given(st.text(max_size=400))
def test_nothing_but_white_space_and_marks_lies_between_sentences(text: str) -> None:
    spans = split_sentences(text)
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert not any(c.isalnum() for c in text[last : span.start])
        last = span.end
    assert not any(c.isalnum() for c in text[last:])
