"""Sentences and words: what a quote is cut into, and what makes two words the same."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.analysis import (
    MAX_SENTENCE,
    analyse,
    content_words,
    fold,
    holds_name,
    holds_number,
    sentences,
    stop_words,
    token_code,
    words,
)
from retrieval.language.identification import LANGUAGES

ANYTHING = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aé.?!… \u00a0\u202f\u2009\u2028\r\n\t\x0b\x0c\x00«»\"'’()-#M1אبا😀\ufeff"),
    ),
    max_size=300,
)
FRENCH = st.lists(
    st.sampled_from(
        [
            *(
                "l'énergie",
                "Cédéao",
                "aujourd'hui",
                "œuvre",
                "États-Unis",
                "Maïs",
                "qu'elle",
                "L'ÉTÉ",
                "naïf",
            ),
            *("d'Ivoire", "Noël", "garçon", "s'est", "jusqu'à", "cœur", "presqu'île", "C'était", "À"),
        ]
    ),
    max_size=12,
).map(" ".join)


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(ANYTHING)
def test_sentences_part_any_text_and_lose_none_of_it(text: str) -> None:
    spans = sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert end - start <= MAX_SENTENCE
        position = end
    assert not text[position:].strip()


@given(st.text(st.sampled_from("a . \u00a0\n"), min_size=900, max_size=2_500))
def test_a_wall_of_text_is_cut_at_spaces_and_loses_nothing(text: str) -> None:
    assert "".join("".join(said(text)).split()) == "".join(text.split())
    assert all(piece and len(piece) <= MAX_SENTENCE for piece in said(text))


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(["anticonstitutionnellement"] * 100)
    assert len(said(text)) == 3
    assert {word for piece in said(text) for word in piece.split()} == {"anticonstitutionnellement"}


def test_a_word_longer_than_a_sentence_is_cut_all_the_same() -> None:
    text = "a" * (2 * MAX_SENTENCE + 1)
    assert [len(piece) for piece in said(text)] == [MAX_SENTENCE, MAX_SENTENCE, 1]


@pytest.mark.parametrize(
    "parts",
    [
        ["Une décision officialisée le 29 janvier.", "Le retrait a été perçu comme une réponse."],
        ["M. Dupont a rencontré Mme. Diallo.", "Ils sont d’accord."],
        ["Selon J. Martin, c’est fini.", "D’autres en doutent."],
        ["« Est-ce vrai\u00a0?", "Oui, dit-il."],
        ["Il pleut !", "Il neige…"],
        ["Le taux est de 3.5 % cette année.", "Il baisse."],
        ["Né le 3 janv. 1950, il est mort hier.", "On le pleure."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert said(" ".join(parts)) == parts


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2028", "\u3000", "\x85"])
def test_a_wide_space_before_a_full_stop_does_not_stop_the_reading(space: str) -> None:
    """sentencex 1.0.32 panics on these as they are, with an error that is no Exception."""
    for text in (
        f"M\n{space}.",
        f"Le prix de «{space}A.{space}B.{space}» monte. Il baisse.",
        f"{space}A{space}.",
    ):
        assert "".join("".join(said(text)).split()) == "".join(text.split())


def test_no_words_no_sentences() -> None:
    assert sentences("") == sentences(" \n\t\u00a0") == []


@given(FRENCH)
def test_words_are_the_same_however_they_are_typed(text: str) -> None:
    wanted = analyse(text)
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert analyse(bare.replace("œ", "oe")) == wanted
    assert analyse(unicodedata.normalize("NFD", text)) == wanted
    assert analyse(text.upper()) == wanted
    assert analyse(text.replace("'", "’")) == wanted
    assert analyse(text.replace("d'h", "d’h").replace("'", "ʼ")) == wanted


@given(ANYTHING)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_tokens_hold_no_space(text: str) -> None:
    """They are handed to the lexical side joined by spaces."""
    assert all(token and not re.search(r"\s", token) for token in analyse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'énergie et l’eau", ["énergie", "et", "eau"]),
        ("jusqu'à l'U.R.S.S.", ["à", "URSS"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("États-Unis", ["États", "Unis"]),
        ("snake_case 3,5 %", ["snake", "case", "3", "5"]),
        ("Москва 北京 القاهرة", ["Москва", "北京", "القاهرة"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [("Cédéao", "CEDEAO"), ("ministres", "ministre"), ("œuvres", "oeuvre"), ("U.R.S.S.", "URSS")],
)
def test_forms_of_one_word_fall_together(left: str, right: str) -> None:
    assert analyse(left) == analyse(right)


@pytest.mark.parametrize(("left", "right"), [("Niger", "Nigeria"), ("mine", "ministre")])
def test_different_words_stay_apart(left: str, right: str) -> None:
    assert analyse(left) != analyse(right)


@pytest.mark.parametrize(
    ("question", "language", "content"),
    [
        ("Qui est le président du Mali ?", "fr", ["président", "Mali"]),
        ("Who is the president of Mali?", "en", ["president", "Mali"]),
        ("QUI A ETE ELUE", "fr", ["ELUE"]),
        ("qui est-ce ?", "fr", ["qui", "est", "ce"]),  # nothing but stop words: they are all it says
        ("le la les", "xx", ["le", "la", "les"]),  # a language without stop words
    ],
)
def test_a_question_is_its_content(question: str, language: str, content: list[str]) -> None:
    assert content_words(question, language) == content


@pytest.mark.parametrize(
    "invisible", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202d", "\ufe0f"]
)
def test_no_invisible_character_hides_a_word(invisible: str) -> None:
    broken = (
        f"l'{invisible}éner{invisible}gie du gouver{invisible}nement, l{invisible}’eau, l’U.{invisible}R.S.S."
    )
    assert analyse(broken) == analyse("l'énergie du gouvernement, l’eau, l’U.R.S.S.")
    assert content_words(f"q{invisible}ui a été él{invisible}ue", "fr") == ["élue"]


@given(FRENCH, st.sampled_from("\u00ad\u200b\u2060\ufe0f"))
def test_words_are_the_same_with_invisible_characters_anywhere(text: str, invisible: str) -> None:
    assert analyse(invisible.join(text)) == analyse(text)


def test_a_word_cut_at_the_end_of_a_line_is_one_word() -> None:
    assert list(words("Le gouver-\nnement de Paris-\nBerlin")) == [
        "Le",
        "gouvernement",
        "de",
        "Paris",
        "Berlin",
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ils sont 1200.", "fr", True),
        ("Ils sont quatre-vingts.", "fr", True),
        ("Une douzaine de Fran\u00adçais, la moi\u00adtié du groupe", "fr", True),
        ("She owns half of it.", "fr", True),  # French articles quote English
        ("Cuesta dos mil euros.", "es", True),
        ("Il tourne le dos.", "fr", False),
        ("On est là.", "fr", False),  # ten, in Turkish
        ("On kişi geldi.", "tr", True),
        ("세 명이 왔다.", "ko", True),
        ("三人が来た。", "ja", True),
        ("Une école", "fr", False),
        ("Six personnes", "xx", True),  # a language without word lists
        ("", "fr", False),
    ],
)
def test_a_number_is_seen_in_digits_and_in_words(text: str, language: str, expected: bool) -> None:
    assert holds_number(text, language) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Elle vit à Niamey.", True),
        ("Elle vit à \u200bNiamey.", True),
        ("Niamey s'étend.", False),
        ("La ville d’Agadez", True),
        ("La ville", False),
        ("", False),
    ],
)
def test_a_capital_inside_a_sentence_is_a_name(sentence: str, expected: bool) -> None:
    text = f"Le Mali. {sentence} Paris"
    assert holds_name(text, 9, 9 + len(sentence)) is expected


def test_a_token_has_the_same_code_in_every_process() -> None:
    assert token_code("cedeao") == 901_999_578
    assert 0 <= token_code("=:ae") < 2**32


def test_every_language_has_stop_words() -> None:
    assert all(stop_words(language) for language in LANGUAGES)
    assert all(fold(word) == word for language in LANGUAGES for word in stop_words(language))
