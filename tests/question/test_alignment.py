"""What is read of a text says where it stood in the text as typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.alignment import AlignedText, readable

TYPED = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "aeoé\u0301\u0327\u0323\u00ad\u200b\ufeff\u1100\u1161\u11a8각\u09c7\u09be\u0b47\u0b3e -\n"
        ),
    ),
    max_size=40,
)


@given(TYPED)
def test_what_is_read_is_in_nfc_and_has_a_span_for_each_character(typed: str) -> None:
    read = readable(typed)
    assert unicodedata.is_normalized("NFC", read.text)
    assert len(read.starts) == len(read.ends) == len(read.text)
    spans = [read.original(place, place + 1) for place in range(len(read.text))]
    assert all(0 <= start < end <= len(typed) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(st.sampled_from("aeoé\u0301\u0327\u1100\u1161\u11a8각\u09c7\u09be x"), max_size=20))
def test_what_is_read_is_the_nfc_of_what_is_visible(typed: str) -> None:
    assert readable(typed).text == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    ("typed", "word", "original"),
    [
        ("le mars\u200b 2024", "mars", "mars"),
        ("l'e\u0301te\u0301 2024", "été", "e\u0301te\u0301"),
        ("le gouver-\nnement ici", "gouvernement", "gouver-\nnement"),
        ("\ufeffQui\u00ad ?", "Qui", "Qui"),
    ],
)
def test_a_word_is_found_where_it_was_typed(typed: str, word: str, original: str) -> None:
    read = readable(typed)
    place = read.text.index(word)
    start, end = read.original(place, place + len(word))
    assert typed[start:end] == original


def test_what_replaces_a_word_comes_from_the_whole_word() -> None:
    corrected = readable("la Cedeoa et le Mlai").replace([(3, 9, "Cédéao"), (16, 20, "Mali du Sud")])
    assert corrected.text == "la Cédéao et le Mali du Sud"
    assert corrected.original(5, 6) == (3, 9)
    assert corrected.original(10, 12) == (10, 12)
    assert corrected.original(0, len(corrected.text)) == (0, 20)
    assert AlignedText("", (), ()).replace([]).text == ""
