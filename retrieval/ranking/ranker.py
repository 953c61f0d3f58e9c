"""``Ranker``: puts the passages of an index in order for a question, and says how sure it is of the first."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from retrieval.arrays import Floats, Ints
from retrieval.index.interface import ALWAYS, Bounds, Candidates, Index
from retrieval.language.identification import LANGUAGES
from retrieval.ranking.collapse import collapsed_order
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, confidence_row, rival_groups
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Features, features_of
from retrieval.ranking.second_stage import DECIMALS, DEPTH, reorder
from retrieval.ranking.time import time_loss
from retrieval.ranking.weights import INTERCEPT, Weights, column
from retrieval.spans import span
from retrieval.types import PRECISION, CosineScale, Question, Reranker

CANDIDATES = 50
"""Passages taken from each side, dense and lexical; more where over half of them are copies."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The passages found for a question, best first: ids, scores, and the best sentence of each, from 0.

    Of passages that are copies of one another, there is the best alone (``retrieval.ranking.collapse``).
    ``confidence`` is the probability that the first one answers, 0 when there is none; ``answered`` tells
    whether that is enough to speak.
    """

    question: Question
    ids: Ints
    scores: Floats
    sentences: Ints
    confidence: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear model over the features of passages and sentences, with a second stage where one is given.

    ``scale`` is that of the encoder whose cosines it reads. ``precision`` is the share of first quotes that
    are to be right: the higher, the more often it keeps silent.
    """

    weights: Weights
    scale: CosineScale
    precision: float = PRECISION
    second_stage: Reranker | None = None
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

        Those of the time asked about come before the others, and the first are read again by the second
        stage.
        """
        with index.snapshot():
            if question.is_wordless:
                return _nothing(question)
            with span("candidates"):
                candidates = index.find(question, within, depth=CANDIDATES)
            if not len(candidates):
                return _nothing(question)
            statistics = index.statistics()
            with span("features"):
                features = features_of(question, candidates, statistics, self.scale)
            foreign = foreign_to(question, candidates)
            scores = self.score_passages(features, foreign)
            if question.time and self.weights.time:
                newest = statistics.days().newest(question.time.today)
                loss = time_loss(question.time, candidates, newest, self.weights.time)
                scores = np.round(scores - loss, DECIMALS)
            with span("copies"):
                order = collapsed_order(scores, candidates)
            logit = 0.0
            if self.second_stage:
                with span("second stage"):
                    logits = _read(self.second_stage, question, index, candidates.ids[order[:DEPTH]])
                scores, order, logit = reorder(scores, order, logits, self.weights.second_stage)
            groups = rival_groups(candidates, statistics.articles)[order]
            confidence = self.confidence(
                confidence_row(scores[order], groups, features.lacking[order[0]], logit), foreign[order[0]]
            )
            return Ranking(
                question=question,
                ids=candidates.ids[order],
                scores=scores[order],
                sentences=self.best_sentences(features)[order],
                confidence=confidence,
                answered=confidence >= self.weights.threshold(statistics.passages, self.precision),
            )

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
        row = np.append(1.0, row)
        names = (INTERCEPT, *CONFIDENCE_FEATURES)
        logit = row @ column(self.weights.confidence, names)
        logit += foreign * (row @ column(self.weights.confidence_foreign, names))
        return float(1 / (1 + np.exp(-logit)))


def foreign_to(question: Question, candidates: Candidates) -> Floats:
    """Return 1.0 for each passage that is not in the question's language, else 0.0."""
    foreign: Floats = (candidates.languages != LANGUAGES.index(question.language)).astype(np.float64)
    return foreign


def _read(reranker: Reranker, question: Question, index: Index, ids: Ints) -> Floats:
    """Return the logit of each of some passages for a question."""
    texts = [stored.passage.text for stored in index.stored(ids.tolist())]
    return reranker.logits(question.searched, texts)


def _nothing(question: Question) -> Ranking:
    none = np.empty(0, np.int64)
    return Ranking(question, none, np.empty(0), none, confidence=0.0, answered=False)
