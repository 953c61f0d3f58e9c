"""``python -m bot``: the conversation in the terminal, or in Telegram when there is a token."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.errors import UnreachableError
from retrieval.cli import streams
from retrieval.errors import StreamError, VerbatimError

if TYPE_CHECKING:
    from bot.conversation import Answerer
    from bot.settings import Settings


def main() -> int:
    """Run the bot until it is done.

    Returns:
        The exit code: 0 done, 1 Telegram out of reach or answers that cannot be written, 2 the caller's
        mistake, 130 interrupted.
    """
    closed = streams.replace_closed()
    try:
        try:
            return _run(closed)
        finally:
            streams.flush_output()
    except VerbatimError as error:
        sys.stderr.write(f"{error}\n")
        if isinstance(error, StreamError):
            streams.discard_output()
        return 1 if isinstance(error, StreamError | UnreachableError) else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The program that read the answers has ended: an error message would reach no reader of them.
        streams.discard_output()
        return 1


def _run(closed: frozenset[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        add_help=False,
        description="Ask a news archive; it answers with its own words. Opens in the terminal, or in Telegram"
        " when TELEGRAM_BOT_TOKEN is set. Questions piped to it are answered one a line.",
        epilog="Everything is set in the environment or in a file .env; .env.example says what.",
    )
    # argparse ignores that its own help cannot be written.
    parser.add_argument("-h", "--help", action="store_true", help="show this help message and exit")
    if parser.parse_args().help:
        streams.require(closed - {"stdin"})
        with streams.writing():
            sys.stdout.write(parser.format_help())
        return 0
    from bot import logs
    from bot.settings import read_settings
    from retrieval.present import catalogue

    settings = read_settings()
    token = settings.telegram_bot_token
    if not token:
        streams.require(closed)
    logs.configure(settings.log_level, token.get_secret_value() if token else None)
    language = settings.bot_language or catalogue.of_machine()
    archive, quick, reader = _open(settings, language)
    if token:
        from bot.telegram import app

        app.run(settings, archive, reader=reader, quick=quick)
        return 0
    from bot.terminal import console

    streams.set_encoding()
    if sys.stdin.isatty() and sys.stdout.isatty():
        console.chat(archive, settings.archive, language, reader=reader)
    else:
        console.answer_lines(archive, language)
    return 0


def _open(settings: Settings, language: str) -> tuple[Answerer, Answerer | None, str | None]:
    """Return the archive, the same without its reader, and the reader's name: None where it has none.

    A terminal shows meanwhile that it is being opened: that takes seconds, and longer the first time.
    """
    from rich.console import Console

    import retrieval
    from retrieval.present.catalogue import sentence

    console = Console(stderr=True)
    console.quiet = not console.is_terminal
    with console.status(sentence("terminal.opening", language)):
        archive = retrieval.open(
            settings.archive,
            model=settings.embedding_model,
            weights=settings.weights,
            reader="off" if settings.reader == "off" else settings.reader_model,
            precision=settings.answer_precision,
        )
    if archive.ranker.reader is None:
        return archive, None, None
    return archive, archive.without_reader(), archive.ranker.reader.name


if __name__ == "__main__":
    sys.exit(main())
