"""Questions that a reader was not trained on, and what it reads for them.

Every question is seen in its whole corpus and in a corner of it, such as an article, and in both again with
the passages that answer taken out: questions on the very subject of the archive that nothing in it answers.
Some questions on other subjects are asked as well.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.archive import Archive
from retrieval.arrays import Bools, Floats, Ints
from retrieval.encoders.interface import Reader
from retrieval.evaluation.collections import Collection, spaced
from retrieval.evaluation.progress import tracked
from retrieval.index.interface import Index
from retrieval.ranking.confidence import reading_row
from retrieval.ranking.ranker import FirstStage, Ranker
from retrieval.ranking.reading import DEPTH, ReadPassages, blended, read_passages, worth_reading
from retrieval.training.corners import article_of, corner_of, neighbours
from retrieval.training.samples import LabelledQuestion, drawn_size, with_copies
from retrieval.training.training_set import labelled_questions

ARTICLE = 0.5
"""The share of corners that are an article, as a small archive may be."""

OFF_TOPIC = 0.1
"""Questions on other subjects that are asked of an archive, for each of its own."""


@dataclass(frozen=True, slots=True)
class ReadSample:
    """The first passages of one question in one archive, by the first stage, and what was read in them.

    Columns are those of ``FirstStage`` and ``Features``; ``right`` tells which passages answer,
    ``answerable`` whether any of the archive does, and ``size`` is the number of passages in the archive.
    ``asked`` is the question.
    """

    asked: str
    scores: Floats
    groups: Ints
    lacking: Bools
    missing: Floats
    foreign: Floats
    lost: Floats
    right: Bools
    read: ReadPassages
    answerable: bool
    size: int

    def row(self, weight: float) -> tuple[Floats, bool]:
        """Return the READING_FEATURES with a weight of the logit, and whether the first passage is right."""
        scores = blended(self.scores, self.read, weight)
        order = np.argsort(-scores, kind="stable")
        first = order[0]
        row = reading_row(
            scores[order],
            self.groups[order],
            self.lacking[first],
            self.read.take(order),
            agreement=bool(first == 0),
            missing=self.missing[first],
            foreign=float(self.foreign[first]),
            size=self.size,
            first_stage=float(self.scores[first]),
            time_lost=float(self.lost[first]),
        )
        return row, bool(self.right[first])


def read_samples(
    labelled: Sequence[LabelledQuestion], index: Index, ranker: Ranker, reader: Reader, seed: int = 0
) -> Iterator[list[ReadSample]]:
    """Yield each question in the whole index and in a corner, with its answer and without."""
    draw = random.Random(seed)  # noqa: S311 - sampling, not secrets
    for one in labelled:
        gold = with_copies(one.gold, index)
        whole = ranker.first_stage(one.question, index)
        if whole is None or not worth_reading(whole.features):
            yield []
            continue
        made = list(_samples(one, gold, whole, index, reader))
        if gold:
            corner = corner_of(
                one.question, _small_archive(draw.choice(sorted(gold)), gold, draw, index), index
            )
            first = ranker.order_candidates(one.question, corner.candidates, corner.statistics)
            made += _samples(one, gold, first, index, reader)
        yield made


def _small_archive(around: int, gold: frozenset[int], draw: random.Random, index: Index) -> Ints:
    """Return the passages of the article of one that answers, or its neighbours, each half of the time.

    Neighbours are of several articles, and where it stands alone there are no others.
    """
    article = article_of(around, index)
    if len(article) > 1 and draw.random() < ARTICLE:
        return article
    return neighbours(around, gold, drawn_size(draw), index)


def _samples(
    one: LabelledQuestion, gold: frozenset[int], first: FirstStage, index: Index, reader: Reader
) -> Iterator[ReadSample]:
    right = np.isin(first.candidates.ids[first.order], list(gold))
    top = first.order[: DEPTH + int(right[:DEPTH].sum())]
    read = read_passages(reader, one.question, index, first.candidates.ids[top])
    everything = np.arange(min(DEPTH, len(top)))
    yield _sample(first, top, right, read, everything, answerable=bool(gold))
    others = np.flatnonzero(~right[: len(top)])[:DEPTH]
    if right.any() and len(others):
        yield _sample(first, top, right, read, others, answerable=False)


def _sample(
    first: FirstStage, top: Ints, right: Bools, read: ReadPassages, kept: Ints, *, answerable: bool
) -> ReadSample:
    places = top[kept]
    return ReadSample(
        asked=first.question.text,
        scores=first.scores[places],
        groups=first.groups[places],
        lacking=first.features.lacking[places],
        missing=first.features.missing[places],
        foreign=first.foreign[places],
        lost=first.lost[places],
        right=right[kept],
        read=read.take(kept),
        answerable=answerable,
        size=first.statistics.passages,
    )


def with_off_topic(collections: Sequence[Collection]) -> list[Collection]:
    """Return each collection with some questions of another corpus, which nothing in it answers."""
    mixed = []
    for collection in collections:
        others = (other for other in collections if other.documents.keys() != collection.documents.keys())
        asked = collection.queries
        if other := next(others, None):
            strange = spaced(other, round(OFF_TOPIC * len(asked))).queries
            asked += tuple(replace(query, gold={}, answers=()) for query in strange)
        mixed.append(replace(collection, queries=asked))
    return mixed


def collection_read_samples(collection: Collection, archive: Archive, reader: Reader) -> list[ReadSample]:
    """Return the samples of a collection's questions, asked on the last day of its archive."""
    today = dt.date.fromordinal(archive.index.statistics().days().newest(dt.date.today()))
    labelled = labelled_questions(collection, archive, today)
    made = read_samples(labelled, archive.index, archive.ranker, reader)
    return [sample for one in tracked(made, f"{collection.name} · reading", len(labelled)) for sample in one]
