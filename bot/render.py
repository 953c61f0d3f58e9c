"""Replies as Telegram's HTML, pure: https://core.telegram.org/bots/api#html-style.

Every text that is not ours is escaped, and a message is never longer than Telegram allows, counted as
Telegram counts: UTF-16 code units after its markup is read.
"""

from __future__ import annotations

from html import escape

from bot.citation import SEPARATOR, cite
from bot.conversation import Reply, Said
from bot.excerpt import CUT, excerpt, first, units
from bot.locales import say
from retrieval.types import Quote

LONGEST_MESSAGE = 4096
LONGEST_NAME = 200
"""Room for a title or for the name of a source; what is longer is cut."""
LONGEST_ADDRESS = 2048
"""Characters of an address worth a link: browsers agree on no more."""
LONG_PASSAGE = 900
"""From this length on, a passage whose best sentence comes first is folded: the answer stays in sight."""


def html(reply: Reply) -> str:
    """Return a reply as the text of a Telegram message in HTML."""
    if isinstance(reply, Said):
        return escape(reply.text, quote=False)
    return quote_html(reply.quote, reply.answer.language)


def quote_html(quote: Quote, language: str) -> str:
    """Return a quote and its citation as the text of a Telegram message in HTML."""
    title = _short(quote.article.title or "")
    head = f"<i>{escape(title, quote=False)}</i>\n" if title else ""
    line, line_units = _citation(quote, language)
    opened, closed = say("quote_open", language), say("quote_close", language)
    room = LONGEST_MESSAGE - units(f"{title}\n{opened}{closed}\n") - line_units
    part = excerpt(quote.text, quote.highlight, room)
    sentence = f"<b>{escape(part.sentence, quote=False)}</b>" if part.sentence else ""
    folded = units(quote.text) > LONG_PASSAGE and not part.before.strip()
    return (
        f"{head}<blockquote{' expandable' if folded else ''}>{opened}"
        f"{escape(part.before, quote=False)}{sentence}{escape(part.after, quote=False)}"
        f"{closed}</blockquote>\n{line}"
    )


def _citation(quote: Quote, language: str) -> tuple[str, int]:
    """Return the line under a quote as HTML, and its length once read."""
    cited = cite(quote, language)
    linked = cited.opens and len(cited.source) <= LONGEST_ADDRESS
    source = say("source", language) if linked else _short(cited.source)
    parts = [*cited.dates, cited.published, source, cited.paragraph]
    shown = [escape(part, quote=False) for part in parts]
    if linked:
        shown[-2] = f'<a href="{escape(cited.source)}">{shown[-2]}</a>'
    return SEPARATOR.join(shown), units(SEPARATOR.join(parts))


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if units(name) <= LONGEST_NAME else f"{first(name, LONGEST_NAME)} {CUT}"
