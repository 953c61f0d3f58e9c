"""Acronyms: mined where they are spelled out, and one word with what they stand for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import BY_WORDS, HashEncoder, archive_of
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.acronyms import MEANING, definitions, mine, replace_runs, run_of
from retrieval.ranking.model import rank
from retrieval.question.understanding import canonical, understand


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


@given(st.text(alphabet="ab AÉé.()'’-\n", max_size=60))
def test_a_definition_is_a_slice_of_its_text(text: str):
    for found in definitions(text):
        assert text[found.start : found.end].endswith(")")
        assert text[found.start :].startswith(found.long)


def test_a_name_is_replaced_whole_across_its_little_words():
    names = mine(["L'Alliance des États du Sahel (AES) est née."])
    assert names == {run_of("Alliance des États du Sahel"): "AES"}
    said = ["pay", "de", "allianc", "de", "etat", "du", "sahel", "etat"]
    assert replace_runs(said, names, frozenset({"de", "du"})) == [(2, 7, "AES")]
    assert replace_runs(["allianc", "etat"], names) == []


TEXTS = {
    "1.txt": "L'Alliance des États du Sahel (AES) réunit trois pays.\n\nUn sommet de l'AES suivra.",
    "2.txt": "Le tramway de Tours roule.\n\nL'Alliance des États du Sahel a signé un pacte.",
}


def first(question: str, tmp_path: Path) -> str:
    with archive_of(TEXTS, tmp_path) as archive:
        index = archive.index
        best = rank(understand(question, HashEncoder()), index, BY_WORDS).positions[0]
        return archive.passages()[best].text


def test_an_acronym_finds_the_text_that_spells_it_out(tmp_path: Path):
    assert first("Quel pacte l'AES a-t-elle signé ?", tmp_path).startswith("L'Alliance des États du Sahel a")


def test_a_name_spelled_out_finds_the_text_that_has_the_acronym(tmp_path: Path):
    assert first("sommet de l'alliance des etats du sahel", tmp_path).startswith("Un sommet")


def test_what_an_acronym_means_is_asked_where_it_is_spelled_out(tmp_path: Path):
    for question in ("Que signifie le sigle AES ?", "aes c'est quoi", "What does AES stand for?"):
        assert "(AES)" in first(question, tmp_path)


def test_a_question_speaks_the_archive_s_language():
    french = canonical(understand("When did Russia and Germany leave ECOWAS?", HashEncoder()), {})
    assert {"russ", "allemagn", "cedeao"} <= set(french.tokens)
    assert "ecow" not in french.tokens
    same = understand("Quand la Russie a-t-elle quitté la Cédéao ?", HashEncoder())
    assert canonical(same, {}) == same


def test_a_meaning_is_marked_by_a_token_that_no_word_has():
    question = replace(understand("Que veut dire AES ?", HashEncoder()), language="fr")
    asked = canonical(question, {("allianc", "sahel"): "AES"})
    assert asked.tokens[-1] == MEANING + "ae"
    assert len(asked.tokens) == len(asked.words)
    assert np.all([MEANING not in token for token in question.tokens])
