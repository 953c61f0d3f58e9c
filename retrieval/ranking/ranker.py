"""``Ranker``: puts the passages of an index in order for a question, and says how sure it is of the first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from retrieval.arrays import Floats, Ints
from retrieval.encoders.interface import CosineScale, Reader
from retrieval.index.interface import ALWAYS, Bounds, Candidates, Index, TermStatistics
from retrieval.language.identification import LANGUAGES
from retrieval.ranking.collapse import collapsed_order
from retrieval.ranking.confidence import (
    CONFIDENCE_FEATURES,
    READING_FEATURES,
    confidence_row,
    reading_row,
    rival_groups,
)
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Features, features_of
from retrieval.ranking.reading import (
    DECIMALS,
    DEPTH,
    ReadPassages,
    Span,
    blended,
    read_passages,
    worth_reading,
)
from retrieval.ranking.time import time_loss
from retrieval.ranking.weights import INTERCEPT, Named, ReadingWeights, Weights, column
from retrieval.spans import span
from retrieval.types import PRECISION, Question

CANDIDATES = 50
"""Passages taken from each side, dense and lexical; more where over half of them are copies."""

NEAR = 0.5
"""The confidence from which on a passage is shown though it is not sure, where none was fitted."""

UNFITTED = 1.0
"""What a unit of a reader's logit is worth where no weights were fitted for it: both are log-odds."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The passages found for a question, best first: ids, scores, and the best sentence of each, from 0.

    Of passages that are copies of one another, there is the best alone (``retrieval.ranking.collapse``).
    ``confidence`` is the probability that the first one answers, 0 when there is none; ``answered`` tells
    whether that is enough to answer, ``near`` whether it is enough to show the passage all the same.
    ``spans`` are the words that answer in the first passages, offsets into each, None where none were found.
    """

    question: Question
    ids: Ints
    scores: Floats
    sentences: Ints
    confidence: float
    answered: bool
    near: bool
    spans: tuple[Span | None, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstStage:
    """What the linear model makes of the candidates: their scores, and the places of those shown, best first.

    ``groups`` tells rivals apart and ``foreign`` which are not in the question's language; ``statistics`` are
    those of the archive. ``lost`` is what the scores lost for being of another time than the one asked about.
    """

    question: Question
    candidates: Candidates
    features: Features
    statistics: TermStatistics
    foreign: Floats
    groups: Ints
    scores: Floats
    order: Ints
    lost: Floats


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear model over features of passages and sentences, and a reader of the first passages, if any.

    ``scale`` is that of the encoder whose cosines it reads. ``precision`` is the share of first quotes that
    are to be right: the higher, the more often it keeps silent.
    """

    weights: Weights
    scale: CosineScale
    precision: float = PRECISION
    reader: Reader | None = None
    _passage: Floats = field(init=False, repr=False, compare=False)
    _foreign: Floats = field(init=False, repr=False, compare=False)
    _sentence: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, weights, features in (
            ("_passage", self.weights.passage, PASSAGE_FEATURES),
            ("_foreign", self.weights.passage_foreign, PASSAGE_FEATURES),
            ("_sentence", self.weights.sentence, SENTENCE_FEATURES),
        ):
            object.__setattr__(self, name, column(weights, features))

    def rank(self, question: Question, index: Index, within: Bounds = ALWAYS) -> Ranking:
        """Rank the passages published within bounds that are worth it, best first.

        Those of the time asked about come before the others, and the first are read by the reader.
        """
        with index.snapshot():
            first = None if question.is_wordless else self.first_stage(question, index, within)
            if first is None:
                none = np.empty(0, np.int64)
                return Ranking(question, none, np.empty(0), none, confidence=0.0, answered=False, near=False)
            if self.reader is None or not worth_reading(first.features):
                return self._ranking(
                    first, first.order, self._linear_confidence(first, first.scores, first.order)
                )
            with span("second stage"):
                ids = first.candidates.ids[first.order[:DEPTH]]
                return self.second_stage(first, read_passages(self.reader, question, index, ids))

    def first_stage(self, question: Question, index: Index, within: Bounds = ALWAYS) -> FirstStage | None:
        """Return the candidates as the linear model orders them; None where there are none."""
        with span("candidates"):
            candidates = index.find(question, within, depth=CANDIDATES)
        if not len(candidates):
            return None
        statistics = index.statistics()
        first = self.order_candidates(question, candidates, statistics)
        if question.time is None or self.weights.time is None:
            return first
        newest = statistics.days().newest(question.time.today)
        loss = time_loss(question.time, candidates, newest, self.weights.time)
        scores = np.round(first.scores - loss, DECIMALS)
        return replace(first, scores=scores, order=collapsed_order(scores, candidates), lost=loss)

    def order_candidates(
        self, question: Question, candidates: Candidates, statistics: TermStatistics
    ) -> FirstStage:
        """Return candidates, at least one, as the linear model orders them, whatever time is asked about."""
        with span("features"):
            features = features_of(question, candidates, statistics, self.scale)
        foreign = foreign_to(question, candidates)
        scores = self.score_passages(features, foreign)
        with span("copies"):
            order = collapsed_order(scores, candidates)
        groups = rival_groups(candidates, statistics.articles)
        lost = np.zeros(len(candidates))
        return FirstStage(question, candidates, features, statistics, foreign, groups, scores, order, lost)

    def second_stage(self, first: FirstStage, read: ReadPassages) -> Ranking:
        """Return the ranking of a first stage with its first passages ordered by what was read."""
        fitted = self._reading_weights()
        top = first.order[: len(read.logits)]
        scores = blended(first.scores[top], read, fitted.logit if fitted else UNFITTED)
        best = np.argsort(-scores, kind="stable")
        order = np.concatenate([top[best], first.order[len(top) :]])
        read, scores = read.take(best), scores[best]
        if fitted:
            row = reading_features(first, top[best], scores, read, agreement=bool(best[0] == 0))
            confidence = _probability(row, fitted.confidence, READING_FEATURES)
        else:  # the set of scores stays the same, only their owners change, so that confidence can be told
            moved = first.scores.copy()
            moved[order] = first.scores[first.order]
            confidence = self._linear_confidence(first, moved, order)
        return self._ranking(first, order, confidence, fitted, read.spans)

    def score_passages(self, features: Features, foreign: Floats) -> Floats:
        """Return the score of each candidate; ``foreign`` is that of ``foreign_to``."""
        own, added = features.passages @ self._passage, features.passages @ self._foreign
        scores: Floats = np.round(own + foreign * added, DECIMALS)
        return scores

    def best_sentences(self, features: Features) -> Ints:
        """Return, for each candidate, which of its sentences answers best, counted from 0."""
        scores = np.round(features.sentences @ self._sentence, DECIMALS)
        first = features.starts[:-1]
        best = np.repeat(np.maximum.reduceat(scores, first), np.diff(features.starts))
        places = np.flatnonzero(scores == best)
        chosen: Ints = places[np.searchsorted(places, first)] - first
        return chosen

    def confidence(self, row: Floats, foreign: float) -> float:
        """Return the probability that the first passage answers, from its ``confidence_row``."""
        logit = _logit(row, self.weights.confidence, CONFIDENCE_FEATURES)
        logit += foreign * _logit(row, self.weights.confidence_foreign, CONFIDENCE_FEATURES)
        return _sigmoid(logit)

    def _reading_weights(self) -> ReadingWeights | None:
        """Return the weights fitted for the reader, if there are any."""
        fitted = self.weights.reading
        return fitted if fitted and self.reader and fitted.reader == self.reader.name else None

    def _linear_confidence(self, first: FirstStage, scores: Floats, order: Ints) -> float:
        """Return the probability that the first passage answers, from scores alone."""
        row = confidence_row(scores[order], first.groups[order], first.features.lacking[order[0]])
        return self.confidence(row, float(first.foreign[order[0]]))

    def _ranking(
        self,
        first: FirstStage,
        order: Ints,
        confidence: float,
        fitted: ReadingWeights | None = None,
        spans: tuple[Span | None, ...] = (),
    ) -> Ranking:
        if fitted:
            least, nearest = fitted.threshold(self.precision), fitted.near
        else:
            least, nearest = self.weights.threshold(first.statistics.passages, self.precision), NEAR
        return Ranking(
            question=first.question,
            ids=first.candidates.ids[order],
            scores=first.scores[first.order],
            sentences=self.best_sentences(first.features)[order],
            confidence=confidence,
            answered=confidence >= least,
            near=confidence >= min(least, nearest),
            spans=spans,
        )


def reading_features(
    first: FirstStage, places: Ints, scores: Floats, read: ReadPassages, *, agreement: bool
) -> Floats:
    """Return the READING_FEATURES of the candidates at ``places``, which were read, best first."""
    best = places[0]
    return reading_row(
        scores,
        first.groups[places],
        first.features.lacking[best],
        read,
        agreement=agreement,
        missing=first.features.missing[best],
        foreign=float(first.foreign[best]),
        size=first.statistics.passages,
        first_stage=float(first.scores[best]),
        time_lost=float(first.lost[best]),
    )


def foreign_to(question: Question, candidates: Candidates) -> Floats:
    """Return 1.0 for each passage that is not in the question's language, else 0.0."""
    foreign: Floats = (candidates.languages != LANGUAGES.index(question.language)).astype(np.float64)
    return foreign


def _probability(row: Floats, weights: Named, names: tuple[str, ...]) -> float:
    return _sigmoid(_logit(row, weights, names))


def _logit(row: Floats, weights: Named, names: tuple[str, ...]) -> float:
    return float(np.append(1.0, row) @ column(weights, (INTERCEPT, *names)))


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))
