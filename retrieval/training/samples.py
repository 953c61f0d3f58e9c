"""Labelled questions as the ranker sees them, in archives large and small.

A linear model is only as good as what it was fitted on, and archives go from one article to a million.
So every question is seen twice: in its whole corpus, and in a *corner* of it, the few passages nearest
to the one that answers, as paragraphs of one article are near each other. Taking the answer out of
either makes a question that the archive cannot answer, on the archive's own subject.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.arrays import Bools, Floats, Ints
from retrieval.encoders.interface import CosineScale
from retrieval.index.interface import Candidates, Index, TermStatistics
from retrieval.language.analysis import fold
from retrieval.ranking.confidence import rival_groups
from retrieval.ranking.features import Features, features_of
from retrieval.ranking.ranker import CANDIDATES, foreign_to
from retrieval.training.corners import corner_of, neighbours
from retrieval.types import Question

CORNER = (3, 40)
"""The fewest and the most passages of a corner; their number is drawn evenly on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, the ids of the passages that answer it, and words of which a right sentence holds some."""

    question: Question
    gold: tuple[int, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One question in one archive: the features of its candidates and which of them answer.

    ``foreign`` is 1 for candidates in another language than the question's, else 0. ``right_sentences`` marks
    the sentences, of candidates that answer, that hold the answer's words; ``groups`` tells rivals apart
    (``retrieval.ranking.confidence.rival_groups``); ``size`` is the number of passages in the archive.
    """

    features: Features
    foreign: Floats
    right: Bools
    right_sentences: Bools
    groups: Ints
    size: int


def samples(
    labelled: Sequence[LabelledQuestion], index: Index, ids: Sequence[int], scale: CosineScale, seed: int = 0
) -> Iterator[Sample]:
    """Yield each question in the whole index, in a corner around its answer, and in one far from it.

    ``ids`` are those of all passages, in an order that does not change; ``scale`` is that of the encoder. The
    last corner is around a random passage: nothing in it is even on the subject.
    """
    draw = random.Random(seed)  # noqa: S311 - sampling, not secrets
    place = {id_: at for at, id_ in enumerate(ids)}
    for one in labelled:
        gold = with_copies(one.gold, index)
        make = _SampleMaker(one, gold, index, scale)
        whole = index.find(one.question, depth=CANDIDATES)
        if len(whole):
            yield make(whole, index.statistics())
        if not gold:
            continue
        around = draw.choice(sorted(gold, key=place.__getitem__))
        yield make.in_corner(neighbours(around, gold, drawn_size(draw), index))
        around = ids[draw.randrange(len(ids))]
        far = neighbours(around, gold, drawn_size(draw), index)
        far = far[~np.isin(far, list(gold))]
        if len(far):
            yield make.in_corner(far)


def drawn_size(draw: random.Random) -> int:
    """Return the size of a corner."""
    return round(math.exp(draw.uniform(math.log(CORNER[0]), math.log(CORNER[1]))))


def with_copies(gold: Sequence[int], index: Index) -> frozenset[int]:
    """Return the passages that answer and their copies, which answer as well."""
    return frozenset(gold).union(*(index.copies(id_) for id_ in gold))


@dataclass(frozen=True, slots=True)
class _SampleMaker:
    """Makes the samples of one question, whose answers are the passages ``gold``."""

    labelled: LabelledQuestion
    gold: frozenset[int]
    index: Index
    scale: CosineScale

    def in_corner(self, ids: Ints) -> Sample:
        """Return the sample of a corner of these passages."""
        corner = corner_of(self.labelled.question, ids, self.index)
        return self(corner.candidates, corner.statistics)

    def __call__(self, found: Candidates, statistics: TermStatistics) -> Sample:
        """Return the sample of these candidates; of copies, only the first is one."""
        candidates = found.take(np.sort(np.unique(found.originals, return_index=True)[1]))
        features = features_of(self.labelled.question, candidates, statistics, self.scale)
        right = np.isin(candidates.ids, list(self.gold))
        return Sample(
            features=features,
            foreign=foreign_to(self.labelled.question, candidates),
            right=right,
            right_sentences=self._right_sentences(candidates, features, right),
            groups=rival_groups(candidates, statistics.articles),
            size=statistics.passages,
        )

    def _right_sentences(self, candidates: Candidates, features: Features, right: Bools) -> Bools:
        holds = np.zeros(len(features.sentences), dtype=bool)
        wanted = [fold(answer) for answer in self.labelled.answers]
        places = np.flatnonzero(right) if wanted else np.empty(0, np.int64)
        for place, stored in zip(places, self.index.stored(candidates.ids[places].tolist()), strict=True):
            for number, (start, end) in enumerate(stored.sentences):
                sentence = fold(stored.passage.text[start:end])
                holds[features.starts[place] + number] = any(answer in sentence for answer in wanted)
        return holds
