"""Passages that are copies of one another: a dispatch that several papers print, a box under each article.

Two passages are copies when they share most of their runs of words, one at most adds words to the other,
and they tell the same figures, denials and dates. Anything else is another quote: twelve dead are not
fifteen, who has not confessed has not, and a third update is not that of two years before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.dates.words import LEXICON
from retrieval.index.arrays import Ints
from retrieval.index.lexical import UNDATED
from retrieval.text import fold, stop_words

RUN, FEWEST = 3, 12
"""Words of a run, and of a passage to which a copy may add some: a shorter one is copied word for word."""

ALIKE = 0.75
"""The share of their runs that two copies have in common (Jaccard), at least."""

LATER = 31
"""Days within which a copy that is not word for word is published: a story is news for a month."""

BANDS, ROWS = 16, 4
"""Of the sketches: of the pairs that are ALIKE they propose 998 in a thousand; each is then checked."""

AGENCIES = frozenset("aap afp ansa ap apa ats belga dpa efe panapress reuters tass upi xinhua".split())
"""News agencies: their names, under a dispatch or in it, are no words of its own."""

_SAID = re.compile(r"[^\W\d_]+|\d+|[?%€$£]|[-+−](?=\d)")
_NOT = re.compile(r"n['’]t\b")
_TELLING = "million millions milliard milliards billion billions hundreds thousand thousands"
_TELLING += " aucun aucune guere jamais neither never ni no nor not pas plus rien sans without"
_NUMBERS = {word for word, classes in LEXICON.items() if classes.keys() & {"num", "dozen"}}
_FIGURES = (_NUMBERS - {"un", "une", "one"}).union(_TELLING.split())
_LITTLE = stop_words("fr")

Passage = tuple[str, tuple[int, int], Sequence[int]]
"""A text, its first and last day of publication, and the first and last day of each date it tells."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What passages are compared by: their runs of words and their telling words, as numbers; their days."""

    runs: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint32]
    published: tuple[int, int]
    told: Sequence[int]

    def likeness(self, other: _Print) -> float:
        """Return the share of runs in common; 0 where each has words of its own, or one came much later."""
        days = self.published, other.published
        later = (UNDATED, UNDATED) not in days and max(days)[0] - min(days)[1] > LATER
        reworded = _common(self.words, other.words) < min(len(self.words), len(other.words))
        if later or reworded or self.contradicts(other):
            return 0.0
        shared = _common(self.runs, other.runs)
        return shared / (len(self.runs) + len(other.runs) - shared)

    def contradicts(self, other: _Print) -> bool:
        """Tell whether they are about other days, as the very same *hier* is a week later."""
        if len(self.told) != len(other.told):
            return False
        mine, theirs = np.reshape(self.told, (-1, 2)), np.reshape(other.told, (-1, 2))
        return bool(((mine[:, 0] > theirs[:, 1]) | (mine[:, 1] < theirs[:, 0])).any())


def originals(passages: Iterable[Passage]) -> Ints:
    """Return, for each passage, the position of the first that it is a copy of, or its own.

    A passage is compared with such first ones alone, so that copies of copies never add up to a difference.
    """
    from datasketch import MinHash, MinHashLSH  # it brings scipy: who only searches does without

    near, blank = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS)), MinHash(BANDS * ROWS, hashfunc=int)
    same: dict[bytes, list[int]] = defaultdict(list)
    firsts: dict[int, _Print] = {}
    found = []
    for position, (text, published, told) in enumerate(passages):
        said = _said(text) or [text]
        seen = same[sha256(" ".join(said).encode()).digest()]
        new = _Print(_runs(said), _numbers(set(said) - _LITTLE), published, told)
        original = next((first for first in seen if not new.contradicts(firsts[first])), None)
        if original is None and len(said) >= FEWEST:
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
        seen.append(original)
        found.append(original)
    return np.array(found, dtype=np.int64)


def _said(text: str) -> list[str]:
    """Return the words, digits and signs of a text, folded, without the names of agencies."""
    return [word for word in _SAID.findall(_NOT.sub(" not", fold(text))) if word not in AGENCIES]


def _runs(said: list[str]) -> npt.NDArray[np.uint32]:
    """Return the runs of words, marked by the figures of them all: with others, there is none in common."""
    mark = " ".join(word for word in said if not word.isalpha() or word in _FIGURES)
    return _numbers((" ".join(said[i : i + RUN]) for i in range(len(said) - RUN + 1)), crc32(mark.encode()))


def _numbers(texts: Iterable[str], start: int = 0) -> npt.NDArray[np.uint32]:
    return np.unique(np.fromiter((crc32(text.encode(), start) for text in texts), np.uint32))


def _common(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> int:
    return len(np.intersect1d(first, second, assume_unique=True))
