"""Fit the ranker's weights on samples: which passage, which sentence, and the confidence.

Passages and sentences by multinomial logit over each question's candidates (McFadden 1974; ListNet's
top-one probability, Cao et al. 2007), with an L2 penalty; confidence by logistic regression, on the same
questions with their answers left in and taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_curve
from sklearn.model_selection import cross_val_predict

from retrieval.arrays import Bools, Floats, Ints
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, confidence_row
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import INTERCEPT, SIZES, Weights, named
from retrieval.training.samples import Sample
from retrieval.types import PRECISION

PENALTY = 1.0
FOLDS = 5
RARE = 0.5
"""The least spread that a feature of confidence is taken to have: one that is nearly always the same must not
weigh much for the few samples where it is not."""
ANSWERABLE = 0.85
"""The share of questions taken to have an answer in the archive, which samples that are made do not show:
.84 in PIAF, .89 in Orange's news, .74 in our own."""

PRECISIONS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
"""The precisions of first quotes that thresholds are set for."""


def fit(
    asked: Sequence[Sequence[Sample]],
    ranked: Sequence[Sample],
    sentences: Sequence[Sample],
    fitted_on: Sequence[str],
) -> Weights:
    """Return the weights that fit labelled questions.

    ``asked`` are questions as people ask them, a collection after the other: they teach which passage
    answers, and the confidence.
    ``ranked`` only teach which passage: sentences and their translations, say. ``sentences`` are the
    samples of questions that come with their answers.
    """
    return fit_confidence(fit_ranking(asked, ranked, sentences, fitted_on), asked)


def fit_ranking(
    asked: Sequence[Sequence[Sample]],
    ranked: Sequence[Sample],
    sentences: Sequence[Sample],
    fitted_on: Sequence[str],
) -> Weights:
    """Return weights that rank passages and choose sentences as those of ``fit``, without confidence."""
    taught = [sample for samples in (*asked, ranked) for sample in samples]
    passage = fit_choice([_both(s) for s in taught if s.right.any() and not s.right.all()])
    sentence = fit_choice(
        [
            (s.features.sentences[a:b], s.right_sentences[a:b])
            for s in sentences
            for a, b in zip(s.features.starts[:-1], s.features.starts[1:], strict=True)
            if 0 < s.right_sentences[a:b].sum() < b - a
        ]
    )
    half = len(PASSAGE_FEATURES)
    unsure = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0)
    return Weights(
        passage=_named(PASSAGE_FEATURES, passage[:half]),
        passage_foreign=_named(PASSAGE_FEATURES, passage[half:]),
        sentence=_named(SENTENCE_FEATURES, sentence if len(sentence) else np.zeros(len(SENTENCE_FEATURES))),
        confidence=unsure,
        confidence_foreign=unsure,
        thresholds=((PRECISION, 0.5),),
        fitted_on=tuple(fitted_on),
    )


def fit_confidence(weights: Weights, collections: Sequence[Sequence[Sample]]) -> Weights:
    """Return ``weights`` with their confidence fitted and their thresholds set.

    Confidence is fitted on all the questions together, and thresholds are set by what it gives to each when
    it has not seen its fold. A threshold is the least confidence from which on a given share of first
    quotes are right, when ANSWERABLE of the questions have an answer: the median over the collections that
    are large archives, or over all where none is.

    A small archive may speak at lower odds: a wrong quote is still from the article that was asked about,
    whose paragraphs can all be read, and silence is what disappoints. Its threshold, at the precision that
    is asked for by default, is the one that best separates questions with an answer from those without: where
    Youden's index is highest (Cancer 3, 1950), the mean of the collections' log-odds.
    """
    seen = [_confidence_rows(weights, samples) for samples in collections]
    rows, right, answerable, size = (np.concatenate(column) for column in zip(*seen, strict=True))
    collection = np.repeat(np.arange(len(seen)), [len(each[0]) for each in seen])
    weight = prior(answerable)
    scale = np.maximum(rows.std(axis=0), RARE)
    model = LogisticRegression(max_iter=2_000)
    confidence = cross_val_predict(
        model, rows / scale, right, cv=FOLDS, method="predict_proba", params={"sample_weight": weight}
    )[:, 1]
    model.fit(rows / scale, right, sample_weight=weight)
    coefficients = model.coef_[0] / scale
    names = (INTERCEPT, *CONFIDENCE_FEATURES)
    own, foreign = np.split(np.append(model.intercept_, coefficients), [len(names)])
    thresholds, relief = _thresholds(confidence, right, answerable, size, collection)
    return replace(
        weights,
        confidence=_named(names, own),
        confidence_foreign=_named(names, foreign),
        thresholds=thresholds,
        relief=relief,
    )


