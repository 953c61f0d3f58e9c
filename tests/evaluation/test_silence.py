"""Measures of selective answering, against cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from retrieval.evaluation.silence import auroc, calibration_error, coverage_at, reliability, risk_coverage


def array(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def test_auroc_by_hand() -> None:
    """Two right, two wrong: three of four pairs in order, one of them tied for half in the second case."""
    assert auroc(array(0.9, 0.4, 0.6, 0.1), array(1, 1, 0, 0)) == pytest.approx(3 / 4)
    assert auroc(array(0.9, 0.6, 0.6, 0.1), array(1, 1, 0, 0)) == pytest.approx(3.5 / 4)


def test_auroc_is_that_of_scikit_learn() -> None:
    """Also with ties, and for a stack of resamples at once."""
    rng = np.random.default_rng(1)
    confidence = rng.integers(0, 20, size=(5, 200)) / 20
    right = (rng.random((5, 200)) < confidence).astype(np.float64)
    expected = [roc_auc_score(truth, scores) for truth, scores in zip(right, confidence, strict=True)]
    assert auroc(confidence, right) == pytest.approx(expected)


def test_auroc_of_one_sort_only_is_undefined() -> None:
    """There is nothing to tell apart."""
    assert np.isnan(auroc(array(0.1, 0.2), array(1, 1)))
    assert np.isnan(auroc(array(0.1, 0.2), array(0, 0)))


def test_risk_and_coverage_by_hand() -> None:
    """Right, wrong and right (tied), then wrong: three thresholds."""
    coverage, risk = risk_coverage(array(0.5, 0.9, 0.1, 0.5), array(0, 1, 0, 1))
    assert coverage == pytest.approx([1 / 4, 3 / 4, 1])
    assert risk == pytest.approx([0, 1 / 3, 1 / 2])


def test_coverage_at_ninety_percent_by_hand() -> None:
    """Nine right and one wrong of ten is .90 and counts; an eleventh wrong one is too many."""
    confidence = np.linspace(1, 0.1, 20)
    right = array(*[1] * 5, 0, *[1] * 4, *[0] * 10)
    assert coverage_at(0.90, confidence, right) == pytest.approx(10 / 20)
    assert coverage_at(0.95, confidence, right) == pytest.approx(5 / 20)


def test_coverage_does_not_part_equal_confidences() -> None:
    """When all have one confidence, it is all or nothing."""
    assert coverage_at(0.9, array(0.5, 0.5), array(1, 0)) == 0
    assert coverage_at(0.5, array(0.5, 0.5), array(1, 0)) == 1


def test_coverage_is_nothing_when_the_surest_are_wrong() -> None:
    """No threshold reaches the precision."""
    assert coverage_at(0.9, array(0.9, 0.5, 0.1), array(0, 1, 1)) == 0


def test_coverage_works_on_stacks() -> None:
    """As the bootstrap gives them."""
    confidence = np.array([[0.9, 0.5], [0.5, 0.9]])
    right = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert coverage_at(0.9, confidence, right).tolist() == [0.5, 0.0]


def test_calibration_error_by_hand() -> None:
    """Twenty questions, two a bin: confidence .9 and half right is .4 off; of .1 and none right, .1 off."""
    confidence = np.array([0.9] * 10 + [0.1] * 10)
    right = np.array([1.0, 0.0] * 5 + [0.0] * 10)
    assert float(calibration_error(confidence, right)) == pytest.approx(0.4 / 2 + 0.1 / 2)
    bins = reliability(confidence, right)
    assert [(group.n, group.confidence, group.right) for group in bins] == [
        *[(2, pytest.approx(0.1), 0)] * 5,
        *[(2, pytest.approx(0.9), 1)] * 5,
    ]


def test_calibration_error_of_stacks_and_of_few() -> None:
    """Resamples are stacked a row each; three questions make three bins; order plays no part."""
    confidence = np.array([[0.5, 0.8, 0.2], [1.0, 1.0, 0.0]])
    right = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    assert calibration_error(confidence, right) == pytest.approx([0.9 / 3, 0.0])
    assert [group.n for group in reliability(confidence[0], right[0])] == [1, 1, 1]
