"""The line under a quote: when what it tells happened, when and where it was published."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.locales import say
from retrieval.dates import display, display_article
from retrieval.present import told
from retrieval.types import Quote

MOST_DATES = 6
"""Dates shown under one sentence at most; one that tells more is a list, best read in the quote."""

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of the line, in the order they are shown.

    ``source`` is the article's address or the name of its file; ``opens`` tells whether a browser can
    open it.
    """

    dates: tuple[str, ...]
    published: str
    source: str
    opens: bool
    paragraph: str


def cite(quote: Quote, language: str) -> Citation:
    """Return the parts of the line under a quote, in ``fr`` or ``en``."""
    article = quote.article
    source = article.source or article.path
    return Citation(
        dates=tuple(display(mention.value, language) for mention in told(quote)[:MOST_DATES]),
        published=display_article(article.published, language)
        if article.published
        else say("undated", language),
        source=source,
        opens=_opens(source),
        paragraph=say("paragraph", language, number=str(quote.paragraph)),
    )


def _opens(source: str) -> bool:
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    # An address holds no space and nothing that a terminal would act on.
    printable = source.isprintable() and not any(character.isspace() for character in source)
    return printable and parts.scheme in {"http", "https"} and bool(parts.hostname)
