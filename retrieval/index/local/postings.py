"""An inverted file in flat arrays, and BM25 over it with the statistics of the moment.

A library's index counts removed passages until it merges and scores by what it has merged; this one takes the
archive's own counts at every question, so that the same passages are found whatever was added and removed
before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.arrays import Bools, Floats, Ints, Ragged

K1, B = 1.2, 0.75
"""Robertson's BM25 parameters, Lucene's defaults."""

Phrases = Sequence[Sequence[int]]
"""What an acronym stands for, as lists of token codes."""

_LENGTH_BITS = 4


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A token to look for: its code, those of the phrases that count as it, and what it weighs (its idf)."""

    code: int
    phrases: Phrases
    weight: float


@dataclass(frozen=True, slots=True)
class Postings:
    """Which passages hold which tokens; passages are slots, from 0, and ``codes`` are in ascending order.

    Row i of ``slots`` has the passages that hold token ``codes[i]``, ascending, and ``counts`` runs beside
    ``slots.values``: how often. ``lengths`` are the passages' numbers of tokens, rounded
    (``rounded_lengths``).
    """

    codes: npt.NDArray[np.uint32]
    slots: Ragged
    counts: npt.NDArray[np.uint16]
    lengths: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, tokens: Ragged) -> Postings:
        """Return the postings of passages, row s of ``tokens`` having the codes of slot s."""
        owners = np.repeat(np.arange(len(tokens), dtype=np.uint64), tokens.lengths)
        pairs, counts = np.unique(
            tokens.values.astype(np.uint64) << np.uint64(32) | owners, return_counts=True
        )
        codes, first = np.unique((pairs >> np.uint64(32)).astype(np.uint32), return_index=True)
        slots = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        return cls(
            codes=codes,
            slots=Ragged.of(slots, np.diff(np.append(first, len(slots)))),
            counts=np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16),
            lengths=rounded_lengths(tokens.lengths),
        )

    def scores(self, terms: Sequence[QueryTerm], mean_length: float) -> Floats:
        """Return the BM25 of every passage for some terms; 0 where it holds none."""
        scores = np.zeros(len(self.lengths))
        for term in terms:
            slots, counts = self.holding(term)
            norm = K1 * (1 - B + B * self.lengths[slots] / max(mean_length, 1e-9))
            scores[slots] += term.weight * counts * (K1 + 1) / (counts + norm)
        return scores

    def holding(self, term: QueryTerm) -> tuple[Ints, Floats]:
        """Return the slots of the passages that hold a term, and how often; a phrase counts once."""
        slots, counts = self._row(term.code)
        for phrase in term.phrases:
            others = np.setdiff1d(self._with_all(phrase), slots, assume_unique=True)
            if len(others):
                order = np.argsort(np.concatenate([slots, others]), kind="stable")
                slots = np.concatenate([slots, others])[order]
                counts = np.concatenate([counts, np.ones(len(others))])[order]
        return slots, counts

    def _row(self, code: int) -> tuple[Ints, Floats]:
        row = int(np.searchsorted(self.codes, code))
        if row == len(self.codes) or self.codes[row] != code:
            return np.empty(0, np.int64), np.empty(0)
        start, end = self.slots.offsets[row : row + 2]
        return self.slots.values[start:end].astype(np.int64), self.counts[start:end].astype(np.float64)

    def _with_all(self, phrase: Sequence[int]) -> Ints:
        """Return the passages that hold every token of a phrase, in whatever order."""
        rows = sorted((self._row(code)[0] for code in phrase), key=len)
        found = rows[0]
        for row in rows[1:]:
            found = found[np.isin(found, row, assume_unique=True)]
        return found


def idf(passages: int, frequency: int) -> float:
    """Return the weight of a token that ``frequency`` of the passages hold, as Lucene's BM25 has it."""
    return float(np.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)))


def rounded_lengths(lengths: Ints) -> npt.NDArray[np.uint32]:
    """Return lengths rounded down to four binary digits, as Lucene keeps them in a byte.

    That is its SmallFloat.intToByte4. Candidates then agree with those of engines that do so. Lucene counts
    up to 24 exactly, hence the shift.
    """
    exact = 24
    beyond = np.maximum(np.asarray(lengths, dtype=np.int64) - exact, 1)
    shift = np.maximum(np.floor(np.log2(beyond)).astype(np.int64) - (_LENGTH_BITS - 1), 0)
    rounded = (beyond >> shift << shift) + exact
    return np.where(np.asarray(lengths) <= exact, lengths, rounded).astype(np.uint32)


def best(scores: Floats, k: int, allowed: Bools | None = None) -> Ints:
    """Return the slots of the ``k`` highest scores above 0, and of all that equal the last of them."""
    found = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    if len(found) <= k:
        return found
    least = np.partition(scores[found], len(found) - k)[len(found) - k]
    kept: Ints = found[scores[found] >= least]
    return kept
