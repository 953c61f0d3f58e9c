"""Sentences with annotated dates, and the folder of news that they are drawn from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from evaluation.scripted import write_beir, write_lines

TEXTS = {
    "d1": "Le pont a ouvert le 3 mars.",
    "d2": "Il a fermé hier et demain.",
    "d3": "Il a coûté 12 euros.",
    "d4": "Le train de 1998 places part en 2019.",
}
DATES: dict[str, list[tuple[str, list[str]]]] = {
    "d1": [("le 3 mars", ["2025-03-03"])],
    "d2": [("hier", ["2025-04-02"]), ("demain", ["2025-04-05"])],
}


def annotated(text: str, sentence: str, *dates: tuple[str, list[str]]) -> dict[str, Any]:
    """A line of a date sample: a sentence of a text, and the values that are right for expressions of it."""
    start = text.index(sentence)
    mentions = [
        {
            "start": text.index(words),
            "end": text.index(words) + len(words),
            "value": right[0],
            "also": right[1:],
        }
        for words, right in dates
    ]
    digest = hashlib.sha256(sentence.encode()).hexdigest()
    return {"id": "d1", "start": start, "end": start + len(sentence), "sha256": digest, "mentions": mentions}


def write_news(folder: Path) -> Path:
    """Write four dated documents of a sentence each."""
    documents = [{"_id": id_, "title": "", "text": text, "date": "2025-04-03"} for id_, text in TEXTS.items()]
    return write_beir(folder, documents, [{"_id": "q", "text": "Le pont ?"}], {"q": "d1"})


def write_sample(path: Path) -> Path:
    """Write a date sample of the four: one is right, one is half right, two are traps."""
    return write_lines(
        path, [annotated(text, text, *DATES.get(id_, [])) | {"id": id_} for id_, text in TEXTS.items()]
    )
