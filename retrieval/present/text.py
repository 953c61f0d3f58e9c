"""Answers as text and HTML for people, in French or English. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from babel.numbers import format_decimal

from retrieval.dates import display, display_article, said
from retrieval.types import Answer, DateMention, Hit, Quote
from retrieval.ranking.leading_date import leading, told

_NOTHING = {
    "fr": "Rien dans les archives ne répond à cette question.",
    "en": "Nothing in the archive answers that question.",
}
_UNDERSTOOD = {"fr": "Période comprise\u00a0: {}", "en": "Period understood: {}"}
_CORRECTED = {
    "fr": ("Mot compris\u00a0: {}", "Mots compris\u00a0: {}"),
    "en": ("Word understood: {}", "Words understood: {}"),
}
_ALSO = {"fr": "Paru aussi\u00a0: {}", "en": "Also published by: {}"}
_MORE = {"fr": "{} et {}\u00a0{}", "en": "{} and {}\u00a0{}"}
_OTHERS = {"fr": ("autre", "autres"), "en": ("other", "others")}
_MARKS = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}

MOST_NAMED = 3
"""Other articles that carry a quote to be named beside it; those beyond are counted."""


def reference(quote: Quote, language: str, lead: DateMention | None = None) -> str:
    """Return where a quote comes from: ``29 janvier 2025 · article d’avril 2025 · source · § 4``.

    The date that leads the answer, if one does, is not said twice.
    """
    dates = [date for date in told(quote) if lead is None or date.value != lead.value]
    parts = [display(date.value, language) for date in dates]
    parts.append(display_article(quote.article.published, language))
    if quote.article.title:
        parts.append(quote.article.title)
    parts += [quote.article.source, f"§\u00a0{quote.paragraph}"]
    return " · ".join(part for part in parts if part)


def answer_text(answer: Answer) -> str:
    """Return the first quote with its dates, or the sentence that says there is none.

    A question that asks when is told the date first; how its time and misspelt words were understood, last.
    """
    if not answer.quotes:
        return "\n".join([_NOTHING[answer.language], *_understood(answer)])
    quote = answer.quotes[0]
    opening, closing = _MARKS[answer.language]
    lead = leading(answer.question, quote)
    first = [display(lead.value, answer.language)] if lead else []
    cited = reference(quote, answer.language, lead)
    lines = [*first, f"{opening}{quote.text}{closing}", cited, *_also(quote, answer.language)]
    return "\n".join([*lines, *_understood(answer)])


def answer_html(answer: Answer) -> str:
    """Return the answer for a notebook, the best sentence in bold."""
    if not answer.quotes:
        return f"<p>{escape(_NOTHING[answer.language])}</p>{_small(_understood(answer))}"
    quote = answer.quotes[0]
    notes = _small([*_also(quote, answer.language), *_understood(answer)])
    opening, closing = _MARKS[answer.language]
    start, end = quote.highlight
    before, best, after = quote.text[:start], quote.text[start:end], quote.text[end:]
    lead = leading(answer.question, quote)
    first = f"<p><b>{escape(display(lead.value, answer.language))}</b></p>" if lead else ""
    return (
        f"{first}<blockquote>{opening}{escape(before)}<b>{escape(best)}</b>{escape(after)}{closing}</blockquote>"
        f"<p>{escape(reference(quote, answer.language, lead))}</p>{notes}"
    )


def _small(lines: list[str]) -> str:
    return "".join(f"<p><small>{escape(line)}</small></p>" for line in lines)


def _also(quote: Quote, language: str) -> list[str]:
    """Return the line that names the other articles that carry a quote, if there are any."""
    names = [article.source or article.path for article in quote.also]
    if not names:
        return []
    named, more = ", ".join(names[:MOST_NAMED]), len(names[MOST_NAMED:])
    if more:
        number = format_decimal(more, locale=language)
        named = _MORE[language].format(named, number, _OTHERS[language][more > 1])
    return [_ALSO[language].format(named)]


def _understood(answer: Answer) -> list[str]:
    """Return the lines that say how misspelt words and the time of the question were understood, if any."""
    lines = []
    if answer.corrections:
        one, many = _CORRECTED[answer.language]
        lines.append((one if len(answer.corrections) == 1 else many).format(arrows(answer.corrections)))
    if answer.window:
        lines.append(_UNDERSTOOD[answer.language].format(said(answer.window, answer.language)))
    return lines


def arrows(corrections: Iterable[tuple[str, str]]) -> str:
    """Return ``Cedeoa → Cédéao, Niamy → Niamey``: words as typed and as they were understood."""
    return ", ".join(f"{typed} → {meant}" for typed, meant in corrections)


def counted(number: int, noun: str) -> str:
    """Return ``1 article``, ``2 articles``: a number of things, in English."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def hit_text(hit: Hit) -> str:
    """Return a hit on two lines: its place, its score and who else carries it, then its best sentence."""
    start, end = hit.highlight
    also = "".join(f", also {article.source}" for article in hit.also)
    place = f"{hit.article.source} §\u00a0{hit.passage.paragraph}"
    return f"{place} ({hit.score:.2f}){also}\n{hit.text[start:end]}"
