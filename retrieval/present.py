"""Answers as text and HTML for people, in French or English. Pure functions."""

from __future__ import annotations

from html import escape

from retrieval.dates import display, display_article
from retrieval.types import Answer, DateMention, Hit, Quote

_NOTHING = {
    "fr": "Rien dans les archives ne répond à cette question.",
    "en": "Nothing in the archive answers that question.",
}
_MARKS = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}


def told(quote: Quote) -> tuple[DateMention, ...]:
    """Return the dates of a quote's best sentence, each value once; durations are not dates."""
    start, end = quote.highlight
    seen: dict[str, DateMention] = {}
    for date in quote.dates:
        if start <= date.start < end and (date.low or date.high):
            seen.setdefault(date.value, date)
    return tuple(seen.values())


def reference(quote: Quote, language: str) -> str:
    """Return where a quote comes from: ``29 janvier 2025 · article d’avril 2025 · source · § 4``."""
    parts = [display(date.value, language) for date in told(quote)]
    parts.append(display_article(quote.article.published, language))
    if quote.article.title:
        parts.append(quote.article.title)
    parts += [quote.article.source, f"§\u00a0{quote.paragraph}"]
    return " · ".join(part for part in parts if part)


def answer_text(answer: Answer) -> str:
    """Return the first quote with its dates, or the sentence that says there is none."""
    if not answer.quotes:
        return _NOTHING[answer.language]
    quote = answer.quotes[0]
    opening, closing = _MARKS[answer.language]
    return f"{opening}{quote.text}{closing}\n{reference(quote, answer.language)}"


def answer_html(answer: Answer) -> str:
    """Return the answer for a notebook, the best sentence in bold."""
    if not answer.quotes:
        return f"<p>{escape(_NOTHING[answer.language])}</p>"
    quote = answer.quotes[0]
    opening, closing = _MARKS[answer.language]
    start, end = quote.highlight
    before, best, after = quote.text[:start], quote.text[start:end], quote.text[end:]
    return (
        f"<blockquote>{opening}{escape(before)}<b>{escape(best)}</b>{escape(after)}{closing}</blockquote>"
        f"<p>{escape(reference(quote, answer.language))}</p>"
    )


def hit_text(hit: Hit) -> str:
    """Return a hit on two lines: its place and score, then its best sentence."""
    start, end = hit.highlight
    return f"{hit.article.source} §\u00a0{hit.passage.paragraph} ({hit.score:.2f})\n{hit.text[start:end]}"
