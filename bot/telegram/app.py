"""The Telegram bot: its parts wired together, and run by long polling."""

from __future__ import annotations

import logging
import sys
from typing import Any

from telegram import BotCommand, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application, Defaults

from bot import locales
from bot.conversation import Archive
from bot.telegram.handlers import handlers
from bot.telegram.handlers.common import Desk
from bot.telegram.handlers.errors import failed
from bot.settings import Settings, SettingsError
from retrieval.errors import VerbatimError

KEPT_ANSWERS = 512
"""How many answers are kept for their button; the oldest is forgotten first."""

UPDATES = ("message", "callback_query")

START_RETRIES = 3
"""How many times a start that the network fails is tried again, over about five seconds."""

_log = logging.getLogger(__name__)


class UnreachableError(VerbatimError):
    """The Bot API server does not answer when the bot starts."""


def build(settings: Settings, archive: Archive) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the application that answers from an archive, ready to run.

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
    application.bot_data["desk"] = Desk(archive, settings.bot_language or locales.of_machine())
    application.add_handlers(handlers())
    application.add_error_handler(failed)
    return application


def run(settings: Settings, archive: Archive) -> None:
    """Answer in Telegram until interrupted. Once started, a network that fails is waited for.

    Raises:
        SettingsError: Telegram refuses the token, or the settings hold none.
        UnreachableError: Telegram cannot be reached.
    """
    application = build(settings, archive)
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
    """Fill the menu of commands, in each language, and say that the bot is there."""
    try:
        for language in locales.LANGUAGES:
            names = {"start": "start", "help": "help", "timeline": locales.say("timeline_command", language)}
            commands = [
                BotCommand(name, locales.say(f"command_{key}", language)) for key, name in names.items()
            ]
            await application.bot.set_my_commands(commands, language_code="fr" if language == "fr" else None)
    except TelegramError as error:
        _log.warning("The menu of commands could not be set: %s", error)
    sys.stderr.write(f"@{application.bot.username} is listening on Telegram; Ctrl-C stops it.\n")


async def _close(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    desk: Desk = application.bot_data["desk"]
    desk.close()
