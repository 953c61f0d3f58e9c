"""What happens when a handler fails."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import TelegramError

from bot.conversation import Said
from bot.telegram.handlers.common import Context, language_of, send
from bot.locales import say

_log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log what went wrong and tell the person in one sentence."""
    _log.error("An update could not be handled", exc_info=context.error)
    if not isinstance(update, Update):
        return
    sentence = say("trouble", language_of(update.effective_user, context))
    try:
        if update.callback_query:
            await update.callback_query.answer(sentence, show_alert=True)
        elif update.message:
            await send(update.message, Said(sentence))
    except TelegramError as error:
        _log.warning("They could not be told: %s", error)
