"""Answers as HTML, for a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from retrieval.present.catalogue import quotation_marks, sentence
from retrieval.present.citation import cite
from retrieval.present.text import other_articles, reference, understood_lines
from retrieval.types import Answer


def answer_html(answer: Answer) -> str:
    """Return the first quote with its citation, the best sentence in bold, or that there is none."""
    language = answer.language
    if not answer.quotes:
        return f"<p>{escape(sentence('answer.nothing', language))}</p>{_notes(understood_lines(answer))}"
    quote = answer.quotes[0]
    citation = cite(quote, language, answer.lead)
    opened, closed = quotation_marks(language)
    start, end = quote.highlight
    before, best, after = quote.text[:start], quote.text[start:end], quote.text[end:]
    first = f"<p><b>{escape(citation.lead.text)}</b></p>" if citation.lead else ""
    notes = _notes([*other_articles(citation, language), *understood_lines(answer)])
    return (
        f"{first}<blockquote>{opened}{escape(before)}<b>{escape(best)}</b>{escape(after)}{closed}</blockquote>"
        f"<p>{escape(reference(citation))}</p>{notes}"
    )


def _notes(lines: Iterable[str]) -> str:
    return "".join(f"<p><small>{escape(line)}</small></p>" for line in lines)
