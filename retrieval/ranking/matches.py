"""Where candidates hold the terms of a question, exactly and by meaning: what features are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from retrieval.arrays import Bools, Floats, Ints
from retrieval.encoders.interface import CosineScale
from retrieval.index.interface import Candidates, TermStatistics
from retrieval.language.analysis import stop_words, token, token_code
from retrieval.language.word_vectors import word_row, word_vectors
from retrieval.store.passages import HAS_DATE, HAS_NAME, HAS_NUMBER, NO_SENSE
from retrieval.types import Kind, Question, Term

PRIOR = 50
"""Passages of ordinary French added to the archive when words are weighed."""

NEAR = 0.2
"""Cosine from which two words begin to mean something alike."""

KIND_FLAGS: dict[Kind, int] = {"when": HAS_DATE, "number": HAS_NUMBER, "who": HAS_NAME}
"""The flag of a sentence that may hold the answer to each kind of question."""


Values = TypeVar("Values", Bools, Floats)


@dataclass(frozen=True, slots=True)
class Matches:
    """How the m units of n candidates hold the t distinct terms of a question.

    ``terms`` are in ascending order of their tokens' ``codes``; ``weights`` are their idf and ``share`` those
    over their sum. ``counts``, of shape (m, t), tells how often a unit says a term, and ``soft`` how nearly
    it says it, 0 to 1. ``first`` is the first unit of each candidate, its title; ``unit_lengths`` are numbers
    of tokens. ``unit_cosines`` (-1 for titles), ``passage_cosines`` and ``article_cosines`` are on the
    bundled model's scale. ``holds``, of shape (m, len(KIND_FLAGS)), tells what a unit holds, and ``asked``
    what the question asks for.
    """

    question: Question
    terms: tuple[Term, ...]
    candidates: Candidates
    statistics: TermStatistics
    codes: Ints
    weights: Floats
    share: Floats
    counts: Floats
    soft: Floats
    first: Ints
    is_title: Bools
    unit_lengths: Ints
    unit_cosines: Floats
    passage_cosines: Floats
    article_cosines: Floats
    holds: Bools
    asked: Bools

    @property
    def said(self) -> Bools:
        """Whether a sentence says a term, of shape (m, t); False for titles."""
        said: Bools = (self.counts > 0) & ~self.is_title[:, None]
        return said

    def in_passages(self, units: Values) -> Values:
        """Return the highest value of the units of each candidate."""
        highest: Values = np.maximum.reduceat(units, self.first, axis=0)
        return highest

    @property
    def passage_lengths(self) -> Ints:
        """The number of tokens of each candidate, its title included."""
        lengths: Ints = np.add.reduceat(self.unit_lengths, self.first)
        return lengths


def match(
    question: Question, candidates: Candidates, statistics: TermStatistics, scale: CosineScale
) -> Matches:
    """Return where some candidates, at least one, hold the terms of a question."""
    terms = distinct_terms(question)
    codes = np.array([token_code(term.token) for term in terms], dtype=np.int64)
    weights = np.array([term_weight(term, statistics) for term in terms])
    first = candidates.first_units[:-1]
    is_title = np.zeros(len(candidates.flags), dtype=bool)
    is_title[first] = True
    counts = _counts(candidates, terms, codes)
    cosines = scale(candidates.unit_cosines)
    return Matches(
        question=question,
        terms=tuple(terms),
        candidates=candidates,
        statistics=statistics,
        codes=codes,
        weights=weights,
        share=weights / max(float(weights.sum()), 1e-9),
        counts=counts,
        soft=_soft_matches(candidates, terms, statistics, counts),
        first=first,
        is_title=is_title,
        unit_lengths=candidates.tokens.lengths,
        unit_cosines=np.where(is_title, -1.0, cosines),
        passage_cosines=scale(candidates.passage_cosines),
        article_cosines=scale(candidates.article_cosines),
        holds=(candidates.flags[:, None] & np.array(list(KIND_FLAGS.values()))) > 0,
        asked=np.array([question.kind == kind for kind in KIND_FLAGS]),
    )


def distinct_terms(question: Question) -> list[Term]:
    """Return the terms of a question, each token once, in ascending order of their codes."""
    terms = {token_code(term.token): term for term in question.terms}
    return [terms[code] for code in sorted(terms)]


def term_weight(term: Term, statistics: TermStatistics) -> float:
    """Return the idf of a term.

    Five paragraphs say little of how common a word is, so PRIOR passages of ordinary French are counted
    with the archive's own: in a small archive they settle it, in a large one they vanish.
    """
    expected = 1 - np.exp(-statistics.mean_length * word_vectors().frequency(term.word))
    frequency = statistics.frequency(term.token) + PRIOR * expected
    return float(np.log(1 + (statistics.passages + PRIOR - frequency + 0.5) / (frequency + 0.5)))


def term_places(candidates: Candidates, codes: Ints) -> Ints:
    """Return, for each token of the candidates, its place in ``codes`` (ascending), or -1."""
    spoken = candidates.tokens.values.astype(np.int64)
    if not len(codes):
        return np.full(len(spoken), -1)
    place = np.minimum(np.searchsorted(codes, spoken), len(codes) - 1)
    return np.where(codes[place] == spoken, place, -1)


def unit_owners(candidates: Candidates) -> Ints:
    """Return the unit that each token of the candidates stands in."""
    return np.repeat(np.arange(len(candidates.tokens)), candidates.tokens.lengths)


def _counts(candidates: Candidates, terms: Sequence[Term], codes: Ints) -> Floats:
    """Return how often each unit says each term; what an acronym stands for counts as the acronym, once."""
    counts = np.zeros((len(candidates.tokens), len(terms)))
    places = term_places(candidates, codes)
    matched = np.flatnonzero(places >= 0)
    np.add.at(counts, (unit_owners(candidates)[matched], places[matched]), 1.0)
    for column, term in enumerate(terms):
        for phrase in term.phrases:
            counts[units_with_phrase(candidates, phrase), column] += 1.0
    return counts


def units_with_phrase(candidates: Candidates, phrase: Sequence[str]) -> list[int]:
    """Return the sentences that hold the tokens of a phrase in a row, but for stop words."""
    wanted = [token_code(one) for one in phrase]
    values, offsets = candidates.tokens.values, candidates.tokens.offsets
    titles = set(candidates.first_units[:-1].tolist())
    found: dict[int, None] = {}
    for spot in np.flatnonzero(values == wanted[0]).tolist():
        unit = int(np.searchsorted(offsets, spot, side="right")) - 1
        is_new = unit not in titles and unit not in found
        if is_new and _follow(values[spot : offsets[unit + 1]].tolist(), wanted):
            found[unit] = None
    return list(found)


def _follow(spoken: Sequence[int], wanted: Sequence[int]) -> bool:
    """Tell whether tokens begin with those of a phrase, stop words skipped."""
    place = 0
    for code in wanted:
        while place < len(spoken) and spoken[place] != code and spoken[place] in _stop_codes():
            place += 1
        if place == len(spoken) or spoken[place] != code:
            return False
        place += 1
    return True


@cache
def _stop_codes() -> frozenset[int]:
    return frozenset(token_code(token(word)) for word in stop_words("fr"))


def _soft_matches(
    candidates: Candidates, terms: Sequence[Term], statistics: TermStatistics, counts: Floats
) -> Floats:
    """Return how far each unit holds each term, 0 to 1, by the word nearest to it in meaning.

    MaxSim (Khattab & Zaharia 2020) over static word vectors; below NEAR two words have nothing in common.
    """
    found = (counts > 0).astype(np.float64)
    senses = np.array([_sense(term, statistics) for term in terms], dtype=np.int64)
    known = np.flatnonzero(senses != NO_SENSE)
    lengths = candidates.tokens.lengths
    spoken = np.flatnonzero(lengths > 0)
    if len(known) and len(spoken):
        rows, place = _distinct(candidates.senses)
        vectors = word_vectors().vectors
        near = vectors[np.where(rows == NO_SENSE, 0, rows)] @ vectors[senses[known]].T
        near[rows == NO_SENSE] = 0.0
        best = np.maximum.reduceat(near[place], candidates.tokens.offsets[spoken], axis=0)
        soft = np.clip((best - NEAR) / (1 - NEAR), 0.0, 1.0)
        found[np.ix_(spoken, known)] = np.maximum(found[np.ix_(spoken, known)], soft)
    return found


def _sense(term: Term, statistics: TermStatistics) -> int:
    """Return the sense of a term: as the archive has it, else as the question does."""
    if statistics.frequency(term.token):
        return statistics.sense(term.token)
    return word_row(term.word) if term.word else NO_SENSE


def _distinct(senses: npt.NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """Return the distinct rows, in order, and the place of each one given; faster than to sort them."""
    present = np.zeros(NO_SENSE + 1, dtype=bool)
    present[senses] = True
    rows = np.flatnonzero(present)
    places = np.empty(len(present), dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return rows, places[senses]
