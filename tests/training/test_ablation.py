"""What each feature brings: its weight, and what is lost without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from ir_measures import Qrel, ScoredDoc, calc_aggregate, nDCG
from rich.console import Console
from training.made_up import COVERAGE, mirrored, sample

from retrieval.errors import CollectionError
from retrieval.evaluation.figures import Figure
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.weights import Weights
from retrieval.training import ablation
from retrieval.training.ablation import (
    LANGUAGE,
    Contribution,
    contributions,
    contributions_table,
    ndcg,
    ndcg_values,
    spread,
    without,
)
from retrieval.training.samples import Sample
from retrieval.training.training_set import TrainingSet

SIZES = {"a": 1_000, "b": 2_000, "c": 3_000}


def questions(draw: np.random.Generator, count: int = 30, whole: int = 1_000) -> list[Sample]:
    """Questions in a large archive and in a small one, half of them in another language."""
    every = [sample(draw, size=size) for size in (10, whole) for _ in range(count)]
    return [mirrored(one) if number % 2 else one for number, one in enumerate(every)]


@pytest.fixture(scope="module")
def judged() -> dict[str, set[tuple[str, ...]]]:
    """By collection, what the weights that it was judged with were fitted on; filled by ``found``."""
    return {name: set() for name in SIZES}


@pytest.fixture(scope="module")
def found(judged: dict[str, set[tuple[str, ...]]]) -> dict[str, Contribution]:
    draw = np.random.default_rng(0)
    samples = {name: questions(draw, whole=size) for name, size in SIZES.items()}
    training = TrainingSet(samples, asked=("a", "b"), sentences=("c",))

    def spy(seen: Sequence[Sample], weights: Weights) -> list[float]:
        name = next(name for name, size in SIZES.items() if any(one.size == size for one in seen))
        judged[name].add(weights.fitted_on)
        return ndcg_values(seen, weights)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ablation, "ndcg_values", spy)
        return {one.feature: one for one in contributions(training, training.fit())}


def test_no_collection_is_judged_by_what_was_fitted_on_it(
    found: dict[str, Contribution], judged: dict[str, set[tuple[str, ...]]]
) -> None:
    """Each is left out in turn; one that teaches no ranking is judged by all the others."""
    assert judged == {"a": {("b",)}, "b": {("a",)}, "c": {("a", "b")}}


def test_the_feature_that_tells_the_answer_brings_most(found: dict[str, Contribution]) -> None:
    """It is significant; what is made of noise brings nothing."""
    gains = {name: one.gain for name, one in found.items()}
    coverage, noise = gains["coverage"], gains["log_length"]
    assert coverage is not None
    assert coverage.low is not None
    assert coverage.low > 0.2
    assert noise is not None
    assert abs(noise.value) < 0.05
    assert max(found, key=lambda name: found[name].gain.value) in ("coverage", LANGUAGE)  # type: ignore[union-attr]


def test_a_weight_is_given_for_each_language(found: dict[str, Contribution]) -> None:
    """The made-up feature weighs for one and against the other, in units that compare."""
    weights = {name: (one.weight, one.foreign) for name, one in found.items() if one.weight is not None}
    same, other = weights.pop("coverage")
    assert same is not None
    assert other is not None
    assert same > 1
    assert -2 * same < other < -same / 2
    for own, foreign in weights.values():
        assert own is not None
        assert foreign is not None
        assert max(abs(own), abs(foreign)) < same / 2


def test_what_knowing_the_language_brings(found: dict[str, Contribution]) -> None:
    """Without weights of its own, another language is ranked upside down."""
    language = found[LANGUAGE]
    assert (language.weight, language.foreign) == (None, None)
    assert language.gain is not None
    assert language.gain.value > 0.2


def test_one_collection_cannot_be_both_fitted_and_judged() -> None:
    """The remedy is another folder."""
    training = TrainingSet({"a": questions(np.random.default_rng(1), 10)}, asked=("a",))
    with pytest.raises(CollectionError, match="on a alone: name another folder"):
        contributions(training, training.fit())


def test_ndcg_is_that_of_the_library() -> None:
    """On random rankings, ten and more deep, with one right passage or several, ties in their order."""
    draw = np.random.default_rng(0)
    for size in (1, 2, 9, 10, 11, 40):
        right = draw.random(size) < 0.3
        right[draw.integers(size)] = True
        scores = draw.normal(size=size).round(1)
        run = [
            ScoredDoc("q", str(document), -rank)
            for rank, document in enumerate(np.argsort(-scores, kind="stable"))
        ]
        qrels = [Qrel("q", str(document), 1) for document in np.flatnonzero(right)]
        expected = calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10]
        assert ndcg(right, scores) == pytest.approx(expected)


def test_only_answerable_questions_in_the_whole_corpus_are_judged() -> None:
    """Neither corners of it, nor questions with no right passage among the candidates."""
    draw = np.random.default_rng(0)
    training = TrainingSet({"a": questions(draw)}, asked=("a",))
    large, small = sample(draw, size=1_000), sample(draw, size=10)
    hopeless = replace(large, right=np.zeros_like(large.right))
    assert len(ndcg_values([small, large, hopeless], training.fit())) == 1


def test_a_sample_without_a_feature_is_a_copy() -> None:
    """The feature is flat in it, the others and the original are as they were."""
    one = sample(np.random.default_rng(0))
    before = one.features.passages.copy()
    changed = without(one, "coverage").features.passages
    assert not changed[:, COVERAGE].any()
    assert (np.delete(changed, COVERAGE, axis=1) == np.delete(before, COVERAGE, axis=1)).all()
    assert (one.features.passages == before).all()
    assert without(mirrored(one), LANGUAGE).foreign.sum() == 0
    assert without(one, None) is one


def test_spread_is_that_among_the_candidates_of_a_question() -> None:
    """What differs from question to question only does not order their candidates."""
    draw = np.random.default_rng(0)
    first, second = sample(draw, candidates=2), sample(draw, candidates=2)
    for one, level in ((first, 0.0), (second, 100.0)):
        one.features.passages[:] = level
        one.features.passages[:, COVERAGE] = level + np.array([-3.0, 3.0])
    expected = np.zeros(len(PASSAGE_FEATURES))
    expected[COVERAGE] = 3
    assert spread([first, second], 0) == pytest.approx(expected)
    assert not spread([first, second], 1).any()


def test_the_table_has_what_brings_most_first_in_80_columns() -> None:
    """In points of nDCG, with the interval."""
    table = contributions_table(
        [
            Contribution("soft_sentence_coverage", -0.5, 1.25, Figure(0.001, -0.002, 0.003)),
            Contribution("bm25", 2.0, 0.0, Figure(0.0123, 0.0101, 0.0145)),
            Contribution(LANGUAGE, None, None, None),
        ]
    )
    output = StringIO()
    Console(file=output, width=80).print(table)
    lines = [line.split() for line in output.getvalue().splitlines()]
    names = ("bm25", "soft_sentence_coverage", "(another")
    first, second, third = (line for line in lines if line and line[0] in names)
    assert first == ["bm25", "+2.00", "+0.00", "+1.23", "[+1.01", "to", "+1.45]"]
    assert second[:4] == ["soft_sentence_coverage", "-0.50", "+1.25", "+0.10"]
    assert third == ["(another", "language)", "–"]
