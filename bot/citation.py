"""The line under a quote: when what it tells happened, when and where it was published."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.locales import say
from retrieval import dates
from retrieval.types import DateMention, Quote

MOST_DATES = 6
"""Dates shown under one sentence at most; one that tells more is a list, best read in the quote."""

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of the line, in the order they are shown.

    ``url`` is the address of the source when it has one that a browser can open; the word shown is
    then ``source``, and its name otherwise.
    """

    dates: tuple[str, ...]
    published: str
    source: str
    url: str | None
    paragraph: str


def cite(quote: Quote, language: str) -> Citation:
    """Return the parts of the line under a quote, in ``fr`` or ``en``."""
    article = quote.article
    url = article.source if _opens(article.source) else None
    told = dict.fromkeys(dates.display(mention.value, language) for mention in told_dates(quote))
    return Citation(
        dates=tuple(told)[:MOST_DATES],
        published=dates.display_article(article.published, language)
        if article.published
        else say("undated", language),
        source=say("source", language) if url else article.source or article.path,
        url=url,
        paragraph=say("paragraph", language, number=str(quote.paragraph)),
    )


def told_dates(quote: Quote) -> tuple[DateMention, ...]:
    """Return the dates told in the quote's best sentence and placed in time, in reading order.

    Durations have no place in time and are left out.
    """
    start, end = quote.highlight
    return tuple(
        mention
        for mention in sorted(quote.dates, key=lambda mention: mention.start)
        if start <= mention.start and mention.end <= end and (mention.low or mention.high)
    )


def _opens(source: str) -> bool:
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
