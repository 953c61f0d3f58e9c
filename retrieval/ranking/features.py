"""What the ranker sees of each candidate passage and of each of its sentences, as plain numbers.

All features are absolute (shares, cosines, logarithms), never relative to the other candidates, so
that a weight means the same in an archive of five paragraphs and in one of a million.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.arrays import Ints
from retrieval.index.derived import HAS_DATE, HAS_NAME, HAS_NUMBER, Derived, code
from retrieval.question.understanding import Kind, Question
from retrieval.language.word_vectors import NONE, word_row, word_vectors

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PASSAGE_FEATURES = (
    "bm25",  # exact BM25 of title and text together
    "bm25_share",  # the same over the most that this question could score
    "coverage",  # share of the question's idf found in the text
    "sentence_coverage",  # in its best sentence
    "title_coverage",  # in the title
    "joint_coverage",  # in the title or the text
    "article_coverage",  # in the article, anywhere
    "soft_coverage",  # in the text, each word by its nearest in meaning
    "soft_sentence_coverage",  # in its best sentence
    "bigrams",  # share of the question's word pairs found side by side
    "passage_cosine",
    "sentence_cosine",  # of the nearest sentence
    "article_cosine",  # of the mean of the article's passages
    "log_length",  # log(1 + words)
    "date",  # asks when, and tells a date
    "number",  # asks how many, and has a number
)
SENTENCE_FEATURES = (
    "coverage",  # share of the question's idf found in the sentence
    "soft_coverage",  # the same, each word by its nearest in meaning
    "cosine",
    "date",  # asks when, and it tells a date
    "number",  # asks how many, and it has a number
    "name",  # asks who, and it has a name
    "log_length",
)

K1, B = 1.2, 0.75
"""Robertson's BM25 parameters, tantivy's defaults."""

PRIOR = 50
"""Passages of ordinary French added to the archive when words are weighed."""

NEAR = 0.2
"""Cosine from which two words begin to mean something alike."""

KINDS: dict[Kind, int] = {"when": HAS_DATE, "number": HAS_NUMBER, "who": HAS_NAME}
"""The flag of a sentence that may hold the answer to each kind of question."""


@dataclass(frozen=True, slots=True)
class Features:
    """Features of n candidates and of all their sentences, in order.

    ``passages`` has shape (n, len(PASSAGE_FEATURES)), ``sentences`` (m, len(SENTENCE_FEATURES));
    the sentences of candidate ``i`` are ``sentences[starts[i]:starts[i + 1]]``. ``lacking``, of shape
    (n, len(KINDS)), tells which of them have nothing of the kind that is asked for.
    """

    passages: Floats
    sentences: Floats
    starts: Ints
    lacking: Bools


@dataclass(frozen=True, slots=True)
class _Units:
    """The units (title, then sentences) of the candidates, laid end to end, and the words in them.

    ``first[i]`` is where candidate ``i`` begins; ``unit_of`` and ``term_of`` give the unit of each word
    and the question's term it matches, or -1, and ``spots`` its place in the index.
    """

    ids: Ints
    first: Ints
    is_title: Bools
    words_each: Ints
    unit_of: Ints
    term_of: Ints
    spots: Ints


def look(question: Question, index: Derived, candidates: Ints) -> Features:
    """Return the features of ``candidates``, positions in ``index``, for ``question``."""
    terms, weights = term_weights(question, index)
    share = weights / max(float(weights.sum()), 1e-9)
    units = _units(index, candidates, terms)
    sentences = ~units.is_title
    counts = np.zeros((len(units.ids), len(terms)))
    matched = np.flatnonzero(units.term_of >= 0)
    np.add.at(counts, (units.unit_of[matched], units.term_of[matched]), 1.0)
    in_sentence = (counts > 0) & sentences[:, None]
    in_body = np.logical_or.reduceat(in_sentence, units.first, axis=0)
    in_title = counts[units.first] > 0

    coverage = in_sentence @ share
    soft = _soft_matches(question, index, terms, counts, units)
    cosine = np.full(len(units.ids), -1.0)
    vectors = index.sentence_vectors.reconstruct_batch(index.units.values[units.ids[sentences]])
    cosine[sentences] = question.scale(vectors @ question.vector)
    asked = np.array([question.kind == kind for kind in KINDS])
    holds = (index.flags[units.ids][:, None] & np.array(list(KINDS.values()))) > 0
    held = np.logical_or.reduceat(holds, units.first, axis=0)
    lengths = np.add.reduceat(units.words_each, units.first)
    articles, place = np.unique(index.articles.of(candidates), return_inverse=True)
    in_article = index.articles.holding(articles, terms)[place]
    bm25 = _bm25(np.add.reduceat(counts, units.first, axis=0), lengths, weights, index.mean_length)

    passages = np.column_stack(
        [
            bm25,
            bm25 / max(float(weights.sum()) * (K1 + 1), 1e-9),
            in_body @ share,
            np.maximum.reduceat(coverage, units.first),
            in_title @ share,
            (in_body | in_title) @ share,
            in_article @ share,
            np.maximum.reduceat(soft, units.first, axis=0) @ share,
            np.maximum.reduceat(soft @ share, units.first),
            _bigrams(question, terms, weights, units),
            question.scale(index.passage_vectors.reconstruct_batch(candidates) @ question.vector),
            np.maximum.reduceat(cosine, units.first),
            question.scale(index.articles.vectors[articles].astype(np.float32) @ question.vector)[place],
            np.log1p(lengths - units.words_each[units.first]),
            (held & asked)[:, :2],
        ]
    )
    every = np.column_stack([coverage, soft @ share, cosine, holds & asked, np.log1p(units.words_each)])
    starts = np.append(units.first, len(units.ids)) - np.arange(len(candidates) + 1)
    return Features(passages, every[sentences], starts, asked & ~held)


def term_weights(question: Question, index: Derived) -> tuple[Ints, Floats]:
    """Return the codes of the question's distinct tokens, sorted, and the idf of each.

    Five paragraphs say little of how common a word is, so PRIOR passages of ordinary French are counted
    with the archive's own: in a small archive they settle it, in a large one they vanish.
    """
    weights = {}
    ordinary = word_vectors()
    for token, word in zip(question.tokens, question.words, strict=True):
        expected = 1 - np.exp(-index.mean_length * ordinary.frequency(word))
        frequency = index.lexical.frequency(token) + PRIOR * expected
        weights[code(token)] = np.log(1 + (len(index) + PRIOR - frequency + 0.5) / (frequency + 0.5))
    codes = np.array(sorted(weights), dtype=np.int64)
    return codes, np.array([weights[c] for c in codes.tolist()], dtype=np.float64)


def _units(index: Derived, candidates: Ints, terms: Ints) -> _Units:
    ids, units_each = index.units.positions(candidates)
    first = np.cumsum(units_each) - units_each
    is_title = np.zeros(len(ids), dtype=bool)
    is_title[first] = True
    spots, words_each = index.tokens.positions(ids)
    codes = index.tokens.values[spots].astype(np.int64)
    slot = np.minimum(np.searchsorted(terms, codes), max(len(terms) - 1, 0))
    term_of = np.where(terms[slot] == codes, slot, -1) if len(terms) else np.full(len(codes), -1)
    unit_of = np.repeat(np.arange(len(ids)), words_each)
    return _Units(ids, first, is_title, words_each, unit_of, term_of, spots)


def _bm25(frequency: Floats, lengths: Ints, weights: Floats, mean_length: float) -> Floats:
    norm = K1 * (1 - B + B * lengths / max(mean_length, 1e-9))
    scores: Floats = (frequency * (K1 + 1) / (frequency + norm[:, None])) @ weights
    return scores


def _soft_matches(question: Question, index: Derived, terms: Ints, counts: Floats, units: _Units) -> Floats:
    """Return how far each unit holds each term, 0 to 1, by the word nearest to it in meaning.

    MaxSim (Khattab & Zaharia 2020) over static word vectors; below NEAR two words have nothing in common.
    """
    found = (counts > 0).astype(np.float64)
    senses = _senses(question, index, terms)
    known = np.flatnonzero(senses != NONE)
    spoken = np.flatnonzero(units.words_each > 0)
    if len(known) and len(spoken):
        rows, place = _distinct(index.senses[units.spots])
        vectors = word_vectors().vectors
        near = vectors[np.where(rows == NONE, 0, rows)] @ vectors[senses[known]].T
        near[rows == NONE] = 0.0
        starts = np.cumsum(units.words_each) - units.words_each
        best = np.maximum.reduceat(near[place], starts[spoken], axis=0)
        soft = np.clip((best - NEAR) / (1 - NEAR), 0.0, 1.0)
        found[np.ix_(spoken, known)] = np.maximum(found[np.ix_(spoken, known)], soft)
    return found


def _distinct(senses: npt.NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """Return the distinct rows, in order, and the place of each one given; faster than to sort them."""
    present = np.zeros(int(NONE) + 1, dtype=bool)
    present[senses] = True
    rows = np.flatnonzero(present)
    places = np.empty(len(present), dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return rows, places[senses]


def _senses(question: Question, index: Derived, terms: Ints) -> npt.NDArray[np.uint16]:
    """Return the row of each term's vector: as the archive's own words have it, else as the question's."""
    spelled = {
        code(token): word_row(word) for token, word in zip(question.tokens, question.words, strict=True)
    }
    place = np.minimum(np.searchsorted(index.vocabulary, terms), len(index.vocabulary) - 1)
    own = index.vocabulary[place] == terms
    return np.where(own, index.vocabulary_senses[place], [spelled[int(term)] for term in terms]).astype(
        np.uint16
    )


def _bigrams(question: Question, terms: Ints, weights: Floats, units: _Units) -> Floats:
    """Share of the question's neighbouring words that stand within two words of each other, by idf."""
    found = np.zeros(len(units.first))
    place = {int(c): i for i, c in enumerate(terms)}
    wanted = [place[code(token)] for token in question.tokens]
    pairs = {(a, b) for a, b in itertools.pairwise(wanted) if a != b}
    if not pairs:
        return found
    owner = np.searchsorted(units.first, units.unit_of, side="right") - 1
    seen: set[tuple[int, int, int]] = set()
    for gap in (1, 2):
        left, right = units.term_of[:-gap], units.term_of[gap:]
        both = np.flatnonzero((left >= 0) & (right >= 0) & (units.unit_of[:-gap] == units.unit_of[gap:]))
        for spot in both.tolist():
            pair = (int(left[spot]), int(right[spot]))
            if pair in pairs:
                seen.add((int(owner[spot]), *pair))
    for candidate, a, b in seen:
        found[candidate] += weights[a] + weights[b]
    shares: Floats = found / max(sum(weights[a] + weights[b] for a, b in pairs), 1e-9)
    return shares
