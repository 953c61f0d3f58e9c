"""How sure a ranking is of its first passage."""

from __future__ import annotations

import numpy as np

from retrieval.ranking.confidence import CONFIDENCE_FEATURES, confidence_row

SCORES = np.array([4.0, 3.9, -5.0])


def row(groups: list[int], logit: float = 0.0) -> dict[str, float]:
    lacking = np.zeros(3, dtype=bool)
    values = confidence_row(SCORES, np.array(groups), lacking, logit)
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


def test_the_logit_of_the_second_stage_is_told() -> None:
    assert row([1, 2, 3], 2.5)["second_stage"] == 2.5
    assert row([1, 2, 3])["second_stage"] == 0.0
