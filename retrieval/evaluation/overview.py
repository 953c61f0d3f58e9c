"""Every collection on one line, and each of its languages: what a person looks for first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table

from retrieval.evaluation.evaluator import LANGUAGE, Evaluation
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.report import INTERVALS, LABELS, cell, plain_table


def overview(
    name: str, collections: Sequence[Sequence[Evaluation]]
) -> Iterator[tuple[str, str, list[Figure | None]]]:
    """Yield a figure of the systems measured first, by collection, then by language where there are several.

    Each is (collection, language, figures); the language is empty for the collection as a whole.
    """
    for systems in collections:
        measured = {evaluation.system: evaluation for evaluation in systems}
        rows = [measured.get(evaluation.system) for evaluation in collections[0]]
        collection, languages = systems[0].collection, systems[0].parts[LANGUAGE]
        yield collection, "", [one.figures.get(name) if one else None for one in rows]
        for language in languages if len(languages) > 1 else ():
            yield (
                collection,
                language,
                [one.parts[LANGUAGE][language].figures.get(name) if one else None for one in rows],
            )


def overview_table(name: str, collections: Sequence[Sequence[Evaluation]]) -> Table:
    """Return one figure as a table: collections and their languages down, systems across."""
    table = plain_table(f"{LABELS[name]} at a glance", caption=INTERVALS)
    table.add_column("", no_wrap=True)
    for evaluation in collections[0]:
        table.add_column(evaluation.system, justify="right")
    for collection, language, figures in overview(name, collections):
        head = f"  {language}" if language else collection
        table.add_row(head, *(cell(name, figure) for figure in figures))
    return table
