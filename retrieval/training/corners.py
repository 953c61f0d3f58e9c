"""Corners of a corpus: a few neighbouring passages, ranked as if they were all that an archive holds.

A corner is taken for one article, since paragraphs of one article are near each other as well.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from retrieval.arrays import Bools, Ints
from retrieval.index.interface import Candidates, Index, TermStatistics
from retrieval.language.analysis import token_code
from retrieval.ranking.matches import distinct_terms, term_places, unit_owners, units_with_phrase
from retrieval.store.passages import articles_of
from retrieval.types import Question, Vectors


@dataclass(frozen=True, slots=True)
class Corner:
    """The passages of a corner as candidates for a question, and the statistics of an archive of them."""

    candidates: Candidates
    statistics: TermStatistics


class CornerStatistics:
    """How common words are in an archive of one article that holds just these passages.

    Which sense a token has is what the whole archive says.
    """

    articles = 1

    def __init__(self, candidates: Candidates, archive: TermStatistics) -> None:
        self.passages = len(candidates)
        self.mean_length = len(candidates.tokens.values) / len(candidates)
        self._archive = archive
        passage = np.searchsorted(candidates.first_units, unit_owners(candidates), side="right")
        held = np.unique(np.stack([passage, candidates.tokens.values.astype(np.int64)]), axis=1)
        self._passages = Counter(held[1].tolist())

    def frequency(self, token: str) -> int:
        """Return the number of passages that hold a token, in their title or their text."""
        return self._passages[token_code(token)]

    def sense(self, token: str) -> int:
        """Return the sense that a token most often has in the whole archive."""
        return self._archive.sense(token)


def corner_of(question: Question, ids: Ints, index: Index) -> Corner:
    """Return the corner of some passages of an index, at least one, for a question."""
    candidates = index.candidates(question, ids)
    vectors = np.stack([stored.vector for stored in index.stored(ids.tolist())])
    n = len(candidates)
    as_one_article = replace(
        candidates,
        articles=np.zeros(n, dtype=np.int64),
        article_terms=np.tile(_held_terms(question, candidates), (n, 1)),
        article_cosines=np.full(n, _mean(vectors) @ question.vector, dtype=np.float64),
    )
    return Corner(as_one_article, CornerStatistics(candidates, index.statistics()))


def neighbours(around: int, excluded: frozenset[int], size: int, index: Index) -> Ints:
    """Return a passage and the ``size`` - 1 nearest to it that are not excluded, in the order of ids."""
    vector = index.stored([around])[0].vector
    nearest = index.nearest(vector, size + len(excluded)).tolist()
    others = [id_ for id_ in nearest if id_ != around and id_ not in excluded]
    return np.array(sorted([around, *others[: size - 1]]), dtype=np.int64)


def article_of(passage: int, index: Index) -> Ints:
    """Return the passages of the article that a passage is of, in the order of ids."""
    ids = index.ids()
    own: Ints = ids[articles_of(ids) == articles_of(np.array([passage]))[0]]
    return np.sort(own)


def _mean(vectors: Vectors) -> Vectors:
    """Return the mean of vectors, of unit length."""
    mean = vectors.mean(axis=0)
    unit: Vectors = mean / np.linalg.norm(mean)
    return unit


def _held_terms(question: Question, candidates: Candidates) -> Bools:
    """Return which distinct terms of a question any of the passages holds, of shape (t,)."""
    terms = distinct_terms(question)
    codes = np.array([token_code(term.token) for term in terms], dtype=np.int64)
    by_token = np.isin(np.arange(len(codes)), term_places(candidates, codes))
    by_phrase = [any(units_with_phrase(candidates, phrase) for phrase in term.phrases) for term in terms]
    held: Bools = by_token | np.array(by_phrase, dtype=bool)
    return held
