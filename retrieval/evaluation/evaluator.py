"""Ask a system every question of a collection, and sum up how well it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from rich.console import Console
from rich.progress import track

from retrieval.evaluation.collections import Collection, Query, spaced
from retrieval.evaluation.figures import Figure, estimate, mean, quantile
from retrieval.evaluation.metrics import Shown, Values, quote_values, ranking_values, shown, silence_values
from retrieval.evaluation.silence import auroc, coverage_at
from retrieval.evaluation.systems import Response, System

DEPTH = 20
"""Passages asked for: the measures look at ten documents, and a document may be several passages."""
WARM_UP = 3
"""Questions asked beforehand, so that latency is that of a system in use."""


@dataclass(frozen=True, slots=True)
class Record:
    """One question and what came of it.

    ``ranking`` is (document id, score), best first. ``right`` says whether ``first``, what a person reads
    first, comes from a passage that answers. ``answered`` and ``confidence`` are None for a system
    that never stays silent. ``values`` are those of `retrieval.evaluation.metrics`.
    """

    query: Query
    ranking: tuple[tuple[str, float], ...]
    first: Shown | None
    right: bool
    answered: bool | None
    confidence: float | None
    seconds: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a system did on a collection: every question, the figures, and the figures of each language."""

    collection: str
    system: str
    records: tuple[Record, ...]
    figures: Mapping[str, Figure]
    by_language: Mapping[str, Mapping[str, Figure]]

    @property
    def languages(self) -> dict[str, list[Record]]:
        """The records of each language, the most asked first."""
        return _by_language(self.records)


def evaluate(
    collection: Collection, system: System, *, limit: int | None = None, seed: int = 0
) -> Evaluation:
    """Ask a system the questions of a collection.

    Args:
        collection: what to ask, and what answers.
        system: who is asked.
        limit: at most this many questions, evenly spaced over the collection.
        seed: of the bootstrap.

    Returns:
        The evaluation. Its figures are the means of the values in `retrieval.evaluation.metrics`, ``auroc``
        and ``coverage@90`` and ``coverage@95`` of `retrieval.evaluation.silence`, and ``latency_p50_ms`` and
        ``latency_p95_ms``. A figure that no question bears on is absent.
    """
    queries = (collection if limit is None else spaced(collection, limit)).queries
    for query in queries[:WARM_UP]:
        system.respond(query.text, DEPTH)
    responses = [
        system.respond(query.text, DEPTH) for query in _progress(queries, collection.name, system.name)
    ]
    records = _records(collection, queries, responses)
    latency = np.array([record.seconds for record in records]) * 1000
    timing = {
        "latency_p50_ms": estimate(quantile(0.50), latency, seed=seed),
        "latency_p95_ms": estimate(quantile(0.95), latency, seed=seed),
    }
    return Evaluation(
        collection=collection.name,
        system=system.name,
        records=records,
        figures=summarise(records, seed=seed) | {name: figure for name, figure in timing.items() if figure},
        by_language={
            language: summarise(group, seed=seed) for language, group in _by_language(records).items()
        },
    )


def summarise(records: Sequence[Record], *, seed: int = 0) -> dict[str, Figure]:
    """Return the figures of some records, latency aside."""
    names = dict.fromkeys(name for record in records for name in record.values)
    columns = {
        name: np.array([record.values[name] for record in records if name in record.values]) for name in names
    }
    figures = {name: estimate(mean, column, seed=seed) for name, column in columns.items()}
    sure = [(record.confidence, record.right) for record in records if record.confidence is not None]
    if sure:
        confidence, right = np.array(sure, dtype=np.float64).T
        figures["auroc"] = estimate(auroc, confidence, right, seed=seed)
        figures["coverage@90"] = estimate(partial(coverage_at, 0.90), confidence, right, seed=seed)
        figures["coverage@95"] = estimate(partial(coverage_at, 0.95), confidence, right, seed=seed)
    return {name: figure for name, figure in figures.items() if figure}


def _records(
    collection: Collection, queries: Sequence[Query], responses: Sequence[Response]
) -> tuple[Record, ...]:
    rankings = [_ranking(collection, response) for response in responses]
    documents = {
        query.id: [document for document, _ in ranking]
        for query, ranking in zip(queries, rankings, strict=True)
    }
    scored = ranking_values(queries, documents)
    records = []
    for query, response, ranking in zip(queries, responses, rankings, strict=True):
        first = shown(response)
        right = first is not None and collection.doc_id(first.passage) in query.gold
        values: Values = scored.get(query.id, {}) | quote_values(query, first, right=right)
        if response.answer:
            values |= silence_values(query, answered=response.answer.answered, right=right)
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


def _ranking(collection: Collection, response: Response) -> tuple[tuple[str, float], ...]:
    """Rank documents by their best passage."""
    ranking: dict[str, float] = {}
    for hit in response.hits:
        ranking.setdefault(collection.doc_id(hit.passage), hit.score)
    return tuple(ranking.items())


def _by_language(records: Sequence[Record]) -> dict[str, list[Record]]:
    counts = Counter(record.query.language for record in records)
    ordered = sorted(counts, key=lambda language: (-counts[language], language))
    return {
        language: [record for record in records if record.query.language == language] for language in ordered
    }


def _progress(queries: Sequence[Query], collection: str, system: str) -> Iterable[Query]:
    console = Console(stderr=True)
    title = f"{collection} · {system}"
    return track(queries, title, console=console, transient=True, disable=not console.is_terminal)
