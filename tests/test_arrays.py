"""Rows of different lengths in two flat arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arrays import Ragged

ROWS = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), min_size=1, max_size=8)


def ragged_of(rows: list[list[int]]) -> Ragged:
    values = np.array([value for row in rows for value in row], dtype=np.uint32)
    return Ragged.of(values, [len(row) for row in rows])


@given(ROWS, st.data())
def test_the_values_of_any_rows_are_found_in_any_order(rows: list[list[int]], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=10))
    ragged = ragged_of(rows)
    places = np.array(asked, dtype=np.int64)
    positions, lengths = ragged.positions(places)
    assert ragged.values[positions].tolist() == [value for row in asked for value in rows[row]]
    assert lengths.tolist() == [len(rows[row]) for row in asked]
    taken = ragged.take(places)
    assert len(taken) == len(asked)
    assert [taken.values[a:b].tolist() for a, b in zip(taken.offsets, taken.offsets[1:], strict=False)] == [
        rows[row] for row in asked
    ]
