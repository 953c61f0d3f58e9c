"""Fit the ranker on collections: from labelled questions to ``weights.json``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from retrieval.archive import Archive
from retrieval.encoders.interface import Encoder
from retrieval.encoders.reader import OFF
from retrieval.evaluation.collections import Collection, read_collections, spaced
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.progress import tracked
from retrieval.index.interface import Index
from retrieval.ingest.synchronising import Progress, quiet
from retrieval.opening import load_ranker
from retrieval.question.understanding import understand
from retrieval.ranking.weights import Weights
from retrieval.store.passages import article_number, articles_of
from retrieval.training.fitting import fit, fit_ranking
from retrieval.training.samples import LabelledQuestion, Sample, samples


@dataclass(frozen=True, slots=True)
class Parts:
    """BEIR folders, by what the ranker learns from their questions; one may be in several parts.

    ``asked``, ``ranked`` and ``sentences`` are those of ``retrieval.training.fitting.fit``.
    """

    asked: Sequence[Path]
    ranked: Sequence[Path] = ()
    sentences: Sequence[Path] = ()

    def collections(self) -> dict[Path, Collection]:
        """Return every collection once, by the folder it is read from.

        Raises:
            CollectionError: a path holds no collection, or two have the same name.
        """
        paths = list(dict.fromkeys(path.resolve() for path in (*self.asked, *self.ranked, *self.sentences)))
        return dict(zip(paths, read_collections(paths), strict=True))


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The samples of collections by name, and the names of those that teach each part."""

    samples: Mapping[str, Sequence[Sample]]
    asked: tuple[str, ...]
    ranked: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    def fit(self) -> Weights:
        """Return the weights that fit these samples."""
        return fit(*self._parts())

    def fit_ranking(self) -> Weights:
        """Return the weights that fit these samples, but for those of confidence."""
        return fit_ranking(*self._parts())

    def _parts(self) -> tuple[list[Sequence[Sample]], list[Sample], list[Sample], list[str]]:
        """Return what ``fit`` is given."""
        asked = [self.samples[name] for name in self.asked]
        ranked, sentences = (
            list(chain.from_iterable(self.samples[name] for name in names))
            for names in (self.ranked, self.sentences)
        )
        return asked, ranked, sentences, list(dict.fromkeys((*self.asked, *self.ranked)))

    def without(self, *held_out: str) -> TrainingSet:
        """Return the set without some collections, whatever they teach."""
        asked, ranked, sentences = (
            tuple(name for name in names if name not in held_out)
            for names in (self.asked, self.ranked, self.sentences)
        )
        return replace(self, asked=asked, ranked=ranked, sentences=sentences)


def training_set(
    parts: Parts, encoder: Encoder, *, limit: int | None = None, progress: Progress = quiet
) -> TrainingSet:
    """Return the samples of at most ``limit`` questions of each folder, each folder seen once.

    Raises:
        CollectionError: a path holds no collection.
    """
    found: dict[str, list[Sample]] = {}
    ranker = load_ranker(encoder, reader=OFF)  # opens the archives; samples do not depend on it
    collections = parts.collections()
    for path, collection in collections.items():
        with corpus_archive(collection, path, encoder, ranker, progress) as archive:
            asked = collection if limit is None else spaced(collection, limit)
            found[collection.name] = list(collection_samples(asked, archive))

    def names(paths: Sequence[Path]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(collections[path.resolve()].name for path in paths))

    return TrainingSet(found, names(parts.asked), names(parts.ranked), names(parts.sentences))


def collection_samples(collection: Collection, archive: Archive) -> Iterator[Sample]:
    """Yield the samples of a collection's questions."""
    ids = _ids_in_order(collection, archive.index)
    labelled = labelled_questions(collection, archive)
    # A question is seen in its whole corpus, and twice more where something answers it.
    expected = sum(3 if one.gold else 1 for one in labelled)
    made = samples(labelled, archive.index, ids, archive.encoder.scale)
    yield from tracked(made, f"{collection.name} · samples", expected)


def labelled_questions(
    collection: Collection, archive: Archive, today: dt.date | None = None
) -> list[LabelledQuestion]:
    """Return a collection's questions as its archive understands them, with what answers them.

    Their time is read on the day ``today``, or not at all.
    """
    passages = _passages_of(collection, archive.index)
    statistics = archive.index.statistics()
    return [
        LabelledQuestion(
            understand(query.text, archive.encoder, statistics, today),
            tuple(id_ for document in query.gold for id_ in passages.get(document, ())),
            query.answers,
        )
        for query in collection.queries
    ]


def _ids_in_order(collection: Collection, index: Index) -> list[int]:
    """Return the ids of all passages in the order of the collection's documents."""
    rank = {article_number(name): rank for rank, name in enumerate(collection.articles)}
    ids = index.ids()
    ranks = np.array([rank[number] for number in articles_of(ids).tolist()])
    ordered: list[int] = ids[np.lexsort((ids, ranks))].tolist()
    return ordered


def _passages_of(collection: Collection, index: Index) -> dict[str, list[int]]:
    """Return the ids of the passages of each document that answers a question, by the document's id."""
    gold = {document for query in collection.queries for document in query.gold}
    articles = [
        article_number(name)
        for name, documents in collection.articles.items()
        if any(document.id in gold for document in documents)
    ]
    ids = index.ids()
    found: dict[str, list[int]] = {}
    for stored in index.stored(ids[np.isin(articles_of(ids), articles)].tolist()):
        found.setdefault(collection.doc_id(stored.passage), []).append(stored.id)
    return found
