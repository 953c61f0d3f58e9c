"""Answers, hits and timelines as plain text, for a REPL and the command line."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.dates import window_text
from retrieval.present.catalogue import quotation_marks, sentence
from retrieval.present.citation import (
    SEPARATOR,
    Citation,
    address,
    also_line,
    cite,
    paragraph_number,
    shown_date,
    source_name,
)
from retrieval.present.excerpt import clause_excerpt
from retrieval.present.tiers import quotes_of, unsure_line
from retrieval.types import Answer, Hit, Timeline


def answer_text(answer: Answer) -> str:
    """Return the first quote with its citation, or the sentence that says there is none.

    The date that answers a question asking when stands before the quote, and a line before both where the
    answer is not sure; how the question was understood comes last.
    """
    language, quotes = answer.language, quotes_of(answer)
    if not quotes:
        return "\n".join([sentence("answer.nothing", language), *understood_lines(answer)])
    quote = quotes[0]
    opened, closed = quotation_marks(language)
    citation = cite(quote, language, answer.lead)
    first = [unsure_line(answer), citation.lead.text if citation.lead else ""]
    quoted = f"{opened}{quote.text}{closed}"
    return "\n".join(
        [
            *filter(None, first),
            quoted,
            reference(citation),
            *other_articles(citation, language),
            *understood_lines(answer),
        ]
    )


def reference(citation: Citation) -> str:
    """Return where a quote comes from: ``29 janvier 2025 · article d’avril 2025 · source · § 4``."""
    dates = [date.text for date in citation.dates]
    parts = [*dates, citation.published, citation.title, citation.address.text, citation.paragraph]
    return SEPARATOR.join(filter(None, parts))


def other_articles(citation: Citation, language: str) -> list[str]:
    """Return the line that names the other articles with the same passage, if there are any."""
    names = [address.text for address in citation.named]
    return [also_line(citation, names, language)] if names else []


def understood_lines(answer: Answer) -> list[str]:
    """Return the lines that say how misspelt words and the time of the question were understood, if any."""
    language, corrections = answer.language, answer.corrections
    lines = []
    if corrections:
        words = ", ".join(f"{correction.typed} → {correction.understood}" for correction in corrections)
        key = "understood.word" if len(corrections) == 1 else "understood.words"
        lines.append(sentence(key, language, words=words))
    if answer.window:
        lines.append(sentence("understood.time", language, time=window_text(answer.window, language)))
    return lines


def hit_text(hit: Hit) -> str:
    """Return a hit on two lines: its place, its score and who else carries it, then its best sentence."""
    also = "".join(f", also {address(article).text}" for article in hit.also)
    place = f"{address(hit.article).text} {paragraph_number(hit, 'en')}"
    return f"{place} ({hit.score:.2f}){also}\n{hit.sentence}"


def timeline_text(timeline: Timeline) -> str:
    """Return a timeline, a line an entry: its date, the clause that tells it, and where that stands."""
    return "\n".join(map("".join, timeline_lines(timeline)))


def timeline_lines(timeline: Timeline) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of a timeline, each before, in and after the words of its date."""
    language = timeline.language
    opened, closed = quotation_marks(language)
    for entry in timeline.entries:
        part = clause_excerpt(entry)
        date = shown_date(entry.date, language).text
        place = f"{source_name(entry.quote.article, language)}, {paragraph_number(entry.quote, language)}"
        before, after = f"{opened}{part.before}", f"{part.after}{closed}"
        yield SEPARATOR.join([date, before]), part.sentence, SEPARATOR.join([after, place])


def reader_line(reader: str | None, language: str) -> str:
    """Return the line that names the model that reads the passages, or says that there is none."""
    return sentence("reader.name", language, name=reader) if reader else sentence("reader.none", language)


def counted(number: int, noun: str) -> str:
    """Return ``1 article``, ``2 articles``: a number of things, in English."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
