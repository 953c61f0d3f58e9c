"""A text made from another by small changes, with the span in the other that each character comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.language.invisible import with_whole_words

Replacement = tuple[int, int, str]
"""The start and the end of what is replaced, and what takes its place."""


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text, and for each of its characters where what it was made from starts and ends in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that ``text[start:end]``, which must not be empty, comes from."""
        return self.starts[start], self.ends[end - 1]

    def replace(self, replacements: Iterable[Replacement]) -> AlignedText:
        """Return the text with parts of it, in order and apart, replaced; none of them empty."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for start, end, replacement in replacements:
            pieces += self.text[position:start], replacement
            low, high = self.original(start, end)
            starts += [*self.starts[position:start], *[low] * len(replacement)]
            ends += [*self.ends[position:start], *[high] * len(replacement)]
            position = end
        pieces.append(self.text[position:])
        starts += self.starts[position:]
        ends += self.ends[position:]
        return AlignedText("".join(pieces), tuple(starts), tuple(ends))


def readable(typed: str) -> AlignedText:
    """Return what was typed in NFC, without invisible characters, words cut at a line's end joined."""
    text, offsets = with_whole_words(typed)
    visible = AlignedText(text, tuple(offsets[:-1]), tuple(offset + 1 for offset in offsets[:-1]))
    if unicodedata.is_normalized("NFC", text):
        return visible
    return visible.replace(
        (start, end, composed)
        for start, end in _composable(text)
        if (composed := unicodedata.normalize("NFC", text[start:end])) != text[start:end]
    )


def _composable(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``text``, one after the other, that are in NFC each by itself."""
    start = 0
    for place, character in enumerate(text):
        follows = unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
        if (
            place and not follows
        ):  # neither a mark nor a vowel or final of Hangul: composes with nothing before
            yield start, place
            start = place
    if text:
        yield start, len(text)
