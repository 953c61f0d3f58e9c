"""A measured value and how far it may be from the truth."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import DegenerateDataWarning, bootstrap

Column = npt.NDArray[np.float64]
"""One number a question along the last axis; statistics also take stacks of columns, a resample a row."""

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; the bounds are None where one question leaves them unknown."""

    value: float
    low: float | None
    high: float | None

    def as_json(self) -> dict[str, float | None]:
        """Return the figure as a JSON object."""
        return asdict(self)


def cell(figure: Figure | None, mark: str = "") -> str:
    """Return a figure as a cell of a table: its value and a mark, above its interval."""
    if figure is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}{mark}"
    return f"{figure.value:.3f}{mark}\n[{figure.low:.3f}, {figure.high:.3f}]"


def mean(column: Column) -> Column:
    """Return the mean over questions."""
    return np.asarray(column.mean(axis=-1))


def quantile(share: float) -> Callable[[Column], Column]:
    """Return the statistic that ``share`` of the questions stay below."""
    return lambda column: np.asarray(np.quantile(column, share, axis=-1))


def estimate(statistic: Callable[..., Column], *columns: Column, seed: int = 0) -> Figure | None:
    """Return a statistic over questions with its 95 % percentile bootstrap interval.

    Whole questions are drawn with replacement, so columns stay paired. ``statistic`` reduces
    the last axis of the columns, and gives NaN where it is undefined: such resamples are left out.

    Returns:
        The figure, or None when there is no question or the statistic is undefined.
    """
    if not len(columns[0]):
        return None
    value = float(statistic(*columns))
    if math.isnan(value):
        return None
    if len(columns[0]) == 1:
        return Figure(value, None, None)
    with warnings.catch_warnings():
        # SciPy warns that its own interval is NaN as soon as one resample is; ours is not.
        warnings.simplefilter("ignore", DegenerateDataWarning)
        resampled = bootstrap(
            columns,
            lambda *drawn, axis: statistic(*drawn),  # noqa: ARG005 (SciPy always gives the last axis)
            paired=True,
            vectorized=True,
            n_resamples=RESAMPLES,
            batch=100,
            method="percentile",
            rng=np.random.default_rng(seed),
        ).bootstrap_distribution
    low, high = np.nanpercentile(resampled, [2.5, 97.5])
    return Figure(value, float(low), float(high))
