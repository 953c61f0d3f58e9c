"""Copies of a passage take one rank together: that of the best of them, which is the one that is shown."""

from __future__ import annotations

import numpy as np

from retrieval.index.arrays import Ints
from retrieval.index.derived import Derived, publication_keys
from retrieval.ranking.features import Floats

EVEN = 0.01
"""Scores of copies that differ by less are equal: the same words embedded in two batches are this near."""


def order(scores: Floats, positions: Ints, index: Derived) -> Ints:
    """Return the places in ``positions`` of what is shown, best first: of copies, only the best scored.

    Of copies that are even, it is the one published first. Passages that are no copies and have the same
    score are in the order of the index.
    """
    groups, member = np.unique(index.originals[positions], return_inverse=True)
    best = np.full(len(groups), -np.inf)
    np.maximum.at(best, member, scores)
    worse = scores < best[member] - EVEN
    ranked = np.lexsort((positions, *publication_keys(index.published[positions]), worse, member))
    shown = ranked[np.searchsorted(member[ranked], np.arange(len(groups)))]
    kept: Ints = shown[np.argsort(-scores[shown], kind="stable")]
    return kept
