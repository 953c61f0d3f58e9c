"""Lists of different lengths in two flat arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of integers: row ``i`` is ``values[offsets[i]:offsets[i + 1]]``."""

    offsets: Ints
    values: npt.NDArray[Any]

    @classmethod
    def of(cls, values: npt.NDArray[Any], lengths: Sequence[int] | Ints) -> Ragged:
        """Return ``values`` cut into rows of the given lengths."""
        offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(lengths, out=offsets[1:])
        return cls(offsets, values)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Ints:
        """How many values each row has."""
        return np.diff(self.offsets)

    def positions(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return where the values of ``rows`` stand, one row after the other, and how many each has."""
        starts = np.asarray(self.offsets[rows], dtype=np.int64)
        lengths = np.asarray(self.offsets[rows + 1], dtype=np.int64) - starts
        before = np.cumsum(lengths) - lengths
        flat = np.arange(int(lengths.sum()), dtype=np.int64)
        return flat + np.repeat(starts - before, lengths), lengths

    def take(self, rows: Ints) -> Ragged:
        """Return the given rows, in that order."""
        spots, lengths = self.positions(rows)
        return Ragged.of(self.values[spots], lengths)
