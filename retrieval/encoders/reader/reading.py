"""What a reader says of a passage, and what every reader can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SEPARATOR = " | "
"""Put between an article's title and a passage; the bundled reader was trained with it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a passage for a question.

    ``logit`` is the relevance of the passage: above 0 it rather answers than not. ``span`` is the (start,
    end) of the best answer, in characters of the passage that was given, or None where the reader finds no
    spans. ``span_score`` is the score of the span minus the score of "no answer here".
    """

    logit: float
    span: tuple[int, int] | None = None
    span_score: float = 0.0


class Reader(Protocol):
    """Reads a question and a passage together."""

    @property
    def name(self) -> str:
        """The model's name, as a person would set it in ``READER_MODEL``."""

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return one reading a passage, in the order given."""


def reader_text(title: str | None, passage: str) -> tuple[str, int]:
    """Return the text to give a reader for a passage, and where the passage begins in it."""
    heading = " ".join(title.split()) + SEPARATOR if title and title.strip() else ""
    return heading + passage, len(heading)
