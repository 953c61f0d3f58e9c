"""Whether the confidence of dates means what it says: held against the share that is right."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rich.table import Table

from retrieval.dates.confidence import SURE
from retrieval.dates.finding import find_matches
from retrieval.dates.visible import visible
from retrieval.evaluation.temporal import Expression
from retrieval.types import DateMention

EDGES = (0.0, 0.25, 0.5, 0.7, SURE, 0.95, 0.99, 1.01)
"""Where bands of confidence end and begin; those from SURE on are shown resolved."""


@dataclass(frozen=True, slots=True)
class JudgedDate:
    """A date found where one is annotated: its rule's resolver, what settled it, and whether it is right."""

    resolver: str
    settled: str
    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Dates of a confidence from ``low`` to before ``high``: their number, their mean, the number right."""

    low: float
    high: float
    n: int
    confidence: float
    right: int

    def as_json(self) -> dict[str, Any]:
        """Return the band as a JSON object."""
        share = self.right / self.n
        return {
            "from": self.low,
            "n": self.n,
            "confidence": round(self.confidence, 4),
            "right": round(share, 4),
        }


def judged_dates(expressions: Sequence[Expression]) -> list[JudgedDate]:
    """Return the dates found that have something in common with an expression."""
    by_text: defaultdict[tuple[str, dt.date], list[Expression]] = defaultdict(list)
    for expression in expressions:
        by_text[expression.text, expression.reference].append(expression)
    judged = []
    for (text, day), annotated in by_text.items():
        for match in find_matches(visible(text).text, (day, day)):
            mention = match.mention
            if mention.low is None or (is_right := _is_right(mention, annotated)) is None:
                continue
            judged.append(
                JudgedDate(match.rule.resolver.__name__, match.settled, mention.confidence, is_right)
            )
    return judged


def reliability(judged: Sequence[JudgedDate]) -> list[Band]:
    """Return the bands of confidence that have dates, from the least."""
    bands = []
    for low, high in pairwise(EDGES):
        within = [date for date in judged if low <= date.confidence < high]
        if within:
            mean = sum(date.confidence for date in within) / len(within)
            bands.append(Band(low, high, len(within), mean, sum(date.is_right for date in within)))
    return bands


def reliability_table(judged: Mapping[str, Sequence[JudgedDate]]) -> Table:
    """Return a table of the bands of each file; a line parts those that are quoted as written."""
    table = Table(title=f"Confidence of dates: shown resolved from {SURE}")
    for heading in ("", "confidence", "n", "mean", "right"):
        table.add_column(heading, justify="right" if heading else "left", no_wrap=bool(heading))
    for name, dates in judged.items():
        bands = reliability(dates)
        for band in bands:
            ends = f"{band.low:.2f}–{min(band.high, 1):.2f}"
            share = f"{band.right / band.n:.3f}"
            first = name if band is bands[0] else ""
            table.add_row(first, ends, str(band.n), f"{band.confidence:.3f}", share)
        table.add_section()
    return table


def _is_right(mention: DateMention, annotated: Sequence[Expression]) -> bool | None:
    """Tell whether a mention is right, None where no expression is annotated there."""

    def common(one: Expression) -> int:
        return min(mention.end, one.end) - max(mention.start, one.start)

    best = max(annotated, key=common)
    return (mention.low, mention.high) in best.right if common(best) > 0 else None
