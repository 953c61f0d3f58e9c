"""Telegram's own HTML parser, from TDLib, which the wheel ``tdjson`` carries. Runs offline, with no login."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson

LONGEST_MESSAGE = 4096

# TDLib's names of what a text may hold, and the Bot API's: https://core.telegram.org/bots/api#messageentity
_TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeDateTime": "date_time",
}


class MarkupError(Exception):
    """Telegram refuses a text; the message is what its server answers."""


@dataclass(frozen=True)
class Entity:
    """A part of a text, its offset and length in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True)
class Parsed:
    """A text as Telegram shows it."""

    text: str
    entities: tuple[Entity, ...]

    @property
    def length(self) -> int:
        """The length of the text in UTF-16 code units, which is what Telegram limits."""
        return len(self.text.encode("utf-16-le")) // 2

    def cover(self, entity: Entity) -> str:
        """Return the words an entity covers."""
        encoded = self.text.encode("utf-16-le")
        return encoded[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")

    def covered(self, type_: str) -> list[str]:
        """Return the words covered by each entity of a type."""
        return [self.cover(entity) for entity in self.entities if entity.type == type_]


def parse(text: str, parse_mode: str | None = "HTML") -> Parsed:
    """Read a message text as Telegram's server would.

    Raises:
        MarkupError: Telegram would refuse it.
    """
    if parse_mode == "HTML":
        parsed = _html(text)
    elif parse_mode:
        raise MarkupError("Bad Request: unsupported parse_mode")
    else:
        parsed = Parsed(text, ())
    if not parsed.text.strip():
        raise MarkupError("Bad Request: message text is empty")
    if parsed.length > LONGEST_MESSAGE:
        raise MarkupError("Bad Request: message is too long")
    return parsed


def _html(text: str) -> Parsed:
    request = {"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}}
    answer = _execute(request)
    if answer["@type"] == "error":
        raise MarkupError(f"Bad Request: {answer['message'][0].lower()}{answer['message'][1:]}")
    return Parsed(answer["text"], tuple(map(_entity, answer["entities"])))


def _entity(entity: dict[str, Any]) -> Entity:
    kind = entity["type"]
    name = _TYPES.get(kind["@type"], kind["@type"])
    return Entity(name, entity["offset"], entity["length"], kind.get("url"))


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    _silence()
    return json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")


@cache
def _silence() -> None:
    tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
