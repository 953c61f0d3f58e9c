"""What is shown of a quote beside its words: its dates, its article, and who else published it.

Each renderer (text, HTML, Telegram, terminal, picture) draws the parts of a ``Citation`` in its own way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from retrieval.dates import display, display_article
from retrieval.dates.confidence import is_sure
from retrieval.present.catalogue import sentence
from retrieval.types import Article, DateMention, Hit, Quote

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

SEPARATOR = " · "
"""Stands between the parts of a citation."""

MOST_DATES = 6
"""Dates that a chat message cites at most: a sentence with more is a list, best read in the quote."""

MOST_NAMED = 3
"""Other articles with the same passage that are named beside a quote; those beyond are counted."""


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date in words; ``day`` is the day that it is, None where it is longer than one."""

    text: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Address:
    """Where an article is found: its web address, or the name of its file.

    ``is_link`` tells whether a browser can open it.
    """

    text: str
    is_link: bool

    @property
    def short(self) -> str:
        """The name of the site for a web address, else the whole."""
        host = urlsplit(self.text).hostname if self.is_link else None
        return host.removeprefix("www.") if host else self.text


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation, in words.

    ``lead`` is the date that answers a question asking when, shown before the quote; ``dates`` are the others
    of the best sentence, without those that may be read wrong. ``title`` is empty where the article has none.
    ``also`` are the addresses of the other articles that carry the passage, in order of publication.
    """

    lead: ShownDate | None
    dates: tuple[ShownDate, ...]
    published: str
    title: str
    address: Address
    paragraph: str
    also: tuple[Address, ...] = ()

    @property
    def named(self) -> tuple[Address, ...]:
        """The first of ``also``, as many as are named."""
        return self.also[:MOST_NAMED]


def cite(quote: Quote | Hit, language: str, lead: DateMention | None = None) -> Citation:
    """Return the citation of a quote, in ``fr`` or ``en``; the date ``lead`` is not repeated in ``dates``."""
    sure = [date for date in quote.sentence_dates if is_sure(date)]
    dates = [date for date in sure if lead is None or date.value != lead.value]
    article = quote.article
    return Citation(
        lead=shown_date(lead, language) if lead else None,
        dates=tuple(shown_date(date, language) for date in dates),
        published=display_article(article.published, language),
        title=article.title or "",
        address=address(article),
        paragraph=paragraph_number(quote, language),
        also=tuple(map(address, quote.also)),
    )


def shown_date(date: DateMention, language: str) -> ShownDate:
    """Return a date in words, in ``fr`` or ``en``."""
    return ShownDate(display(date.value, language), date.low if date.low == date.high else None)


def address(article: Article) -> Address:
    """Return where an article is found: its source, or its path where it has none."""
    text = article.source or article.path
    return Address(text, _is_link(text))


def source_name(article: Article, language: str) -> str:
    """Return the name that a line cites an article by; the name of its file is none.

    It is its title, else its source (of a web address, the site), else its date of publication in words.
    """
    found = address(article)
    files = {"", article.path, PurePath(article.path).name}
    named = article.title or ("" if article.source in files else found.short)
    return named or display_article(article.published, language)


def paragraph_number(quote: Quote | Hit, language: str) -> str:
    """Return the number of a passage in its article, as it is cited: ``§ 4``."""
    return sentence("quote.paragraph", language, number=str(quote.paragraph))


def also_line(citation: Citation, names: Sequence[str], language: str) -> str:
    """Return the sentence that names the other articles with the same passage.

    ``names`` are those of ``citation.named`` as the renderer draws them.
    """
    sources, more = ", ".join(names), len(citation.also) - len(names)
    if more:
        key = "quote.also_one_more" if more == 1 else "quote.also_more"
        sources = sentence(key, language, sources=sources, more=more)
    return sentence("quote.also", language, sources=sources)


def one_line(text: str) -> str:
    """Return a text with its line breaks turned into spaces, every other space kept."""
    return _LINE_BREAK.sub(" ", text)


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    # An address holds no space and no control character, which a terminal would act on.
    printable = text.isprintable() and not any(character.isspace() for character in text)
    return printable and parts.scheme in {"http", "https"} and bool(parts.hostname)
