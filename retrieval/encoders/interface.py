"""What a model must do to embed texts, or to read passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from retrieval.types import Vectors

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CosineScale: TypeAlias = "Callable[[npt.NDArray[np.floating]], npt.NDArray[np.float64]]"
"""Puts the cosines of a model where those of the bundled model are, in the same order."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants put before a question, and before a passage; mostly nothing."""

    query: str = ""
    passage: str = ""


class Encoder(Protocol):
    """Turns texts into vectors. Questions and passages may be prompted differently."""

    @property
    def name(self) -> str:
        """The model's name, as a person would set it in ``EMBEDDING_MODEL``."""

    @property
    def fingerprint(self) -> str:
        """A digest of the weights: two encoders with the same fingerprint give the same vectors."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def prompts(self) -> Prompts:
        """What is put before each text: two encoders of one fingerprint may differ in it."""

    @property
    def scale(self) -> CosineScale:
        """What puts the cosines of its vectors where those of the bundled model are."""

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors for questions."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors for passages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in a passage for a question.

    ``logit`` is the log-odds that the passage answers. ``span`` is the (start, end) of the words in it that
    answer best, None from a reader that looks for none; ``span_score`` is their score minus that of no
    answer.
    """

    logit: float
    span: tuple[int, int] | None = None
    span_score: float = 0.0


class Reader(Protocol):
    """A model that reads a question and a passage together; what knows a file format is a parser."""

    @property
    def name(self) -> str:
        """The model's name, as a person would set it in ``READER_MODEL``."""

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return what is found in each passage."""
