"""``python -m bot``: the conversation in the terminal, or in Telegram when there is a token."""

from __future__ import annotations

import argparse
import io
import os
import sys

from retrieval.errors import VerbatimError


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
    from bot import console, locales
    from bot.conversation import Archive
    from bot.settings import read_settings

    settings = read_settings()
    language = settings.bot_language or locales.of_machine()

    def open_archive() -> Archive:
        import retrieval

        return retrieval.open(settings.archive, model=settings.embedding_model)

    if settings.telegram_bot_token is not None:
        from bot import app

        try:
            app.run(settings, open_archive())
        except app.UnreachableError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        return 0
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal shows what it can of a text; a file or a pipe gets all of it.
        terminal = sys.stdout.isatty()
        sys.stdout.reconfigure(encoding=None if terminal else "utf-8", errors="replace")
    if sys.stdin.isatty() and sys.stdout.isatty():
        console.chat(open_archive, settings.archive, language)
    else:
        console.answer_lines(open_archive, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
