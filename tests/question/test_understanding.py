"""A question is understood once, and says where in what was typed."""

from __future__ import annotations

import datetime as dt
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from question.archive_statistics import ArchiveStatistics, RecordingEncoder

from retrieval.language.acronyms import MEANING, phrase_of
from retrieval.language.analysis import token
from retrieval.question.understanding import MAX_CHARACTERS, understand
from retrieval.types import Question

TODAY = dt.date(2025, 5, 14)
ARCHIVE = ArchiveStatistics(
    [
        "L'Alliance des États du Sahel (AES) réunit trois pays.",
        "Un sommet de l'AES suivra à Niamey, dit la Cédéao.",
        "Le festival de jazz de Ségou a réuni vingt mille personnes.",
    ],
    [dt.date(2023, 3, 10), dt.date(2024, 3, 12), dt.date(2025, 3, 11)],
)


def asked(text: str, today: dt.date | None = TODAY) -> Question:
    return understand(text, RecordingEncoder(), ARCHIVE, today)


def words_of(question: Question) -> list[str]:
    return [term.word for term in question.terms]


def test_a_question_is_its_words_language_kind_and_vector() -> None:
    encoder = RecordingEncoder()
    question = understand("Qui a réuni le festival de Ségou ?", encoder, ARCHIVE, TODAY)
    assert (question.language, question.kind, question.time) == ("fr", "who", None)
    assert words_of(question) == ["réuni", "festival", "Ségou"]
    assert [term.token for term in question.terms] == [token(word) for word in words_of(question)]
    assert encoder.questions == [question.searched] == ["Qui a réuni le festival de Ségou ?"]
    assert np.array_equal(question.vector, encoder.encode_queries([question.searched])[0])


def test_a_time_that_publication_settles_is_not_searched_for() -> None:
    question = asked("le festival de jazz de Ségou en mars 2024 ?")
    assert question.time is not None
    assert question.time.settled_by == "publication"
    assert question.time.days == (dt.date(2024, 3, 1).toordinal(), dt.date(2024, 3, 31).toordinal())
    assert words_of(question) == ["festival", "jazz", "Ségou"]
    assert "2024" not in question.searched


@pytest.mark.parametrize(
    "text", ["le festival en 1815", "Présidentielle 2024", "en mars 2024", "mars 2024 ?"]
)
def test_other_times_and_a_time_alone_are_searched_for(text: str) -> None:
    question = asked(text)
    assert question.time is not None
    assert question.searched == text


def test_no_time_is_read_without_a_day_to_read_it_on() -> None:
    question = asked("le festival de jazz en mars 2024", today=None)
    assert question.time is None
    assert question.searched == question.text


def test_what_is_new_is_a_time_too() -> None:
    question = asked("Quoi de neuf sur le jazz ?")
    assert question.time is not None
    assert question.time.recent
    assert (question.time.window, question.time.settled_by) == (None, "nothing")


def test_misspelt_words_are_put_right_before_anything_else() -> None:
    question = asked("le festivvale de Ségou en mrs 2024, la Cedeoa")
    assert [(c.typed, c.understood) for c in question.corrections] == [
        ("festivvale", "festival"),
        ("Cedeoa", "Cédéao"),
    ]
    assert question.searched.startswith("le festival de Ségou")
    assert "cedeao" in [term.token for term in question.terms]


def test_a_word_misspelt_twice_is_said_once_and_put_right_twice() -> None:
    question = asked("La Cedeoa, oui, la Cedeoa !")
    assert [(c.start, c.typed, c.understood) for c in question.corrections] == [(3, "Cedeoa", "Cédéao")]
    assert question.searched == "La Cédéao, oui, la Cédéao !"


