# ruff: noqa: N815 - methods are named as http.server names them
"""The HTTP side of the server: calls come in as JSON or as forms, results go out as JSON."""

from __future__ import annotations

import json
from contextlib import suppress
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl

from .methods import File, RefusalError


def handler(api: Any) -> type[BaseHTTPRequestHandler]:
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
