"""The text that a reader is given for a passage."""

from __future__ import annotations

SEPARATOR = " | "
"""Put between an article's title and a passage; the bundled reader was trained with it."""


def reader_text(title: str | None, passage: str) -> tuple[str, int]:
    """Return the text to give a reader for a passage, and where the passage begins in it."""
    heading = " ".join(title.split()) + SEPARATOR if title and title.strip() else ""
    return heading + passage, len(heading)
