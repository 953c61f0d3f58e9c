"""Add articles to an index in batches, so that an interruption costs one batch at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retrieval.encoders.interface import Encoder
from retrieval.index.interface import Index
from retrieval.ingest.analysis import Document, analyse
from retrieval.spans import span
from retrieval.types import Vectors

BATCH = 512
"""Passages embedded, and kept, at a time: what an interruption can cost."""


def add_documents(index: Index, documents: Iterable[Document], encoder: Encoder) -> Iterator[int]:
    """Analyse and keep articles; an article already there is replaced.

    Works as it is iterated over: yields the number of articles done so far, after each batch; what is done
    stays done if this is interrupted. Its spans are ``reading``, ``analysis``, ``embedding`` and
    ``storing``.
    """

    def encode(texts: list[str]) -> Vectors:
        with span("embedding"):
            return encoder.encode_passages(texts)

    done = 0
    for batch in _batches(documents):
        with span("analysis"):
            analysed = analyse(batch, encode)
        with span("storing"):
            index.put(analysed)
        done += len(batch)
        yield done
    with span("storing"):
        index.compact()


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield documents together until they hold BATCH passages."""
    batch: list[Document] = []
    passages = 0
    for document in _read(documents):
        batch.append(document)
        passages += len(document.passages)
        if passages >= BATCH:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _read(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield documents; the time it takes to get each is counted as reading."""
    iterator = iter(documents)
    while True:
        with span("reading"):
            document = next(iterator, None)
        if document is None:
            return
        yield document
