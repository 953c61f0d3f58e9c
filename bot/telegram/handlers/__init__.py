"""Telegram's updates in, replies out: one thin function for each kind of update."""

from __future__ import annotations

from typing import Any

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    InvalidCallbackData,
    MessageHandler,
    filters,
)

from bot.replies import QuoteReply, TimelineReply
from bot.telegram.addressing import addressed
from bot.telegram.handlers.buttons import another, old_button
from bot.telegram.handlers.commands import help_, start, unknown
from bot.telegram.handlers.questions import other, question
from bot.telegram.handlers.timeline import picture, timeline
from bot.telegram.worker import Context

__all__ = ["handlers"]


def handlers() -> list[BaseHandler[Any, Context, Any]]:
    """Return the handlers of a conversation, in the order they are tried."""
    new = filters.UpdateType.MESSAGE
    return [
        # Commands.
        CommandHandler("start", start, new),
        CommandHandler("help", help_, new),
        CommandHandler(["chronologie", "timeline"], timeline, new),
        MessageHandler(new & filters.COMMAND & filters.ChatType.PRIVATE, unknown),
        # Questions: in a group, only those addressed to the bot.
        MessageHandler(new & filters.TEXT & ~filters.COMMAND & addressed, question),
        MessageHandler(new & ~filters.TEXT & ~filters.StatusUpdate.ALL & filters.ChatType.PRIVATE, other),
        # Buttons.
        CallbackQueryHandler(another, pattern=QuoteReply),
        CallbackQueryHandler(picture, pattern=TimelineReply),
        CallbackQueryHandler(old_button, pattern=InvalidCallbackData),
    ]
