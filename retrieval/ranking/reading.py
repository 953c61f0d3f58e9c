"""The second stage: a model reads the question with each of the first passages, to order them again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from retrieval.arrays import Floats, Ints
from retrieval.encoders.reader.text import reader_text
from retrieval.index.interface import Index
from retrieval.types import Question, Reader

DEPTH = 10
"""Passages that are read: the right one is among the first ten in nine questions of ten."""

DECIMALS = 6
"""Scores are rounded so that equal passages are in the same order on every machine."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadPassages:
    """What was read in k passages: logits, span scores, and the spans, offsets into the passages or None."""

    logits: Floats
    span_scores: Floats
    spans: tuple[Span | None, ...]

    def take(self, places: Ints) -> ReadPassages:
        """Return what was read in the passages at ``places``, in that order."""
        spans = tuple(self.spans[place] for place in places.tolist())
        return ReadPassages(self.logits[places], self.span_scores[places], spans)


def read_passages(reader: Reader, question: Question, index: Index, ids: Ints) -> ReadPassages:
    """Return what a reader finds in passages, each read after the title of its article."""
    stored = index.stored(ids.tolist())
    texts = [reader_text(one.article.title, one.passage.text) for one in stored]
    readings = reader.read(question.searched, [text for text, _ in texts])
    placed = [
        replace(reading, span=_in_passage(reading.span, start))
        for reading, (_, start) in zip(readings, texts, strict=True)
    ]
    return ReadPassages(
        logits=np.array([reading.logit for reading in placed], dtype=np.float64),
        span_scores=np.array([reading.span_score for reading in placed], dtype=np.float64),
        spans=tuple(reading.span for reading in placed),
    )


def _in_passage(span: Span | None, start: int) -> Span | None:
    """Return a span of a text as one of the passage that begins in it; None where it is in the title."""
    return None if span is None or span[0] < start else (span[0] - start, span[1] - start)


def blended(scores: Floats, read: ReadPassages, logit: float, span: float) -> Floats:
    """Return the scores of passages that were read, with the weights of the reader's logit and span score."""
    total: Floats = np.round(scores + logit * read.logits + span * read.span_scores, DECIMALS)
    return total
