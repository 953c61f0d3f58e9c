"""The Telegram bot: its parts put together, and run by long polling."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import Any

from telegram import BotCommand, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application, Defaults

from bot.conversation import Answerer
from bot.errors import SettingsError, UnreachableError
from bot.settings import Settings
from bot.telegram.handlers import handlers
from bot.telegram.handlers.errors import failed
from bot.telegram.worker import Worker
from retrieval.present import catalogue
from retrieval.present.catalogue import sentence
from retrieval.present.text import reader_line

KEPT_ANSWERS = 512
"""How many answers are kept for their button; the oldest is dropped first."""

UPDATES = ("message", "callback_query")

START_RETRIES = 3
"""How many times a start is tried again when the network fails, over about five seconds."""

_log = logging.getLogger(__name__)


def build(
    settings: Settings, answerer: Answerer, *, reader: str | None = None, quick: Answerer | None = None
) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the application that answers from an archive, ready to run.

    ``reader`` is the name of the model that reads its passages, None where none does; ``quick`` answers
    without it, while a queue is long.

    Raises:
        SettingsError: The settings hold no token.
    """
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set: @BotFather gives one.")
    application = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .defaults(Defaults(ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(AIORateLimiter(max_retries=2))
        .arbitrary_callback_data(KEPT_ANSWERS)
        .concurrent_updates(True)
        .post_init(_introduce)
        .post_shutdown(_close)
        .build()
    )
    application.bot_data["worker"] = Worker(answerer, settings.bot_language or catalogue.of_machine(), quick)
    application.bot_data["reader"] = reader
    application.add_handlers(handlers())
    application.add_error_handler(failed)
    return application


def run(
    settings: Settings, answerer: Answerer, *, reader: str | None = None, quick: Answerer | None = None
) -> None:
    """Answer in Telegram until interrupted. Once started, it waits for a network that fails.

    ``reader`` and ``quick`` are those of ``build``.

    Raises:
        SettingsError: Telegram refuses the token, or the settings hold none.
        UnreachableError: Telegram cannot be reached.
    """
    application = build(settings, answerer, reader=reader, quick=quick)
    try:
        application.run_polling(
            poll_interval=settings.telegram_poll_interval,
            allowed_updates=UPDATES,
            bootstrap_retries=START_RETRIES,
        )
    except InvalidToken:
        raise SettingsError(
            "Telegram refuses TELEGRAM_BOT_TOKEN: check it against the one @BotFather gave."
        ) from None
    except NetworkError as error:
        raise UnreachableError(
            f"{settings.telegram_base_url} cannot be reached ({error}):"
            " check the network and TELEGRAM_BASE_URL."
        ) from None


async def _introduce(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Fill the menu of commands, in each language; say on stderr what reads and that the bot is listening."""
    try:
        for language in catalogue.LANGUAGES:
            names = {
                "start": "start",
                "help": "help",
                "timeline": sentence("telegram.timeline_command", language),
            }
            commands = [
                BotCommand(name, sentence(f"telegram.describe_{key}", language))
                for key, name in names.items()
            ]
            await application.bot.set_my_commands(commands, language_code="fr" if language == "fr" else None)
    except TelegramError as error:
        _log.warning("The menu of commands could not be set: %s", error)
    with suppress(OSError):  # a full device for the log is no reason not to answer
        sys.stderr.write(f"{reader_line(application.bot_data['reader'], 'en')}\n")
        sys.stderr.write(f"@{application.bot.username} is listening on Telegram; Ctrl-C stops it.\n")


async def _close(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    worker: Worker = application.bot_data["worker"]
    worker.close()
