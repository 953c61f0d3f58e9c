"""Analyse an index again from its texts, where the analysis has changed since it was built."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from retrieval.articles import split_passages
from retrieval.encoders.interface import Encoder
from retrieval.index.interface import Index, iterate_stored
from retrieval.ingest.analysis import Document, Encode, analyse
from retrieval.ingest.synchronising import Progress, quiet
from retrieval.store.passages import Stored
from retrieval.types import Vectors


def reanalyse(index: Index, encoder: Encoder, progress: Progress = quiet) -> None:
    """Analyse every article of an index again; only sentences that are cut otherwise are embedded again.

    An interruption leaves articles of both analyses, each whole; the next run begins again.
    """
    stamps = index.stamps()
    total = len(stamps)
    stored = iterate_stored(index)
    for done, (article_id, listed) in enumerate(groupby(stored, key=lambda one: one.article.id), start=1):
        passages = list(listed)
        article = passages[0].article
        document = Document(article, split_passages(article), stamps[article_id])
        index.put(analyse([document], _reusing(passages, encoder)))
        progress(done, total)
    index.compact()


def _reusing(passages: list[Stored], encoder: Encoder) -> Encode:
    """Return what gives known texts the vectors they have, and embeds the others."""
    known = dict(_vectors(passages))

    def encode(texts: list[str]) -> Vectors:
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        if unknown:
            known.update(zip(unknown, encoder.encode_passages(unknown), strict=True))
        return np.stack([known[text] for text in texts])

    return encode


def _vectors(passages: list[Stored]) -> Iterator[tuple[str, Vectors]]:
    for one in passages:
        yield one.passage.text, one.vector
        for (start, end), vector in zip(one.sentences, one.sentence_vectors, strict=True):
            yield one.passage.text[start:end], vector
