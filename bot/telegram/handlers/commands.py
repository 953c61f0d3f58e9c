"""/start, /help, and the commands the bot does not know."""

from __future__ import annotations

from telegram import Update

from bot.conversation import Said
from bot.telegram.handlers.common import Context, language_of, send
from bot.locales import say


async def start(update: Update, context: Context) -> None:
    """Greet someone and say what the bot does."""
    await _tell(update, context, "start")


async def help_(update: Update, context: Context) -> None:
    """Say how to ask and how to read an answer."""
    await _tell(update, context, "help")


async def unknown(update: Update, context: Context) -> None:
    """Say that a command is not one of the bot's."""
    await _tell(update, context, "unknown_command")


async def _tell(update: Update, context: Context, key: str) -> None:
    if update.message:
        await send(update.message, Said(say(key, language_of(update.effective_user, context), help="/help")))
