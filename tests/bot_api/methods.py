# ruff: noqa: N802 - methods are named as Telegram names them
"""The methods of the Bot API that the bot uses, each strict about its parameters.

Errors carry the words of Telegram's own server.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .markup import MarkupError, Parsed, parse

TOKEN = "123456:loopback-token"
BOT = {"id": 123456, "is_bot": True, "first_name": "Verbatim", "username": "verbatim_test_bot"}
LONGEST_CAPTION = 1024

_ACTIONS = {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location"}

# The parameters of each method, required ones first.
_METHODS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "deleteWebhook": (set(), {"drop_pending_updates"}),
    "getUpdates": (set(), {"offset", "limit", "timeout", "allowed_updates"}),
    "setMyCommands": ({"commands"}, {"scope", "language_code"}),
    "sendChatAction": ({"chat_id", "action"}, {"message_thread_id"}),
    "sendMessage": (
        {"chat_id", "text"},
        {"parse_mode", "link_preview_options", "reply_parameters", "reply_markup", "message_thread_id"},
    ),
    "editMessageText": (
        {"chat_id", "message_id", "text"},
        {"parse_mode", "link_preview_options", "reply_markup"},
    ),
    "sendPhoto": ({"chat_id", "photo"}, {"caption", "reply_parameters"}),
    "answerCallbackQuery": ({"callback_query_id"}, {"text", "show_alert"}),
}


class RefusalError(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


@dataclass(frozen=True)
class File:
    """A file the bot sent."""

    name: str
    content: bytes


@dataclass
class Message:
    """A message the bot sent, as it stands now."""

    chat: dict[str, Any]
    id: int
    parsed: Parsed
    markup: dict[str, Any] | None
    reply_to: int | None
    edits: int = 0

    @property
    def text(self) -> str:
        """What the person reads."""
        return self.parsed.text

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The buttons under the message."""
        return [button for row in (self.markup or {}).get("inline_keyboard", []) for button in row]


