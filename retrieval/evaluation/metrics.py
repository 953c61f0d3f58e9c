"""The measures of one question: the ranking, the quote and the silence, each as numbers from 0 to 1.

A value that does not apply to a question is absent, and a figure is the mean over the questions that
have it:

- ``hit@1``, ``hit@3``, ``success@5``, ``mrr@10``, ``ndcg@10``: the ranking of answerable questions.
- ``quote_in_sentence``, ``quote_in_passage``: the first quote's highlighted sentence, or its passage, holds
  the exact words looked for (questions that give some).
- ``answer_in_sentence``, ``answer_in_passage``: it says one of the answers, whatever the case, accents and
  spaces (answerable questions that give some).
- ``answer_in_right_sentence``: the same, of those whose first quote comes from a right passage.
- ``answer_overlap``, ``answer_f1``: of the same, by systems that mark words: the words marked as the answer
  overlap one of the answers; the F1 of them and the nearest answer. Both are 0 where no word is marked.
- ``dates_correct``: every gold date is shown with the first quote, for questions with gold dates whose first
  quote comes from a right passage; ``hit@1`` already counts the others.
- ``precision``: of the questions answered, those whose first quote comes from a right passage.
- ``refused_answerable``, ``answered_unanswerable``: no sure answer where there is one, and the reverse.
- ``shown_precision``: of the questions for which a passage is shown, as an answer or as the nearest one,
  those whose first passage is right.
- ``nothing_answerable``, ``shown_unanswerable``: nothing shown where there is an answer, and the reverse.

Where a system stays silent, its first hit is taken for the first quote: what it would have quoted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from retrieval.evaluation.answers import best_f1, overlaps_any, says_any
from retrieval.evaluation.collections import Query
from retrieval.evaluation.systems import Response
from retrieval.types import Answer, Hit, Quote

RANKING = {
    str(nDCG @ 10): "ndcg@10",
    str(RR @ 10): "mrr@10",
    str(Success @ 1): "hit@1",
    str(Success @ 3): "hit@3",
    str(Success @ 5): "success@5",
}
"""The measures of the library, and what we call them."""

Values = dict[str, float]


Cited: TypeAlias = Quote | Hit
"""A passage with its best sentence, its dates and its copies."""


def first_quote(response: Response) -> Cited | None:
    """Return the first quote, or the first hit where there is no quote, or None where there is nothing."""
    if response.answer and response.answer.quotes:
        return response.answer.quotes[0]
    return response.hits[0] if response.hits else None


def ranking_values(queries: Sequence[Query], rankings: Mapping[str, Sequence[str]]) -> dict[str, Values]:
    """Score the ranked document ids of each answerable query, by query id."""
    qrels = [Qrel(query.id, document, grade) for query in queries for document, grade in query.gold.items()]
    # Scored by rank: the library sorts by score and breaks ties its own way, we keep the order shown.
    run = [
        ScoredDoc(query.id, document, -rank)
        for query in queries
        for rank, document in enumerate(rankings[query.id])
        if query.answerable
    ]
    values: dict[str, Values] = defaultdict(dict)
    measures = [ir_measures.parse_measure(name) for name in RANKING]
    for metric in ir_measures.iter_calc(measures, qrels, run):
        values[metric.query_id][RANKING[str(metric.measure)]] = metric.value
    return dict(values)


def quote_values(query: Query, first: Cited | None, *, right: bool) -> Values:
    """Score what is read first: does it say the right words, with the right dates?

    A system that highlights no sentence has none to judge.
    """
    if not query.answerable:
        return {}
    sentence, passage = (first.sentence, first.passage.text) if first else ("", "")
    chosen = first is None or first.sentence != ""
    values: Values = {}
    if query.contains is not None:
        values["quote_in_passage"] = float(query.contains in passage)
        if chosen:
            values["quote_in_sentence"] = float(query.contains in sentence)
    if query.answers:
        values["answer_in_passage"] = float(says_any(query.answers, passage))
        if chosen:
            values["answer_in_sentence"] = float(says_any(query.answers, sentence))
            if right:
                values["answer_in_right_sentence"] = values["answer_in_sentence"]
    if query.dates and first and right:
        values["dates_correct"] = float({date.value for date in first.dates}.issuperset(query.dates))
    return values


def marked_values(query: Query, first: Cited | None, *, right: bool) -> Values:
    """Score the words that are marked as the answer in a right passage."""
    if not right or first is None or not query.answers:
        return {}
    marked = first.answer
    return {
        "answer_overlap": float(marked is not None and overlaps_any(query.answers, first.text, marked)),
        "answer_f1": best_f1(query.answers, first.text[slice(*marked)]) if marked else 0.0,
    }


def silence_values(query: Query, answer: Answer, *, right: bool) -> Values:
    """Score the choice to answer, to show the nearest passage, or to stay silent."""
    shown = answer.answered or bool(answer.nearest)
    values: Values = {"precision": float(right)} if answer.answered else {}
    if shown:
        values["shown_precision"] = float(right)
    if query.answerable:
        values["refused_answerable"] = float(not answer.answered)
        values["nothing_answerable"] = float(not shown)
    else:
        values["answered_unanswerable"] = float(answer.answered)
        values["shown_unanswerable"] = float(shown)
    return values
