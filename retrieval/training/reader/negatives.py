"""Passages that a first stage would put first: by their words, and by the bundled encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from retrieval.encoders.interface import Encoder
from retrieval.types import Vectors

WORD = r"\w\w+"

CHUNK = 256
"""Questions that are scored at once."""


class RememberingEncoder:
    """An encoder's vectors of passages, computed once for collections that share their corpus."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a passage."""
        new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        if new:
            self._vectors.update(zip(new, self._encoder.encode_passages(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a question."""
        return self._encoder.encode_queries(list(texts))


def hardest(
    questions: Sequence[str], passages: Sequence[str], count: int, encoder: RememberingEncoder | None = None
) -> list[list[int]]:
    """Return, for each question, the positions of ``count`` passages, in turn by words and by vectors.

    Vectors find what answers a question in another language; without an encoder, words alone count.
    """
    if not questions:
        return []
    vectorizer = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", token_pattern=WORD)
    by_word = vectorizer.fit_transform(passages)
    asked = vectorizer.transform(questions)
    vectors = encoder.passages(passages) if encoder else None
    ranked: list[list[int]] = []
    for start in range(0, len(questions), CHUNK):
        chunk = slice(start, start + CHUNK)
        orders = [_top(np.asarray((asked[chunk] @ by_word.T).todense()), count)]
        if encoder is not None and vectors is not None:
            orders.append(_top(encoder.questions(questions[chunk]) @ vectors.T, count))
        ranked += [_in_turn(rows, count) for rows in zip(*orders, strict=True)]
    return ranked


def _top(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    best = np.argpartition(-scores, min(count, scores.shape[1] - 1), axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def _in_turn(orders: Sequence[npt.NDArray[np.intp]], count: int) -> list[int]:
    """Return the first of each order, then the second of each, and so on, each once."""
    return list(dict.fromkeys(int(i) for row in zip(*orders, strict=True) for i in row))[:count]
