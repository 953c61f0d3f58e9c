"""The linear ranker: weights over features, how sure it is of its first passage, and when it keeps silent.

The weights are data, in the folder ``weights`` beside this file, written by ``python -m retrieval fit``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from retrieval.encoders import BUNDLED
from retrieval.index.arrays import Ints
from retrieval.index.derived import Derived
from retrieval.language.identification import LANGUAGES
from retrieval.ranking import collapse
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, confidence_row, sides
from retrieval.ranking.features import (
    PASSAGE_FEATURES,
    SENTENCE_FEATURES,
    Features,
    Floats,
    look,
)
from retrieval.question.understanding import Question, canonical
from retrieval.ranking.rerank import RERANKED, Judge, rerank
from retrieval.ranking.time import Sought, demotion, reach
from retrieval.types import PRECISION

WEIGHTS = "weights"
"""The folder beside this file that holds the weights fitted for each encoder."""

CANDIDATES = 50
"""Passages taken from each side, dense and lexical; more where over half of them are copies."""

TIME = (5.0, 2.0, 3.0)
"""What a passage of another time loses, chosen on debian_news_en_fr: see ``evaluation.timebound``."""

SIZES = (40, 500)
"""Passages of an archive that is small, one or a few articles, and of one that is large."""

DECIMALS = 6
"""Scores are rounded so that equal passages are ordered by position on every machine."""

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
    ``confidence_foreign`` begin with an intercept. ``thresholds`` are, for each precision asked for, from
    the least, the confidence below which a large archive keeps silent, and ``relief`` how many times lower
    the odds of being right may be for a small one to speak. ``time`` is the most that a passage loses for
    being of another time than the one asked about (``retrieval.ranking.time.demotion``). ``encoder`` and
    ``fingerprint`` are those of the model that they were fitted for.
    """

    passage: tuple[float, ...]
    passage_foreign: tuple[float, ...]
    sentence: tuple[float, ...]
    confidence: tuple[float, ...]
    confidence_foreign: tuple[float, ...]
    thresholds: tuple[tuple[float, float], ...]
    relief: float = 1.0
    fitted_on: tuple[str, ...] = ()
    time: tuple[float, float, float] = TIME
    encoder: str = ""
    fingerprint: str = ""

    def threshold(self, size: int, precision: float = PRECISION) -> float:
        """Return the confidence below which an archive of ``size`` passages keeps silent.

        ``precision`` is the share of its first quotes that are to be right, in a large archive; a small one
        is granted relief, and one in between a part of it, by the logarithm of its size.
        """
        precisions, known = zip(*self.thresholds, strict=True)
        least = float(np.interp(precision, precisions, known))
        small = float(np.interp(np.log(max(size, 1)), np.log(SIZES), (1.0, 0.0)))
        return float(least / (least + self.relief**small * (1 - least)))  # the odds of least, divided

    def dump(self) -> str:
        """Return the weights as JSON, each under the name of its feature."""
        fields: dict[str, Any] = asdict(self)
        for name, features in _FEATURES.items():
            fields[name] = dict(zip(features, fields[name], strict=True))
        fields["thresholds"] = {str(precision): least for precision, least in self.thresholds}
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
        fields["thresholds"] = tuple(
            (float(precision), float(least)) for precision, least in fields["thresholds"].items()
        )
        for name in ("fitted_on", "time"):
            fields[name] = tuple(fields[name])
        return cls(**fields)


@lru_cache(maxsize=1)
def bundled_weights() -> Weights:
    """Return the weights that come with the package."""
    file = files("retrieval.ranking") / WEIGHTS / f"{BUNDLED}.json"
    return Weights.parse(file.read_text(encoding="utf-8"))


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
    tokens = list(question.tokens)
    dense = _uncrowded(lambda k: index.dense(question.vector, k, since, until), index)
    lexical = _uncrowded(lambda k: index.matching(tokens, k, since, until), index)
    return np.array(sorted({*dense, *lexical}), dtype=np.int64)


def _uncrowded(search: Callable[[int], list[int]], index: Derived) -> list[int]:
    """Return the first found, more of them where over half are copies of others."""
    k = CANDIDATES
    while len(found := search(k)) == k and len(np.unique(index.originals[found])) < CANDIDATES // 2:
        k *= 4
    return found


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
    first = features.starts[:-1]
    best = np.repeat(np.maximum.reduceat(scores, first), np.diff(features.starts))
    places = np.flatnonzero(scores == best)
    chosen: Ints = places[np.searchsorted(places, first)] - first
    return chosen


def rank(
    question: Question,
    index: Derived,
    weights: Weights,
    since: int | None = None,
    until: int | None = None,
    sought: Sought | None = None,
    judge: Judge | None = None,
) -> Ranked:
    """Rank the candidates of ``question``, best first; those of the time sought before the others.

    The first of them are then put in order with the help of ``judge``, if there is one.
    """
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
    if judge:
        scores, order = rerank(scores, order, judge(found[order[:RERANKED]]))
    lacks = features.lacking[order[0]]
    row = np.append(1.0, confidence_row(scores[order], sides(index, found[order]), lacks))
    logit = row @ np.asarray(weights.confidence)
    logit += abroad[order[0]] * (row @ np.asarray(weights.confidence_foreign))
    sure = float(1 / (1 + np.exp(-logit)))
    return Ranked(found[order], scores[order], best_sentences(features, weights)[order], sure)
