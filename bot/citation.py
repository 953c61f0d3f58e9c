"""The line under a quote: when what it tells happened, when and where it was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.locales import say
from retrieval.dates import display, display_article
from retrieval.present.text import MOST_NAMED
from retrieval.types import Article, DateMention, Quote
from retrieval.ranking.leading_date import told

MOST_DATES = 6
"""Dates shown under one sentence at most; one that tells more is a list, best read in the quote."""

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Told:
    """A date in words; ``day`` is the day it is, where it is one."""

    text: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Source:
    """An article's address or the name of its file; ``opens`` tells whether a browser can open it."""

    text: str
    opens: bool

    @property
    def name(self) -> str:
        """What to call it where there is no room for an address: the site of one."""
        host = urlsplit(self.text).hostname if self.opens else None
        return host.removeprefix("www.") if host else self.text


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of the line, in the order they are shown, then the first of those who carry the quote too.

    ``others`` is how many they all are.
    """

    dates: tuple[Told, ...]
    published: str
    source: Source
    paragraph: str
    also: tuple[Source, ...] = ()
    others: int = 0


def tell(date: DateMention, language: str) -> Told:
    """Return a date in words, in ``fr`` or ``en``."""
    return Told(display(date.value, language), date.low if date.low == date.high else None)


def cite(quote: Quote, language: str, lead: DateMention | None = None) -> Citation:
    """Return the parts of the line under a quote, in ``fr`` or ``en``.

    The date that leads the answer, if one does, is not said twice.
    """
    dates = [date for date in told(quote) if lead is None or date.value != lead.value]
    article = quote.article
    return Citation(
        dates=tuple(tell(date, language) for date in dates[:MOST_DATES]),
        published=display_article(article.published, language)
        if article.published
        else say("undated", language),
        source=_source(article),
        paragraph=say("paragraph", language, number=str(quote.paragraph)),
        also=tuple(map(_source, quote.also[:MOST_NAMED])),
        others=len(quote.also),
    )


def also(cited: Citation, names: Sequence[str], language: str) -> str:
    """Return the sentence that names who else carries a quote, ``names`` being those sources as drawn."""
    sources, more = ", ".join(names), cited.others - len(names)
    if more:
        sources = say("also_one_more" if more == 1 else "also_more", language, sources=sources, more=more)
    return say("also", language, sources=sources)


def _source(article: Article) -> Source:
    text = article.source or article.path
    return Source(text, _opens(text))


def _opens(source: str) -> bool:
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    # An address holds no space and nothing that a terminal would act on.
    printable = source.isprintable() and not any(character.isspace() for character in source)
    return printable and parts.scheme in {"http", "https"} and bool(parts.hostname)
