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
    asked: Sequence[Path],
    ranked: Sequence[Path],
    sentences: Sequence[Path],
    *,
    limit: int,
    model: str | None = None,
    progress: Progress = quiet,
) -> Weights:
    """Return weights fitted on at most ``limit`` questions of each BEIR folder.

    ``asked``, ``ranked`` and ``sentences`` are told apart as in ``retrieval.ranking.fitting.fit``.

    Raises:
        CollectionError: a path holds no collection.
    """
    encoder = load_encoder(model)

    def seen(paths: Sequence[Path]) -> list[Sample]:
        found: list[Sample] = []
        for collection, path in zip(read_collections(paths), paths, strict=True):
            with corpus_archive(collection, path, encoder, progress) as archive:
                found.extend(collection_samples(spaced(collection, limit), archive))
        return found

    names = [path.resolve().name for path in (*asked, *ranked)]
    return fit(seen(asked), seen(ranked), seen(sentences), names)


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
