"""The questions that a system did worst on, to be read one by one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from retrieval.evaluation.collections import CorpusDocument
from retrieval.evaluation.evaluator import Evaluation, Record


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that went wrong: in what way, what should have been quoted, and where that was ranked.

    ``rank`` counts from 1 and is None where no passage that answers was found.
    """

    record: Record
    fault: str
    expected: tuple[CorpusDocument, ...]
    rank: int | None


def wrong(evaluation: Evaluation, count: int) -> list[Miss]:
    """Return the worst wrong answers, those of highest confidence first.

    A system that never stays silent answers every question with no confidence: its worst are those whose
    answer it ranks lowest.
    """
    misses = [
        _miss(evaluation, record)
        for record in evaluation.records
        if not record.right and (record.answered or (record.answered is None and record.query.answerable))
    ]
    return sorted(misses, key=lambda miss: (-(miss.record.confidence or 0.0), -(miss.rank or math.inf)))[
        :count
    ]


def refused(evaluation: Evaluation, count: int) -> list[Miss]:
    """Return the answers wrongly kept back: right ones first, of lowest confidence first, then the others."""
    kept = [
        _miss(evaluation, record)
        for record in evaluation.records
        if record.query.answerable and record.answered is False
    ]
    return sorted(kept, key=lambda miss: (not miss.record.right, miss.record.confidence or 0.0))[:count]


def off_topic(evaluation: Evaluation, count: int) -> list[Miss]:
    """Return the questions on other subjects that it answered, those of highest confidence first."""
    misses = [_miss(evaluation, record) for record in evaluation.off_topic if record.answered]
    return sorted(misses, key=lambda miss: -(miss.record.confidence or 0.0))[:count]


def _miss(evaluation: Evaluation, record: Record) -> Miss:
    expected = tuple(evaluation.expected[id_] for id_ in record.query.gold if id_ in evaluation.expected)
    ranks = (
        rank for rank, (document, _) in enumerate(record.ranking, start=1) if document in record.query.gold
    )
    return Miss(record, _fault(record), expected, next(ranks, None))


def _fault(record: Record) -> str:
    if record.answered is False:
        return (
            "Silent, with the right passage in hand" if record.right else "Silent, though a passage answers"
        )
    return (
        "Quotes a passage that does not answer" if record.query.answerable else "Answers what nothing answers"
    )
