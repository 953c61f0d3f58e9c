"""The conversation in a terminal, or in a pipe: one question a line.

``/suite`` and ``/next`` show another passage, ``/chronologie`` and ``/timeline`` a timeline, ``/aide`` and
``/help`` the help; ``/quitter``, ``/quit`` and Ctrl-D leave.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from bot.conversation import Answerer, answer_question, answer_subject
from bot.replies import QuoteReply, Reply, TextReply
from bot.terminal.drawing import draw
from retrieval.cli import streams
from retrieval.present.catalogue import sentence
from retrieval.present.text import reader_line

PROMPT = "> "


def chat(answerer: Answerer, name: Path, language: str, *, reader: str | None = None) -> None:
    """Hold a conversation in the terminal until the person leaves.

    ``name`` is what they call the archive; ``reader`` is the name of the model that reads its passages, None
    where none does.
    """
    console = Console(highlight=False)
    draw(console, TextReply(sentence("terminal.banner", language, archive=str(name))))
    hint = f"{sentence('terminal.hint', language)}\n{reader_line(reader, language)}"
    draw(console, TextReply(hint), style="dim")
    last: Reply | None = None
    for line in _typed():
        match line.split():
            case ["/quit" | "/quitter" | "/exit"]:
                return
            case ["/help" | "/aide"]:
                draw(console, TextReply(sentence("terminal.help", language)))
                continue
            case ["/next" | "/suite"]:
                another = last.another if isinstance(last, QuoteReply) else None
                reply: Reply = another or TextReply(sentence("refusal.no_quote", language))
                last = another or last
            case ["/timeline" | "/chronologie", *subject]:
                with console.status(sentence("terminal.searching", language)):
                    reply = answer_subject(answerer, " ".join(subject), language)
            case [command] if command.startswith("/"):
                help_command = sentence("terminal.help_command", language)
                reply = TextReply(sentence("refusal.unknown_command", language, help=help_command))
            case []:
                continue
            case _:
                with console.status(sentence("terminal.searching", language)):
                    last = reply = answer_question(answerer, line, language)
        draw(console, reply)


def answer_lines(answerer: Answerer, language: str) -> None:
    """Answer the questions of standard input, one a line, and its timeline commands; skip blank lines.

    Raises:
        StreamError: Standard input cannot be read, or standard output cannot be written.
    """
    console = Console(highlight=False)
    for number, line in enumerate(streams.input_lines()):
        try:
            question = line.decode("utf-8-sig" if number == 0 else "utf-8")
        except UnicodeDecodeError:
            draw(console, TextReply(sentence("refusal.not_text", language)))
            continue
        match question.split():
            case ["/timeline" | "/chronologie", *subject]:
                draw(console, answer_subject(answerer, " ".join(subject), language))
            case [_, *_]:
                draw(console, answer_question(answerer, question, language))


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
