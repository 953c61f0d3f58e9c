"""How likely a resolved date is right, by the kind of its rule and by what settles its year or week.

The shares that were right are those of annotated texts, counted by ``python -m retrieval fit-dates`` and kept
in ``confidence.json`` with the names of the files.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retrieval.dates.values import bounds, is_duration
from retrieval.dates.words import WordClasses
from retrieval.types import DateMention

FILE = Path(__file__).with_name("confidence.json")

SURE = 0.85
"""Confidence from which a date is shown resolved, or leads an answer; others are quoted as written."""

WEIGHT = 4
"""What is known of all rules settled alike counts as much as so many dates of one rule."""

NEAR_DAYS = 92
"""Days within which the nearest of several years is near: any other is three times as far."""

_YEAR = re.compile(r"\d{4}|['’]\d\d\b|\d/\d\d?/\d\d|\d\.\d\d?\.\d\d")


@dataclass(frozen=True, slots=True)
class Count:
    """How many mentions there were, and how many of them were right."""

    right: int
    n: int

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.n + other.n)


Counts = Mapping[str, Mapping[str, Count]]
"""Counts by what settles a date, then by the name of the resolver."""


def settled_by(text: str, words: WordClasses, tense: int | None, distance: int) -> str:
    """Return what settles which year or week a date is of.

    It is its ``year``, another ``word`` (*dernier*, *ce*), its ``weekday`` beside the day, or the tense of
    its sentence (``past``, ``future``). Where nothing tells, it is ``near`` the text or only the
    ``nearest``; an expression that leaves nothing open settles ``itself``.

    Args:
        text: The date as it is written.
        words: The classes of its words.
        tense: That of its sentence; None for rules that do not read it.
        distance: The days from the text's to those of the date, at most.
    """
    if {"year", "y2", "yearmonth"} & words.keys() or _YEAR.search(text):
        return "year"
    if {"last", "next", "this"} & words.keys():
        return "word"
    if {"weekday", "day"} <= words.keys():
        return "weekday"
    if tense is None:
        return "itself"
    if tense:
        return "past" if tense < 0 else "future"
    return "near" if distance <= NEAR_DAYS else "nearest"


def distance(value: str, reference: tuple[dt.date, dt.date] | None) -> int:
    """Return the days from a text's to those of a value, at most; 0 where either is unknown."""
    low, high = (None, None) if is_duration(value) else bounds(value)
    if reference is None or low is None or high is None:
        return 0
    return max((high - reference[0]).days, (reference[1] - low).days)


def confidence(resolver: str, settled: str, plausibility: float, counts: Counts | None = None) -> float:
    """Return the probability that a date is right.

    Args:
        resolver: The name of the function that resolved it.
        settled: What ``settled_by`` returns for it.
        plausibility: The share of the rule's matches that are dates at all.
        counts: What was counted; by default what is kept in ``confidence.json``.
    """
    alike = (_kept() if counts is None else counts).get(settled, {})
    whole = sum(alike.values(), Count(1, 2))
    of_rule = alike.get(resolver, Count(0, 0))
    expected = plausibility * whole.right / whole.n
    return round((of_rule.right + WEIGHT * expected) / (of_rule.n + WEIGHT), 3)


def is_sure(date: DateMention) -> bool:
    """Tell whether a date may be shown resolved."""
    return date.confidence >= SURE and (date.low or date.high) is not None


def read_counts(file: Path) -> Counts:
    """Return the counts that a file keeps."""
    kept = json.loads(file.read_text(encoding="utf-8"))["counts"]
    return {
        settled: {resolver: Count(*count) for resolver, count in by_resolver.items()}
        for settled, by_resolver in kept.items()
    }


@lru_cache(maxsize=1)
def _kept() -> Counts:
    return read_counts(FILE)
