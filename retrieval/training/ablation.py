"""What each feature brings to the ranking: its weight, and what a ranker loses that is fitted without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from rich.table import Table

from retrieval.arrays import Bools, Floats
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.errors import CollectionError
from retrieval.evaluation.figures import Figure, estimate, mean
from retrieval.evaluation.progress import tracked
from retrieval.evaluation.report import plain_table
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import Weights, column
from retrieval.training.samples import Sample
from retrieval.training.training_set import TrainingSet

DEPTH = 10
"""Passages that count in nDCG."""

LANGUAGE = "(another language)"
"""What is left out when a passage in another language is scored as if it were in the question's."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a feature brings.

    ``weight`` is the score that it adds as it grows by its standard deviation among the candidates of a
    question, for passages in the question's language; ``foreign`` the same for those in another. Both are
    None for LANGUAGE, which is no feature. ``gain`` is the nDCG@10 that it brings, question by question,
    to rankers fitted with it rather than without.
    """

    feature: str
    weight: float | None
    foreign: float | None
    gain: Figure | None


def contributions(training: TrainingSet, weights: Weights) -> list[Contribution]:
    """Return what each passage feature brings to ``weights``, which were fitted on ``training``.

    Each collection is left out in turn, those that teach only sentences together; rankers fitted on the
    others, with every feature and without each, are judged on its questions, in its whole corpus, that have
    a right passage among their candidates.

    Raises:
        CollectionError: there is one collection of questions as people ask them, and none to leave out.
    """
    if len(training.asked) < 2:
        raise CollectionError(
            f"What a feature brings cannot be measured on {training.asked[0]} alone: name another folder."
        )
    training = replace(training, sentences=())
    teaching = dict.fromkeys((*training.asked, *training.ranked))
    others = tuple(name for name in training.samples if name not in teaching)
    folds = [*((name,) for name in teaching), *([others] if others else [])]
    omitted = (None, *PASSAGE_FEATURES, LANGUAGE)
    reached: dict[str | None, list[float]] = {feature: [] for feature in omitted}
    for feature, fold in tracked(list(product(omitted, folds)), "What each feature brings"):
        seen = {name: [without(one, feature) for one in listed] for name, listed in training.samples.items()}
        fitted = replace(training, samples=seen).without(*fold).fit_ranking()
        for name in fold:
            reached[feature] += ndcg_values(seen[name], fitted)
    every = np.array(reached[None])
    gains = {feature: estimate(mean, every - np.array(reached[feature])) for feature in omitted[1:]}
    samples = [one for name in teaching for one in training.samples[name]]
    own, foreign = (
        column(weights.passage, PASSAGE_FEATURES),
        column(weights.passage_foreign, PASSAGE_FEATURES),
    )
    weighed = zip(own * spread(samples, 0), (own + foreign) * spread(samples, 1), strict=True)
    found = [
        Contribution(name, float(own_effect), float(foreign_effect), gains[name])
        for name, (own_effect, foreign_effect) in zip(PASSAGE_FEATURES, weighed, strict=True)
    ]
    return [*found, Contribution(LANGUAGE, None, None, gains[LANGUAGE])]


def without(sample: Sample, feature: str | None) -> Sample:
    """Return a sample as it looks without a feature, or LANGUAGE, or nothing."""
    if feature is None:
        return sample
    if feature == LANGUAGE:
        return replace(sample, foreign=np.zeros_like(sample.foreign))
    passages = sample.features.passages.copy()
    passages[:, list(PASSAGE_FEATURES).index(feature)] = 0.0
    return replace(sample, features=replace(sample.features, passages=passages))


def ndcg_values(samples: Sequence[Sample], weights: Weights) -> list[float]:
    """Return the nDCG@10 of the questions of a collection that have a right passage among their candidates.

    Of a collection's samples, those of its whole corpus count, not those of its corners.
    """
    whole = max((sample.size for sample in samples), default=0)
    ranker = Ranker(weights, BUNDLED_SCALE)  # the cosines of samples are scaled already
    return [
        ndcg(sample.right, ranker.score_passages(sample.features, sample.foreign))
        for sample in samples
        if sample.size == whole and sample.right.any()
    ]


def ndcg(right: Bools, scores: Floats) -> float:
    """Return the nDCG@10 of candidates of which at least one is right; ties keep their order.

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002.
    """
    discounts = 1 / np.log2(np.arange(2, min(DEPTH, len(right)) + 2))
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return float(right[order] @ discounts / discounts[: right.sum()].sum())


def spread(samples: Iterable[Sample], foreign: int) -> Floats:
    """Return the standard deviation of each feature among a question's candidates of like language.

    ``foreign`` is 1 for those in another language than the question's, else 0. Zero where there are none.
    """
    groups = (sample.features.passages[sample.foreign == foreign] for sample in samples)
    rows = [group - group.mean(axis=0) for group in groups if len(group) > 1]
    width = len(PASSAGE_FEATURES)
    deviation: Floats = np.concatenate(rows).std(axis=0) if rows else np.zeros(width)
    return deviation


def contributions_table(found: Sequence[Contribution]) -> Table:
    """Return what each feature brings as a table, what brings most first."""
    table = plain_table(
        "What each feature brings",
        caption="weight: what the score gains when the feature grows by its standard deviation among the "
        "candidates of a question. nDCG@10: what it gains by the feature, on collections not fitted on; in "
        "brackets, the 95 % bootstrap interval over the questions, paired.",
    )
    table.add_column("feature", no_wrap=True)
    for head in ("weight", "in another\nlanguage", "nDCG@10,\npoints", ""):
        table.add_column(head, justify="right", no_wrap=True)
    for one in sorted(found, key=lambda one: -one.gain.value if one.gain else 0.0):
        table.add_row(one.feature, _signed(one.weight), _signed(one.foreign), *gain_in_points(one.gain))
    return table


def _signed(weight: float | None) -> str:
    return "" if weight is None else f"{weight:+.2f}"


def gain_in_points(gain: Figure | None) -> tuple[str, str]:
    """Return a gain in hundredths with its sign, and its interval; a dash where there is none."""
    if gain is None or gain.low is None or gain.high is None:
        return "–", ""
    return f"{100 * gain.value:+.2f}", f"[{100 * gain.low:+.2f} to {100 * gain.high:+.2f}]"
