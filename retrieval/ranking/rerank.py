"""Let a cross-encoder reorder the first passages of a ranking."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from retrieval.index.arrays import Ints
from retrieval.ranking.features import Floats

RERANKED = 10
"""Passages that are reread: what a person sees first, and about .1 s of a small model on a laptop."""

WEIGHT = 1.0
"""What a unit of the cross-encoder's logit is worth in units of the score: both are log-odds of answering."""

Judge = Callable[[Ints], Floats]
"""Returns the logit of the passage at each of these positions in the index."""


def rerank(scores: Floats, order: Ints, logits: Floats) -> tuple[Floats, Ints]:
    """Return scores and order with the first of the order put by score plus WEIGHT × logit.

    ``order`` are places in ``scores``, best first, and ``logits`` are those of the first of them, as many as
    were reread. The scores change hands: whoever comes first gets what the first had. So they stay on
    the scale that confidence was fitted on, whatever that of the cross-encoder is.
    """
    first = order[: len(logits)]
    judged = np.round(scores[first] + WEIGHT * logits, 6)
    changed = np.concatenate([first[np.argsort(-judged, kind="stable")], order[len(logits) :]])
    dealt = scores.copy()
    dealt[changed] = scores[order]
    return dealt, changed
