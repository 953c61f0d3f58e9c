"""What was measured, printed for a person and as JSON for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from rich.console import Console

from retrieval.evaluation.compare import Comparison, comparison_table
from retrieval.evaluation.evaluator import LANGUAGE, Evaluation, Record, confidence_and_right
from retrieval.evaluation.figures import Column, Figure
from retrieval.evaluation.overview import overview_table
from retrieval.evaluation.report import LABELS, figures_table, parts_table
from retrieval.evaluation.silence import reliability, risk_coverage
from retrieval.evaluation.stages import stages_table

POINTS = 100
"""Points of a risk–coverage curve in JSON, at most."""


def print_report(
    collections: Sequence[Sequence[Evaluation]],
    comparisons: Sequence[Comparison],
    console: Console | None = None,
) -> None:
    """Print the systems evaluated on each collection, all at a glance, and how they compare.

    To stdout by default.
    """
    console = console or Console()
    for systems in collections:
        first = systems[0]
        console.print(figures_table(systems))
        console.print()
        for division, parts in first.parts.items():
            if len(parts) > 1:
                console.print(parts_table(first, division))
                console.print()
        if first.stages:
            console.print(stages_table(first.stages))
            console.print()
    several = max(len(systems) for systems in collections) > 1
    if len(collections) > 1 or (several and len(collections[0][0].parts[LANGUAGE]) > 1):
        console.print(overview_table("ndcg@10", collections))
        console.print()
    if comparisons:
        console.print(comparison_table(comparisons))


def as_json(evaluations: Iterable[Evaluation], comparisons: Sequence[Comparison] = ()) -> dict[str, Any]:
    """Return what was measured as a JSON object.

    A collection holds the figures of the first system evaluated on it, each as {"value", "low", "high"};
    the systems evaluated after it are under ``baselines``, by name; those of its parts are under
    ``by_language`` and ``by_kind``. Where a system can stay silent,
    ``risk_coverage`` is (coverage, risk) at POINTS thresholds at most, from the highest, and ``reliability``
    the bins of ``retrieval.evaluation.silence``. ``stages``, where they were measured, are milliseconds.
    ``comparisons`` is there when some were made.
    """
    collections: dict[str, dict[str, Any]] = {}
    for evaluation in evaluations:
        measured: dict[str, Any] = {
            **_json(evaluation.records, evaluation.figures),
            **{
                f"by_{division}": {name: _json(part.records, part.figures) for name, part in parts.items()}
                for division, parts in evaluation.parts.items()
            },
        }
        if evaluation.stages:
            measured["stages"] = dict(evaluation.stages)
        if evaluation.collection in collections:
            first = collections[evaluation.collection]
            first.setdefault("baselines", {})[evaluation.system] = measured
        else:
            collections[evaluation.collection] = {"system": evaluation.system, **measured}
    made = {"comparisons": [asdict(comparison) for comparison in comparisons]} if comparisons else {}
    return {"collections": collections, **made}


def _json(records: Sequence[Record], figures: Mapping[str, Figure]) -> dict[str, Any]:
    pairs = confidence_and_right(records)
    return {
        "n": len(records),
        "n_unanswerable": sum(not record.query.answerable for record in records),
        **{name: figures[name].as_json() for name in LABELS if name in figures},
        **(_curves(*pairs) if pairs else {}),
    }


def _curves(confidence: Column, right: Column) -> dict[str, Any]:
    points = np.column_stack(risk_coverage(confidence, right))
    kept = np.unique(np.linspace(0, len(points) - 1, POINTS).round().astype(int))
    return {
        "risk_coverage": points[kept].tolist(),
        "reliability": [asdict(group) for group in reliability(confidence, right)],
    }
