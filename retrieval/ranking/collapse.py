"""Copies of a passage take one rank together: that of the best of them, which is the one that is shown."""

from __future__ import annotations

import numpy as np

from retrieval.index.arrays import Ints
from retrieval.index.derived import Derived, publication_keys
from retrieval.ranking.features import Floats


def order(scores: Floats, positions: Ints, index: Derived) -> Ints:
    """Return the places in ``positions`` of what is shown, best first: of copies, only the best scored.

    Of copies with the same score, it is the one published first. Passages that are no copies and have the
    same score are in the order of the index.
    """
    groups = index.originals[positions]
    keys = publication_keys(index.published[positions])
    ranked = np.lexsort((positions, *keys, groups, -scores))
    _, first = np.unique(groups[ranked], return_index=True)
    kept: Ints = ranked[np.sort(first)]
    return kept
