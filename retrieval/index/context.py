"""Articles as wholes: the context that each passage of an index stands in.

A paragraph that says « il a démissionné » leans on those before it for who and what. So a passage is also
known by its article: the words found anywhere in it, and the mean of its passages' vectors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.index.arrays import Ints, load_array
from retrieval.types import Vectors

_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of an index, each a run of passages.

    Article ``a`` is the passages from position ``starts[a]`` to before ``starts[a + 1]``. ``terms`` are the
    distinct tokens of every article, sorted: the article in the upper 32 bits, the token's code in the
    lower. ``vectors`` has a row an article, float16, of unit length.
    """

    starts: Ints
    terms: npt.NDArray[np.uint64]
    vectors: npt.NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, positions: Ints) -> Ints:
        """Return the article that each passage belongs to."""
        found: Ints = np.searchsorted(self.starts, positions, side="right") - 1
        return found

    def holding(self, articles: Ints, codes: Ints) -> npt.NDArray[np.bool_]:
        """Return which articles hold which tokens, of shape (len(articles), len(codes))."""
        wanted = (articles.astype(np.uint64) << _SHIFT)[:, None] | codes.astype(np.uint64)[None, :]
        place = np.minimum(np.searchsorted(self.terms, wanted), max(len(self.terms) - 1, 0))
        held: npt.NDArray[np.bool_] = self.terms[place] == wanted if len(self.terms) else wanted < 0
        return held

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        np.save(folder / "articles.npy", self.starts)
        np.save(folder / "article_terms.npy", self.terms)
        np.save(folder / "article_vectors.npy", self.vectors)

    @classmethod
    def load(cls, folder: Path) -> Articles:
        """Map the arrays written by ``save`` into memory."""
        names = ("articles", "article_terms", "article_vectors")
        return cls(*(load_array(folder, name) for name in names))


class ArticlesBuilder:
    """Gathers the articles of an index, passage by passage in the order of their positions."""

    def __init__(self) -> None:
        self._position = 0
        self._current: str | None = None
        self._starts: list[int] = []
        self._terms: list[npt.NDArray[np.uint64]] = []
        self._vectors: list[npt.NDArray[np.float16]] = []
        self._codes: set[int] = set()
        self._sum = np.zeros(0, dtype=np.float32)

    def add(self, article: str, codes: Iterable[int], vector: Vectors) -> None:
        """Add a passage of ``article``: the codes of its tokens and of its title's, and its vector."""
        if article != self._current:
            self._close()
            self._current = article
            self._starts.append(self._position)
            self._sum = np.zeros_like(vector)
        self._codes.update(codes)
        self._sum = self._sum + vector
        self._position += 1

    def built(self, dimension: int) -> Articles:
        """Return the articles added, with vectors of ``dimension``."""
        self._close()
        return Articles(
            starts=np.array([*self._starts, self._position], dtype=np.int64),
            terms=np.concatenate([np.empty(0, dtype=np.uint64), *self._terms]),
            vectors=np.array(self._vectors, dtype=np.float16).reshape(-1, dimension),
        )

    def _close(self) -> None:
        if self._current is None:
            return
        article = np.uint64(len(self._terms)) << _SHIFT
        self._terms.append(np.array(sorted(self._codes), dtype=np.uint64) | article)
        self._vectors.append((self._sum / max(float(np.linalg.norm(self._sum)), 1e-9)).astype(np.float16))
        self._codes.clear()
        self._current = None
