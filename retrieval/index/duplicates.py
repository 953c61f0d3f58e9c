"""Which passages of an archive are copies of one another: MinHash proposes pairs, their prints decide.

Broder, "On the resemblance and containment of documents", 1997; the library is datasketch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

import numpy as np

from retrieval.index.arrays import Ints
from retrieval.index.prints import Print, said

FEWEST = 12
"""Words of a passage to which a copy may add some: a shorter one is copied word for word or not at all."""

ALIKE = 0.75
"""The share of their runs of words that two copies have in common, at least."""

BANDS, ROWS = 16, 4
"""Of the sketches: of the pairs that are ALIKE they propose 998 in a thousand; each is then checked."""

Passage = tuple[str, tuple[int, int], Sequence[int]]
"""A text, its first and last day of publication, and the first and last day of each date it tells."""


def originals(passages: Iterable[Passage]) -> Ints:
    """Return, for each passage, the position of the first that it is a copy of, or its own.

    A passage is compared with such first ones alone, so that copies of copies never add up to a difference.
    """
    from datasketch import MinHash, MinHashLSH  # it brings scipy: who only searches does without

    near, blank = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS)), MinHash(BANDS * ROWS, hashfunc=int)
    same: dict[bytes, list[int]] = defaultdict(list)
    firsts: dict[int, Print] = {}
    found = []
    for position, (text, published, told) in enumerate(passages):
        words = said(text) or [text]
        seen = same[sha256(" ".join(words).encode()).digest()]
        new = Print.of(words, published, told)
        original = next((first for first in seen if not new.contradicts(firsts[first])), None)
        if original is None and len(words) >= FEWEST:
            sketch = blank.copy()
            sketch.update_batch(new.runs)
            alike = ((new.likeness(firsts[first]), -first) for first in near.query(sketch))
            likeness, first = max(alike, default=(0.0, 0))
            if likeness >= ALIKE:
                original = -first
            else:
                near.insert(position, sketch)
        if original is None:
            original = position
            firsts[position] = new
        if original not in seen:
            seen.append(original)
        found.append(original)
    return np.array(found, dtype=np.int64)
