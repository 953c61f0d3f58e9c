"""``python -m bot``: the conversation in the terminal, or in Telegram when there is a token."""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING

from retrieval.errors import VerbatimError

if TYPE_CHECKING:
    from bot.conversation import Archive
    from bot.settings import Settings


def main() -> int:
    """Run the bot until it is done.

    Returns:
        The exit code: 0 done, 1 Telegram out of reach, 2 the caller's mistake, 130 interrupted.
    """
    argparse.ArgumentParser(
        prog="python -m bot",
        description="Ask a news archive; it answers with its own words. Opens in the terminal, or in Telegram"
        " when TELEGRAM_BOT_TOKEN is set. Questions piped to it are answered one a line.",
        epilog="Everything is set in the environment or in a file .env; .env.example says what.",
    ).parse_args()
    try:
        return _run()
    except VerbatimError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the answers has left; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run() -> int:
    from bot import console, locales, logs
    from bot.settings import read_settings

    settings = read_settings()
    token = settings.telegram_bot_token
    logs.configure(settings.log_level, token.get_secret_value() if token else None)
    language = settings.bot_language or locales.of_machine()
    archive = _open(settings, language)
    if token:
        from bot import app

        try:
            app.run(settings, archive)
        except app.UnreachableError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        return 0
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal shows what it can of a text; a file or a pipe gets all of it.
        terminal = sys.stdout.isatty()
        sys.stdout.reconfigure(encoding=None if terminal else "utf-8", errors="replace")
    if sys.stdin.isatty() and sys.stdout.isatty():
        console.chat(archive, settings.archive, language)
    else:
        console.answer_lines(archive, language)
    return 0


def _open(settings: Settings, language: str) -> Archive:
    """Open the archive, saying so in a terminal: it takes seconds, and longer the first time."""
    from rich.console import Console

    import retrieval
    from bot.locales import say

    with Console(stderr=True).status(say("opening", language)):
        return retrieval.open(
            settings.archive,
            model=settings.embedding_model,
            weights=settings.weights,
            reranker=settings.reranker_model,
            precision=settings.answer_precision,
        )


if __name__ == "__main__":
    sys.exit(main())
