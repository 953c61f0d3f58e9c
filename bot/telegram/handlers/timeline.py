"""/chronologie and /timeline: the timeline of a subject, and its picture when it is asked for."""

from __future__ import annotations

import asyncio

from telegram import Message, Update
from telegram.constants import ChatAction

from bot.replies import TimelineReply
from bot.telegram.sending import answering, send
from bot.telegram.worker import Context, language_of, worker_of
from retrieval.present.catalogue import sentence


async def timeline(update: Update, context: Context) -> None:
    """Show the dated facts that the archive holds on a subject, in order of date."""
    message = update.message
    if message is None:
        return
    language = language_of(update.effective_user, context)
    subject = " ".join(context.args or ())
    _, reply = await asyncio.gather(
        message.reply_chat_action(ChatAction.TYPING), worker_of(context).answer_subject(subject, language)
    )
    await send(message, reply)


async def picture(update: Update, context: Context) -> None:
    """Send the timeline above a button as a picture."""
    query = update.callback_query
    if query is None or not isinstance(query.data, TimelineReply) or not isinstance(query.message, Message):
        return
    await query.answer()
    shown = query.data.timeline
    _, drawn = await asyncio.gather(
        query.message.reply_chat_action(ChatAction.UPLOAD_PHOTO), worker_of(context).picture(shown)
    )
    await query.message.reply_photo(
        drawn,
        caption=sentence("timeline.title", shown.language, subject=shown.subject),
        parse_mode=None,
        filename=sentence("timeline.picture_file", shown.language),
        reply_parameters=answering(query.message),
    )
