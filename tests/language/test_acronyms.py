"""Acronyms are found where they are spelled out, and matched with what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.acronyms import MEANING, definitions, find_phrases, phrase_of
from retrieval.language.analysis import analyse


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("membres de l'Alliance des États du Sahel (AES), sont", "AES", "Alliance des États du Sahel"),
        (
            "la Communauté économique des États de l'Afrique de l'Ouest (Cédéao).",
            "Cédéao",
            "Communauté économique des États de l'Afrique de l'Ouest",
        ),
        ("selon l'Organisation des Nations unies (O.N.U.)", "O.N.U", "Organisation des Nations unies"),
    ],
)
def test_an_acronym_is_found_with_what_it_stands_for(text: str, short: str, long: str):
    (found,) = definitions(text)
    assert (found.short, found.long) == (short, long)


@pytest.mark.parametrize(
    "text",
    [
        "Le maire (photo) a parlé.",
        "Il a gagné (3-2) hier.",
        "Jean Dupont (PS) a voté contre.",  # a party is no abbreviation of a name
        "(AES) au début",
        "l'année (2024)",
        "",
    ],
)
def test_other_parentheses_define_nothing(text: str):
    assert list(definitions(text)) == []


@given(st.text(alphabet="ab AÉé.()'’-\n\u00ad", max_size=60))
def test_a_definition_is_a_slice_of_its_text(text: str):
    for found in definitions(text):
        assert text[found.start : found.end].endswith(")")
        assert text[found.start :].startswith(found.long)


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u2060", "\ufe0f"])
def test_an_invisible_character_hides_no_definition(invisible: str):
    text = f"L'Alliance des É{invisible}tats du Sahel (A{invisible}ES) est née."
    (found,) = definitions(text)
    assert found.acronym == "AES"
    assert text[found.start : found.end] == f"Alliance des É{invisible}tats du Sahel (A{invisible}ES)"
    assert found.phrase == phrase_of("Alliance des États du Sahel")


def test_an_acronym_and_its_phrase_are_as_questions_have_them():
    (found,) = definitions("selon l'Organisation des Nations unies (O.N.U.)")
    assert found.acronym == "ONU"
    assert (
        found.phrase
        == phrase_of("organisation nations unies")
        == phrase_of("L'Organisation des Nations Unies")
    )


def test_phrases_are_found_longest_first_and_never_overlap():
    names = {("etat", "sahel"): "ES", ("allianc", "etat", "sahel"): "AES", ("sahel",): "S"}
    tokens = ["pay", "allianc", "etat", "sahel", "etat", "sahel", "sahel", "allianc", "etat"]
    assert find_phrases(tokens, names) == [(1, 4, "AES"), (4, 6, "ES"), (6, 7, "S")]
    assert find_phrases(tokens, {}) == find_phrases([], names) == []


@given(st.text(max_size=40))
def test_no_text_writes_the_mark_of_a_meaning(text: str):
    assert all(MEANING not in token for token in analyse(f"{text} {MEANING}aes {text}"))
