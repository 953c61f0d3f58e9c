"""Copies of a passage take one rank together."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.collapse import EVEN, collapsed_order
from retrieval.store.passages import UNDATED

COPIES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from([0.0, 0.5, 0.5 + EVEN / 2, 1.0]),
        st.integers(1, 3) | st.just(UNDATED),
    ),
    min_size=1,
    max_size=20,
)


@given(COPIES)
def test_every_group_is_ranked_once_by_the_best_of_it(drawn: list[tuple[int, float, int]]) -> None:
    groups, scores, days = map(np.array, zip(*drawn, strict=True))
    originals = np.array([np.flatnonzero(groups == group)[0] for group in groups])
    candidates = SimpleNamespace(
        ids=np.arange(len(drawn)),
        originals=originals,
        published=np.column_stack([days, days]).astype(np.int32),
    )
    kept = collapsed_order(scores, candidates)  # type: ignore[arg-type]
    assert (np.diff(scores[kept]) <= 0).all()
    assert sorted(originals[kept]) == sorted(set(originals.tolist())), "none twice, none lost"
    for place in kept:
        copies = np.flatnonzero(groups == groups[place])
        even = copies[scores[copies] >= scores[copies].max() - EVEN]
        assert place == min(even, key=lambda p: (days[p] if days[p] != UNDATED else 9, p))
