"""Ask a system every question of a collection, and sum up how well it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from retrieval.articles import split_passages
from retrieval.evaluation.collections import Collection, CorpusDocument, Query, spaced
from retrieval.evaluation.figures import Column, Figure, estimate, mean, quantile
from retrieval.evaluation.metrics import (
    Cited,
    Values,
    first_quote,
    marked_values,
    quote_values,
    ranking_values,
    silence_values,
)
from retrieval.evaluation.progress import tracked
from retrieval.evaluation.silence import auroc, calibration_error, coverage_at
from retrieval.evaluation.systems import Response, System

DEPTH = 20
"""Passages asked for: the measures read ten documents, and a document may be several passages."""
WARM_UP = 3
"""Questions asked beforehand, so that latency is that of a system in use."""

LANGUAGE, KIND = "language", "kind"

DIVISIONS: Mapping[str, Callable[[Query], str]] = {
    LANGUAGE: lambda query: query.language,
    KIND: lambda query: query.kind,
}
"""What divides the questions of a collection into parts; one of which nothing is said is in no part."""


@dataclass(frozen=True, slots=True)
class Record:
    """One question and what came of it.

    ``ranking`` is (document id, score), best first. ``right`` says whether ``first``, what a person reads
    first, comes from a passage that answers or from a copy of one. ``answered`` and ``confidence`` are None
    for a system that never stays silent, ``seconds`` for one that is not timed. ``values`` are those of
    `retrieval.evaluation.metrics`.
    """

    query: Query
    ranking: tuple[tuple[str, float], ...]
    first: Cited | None
    right: bool
    answered: bool | None
    confidence: float | None
    seconds: float | None
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of a collection in one language, or of one kind, and their figures."""

    records: tuple[Record, ...]
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a system did on a collection: every question, the figures, and the parts of each division.

    ``parts`` are those of `divided`. ``expected`` are the passages that answer, by id, as far as they are
    known; ``off_topic`` what came of questions on other subjects, when some were asked; ``stages`` the
    milliseconds of each stage of a question, when they were measured.
    """

    collection: str
    system: str
    records: tuple[Record, ...]
    figures: Mapping[str, Figure]
    parts: Mapping[str, Mapping[str, Part]]
    expected: Mapping[str, CorpusDocument] = field(default_factory=dict)
    off_topic: tuple[Record, ...] = ()
    stages: Mapping[str, float] = field(default_factory=dict)


def evaluate(
    collection: Collection, system: System, *, limit: int | None = None, seed: int = 0
) -> Evaluation:
    """Ask a system the questions of a collection.

    Args:
        collection: what to ask, and what answers.
        system: what is asked.
        limit: at most this many questions, evenly spaced over the collection.
        seed: of the bootstrap.

    Returns:
        The evaluation. Its figures are the means of the values in `retrieval.evaluation.metrics`; ``auroc``,
        ``coverage@90``, ``coverage@95`` and ``ece`` of `retrieval.evaluation.silence`; and, for a system
        that is timed, ``latency_p50_ms`` and ``latency_p95_ms``. A figure that no question bears on is
        absent.
    """
    queries = (collection if limit is None else spaced(collection, limit)).queries
    for query in queries[:WARM_UP]:
        system.respond(query.text, DEPTH)
    responses = [
        system.respond(query.text, DEPTH) for query in tracked_queries(queries, collection.name, system.name)
    ]
    records = _records(collection, queries, responses)
    latency = np.array([record.seconds for record in records if record.seconds is not None]) * 1000
    timing = {
        "latency_p50_ms": estimate(quantile(0.50), latency, seed=seed),
        "latency_p95_ms": estimate(quantile(0.95), latency, seed=seed),
    }
    return Evaluation(
        collection=collection.name,
        system=system.name,
        records=records,
        figures=summarise(records, seed=seed) | {name: figure for name, figure in timing.items() if figure},
        parts=divided(records, seed=seed),
        expected=_expected(collection, queries, responses),
    )


def summarise(records: Sequence[Record], *, seed: int = 0) -> dict[str, Figure]:
    """Return the figures of some records, latency aside."""
    names = dict.fromkeys(name for record in records for name in record.values)
    columns = {
        name: np.array([record.values[name] for record in records if name in record.values]) for name in names
    }
    figures = {name: estimate(mean, column, seed=seed) for name, column in columns.items()}
    if pairs := confidence_and_right(records):
        confidence, right = pairs
        figures["auroc"] = estimate(auroc, confidence, right, seed=seed)
        figures["coverage@90"] = estimate(partial(coverage_at, 0.90), confidence, right, seed=seed)
        figures["coverage@95"] = estimate(partial(coverage_at, 0.95), confidence, right, seed=seed)
        figures["ece"] = estimate(calibration_error, confidence, right, seed=seed)
    return {name: figure for name, figure in figures.items() if figure}


def divided(records: Sequence[Record], *, seed: int = 0) -> dict[str, dict[str, Part]]:
    """Return the parts of each of DIVISIONS, the one of most questions first."""
    return {
        division: {
            name: Part(group, summarise(group, seed=seed)) for name, group in _parts(records, part_of).items()
        }
        for division, part_of in DIVISIONS.items()
    }


def confidence_and_right(records: Sequence[Record]) -> tuple[Column, Column] | None:
    """Return the confidence of each first quote and whether it is right; None where the system gives none."""
    pairs = [(record.confidence, record.right) for record in records if record.confidence is not None]
    if not pairs:
        return None
    confidence, right = np.array(pairs, dtype=np.float64).T
    return confidence, right


def _records(
    collection: Collection, queries: Sequence[Query], responses: Sequence[Response]
) -> tuple[Record, ...]:
    rankings = [
        ranked_documents(collection, response, query.gold)
        for query, response in zip(queries, responses, strict=True)
    ]
    documents = {
        query.id: [document for document, _ in ranking]
        for query, ranking in zip(queries, rankings, strict=True)
    }
    scored = ranking_values(queries, documents)
    marks = any(hit.answer for response in responses for hit in response.hits)
    records = []
    for query, response, ranking in zip(queries, responses, rankings, strict=True):
        first = first_quote(response)
        read = (first.passage, *(copy.passage for copy in first.copies)) if first else ()
        right = any(collection.doc_id(passage) in query.gold for passage in read)
        values: Values = scored.get(query.id, {}) | quote_values(query, first, right=right)
        if marks:
            values |= marked_values(query, first, right=right)
        if response.answer:
            values |= silence_values(query, response.answer, right=right)
        records.append(
            Record(
                query=query,
                ranking=ranking,
                first=first,
                right=right,
                answered=response.answer.answered if response.answer else None,
                confidence=response.answer.confidence if response.answer else None,
                seconds=response.seconds,
                values=values,
            )
        )
    return tuple(records)


def ranked_documents(
    collection: Collection, response: Response, gold: Mapping[str, int]
) -> tuple[tuple[str, float], ...]:
    """Return the documents of a response with their scores, by their best passage, best first.

    A passage is counted as those of its copies that are ``gold``, for whoever reads it has read them; as
    itself where none is.
    """
    ranking: dict[str, float] = {}
    for hit in response.hits:
        read = [collection.doc_id(p) for p in (hit.passage, *(copy.passage for copy in hit.copies))]
        for document in [document for document in read if document in gold] or read[:1]:
            ranking.setdefault(document, hit.score)
    return tuple(ranking.items())


def _expected(
    collection: Collection, queries: Sequence[Query], responses: Sequence[Response]
) -> dict[str, CorpusDocument]:
    """Return the documents judged to answer; those of a questions file are paragraphs of what was found."""
    known = dict(collection.documents)
    if not known:
        for article in {hit.article.id: hit.article for reply in responses for hit in reply.hits}.values():
            for passage in split_passages(article):
                id_ = collection.doc_id(passage)
                known[id_] = CorpusDocument(id_, article.title or "", passage.text, article.published)
    return {id_: known[id_] for query in queries for id_ in query.gold if id_ in known}


def _parts(records: Sequence[Record], part_of: Callable[[Query], str]) -> dict[str, tuple[Record, ...]]:
    counts = Counter(name for record in records if (name := part_of(record.query)))
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: tuple(record for record in records if part_of(record.query) == name) for name in ordered}


def tracked_queries(queries: Sequence[Query], collection: str, system: str) -> Iterable[Query]:
    """Yield the queries, with a progress bar on stderr where that is a terminal."""
    return tracked(queries, f"{collection} · {system}")
