"""Figures that must be reached, for scripts and continuous integration: ``ndcg@10=0.87``.

A bar is a floor, or a ceiling for a figure that is better low, such as ``latency_p50_ms=6``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retrieval.errors import CollectionError
from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.report import LABELS

LOW_IS_GOOD = frozenset(
    {
        "typed_loss",
        "misspelt_loss",
        "ece",
        "refused_answerable",
        "answered_unanswerable",
        "answered_off_topic",
        "nothing_answerable",
        "shown_unanswerable",
        "shown_off_topic",
        "latency_p50_ms",
        "latency_p95_ms",
    }
)
"""The figures whose bar is a ceiling."""


def parse_bars(texts: Iterable[str]) -> dict[str, float]:
    """Return the bars, by figure.

    Raises:
        CollectionError: one is not NAME=NUMBER, or names no figure.
    """
    bars = {}
    for text in texts:
        name, _, number = text.partition("=")
        if name not in LABELS:
            raise CollectionError(f"{name!r} is not a figure: a bar names one of {', '.join(LABELS)}.")
        try:
            bars[name] = float(number)
        except ValueError as error:
            raise CollectionError(f"{text!r} is not a bar: write it as {name}=0.87.") from error
    return bars


def missed(bars: Mapping[str, float], evaluations: Iterable[Evaluation]) -> list[str]:
    """Return a sentence for every bar that an evaluation does not reach; a figure not measured is missed."""
    lines = []
    for evaluation in evaluations:
        for name, bar in bars.items():
            figure = evaluation.figures.get(name)
            if figure is None:
                lines.append(f"{evaluation.collection}: {name} was not measured; the bar is {bar:g}.")
            elif figure.value > bar if name in LOW_IS_GOOD else figure.value < bar:
                side = "above" if name in LOW_IS_GOOD else "below"
                lines.append(
                    f"{evaluation.collection}: {name} is {figure.value:.3f}, {side} the bar of {bar:g}."
                )
    return lines
