"""/chronologie and /timeline: a story in order of date, and its picture when it is asked for."""

from __future__ import annotations

import asyncio

from telegram import Message, ReplyParameters, Update
from telegram.constants import ChatAction

from bot.conversation import Chronicle
from bot.telegram.handlers.common import Context, desk_of, language_of, send
from bot.locales import say


async def timeline(update: Update, context: Context) -> None:
    """Tell what the archive holds on a subject in order of date."""
    message = update.message
    if message is None:
        return
    language = language_of(update.effective_user, context)
    subject = " ".join(context.args or ())
    _, reply = await asyncio.gather(
        message.reply_chat_action(ChatAction.TYPING), desk_of(context).timeline(subject, language)
    )
    await send(message, reply)


async def picture(update: Update, context: Context) -> None:
    """Send the timeline above a button as a picture."""
    query = update.callback_query
    if query is None or not isinstance(query.data, Chronicle) or not isinstance(query.message, Message):
        return
    await query.answer()
    told = query.data.timeline
    _, drawn = await asyncio.gather(
        query.message.reply_chat_action(ChatAction.UPLOAD_PHOTO), desk_of(context).picture(told)
    )
    await query.message.reply_photo(
        drawn,
        caption=say("timeline_of", told.language, subject=told.subject),
        parse_mode=None,
        filename=say("picture_file", told.language),
        reply_parameters=ReplyParameters(query.message.message_id, allow_sending_without_reply=True),
    )
