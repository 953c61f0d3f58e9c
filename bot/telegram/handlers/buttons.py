"""The button under a quote that asks for another passage."""

from __future__ import annotations

from telegram import Update

from bot.replies import QuoteReply
from bot.telegram.markup import html
from bot.telegram.sending import keyboard
from bot.telegram.worker import Context, language_of
from retrieval.present.catalogue import sentence


async def another(update: Update, _context: Context) -> None:
    """Show the passage that the button stands for, in place of the one above it."""
    query = update.callback_query
    if query is None or not isinstance(query.data, QuoteReply):
        return
    await query.answer()
    await query.edit_message_text(html(query.data), reply_markup=keyboard(query.data))


async def old_button(update: Update, context: Context) -> None:
    """Say that the passages behind a button are no longer kept: it is old, or the bot was restarted."""
    if update.callback_query:
        language = language_of(update.effective_user, context)
        await update.callback_query.answer(sentence("refusal.old_button", language), show_alert=True)
