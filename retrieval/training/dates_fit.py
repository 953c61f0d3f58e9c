"""Count how often each kind of date is right on annotated texts: what the confidence of dates is made of."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from retrieval.dates.confidence import Count, Counts
from retrieval.evaluation.date_reliability import JudgedDate, judged_dates
from retrieval.evaluation.temporal import Expression, read_expressions

WEEK_DAYS = 6
"""How far from the text's day a weekday alone names one day."""

_WHOLE_DAY = re.compile(
    r"(?P<weekday>(?:lun|mar|mercre|jeu|vendre|same)di|dimanche) (?P<day>\d{1,2}(?:er)? \w+)", re.IGNORECASE
)


def count_dates(judged: Iterable[JudgedDate]) -> Counts:
    """Return how many dates there are, and how many are right, by what settles them and by resolver."""
    counts: defaultdict[str, defaultdict[str, Count]] = defaultdict(lambda: defaultdict(lambda: Count(0, 0)))
    for date in judged:
        counts[date.settled][date.resolver] += Count(int(date.is_right), 1)
    return counts


def fit_dates(files: Sequence[Path], output: Path) -> Counts:
    """Count on files of annotated texts, and write the counts with the names of the files.

    What is written as *samedi 6 avril* is read as *le 6 avril* too and, within a week, as *samedi*: its day
    is known.

    Raises:
        CollectionError: a file is missing or malformed.
    """
    judged = {file.name: judged_dates(list(_with_shortened(read_expressions(file)))) for file in files}
    counts = count_dates(date for dates in judged.values() for date in dates)
    kept = {
        "made_by": " ".join(["python -m retrieval fit-dates", *judged]),
        "dates": {name: len(dates) for name, dates in judged.items()},
        "counts": {
            settled: {resolver: [count.right, count.n] for resolver, count in sorted(by_resolver.items())}
            for settled, by_resolver in sorted(counts.items())
        },
    }
    output.write_text(_json(kept), encoding="utf-8")
    return counts


def _with_shortened(expressions: Iterable[Expression]) -> Iterator[Expression]:
    for one in expressions:
        yield one
        written = one.text[one.start : one.end]
        [(low, high), *others] = one.right
        if others or low is None or low != high or not (whole := _WHOLE_DAY.fullmatch(written)):
            continue
        yield _rewritten(one, f"le {whole['day']}")
        if abs((low - one.reference).days) <= WEEK_DAYS:
            yield _rewritten(one, whole["weekday"])


def _rewritten(one: Expression, written: str) -> Expression:
    """Return an expression written in another way, in its text."""
    text = one.text[: one.start] + written + one.text[one.end :]
    return replace(one, text=text, end=one.start + len(written))


def _json(kept: Mapping[str, Any]) -> str:
    """Return JSON with a count a line."""
    text = json.dumps(kept, indent=2, ensure_ascii=False)
    return re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", text) + "\n"
