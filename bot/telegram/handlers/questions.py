"""Messages: the questions, and what is not text."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.constants import ChatAction

from bot.replies import TextReply
from bot.telegram.addressing import question_of
from bot.telegram.sending import send
from bot.telegram.worker import Context, language_of, worker_of
from retrieval.present.catalogue import sentence


async def question(update: Update, context: Context) -> None:
    """Answer a question, showing meanwhile that the bot is typing."""
    message = update.message
    if message is None:
        return
    language = language_of(update.effective_user, context)
    _, reply = await asyncio.gather(
        message.reply_chat_action(ChatAction.TYPING),
        worker_of(context).answer_question(question_of(message), language),
    )
    await send(message, reply)


async def other(update: Update, context: Context) -> None:
    """Say that the bot reads only text."""
    if update.message:
        language = language_of(update.effective_user, context)
        await send(update.message, TextReply(sentence("refusal.text_only", language)))
