"""Lists of different lengths in two flat arrays, readable from disk without loading them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of integers: row ``i`` is ``values[offsets[i]:offsets[i + 1]]``."""

    offsets: Ints
    values: npt.NDArray[Any]

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]], dtype: npt.DTypeLike) -> Ragged:
        """Return ``rows`` as two flat arrays, the values of type ``dtype``."""
        listed = [np.asarray(row, dtype=dtype) for row in rows]
        offsets = np.zeros(len(listed) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in listed], out=offsets[1:])
        return cls(offsets, np.concatenate(listed) if listed else np.empty(0, dtype=dtype))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def positions(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return where the values of ``rows`` stand, one row after the other, and how many each has."""
        starts = np.asarray(self.offsets[rows], dtype=np.int64)
        lengths = np.asarray(self.offsets[rows + 1], dtype=np.int64) - starts
        before = np.cumsum(lengths) - lengths
        flat = np.arange(int(lengths.sum()), dtype=np.int64)
        return flat + np.repeat(starts - before, lengths), lengths

    def save(self, folder: Path, name: str) -> None:
        """Write the two arrays as ``name``.offsets.npy and ``name``.npy."""
        np.save(folder / f"{name}.offsets.npy", self.offsets)
        np.save(folder / f"{name}.npy", self.values)

    @classmethod
    def load(cls, folder: Path, name: str) -> Ragged:
        """Map the arrays written by ``save`` into memory."""
        return cls(load_array(folder, f"{name}.offsets"), load_array(folder, name))


def load_array(folder: Path, name: str) -> npt.NDArray[Any]:
    """Map one saved array into memory, read-only."""
    array: npt.NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return array
