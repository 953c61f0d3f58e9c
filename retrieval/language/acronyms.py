"""Acronyms: found where a text spells them out, and matched with what they stand for.

A text that holds « Alliance des États du Sahel » is about the AES whether or not it names it so, and one that
holds « Alliance des États du Sahel (AES) » tells what AES means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.language.analysis import fold, stop_words, token, words
from retrieval.language.invisible import without_invisible

MEANING = "=:"
"""Prefix of the token that marks where an acronym is spelled out. No word has such a token."""

_PARENTHESIS = re.compile(r"\((?P<short>[^\W\d_][\w.-]{1,9})\)")

Phrase = tuple[str, ...]
"""The tokens of a name, stop words left out."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym spelled out at ``text[start:end]``, parenthesis included; ``long`` is what it stands for."""

    start: int
    end: int
    short: str
    long: str

    @property
    def acronym(self) -> str:
        """The acronym without full stops."""
        return self.short.replace(".", "")

    @property
    def phrase(self) -> Phrase:
        """The tokens of what the acronym stands for."""
        return phrase_of(self.long)


def definitions(text: str) -> Iterator[Definition]:
    """Yield the acronyms that ``text`` spells out, as in ``Organisation des Nations unies (ONU)``.

    Schwartz & Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical
    text": each letter of the short form is looked for from right to left, the first at a word's start.
    Invisible characters are read through; ``long`` has them, being a slice of ``text``.
    """
    if "(" not in text:
        return
    clean, offsets = without_invisible(text)
    for match in _PARENTHESIS.finditer(clean):
        short = match["short"].strip(".")
        if sum(letter.isupper() for letter in short) < 2 and not (short[0].isupper() and len(short) > 3):
            continue
        letters = [letter for letter in fold(short) if letter.isalnum()]
        before = list(re.finditer(r"[^\W_]+", clean[: match.start()]))
        room = before[-min(len(letters) + 5, 2 * len(letters)) :]
        if room and (start := _start(clean, room[0].start(), match.start(), letters)) is not None:
            long = text[offsets[start] : offsets[match.start()]].strip()
            yield Definition(offsets[start], offsets[match.end() - 1] + 1, short, long)


def _start(text: str, low: int, high: int, letters: Sequence[str]) -> int | None:
    """Return where the long form of ``letters`` begins in ``text[low:high]``, or None."""
    place = high
    for number, letter in reversed(list(enumerate(letters))):
        place -= 1
        while place >= low and not (
            fold(text[place])[:1] == letter and (number or not text[place - 1 : place].isalnum())
        ):
            place -= 1
        if place < low:
            return None
    return place


def phrase_of(name: str) -> Phrase:
    """Return the tokens of a name without its stop words: what a text must hold to mean it."""
    return tuple(token(word) for word in words(name) if fold(word) not in stop_words("fr"))


def find_phrases(tokens: Sequence[str], names: Mapping[Phrase, str]) -> list[tuple[int, int, str]]:
    """Return (first, last + 1, name) of each phrase of ``names`` in ``tokens``, in order, without overlaps.

    The longest phrase is taken at each place.
    """
    by_first: dict[str, list[Phrase]] = {}
    for phrase in sorted(names, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    found = []
    place = 0
    while place < len(tokens):
        for phrase in by_first.get(tokens[place], ()):
            end = place + len(phrase)
            if tuple(tokens[place:end]) == phrase:
                found.append((place, end, names[phrase]))
                place = end - 1
                break
        place += 1
    return found
