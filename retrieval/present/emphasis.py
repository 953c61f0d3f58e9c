"""What is emphasised in a passage: its best sentence and, within that, the very words that answer."""

from __future__ import annotations

from retrieval.types import Hit, Quote

Span = tuple[int, int]


def answer_in(quote: Quote | Hit) -> Span | None:
    """Return the (start, end) in the best sentence of the words that answer; None where there are none."""
    return clipped(quote.answer, *quote.highlight)


def clipped(span: Span | None, start: int, end: int) -> Span | None:
    """Return what a span shares with ``start`` to ``end``, counted from ``start``; None for nothing."""
    if span is None:
        return None
    first, last = max(span[0], start), min(span[1], end)
    return (first - start, last - start) if first < last else None


def split_at(text: str, span: Span | None) -> tuple[str, str, str]:
    """Return a text before, in and after a span of it; without a span, all of it is before."""
    start, end = span or (len(text), len(text))
    return text[:start], text[start:end], text[end:]
