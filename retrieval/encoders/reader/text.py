"""The texts that a reader is given for a question and a passage."""

from __future__ import annotations

SEPARATOR = " | "
"""Put between an article's title and a passage; the bundled reader was trained with it."""

_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def reader_question(question: str) -> str:
    """Return the text to give a reader for a question: with the apostrophes of a keyboard, however typed."""
    return question.translate(_APOSTROPHES)


def reader_text(title: str | None, passage: str) -> tuple[str, int]:
    """Return the text to give a reader for a passage, and where the passage begins in it."""
    heading = " ".join(title.split()) + SEPARATOR if title and title.strip() else ""
    return heading + passage, len(heading)
