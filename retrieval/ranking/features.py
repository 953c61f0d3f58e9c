"""The features of candidate passages and of their sentences, each a function registered under its name.

All are absolute (shares, cosines, logarithms), never relative to the other candidates, so that a weight means
the same in an archive of five paragraphs and in one of a million.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from retrieval.arrays import Bools, Floats, Ints
from retrieval.encoders.interface import CosineScale
from retrieval.index.interface import Candidates, TermStatistics
from retrieval.language.analysis import token_code
from retrieval.ranking.matches import KIND_FLAGS, Matches, match, term_places, unit_owners
from retrieval.types import Question

Feature = Callable[[Matches], Floats]

PASSAGE_FEATURES: dict[str, Feature] = {}
"""The features of a passage, by name, in the order of their columns: of shape (n,) for n candidates."""

SENTENCE_FEATURES: dict[str, Feature] = {}
"""The features of a sentence, by name, in the order of their columns: of shape (m,) for m units."""

K1, B = 1.2, 0.75
"""Robertson's BM25 parameters, Lucene's defaults."""

_DATE, _NUMBER, _NAME = (list(KIND_FLAGS).index(kind) for kind in ("when", "number", "who"))


@dataclass(frozen=True, slots=True)
class Features:
    """Features of n candidates and of all their sentences, in order.

    ``passages`` has shape (n, len(PASSAGE_FEATURES)), ``sentences`` (m, len(SENTENCE_FEATURES)); the
    sentences of candidate ``i`` are ``sentences[starts[i]:starts[i + 1]]``. ``lacking``, of shape (n,
    len(KIND_FLAGS)), tells which of them have nothing of the kind that is asked for. ``missing``, of shape
    (n, 2), is the share of the question's figures that the passage does not have, and of its names, by idf,
    that the article does not have.
    """

    passages: Floats
    sentences: Floats
    starts: Ints
    lacking: Bools
    missing: Floats

    def take(self, places: Ints) -> Features:
        """Return the features of the passages at ``places``; those of sentences stay as they are."""
        return replace(
            self, passages=self.passages[places], lacking=self.lacking[places], missing=self.missing[places]
        )


def features_of(
    question: Question, candidates: Candidates, statistics: TermStatistics, scale: CosineScale
) -> Features:
    """Return the features of some candidates, at least one, for a question."""
    matches = match(question, candidates, statistics, scale)
    passages = np.column_stack([feature(matches) for feature in PASSAGE_FEATURES.values()])
    units = np.column_stack([feature(matches) for feature in SENTENCE_FEATURES.values()])
    held = matches.in_passages(matches.holds).astype(bool)
    return Features(
        passages=passages,
        sentences=units[~matches.is_title],
        starts=candidates.first_units - np.arange(len(candidates) + 1),
        lacking=matches.asked & ~held,
        missing=_missing(matches),
    )


def passage_feature(feature: Feature) -> Feature:
    """Register a feature of passages under the name of its function."""
    PASSAGE_FEATURES[feature.__name__] = feature
    return feature


def sentence_feature(name: str) -> Callable[[Feature], Feature]:
    """Register a feature of sentences under a name, which a feature of passages may have too."""

    def register(feature: Feature) -> Feature:
        SENTENCE_FEATURES[name] = feature
        return feature

    return register


@passage_feature
def bm25(matches: Matches) -> Floats:
    """BM25 of title and text together."""
    frequency = np.add.reduceat(matches.counts, matches.first, axis=0)
    relative = matches.passage_lengths / max(matches.statistics.mean_length, 1e-9)
    norm = K1 * (1 - B + B * relative)
    scores: Floats = (frequency * (K1 + 1) / (frequency + norm[:, None])) @ matches.weights
    return scores


@passage_feature
def bm25_share(matches: Matches) -> Floats:
    """BM25 over the most that the question could score."""
    return bm25(matches) / max(float(matches.weights.sum()) * (K1 + 1), 1e-9)


@passage_feature
def coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the text."""
    return _share(matches, matches.in_passages(matches.said))


@passage_feature
def sentence_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the best sentence."""
    return _highest(matches, _share(matches, matches.said))


@passage_feature
def title_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the title."""
    return _share(matches, matches.counts[matches.first] > 0)


@passage_feature
def joint_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the title or the text."""
    return _share(matches, matches.in_passages(matches.counts > 0))


@passage_feature
def article_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found anywhere in the article."""
    return _share(matches, matches.candidates.article_terms)


@passage_feature
def soft_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the title or the text, each term by its nearest in meaning."""
    return _share(matches, matches.in_passages(matches.soft))


@passage_feature
def soft_sentence_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the best unit, each term by its nearest in meaning."""
    return _highest(matches, _share(matches, matches.soft))


