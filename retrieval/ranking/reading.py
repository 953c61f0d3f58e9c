"""The second stage: a model reads the question with each of the first passages, to order them again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.arrays import Floats, Ints
from retrieval.encoders.interface import Reader, Reading
from retrieval.encoders.reader.text import reader_question, reader_text
from retrieval.index.interface import Index
from retrieval.ranking.features import PASSAGE_FEATURES, Features
from retrieval.types import Question

DEPTH = 10
"""Passages that are read: the right one is among the first ten in nine questions of ten."""

DECIMALS = 6
"""Scores are rounded so that equal passages are in the same order on every machine."""

LEAST_COVERAGE, LEAST_COSINE = 0.1, 0.15
"""The least share of the question's words, and the least cosine on the encoder's scale, of a candidate that
is worth reading: what shares less with a question is on other subjects, or the question says nothing."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadPassages:
    """What was read in k passages: logits, and the words that answer, offsets into the passages or None.

    ``span_scores`` are those of the best words over "no answer here"; there are no words where they are not
    above 0.
    """

    logits: Floats
    spans: tuple[Span | None, ...]
    span_scores: Floats

    def take(self, places: Ints) -> ReadPassages:
        """Return what was read in the passages at ``places``, in that order."""
        spans = tuple(self.spans[place] for place in places.tolist())
        return ReadPassages(self.logits[places], spans, self.span_scores[places])


def worth_reading(features: Features) -> bool:
    """Return whether any of the candidates shares words with the question, or some of its meaning.

    A reader gives any logit to a question unlike those it was trained on, one without known words above all.
    """
    coverage, cosine = (
        max(features.passages[:, list(PASSAGE_FEATURES).index(name)].max() for name in names)
        for names in (("coverage", "soft_coverage"), ("passage_cosine", "sentence_cosine"))
    )
    return bool(coverage >= LEAST_COVERAGE or cosine >= LEAST_COSINE)


def read_passages(reader: Reader, question: Question, index: Index, ids: Ints) -> ReadPassages:
    """Return what a reader finds in passages, each read after the day and the title of its article."""
    stored = index.stored(ids.tolist())
    texts = [reader_text(one.article.title, one.article.published, one.passage.text) for one in stored]
    readings = reader.read(reader_question(question.corrected), [text for text, _ in texts])
    return ReadPassages(
        logits=np.array([reading.logit for reading in readings], dtype=np.float64),
        spans=tuple(_in_passage(reading, start) for reading, (_, start) in zip(readings, texts, strict=True)),
        span_scores=np.array([reading.span_score for reading in readings], dtype=np.float64),
    )


def _in_passage(reading: Reading, start: int) -> Span | None:
    """Return the words that answer as offsets into the passage, which begins at ``start`` of what was read.

    There are none where they are less likely than no answer, or in the title.
    """
    if reading.span is None or reading.span_score <= 0 or reading.span[0] < start:
        return None
    return reading.span[0] - start, reading.span[1] - start


def blended(scores: Floats, read: ReadPassages, weight: float) -> Floats:
    """Return the scores of passages that were read, a unit of the reader's logit being worth ``weight``."""
    total: Floats = np.round(scores + weight * read.logits, DECIMALS)
    return total