def test_a_name_spelled_out_is_the_acronym_and_the_acronym_what_it_stands_for() -> None:
    phrase = phrase_of("Alliance des États du Sahel")
    for text in (
        "Quel pacte l'alliance des etats du sahel signe-t-elle ?",
        "Quel pacte l'AES signe-t-elle ?",
    ):
        (term,) = [term for term in asked(text).terms if term.phrases]
        assert (term.word, term.token, term.phrases) == ("AES", token("AES"), (phrase,))


@pytest.mark.parametrize(
    "text", ["Que signifie le sigle AES ?", "aes c'est quoi", "What does AES stand for?", "AES 是什么意思？"]
)
def test_a_question_on_what_an_acronym_means_asks_for_where_it_is_spelled_out(text: str) -> None:
    last = asked(text).terms[-1]
    assert (last.word, last.token) == ("", MEANING + token("AES"))


def test_other_questions_and_unknown_acronyms_ask_for_no_meaning() -> None:
    for text in ("Qui dirige l'AES ?", "Que signifie ONU ?"):
        assert all(term.word and MEANING not in term.token for term in asked(text).terms)


def test_names_of_other_languages_become_french() -> None:
    question = asked("When did Russia and Germany leave ECOWAS?")
    assert (question.language, question.kind) == ("en", "when")
    tokens = {term.token for term in question.terms}
    assert {"russ", "allemagn", "cedeao"} <= tokens
    assert "ecow" not in tokens


def test_only_the_beginning_of_a_long_question_is_read() -> None:
    text = "le festival " * 1_000
    question = asked(text)
    assert question.text == text
    assert question.searched == text[:MAX_CHARACTERS]


@pytest.mark.parametrize("text", ["", " ?!", "\u00ad\u200b", "🙂"])
def test_a_question_without_a_word_is_understood_to_be_one(text: str) -> None:
    assert asked(text).is_wordless


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufe0f"])
def test_an_invisible_character_changes_nothing_of_what_is_understood(invisible: str) -> None:
    text = "le festival de jazz de Ségou et la Cedeoa en mars 2024 ?"
    plain, broken = asked(text), asked(invisible.join(text))
    assert broken.searched == plain.searched
    assert broken.terms == plain.terms
    assert plain.time is not None
    assert broken.time is not None
    assert broken.time.days == plain.time.days


PIECES = st.sampled_from(
    [
        "Cedeoa",
        "festivvale",
        "en mars 2024",
        "l'été 2023",
        "depuis 2024",
        "Ségou",
        "AES",
        "quoi de neuf sur",
        "é",
    ]
)
NOISE = st.text(st.sampled_from(" \u00ad\u200b\ufeffe\u0301,?\n-aé"), max_size=3)


@given(st.lists(st.tuples(PIECES, NOISE), max_size=6), st.sampled_from(["NFC", "NFD"]), st.integers(0, 5))
def test_offsets_point_into_what_was_typed(pieces: list[tuple[str, str]], form: str, broken: int) -> None:
    text = unicodedata.normalize(form, " ".join(piece + noise for piece, noise in pieces))
    text = f"{text[:broken]}\u00ad{text[broken:]}"
    question = asked(text)
    assert question.text == text
    for correction in question.corrections:
        assert text[correction.start : correction.end] == correction.typed != ""
    window = question.time.window if question.time else None
    if window:
        assert text[window.start : window.end] == window.text != ""


@pytest.mark.parametrize(
    ("text", "typed", "time"),
    [
        ("le festivvale de Ségou en mars 2024", "festivvale", "en mars 2024"),
        ("en mars 2024, le festivvale", "festivvale", "en mars 2024"),
        ("la Ce\u00addeoa, l'e\u0301te\u0301, en m\u200bars 2024 ?", "Ce\u00addeoa", "en m\u200bars 2024"),
    ],
)
def test_a_correction_and_a_time_are_found_where_they_were_typed(text: str, typed: str, time: str) -> None:
    question = asked(text)
    assert [correction.typed for correction in question.corrections] == [typed]
    assert question.time is not None
    assert question.time.window is not None
    assert question.time.window.text == time
