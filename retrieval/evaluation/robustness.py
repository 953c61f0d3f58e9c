"""The same questions as people type them in haste, and questions the archive has no business answering."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

from retrieval.errors import CollectionError
from retrieval.evaluation.collections import UNDETERMINED, Collection, Query
from retrieval.evaluation.evaluator import (
    DEPTH,
    Evaluation,
    Record,
    asked,
    evaluate,
    ranked_documents,
    summarise,
)
from retrieval.evaluation.lines import objects, text_field
from retrieval.evaluation.metrics import ranking_values
from retrieval.evaluation.systems import System
from retrieval.text import fold


def in_haste(text: str) -> str:
    """Return a question as it is typed in haste: in lower case, without accents."""
    return unicodedata.normalize("NFC", fold(text))


def typed_in_haste(
    evaluation: Evaluation, collection: Collection, system: System, *, seed: int = 0
) -> Evaluation:
    """Ask the same system the answerable questions of its evaluation again, typed in haste.

    Returns:
        The evaluation with two figures more: ``ndcg@10_typed``, and ``typed_loss``, which is what
        nDCG@10 loses by it, question by question.
    """
    queries = [record.query for record in evaluation.records if record.query.answerable]
    found = {
        query.id: ranked_documents(collection, system.respond(in_haste(query.text), DEPTH), query.gold)
        for query in asked(queries, collection.name, f"{system.name}, in haste")
    }
    documents = {id_: [document for document, _ in ranking] for id_, ranking in found.items()}
    scored = ranking_values(queries, documents)

    def with_typed(record: Record) -> Record:
        if record.query.id not in scored:
            return record
        typed = scored[record.query.id]["ndcg@10"]
        more = {"ndcg@10_typed": typed, "typed_loss": record.values["ndcg@10"] - typed}
        return replace(record, values={**record.values, **more})

    records = tuple(with_typed(record) for record in evaluation.records)
    again = replace(evaluation, records=records)
    return replace(
        again,
        figures={**evaluation.figures, **summarise(records, seed=seed)},
        by_language={language: summarise(group, seed=seed) for language, group in again.languages.items()},
    )


def read_off_topic(path: Path) -> Collection:
    """Read questions on other subjects, which nothing answers: ``{"id", "text", "lang"}``, one a line.

    Raises:
        CollectionError: when the file is missing, empty or malformed.
    """
    queries: dict[str, Query] = {}
    for where, fields in objects(path):
        id_ = text_field(fields, "id", where)
        if id_ in queries:
            raise CollectionError(f"{where}: the id {id_!r} was already used; give each line its own.")
        language = text_field(fields, "lang", where, default=UNDETERMINED)
        queries[id_] = Query(id_, text_field(fields, "text", where), language)
    if not queries:
        raise CollectionError(f"{path} is empty: give it at least one question.")
    return Collection(path.stem, tuple(queries.values()))


def asked_off_topic(
    evaluation: Evaluation, questions: Collection, system: System, *, limit: int | None = None
) -> Evaluation:
    """Ask an evaluated system questions on other subjects too.

    Returns:
        The evaluation with what came of them and, where the system can stay silent, the figure
        ``answered_off_topic``: the share that it answered.
    """
    probed = evaluate(questions, system, limit=limit)
    figures = dict(evaluation.figures)
    if figure := probed.figures.get("answered_unanswerable"):
        figures["answered_off_topic"] = figure
    return replace(evaluation, figures=figures, off_topic=probed.records)
