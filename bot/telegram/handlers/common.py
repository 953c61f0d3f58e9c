"""What the handlers share: whom they speak to, in which language, and how they send a reply."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    ReplyParameters,
    User,
)
from telegram.ext import CallbackContext, ExtBot, filters

from bot.conversation import Archive, Chronicle, Reply, Shown, reply, tell
from bot.locales import choose, say
from bot.telegram.render import html
from retrieval.present.picture import png
from retrieval.timeline import Timeline

Context: TypeAlias = CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Asks an archive from asyncio, one question at a time and always from the same thread.

    ``language`` is spoken to people whose own is not known.
    """

    archive: Archive
    language: str
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "archive"))

    async def reply(self, question: str, language: str) -> Reply:
        """Return what to reply to a question."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread, reply, self.archive, question, language)

    async def timeline(self, subject: str, language: str) -> Reply:
        """Return the timeline of a subject, or why there is none."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread, tell, self.archive, subject, language)

    async def picture(self, timeline: Timeline) -> bytes:
        """Return a timeline drawn as a PNG picture."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, png, timeline)

    def close(self) -> None:
        """End the thread once the question it is at is answered."""
        self.thread.shutdown()


def desk_of(context: Context) -> Desk:
    """Return the desk that the application was built with."""
    desk: Desk = context.bot_data["desk"]
    return desk


def language_of(user: User | None, context: Context) -> str:
    """Return the language to speak to a user: that of their Telegram."""
    return choose(user.language_code) if user and user.language_code else desk_of(context).language


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Return the button under a quote that has others behind it, or under a timeline, for its picture."""
    if isinstance(reply, Chronicle):
        label, data = say("picture", reply.timeline.language), reply
        return InlineKeyboardMarkup.from_button(InlineKeyboardButton(label, callback_data=data))
    if not isinstance(reply, Shown) or reply.another is None:
        return None
    label = say("another", reply.answer.language)
    return InlineKeyboardMarkup.from_button(InlineKeyboardButton(label, callback_data=reply.another))


async def send(message: Message, reply: Reply) -> None:
    """Send a reply to a message, or to its chat when the message is gone by then."""
    await message.reply_html(
        html(reply),
        reply_markup=keyboard(reply),
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
    )


class _Addressed(filters.MessageFilter):
    """Messages meant for the bot: all in private, those that call it or reply to it in a group."""

    def filter(self, message: Message) -> bool:
        if message.chat.type == message.chat.PRIVATE:
            return True
        replied = message.reply_to_message
        if replied and replied.from_user and replied.from_user.id == message.get_bot().id:
            return True
        return bool(_calls(message))


addressed = _Addressed()


def question_of(message: Message) -> str:
    """Return the question of a text message: its text, without the name the bot was called by."""
    text = message.text or ""
    for call in _calls(message):
        text = text.replace(call, " ")
    return text


def _calls(message: Message) -> list[str]:
    """Return the places of a message where the bot is called by its name, as they are written."""
    name = f"@{message.get_bot().username}".casefold()
    called = message.parse_entities([MessageEntity.MENTION]).values()
    return [call for call in called if call.casefold() == name]
