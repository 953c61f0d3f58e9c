"""Replies sent to Telegram, with the button that belongs under each."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters

from bot.replies import QuoteReply, Reply, TimelineReply
from bot.telegram.markup import html
from retrieval.present.catalogue import sentence


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Return the button under a quote that another can follow, or under a timeline, for its picture."""
    if isinstance(reply, TimelineReply):
        return _button("button.picture", reply.timeline.language, reply)
    if isinstance(reply, QuoteReply) and reply.another:
        return _button("button.another", reply.language, reply.another)
    return None


async def send(message: Message, reply: Reply) -> None:
    """Send a reply to a message, or to its chat when the message has been deleted."""
    await message.reply_html(html(reply), reply_markup=keyboard(reply), reply_parameters=answering(message))


def answering(message: Message) -> ReplyParameters:
    """Return the parameters of a reply to a message, which may have been deleted."""
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)


def _button(key: str, language: str, data: Reply) -> InlineKeyboardMarkup:
    label = sentence(key, language)
    return InlineKeyboardMarkup.from_button(InlineKeyboardButton(label, callback_data=data))
