"""Answers as HTML, for a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from retrieval.present.catalogue import quotation_marks, sentence
from retrieval.present.citation import cite
from retrieval.present.emphasis import answer_in, split_at
from retrieval.present.text import other_articles, reference, understood_lines
from retrieval.present.tiers import quotes_of, unsure_line
from retrieval.types import Answer


def answer_html(answer: Answer) -> str:
    """Return the first quote with its citation, or that there is none.

    Its best sentence is in bold, and the words in it that answer are underlined.
    """
    language, quotes = answer.language, quotes_of(answer)
    if not quotes:
        return f"<p>{escape(sentence('answer.nothing', language))}</p>{_notes(understood_lines(answer))}"
    quote = quotes[0]
    citation = cite(quote, language, answer.lead)
    opened, closed = quotation_marks(language)
    before, best, after = split_at(quote.text, quote.highlight)
    unsure = f"<p>{escape(unsure_line(answer))}</p>" if unsure_line(answer) else ""
    first = f"<p><b>{escape(citation.lead.text)}</b></p>" if citation.lead else ""
    notes = _notes([*other_articles(citation, language), *understood_lines(answer)])
    return (
        f"{unsure}{first}<blockquote>{opened}{escape(before)}<b>{_underlined(best, answer_in(quote))}</b>"
        f"{escape(after)}{closed}</blockquote>"
        f"<p>{escape(reference(citation))}</p>{notes}"
    )


def _underlined(text: str, span: tuple[int, int] | None) -> str:
    before, words, after = map(escape, split_at(text, span))
    return f"{before}<u>{words}</u>{after}" if words else before


def _notes(lines: Iterable[str]) -> str:
    return "".join(f"<p><small>{escape(line)}</small></p>" for line in lines)
