"""Another engine over the same passages and the same vectors, asked the same questions: txtai.

It is set up as somebody would who knows it and has French articles: hybrid search, its BM25 normalised so
that the two sides are added up rather than fused by rank (four points of nDCG@10 better on PIAF), titles
indexed with their passages, words cut at elisions, French stop words. Its vectors are searched as it
chooses by itself: all of them up to 5,000 passages, in clusters beyond. Given our own stemmed words instead,
it is neither better nor worse (within .006 on PIAF, FQuAD and TICO-19).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from retrieval.archive import Archive
from retrieval.errors import CollectionError
from retrieval.evaluation.systems import Response
from retrieval.index.interface import Index, iterate_stored
from retrieval.language.analysis import stop_words
from retrieval.results import QUOTES
from retrieval.types import Copy, Hit, Vectors

NO_SENTENCE = (0, 0)
"""The highlight of a passage in which no sentence is chosen."""

SCORING = {
    "method": "bm25",
    "terms": True,
    "normalize": True,
    "tokenizer": {"regexp": r"[^\W_]+", "stopwords": sorted(stop_words("fr") | {"à", "été", "même", "où"})},
}
"""How txtai scores words; it does not fold accents, so the commonest accented stop words are added."""


@dataclass(frozen=True, slots=True)
class Txtai:
    """txtai over the passages of an archive; it never stays silent and chooses no sentence.

    What it finds counts as found in its copies too, as it does for the archive.
    """

    embeddings: Any
    index: Index
    name: str = "txtai"

    def respond(self, question: str, k: int) -> Response:
        """Rank passages; as for the archive, what is timed is finding the few that a person is shown."""
        start = time.perf_counter()
        self._hits(question, QUOTES)
        seconds = time.perf_counter() - start
        hits = [replace(hit, copies=self._copies(id_)) for id_, hit in self._hits(question, k)]
        return Response(hits, None, seconds)

    def _hits(self, question: str, k: int) -> list[tuple[int, Hit]]:
        """Return the hits with the ids of their passages, which are those that txtai was given."""
        scores = {int(id_): float(score) for id_, score in self.embeddings.search(question, k)}
        found = self.index.stored(list(scores))
        return [
            (one.id, Hit(one.passage, one.article, NO_SENTENCE, one.dates, score=scores[one.id]))
            for one in found
        ]

    def _copies(self, id_: int) -> tuple[Copy, ...]:
        return tuple(Copy(one.passage, one.article) for one in self.index.stored(self.index.copies(id_)))


@contextmanager
def txtai(archive: Archive) -> Iterator[Txtai]:
    """Open txtai over the passages of an archive, in memory; it is closed on leaving.

    Raises:
        CollectionError: txtai is not installed.
    """
    try:
        from txtai import Embeddings
    except ImportError as error:
        raise CollectionError(
            "txtai, which the archive is measured beside, is not installed: run pip install -e '.[peers]'."
        ) from error
    config = {"method": "external", "transform": _vectors(archive), "scoring": SCORING}
    with Embeddings(config) as embeddings:
        embeddings.index(_rows(archive.index))
        yield Txtai(embeddings, archive.index)


def _rows(index: Index) -> Iterator[tuple[int, str, None]]:
    """Yield what txtai indexes of each passage: its id, its title and text, and no tags."""
    for one in iterate_stored(index):
        yield one.id, f"{one.article.title or ''}\n{one.passage.text}", None


def _vectors(archive: Archive) -> Callable[[list[str]], Vectors]:
    """Return what txtai calls for vectors: of every passage once, in order, then of questions."""
    passages = (one.vector for one in iterate_stored(archive.index))

    def vectors(texts: list[str]) -> Vectors:
        known = list(islice(passages, len(texts)))
        return np.stack(known) if known else archive.encoder.encode_queries(texts)

    return vectors
