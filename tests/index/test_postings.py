"""BM25 over postings is what the formula says, however passages are held."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arrays import Ragged
from retrieval.index.local.postings import K1, B, Postings, QueryTerm, best, idf, rounded_lengths

passages = st.lists(st.lists(st.integers(1, 9), max_size=30), min_size=1, max_size=12)


def postings(rows: list[list[int]]) -> Postings:
    values = np.array([code for row in rows for code in row], dtype=np.uint32)
    return Postings.of(Ragged.of(values, [len(row) for row in rows]))


@given(passages, st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
def test_scores_are_those_of_the_formula(rows: list[list[int]], query: list[int]) -> None:
    mean = sum(map(len, rows)) / len(rows)
    terms = [QueryTerm(code, (), idf(len(rows), sum(code in row for row in rows))) for code in sorted(query)]
    for row, score in zip(rows, postings(rows).scores(terms, mean), strict=True):
        length = int(rounded_lengths(np.array([len(row)]))[0])
        norm = K1 * (1 - B + B * length / max(mean, 1e-9))
        expected = sum(
            term.weight * row.count(term.code) * (K1 + 1) / (row.count(term.code) + norm) for term in terms
        )
        assert score == pytest.approx(expected)


def test_a_phrase_counts_as_its_acronym_once() -> None:
    rows = [[1], [2, 3, 4], [4, 3, 2, 1], [2, 3]]
    slots, counts = postings(rows).holding(QueryTerm(1, ((2, 3, 4),), 1.0))
    assert (slots.tolist(), counts.tolist()) == ([0, 1, 2], [1, 1, 1])
    assert postings(rows).holding(QueryTerm(7, ((2, 9),), 1.0))[0].tolist() == []


def test_the_best_are_those_above_zero_with_all_that_equal_the_last() -> None:
    scores = np.array([0.0, 2.0, 1.0, 1.0, 3.0])
    assert best(scores, 3).tolist() == [1, 2, 3, 4]
    assert best(scores, 2).tolist() == [1, 4]
    assert best(scores, 9).tolist() == [1, 2, 3, 4]
    assert best(scores, 2, np.array([1, 0, 1, 1, 0], dtype=bool)).tolist() == [2, 3]


def test_lengths_are_rounded_as_lucene_does() -> None:
    lengths = [0, 1, 24, 39, 40, 41, 57, 100, 1000, 70_000]
    # SmallFloat.byte4ToInt(SmallFloat.intToByte4(n)) of Lucene 9
    assert rounded_lengths(np.array(lengths)).tolist() == [0, 1, 24, 39, 40, 40, 56, 96, 984, 65_560]
