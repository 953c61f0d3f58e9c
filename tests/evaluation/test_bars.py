"""Figures that must be reached."""

from __future__ import annotations

import pytest

from retrieval.errors import CollectionError
from retrieval.evaluation.bars import missed, parse_bars
from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.figures import Figure


def test_a_bar_is_a_floor_or_a_ceiling() -> None:
    """Errors and delays are to stay below theirs."""
    figures = {
        "ndcg@10": Figure(0.8, None, None),
        "ece": Figure(0.1, None, None),
        "latency_p50_ms": Figure(5.0, None, None),
    }
    evaluation = Evaluation("own", "default", (), figures, {})
    assert missed(parse_bars(["ndcg@10=0.8", "ece=0.1", "latency_p50_ms=6"]), [evaluation]) == []
    assert missed(parse_bars(["ndcg@10=0.9", "ece=0.05", "auroc=0.9"]), [evaluation]) == [
        "own: ndcg@10 is 0.800, below the bar of 0.9.",
        "own: ece is 0.100, above the bar of 0.05.",
        "own: auroc was not measured; the bar is 0.9.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recall=0.5", "'recall' is not a figure"),
        ("ndcg@10=high", "write it as ndcg@10=0.87"),
        ("ece", "not a bar"),
    ],
)
def test_a_bar_that_is_none_is_refused(text: str, message: str) -> None:
    with pytest.raises(CollectionError, match=message):
        parse_bars([text])


@pytest.mark.parametrize("name", ["answered_off_topic", "shown_off_topic"])
def test_speaking_off_topic_has_a_ceiling(name: str) -> None:
    evaluation = Evaluation("own", "default", (), {name: Figure(0.2, None, None)}, {})
    assert missed(parse_bars([f"{name}=0.3"]), [evaluation]) == []
    assert missed(parse_bars([f"{name}=0.1"]), [evaluation]) == [
        f"own: {name} is 0.200, above the bar of 0.1."
    ]
