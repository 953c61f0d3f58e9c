"""A value and its bootstrap interval."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.evaluation.figures import Figure, estimate, mean, quantile
from retrieval.evaluation.silence import auroc


def array(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def test_an_interval_holds_its_value_and_narrows_with_questions() -> None:
    """A mean of .5 over n coin tosses has a 95 % interval of about ±.98/√n."""
    wide = estimate(mean, array(*[0, 1] * 20))
    narrow = estimate(mean, array(*[0, 1] * 2000))
    assert wide is not None
    assert narrow is not None
    assert (wide.value, narrow.value) == (0.5, 0.5)
    assert (wide.low, wide.high) == pytest.approx((0.345, 0.655), abs=0.03)
    assert (narrow.low, narrow.high) == pytest.approx((0.4845, 0.5155), abs=0.003)


def test_an_interval_is_the_same_for_the_same_seed() -> None:
    """A figure printed twice is printed the same."""
    column = np.random.default_rng(2).random(50)
    assert estimate(mean, column, seed=3) == estimate(mean, column, seed=3)
    assert estimate(mean, column, seed=3) != estimate(mean, column, seed=4)


def test_columns_stay_paired_when_resampled() -> None:
    """A perfect order stays perfect in every resample that has both sorts."""
    assert estimate(auroc, array(0.1, 0.2, 0.3, 0.9), array(0, 0, 0, 1)) == Figure(1.0, 1.0, 1.0)


def test_what_cannot_be_measured_is_absent() -> None:
    """No question, or one sort only, gives no figure; one question gives no interval."""
    assert estimate(mean, array()) is None
    assert estimate(auroc, array(0.1, 0.2), array(1, 1)) is None
    assert estimate(mean, array(1)) == Figure(1.0, None, None)


def test_quantiles_of_latency() -> None:
    """The median and the slow tail."""
    column = np.arange(1, 102, dtype=np.float64)
    median, tail = estimate(quantile(0.5), column), estimate(quantile(0.95), column)
    assert median is not None
    assert tail is not None
    assert (median.value, tail.value) == (51, 96)
