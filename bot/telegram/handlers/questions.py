"""Messages: the questions, and what is not text."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.constants import ChatAction

from bot.conversation import Said
from bot.telegram.handlers.common import Context, desk_of, language_of, question_of, send
from bot.locales import say


async def question(update: Update, context: Context) -> None:
    """Answer a question, showing that the bot is at work meanwhile."""
    message = update.message
    if message is None:
        return
    language = language_of(update.effective_user, context)
    _, reply = await asyncio.gather(
        message.reply_chat_action(ChatAction.TYPING),
        desk_of(context).reply(question_of(message), language),
    )
    await send(message, reply)


async def other(update: Update, context: Context) -> None:
    """Say that the bot reads only text."""
    if update.message:
        await send(update.message, Said(say("text_only", language_of(update.effective_user, context))))
