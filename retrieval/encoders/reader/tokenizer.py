"""SentencePiece's unigram tokenizer (Kudo 2018, https://arxiv.org/abs/1804.10959), as XLM-RoBERTa uses it.

It gives the pieces that ``tokenizers`` gives for the same vocabulary, in 40 MB instead of 250: words are cut
one by one and remembered, so plain Python is quick enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

SPACE = "▁"
"""Stands for the space before a word, and is part of the word's first piece."""

UNKNOWN_PENALTY = 10.0
"""How much less likely than the least likely piece an unknown character is."""

REMEMBERED = 50_000
"""Words whose pieces are remembered; all are forgotten when there are more."""

_LAYOUT = re.compile(r"[\n\r\t]")

Pieces = tuple[tuple[int, int, int], ...]
"""The number of each piece of a word, and the characters of the word that it spans."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of a text: their numbers, and their (start, end) in characters of the text."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class UnigramTokenizer:
    """Cuts words into the pieces whose summed scores are highest."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]], begin: int, end: int, unknown: int) -> None:
        """``vocabulary`` has each piece's log probability; the others are the numbers of special pieces."""
        self.begin, self.end, self.unknown = begin, end, unknown
        self._pieces = {piece: (number, score) for number, (piece, score) in enumerate(vocabulary)}
        self._longest = max(map(len, self._pieces))
        self._unknown_score = min(score for _, score in vocabulary) - UNKNOWN_PENALTY
        self._words: dict[str, Pieces] = {}

    def encode(self, text: str) -> Tokens:
        """Return the pieces of a text, without special ones."""
        normal, places = _normalised(text)
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for word, start in _words(normal):
            for number, first, last in self._cut(word):
                ids.append(number)  # the space that a word begins with may not be in the text
                offsets.append((places[max(start + first, 0)], places[max(start + last, 0)]))
        return Tokens(ids, offsets)

    def _cut(self, word: str) -> Pieces:
        """Return the best pieces of a word, remembered."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            known = self._words[word] = tuple(self._best(word))
        return known

    def _best(self, word: str) -> Iterator[tuple[int, int, int]]:
        """Yield the pieces of the best path through a word (Viterbi); unknown characters are one piece."""
        scores = [0.0] + [-float("inf")] * len(word)
        arrived: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            known = False
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                piece = self._pieces.get(word[start:end])
                if piece is not None:
                    known |= end == start + 1
                    if scores[start] + piece[1] > scores[end]:
                        scores[end], arrived[end] = scores[start] + piece[1], (start, piece[0])
            if not known and scores[start] + self._unknown_score > scores[start + 1]:
                scores[start + 1], arrived[start + 1] = (
                    scores[start] + self._unknown_score,
                    (start, self.unknown),
                )
        path: list[tuple[int, int, int]] = []
        end = len(word)
        while end > 0:
            start, number = arrived[end]
            if path and number == self.unknown == path[-1][0]:
                path[-1] = (number, start, path[-1][2])
            else:
                path.append((number, start, end))
            end = start
        yield from reversed(path)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Yield each word after the mark of a space, and the place of the mark: -1 where the text has none."""
    begins = [match.start() for match in re.finditer(" ", text)]
    if text and not text.startswith(" "):
        begins.insert(0, -1)
    for begin, end in pairwise([*begins, len(text)]):
        yield SPACE + text[begin + 1 : end], begin


def _normalised(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in NFKC with single spaces, and the place in the text of each of its characters.

    One place more is the end of the text.
    """
    text = _LAYOUT.sub(" ", text)
    if unicodedata.is_normalized("NFKC", text) and "  " not in text:
        return text, range(len(text) + 1)
    characters: list[str] = []
    places: list[int] = []
    for start, end in pairwise([*_starters(text), len(text)]):
        normal = unicodedata.normalize("NFKC", text[start:end])
        for number, character in enumerate(normal):
            if character != " " or not characters or characters[-1] != " ":
                characters.append(character)
                places.append(start + number if len(normal) == end - start else start)
    return "".join(characters), [*places, len(text)]


def _starters(text: str) -> Iterator[int]:
    """Yield where each character that combines with none before it stands."""
    for place, character in enumerate(text):
        if not place or not unicodedata.combining(character):
            yield place
