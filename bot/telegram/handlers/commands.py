"""/start, /help, and the commands the bot does not know."""

from __future__ import annotations

from telegram import Update

from bot.replies import TextReply
from bot.telegram.sending import send
from bot.telegram.worker import Context, language_of
from retrieval.present.catalogue import sentence


async def start(update: Update, context: Context) -> None:
    """Greet someone and say what the bot does."""
    await _send_sentence(update, context, "telegram.start")


async def help_(update: Update, context: Context) -> None:
    """Say how to ask and how to read an answer."""
    await _send_sentence(update, context, "telegram.help")


async def unknown(update: Update, context: Context) -> None:
    """Say that a command is not one of the bot's."""
    await _send_sentence(update, context, "refusal.unknown_command")


async def _send_sentence(update: Update, context: Context, key: str) -> None:
    if update.message:
        language = language_of(update.effective_user, context)
        await send(update.message, TextReply(sentence(key, language, help="/help")))
