"""Every collection on one line: what a person looks for first when several were measured."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.report import INTERVALS, LABELS, cell, plain_table

FIGURE = "ndcg@10"


def overview_table(collections: Sequence[Sequence[Evaluation]]) -> Table:
    """Return the systems' nDCG@10: collections down, the systems of the first across."""
    table = plain_table(f"{LABELS[FIGURE]} at a glance", caption=INTERVALS)
    table.add_column("", no_wrap=True)
    names = [evaluation.system for evaluation in collections[0]]
    for name in names:
        table.add_column(name, justify="right")
    for systems in collections:
        figures = {evaluation.system: evaluation.figures.get(FIGURE) for evaluation in systems}
        table.add_row(systems[0].collection, *(cell(FIGURE, figures.get(name)) for name in names))
    return table
