"""Fitting: weights learnt from questions whose answer is known."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pytest
from training.made_up import sample, without_answer

from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, confidence_row
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import INTERCEPT, TimeWeights, Weights, column
from retrieval.training.fitting import ANSWERABLE, PRECISIONS, fit, fit_confidence
from retrieval.training.samples import Sample

Column = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    draw = np.random.default_rng(0)
    return [sample(draw, size=size) for size in (10, 1_000) for _ in range(150)]


@pytest.fixture(scope="module")
def weights(samples: list[Sample]) -> Weights:
    return fit([samples], [], samples, ["made up"])


def first_and_confidence(one: Sample, weights: Weights) -> tuple[bool, float]:
    """Whether the first passage of a sample's ranking is right, and the confidence in it."""
    ranker = Ranker(weights, BUNDLED_SCALE)
    scores = ranker.score_passages(one.features, one.foreign)
    order = np.argsort(-scores, kind="stable")
    row = confidence_row(scores[order], one.groups[order], one.features.lacking[order[0]])
    names = (INTERCEPT, *CONFIDENCE_FEATURES)
    logits = [
        column(part, names) @ np.append(1.0, row) for part in (weights.confidence, weights.confidence_foreign)
    ]
    logit = logits[0] + one.foreign[order[0]] * logits[1]
    return bool(one.right[order[0]]), float(1 / (1 + np.exp(-logit)))


def asked(samples: list[Sample], weights: Weights) -> tuple[Column, Column, Column]:
    """Of samples with their answers and without: is the first right, the confidence, is there an answer."""
    rows = [
        (*first_and_confidence(kept, weights), kept.right.any())
        for one in samples
        for kept in (one, without_answer(one))
    ]
    right, confidence, answerable = np.array(rows, dtype=np.float64).T
    return right, confidence, answerable


def test_the_feature_that_tells_the_answer_weighs_most(weights: Weights) -> None:
    assert max(weights.passage, key=lambda name: abs(weights.passage[name])) == "coverage"
    assert max(weights.sentence, key=lambda name: abs(weights.sentence[name])) == "cosine"
    assert weights.fitted_on == ("made up",)


def test_fitted_weights_find_the_answer(weights: Weights, samples: list[Sample]) -> None:
    assert np.mean([first_and_confidence(one, weights)[0] for one in samples]) > 0.8


@pytest.mark.parametrize("precision", [0.8, 0.9])
def test_what_is_answered_is_right_as_often_as_was_asked_for(
    weights: Weights, samples: list[Sample], precision: float
) -> None:
    """In a large archive, when ANSWERABLE of the questions have an answer; a small one speaks sooner."""
    right, confidence, answerable = asked([one for one in samples if one.size == 1_000], weights)
    spoken = confidence >= weights.threshold(1_000, precision)
    share = np.where(answerable, ANSWERABLE, 1 - ANSWERABLE)
    assert (share * right)[spoken].sum() / share[spoken].sum() == pytest.approx(precision, abs=0.05)
    assert weights.threshold(10, precision) < weights.threshold(1_000, precision)


def test_a_small_archive_answers_most_of_what_it_can_and_little_else(
    weights: Weights, samples: list[Sample]
) -> None:
    _, confidence, answerable = asked([one for one in samples if one.size == 10], weights)
    spoken = confidence >= weights.threshold(10)
    assert weights.relief > 1
    assert spoken[answerable == 1].mean() > spoken[answerable == 0].mean() + 0.1


def test_the_more_precise_the_more_silent(weights: Weights) -> None:
    thresholds = [weights.threshold(1_000, precision) for precision in PRECISIONS]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] < thresholds[-1]


def test_fitting_twice_gives_the_same_weights(weights: Weights, samples: list[Sample]) -> None:
    assert fit([samples], [], samples, ["made up"]) == weights
    assert fit_confidence(weights, [samples]) == weights


def test_fitted_weights_can_be_written_and_read(weights: Weights) -> None:
    """Every feature has its weight; those of time are the defaults, and no reader was fitted."""
    assert Weights.parse(weights.dump()) == weights
    assert weights.time == TimeWeights()
    assert weights.reading is None


def test_a_feature_that_never_varies_does_not_break_the_fit(samples: list[Sample]) -> None:
    """No sample here lacks the kind of answer that is asked for, and none is in another language."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fitted = fit([samples], [], [], [])
    assert fitted.confidence["date_lacking"] == 0
    assert set(fitted.confidence_foreign.values()) == {0.0}


def test_without_sentences_no_sentence_is_preferred(samples: list[Sample]) -> None:
    assert set(fit([samples], [], [], []).sentence.values()) == {0.0}
