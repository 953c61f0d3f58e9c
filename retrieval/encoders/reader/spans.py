"""From start and end logits to the best answer span."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

LONGEST = 30
"""Tokens of the longest answer span."""


def best_span(
    logits: Tensor, offsets: Sequence[tuple[int, int]], text: str
) -> tuple[tuple[int, int] | None, float]:
    """Return the best span, in characters of ``text``, and its score minus that of "no answer here".

    ``logits`` has shape (tokens, 2), the first token standing for no answer. ``offsets`` has one (start, end)
    a token, empty for tokens that are not of the text. A text without words has no span, and the
    score is 0.
    """
    words = torch.tensor([end > start for start, end in offsets])
    logits = logits.float()
    scores = logits[:, :1] + logits[None, :, 1]
    allowed = torch.ones_like(scores, dtype=torch.bool).triu().tril(LONGEST - 1)
    allowed &= words[:, None] & words[None, :]
    if not bool(allowed.any()):
        return None, 0.0
    first, last = divmod(int(scores.masked_fill(~allowed, -torch.inf).argmax()), len(words))
    start, end = offsets[first][0], offsets[last][1]
    found = text[start:end]
    start += len(found) - len(found.lstrip())
    return (start, start + len(found.strip())), float(scores[first, last] - logits[0].sum())
