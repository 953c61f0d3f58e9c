"""Questions in time: passages of another time than the one asked about come after those of it.

Nothing is ever hidden: a passage outside the time asked about loses some of its score, so that one
inside goes first unless it fits the question much less.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from retrieval.arrays import Floats, Ints, Ragged
from retrieval.index.interface import Candidates
from retrieval.ranking.weights import TimeWeights
from retrieval.store.passages import UNDATED
from retrieval.types import QuestionTime

WEEK, LONGEST = 7.0, 20 * 365.25
"""Age is told on a scale of logarithms, from the newest article to one of twenty years: days."""


def time_loss(time: QuestionTime, candidates: Candidates, newest: int, weights: TimeWeights) -> Floats:
    """Return what the score of each candidate loses, at least 0, for being of another time.

    ``newest`` is the last day of publication in the archive that is not after the day of the question.
    """
    lost = np.zeros(len(candidates))
    if time.settled_by != "nothing":
        low, high = time.days
        told = share_told(candidates.dates, low, high)
        days = candidates.published.astype(np.int64)
        dated = (days[:, 0] != UNDATED) & (time.settled_by == "publication")
        inside = np.maximum(_shares(days, low, high), told)
        lost += np.where(dated, weights.outside * (1 - inside), weights.untold * (1 - told))
    if time.recent:
        lost += weights.aged * relative_age(candidates.published[:, 1], newest)
    return lost


def share_told(dates: Ragged, low: int, high: int) -> Floats:
    """Return how much of a date that each passage tells is within two days, of the one most within."""
    days = dates.values.astype(np.int64).reshape(-1, 2)
    shares = np.zeros(len(dates))
    owners = np.repeat(np.arange(len(dates)), dates.lengths // 2)
    np.maximum.at(shares, owners, _shares(days, low, high))
    return shares


def relative_age(published: npt.NDArray[np.int32], newest: int) -> Floats:
    """Return the age of articles published on these days, from 0 (the newest) to 1; 0.5 where undated."""
    days = np.maximum(newest - published.astype(np.float64), 0.0)
    ages = np.minimum(np.log1p(days / WEEK) / np.log1p(LONGEST / WEEK), 1.0)
    return np.where(published == UNDATED, 0.5, ages)


def _shares(days: Ints, low: int, high: int) -> Floats:
    """Return which part of each span of days is within two days."""
    common = np.minimum(days[:, 1], high) - np.maximum(days[:, 0], low) + 1
    shares: Floats = np.clip(common, 0, None) / (days[:, 1] - days[:, 0] + 1)
    return shares
