"""The linear ranker: weights over features, how sure it is of its first passage, and when it keeps silent.

The weights are data, ``weights.json`` beside this file, written by ``python -m retrieval fit``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from retrieval.index.arrays import Ints
from retrieval.index.derived import Derived
from retrieval.language import LANGUAGES
from retrieval.ranking import collapse
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Features, Floats, look
from retrieval.ranking.question import Question, canonical
from retrieval.ranking.time import Sought, demotion, reach

CANDIDATES = 50
"""Passages taken from each side, dense and lexical."""

TIME = (5.0, 2.0, 3.0)
"""What a passage of another time loses, chosen on debian_news_en_fr: see ``evaluation.timebound``."""

SIZES = (40, 500)
"""Passages of an archive that is small, one or a few articles, and of one that is large."""

DECIMALS = 6
"""Scores are rounded so that equal passages are ordered by position on every machine."""

CONFIDENCE_FEATURES = (
    "score",  # the first passage's
    "gap",  # to the second's
    "bm25_share",
    "coverage",
    "sentence_coverage",
    "joint_coverage",
    "soft_coverage",
    "soft_sentence_coverage",
    "bigrams",
    "passage_cosine",
    "sentence_cosine",
    "date",
    "number",
    "name",
    "log_size",  # log of the number of passages in the archive
    "log_terms",  # log(1 + question words)
)
_TAKEN = [PASSAGE_FEATURES.index(name) for name in CONFIDENCE_FEATURES[2:-2]]

_FEATURES = {
    "passage": PASSAGE_FEATURES,
    "passage_foreign": PASSAGE_FEATURES,
    "sentence": SENTENCE_FEATURES,
    "confidence": ("one", *CONFIDENCE_FEATURES),
    "confidence_foreign": ("one", *CONFIDENCE_FEATURES),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What was fitted.

    ``passage`` and ``sentence`` weigh the features in their order; ``passage_foreign`` is added to the
    first when question and passage are in different languages. ``confidence`` and
    ``confidence_foreign`` begin with an intercept. ``thresholds`` are the confidences below which
    an archive of SIZES passages keeps silent. ``time`` is the most that a passage loses for being of
    another time than the one asked about (``retrieval.ranking.time.demotion``).
    """

    passage: tuple[float, ...]
    passage_foreign: tuple[float, ...]
    sentence: tuple[float, ...]
    confidence: tuple[float, ...]
    confidence_foreign: tuple[float, ...]
    thresholds: tuple[float, float]
    fitted_on: tuple[str, ...] = ()
    time: tuple[float, float, float] = TIME

    def threshold(self, size: int) -> float:
        """Return the confidence below which an archive of ``size`` passages keeps silent.

        In between, it rises with the logarithm of the size.
        """
        return float(np.interp(np.log(max(size, 1)), np.log(SIZES), self.thresholds))

    def dump(self) -> str:
        """Return the weights as JSON, each under the name of its feature."""
        fields: dict[str, Any] = asdict(self)
        for name, features in _FEATURES.items():
            fields[name] = dict(zip(features, fields[name], strict=True))
        return json.dumps(fields, indent=1)

    @classmethod
    def parse(cls, text: str) -> Weights:
        """Return the weights written by ``dump``.

        Raises:
            KeyError: a feature has no weight: they must be fitted again.
        """
        fields = json.loads(text)
        for name, features in _FEATURES.items():
            fields[name] = tuple(fields[name][feature] for feature in features)
        for name in ("fitted_on", "time", "thresholds"):
            fields[name] = tuple(fields[name])
        return cls(**fields)


@lru_cache(maxsize=1)
def bundled_weights() -> Weights:
    """Return the weights that come with the package."""
    return Weights.parse((files("retrieval.ranking") / "weights.json").read_text(encoding="utf-8"))


def baseline(feature: str) -> Weights:
    """Return weights that rank by one feature alone and choose sentences as the bundled ones do."""
    none = (0.0,) * len(PASSAGE_FEATURES)
    alone = tuple(float(name == feature) for name in PASSAGE_FEATURES)
    return replace(bundled_weights(), passage=alone, passage_foreign=none)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates in order, best first: positions in the index, scores, and the best sentence of each.

    Of passages that are copies of one another, there is the best alone (``retrieval.ranking.collapse``).

    ``confidence`` is the probability that the first one answers, 0 when there is none.
    """

    positions: Ints
    scores: Floats
    sentences: Ints
    confidence: float


def candidates(question: Question, index: Derived, since: int | None, until: int | None) -> Ints:
    """Return the positions worth ranking: the nearest by vector and the best by BM25."""
    dense = index.dense(question.vector, CANDIDATES, since, until)
    lexical = index.matching(list(question.tokens), CANDIDATES, since, until)
    return np.array(sorted({*dense, *lexical}), dtype=np.int64)


def foreign(question: Question, index: Derived, positions: Ints) -> Floats:
    """Return 1.0 for each passage that is not in the question's language, else 0.0."""
    asked = LANGUAGES.index(question.language)
    abroad: Floats = (index.languages[positions] != asked).astype(np.float64)
    return abroad


def score_passages(features: Features, abroad: Floats, weights: Weights) -> Floats:
    """Return the score of each candidate."""
    own = features.passages @ np.asarray(weights.passage)
    added = features.passages @ np.asarray(weights.passage_foreign)
    scores: Floats = np.round(own + abroad * added, DECIMALS)
    return scores


def best_sentences(features: Features, weights: Weights) -> Ints:
    """Return, for each candidate, which of its sentences answers best, counted from 0."""
    scores = np.round(features.sentences @ np.asarray(weights.sentence), DECIMALS)
    spans = zip(features.starts[:-1], features.starts[1:], strict=True)
    return np.array([int(np.argmax(scores[a:b])) for a, b in spans], dtype=np.int64)


def confidence_row(order: Ints, scores: Floats, features: Features, size: int, terms: int) -> Floats:
    """Return the CONFIDENCE_FEATURES of a ranking; a lone candidate's gap is taken to nothing's score."""
    second = scores[order[1]] if len(order) > 1 else 0.0
    top = features.passages[order[0], _TAKEN]
    return np.array([scores[order[0]], scores[order[0]] - second, *top, np.log(size), np.log1p(terms)])


def rank(
    question: Question,
    index: Derived,
    weights: Weights,
    since: int | None = None,
    until: int | None = None,
    sought: Sought | None = None,
) -> Ranked:
    """Rank the candidates of ``question``, best first; those of the time sought before the others."""
    question = canonical(question, index.acronyms)
    found = candidates(question, index, since, until)
    if sought:
        found = reach(sought, question, index, found, since, until)
    if not len(found):
        return Ranked(found, np.empty(0), found, 0.0)
    features = look(question, index, found)
    abroad = foreign(question, index, found)
    scores = score_passages(features, abroad, weights)
    if sought:
        scores = np.round(scores + demotion(sought, index, found, weights.time), DECIMALS)
    order = collapse.order(scores, found, index)
    row = np.append(1.0, confidence_row(order, scores, features, len(index), len(question.tokens)))
    logit = row @ np.asarray(weights.confidence)
    logit += abroad[order[0]] * (row @ np.asarray(weights.confidence_foreign))
    sure = float(1 / (1 + np.exp(-logit)))
    return Ranked(found[order], scores[order], best_sentences(features, weights)[order], sure)
