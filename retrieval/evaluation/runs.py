"""TREC run files, which every retrieval tool reads: ``qid Q0 docid rank score tag``, a document a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.errors import CollectionError
from retrieval.evaluation.evaluator import Evaluation


def run_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield the rankings of an evaluation, tagged with its system's name; ranks count from 1.

    Raises:
        CollectionError: when an id holds a space, which the format cannot hold.
    """
    for record in evaluation.records:
        for rank, (document, score) in enumerate(record.ranking, start=1):
            fields = (record.query.id, "Q0", document, str(rank), repr(float(score)), evaluation.system)
            if spaced := next((field for field in fields if len(field.split()) != 1), None):
                raise CollectionError(f"A run file cannot hold the space in {spaced!r}: rename it.")
            yield " ".join(fields) + "\n"


def write_run(path: Path, evaluations: Sequence[Evaluation]) -> None:
    """Write the rankings of one system on one or more collections to a file.

    Raises:
        CollectionError: when two evaluations share a query id, or an id holds a space.
    """
    ids = [record.query.id for evaluation in evaluations for record in evaluation.records]
    if len(set(ids)) < len(ids):
        twice = next(id_ for id_ in ids if ids.count(id_) > 1)
        raise CollectionError(f"The query id {twice!r} is used twice: write one run file a collection.")
    lines = [line for evaluation in evaluations for line in run_lines(evaluation)]
    path.write_text("".join(lines), encoding="utf-8")
