"""What happens when a handler fails."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import TelegramError

from bot.replies import TextReply
from bot.telegram.sending import send
from bot.telegram.worker import Context, language_of
from retrieval.present.catalogue import sentence

_log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log what went wrong and apologise to the person in one sentence."""
    _log.error("An update could not be handled", exc_info=context.error)
    if not isinstance(update, Update):
        return
    apology = sentence("refusal.failure", language_of(update.effective_user, context))
    try:
        if update.callback_query:
            await update.callback_query.answer(apology, show_alert=True)
        elif update.message:
            await send(update.message, TextReply(apology))
    except TelegramError as error:
        _log.warning("The person could not be informed: %s", error)
