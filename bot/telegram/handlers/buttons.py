"""The button under a quote that asks for another passage."""

from __future__ import annotations

from telegram import Update

from bot.conversation import Shown
from bot.telegram.handlers.common import Context, keyboard, language_of
from bot.locales import say
from bot.telegram.render import html


async def another(update: Update, _context: Context) -> None:
    """Show the passage that the button promised, in place of the one above it."""
    query = update.callback_query
    if query is None or not isinstance(query.data, Shown):
        return
    await query.answer()
    await query.edit_message_text(html(query.data), reply_markup=keyboard(query.data))


async def stale(update: Update, context: Context) -> None:
    """Say that the passages behind a button are forgotten: it is from long ago, or from before a restart."""
    if update.callback_query:
        language = language_of(update.effective_user, context)
        await update.callback_query.answer(say("stale", language), show_alert=True)
