"""As much of a passage as there is room for, always around its best sentence.

Room is counted in UTF-16 code units, as Telegram counts.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from retrieval.language.analysis import sentences
from retrieval.present.citation import one_line
from retrieval.present.emphasis import clipped, split_at
from retrieval.types import TimelineEntry

CUT = "[…]"
"""Marks where words of the passage were left out."""

_LAST_WORD = re.compile(r"\s+\S{0,40}\Z")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The best sentence of a passage and what stands around it, marked where it was cut.

    ``answer`` is the (start, end) in ``sentence`` of the words that answer, None where there are none or they
    were cut off.
    """

    before: str
    sentence: str
    after: str
    answer: tuple[int, int] | None = None

    @property
    def sentence_parts(self) -> tuple[str, str, str]:
        """The sentence before, in and after the words that answer; without any, all of it is before."""
        return split_at(self.sentence, self.answer)


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def excerpt(
    text: str, highlight: tuple[int, int], room: int, answer: tuple[int, int] | None = None
) -> Excerpt:
    """Return the passage split around its highlight, cut to a room.

    A passage that fits is whole. In one that does not, the sentence is kept and the room left is
    shared between what precedes it and what follows; a sentence too long by itself loses its end.
    Cuts fall between words where there are words. ``answer`` is the (start, end) of the words that answer.
    """
    before, sentence, after = split_at(text, highlight)
    words = clipped(answer, *highlight)
    if units(text) <= room:
        return Excerpt(before, sentence, after, words)
    room -= 2 * units(f" {CUT}")
    left = room - units(sentence)
    if left <= 0:
        kept = first(sentence, room)
        return Excerpt(f"{CUT} " if before else "", kept, f" {CUT}", clipped(words, 0, len(kept)))
    before_room = max(left // 2, left - units(after))
    kept_before = _last(before, before_room)
    kept_after = first(after, left - units(kept_before))
    return Excerpt(
        kept_before if kept_before == before else f"{CUT} {kept_before}",
        sentence,
        kept_after if kept_after == after else f"{kept_after} {CUT}",
        words,
    )


def first(text: str, room: int) -> str:
    """Return the beginning of a text that fits in a room, without a broken last word."""
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept if kept == text else _LAST_WORD.sub("", kept)


def _last(text: str, room: int) -> str:
    return first(text[::-1], room)[::-1]


def clause_excerpt(entry: TimelineEntry, room: int = sys.maxsize) -> Excerpt:
    """Return the clause of a timeline's entry on one line, around the words of its date, cut to a room.

    It is marked too where its sentence goes on before or after it.
    """
    quote = entry.quote
    start, end = quote.highlight
    cut = sentences(quote.text)
    before = "" if any(start == first for first, _ in cut) else f"{CUT} "
    after = "" if any(end == last for _, last in cut) else f" {CUT}"
    words = clipped((entry.date.start, entry.date.end), start, end) or (0, 0)
    part = excerpt(quote.sentence, words, room - units(before + after))
    return Excerpt(
        one_line(part.before if part.before.startswith(CUT) else before + part.before),
        one_line(part.sentence),
        one_line(part.after if part.after.endswith(CUT) else part.after + after),
    )
