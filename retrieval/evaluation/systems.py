"""What is evaluated: anything that answers a question with ranked passages, with a confidence or without."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from retrieval.archive import Archive
from retrieval.results import QUOTES, answer_of
from retrieval.types import Answer, Hit


@dataclass(frozen=True, slots=True)
class Response:
    """What a system says to one question, and how many seconds a person waited for it.

    ``hits`` are best first. ``answer`` is None for a baseline that ranks and never stays silent, ``seconds``
    for one that is not timed.
    """

    hits: list[Hit]
    answer: Answer | None
    seconds: float | None = None


class System(Protocol):
    """Something that can be asked questions."""

    @property
    def name(self) -> str:
        """What it is called in a table, such as ``default`` or ``bm25``."""

    def respond(self, question: str, k: int) -> Response:
        """Answer a question and rank at most ``k`` passages for it."""


@dataclass(frozen=True, slots=True)
class ArchiveSystem:
    """An archive as people meet it.

    A question is ranked once. Its time is that of ``Archive.ask``: the ranking, and fetching the quotes; the
    other hits, which are only for the measures, are fetched afterwards.
    """

    archive: Archive
    name: str = "default"

    def respond(self, question: str, k: int) -> Response:
        """Answer a question and rank at most ``k`` passages for it."""
        with self.archive.index.snapshot():
            start = time.perf_counter()
            ranking = self.archive.rank(question)
            quoted = self.archive.hits(ranking, QUOTES if ranking.near else 0)
            answer = answer_of(ranking, quoted)
            seconds = time.perf_counter() - start
            return Response(self.archive.hits(ranking, k), answer, seconds)
