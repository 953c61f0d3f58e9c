"""Labelled questions as the ranker sees them, in archives large and small.

A linear model is only as good as what it was fitted on, and archives go from one article to a million.
So every question is seen twice: in its whole corpus, and in a *corner* of it, the few passages nearest
to the one that answers, as paragraphs of one article are near each other. Taking the answer out of
either makes a question that the archive cannot answer, on the archive's own subject.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.index.arrays import Ints
from retrieval.index.context import Articles
from retrieval.index.derived import Derived, code
from retrieval.ranking.confidence import sides
from retrieval.ranking.features import Bools, Features, Floats, look
from retrieval.ranking.model import candidates, foreign
from retrieval.question.understanding import Question, canonical
from retrieval.language.analysis import fold, sentences
from retrieval.types import Passage

CORNER = (3, 40)
"""The fewest and the most passages of a corner; their number is drawn evenly on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the positions of the passages that answer it, and words that a right sentence holds."""

    question: Question
    gold: frozenset[int]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One question in one archive: the features of its candidates and which of them answer.

    ``right_sentences`` marks the sentences, of candidates that answer, that hold the answer's words;
    ``side`` tells rivals apart (``retrieval.ranking.confidence.sides``); ``size`` is the number of
    passages in the archive.
    """

    features: Features
    abroad: Floats
    right: Bools
    right_sentences: Bools
    side: Ints
    size: int


class _CornerFrequencies:
    """How many passages of a corner hold a token."""

    def __init__(self, index: Derived, positions: Ints) -> None:
        self._counts: Counter[int] = Counter()
        for position in positions:
            units, _ = index.units.positions(np.array([position]))
            spots, _ = index.tokens.positions(units)
            self._counts.update(set(index.tokens.values[spots].tolist()))

    def frequency(self, token: str) -> int:
        return self._counts[code(token)]


def samples(
    labelled: Sequence[Labelled], index: Derived, texts: Sequence[Passage], seed: int = 0
) -> Iterator[Sample]:
    """Yield each question in the whole index, in a corner around its answer, and in one far from it.

    ``texts`` are the passages by position. The last corner is a random question's: nothing in it is even
    on the subject.
    """
    draw = random.Random(seed)  # noqa: S311 - sampling, not secrets
    vectors = index.passage_vectors.reconstruct_n(0, len(index))
    for asked in labelled:
        one = replace(
            asked,
            question=canonical(asked.question, index.acronyms),
            gold=_with_copies(asked.gold, index),
        )
        whole = candidates(one.question, index, None, None)
        if len(whole):
            yield _sample(one, index, whole, texts)
        if not one.gold:
            continue
        near = _corner(draw.choice(sorted(one.gold)), one.gold, vectors, draw)
        yield _sample(one, _view(index, near), near, texts)
        far = _corner(draw.randrange(len(index)), one.gold, vectors, draw)
        far = np.array([position for position in far if position not in one.gold], dtype=np.int64)
        if len(far):
            yield _sample(one, _view(index, far), far, texts)


def _with_copies(gold: frozenset[int], index: Derived) -> frozenset[int]:
    """Return the passages that answer and their copies, which answer as well."""
    originals = index.originals[sorted(gold)]
    return frozenset(np.flatnonzero(np.isin(index.originals, originals)).tolist())


def _corner(around: int, gold: frozenset[int], vectors: Floats, draw: random.Random) -> Ints:
    """Return a passage and its nearest neighbours that do not answer, in the order of the index."""
    size = round(math.exp(draw.uniform(math.log(CORNER[0]), math.log(CORNER[1]))))
    nearest = np.argsort(-(vectors @ vectors[around]), kind="stable")[: size + len(gold)]
    others = [int(position) for position in nearest if position != around and position not in gold]
    return np.array(sorted([around, *others[: size - 1]]), dtype=np.int64)


def _view(index: Derived, positions: Ints) -> Derived:
    """Return the index as it would be if it held only ``positions``, the paragraphs of one article."""
    units, _ = index.units.positions(positions)
    spots, _ = index.tokens.positions(units)
    mean = index.passage_vectors.reconstruct_batch(positions).mean(axis=0)
    article = Articles(
        starts=np.array([0, len(index)]),
        terms=np.unique(index.tokens.values[spots]).astype(np.uint64),
        vectors=(mean / np.linalg.norm(mean)).astype(np.float16)[None, :],
    )
    return replace(
        index,
        rows=index.rows[positions],
        lexical=_CornerFrequencies(index, positions),  # type: ignore[arg-type]
        articles=article,
        mean_length=len(spots) / len(positions),
    )


def _sample(one: Labelled, index: Derived, found: Ints, texts: Sequence[Passage]) -> Sample:
    """Return the sample of these candidates; of copies, only the first is one."""
    positions = found[np.sort(np.unique(index.originals[found], return_index=True)[1])]
    features = look(one.question, index, positions)
    right = np.array([int(position) in one.gold for position in positions])
    holds = np.zeros(len(features.sentences), dtype=bool)
    wanted = [fold(answer) for answer in one.answers]
    for i in np.flatnonzero(right) if wanted else ():
        text = texts[positions[i]].text
        for j, (start, end) in enumerate(sentences(text)):
            said = fold(text[start:end])
            holds[features.starts[i] + j] = any(answer in said for answer in wanted)
    return Sample(
        features=features,
        abroad=foreign(one.question, index, positions),
        right=right,
        right_sentences=holds,
        side=sides(index, positions),
        size=len(index),
    )
