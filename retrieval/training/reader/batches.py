"""From groups to the pairs of states that the joint layers read."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor, cat

from retrieval.encoders.reader.apart import ApartLayers, TokenStates
from retrieval.training.reader.groups import Group

WINDOW = 160
"""Tokens of a passage that are read in training."""

CACHE_BYTES = 5 << 30
"""Memory for the states of passages; they are computed anew when it is full."""

TokenSpan = tuple[int, int]
"""The first and the last token of an answer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """States of a question and of a part of a passage, and where the answer is in it, if it is there."""

    question: Tensor
    passage: Tensor
    span: TokenSpan | None


@dataclass(frozen=True, slots=True)
class PairGroup:
    """The pairs of a question; ``has_right`` tells whether the first one's passage answers."""

    pairs: tuple[Pair, ...]
    has_right: bool


class PairMaker:
    """Makes pairs, keeping the lower layers' states of passages."""

    def __init__(self, apart: ApartLayers) -> None:
        self._apart = apart
        self._passages: dict[str, list[TokenStates]] = {}
        self._bytes = 0

    def pairs(self, groups: Sequence[Group], rng: random.Random) -> list[PairGroup]:
        """Return the pairs of each group; of a long passage a part is read, with the answer in it."""
        questions = self._apart.questions([group.question for group in groups])
        texts = [
            candidate.read
            for group in groups
            for candidate in ((group.right, *group.wrong) if group.right else group.wrong)
        ]
        windows = iter(zip(self._windows([text for text, _ in texts]), texts, strict=True))
        made = []
        for group, question in zip(groups, questions, strict=True):
            pairs = []
            for number in range(len(group.wrong) + (group.right is not None)):
                found, (_, offset) = next(windows)
                answer = group.answer if group.right is not None and number == 0 else None
                span = (answer[0] + offset, answer[1] + offset) if answer else None
                states, tokens = cut(found, span, WINDOW, rng)
                pairs.append(Pair(question.states, states, tokens))
            made.append(PairGroup(tuple(pairs), group.right is not None))
        return made

    def _windows(self, texts: Sequence[str]) -> list[list[TokenStates]]:
        new = list(dict.fromkeys(text for text in texts if text not in self._passages))
        found = dict(zip(new, self._apart.passages(new), strict=True))
        found |= {text: self._passages[text] for text in texts if text in self._passages}
        for text in new:
            if self._bytes < CACHE_BYTES:
                self._passages[text] = found[text]
                self._bytes += sum(window.nbytes for window in found[text])
        return [found[text] for text in texts]


def cut(
    windows: Sequence[TokenStates], answer: tuple[int, int] | None, length: int, rng: random.Random
) -> tuple[Tensor, TokenSpan | None]:
    """Return at most ``length`` states of a passage, ``<s>`` first, and the answer's first and last token.

    The part is chosen at random among those that hold the answer; without an answer the beginning is read
    half of the time.
    """
    holding = [(window, token_span(window, answer)) for window in windows]
    window, span = next((pair for pair in holding if pair[1]), (rng.choice(windows), None))
    states = window.states
    spare = len(states) - length
    if spare <= 0:
        return states, span
    low, high = 1, spare + 1
    if span:
        low, high = max(low, span[1] - length + 2), min(high, span[0])
        if high < low:  # an answer longer than the part
            return states[:length], None
    start = 1 if not span and rng.random() < 0.5 else rng.randint(low, high)
    part = cat([states[:1], states[start : start + length - 1]])
    return part, (span[0] - start + 1, span[1] - start + 1) if span else None


def token_span(window: TokenStates, answer: tuple[int, int] | None) -> TokenSpan | None:
    """Return the first and the last token of the answer, or None where the window lacks part of it."""
    if answer is None:
        return None
    covered = [
        i for i, (a, b) in enumerate(window.offsets) if b > a and a < answer[1] and b > answer[0] and i > 0
    ]
    ends = [window.offsets[i] for i in covered]
    if not ends or ends[0][0] > answer[0] or ends[-1][1] < answer[1]:
        return None
    return covered[0], covered[-1]