@dataclass
class Methods:
    """What a Bot API server knows, and the methods that bots call."""

    token: str = TOKEN
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: list[File] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _asked: dict[str, Message] = field(default_factory=dict)
    _chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    _count: int = 0
    _poll: int = 0

    def call(self, token: str, method: str, parameters: dict[str, Any]) -> Any:
        """Return the result of a method called by a bot."""
        if token != self.token:
            raise RefusalError(401, "Unauthorized") if ":" in token else RefusalError(404, "Not Found")
        if method not in _METHODS:
            raise RefusalError(404, "Not Found")
        required, optional = _METHODS[method]
        if missing := required - parameters.keys():
            raise RefusalError(400, f"Bad Request: parameter {sorted(missing)[0]} is missing")
        if unknown := parameters.keys() - required - optional:
            raise RefusalError(400, f"Bad Request: parameter {sorted(unknown)[0]} is not one of {method}'s")
        with self.changed:
            self.calls.append((method, parameters))
            result = getattr(self, f"_{method}")(**parameters)
            self.changed.notify_all()
        return result

    def _getMe(self) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    def _deleteWebhook(self, drop_pending_updates: bool = False) -> bool:
        if drop_pending_updates:
            self._updates.clear()
        return True

    def _getUpdates(
        self, offset: int = 0, limit: int = 100, timeout: int = 0, allowed_updates: list[str] | None = None
    ) -> Any:
        self._poll += 1
        poll = self._poll
        self._updates[:] = [update for update in self._updates if update["update_id"] >= offset]
        if allowed_updates:
            self._updates[:] = [update for update in self._updates if update.keys() & set(allowed_updates)]
        self.changed.notify_all()
        self.changed.wait_for(lambda: self._updates or poll != self._poll, timeout)
        if poll != self._poll:
            raise RefusalError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
                " running",
            )
        if allowed_updates:
            self._updates[:] = [update for update in self._updates if update.keys() & set(allowed_updates)]
        return self._updates[:limit]

    def _setMyCommands(
        self, commands: list[dict[str, str]], scope: Any = None, language_code: str = ""
    ) -> bool:
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise RefusalError(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise RefusalError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[language_code] = commands
        return True

    def _sendChatAction(self, chat_id: int, action: str, message_thread_id: int | None = None) -> bool:
        self._chat(chat_id)
        if action not in _ACTIONS:
            raise RefusalError(400, "Bad Request: wrong parameter action in request")
        return True

    def _sendMessage(
        self,
        chat_id: int,
        text: str,
        parse_mode: str | None = None,
        link_preview_options: Any = None,
        reply_parameters: dict[str, Any] | None = None,
        reply_markup: dict[str, Any] | None = None,
        message_thread_id: int | None = None,
    ) -> Any:
        chat = self._chat(chat_id)
        _check_markup(reply_markup)
        replied = (reply_parameters or {}).get("message_id")
        message = Message(chat, self._next(), _parsed(text, parse_mode), reply_markup, replied)
        self.messages.append(message)
        return self._json(message)

    def _sendPhoto(
        self, chat_id: int, photo: File, caption: str = "", reply_parameters: dict[str, Any] | None = None
    ) -> Any:
        chat = self._chat(chat_id)
        if not photo.content.startswith(b"\x89PNG"):
            raise RefusalError(400, "Bad Request: IMAGE_PROCESS_FAILED")
        if len(caption) > LONGEST_CAPTION:
            raise RefusalError(400, "Bad Request: message caption is too long")
        self.photos.append(photo)
        message = {"message_id": self._next(), "date": int(time.time()), "chat": chat, "from": BOT}
        return {**message, "caption": caption}

    def _editMessageText(
        self,
        chat_id: int,
        message_id: int,
        text: str,
        parse_mode: str | None = None,
        link_preview_options: Any = None,
        reply_markup: dict[str, Any] | None = None,
    ) -> Any:
        chat = self._chat(chat_id)
        found = [message for message in self.messages if message.id == message_id and message.chat == chat]
        if not found:
            raise RefusalError(400, "Bad Request: message to edit not found")
        _check_markup(reply_markup)
        parsed, message = _parsed(text, parse_mode), found[0]
        if (parsed, reply_markup) == (message.parsed, message.markup):
            raise RefusalError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are"
                " exactly the same as a current content and reply markup of the message",
            )
        message.parsed, message.markup = parsed, reply_markup
        message.edits += 1
        return self._json(message)

    def _answerCallbackQuery(self, callback_query_id: str, text: str = "", show_alert: bool = False) -> bool:
        if callback_query_id not in self._asked:
            raise RefusalError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        if len(text) > 200:
            raise RefusalError(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answers[callback_query_id] = {"text": text, "show_alert": show_alert}
        return True

    def _chat(self, chat_id: int) -> dict[str, Any]:
        if chat_id not in self._chats:
            raise RefusalError(400, "Bad Request: chat not found")
        return self._chats[chat_id]

    def _json(self, message: Message) -> dict[str, Any]:
        entities = [
            {"type": e.type, "offset": e.offset, "length": e.length} | ({"url": e.url} if e.url else {})
            for e in message.parsed.entities
        ]
        return {
            "message_id": message.id,
            "date": int(time.time()),
            "chat": message.chat,
            "from": BOT,
            "text": message.text,
            "entities": entities,
        } | ({"reply_markup": message.markup} if message.markup else {})

    def _next(self) -> int:
        with self.changed:
            self._count += 1
            return self._count


def _parsed(text: str, parse_mode: str | None) -> Parsed:
    try:
        return parse(text, parse_mode)
    except MarkupError as error:
        raise RefusalError(400, str(error)) from None


def _check_markup(markup: dict[str, Any] | None) -> None:
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            if not button.get("text") or not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
