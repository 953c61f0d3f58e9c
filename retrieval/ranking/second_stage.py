"""The second stage: a model that reads question and passage together puts the first passages in order."""

from __future__ import annotations

import numpy as np

from retrieval.arrays import Floats, Ints

DEPTH = 10
"""Passages that are read again: what a person sees first, and about .1 s of a small model on a laptop."""

DECIMALS = 6
"""Scores are rounded so that equal passages are in the same order on every machine."""


def reorder(scores: Floats, order: Ints, logits: Floats, weight: float) -> tuple[Floats, Ints, float]:
    """Return scores and order with the first places put by score plus weight × logit.

    Returned too is the logit of the passage that is then first. ``order`` are places in ``scores``, best
    first, and ``logits`` are those of the first of them, as many as were read. The set of scores stays the
    same, only their owners change: the first passage gets the highest score. So scores stay on the scale that
    confidence was fitted on, whatever that of the model is.
    """
    first = order[: len(logits)]
    blended = np.round(scores[first] + weight * logits, DECIMALS)
    best = np.argsort(-blended, kind="stable")
    changed = np.concatenate([first[best], order[len(logits) :]])
    moved = scores.copy()
    moved[changed] = scores[order]
    return moved, changed, float(logits[best[0]])
