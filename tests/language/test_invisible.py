"""Characters that nobody sees hide no word, and take nothing else with them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.invisible import with_whole_words, without_invisible

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u2069\ufe0f\u034f\u061c\u180e\U000e0041"
FILLERS = "\u115f\u1160\u3164\uffa0"
TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(INVISIBLE + "aÉé -\r\nกข")), max_size=60
)


@pytest.mark.parametrize("character", INVISIBLE)
def test_an_invisible_character_is_taken_out_of_a_word(character: str) -> None:
    assert without_invisible(f"gouver{character}nement")[0] == "gouvernement"
    assert without_invisible(f"{character}3{character} mars{character}")[0] == "3 mars"


@given(TEXTS)
def test_offsets_say_where_each_character_stood(text: str) -> None:
    for function in (without_invisible, with_whole_words):
        clean, offsets = function(text)
        assert len(offsets) == len(clean) + 1
        assert offsets[-1] == len(text)
        assert offsets == sorted(set(offsets))
        assert clean == "".join(text[offset] for offset in offsets[:-1])


@given(TEXTS)
def test_only_what_is_not_seen_is_taken_out(text: str) -> None:
    _, offsets = without_invisible(text)
    gone = [text[place] for place in range(len(text)) if place not in set(offsets)]
    soft = "\u00ad" in gone
    assert all(
        unicodedata.category(c) in ("Cf", "Mn", "Cn")
        or c in "\u115f\u1160\u3164\uffa0"
        or (soft and c.isspace())
        for c in gone
    )


@given(
    st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\u115f\u1160\u3164\uffa0"))
)
def test_a_text_without_them_stays_as_it_is(text: str) -> None:
    assert without_invisible(text) == (text, list(range(len(text) + 1)))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("le gouver-\nnement", "le gouvernement"),
        ("le gouver-\r\n  nement", "le gouvernement"),
        ("le gouver\u2010\nnement", "le gouvernement"),
        ("le gouver\u00ad\nnement", "le gouvernement"),
        ("Paris-\nBerlin", "Paris-\nBerlin"),
        ("de 2019-\n2021", "de 2019-\n2021"),
        ("article 3-\nbis", "article 3-\nbis"),
        ("- un\n- deux -\ntrois", "- un\n- deux -\ntrois"),
        ("fin-\n\nnouveau paragraphe", "fin-\n\nnouveau paragraphe"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_whole_again(text: str, whole: str) -> None:
    assert with_whole_words(text)[0] == whole


def test_a_hyphen_at_the_end_of_a_line_is_visible() -> None:
    assert without_invisible("avril-\nmai")[0] == "avril-\nmai"


def test_a_zero_width_space_separates_words_where_no_space_does() -> None:
    assert without_invisible("กข\u200bคง")[0] == "กข\u200bคง"
    assert without_invisible("กข\u200b ab")[0] == "กข ab"
