"""What a ranker is fitted to: weights by the name of what they weigh, and the thresholds of silence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from retrieval.arrays import Floats
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, READING_FEATURES
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.types import PRECISION

SIZES = (40, 500)
"""Passages of an archive that is small, one or a few articles, and of one that is large."""

INTERCEPT = "one"
"""The name of what is always 1."""

Named = Mapping[str, float]
"""Weights by the name of what they weigh."""


@dataclass(frozen=True, slots=True)
class TimeWeights:
    """The most that a passage's score loses for being of another time than the one asked about.

    ``outside``: published outside the window and telling no date inside; ``untold``: telling none where
    publication does not settle that; ``aged``: as old as can be, where the question asks for what is new.
    """

    outside: float = 5.0
    untold: float = 2.0
    aged: float = 3.0


@dataclass(frozen=True, slots=True)
class ReadingWeights:
    """What was fitted for one reader, by name: how much it counts, and the confidence that comes of it.

    ``logit`` is what a unit of its logit is worth in units of the score. ``confidence`` weighs
    READING_FEATURES and has an INTERCEPT; ``thresholds`` are like those of ``Weights``, and ``near`` is the
    confidence from which on a passage is shown though it is not sure.
    """

    reader: str
    logit: float
    confidence: Named
    thresholds: tuple[tuple[float, float], ...]
    near: float
    fitted_on: tuple[str, ...] = ()

    def threshold(self, precision: float) -> float:
        """Return the confidence below which an archive keeps silent, of whatever size."""
        return _interpolated(self.thresholds, precision)

    @classmethod
    def of(cls, fields: dict[str, Any]) -> ReadingWeights:
        """Return the weights from their fields as ``Weights.dump`` writes them."""
        names = (INTERCEPT, *READING_FEATURES)
        return cls(
            **fields
            | {
                "confidence": named(names, column(fields["confidence"], names)),
                "thresholds": _pairs(fields["thresholds"]),
                "near": float(fields["near"]),
                "fitted_on": tuple(fields["fitted_on"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """What was fitted.

    ``passage`` and ``sentence`` weigh features; ``passage_foreign`` is added to the first where question and
    passage are in different languages. ``confidence`` and ``confidence_foreign`` have an INTERCEPT too.
    ``thresholds`` are, for each precision asked for, from the least, the confidence below which a large
    archive keeps silent, and ``relief`` how many times lower the odds of being right may be for a small one
    to speak. ``time`` is None where the time of a question is not to be read. ``reading`` are those of the
    reader that they were fitted with. ``encoder`` and
    ``fingerprint`` are those of the model that they were fitted for.
    """

    passage: Named
    passage_foreign: Named
    sentence: Named
    confidence: Named
    confidence_foreign: Named
    thresholds: tuple[tuple[float, float], ...]
    relief: float = 1.0
    time: TimeWeights | None = TimeWeights()
    reading: ReadingWeights | None = None
    fitted_on: tuple[str, ...] = ()
    encoder: str = ""
    fingerprint: str = ""

    def threshold(self, size: int, precision: float = PRECISION) -> float:
        """Return the confidence below which an archive of ``size`` passages keeps silent.

        ``precision`` is the share of its first quotes that are to be right, in a large archive; a small one
        is granted relief, and one in between a part of it, by the logarithm of its size.
        """
        least = _interpolated(self.thresholds, precision)
        small = float(np.interp(np.log(max(size, 1)), np.log(SIZES), (1.0, 0.0)))
        return float(least / (least + self.relief**small * (1 - least)))  # the odds of least, divided

    def dump(self) -> str:
        """Return the weights as JSON."""
        fields: dict[str, Any] = asdict(self)
        for part in (fields, fields["reading"] or {}):
            if part:
                part["thresholds"] = {str(precision): least for precision, least in part["thresholds"]}
        return json.dumps(fields, indent=1)

    @classmethod
    def parse(cls, text: str) -> Weights:
        """Return the weights written by ``dump``.

        Raises:
            LookupError, TypeError or ValueError: a weight is missing or no number: they must be fitted again.
        """
        fields = json.loads(text)
        for name, weighed in _WEIGHED.items():
            fields[name] = named(weighed, column(fields[name], weighed))
        fields["thresholds"] = _pairs(fields["thresholds"])
        fields["reading"] = ReadingWeights.of(fields["reading"]) if fields["reading"] else None
        fields["fitted_on"] = tuple(fields["fitted_on"])
        if fields["time"]:
            times = tuple(asdict(TimeWeights()))
            fields["time"] = TimeWeights(**fields["time"] | named(times, column(fields["time"], times)))
        (fields["relief"],) = column(fields, ("relief",)).tolist()
        return cls(**fields)


_WEIGHED: dict[str, tuple[str, ...]] = {
    "passage": tuple(PASSAGE_FEATURES),
    "passage_foreign": tuple(PASSAGE_FEATURES),
    "sentence": tuple(SENTENCE_FEATURES),
    "confidence": (INTERCEPT, *CONFIDENCE_FEATURES),
    "confidence_foreign": (INTERCEPT, *CONFIDENCE_FEATURES),
}
"""What each field of ``Weights`` weighs."""


def _pairs(thresholds: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    return tuple((float(precision), float(least)) for precision, least in thresholds.items())


def _interpolated(thresholds: tuple[tuple[float, float], ...], precision: float) -> float:
    """Return the threshold of a precision, between those that are known."""
    precisions, known = zip(*thresholds, strict=True)
    return float(np.interp(precision, precisions, known))


def column(weights: Named, names: Iterable[str]) -> Floats:
    """Return the weights of these names, in order.

    Raises:
        KeyError: one has no weight.
        ValueError or TypeError: one is not a finite number.
    """
    values = np.array([weights[name] for name in names], dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError(f"a weight is not a finite number: {values}")
    return values


def named(names: Iterable[str], values: Iterable[float]) -> dict[str, float]:
    """Return weights by their names."""
    return dict(zip(names, map(float, values), strict=True))


def one_feature(feature: str, weights: Weights) -> Weights:
    """Return weights that rank by one feature alone and choose sentences as others do; time is not read."""
    alone = {name: float(name == feature) for name in PASSAGE_FEATURES}
    return replace(weights, passage=alone, passage_foreign=dict.fromkeys(PASSAGE_FEATURES, 0.0), time=None)
