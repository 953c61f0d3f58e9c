"""Acronyms: mined where an archive spells them out, then one word with what they stand for.

A text that says « Alliance des États du Sahel » is about the AES whether or not it says so, and one that
says « Alliance des États du Sahel (AES) » is the place to learn what AES means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.language.analysis import fold, stop_words, token, words

MEANING = "=:"
"""Prefix of the token that marks where an acronym is spelled out. No word has such a token."""

_PARENTHESIS = re.compile(r"\((?P<short>[^\W\d_][\w.-]{1,9})\)")

Run = tuple[str, ...]
"""The tokens of a name, stop words left out."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym spelled out at ``text[start:end]``, parenthesis included."""

    start: int
    end: int
    short: str
    long: str


def definitions(text: str) -> Iterator[Definition]:
    """Yield the acronyms that ``text`` spells out, as in ``Organisation des Nations unies (ONU)``.

    Schwartz & Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical
    text": each letter of the short form is looked for from right to left, the first at a word's start.
    """
    for match in _PARENTHESIS.finditer(text):
        short = match["short"].strip(".")
        if sum(letter.isupper() for letter in short) < 2 and not (short[0].isupper() and len(short) > 3):
            continue
        letters = [letter for letter in fold(short) if letter.isalnum()]
        before = list(re.finditer(r"[^\W_]+", text[: match.start()]))
        room = before[-min(len(letters) + 5, 2 * len(letters)) :]
        if room and (start := _start(text, room[0].start(), match.start(), letters)) is not None:
            yield Definition(start, match.end(), short, text[start : match.start()].strip())


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


def run_of(name: str) -> Run:
    """Return the tokens of a name without its stop words: what a question must say to mean it."""
    return tuple(token(word) for word in words(name) if fold(word) not in stop_words("fr"))


def mine(texts: Iterable[str]) -> dict[Run, str]:
    """Return the acronym of each long form spelled out in ``texts``."""
    found: dict[Run, str] = {}
    for text in texts:
        if "(" in text:
            for definition in definitions(text):
                run = run_of(definition.long)
                if len(run) > 1:
                    found.setdefault(run, definition.short.replace(".", ""))
    return found


def replace_runs(
    tokens: Sequence[str], names: Mapping[Run, str], skip: frozenset[str] = frozenset()
) -> list[tuple[int, int, str]]:
    """Return (first, last + 1, replacement) of the names found in ``tokens``, longest first at each place.

    Tokens in ``skip`` may stand inside a name without being part of it.
    """
    by_first: dict[str, list[Run]] = {}
    for run in sorted(names, key=len, reverse=True):
        by_first.setdefault(run[0], []).append(run)
    found = []
    place = 0
    while place < len(tokens):
        for run in by_first.get(tokens[place], ()):
            end = _match(tokens, place, run, skip)
            if end:
                found.append((place, end, names[run]))
                place = end - 1
                break
        place += 1
    return found


def _match(tokens: Sequence[str], place: int, run: Run, skip: frozenset[str]) -> int:
    """Return where ``run`` ends in ``tokens``, read from ``place``, or 0."""
    for wanted in run:
        while place < len(tokens) and tokens[place] != wanted and tokens[place] in skip:
            place += 1
        if place >= len(tokens) or tokens[place] != wanted:
            return 0
        place += 1
    return place
