"""What a reader counts for and the confidence that comes of it, fitted on made-up readings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from retrieval.evaluation.collections import Collection, CorpusDocument, Query
from retrieval.ranking.confidence import READING_FEATURES
from retrieval.ranking.reading import ReadPassages
from retrieval.ranking.weights import Weights
from retrieval.training.reading_ablation import features_brought
from retrieval.training.reading_fit import (
    confidence_rows,
    fit_ratio,
    fit_reading,
    held_out_confidence,
    least_near,
)
from retrieval.training.reading_samples import ReadSample, with_off_topic

CANDIDATES = 5


class Named:
    name = "made-up"


def sample(draw: np.random.Generator, number: int) -> ReadSample:
    """A question whose right passage, if there is one, has a high logit; its score says nothing."""
    answerable = bool(draw.random() < 0.7)
    right = np.zeros(CANDIDATES, dtype=bool)
    right[draw.integers(CANDIDATES)] = answerable
    logits = draw.normal(-2, 1, CANDIDATES) + 4 * right
    return ReadSample(
        asked=f"{number} ?",
        scores=draw.normal(size=CANDIDATES),
        groups=np.arange(CANDIDATES),
        lacking=np.zeros((CANDIDATES, 3), dtype=bool),
        missing=np.zeros((CANDIDATES, 2)),
        foreign=np.zeros(CANDIDATES),
        lost=np.zeros(CANDIDATES),
        right=right,
        read=ReadPassages(logits, (None,) * CANDIDATES, logits),
        answerable=answerable,
        size=100,
    )


@pytest.fixture(scope="module")
def collections() -> list[list[ReadSample]]:
    draw = np.random.default_rng(0)
    return [[sample(draw, number) for number in range(150)] for _ in range(2)]


def test_a_reader_that_knows_counts_for_more_than_scores_that_do_not(
    collections: list[list[ReadSample]],
) -> None:
    assert fit_ratio(collections) > 5


def test_thresholds_hold_their_precision_on_other_questions(collections: list[list[ReadSample]]) -> None:
    weights = fit_reading(Weights({}, {}, {}, {}, {}, ()), Named(), collections, ["un", "deux"])
    assert weights.reading
    assert weights.reading.reader == "made-up"
    assert weights.reading.fitted_on == ("un", "deux")
    draw = np.random.default_rng(1)
    other = [[sample(draw, number) for number in range(400)]]
    rows = confidence_rows(other, weights.reading.logit)
    names = weights.reading.confidence
    logits = rows.features @ np.array([names[name] for name in READING_FEATURES]) + names["one"]
    sure = 1 / (1 + np.exp(-logits)) >= weights.reading.threshold(0.9)
    assert rows.right[sure].mean() > 0.85
    assert sure.mean() > 0.4


def test_a_question_is_never_judged_by_a_model_that_saw_it_in_another_archive(
    collections: list[list[ReadSample]],
) -> None:
    """Each question comes in several samples, which go to one fold together."""
    [first, *_] = collections
    twice = [[*first, *(replace(one, size=20) for one in first)]]
    rows = confidence_rows(twice, 1.0)
    assert rows.question[: len(first)].tolist() == rows.question[len(first) :].tolist()
    confidence = held_out_confidence(rows)
    assert confidence.shape == (2 * len(first),)
    assert confidence[rows.right].mean() > confidence[~rows.right].mean() + 0.3


def test_what_the_reader_says_brings_most(collections: list[list[ReadSample]]) -> None:
    found = {one.feature: one for one in features_brought(confidence_rows(collections, 0.0))}
    reader, names = found["(the reader)"].auroc, found["names_missing"].auroc
    assert reader
    assert names
    assert reader.low
    assert reader.low > 0 == round(names.value, 4)


def test_questions_of_another_corpus_have_no_answer() -> None:
    def collection(name: str, corpus: str) -> Collection:
        document = CorpusDocument(corpus, "", "texte")
        queries = tuple(Query(f"{name}{i}", f"{name} {i} ?", gold={corpus: 1}) for i in range(20))
        return Collection(name, queries, {corpus: document})

    news, same, other = with_off_topic([collection("a", "x"), collection("b", "x"), collection("c", "y")])
    assert [len(one.queries) for one in (news, same, other)] == [22, 22, 22]
    for mixed in (news, same):
        assert all(query.text.startswith("c") for query in mixed.queries[20:])
    assert not any(query.answerable for one in (news, same, other) for query in one.queries[20:])
    [alone] = with_off_topic([collection("a", "x")])
    assert len(alone.queries) == 20


def test_of_the_nearest_passages_half_are_right() -> None:
    draw = np.random.default_rng(0)
    confidence = draw.random(2_000)
    right = draw.random(2_000) < confidence
    near = least_near(confidence, right, np.ones(2_000), below=0.9)
    shown = (confidence >= near) & (confidence < 0.9)
    assert right[shown].mean() == pytest.approx(0.5, abs=0.01)
    assert near == pytest.approx(0.1, abs=0.05)
    assert least_near(confidence, np.zeros(2_000, dtype=bool), np.ones(2_000), below=0.9) == 0.9
