"""Copies of a passage take one rank together: that of the best of them, which is the one that is shown."""

from __future__ import annotations

import numpy as np

from retrieval.arrays import Floats, Ints
from retrieval.index.interface import Candidates
from retrieval.store.passages import UNDATED

EVEN = 0.01
"""Scores of copies that differ by less are equal: the same words embedded in two batches are this near."""


def collapsed_order(scores: Floats, candidates: Candidates) -> Ints:
    """Return the places of the candidates that are shown, best first: of copies, only the best scored.

    Of copies that are even, it is the one published first. Passages that are no copies and have the same
    score are in the order of their ids.
    """
    groups, member = np.unique(candidates.originals, return_inverse=True)
    best = np.full(len(groups), -np.inf)
    np.maximum.at(best, member, scores)
    worse = scores < best[member] - EVEN
    days = np.where(candidates.published == UNDATED, np.iinfo(np.int32).max, candidates.published)
    ranked = np.lexsort((candidates.ids, days[:, 1], days[:, 0], worse, member))
    shown = ranked[np.searchsorted(member[ranked], np.arange(len(groups)))]
    shown = shown[np.argsort(candidates.ids[shown])]
    kept: Ints = shown[np.argsort(-scores[shown], kind="stable")]
    return kept
