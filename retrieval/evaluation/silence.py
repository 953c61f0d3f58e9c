"""How well a system knows when to stay silent: selective answering by confidence.

A question is *right* when the first quote comes from a passage that answers it; a question that nothing
answers is never right. Functions that return one number reduce the last axis, so resamples can be stacked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from retrieval.evaluation.figures import Column

BINS = 10
"""Bins of equally many questions in which confidence is held against what was right."""


def auroc(confidence: Column, right: Column) -> Column:
    """Return the chance that a right quote is given more confidence than a wrong one.

    This is the area under the ROC curve as the Mann–Whitney statistic; ties count for half. It is NaN
    where all are right or all wrong.
    """
    ranks = rankdata(confidence, axis=-1)
    positives = right.sum(axis=-1)
    negatives = right.shape[-1] - positives
    wins = (ranks * right).sum(axis=-1) - positives * (positives + 1) / 2
    with np.errstate(invalid="ignore"):
        return np.asarray(wins / (positives * negatives))


def risk_coverage(confidence: Column, right: Column) -> tuple[Column, Column]:
    """Return the points (coverage, risk) of answering the most confident questions only.

    Coverage is the share of all questions answered, risk the share of those that are wrong. There is a
    point for each distinct confidence, from the highest: no threshold parts equal ones.
    """
    precision, cut = _precision(confidence, right)
    coverage = np.arange(1, len(right) + 1) / len(right)
    return coverage[cut], 1 - precision[cut]


def coverage_at(precision: float, confidence: Column, right: Column) -> Column:
    """Return the largest share of questions that can be answered with at least this precision.

    Questions, the unanswerable included, are answered from the most confident down to some threshold;
    precision is the share of the answered that are right. It need not hold at every higher threshold.
    Zero when no threshold reaches it.
    """
    reached, cut = _precision(confidence, right)
    answered = np.arange(1, right.shape[-1] + 1)
    # Within rounding: 9 of 10 is .90.
    return np.asarray(np.max(answered * (cut & (reached >= precision - 1e-12)), axis=-1) / right.shape[-1])


def calibration_error(confidence: Column, right: Column) -> Column:
    """Return the expected calibration error: how far confidence is from the share that is right.

    The mean over BINS bins of equally many questions, from the least confident to the most, of the
    distance between mean confidence and the share that is right, weighted by their questions. It is
    never quite 0: in bins of a few questions the two differ by chance, and in resampled ones more, so its
    interval is biased upwards.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian
    binning", AAAI 2015; with equal-mass bins.
    """
    over = np.take_along_axis(confidence - right, _by_confidence(confidence), axis=-1)
    sums = np.add.reduceat(over, _starts(right.shape[-1]), axis=-1)
    return np.asarray(np.abs(sums).sum(axis=-1) / right.shape[-1])


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence: how many, their mean confidence, and how many are right."""

    n: int
    confidence: float
    right: int


def reliability(confidence: Column, right: Column) -> list[Bin]:
    """Return the bins of `calibration_error`, from the least confident; at most one a question."""
    order = _by_confidence(confidence)
    starts = _starts(len(right))[1:]
    pairs = zip(np.split(confidence[order], starts), np.split(right[order], starts), strict=True)
    return [Bin(len(sure), float(sure.mean()), int(hits.sum())) for sure, hits in pairs]


def _by_confidence(confidence: Column) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    return np.argsort(confidence, axis=-1, kind="stable")


def _starts(questions: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.unique(np.arange(BINS) * questions // BINS)


def _precision(
    confidence: Column, right: Column
) -> tuple[Column, np.ndarray[tuple[int, ...], np.dtype[np.bool]]]:
    """Return the precision after each question, the most confident first, and where a threshold may fall."""
    order = np.argsort(-confidence, axis=-1, kind="stable")
    ranked = np.take_along_axis(confidence, order, axis=-1)
    hits = np.cumsum(np.take_along_axis(right, order, axis=-1), axis=-1)
    last = np.ones((*ranked.shape[:-1], 1), dtype=np.bool)
    cut = np.concatenate([ranked[..., :-1] != ranked[..., 1:], last], axis=-1)
    return hits / np.arange(1, right.shape[-1] + 1), cut
