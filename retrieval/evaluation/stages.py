"""Where the time of a question goes, stage by stage, measured on real questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rich.table import Table

from retrieval.archive import Archive
from retrieval.evaluation.report import plain_table
from retrieval.language.identification import identify
from retrieval.spans import measured, span

QUESTIONS = 200
"""Questions to time, at most."""

STAGES = {
    "reading": "language, spelling, words and dates of the question",
    "embedding": "its vector",
    "candidates": "the nearest passages and the best by BM25",
    "features": "features of each candidate",
    "ranking": "scores, order, sentences, confidence",
    "copies": "the best of each group of near-duplicates",
    "second stage": "the reader, where there is one",
    "fetching": "the quotes from the store",
    "rest": "everything else",
}
"""The spans of the pipeline (``retrieval.spans``), in order, with what is done in each."""


def stage_times(archive: Archive, questions: Sequence[str]) -> dict[str, float]:
    """Return the milliseconds that a warm question spends in each of STAGES, in that order.

    The second stage is among them where the archive has one. They are means over the middle 80 % of the
    questions by their whole time, so that other work of the machine has no influence.
    """
    taken = questions[:: max(1, -(-len(questions) // QUESTIONS))]
    for text in taken:
        archive.ask(text)
    identify.cache_clear()  # the language of a new question is not known beforehand
    spent = np.array(sorted((_seconds(archive, text) for text in taken), key=sum))
    tail = len(spent) // 10
    means = spent[tail : len(spent) - tail].mean(axis=0)
    times = dict(zip(STAGES, (means * 1000).tolist(), strict=True))
    if archive.ranker.reader is None:
        del times["second stage"]
    return times


def _seconds(archive: Archive, question: str) -> list[float]:
    """Return the seconds that one question spends in each of STAGES; all together are its whole time."""
    with measured() as seconds, span("rest"):
        archive.ask(question)
    rest = sum(spent for name, spent in seconds.items() if name not in STAGES)
    return [seconds.get(name, 0.0) + (rest if name == "rest" else 0.0) for name in STAGES]


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
