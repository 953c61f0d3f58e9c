"""Replies as Telegram's HTML: https://core.telegram.org/bots/api#html-style.

Every text that is not ours is escaped, and a message is never longer than Telegram allows, counted as
Telegram counts: UTF-16 code units after its markup is read.
"""

from __future__ import annotations

import datetime as dt
from html import escape

from bot.replies import QuoteReply, Reply, TextReply, TimelineReply
from retrieval.present.catalogue import quotation_marks, sentence
from retrieval.present.citation import (
    MOST_DATES,
    SEPARATOR,
    Address,
    Citation,
    ShownDate,
    address,
    also_line,
    cite,
    paragraph_number,
    shown_date,
    source_name,
)
from retrieval.present.excerpt import CUT, clause_excerpt, excerpt, first, units
from retrieval.types import Timeline, TimelineEntry

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
    match reply:
        case TextReply():
            return _escaped(reply.text)
        case TimelineReply():
            return timeline_html(reply.timeline)
        case QuoteReply():
            return quote_html(reply)


def quote_html(reply: QuoteReply) -> str:
    """Return a quote and its citation as the text of a Telegram message in HTML."""
    quote, language, note = reply.quote, reply.language, reply.note
    citation = cite(quote, language, reply.lead)
    title = _short(citation.title)
    head = f"<i>{_escaped(title)}</i>\n" if title else ""
    unsure = f"{_escaped(reply.unsure)}\n" if reply.unsure else ""
    first_line = f"<b>{time_html(citation.lead)}</b>\n" if citation.lead else ""
    last_line = f"\n<i>{_escaped(note)}</i>" if note else ""
    line, line_units = _citation(citation, language)
    opened, closed = quotation_marks(language)
    lead = citation.lead.text if citation.lead else ""
    around = f"{reply.unsure}\n{lead}\n{title}\n{opened}{closed}\n\n{note}"
    part = excerpt(quote.text, quote.highlight, LONGEST_MESSAGE - units(around) - line_units, quote.answer)
    start, words, end = map(_escaped, part.sentence_parts)
    underlined = f"<u>{words}</u>" if words else ""
    best = f"<b>{start}{underlined}{end}</b>" if part.sentence else ""
    folded = units(quote.text) > LONG_PASSAGE and not part.before.strip()
    return (
        f"{unsure}{first_line}{head}<blockquote{' expandable' if folded else ''}>{opened}"
        f"{_escaped(part.before)}{best}{_escaped(part.after)}{closed}</blockquote>\n{line}{last_line}"
    )


def timeline_html(timeline: Timeline) -> str:
    """Return a timeline as the text of a Telegram message in HTML; its clauses share the room there is."""
    language = timeline.language
    opened, closed = quotation_marks(language)
    title = sentence("timeline.title", language, subject=_short(timeline.subject))
    rows = []
    for entry in timeline.entries:
        date = shown_date(entry.date, language)
        line, line_units = _entry_source(entry, language)
        rows.append((date, line, units(f"\n\n{date.text}\n{opened}{closed}\n") + line_units))
    room = (LONGEST_MESSAGE - units(title) - sum(row[2] for row in rows)) // max(len(rows), 1)
    parts = [f"<b>{_escaped(title)}</b>"]
    for entry, (date, line, _) in zip(timeline.entries, rows, strict=True):
        part = clause_excerpt(entry, room)
        before, words, after = map(_escaped, (part.before, part.sentence, part.after))
        marked = f"<u>{words}</u>" if words else ""
        parts.append(f"<b>{time_html(date)}</b>\n{opened}{before}{marked}{after}{closed}\n{line}")
    return "\n\n".join(parts)


def _entry_source(entry: TimelineEntry, language: str) -> tuple[str, int]:
    """Return what stands under an entry of a timeline as HTML, and its length without the markup."""
    name = _short(source_name(entry.quote.article, language), SHORT_NAME)
    number = paragraph_number(entry.quote, language)
    link = _link(address(entry.quote.article), name)
    return SEPARATOR.join([link, number]), units(SEPARATOR.join([name, number]))


def time_html(date: ShownDate) -> str:
    """Return a date that, where it is one day, Telegram offers in the reader's own calendar when tapped.

    Without a format the words are shown as they are: https://core.telegram.org/bots/api#date-time-entity-formatting.
    The time is noon UTC, which is the same day nearly everywhere. Days before 1970 or past 2037 have none.
    """
    text = _escaped(date.text)
    if date.day is None or not FIRST_YEAR <= date.day.year <= LAST_YEAR:
        return text
    noon = dt.datetime.combine(date.day, dt.time(12), dt.UTC)
    return f'<tg-time unix="{int(noon.timestamp())}">{text}</tg-time>'


def _citation(citation: Citation, language: str) -> tuple[str, int]:
    """Return what stands under a quote as HTML, and its length without the markup."""
    place, dates = citation.address, citation.dates[:MOST_DATES]
    source = sentence("quote.source", language) if _is_linked(place) else _short(place.text)
    end = [_escaped(citation.published), _link(place, source), citation.paragraph]
    line = SEPARATOR.join([*map(time_html, dates), *end])
    text = SEPARATOR.join([*(date.text for date in dates), citation.published, source, citation.paragraph])
    if citation.also:
        names = [_short(other.short, SHORT_NAME) for other in citation.named]
        line += "\n" + also_line(citation, [*map(_link, citation.named, names)], language)
        text += "\n" + also_line(citation, names, language)
    return line, units(text)


def _is_linked(address: Address) -> bool:
    return address.is_link and len(address.text) <= LONGEST_ADDRESS


def _link(address: Address, name: str) -> str:
    """Return the name of an address as HTML, a link where a browser can open it."""
    shown = _escaped(name)
    return f'<a href="{escape(address.text)}">{shown}</a>' if _is_linked(address) else shown


def _short(name: str, longest: int = LONGEST_NAME) -> str:
    name = " ".join(name.split())
    return name if units(name) <= longest else f"{first(name, longest)} {CUT}"


def _escaped(text: str) -> str:
    return escape(text, quote=False)
