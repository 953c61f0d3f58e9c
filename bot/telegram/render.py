"""Replies as Telegram's HTML, pure: https://core.telegram.org/bots/api#html-style.

Every text that is not ours is escaped, and a message is never longer than Telegram allows, counted as
Telegram counts: UTF-16 code units after its markup is read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html import escape

from bot.citation import SEPARATOR, Citation, Source, Told, also, cite, tell
from bot.conversation import Chronicle, Reply, Said
from bot.excerpt import CUT, excerpt, first, units
from bot.locales import say
from retrieval.timeline import Timeline, one_line
from retrieval.types import DateMention, Quote

LONGEST_MESSAGE = 4096
LONGEST_NAME = 200
"""Room for a title or for the name of a source; what is longer is cut."""
SHORT_NAME = 60
"""The same where a dozen quotes share a message."""
LONGEST_ADDRESS = 2048
"""Characters of an address worth a link: browsers agree on no more."""
FIRST_YEAR, LAST_YEAR = 1970, 2037
"""Years whose every day Telegram can count in seconds."""
LONG_PASSAGE = 900
"""From this length on, a passage whose best sentence comes first is folded: the answer stays in sight."""


def html(reply: Reply) -> str:
    """Return a reply as the text of a Telegram message in HTML."""
    if isinstance(reply, Said):
        return escape(reply.text, quote=False)
    if isinstance(reply, Chronicle):
        return timeline_html(reply.timeline)
    return quote_html(reply.quote, reply.answer.language, reply.lead, reply.note)


def quote_html(quote: Quote, language: str, lead: DateMention | None = None, note: str = "") -> str:
    """Return a quote and its citation as the text of a Telegram message in HTML.

    ``lead`` is the date that answers, said first; ``note`` a sentence to end on.
    """
    title = _short(quote.article.title or "")
    head = f"<i>{escape(title, quote=False)}</i>\n" if title else ""
    date = tell(lead, language) if lead else None
    first_line = f"<b>{time_html(date)}</b>\n" if date else ""
    last_line = f"\n<i>{escape(note, quote=False)}</i>" if note else ""
    cited = cite(quote, language, lead)
    line, line_units = _citation(cited, language)
    opened, closed = say("quote_open", language), say("quote_close", language)
    around = f"{date.text if date else ''}\n{title}\n{opened}{closed}\n\n{note}"
    part = excerpt(quote.text, quote.highlight, LONGEST_MESSAGE - units(around) - line_units)
    sentence = f"<b>{escape(part.sentence, quote=False)}</b>" if part.sentence else ""
    folded = units(quote.text) > LONG_PASSAGE and not part.before.strip()
    return (
        f"{first_line}{head}<blockquote{' expandable' if folded else ''}>{opened}"
        f"{escape(part.before, quote=False)}{sentence}{escape(part.after, quote=False)}"
        f"{closed}</blockquote>\n{line}{last_line}"
    )


def timeline_html(timeline: Timeline) -> str:
    """Return a timeline as the text of a Telegram message in HTML; its sentences share the room there is."""
    language = timeline.language
    opened, closed = say("quote_open", language), say("quote_close", language)
    title = say("timeline_of", language, subject=_short(timeline.subject))
    rows = []
    for entry in timeline.entries:
        date = tell(entry.date, language)
        cited = replace(cite(entry.quote, language), dates=(), also=())
        line, line_units = _citation(cited, language, SHORT_NAME)
        rows.append((date, line, units(f"\n\n{date.text}\n{opened}{closed}\n") + line_units))
    room = (LONGEST_MESSAGE - units(title) - sum(row[2] for row in rows)) // max(len(rows), 1)
    parts = [f"<b>{escape(title, quote=False)}</b>"]
    for entry, (date, line, _) in zip(timeline.entries, rows, strict=True):
        sentence = one_line(entry.quote.sentence)
        kept = excerpt(sentence, (0, len(sentence)), room)
        text = escape(f"{kept.before}{kept.sentence}{kept.after}", quote=False)
        parts.append(f"<b>{time_html(date)}</b>\n{opened}{text}{closed}\n{line}")
    return "\n\n".join(parts)


def time_html(date: Told) -> str:
    """Return a date that, where it is one day, Telegram offers in the reader's own calendar when tapped.

    Without a format the words are shown as they are: https://core.telegram.org/bots/api#date-time-entity-formatting.
    The time is noon UTC, which is the same day nearly everywhere. Days before 1970 or past 2037 have none.
    """
    text = escape(date.text, quote=False)
    if date.day is None or not FIRST_YEAR <= date.day.year <= LAST_YEAR:
        return text
    noon = dt.datetime.combine(date.day, dt.time(12), dt.UTC)
    return f'<tg-time unix="{int(noon.timestamp())}">{text}</tg-time>'


def _citation(cited: Citation, language: str, longest: int = LONGEST_NAME) -> tuple[str, int]:
    """Return what stands under a quote as HTML, and its length once read; a name has ``longest`` units."""
    source = say("source", language) if _linked(cited.source) else _short(cited.source.text, longest)
    shown = [escape(cited.published, quote=False), _link(cited.source, source), cited.paragraph]
    line = SEPARATOR.join([*map(time_html, cited.dates), *shown])
    read = SEPARATOR.join([*(date.text for date in cited.dates), cited.published, source, cited.paragraph])
    if cited.also:
        names = [_short(other.name, SHORT_NAME) for other in cited.also]
        line += "\n" + also(cited, [*map(_link, cited.also, names)], language)
        read += "\n" + also(cited, names, language)
    return line, units(read)


def _linked(source: Source) -> bool:
    return source.opens and len(source.text) <= LONGEST_ADDRESS


def _link(source: Source, name: str) -> str:
    """Return the name of a source as HTML, a link where it is an address."""
    shown = escape(name, quote=False)
    return f'<a href="{escape(source.text)}">{shown}</a>' if _linked(source) else shown


def _short(name: str, longest: int = LONGEST_NAME) -> str:
    name = " ".join(name.split())
    return name if units(name) <= longest else f"{first(name, longest)} {CUT}"
