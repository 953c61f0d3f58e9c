"""Numbers and vectors as bytes, the same on every machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from retrieval.types import Vectors

CODES = np.dtype("<u4")
SENSES = np.dtype("<u2")
LENGTHS = np.dtype("<u4")
FLAGS = np.dtype("u1")
DAYS = np.dtype("<i4")
HALVES = np.dtype("<f2")
_OFFSETS = np.dtype("<i4")


def blob(values: Iterable[int], kind: np.dtype[np.generic]) -> bytes:
    """Return integers as bytes of a type."""
    return np.fromiter(values, dtype=kind).tobytes()


def vectors_blob(vectors: Vectors) -> bytes:
    """Return vectors as float16, half the size of float32: the order of results is the same."""
    return vectors.astype(HALVES).tobytes()


def vectors_of(data: bytes) -> Vectors:
    """Return the float32 values of ``vectors_blob``, flat."""
    return np.frombuffer(data, HALVES).astype(np.float32)


def mean_vector_blob(vectors: Sequence[Vectors]) -> bytes:
    """Return the mean of vectors, of unit length, as ``vectors_blob`` does; nothing for no vectors."""
    if not vectors:
        return b""
    total: npt.NDArray[np.float32] = np.sum([vectors_of(vectors_blob(one)) for one in vectors], axis=0)
    return vectors_blob(total / max(float(np.linalg.norm(total)), 1e-9))


def pairs_blob(pairs: Iterable[tuple[int, int]]) -> bytes:
    """Return pairs of offsets as bytes."""
    return blob((offset for pair in pairs for offset in pair), _OFFSETS)


def pairs_of(data: bytes) -> tuple[tuple[int, int], ...]:
    """Return the pairs of ``pairs_blob``."""
    return tuple((int(a), int(b)) for a, b in np.frombuffer(data, _OFFSETS).reshape(-1, 2))


def day_of(ordinal: int | None) -> dt.date | None:
    """Return the day of a proleptic ordinal."""
    return dt.date.fromordinal(ordinal) if ordinal is not None else None