@passage_feature
def bigrams(matches: Matches) -> Floats:
    """Share of the question's neighbouring terms that stand within two words of each other, by idf."""
    found = np.zeros(len(matches.first))
    column = {code: i for i, code in enumerate(matches.codes.tolist())}
    wanted = [column[token_code(term.token)] for term in matches.question.terms]
    pairs = {(a, b) for a, b in itertools.pairwise(wanted) if a != b}
    if not pairs:
        return found
    places, units = term_places(matches.candidates, matches.codes), unit_owners(matches.candidates)
    owners = np.searchsorted(matches.first, units, side="right") - 1
    seen: set[tuple[int, int, int]] = set()
    for gap in (1, 2):
        left, right = places[:-gap], places[gap:]
        both = np.flatnonzero((left >= 0) & (right >= 0) & (units[:-gap] == units[gap:]))
        for spot in both.tolist():
            pair = (int(left[spot]), int(right[spot]))
            if pair in pairs:
                seen.add((int(owners[spot]), *pair))
    for candidate, a, b in seen:
        found[candidate] += matches.weights[a] + matches.weights[b]
    shares: Floats = found / max(sum(matches.weights[a] + matches.weights[b] for a, b in pairs), 1e-9)
    return shares


@passage_feature
def passage_cosine(matches: Matches) -> Floats:
    """Cosine of the passage."""
    return matches.passage_cosines


@passage_feature
def sentence_cosine(matches: Matches) -> Floats:
    """Cosine of the nearest sentence."""
    return _highest(matches, matches.unit_cosines)


@passage_feature
def article_cosine(matches: Matches) -> Floats:
    """Cosine of the mean of the article's passages."""
    return matches.article_cosines


@passage_feature
def log_length(matches: Matches) -> Floats:
    """Logarithm of 1 + the tokens of the text."""
    logarithms: Floats = np.log1p(matches.passage_lengths - matches.unit_lengths[matches.first])
    return logarithms


@passage_feature
def date(matches: Matches) -> Floats:
    """1 where the question asks when and the passage tells a date."""
    return _answers(matches, _DATE)


@passage_feature
def number(matches: Matches) -> Floats:
    """1 where the question asks how many and the passage has a number."""
    return _answers(matches, _NUMBER)


@sentence_feature("coverage")
def _sentence_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the sentence."""
    return _share(matches, matches.said)


@sentence_feature("soft_coverage")
def _sentence_soft_coverage(matches: Matches) -> Floats:
    """Share of the question's idf found in the sentence, each term by its nearest in meaning."""
    return _share(matches, matches.soft)


@sentence_feature("cosine")
def _cosine(matches: Matches) -> Floats:
    """Cosine of the sentence."""
    return matches.unit_cosines


@sentence_feature("date")
def _date(matches: Matches) -> Floats:
    """1 where the question asks when and the sentence tells a date."""
    return (matches.holds & matches.asked)[:, _DATE].astype(np.float64)


@sentence_feature("number")
def _number(matches: Matches) -> Floats:
    """1 where the question asks how many and the sentence has a number."""
    return (matches.holds & matches.asked)[:, _NUMBER].astype(np.float64)


@sentence_feature("name")
def _name(matches: Matches) -> Floats:
    """1 where the question asks who and the sentence has a name."""
    return (matches.holds & matches.asked)[:, _NAME].astype(np.float64)


@sentence_feature("log_length")
def _log_length(matches: Matches) -> Floats:
    """Logarithm of 1 + the tokens of the sentence."""
    return np.log1p(matches.unit_lengths)


def _share(matches: Matches, held: Bools | Floats) -> Floats:
    share: Floats = held @ matches.share
    return share


def _highest(matches: Matches, units: Floats) -> Floats:
    highest: Floats = np.maximum.reduceat(units, matches.first)
    return highest


def _answers(matches: Matches, kind: int) -> Floats:
    held: Floats = matches.in_passages(matches.holds & matches.asked)[:, kind].astype(np.float64)
    return held


def _missing(matches: Matches) -> Floats:
    """Return ``Features.missing``."""
    words = [term.word for term in matches.terms]
    figures = np.array([any(character.isdigit() for character in word) for word in words])
    names = np.array([word[:1].isupper() for word in words])
    here = matches.in_passages(matches.counts > 0)
    shares = [
        (~held @ weight) / max(float(weight.sum()), 1e-9)
        for held, weight in (
            (here, figures.astype(np.float64)),
            (matches.candidates.article_terms, names * matches.weights),
        )
    ]
    return np.column_stack(shares)
