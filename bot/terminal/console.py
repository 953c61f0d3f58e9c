"""The conversation in a terminal, drawn with rich, or in a pipe: one question a line.

``/suite`` and ``/next`` show another passage, ``/chronologie`` and ``/timeline`` tell a story date by
date, ``/aide`` and ``/help`` help; ``/quitter``, ``/quit`` and Ctrl-D leave.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.citation import SEPARATOR, Citation, Source, also, cite, tell
from bot.conversation import Archive, Chronicle, Reply, Said, Shown, reply
from bot.conversation import tell as tell_story
from bot.excerpt import excerpt
from bot.locales import say
from retrieval.timeline import Timeline, one_line

PROMPT = "> "
INDENT = "  "
LONGEST_PASSAGE = 4096
"""Room for a passage, as in a Telegram message: a screen or two around its best sentence."""
WIDEST = 100
"""Columns of the widest line of text: longer ones are hard to follow."""

# What a terminal would act on, shown by its picture instead (U+2400 and on): an article may hold anything.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {0x7F: 0x2421}
_PICTURES |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
# rich breaks lines at no-break spaces; these stand in for them while it does.
_STAND_INS = {0xA0: 0xE0A0, 0x202F: 0xE02F}
_SPACES = {stand_in: space for space, stand_in in _STAND_INS.items()}


def chat(archive: Archive, name: Path, language: str) -> None:
    """Hold a conversation in the terminal until the person leaves; ``name`` is what they call the archive."""
    console = Console(highlight=False)
    draw(console, Said(say("banner", language, archive=str(name))))
    draw(console, Said(say("hint", language)), style="dim")
    last: Reply | None = None
    for line in _typed():
        match line.split():
            case ["/quit" | "/quitter" | "/exit"]:
                return
            case ["/help" | "/aide"]:
                draw(console, Said(say("console_help", language)))
                continue
            case ["/next" | "/suite"]:
                shown = last.another if isinstance(last, Shown) else None
                replied: Reply = shown or Said(say("no_quote", language))
                last = shown or last
            case ["/timeline" | "/chronologie", *subject]:
                with console.status(say("searching", language)):
                    replied = tell_story(archive, " ".join(subject), language)
            case [command] if command.startswith("/"):
                replied = Said(say("unknown_command", language, help=say("help_command", language)))
            case []:
                continue
            case _:
                with console.status(say("searching", language)):
                    last = replied = reply(archive, line, language)
        draw(console, replied)


def answer_lines(archive: Archive, language: str) -> None:
    """Answer the questions of standard input, one a line, and tell timelines; blank lines are passed over."""
    console = Console(highlight=False)
    for number, line in enumerate(sys.stdin.buffer):
        try:
            question = line.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError:
            draw(console, Said(say("not_text", language)))
            continue
        match question.split():
            case ["/timeline" | "/chronologie", *subject]:
                draw(console, tell_story(archive, " ".join(subject), language))
            case [_, *_]:
                draw(console, reply(archive, question, language))


def draw(console: Console, replied: Reply, style: str = "") -> None:
    """Draw a reply, with an empty line after it.

    In a terminal the text is wrapped and set in a little; elsewhere it comes as it is.
    """
    for text in _texts(replied, style):
        if console.is_terminal:
            console.print(_wrapped(text, console), soft_wrap=True)
        else:
            console.file.write(f"{text.plain}\n")
    console.file.write("\n")


def _texts(replied: Reply, style: str) -> Iterator[Text]:
    if isinstance(replied, Said):
        yield Text(_safe(replied.text), style)
        return
    if isinstance(replied, Chronicle):
        yield from _story(replied.timeline)
        return
    quote, language, lead = replied.quote, replied.answer.language, replied.lead
    if lead:
        yield Text(tell(lead, language).text, "bold")
    if quote.article.title:
        yield Text(_safe(quote.article.title), "italic")
    part = excerpt(quote.text, quote.highlight, LONGEST_PASSAGE)
    yield Text.assemble(
        say("quote_open", language),
        _safe(part.before),
        (_safe(part.sentence), "bold"),
        _safe(part.after),
        say("quote_close", language),
    )
    cited = cite(quote, language, lead)
    yield Text.assemble(
        SEPARATOR.join([*(date.text for date in cited.dates), cited.published, ""]),
        _source(cited.source),
        SEPARATOR,
        cited.paragraph,
        style="dim",
    )
    if cited.also:
        yield _others(cited, language)
    if replied.note:
        yield Text(replied.note, "dim")


def _source(source: Source) -> tuple[str, str]:
    return _safe(source.text), f"link {source.text}" if source.opens else ""


def _others(cited: Citation, language: str) -> Text:
    """Return the line that names who else carries a quote, its addresses being links."""
    line = Text(also(cited, [_safe(source.text) for source in cited.also], language), "dim")
    end = 0
    for name, style in map(_source, cited.also):
        start = line.plain.index(name, end)
        end = start + len(name)
        line.stylize(style, start, end)
    return line


def _story(timeline: Timeline) -> Iterator[Text]:
    language = timeline.language
    for entry in timeline.entries:
        cited = cite(entry.quote, language)
        yield Text.assemble(
            (tell(entry.date, language).text, "bold"),
            f"{SEPARATOR}{say('quote_open', language)}{_safe(one_line(entry.quote.sentence))}",
            say("quote_close", language),
            (f"{SEPARATOR}{_safe(cited.source.text)}{SEPARATOR}{cited.paragraph}", "dim"),
        )


def _wrapped(text: Text, console: Console) -> Text:
    """Return the text set in and broken into lines that fit, never at a no-break space."""
    text.plain = text.plain.translate(_STAND_INS)
    lines = text.wrap(console, min(console.width - len(INDENT), WIDEST))
    for line in lines:
        line.rstrip()
    wrapped = Text(INDENT).append_text(Text(f"\n{INDENT}").join(lines))
    wrapped.plain = wrapped.plain.translate(_SPACES)
    return wrapped


def _safe(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_PICTURES)


def _typed() -> Iterator[str]:
    """Yield the lines typed at the prompt, with history and editing where the system has them."""
    with suppress(ImportError):  # Windows edits lines by itself.
        import readline  # noqa: F401
    while True:
        try:
            yield input(PROMPT)
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return
