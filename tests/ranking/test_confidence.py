"""How sure a ranking is of its first passage."""

from __future__ import annotations

import numpy as np

from retrieval.ranking.confidence import (
    CONFIDENCE_FEATURES,
    LARGEST,
    READING_FEATURES,
    confidence_row,
    reading_row,
)
from retrieval.ranking.reading import ReadPassages

SCORES = np.array([4.0, 3.9, -5.0])


def row(groups: list[int]) -> dict[str, float]:
    lacking = np.zeros(3, dtype=bool)
    values = confidence_row(SCORES, np.array(groups), lacking)
    return dict(zip(CONFIDENCE_FEATURES, values.tolist(), strict=True))


def test_rivals_and_not_the_paragraphs_of_the_same_article_make_it_unsure() -> None:
    """Two paragraphs that score alike: of one article, it is sure of the article; of two, of neither."""
    together, apart = row([7, 7, 2]), row([7, 2, 3])
    assert np.isclose(together["gap"], 9.0)
    assert np.isclose(apart["gap"], 0.1)
    assert together["log_share"] > -0.001 > apart["log_share"]
    assert together["entropy"] < 0.01 < 0.5 < apart["entropy"]
    assert together["log_passage_share"] == apart["log_passage_share"] < -0.5


def test_a_passage_without_rivals_is_compared_with_nothing() -> None:
    alone = row([7, 7, 7])
    assert (alone["gap"], alone["log_share"], alone["entropy"]) == (4.0, 0.0, 0.0)


def reading(groups: list[int], logits: list[float], size: int = 10) -> dict[str, float]:
    read = ReadPassages(np.array(logits), np.zeros(3), (None,) * 3)
    lacking, missing = np.zeros(3, dtype=bool), np.array([0.5, 0.25])
    values = reading_row(
        SCORES, np.array(groups), lacking, read, agreement=True, missing=missing, foreign=1.0, size=size
    )
    return dict(zip(READING_FEATURES, values.tolist(), strict=True))


def test_what_was_read_is_told_beside_the_scores() -> None:
    told = reading([7, 7, 2], [3.0, 5.0, 1.0])
    assert {name: told[name] for name in CONFIDENCE_FEATURES} == row([7, 7, 2])
    assert (told["logit"], told["logit_gap"], told["agreement"], told["foreign"]) == (3.0, 2.0, 1.0, 1.0)
    assert (told["figures_missing"], told["names_missing"]) == (0.5, 0.25)
    nothing = 1 / (1 + np.exp([3.0, 5.0, 1.0]).sum())
    assert np.isclose(told["log_none"], np.log(nothing))


def test_in_the_largest_archives_more_passages_change_nothing() -> None:
    large, larger = (reading([1, 2, 3], [1.0, 0.0, 0.0], size) for size in (LARGEST, 10 * LARGEST))
    assert large == larger != reading([1, 2, 3], [1.0, 0.0, 0.0], 10)
