"""Fit what a reader counts for, and the confidence that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from retrieval.arrays import Bools, Floats, Ints
from retrieval.encoders.interface import Reader
from retrieval.ranking.confidence import READING_FEATURES
from retrieval.ranking.weights import INTERCEPT, ReadingWeights, Weights, named
from retrieval.training.fitting import FOLDS, PRECISIONS, RARE, fit_choice, least_confidences, prior
from retrieval.training.reading_samples import ReadSample
from retrieval.types import PRECISION

ANSWERABLE = 2 / 3
"""The share of questions taken to have an answer: people also ask what nothing in an archive tells."""

NEAR = 0.5
"""The share of nearest passages, shown though they are not sure, that are to be right."""

LEAST_WEIGHT = 1e-3
"""The least weight of the score and of the logit that is divided by."""

PENALTY = 0.1
"""Of the logistic regression, as scikit-learn's C: the features are many and some much alike."""


@dataclass(frozen=True, slots=True)
class ConfidenceRows:
    """What confidence is fitted to: READING_FEATURES of each sample, and whether its first passage is right.

    ``collection`` numbers the collections and ``question`` the questions; ``answerable`` tells which samples
    have an answer in their archive.
    """

    features: Floats
    right: Bools
    answerable: Bools
    collection: Ints
    question: Ints

    @property
    def weight(self) -> Floats:
        """What each sample counts for, so that ANSWERABLE of them have an answer."""
        return prior(self.answerable, ANSWERABLE)

    def without(self, *features: str) -> ConfidenceRows:
        """Return the rows with some features always 0."""
        kept = self.features.copy()
        kept[:, [READING_FEATURES.index(feature) for feature in features]] = 0.0
        return replace(self, features=kept)


def fit_reading(
    weights: Weights, reader: Reader, collections: Sequence[Sequence[ReadSample]], fitted_on: Sequence[str]
) -> Weights:
    """Return weights with those of a reader fitted on samples, a collection after the other.

    What its logit counts for is a multinomial logit over each question's passages; confidence is a logistic
    regression. A threshold is the least confidence from which on a given share of first quotes are right,
    when ANSWERABLE of the questions have an answer: the median over collections. Nearest passages are those
    below the threshold of PRECISION of which NEAR are right.
    """
    ratio = fit_ratio(collections)
    rows = confidence_rows(collections, ratio)
    model, scale = _model(), _scale(rows)
    model.fit(rows.features / scale, rows.right, sample_weight=rows.weight)
    confidence = held_out_confidence(rows)
    least, nearest = [], []
    for number in range(len(collections)):
        own = rows.collection == number
        given = confidence[own], rows.right[own], prior(rows.answerable[own], ANSWERABLE)
        least.append(least_confidences(*given))
        nearest.append(least_near(*given, below=least[-1][PRECISIONS.index(PRECISION)]))
    fitted = ReadingWeights(
        reader=reader.name,
        logit=ratio,
        confidence=named(
            (INTERCEPT, *READING_FEATURES), np.append(model.intercept_, model.coef_[0] / scale).round(5)
        ),
        thresholds=tuple(zip(PRECISIONS, np.median(least, axis=0).round(4).tolist(), strict=True)),
        near=round(float(np.median(nearest)), 4),
        fitted_on=tuple(fitted_on),
    )
    return replace(weights, reading=fitted)


def fit_ratio(collections: Sequence[Sequence[ReadSample]]) -> float:
    """Return what a unit of the reader's logit is worth in units of the first stage's score.

    It is the geometric mean over collections, so that the one with most questions does not dominate.
    """
    ratios = []
    for samples in collections:
        choices = [
            (np.column_stack([one.scores, one.read.logits]), one.right)
            for one in samples
            if one.right.any() and not one.right.all()
        ]
        score, logit = fit_choice(choices)
        ratios.append(max(logit, LEAST_WEIGHT) / max(score, LEAST_WEIGHT))
    return round(float(np.exp(np.log(ratios).mean())), 5)


def confidence_rows(collections: Sequence[Sequence[ReadSample]], ratio: float) -> ConfidenceRows:
    """Return the rows of samples whose passages are ordered with a weight of the reader's logit."""
    samples = list(chain.from_iterable(collections))
    rows, right = zip(*(one.row(ratio) for one in samples), strict=True)
    asked = [(number, one.asked) for number, listed in enumerate(collections) for one in listed]
    numbers = {question: number for number, question in enumerate(dict.fromkeys(asked))}
    return ConfidenceRows(
        features=np.array(rows),
        right=np.array(right),
        answerable=np.array([one.answerable for one in samples]),
        collection=np.array([number for number, _ in asked]),
        question=np.array([numbers[question] for question in asked]),
    )


def least_near(confidence: Floats, right: Bools, weight: Floats, below: float) -> float:
    """Return the least confidence from which on, and ``below`` another, NEAR of the first passages are right.

    It is ``below`` where they never are.
    """
    unsure = confidence < below
    thresholds = least_confidences(confidence[unsure], right[unsure], weight[unsure])
    return min(thresholds[PRECISIONS.index(NEAR)], below)


def held_out_confidence(rows: ConfidenceRows) -> Floats:
    """Return the confidence of each sample by a model fitted on other questions."""
    confidence: Floats = cross_val_predict(
        _model(),
        rows.features / _scale(rows),
        rows.right,
        groups=rows.question,
        cv=GroupKFold(FOLDS),
        method="predict_proba",
        params={"sample_weight": rows.weight},
    )[:, 1]
    return confidence


def _model() -> LogisticRegression:
    return LogisticRegression(max_iter=5_000, C=PENALTY)


def _scale(rows: ConfidenceRows) -> Floats:
    """Return the spread of each feature; RARE where it is less."""
    scale: Floats = np.maximum(rows.features.std(axis=0), RARE)
    return scale
