"""Weights: as a file, and the thresholds of silence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from fakes import BY_WORDS

from retrieval.ranking.bundled import bundled_weights
from retrieval.ranking.confidence import READING_FEATURES
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.weights import INTERCEPT, SIZES, ReadingWeights, Weights

READING = ReadingWeights(
    reader="preferring",
    logit=1.5,
    confidence=dict.fromkeys((INTERCEPT, *READING_FEATURES), 0.5),
    thresholds=((0.5, 0.2), (0.9, 0.7)),
    near=0.4,
    fitted_on=("here",),
)


def test_weights_come_back_from_their_file() -> None:
    for weights in (bundled_weights(), BY_WORDS, replace(BY_WORDS, time=None, reading=READING)):
        assert Weights.parse(weights.dump()) == weights


def test_a_threshold_lies_between_those_of_the_nearest_precisions_and_sizes() -> None:
    weights = replace(BY_WORDS, thresholds=((0.8, 0.4), (0.9, 0.8)), relief=8.0)
    assert weights.threshold(SIZES[1], 0.85) == pytest.approx(0.6)
    assert weights.threshold(10**9, 0.99) == pytest.approx(0.8)
    assert weights.threshold(SIZES[0], 0.9) == pytest.approx(1 / 3), "odds of 4 to 1 become 1 to 2"
    assert 1 / 3 < weights.threshold(200, 0.9) < 0.8


def test_the_threshold_of_a_reader_lies_between_those_of_the_nearest_precisions() -> None:
    assert READING.threshold(0.7) == pytest.approx(0.45)
    assert (READING.threshold(0.4), READING.threshold(0.98)) == (0.2, 0.7)


@pytest.mark.parametrize("fields", [{"confidence": {INTERCEPT: 1.0}}, {"surprise": 1}, {"thresholds": None}])
def test_weights_of_a_reader_that_are_of_another_version_are_refused(fields: dict[str, object]) -> None:
    written = json.loads(replace(BY_WORDS, reading=READING).dump())
    written["reading"].update(fields)
    with pytest.raises((LookupError, TypeError, ValueError, AttributeError)):
        Weights.parse(json.dumps(written))


def test_the_weights_of_the_package_were_fitted_and_keep_silent_sometimes() -> None:
    weights = bundled_weights()
    assert weights.fitted_on
    assert all(0 < weights.threshold(size) < 1 for size in (1, 5, 40, 200, 500, 1_000_000))
    assert weights.threshold(5) < weights.threshold(200) < weights.threshold(5_000)
    assert weights.threshold(5, 0.8) < weights.threshold(5, 0.9) < weights.threshold(5, 0.95)
    assert weights.passage.keys() == weights.passage_foreign.keys() == PASSAGE_FEATURES.keys()
    assert weights.sentence.keys() == SENTENCE_FEATURES.keys()
