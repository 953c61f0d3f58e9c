"""As much of a passage as there is room for, always around its best sentence.

Room is counted in UTF-16 code units, as Telegram counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CUT = "[…]"
"""Marks where words of the passage were left out."""

_LAST_WORD = re.compile(r"\s+\S{0,40}\Z")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The best sentence of a passage and what stands around it, marked where it was cut."""

    before: str
    sentence: str
    after: str


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def excerpt(text: str, highlight: tuple[int, int], room: int) -> Excerpt:
    """Return the passage split around its highlight, cut to a room.

    A passage that fits is whole. In one that does not, the sentence is kept and the room left is
    shared between what precedes it and what follows; a sentence too long by itself loses its end.
    Cuts fall between words where there are words.
    """
    start, end = highlight
    before, sentence, after = text[:start], text[start:end], text[end:]
    if units(text) <= room:
        return Excerpt(before, sentence, after)
    room -= 2 * units(f" {CUT}")
    left = room - units(sentence)
    if left <= 0:
        kept = first(sentence, room)
        return Excerpt(f"{CUT} " if before else "", kept, f" {CUT}")
    before_room = max(left // 2, left - units(after))
    kept_before = _last(before, before_room)
    kept_after = first(after, left - units(kept_before))
    return Excerpt(
        kept_before if kept_before == before else f"{CUT} {kept_before}",
        sentence,
        kept_after if kept_after == after else f"{kept_after} {CUT}",
    )


def first(text: str, room: int) -> str:
    """Return the beginning of a text that fits in a room, without a broken last word."""
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept if kept == text else _LAST_WORD.sub("", kept)


def _last(text: str, room: int) -> str:
    return first(text[::-1], room)[::-1]
