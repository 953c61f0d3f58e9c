"""Made-up samples: questions whose answer one feature gives away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Features
from retrieval.training.samples import Sample

COVERAGE = list(PASSAGE_FEATURES).index("coverage")
SENTENCE_COSINE = list(SENTENCE_FEATURES).index("cosine")


def sample(draw: np.random.Generator, *, size: int = 10, candidates: int = 8) -> Sample:
    """A question answered by the passage of the greatest coverage, give or take some noise."""
    passages = draw.normal(size=(candidates, len(PASSAGE_FEATURES)))
    right = np.arange(candidates) == np.argmax(
        passages[:, COVERAGE] + draw.normal(scale=0.2, size=candidates)
    )
    sentences = draw.normal(size=(2 * candidates, len(SENTENCE_FEATURES)))
    cosine = sentences[:, SENTENCE_COSINE].reshape(-1, 2)
    answers = (cosine == cosine.max(axis=1, keepdims=True)).ravel() & np.repeat(right, 2)
    starts = np.arange(0, 2 * candidates + 1, 2)
    return Sample(
        Features(
            passages, sentences, starts, np.zeros((candidates, 3), dtype=bool), np.zeros((candidates, 2))
        ),
        foreign=np.zeros(candidates),
        right=right,
        right_sentences=answers,
        groups=np.arange(candidates),
        size=size,
    )


def mirrored(one: Sample) -> Sample:
    """The same question in another language than the passages, where what tells the answer is the reverse."""
    passages = one.features.passages.copy()
    passages[:, COVERAGE] *= -1
    return replace(one, features=replace(one.features, passages=passages), foreign=np.ones_like(one.foreign))


def without_answer(one: Sample) -> Sample:
    """The same question in an archive that lacks the passages that answer it."""
    others = np.flatnonzero(~one.right)
    return replace(
        one,
        features=one.features.take(others),
        foreign=one.foreign[others],
        right=one.right[others],
        groups=one.groups[others],
    )
