"""Replies drawn with rich: wrapped and styled in a terminal, plain in a file or a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from bot.replies import QuoteReply, Reply, TextReply, TimelineReply
from retrieval.cli import streams
from retrieval.present.catalogue import quotation_marks
from retrieval.present.citation import (
    MOST_DATES,
    SEPARATOR,
    Address,
    Citation,
    also_line,
    cite,
    paragraph_number,
    shown_date,
    source_name,
)
from retrieval.present.excerpt import clause_excerpt, excerpt
from retrieval.types import Timeline

INDENT = "  "
LONGEST_PASSAGE = 4096
"""Room for a passage, as in a Telegram message: a screen or two around its best sentence."""
WIDEST = 100
"""Columns of the widest line of text: longer ones are hard to follow."""

# Control characters, which a terminal would obey, are shown by their pictures (U+2400 and on) instead: an
# article may hold anything.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# rich breaks lines at no-break spaces, so private-use characters replace them while it wraps.
_STAND_INS = {0xA0: 0xE0A0, 0x202F: 0xE02F}
_SPACES = {stand_in: space for space, stand_in in _STAND_INS.items()}


def draw(console: Console, reply: Reply, style: str = "") -> None:
    """Draw a reply, with an empty line after it.

    In a terminal the text is wrapped and indented; elsewhere it comes as it is.

    Raises:
        BrokenPipeError: Nobody reads the other end of the pipe any more.
        StreamError: The console's file cannot be written.
    """
    texts = list(_texts(reply, style))
    with streams.writing():
        for text in texts:
            if console.is_terminal:
                console.print(_wrapped(text, console), soft_wrap=True)
            else:
                console.file.write(f"{text.plain}\n")
        console.file.write("\n")
        console.file.flush()


def _texts(reply: Reply, style: str) -> Iterator[Text]:
    match reply:
        case TextReply():
            yield Text(_safe(reply.text), style)
        case TimelineReply():
            yield from _entries(reply.timeline)
        case QuoteReply():
            yield from _quote(reply)


def _quote(reply: QuoteReply) -> Iterator[Text]:
    quote, language = reply.quote, reply.language
    citation = cite(quote, language, reply.lead)
    if reply.unsure:
        yield Text(reply.unsure)
    if citation.lead:
        yield Text(citation.lead.text, "bold")
    if citation.title:
        yield Text(_safe(citation.title), "italic")
    part = excerpt(quote.text, quote.highlight, LONGEST_PASSAGE, quote.answer)
    opened, closed = quotation_marks(language)
    start, words, end = map(_safe, part.sentence_parts)
    sentence = Text.assemble(start, (words, "underline"), end, style="bold")
    yield Text.assemble(opened, _safe(part.before), sentence, _safe(part.after), closed)
    dates = [date.text for date in citation.dates[:MOST_DATES]]
    yield Text.assemble(
        SEPARATOR.join([*dates, citation.published, ""]),
        _link(citation.address),
        SEPARATOR,
        citation.paragraph,
        style="dim",
    )
    if citation.also:
        yield _others(citation, language)
    if reply.note:
        yield Text(reply.note, "dim")


def _link(address: Address) -> tuple[str, str]:
    """Return the name of an address and its style: a link where a browser can open it."""
    return _safe(address.text), f"link {address.text}" if address.is_link else ""


def _others(citation: Citation, language: str) -> Text:
    """Return the line that names the other articles with the passage, their addresses being links."""
    line = Text(also_line(citation, [_safe(address.text) for address in citation.named], language), "dim")
    end = 0
    for name, style in map(_link, citation.named):
        start = line.plain.index(name, end)
        end = start + len(name)
        line.stylize(style, start, end)
    return line


def _entries(timeline: Timeline) -> Iterator[Text]:
    language = timeline.language
    opened, closed = quotation_marks(language)
    for entry in timeline.entries:
        part = clause_excerpt(entry, LONGEST_PASSAGE)
        source = _safe(source_name(entry.quote.article, language))
        yield Text.assemble(
            (shown_date(entry.date, language).text, "bold"),
            f"{SEPARATOR}{opened}{_safe(part.before)}",
            (_safe(part.sentence), "underline"),
            f"{_safe(part.after)}{closed}",
            (f"{SEPARATOR}{source}, {paragraph_number(entry.quote, language)}", "dim"),
        )


def _wrapped(text: Text, console: Console) -> Text:
    """Return the text indented and broken into lines that fit, never at a no-break space."""
    text.plain = text.plain.translate(_STAND_INS)
    lines = text.wrap(console, min(console.width - len(INDENT), WIDEST))
    for line in lines:
        line.rstrip()
    wrapped = Text(INDENT).append_text(Text(f"\n{INDENT}").join(lines))
    wrapped.plain = wrapped.plain.translate(_SPACES)
    return wrapped


def _safe(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_PICTURES)
