"""How good the answers are: collections of questions, metrics, intervals and reports.

collection = read_collection(Path("tests/questions.jsonl"))
evaluation = evaluate(collection, ArchiveSystem(archive))
print(figures_table([evaluation]))
"""

from __future__ import annotations

from retrieval.evaluation.collections import (
    Collection,
    CorpusDocument,
    Query,
    read_collection,
    read_collections,
)
from retrieval.evaluation.evaluator import Evaluation, Record, evaluate
from retrieval.evaluation.output import as_json
from retrieval.evaluation.report import figures_table, parts_table
from retrieval.evaluation.runs import write_run
from retrieval.evaluation.systems import ArchiveSystem, Response, System

__all__ = [
    "ArchiveSystem",
    "Collection",
    "CorpusDocument",
    "Evaluation",
    "Query",
    "Record",
    "Response",
    "System",
    "as_json",
    "evaluate",
    "figures_table",
    "parts_table",
    "read_collection",
    "read_collections",
    "write_run",
]
