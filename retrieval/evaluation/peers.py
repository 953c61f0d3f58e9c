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
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from retrieval.archive import QUOTES, STORE, Archive
from retrieval.errors import CollectionError
from retrieval.evaluation.systems import Response
from retrieval.index import Derived
from retrieval.store.store import Store
from retrieval.language.analysis import stop_words
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
    index: Derived
    store: Store
    name: str = "txtai"

    def respond(self, question: str, k: int) -> Response:
        """Rank passages; as for the archive, what is timed is finding the few that a person is shown."""
        start = time.perf_counter()
        self._hits(question, QUOTES)
        seconds = time.perf_counter() - start
        hits = self._hits(question, k)
        return Response([replace(hit, copies=self._copies(at)) for at, hit in hits], None, seconds)

    def _hits(self, question: str, k: int) -> list[tuple[int, Hit]]:
        """Return the hits with their positions in the index, which are txtai's identifiers."""
        hits = []
        for position, score in self.embeddings.search(question, k):
            row = int(self.index.rows[position])
            passage, article, _ = self.store.passage(row)
            hit = Hit(passage, article, float(score), NO_SENTENCE, self.store.dates(row))
            hits.append((position, hit))
        return hits

    def _copies(self, position: int) -> tuple[Copy, ...]:
        rows = [int(self.index.rows[copy]) for copy in self.index.copies(position, None, None)]
        return tuple(Copy(*self.store.passage(row)[:2]) for row in rows)


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
    with closing(Store(archive.folder / STORE)) as store, Embeddings(config) as embeddings:
        embeddings.index(_documents(archive.index, store))
        yield Txtai(embeddings, archive.index, store)


def _documents(index: Derived, store: Store) -> Iterator[tuple[int, str, None]]:
    for position, row in enumerate(index.rows.tolist()):
        passage, article, _ = store.passage(row)
        yield position, f"{article.title or ''}\n{passage.text}", None


def _vectors(archive: Archive) -> Callable[[list[str]], Vectors]:
    """Return what txtai calls for vectors: of every passage once, in order, then of questions."""
    index = archive.index
    passages = iter(index.passage_vectors.reconstruct_n(0, len(index)))

    def vectors(texts: list[str]) -> Vectors:
        known = list(islice(passages, len(texts)))
        return np.stack(known) if known else archive.encoder.encode_queries(texts)

    return vectors
