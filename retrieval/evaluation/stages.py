"""Where the time of a question goes, stage by stage, measured on real questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import perf_counter
from typing import Any

import numpy as np
from rich.table import Table

from retrieval import archive as asking
from retrieval.archive import Archive
from retrieval.evaluation.report import plain_table
from retrieval.language.identification import identify
from retrieval.ranking import collapse, model

QUESTIONS = 200
"""Questions to time, at most."""

STAGES = {
    "reading": "language, spelling, words and dates of the question",
    "embedding": "its vector",
    "candidates": "the nearest passages and the best by BM25",
    "features": "what the ranker sees of each",
    "ranking": "scores, order, sentences, confidence",
    "copies": "the best of each group of near-duplicates",
    "fetching": "the quotes from the store",
    "rest": "everything else",
}
"""What is done for a question, in order."""

ENTRIES = (
    (asking, "corrected", "reading"),
    (asking, "seek", "reading"),
    (asking, "understand", "reading"),
    (Archive, "_understand", "reading"),
    (model, "candidates", "candidates"),
    (model, "look", "features"),
    (asking, "rank", "ranking"),
    (collapse, "order", "copies"),
    (Archive, "_hits", "fetching"),
)
"""The functions that begin a stage, under the names they are called by."""


class Clock:
    """Adds up the seconds spent in each stage; a stage within another stops the outer one meanwhile."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STAGES, 0.0)
        self._entered: list[str] = []
        self._mark = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of a block to a stage."""
        self._count()
        self._entered.append(name)
        try:
            yield
        finally:
            self._count()
            self._entered.pop()

    def _count(self) -> None:
        now = perf_counter()
        if self._entered:
            self.spent[self._entered[-1]] += now - self._mark
        self._mark = now


def stage_times(archive: Archive, questions: Sequence[str]) -> dict[str, float]:
    """Return the milliseconds that a warm question spends in each of STAGES, in that order.

    They are means over the middle 80 % of the questions by their whole time, so that what else the machine
    does meanwhile plays no part. While they are asked, the functions of ENTRIES tell when they begin and
    end: no other thread may ask meanwhile.
    """
    taken = questions[:: max(1, -(-len(questions) // QUESTIONS))]
    for text in taken:
        archive.ask(text)
    identify.cache_clear()  # the language of a new question is not known beforehand
    seconds = []
    for text in taken:
        clock = Clock()
        with _watched(archive, clock), clock.stage("rest"):
            archive.ask(text)
        seconds.append(list(clock.spent.values()))
    spent = np.array(sorted(seconds, key=sum))
    tail = len(spent) // 10
    means = spent[tail : len(spent) - tail].mean(axis=0)
    return dict(zip(STAGES, (means * 1000).tolist(), strict=True))


@contextmanager
def _watched(archive: Archive, clock: Clock) -> Iterator[None]:
    """Have the functions of ENTRIES, and the archive's encoder, tell a clock when they begin and end."""
    with ExitStack() as undo:
        for owner, name, stage in (*ENTRIES, (type(archive.encoder), "encode_queries", "embedding")):
            original = getattr(owner, name)
            setattr(owner, name, _timed(original, clock, stage))
            undo.callback(setattr, owner, name, original)
        yield


def _timed(function: Any, clock: Clock, stage: str) -> Any:  # noqa: ANN401 - whatever it is, it stays
    @wraps(function)
    def timed(*args: object, **kwargs: object) -> object:
        with clock.stage(stage):
            return function(*args, **kwargs)

    return timed


def stages_table(times: Mapping[str, float]) -> Table:
    """Return the stages of a question with their milliseconds and their shares."""
    whole = sum(times.values())
    table = plain_table("Where a question's time goes")
    table.add_column("stage", no_wrap=True)
    table.add_column("ms", justify="right", no_wrap=True)
    table.add_column("share", justify="right", no_wrap=True)
    table.add_column("what is done")
    for stage, spent in times.items():
        table.add_row(stage, f"{spent:.2f}", f"{spent / whole:.0%}", STAGES[stage])
    table.add_row("whole", f"{whole:.2f}", "100%", "mean of the middle 80 % of warm questions")
    return table
