"""How sure a ranking is of its first passage."""

from __future__ import annotations

import numpy as np

from retrieval.ranking.confidence import CONFIDENCE_FEATURES, READING_FEATURES, confidence_row, reading_row
from retrieval.ranking.reading import ReadPassages

SCORES = np.array([4.0, 3.9, -5.0])
LACKING = np.zeros(3, dtype=bool)


def row(groups: list[int]) -> dict[str, float]:
    values = confidence_row(SCORES, np.array(groups), LACKING)
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


def read(
    logits: list[float], groups: list[int], *, size: int = 100, agreement: bool = True
) -> dict[str, float]:
    passages = ReadPassages(np.array(logits), (None,) * 3, np.array([2.5, 0.0, 0.0]))
    values = reading_row(
        SCORES, np.array(groups), LACKING, passages,
        agreement=agreement, missing=np.array([0.25, 0.75]), foreign=1.0, size=size,
        first_stage=4.0, time_lost=0.5,
    )  # fmt: skip
    return dict(zip(READING_FEATURES, values.tolist(), strict=True))


def test_what_was_read_of_the_first_passage_is_compared_with_its_rivals_and_with_nothing() -> None:
    apart, together = read([3.0, 1.0, -2.0], [7, 2, 3]), read([3.0, 1.0, -2.0], [7, 7, 3])
    assert (apart["logit"], apart["logit_gap"], together["logit_gap"]) == (3.0, 2.0, 5.0)
    none = 1 / (1 + np.exp([3.0, 1.0, -2.0]).sum())
    assert np.isclose(apart["log_none"], np.log(none))
    assert read([3.0, 1.0, -2.0], [7, 7, 7])["logit_gap"] == 3.0, "without rivals, over nothing"


def test_the_rest_of_what_is_known_of_the_first_passage_is_told() -> None:
    told = read([0.0, 0.0, 0.0], [1, 2, 3], agreement=False)
    assert (told["agreement"], told["foreign"]) == (0.0, 1.0)
    assert (told["figures_missing"], told["names_missing"]) == (0.25, 0.75)
    assert (told["span"], told["first_stage"], told["time_lost"]) == (2.5, 4.0, 0.5)
    assert {name: told[name] for name in CONFIDENCE_FEATURES} == row([1, 2, 3])
    sizes = [read([0.0] * 3, [1, 2, 3], size=size)["log_size"] for size in (10, 20_000, 10**9)]
    assert sizes[0] < sizes[1] == sizes[2]
