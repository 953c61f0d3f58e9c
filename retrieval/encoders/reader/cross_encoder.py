"""A cross-encoder as a reader: it says how relevant a passage is, and finds no spans."""

from __future__ import annotations

from retrieval.encoders.reader.reading import Reading
from retrieval.types import Reranker


class CrossEncoderReader:
    """A ``Reranker`` behind the protocol of readers."""

    def __init__(self, reranker: Reranker) -> None:
        self.reranker = reranker

    @property
    def name(self) -> str:
        """The cross-encoder's name."""
        return self.reranker.name

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return one reading a passage, without spans.

        Raises:
            EncoderError: the model returned what is not a number.
        """
        if not passages:
            return []
        return [Reading(float(logit)) for logit in self.reranker.logits(question, passages)]
