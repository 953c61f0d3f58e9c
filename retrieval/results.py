"""From a ranking to what people see: hits with their copies, and an answer with its quotes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from retrieval.index.interface import ALWAYS, Bounds, Index
from retrieval.ranking.leading_date import leading_date
from retrieval.ranking.ranker import Ranking
from retrieval.ranking.reading import Span
from retrieval.spans import span as timed
from retrieval.store.passages import Stored
from retrieval.types import Answer, Article, Copy, Hit, Question, Quote

QUOTES = 3
"""Quotes in an answer, at most."""


def hits_of(
    ranking: Ranking, index: Index, k: int, within: Bounds = ALWAYS, root: Path | None = None
) -> list[Hit]:
    """Return the first ``k`` passages of a ranking, with those of their copies published within bounds.

    Articles' paths are put under ``root``, where there is one.
    """
    ids = ranking.ids[:k].tolist()
    rank = {id_: place for place, id_ in enumerate(ids)}
    hits = []
    with timed("fetching"), index.snapshot():
        for stored in index.stored(ids):
            place = rank[stored.id]
            answer = ranking.spans[place] if place < len(ranking.spans) else None
            copies = index.stored(index.copies(stored.id, within))
            hits.append(
                Hit(
                    passage=stored.passage,
                    article=located(stored.article, root),
                    highlight=_highlight(stored, answer, int(ranking.sentences[place])),
                    dates=stored.dates,
                    copies=tuple(Copy(copy.passage, located(copy.article, root)) for copy in copies),
                    answer=answer,
                    score=float(ranking.scores[place]),
                )
            )
    return hits


def _highlight(stored: Stored, answer: Span | None, best: int) -> Span:
    """Return the sentence to show: that of the words that answer, else the one at ``best``."""
    if answer:
        for start, end in stored.sentences:
            if start <= answer[0] < end:
                return start, max(end, answer[1])
    return stored.sentences[best]


def answer_of(ranking: Ranking, hits: list[Hit]) -> Answer:
    """Return the answer to a ranking's question: its first hits as quotes, where it is sure enough."""
    question = ranking.question
    quotes = tuple(
        Quote(hit.passage, hit.article, hit.highlight, hit.dates, hit.copies, hit.answer)
        for hit in hits[:QUOTES]
    )
    return Answer(
        question=question.text,
        answered=ranking.answered,
        confidence=ranking.confidence,
        quotes=quotes if ranking.answered else (),
        nearest=quotes if ranking.near and not ranking.answered else (),
        language=spoken_language(question),
        leads=tuple(leading_date(question, quote) for quote in quotes) if ranking.near else (),
        window=question.time.window if question.time else None,
        corrections=question.corrections,
    )


def spoken_language(question: Question) -> str:
    """Return the language to answer a question in: ``fr``, or ``en`` for every other."""
    return "fr" if question.language == "fr" else "en"


def located(article: Article, root: Path | None) -> Article:
    """Return an article whose path begins with the folder of the archive's files, where that is known."""
    return replace(article, path=str(root / article.path)) if root else article
