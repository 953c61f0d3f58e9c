"""What passages are compared by, to tell copies: a dispatch that another paper prints, a box under articles.

Two passages are copies when they share most of their shingles (runs of words), one at most adds words to the
other, and they tell the same figures, negations and dates. Anything else is another quote: twelve dead are
not fifteen, who has not confessed is not who has, and the third update is not that of two years before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.dates.words import LEXICON
from retrieval.language.analysis import fold, stop_words
from retrieval.store.passages import UNDATED

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE = 3
"""Words of a shingle."""

FEWEST = 12
"""Words of a passage to which a copy may add some: a shorter one is copied word for word or not at all."""

LATER = 31
"""Days within which a copy that is not word for word is published: a story is news for a month."""

BANDS, ROWS = 16, 4
"""Of the MinHash: of the pairs that are ALIKE (``index.copies``), 998 in a thousand share a band."""

AGENCIES = frozenset("aap afp ansa ap apa ats belga dpa efe panapress reuters tass upi xinhua".split())
"""News agencies: their names, under a dispatch or in it, are no words of its own."""

_WORD = re.compile(r"[^\W\d_]+|\d+|[?%€$£]|[-+−](?=\d)")
_NOT = re.compile(r"n['’]t\b")
_QUANTITIES = "million millions milliard milliards billion billions hundreds thousand thousands"
_NEGATIONS = "aucun aucune guere jamais neither never ni no nor not pas plus rien sans without"
_NUMBERS = {word for word, classes in LEXICON.items() if classes.keys() & {"num", "dozen"}}
_FIGURES = (_NUMBERS - {"un", "une", "one"}).union(_QUANTITIES.split(), _NEGATIONS.split())
_STOP_WORDS = stop_words("fr")

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Signature:
    """What passages are compared by.

    ``words_key`` stands for all its words in order; ``shingles`` and ``words``, stop words left out, are
    sorted numbers; ``length`` is the number of its words. ``published`` has the first and the last day of
    publication, ``days`` those of each date told, one pair after the other.
    """

    words_key: int
    shingles: Numbers
    words: Numbers
    length: int
    published: tuple[int, int]
    days: Sequence[int]

    def likeness(self, other: Signature) -> float:
        """Return the share of shingles in common (Jaccard); 0 where the two cannot be copies."""
        both = self.published, other.published
        later = (UNDATED, UNDATED) not in both and max(both)[0] - min(both)[1] > LATER
        reworded = _common(self.words, other.words) < min(len(self.words), len(other.words))
        if later or reworded or self.contradicts(other):
            return 0.0
        shared = _common(self.shingles, other.shingles)
        return shared / max(len(self.shingles) + len(other.shingles) - shared, 1)

    def contradicts(self, other: Signature) -> bool:
        """Tell whether they are about other days, as the very same *hier* is a week later."""
        if len(self.days) != len(other.days):
            return False
        own, others = np.reshape(self.days, (-1, 2)), np.reshape(other.days, (-1, 2))
        return bool(((own[:, 0] > others[:, 1]) | (own[:, 1] < others[:, 0])).any())


def signature(text: str, published: tuple[int, int], days: Sequence[int]) -> Signature:
    """Return the signature of a passage."""
    words = [word for word in _WORD.findall(_NOT.sub(" not", fold(text))) if word not in AGENCIES] or [text]
    return Signature(
        words_key=_key(" ".join(words).encode()),
        shingles=_shingles(words),
        words=_counted_words(words),
        length=len(words),
        published=published,
        days=days,
    )


def bands(one: Signature) -> tuple[int, ...]:
    """Return the keys, one a band of the MinHash, of which copies of a passage most likely share one.

    Broder, "On the resemblance and containment of documents", 1997; the library is datasketch. A passage of
    less than FEWEST words has none.
    """
    if one.length < FEWEST:
        return ()
    sketch = _blank_sketch().copy()
    sketch.update_batch(one.shingles)
    rows = sketch.hashvalues.reshape(BANDS, ROWS).astype("<u8")
    return tuple(_key(bytes([band]) + row.tobytes()) for band, row in enumerate(rows))


@cache
def _blank_sketch() -> MinHash:
    """Return a MinHash of nothing, to be copied: drawing its permutations takes as long as using them."""
    from datasketch import MinHash  # imported here so that searching does not load scipy

    return MinHash(BANDS * ROWS, hashfunc=int)


def _shingles(words: Sequence[str]) -> Numbers:
    """Return the shingles, salted with the figures of the whole text: with others, none is in common."""
    figures = " ".join(word for word in words if not word.isalpha() or word in _FIGURES)
    numbers = _numbers(words)
    runs = np.full(max(len(numbers) - SHINGLE + 1, 0), crc32(figures.encode()), np.uint64)
    for place in range(SHINGLE):
        runs = _mixed(runs, numbers[place : place + len(runs)])
    return np.unique((runs >> np.uint64(32)).astype(np.uint32))


def _counted_words(words: Sequence[str]) -> Numbers:
    """Return the words that are no stop words, each as often as it stands there."""
    times = Counter(word for word in words if word not in _STOP_WORDS)
    repeated = np.repeat(_numbers(times), list(times.values()))
    nth = np.fromiter((n for count in times.values() for n in range(count)), np.uint64)
    return np.unique((_mixed(repeated, nth) >> np.uint64(32)).astype(np.uint32))


def _numbers(words: Iterable[str]) -> npt.NDArray[np.uint64]:
    """Return a number for each word."""
    return np.fromiter((crc32(word.encode()) for word in words), np.uint64)


def _mixed(first: npt.NDArray[np.uint64], second: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return one number for each pair, as Knuth's multiplicative hashing does (64 bits, wrapping around)."""
    return (first ^ (second * _GOLDEN)) * _GOLDEN


def _common(first: Numbers, second: Numbers) -> int:
    return len(np.intersect1d(first, second, assume_unique=True))


def _key(data: bytes) -> int:
    """Return a positive 63-bit number that stands for some bytes."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1
