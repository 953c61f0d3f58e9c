"""What is evaluated: anything that answers a question with ranked passages, and says how sure it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from retrieval.types import Answer, Hit


@dataclass(frozen=True, slots=True)
class Response:
    """What a system says to one question, and how long a person waited for it.

    ``hits`` are best first. ``answer`` is None for a baseline that ranks and never stays silent, ``seconds``
    for one whose pace says nothing.
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


class Archive(Protocol):
    """The two verbs of an archive that an evaluation needs."""

    def ask(self, question: str) -> Answer:
        """Return quotes, or an honest nothing."""

    def search(self, question: str, k: int = 10) -> list[Hit]:
        """Return the best passages, best first."""


@dataclass(frozen=True, slots=True)
class ArchiveSystem:
    """An archive as people meet it. Only the asking is timed: nobody waits for the ranking behind it."""

    archive: Archive
    name: str = "default"

    def respond(self, question: str, k: int) -> Response:
        """Ask, then search for the ranking: one pass for both would time what nobody waits for."""
        start = time.perf_counter()
        answer = self.archive.ask(question)
        seconds = time.perf_counter() - start
        return Response(self.archive.search(question, k=k), answer, seconds)