def _thresholds(
    confidence: Floats, right: Bools, answerable: Bools, size: Ints, collection: Ints
) -> tuple[tuple[tuple[float, float], ...], float]:
    """Return the thresholds and the relief that suit what was predicted of each question."""
    large = size >= SIZES[1] if (size >= SIZES[1]).any() else size > 0
    groups = [large & (collection == each) for each in np.unique(collection[large])]
    least = [least_confidences(confidence[group], right[group], prior(answerable[group])) for group in groups]
    thresholds = tuple(zip(PRECISIONS, np.median(least, axis=0).round(4).tolist(), strict=True))
    small = [(size <= SIZES[0]) & (collection == each) for each in np.unique(collection)]
    parting = [
        _log_odds(_youden(confidence[group], answerable[group]))
        for group in small
        if answerable[group].any() and not answerable[group].all()
    ]
    relief = np.exp(_log_odds(dict(thresholds)[PRECISION]) - np.mean(parting)) if parting else 1.0
    return thresholds, round(max(float(relief), 1.0), 2)


def _log_odds(probability: float) -> float:
    return float(np.log(max(probability, 1e-9) / max(1 - probability, 1e-9)))


def _youden(confidence: Floats, answerable: Bools) -> float:
    """Return the confidence from which most answerable questions, and fewest of the others, are answered."""
    wrongly, rightly, least = roc_curve(answerable, confidence)
    return float(min(least[np.argmax(rightly - wrongly)], 1.0))


def prior(answerable: Bools, share: float = ANSWERABLE) -> Floats:
    """Return the weight of each question by which such a share of them have an answer."""
    seen = min(max(float(answerable.mean()), 1e-9), 1 - 1e-9)
    return np.where(answerable, share / seen, (1 - share) / (1 - seen))


def least_confidences(confidence: Floats, right: Bools, weight: Floats) -> list[float]:
    """Return, for each of PRECISIONS, the least confidence from which on so many are right; 1 if none.

    It never falls as the precision rises.
    """
    order = np.argsort(-confidence, kind="stable")
    precision = np.cumsum((right * weight)[order]) / np.cumsum(weight[order])
    least = []
    for wanted in PRECISIONS:
        reached = np.flatnonzero(precision >= wanted)
        least.append(float(confidence[order[reached[-1]]]) if len(reached) else 1.0)
    return [float(value) for value in np.maximum.accumulate(least)]


def _confidence_rows(weights: Weights, samples: Sequence[Sample]) -> tuple[Floats, Bools, Bools, Ints]:
    """Return what confidence is read from, and of each: is the first right, could it be, of how many."""
    ranker = Ranker(weights, BUNDLED_SCALE)  # the cosines of samples are scaled already
    rows, right, answerable, size = [], [], [], []
    for sample in samples:
        for kept in _with_and_without_answer(sample):
            scores = ranker.score_passages(kept.features, kept.foreign)
            order = np.argsort(-scores, kind="stable")
            lacks = kept.features.lacking[order[0]]
            row = np.append(1.0, confidence_row(scores[order], kept.groups[order], lacks))
            rows.append(np.concatenate([row[1:], kept.foreign[order[0]] * row]))
            right.append(bool(kept.right[order[0]]))
            answerable.append(bool(kept.right.any()))
            size.append(kept.size)
    return np.array(rows), np.array(right), np.array(answerable), np.array(size)


def _with_and_without_answer(sample: Sample) -> list[Sample]:
    """Return a sample, and the same with the passages that answer taken out of the archive."""
    others = np.flatnonzero(~sample.right)
    if not sample.right.any() or not len(others):
        return [sample]
    without = replace(
        sample,
        features=sample.features.take(others),
        foreign=sample.foreign[others],
        right=sample.right[others],
        groups=sample.groups[others],
    )
    return [sample, without]


def _both(sample: Sample) -> tuple[Floats, Bools]:
    """Return the features, again where question and passage differ in language, and which rows are right."""
    passages = sample.features.passages
    return np.hstack([passages, passages * sample.foreign[:, None]]), sample.right


def fit_choice(choices: Sequence[tuple[Floats, Bools]]) -> Floats:
    """Return weights that give the right rows of each choice the most probability."""
    if not choices:
        return np.empty(0)
    matrix = np.concatenate([rows for rows, _ in choices])
    right = np.concatenate([chosen for _, chosen in choices]).astype(np.float64)
    scale = np.maximum(matrix.std(axis=0), 1e-6)
    matrix = matrix / scale
    lengths = np.array([len(rows) for rows, _ in choices])
    first = np.cumsum(lengths) - lengths
    choice = np.repeat(np.arange(len(choices)), lengths)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, first)[choice])
        everything = np.add.reduceat(odds, first)
        good = np.maximum(np.add.reduceat(odds * right, first), 1e-300)
        pull = odds * right / good[choice] - odds / everything[choice]
        value = -np.log(good / everything).sum() + PENALTY / 2 * weights @ weights
        return float(value), -(matrix.T @ pull) + PENALTY * weights

    start = np.zeros(matrix.shape[1])
    fitted: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x / scale
    return fitted


def _named(names: Iterable[str], values: Floats) -> dict[str, float]:
    """Return fitted weights by name, rounded to five decimals."""
    return named(names, np.round(values, 5).tolist())
