"""Which messages of a chat are meant for the bot, and what they ask."""

from __future__ import annotations

from telegram import Message, MessageEntity
from telegram.ext import filters


class _Addressed(filters.MessageFilter):
    """Messages meant for the bot: all in private, those that mention it or reply to it in a group."""

    def filter(self, message: Message) -> bool:
        if message.chat.type == message.chat.PRIVATE:
            return True
        replied_to = message.reply_to_message
        if replied_to and replied_to.from_user and replied_to.from_user.id == message.get_bot().id:
            return True
        return bool(_mentions(message))


addressed = _Addressed()


def question_of(message: Message) -> str:
    """Return the question of a text message: its text without the mentions of the bot."""
    text = message.text or ""
    for mention in _mentions(message):
        text = text.replace(mention, " ")
    return text


def _mentions(message: Message) -> list[str]:
    """Return the mentions of the bot in a message, as they are written."""
    name = f"@{message.get_bot().username}".casefold()
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    return [mention for mention in mentions if mention.casefold() == name]
