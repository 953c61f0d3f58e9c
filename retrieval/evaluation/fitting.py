"""Fit the ranker on collections: from labelled questions to ``weights.json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.archive import Archive
from retrieval.encoders import load_encoder
from retrieval.evaluation.collections import Collection, read_collections, spaced
from retrieval.evaluation.corpora import corpus_archive
from retrieval.opening import Progress, quiet
from retrieval.ranking.fitting import fit
from retrieval.ranking.model import Weights
from retrieval.ranking.question import understand
from retrieval.ranking.samples import Labelled, Sample, samples


def fit_collections(
    paths: Sequence[Path],
    *,
    precision: float,
    limit: int,
    model: str | None = None,
    progress: Progress = quiet,
) -> Weights:
    """Return weights fitted on at most ``limit`` questions of each BEIR folder.

    Raises:
        CollectionError: a path holds no collection.
    """
    collections = [spaced(collection, limit) for collection in read_collections(paths)]
    encoder = load_encoder(model)
    seen: list[Sample] = []
    for collection, path in zip(collections, paths, strict=True):
        with corpus_archive(collection, path, encoder, progress) as archive:
            seen.extend(collection_samples(collection, archive))
    return fit(seen, precision, [collection.name for collection in collections])


def collection_samples(collection: Collection, archive: Archive) -> Iterator[Sample]:
    """Yield the samples of a collection's questions."""
    texts = archive.passages()
    positions: dict[str, list[int]] = {}
    for position, passage in enumerate(texts):
        positions.setdefault(collection.doc_id(passage), []).append(position)
    labelled = [
        Labelled(
            understand(query.text, archive.encoder),
            frozenset(position for document in query.gold for position in positions.get(document, ())),
            query.answers,
        )
        for query in collection.queries
    ]
    yield from samples(labelled, archive.index, texts)
