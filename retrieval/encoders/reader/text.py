"""The texts that a reader is given for a question and a passage."""

from __future__ import annotations

SEPARATOR = " | "
"""Put after an article's day of publication and its title; the bundled reader was trained with it."""

_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def reader_question(question: str) -> str:
    """Return the text to give a reader for a question: with the apostrophes of a keyboard, however typed."""
    return question.translate(_APOSTROPHES)


def reader_text(title: str | None, published: str | None, passage: str) -> tuple[str, int]:
    """Return the text to give a reader for a passage, and where the passage begins in it.

    In front of it stand the day of publication, for questions that name a time, and the title. ``published``
    is an EDTF string.
    """
    parts = (published or "").partition("T")[0], " ".join((title or "").split())
    heading = "".join(part + SEPARATOR for part in parts if part)
    return heading + passage, len(heading)
