"""Add articles to an index in batches, so that an interruption costs one batch at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retrieval.index.interface import Index
from retrieval.ingest.analysis import Document, analyse
from retrieval.types import Encoder

BATCH = 256
"""Passages embedded, and kept, at a time: what an interruption can cost."""


def add_documents(index: Index, documents: Iterable[Document], encoder: Encoder) -> Iterator[int]:
    """Analyse and keep articles; an article already there is replaced.

    Works as it is iterated over: yields the number of articles done so far, after each batch; what is done
    stays done if this is interrupted.
    """
    done = 0
    for batch in _batches(documents):
        index.put(analyse(batch, encoder.encode_passages))
        done += len(batch)
        yield done
    index.compact()


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield documents together until they hold BATCH passages."""
    batch: list[Document] = []
    passages = 0
    for document in documents:
        batch.append(document)
        passages += len(document.passages)
        if passages >= BATCH:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch
