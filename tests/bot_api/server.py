# ruff: noqa: N802, N815 - methods are named as Telegram and http.server name them
"""The server: Telegram's side of the Bot API on loopback, and a person to talk to the bot.

Only the methods the bot uses, each strict about its parameters; errors carry the server's own words.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl

from .markup import MarkupError, Parsed, parse

TOKEN = "123456:loopback-token"
BOT = {"id": 123456, "is_bot": True, "first_name": "Verbatim", "username": "verbatim_test_bot"}
LONGEST_CAPTION = 1024
PATIENCE = 20.0
"""Seconds a test waits for the bot before it fails."""

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
class BotApi:
    """A Bot API server on loopback; use it as a context manager."""

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
    _port: int = 0
    _http: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Begin to listen, at the same address as before if there was one."""
        self._http = ThreadingHTTPServer(("127.0.0.1", self._port), _handler(self))
        self._http.daemon_threads = True
        self._port = self._http.server_port
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Listen no more and hang up on the bot."""
        if self._http is None:
            return
        self._http.shutdown()
        self._http.server_close()
        self._http = None
        with self.changed:
            self._poll += 1
            self.changed.notify_all()

    @property
    def closed(self) -> bool:
        """Whether the server listens no more."""
        return self._http is None

    @property
    def url(self) -> str:
        """What to set ``TELEGRAM_BASE_URL`` to."""
        return f"http://127.0.0.1:{self._port}/bot"

    # The person's side.

    def say(
        self,
        text: str | None,
        *,
        language: str | None = "fr",
        chat: str = "private",
        update: str = "message",
        **more: Any,
    ) -> dict[str, Any]:
        """Send the bot a message as a person would and return it; ``more`` are its other fields."""
        person = {"id": 77, "is_bot": False, "first_name": "Awa"}
        if language:
            person["language_code"] = language
        place = {"id": 77 if chat == "private" else -1001, "type": chat}
        if chat != "private":
            place["title"] = "Rédaction"
        message = {
            "message_id": self._next(),
            "date": int(time.time()),
            "chat": place,
            "from": person,
            **more,
        }
        if text is not None:
            message["text"] = text
            entities = [
                {"type": "bot_command" if word[0] == "/" else "mention", "offset": start, "length": len(word)}
                for word, start in (
                    (found[0], len(text[: found.start()].encode("utf-16-le")) // 2)
                    for found in re.finditer(r"(?:\A/|(?<!\w)@)\w+", text)
                )
            ]
            if entities:
                message["entities"] = entities
        self._chats[place["id"]] = place
        self.push({update: message})
        return message

    def tap(self, message: Message, button: int = 0, language: str = "fr") -> str:
        """Tap a button under one of the bot's messages and return the identifier of that tap."""
        return self.tap_data(message, message.buttons[button]["callback_data"], language)

    def tap_data(self, message: Message, data: str, language: str = "fr") -> str:
        """Tap a button that held some data, perhaps one that the message no longer has."""
        identifier = str(self._next())
        self._asked[identifier] = message
        person = {"id": 77, "is_bot": False, "first_name": "Awa", "language_code": language}
        query = {
            "id": identifier,
            "from": person,
            "chat_instance": "1",
            "message": self._json(message),
            "data": data,
        }
        self.push({"callback_query": query})
        return identifier

    def push(self, update: dict[str, Any]) -> None:
        """Queue an update of any kind for the bot."""
        with self.changed:
            self._updates.append({"update_id": self._next(), **update})
            self.changed.notify_all()

    def wait(self, ready: Callable[[], Any]) -> Any:
        """Wait until something is true of this server and return it."""
        with self.changed:
            met = self.changed.wait_for(ready, PATIENCE)
            assert met, f"the bot did nothing of the kind; it called {[name for name, _ in self.calls]}"
            return met

    def message(self, count: int) -> Message:
        """Wait for the bot's message of that rank, from 1, and return it."""
        self.wait(lambda: len(self.messages) >= count)
        return self.messages[count - 1]

    def called(self, name: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of a method so far."""
        return [parameters for method, parameters in self.calls if method == name]

    # The bot's side.

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


def _handler(api: BotApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            _, _, called = self.path.partition("/bot")
            token, _, method = called.partition("/")
            try:
                answer: dict[str, Any] = {
                    "ok": True,
                    "result": api.call(token, method, self._parameters(body)),
                }
                code = 200
            except RefusalError as refusal:
                code = refusal.code
                answer = {"ok": False, "error_code": code, "description": str(refusal)}
                if code != 409:  # A poll that the bot hung up on, to ask again, ends this way.
                    api.refusals.append(f"{method}: {refusal}")
            payload = json.dumps(answer).encode()
            if api.closed:
                self.close_connection = True
                return
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST

        def _parameters(self, body: bytes) -> dict[str, Any]:
            if self.headers.get_content_type() == "application/json":
                return dict(json.loads(body or b"{}"))
            if self.headers.get_content_type() == "multipart/form-data":
                return _parts(self.headers["Content-Type"], body)
            # A form holds text; what the Bot API reads as a number, a flag or an object is JSON in it.
            return {
                name: _value(name, value) for name, value in parse_qsl(body.decode(), keep_blank_values=True)
            }

        def handle(self) -> None:
            with suppress(ConnectionError, TimeoutError):  # The bot hangs up when it stops.
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _parts(content_type: str, body: bytes) -> dict[str, Any]:
    """Return the fields of a form that holds a file: it takes the place of the reference to it."""
    form = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields: dict[str, Any] = {}
    files: dict[str, File] = {}
    for part in form.get_payload():
        name, content = part.get_param("name", header="Content-Disposition"), part.get_payload(decode=True)
        if filename := part.get_filename():
            files[f"attach://{name}"] = File(filename, content)
        else:
            fields[name] = content.decode()
    return {
        name: files[value] if value in files else _value(name, value) for name, value in fields.items()
    } | {name.removeprefix("attach://"): file for name, file in files.items() if name not in fields.values()}


def _value(name: str, value: str) -> Any:
    if name in {"caption", "text", "action", "callback_query_id", "parse_mode", "language_code"}:
        return value
    return json.loads(value)
