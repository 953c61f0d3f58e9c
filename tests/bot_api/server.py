"""The server: Telegram's side of the Bot API on loopback, and a person to talk to the bot."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from typing import Any, Self

from .methods import TOKEN, Message, Methods
from .transport import handler

__all__ = ["TOKEN", "BotApi", "Message"]

PATIENCE = 20.0
"""Seconds a test waits for the bot before it fails."""


@dataclass
class BotApi(Methods):
    """A Bot API server on loopback; use it as a context manager."""

    _port: int = 0
    _http: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Begin to listen, at the same address as before if there was one."""
        self._http = ThreadingHTTPServer(("127.0.0.1", self._port), handler(self))
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

    async def sent(self, count: int = 1) -> Message:
        """Wait for the bot's message of that rank, from 1, without blocking the bot."""
        return await asyncio.to_thread(self.message, count)

    async def becomes(self, ready: Callable[[], Any]) -> Any:
        """Wait until something is true of this server, without blocking the bot."""
        return await asyncio.to_thread(self.wait, ready)

    def called(self, name: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of a method so far."""
        return [parameters for method, parameters in self.calls if method == name]
