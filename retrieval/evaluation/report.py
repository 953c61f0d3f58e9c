"""What was measured, as tables a person reads and as JSON a program reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table

from retrieval.evaluation.evaluator import Evaluation, Record
from retrieval.evaluation.figures import Figure

LABELS = {
    "hit@1": "hit@1",
    "hit@3": "hit@3",
    "success@5": "success@5",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "quote_in_sentence": "right words in bold",
    "quote_in_passage": "right words in passage",
    "answer_in_sentence": "answer in bold",
    "answer_in_passage": "answer in passage",
    "dates_correct": "dates shown correct",
    "auroc": "AUROC of confidence",
    "coverage@90": "coverage at 90 %",
    "coverage@95": "coverage at 95 %",
    "precision": "answers that are right",
    "refused_answerable": "answerable refused",
    "answered_unanswerable": "unanswerable answered",
    "latency_p50_ms": "latency p50, ms",
    "latency_p95_ms": "latency p95, ms",
}
"""Every figure in the order a person reads them, with its name in a table."""

BY_LANGUAGE = ("hit@1", "ndcg@10", "refused_answerable", "answered_unanswerable")


def figures_table(evaluations: Sequence[Evaluation]) -> Table:
    """Return the figures of several systems on one collection: figures down, systems across."""
    table = Table(title=_title(evaluations[0]))
    table.add_column("")
    for evaluation in evaluations:
        table.add_column(evaluation.system, justify="right", no_wrap=True)
    for name, label in LABELS.items():
        if any(name in evaluation.figures for evaluation in evaluations):
            table.add_row(label, *(_cell(evaluation.figures.get(name)) for evaluation in evaluations))
    return table


def languages_table(evaluation: Evaluation) -> Table:
    """Return a system's main figures for each language: languages down, figures across."""
    names = [name for name in BY_LANGUAGE if name in evaluation.figures]
    table = Table(title=f"{evaluation.collection} · {evaluation.system} by language")
    table.add_column("")
    table.add_column("n", justify="right")
    for name in names:
        table.add_column(LABELS[name], justify="right")
    for language, records in evaluation.languages.items():
        figures = evaluation.by_language[language]
        table.add_row(language, str(len(records)), *(_cell(figures.get(name)) for name in names))
    return table


def as_json(evaluations: Iterable[Evaluation]) -> dict[str, Any]:
    """Return what was measured as a JSON object.

    A collection holds the figures of the first system evaluated on it, each as {"value", "low", "high"};
    the systems evaluated after it are under ``baselines``, by name.
    """
    collections: dict[str, dict[str, Any]] = {}
    for evaluation in evaluations:
        measured = {
            **_json(evaluation.records, evaluation.figures),
            "by_language": {
                language: _json(records, evaluation.by_language[language])
                for language, records in evaluation.languages.items()
            },
        }
        if evaluation.collection in collections:
            first = collections[evaluation.collection]
            first.setdefault("baselines", {})[evaluation.system] = measured
        else:
            collections[evaluation.collection] = {"system": evaluation.system, **measured}
    return {"collections": collections}


def _json(records: Sequence[Record], figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {
        "n": len(records),
        "n_unanswerable": sum(not record.query.answerable for record in records),
        **{name: figures[name].as_json() for name in LABELS if name in figures},
    }


def _title(evaluation: Evaluation) -> str:
    silent = sum(not record.query.answerable for record in evaluation.records)
    return f"{evaluation.collection} · {len(evaluation.records)} questions, {silent} without an answer"


def _cell(figure: Figure | None) -> str:
    """Return ``0.87 [0.84, 0.90]``, or a dash for what was not measured."""
    if figure is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]"
