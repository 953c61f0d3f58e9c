"""Fitting: weights learnt from questions whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import archive_of
from retrieval.ranking.model import Weights, score_passages

from retrieval.evaluation.collections import Collection, Document, Query
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Features
from retrieval.training.fitting import PRECISIONS, _confidence_rows, _prior, fit, fit_confidence
from retrieval.training.samples import CORNER, Sample
from retrieval.training.training_set import collection_samples


def sample(draw: np.random.Generator, *, size: int = 10, candidates: int = 8) -> Sample:
    """A question answered by the passage of the greatest coverage, give or take some noise."""
    passages = draw.normal(size=(candidates, len(PASSAGE_FEATURES)))
    coverage = passages[:, PASSAGE_FEATURES.index("coverage")]
    right = np.arange(candidates) == np.argmax(coverage + draw.normal(scale=0.2, size=candidates))
    sentences = draw.normal(size=(2 * candidates, len(SENTENCE_FEATURES)))
    cosine = sentences[:, SENTENCE_FEATURES.index("cosine")].reshape(-1, 2)
    answers = (cosine == cosine.max(axis=1, keepdims=True)).ravel() & np.repeat(right, 2)
    starts = np.arange(0, 2 * candidates + 1, 2)
    return Sample(
        Features(passages, sentences, starts, np.zeros((candidates, 3), dtype=bool)),
        np.zeros(candidates),
        right,
        answers,
        side=np.arange(candidates),
        size=size,
    )


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    draw = np.random.default_rng(0)
    return [sample(draw, size=size) for size in (10, 1_000) for _ in range(150)]


@pytest.fixture(scope="module")
def weights(samples: list[Sample]) -> Weights:
    return fit([samples], [], samples, ["made up"])


def test_the_feature_that_tells_the_answer_weighs_most(weights: Weights):
    assert np.argmax(np.abs(weights.passage)) == PASSAGE_FEATURES.index("coverage")
    assert np.argmax(np.abs(weights.sentence)) == SENTENCE_FEATURES.index("cosine")
    assert weights.fitted_on == ("made up",)


def test_fitted_weights_find_the_answer(weights: Weights, samples: list[Sample]):
    found = [s.right[np.argmax(score_passages(s.features, s.abroad, weights))] for s in samples]
    assert np.mean(found) > 0.8


@pytest.mark.parametrize("precision", [0.8, 0.9])
def test_what_is_answered_is_right_as_often_as_was_asked_for(
    weights: Weights, samples: list[Sample], precision: float
):
    """In a large archive; a small one is asked for lower odds, and never keeps silent longer."""
    large = [s for s in samples if s.size == 1_000]
    rows, right, answerable, _ = _confidence_rows(weights, large)
    terms = np.hstack([np.ones((len(rows), 1)), rows])
    logits = terms @ np.array([*weights.confidence, *weights.confidence_foreign])
    spoken = 1 / (1 + np.exp(-logits)) >= weights.threshold(1_000, precision)
    share = _prior(answerable)
    assert (share * right)[spoken].sum() / share[spoken].sum() == pytest.approx(precision, abs=0.05)
    assert weights.threshold(10, precision) < weights.threshold(1_000, precision)


def test_a_small_archive_answers_most_of_what_it_can_and_little_else(weights: Weights, samples: list[Sample]):
    rows, _, answerable, _ = _confidence_rows(weights, [s for s in samples if s.size == 10])
    terms = np.hstack([np.ones((len(rows), 1)), rows])
    logits = terms @ np.array([*weights.confidence, *weights.confidence_foreign])
    spoken = 1 / (1 + np.exp(-logits)) >= weights.threshold(10)
    assert weights.relief > 1
    assert spoken[answerable].mean() > spoken[~answerable].mean() + 0.1


def test_the_more_precise_the_more_silent(weights: Weights):
    thresholds = [weights.threshold(1_000, precision) for precision in PRECISIONS]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] < thresholds[-1]


def test_fitting_twice_gives_the_same_weights(weights: Weights, samples: list[Sample]):
    assert fit([samples], [], samples, ["made up"]) == weights
    assert fit_confidence(weights, [samples]) == weights


def test_a_question_is_seen_in_its_corpus_near_its_answer_and_far_from_it(tmp_path):
    texts = {f"{n}.txt": f"Le phare numéro {n} éclaire la baie {n}." for n in range(60)}
    with archive_of(texts, tmp_path) as archive:
        gold = next(passage for passage in archive.passages() if passage.text.endswith("baie 7."))
        query = Query("q", "Quel phare éclaire la baie 7 ?", "fr", {gold.id: 1}, answers=("baie 7",))
        documents = {"other": Document("other", "", "Rien.")}
        lighthouses = Collection("lighthouses", (query,), documents)
        whole, near, far = collection_samples(lighthouses, archive)
    assert whole.size == 60
    assert CORNER[0] <= near.size <= CORNER[1]
    assert near.right.sum() == 1
    assert not far.right.any()
    assert near.right_sentences.sum() == 1
