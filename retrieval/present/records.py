"""Answers, hits and dates as plain records, for JSON."""

from __future__ import annotations

from typing import Any

from retrieval.dates import window_text
from retrieval.types import Answer, Article, Correction, DateMention, Hit, Quote, Timeline, Window


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return an answer as the command line prints it."""
    return {
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "quotes": [quote_record(quote) for quote in answer.quotes],
        "nearest": [quote_record(quote) for quote in answer.nearest],
        "window": window_record(answer.window, answer.language) if answer.window else None,
        "corrections": [correction_record(correction) for correction in answer.corrections],
    }


def correction_record(correction: Correction) -> dict[str, Any]:
    """Return a word of a question that was taken for a slip."""
    return {"typed": correction.typed, "understood": correction.understood}


def window_record(window: Window, language: str) -> dict[str, Any]:
    """Return the time a question was understood to ask about; ``text`` is that time in words."""
    return {
        "low": window.low.isoformat() if window.low else None,
        "high": window.high.isoformat() if window.high else None,
        "operator": window.operator,
        "text": window_text(window, language),
    }


def quote_record(quote: Quote | Hit) -> dict[str, Any]:
    """Return a quote; ``start`` and ``end`` are character offsets in the file at ``article.path``.

    ``highlight`` and ``answer`` are offsets in ``text``; ``answer`` is None where no reader found
    the words that answer.
    """
    return {
        "text": quote.text,
        "highlight": list(quote.highlight),
        "answer": list(quote.answer) if quote.answer else None,
        "paragraph": quote.paragraph,
        "article": article_record(quote.article),
        "start": quote.start,
        "end": quote.end,
        "dates": [mention_record(date) for date in quote.dates],
        "also": [article_record(article) for article in quote.also],
    }


def timeline_record(timeline: Timeline) -> dict[str, Any]:
    """Return a timeline; an entry is a quote with the date of the fact that it tells."""
    return {
        "subject": timeline.subject,
        "entries": [
            {"date": mention_record(entry.date), **quote_record(entry.quote)} for entry in timeline.entries
        ],
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return a hit of a search: a quote with its identifier and its score."""
    return {"id": hit.id, "score": hit.score, **quote_record(hit)}


def article_record(article: Article) -> dict[str, Any]:
    """Return the description of an article that comes with a quote from it."""
    return {
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "path": article.path,
    }


def mention_record(mention: DateMention) -> dict[str, Any]:
    """Return a date mentioned in a text; its bounds are ISO 8601 days or null."""
    return {
        "text": mention.text,
        "value": mention.value,
        "low": mention.low.isoformat() if mention.low else None,
        "high": mention.high.isoformat() if mention.high else None,
        "start": mention.start,
        "end": mention.end,
        "confidence": mention.confidence,
    }
