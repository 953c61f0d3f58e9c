"""Misspelt words are put right by the archive's own words, and only where nobody knows them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from question.archive_statistics import ArchiveStatistics
from rapidfuzz.distance import OSA

from retrieval.language.analysis import fold, token, words
from retrieval.language.identification import identify
from retrieval.language.word_vectors import word_vectors
from retrieval.question.spelling import LONGEST, SHORTEST, TWO_SLIPS, misspelt, nearest_spelling

TEXTS = (
    "La Cédéao a officialisé le retrait du Niger.",
    "À Niamey, la foule a salué la Bulgarie. Le Conseil attend.",
    "Un forage alimente Niamey en eau potable.",
    "Le barrage de Kandadji retiendra le fleuve, selon un rapport de cent pages.",
)
ARCHIVE = ArchiveStatistics(TEXTS)
WORDS = sorted({word for text in TEXTS for word in words(text) if word.isalpha()})
SLIPS = st.tuples(st.sampled_from(WORDS), st.integers(0, 9), st.text("aeéimnrst", max_size=2)).map(
    lambda slip: slip[0][: slip[1]] + slip[2] + slip[0][slip[1] + 1 :]
)
"""Words of the archive with a letter left out, changed, or made two."""


def corrections(question: str) -> list[tuple[str, str]]:
    found = misspelt(question, identify(question), ARCHIVE)
    return [(question[start:end], understood) for start, end, understood in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Qu’a dit la Cedeoa ?", [("Cedeoa", "Cédéao")]),  # two letters swapped
        ("que se passe-t-il à niamy", [("niamy", "Niamey")]),  # one left out
        ("Où est le barraage de Kandadki ?", [("barraage", "barrage"), ("Kandadki", "Kandadji")]),
        ("Qui a officielise ce choix ?", [("officielise", "officialisé")]),  # one changed
        ("Qui a offisielise ce choix ?", [("offisielise", "officialisé")]),  # two, in a long word
        ("La Cedeoa, oui, la Cedeoa !", [("Cedeoa", "Cédéao")] * 2),
        ("When did the people of Niamy speak?", [("Niamy", "Niamey")]),
    ],
)
def test_a_misspelt_word_is_the_archive_s_word_that_it_is_like(
    question: str, expected: list[tuple[str, str]]
) -> None:
    assert corrections(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Quel téléphone portable choisir ?",  # not potable: it is a word
        "QUEL PORTABLE ?",
        "Combien coutent les peages ?",  # not pages: it is a word, but for an accent
        "Quand est le retraît ?",  # the archive's word, with an accent too many
        "Un sommet à Naimye",  # two slips in a short word
        "Qui est Sow ? Et Nige ?",  # a word of the list, and one too short to be sure of
        "le F0rage, le forag3, le for_ge",
        "Xkcdwyz",  # like nothing
        "尼日尔在哪里？ Где ниамей? 🙂",
        "What did the people of the barraage bring?",  # not a name
        "What did the people of Barraage bring?",  # the archive has no such name
        "Who spoke in the name of KANDADKI?",  # an acronym of somebody else
        "Wann hat Bulgarien den Vertrag unterschrieben?",  # right in German, and put into French elsewhere
        "",
    ],
)
def test_other_words_stay_as_they_are(question: str) -> None:
    assert corrections(question) == []


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.sampled_from([str, str.upper, fold]))
def test_a_word_that_the_archive_knows_is_never_changed(
    chosen: list[str], typed: Callable[[str], str]
) -> None:
    assert corrections(typed(" ".join(chosen))) == []


@given(st.lists(SLIPS, min_size=1, max_size=4))
def test_a_correction_is_a_word_of_the_archive_a_slip_or_two_away(chosen: list[str]) -> None:
    for typed, understood in corrections(f"le {' '.join(chosen)}"):
        assert understood in WORDS
        assert fold(understood)[0] == fold(typed)[0]
        assert 1 <= OSA.distance(fold(typed), fold(understood)) <= (1 if len(fold(typed)) < TWO_SLIPS else 2)
        assert not ARCHIVE.frequency(token(typed))
        assert not word_vectors().frequency(typed)


@given(
    st.dictionaries(st.text("abé", min_size=3, max_size=9), st.integers(1, 9), max_size=30),
    st.text("ab", min_size=SHORTEST, max_size=9),
)
def test_the_nearest_word_is_taken_then_the_commonest(written: dict[str, int], typed: str) -> None:
    common: dict[str, int] = {}
    for form, passages in written.items():
        common[fold(form)] = common.get(fold(form), 0) + passages
    assume(typed not in common)
    ranked = [
        (OSA.distance(typed, word), -passages)
        for word, passages in common.items()
        if len(word) >= SHORTEST and word[0] == typed[0]
    ]
    near = min(ranked, default=(9, 0))
    found = nearest_spelling(typed, ArchiveStatistics.of_forms(written))
    if near[0] > (1 if len(typed) < TWO_SLIPS else 2):
        assert found is None
    else:
        assert found is not None
        assert (OSA.distance(typed, fold(found)), -common[fold(found)]) == near


def test_of_near_words_the_nearest_comes_first_then_the_commonest() -> None:
    archive = ArchiveStatistics.of_forms({"forages": 1, "fromages": 9, "orages": 9, "forgé": 2, "forage": 1})
    assert nearest_spelling("forrages", archive) == "forages", "one slip away, and fromages two"
    assert nearest_spelling("forge", archive) == "forgé"
    assert nearest_spelling("forrage", archive) == "forage"
    assert nearest_spelling("forg", archive) == "forgé"
    assert nearest_spelling("cotte", ArchiveStatistics.of_forms({"conte": 1, "comte": 3})) == "comte"
    assert nearest_spelling("cotte", ArchiveStatistics.of_forms({"conte": 1, "comte": 1})) == "comte"


def test_a_word_is_shown_as_the_archive_most_often_writes_it() -> None:
    archive = ArchiveStatistics.of_forms({"cedeao": 1, "Cédéao": 3, "CÉDÉAO": 2, "Accord": 2, "accord": 2})
    assert nearest_spelling("Cedeoa", archive) == nearest_spelling("cedeoa", archive, names=True) == "Cédéao"
    assert nearest_spelling("acord", archive) == "accord"
    assert nearest_spelling("acord", archive, names=True) is None


def test_words_too_short_or_too_long_are_like_nothing() -> None:
    archive = ArchiveStatistics.of_forms({"abc": 1, "abcd": 1, "x" * LONGEST: 1, "x" * (LONGEST + 1): 9})
    assert nearest_spelling("abd", archive) is None
    assert nearest_spelling("abd" + "d", archive) == "abcd"
    assert nearest_spelling("x" * (LONGEST + 1), archive) is None
    assert nearest_spelling("x" * (LONGEST - 1), archive) == "x" * LONGEST


def test_an_archive_of_nothing_corrects_nothing() -> None:
    assert misspelt("Où est la Cedeoa ?", "fr", ArchiveStatistics()) == []
