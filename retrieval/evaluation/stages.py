"""Where the time of a question goes, stage by stage."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from rich.table import Table

from retrieval.archive import Archive
from retrieval.evaluation.report import plain_table
from retrieval.language import identify
from retrieval.ranking.features import look
from retrieval.ranking.model import candidates, rank
from retrieval.ranking.question import understand
from retrieval.ranking.time import reach, seek
from retrieval.types import Encoder, Vectors

QUESTIONS = 200
"""Questions to time, at most."""

STAGES = {
    "reading": "language, words and dates of the question",
    "embedding": "its vector",
    "candidates": "the nearest passages and the best by BM25",
    "features": "what the ranker sees of each",
    "ranking": "scores, order, sentences, confidence",
    "fetching": "the quotes from the store, and the rest",
}
"""What is done for a question, in order."""


@dataclass(slots=True)
class _Timed:
    """An encoder that adds up the seconds spent on questions."""

    encoder: Encoder
    seconds: float = 0.0

    @property
    def name(self) -> str:
        return self.encoder.name

    @property
    def fingerprint(self) -> str:
        return self.encoder.fingerprint

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    def encode_queries(self, texts: list[str]) -> Vectors:
        start = perf_counter()
        vectors = self.encoder.encode_queries(texts)
        self.seconds += perf_counter() - start
        return vectors

    def encode_passages(self, texts: list[str]) -> Vectors:
        return self.encoder.encode_passages(texts)


def stage_times(archive: Archive, questions: Sequence[str]) -> dict[str, float]:
    """Return the median milliseconds that a warm question spends in each of STAGES, in that order.

    Each question is asked in full, then its stages are run one by one; what the whole takes beyond them
    is fetching.
    """
    taken = questions[:: max(1, -(-len(questions) // QUESTIONS))]
    for text in taken:
        archive.ask(text)
    seconds = np.median([_stages(archive, text) for text in taken], axis=0)
    return dict(zip(STAGES, (np.maximum(seconds, 0) * 1000).tolist(), strict=True))


def _stages(archive: Archive, text: str) -> tuple[float, ...]:
    """Return the seconds that one question spends in each stage."""
    encoder = _Timed(archive.encoder)
    identify.cache_clear()  # a new question's language is not known beforehand
    start = perf_counter()
    archive.ask(text)
    whole = perf_counter() - start

    identify.cache_clear()
    marks = [perf_counter()]
    question = understand(text, encoder)
    sought = seek(question.text, dt.date.today())
    marks.append(perf_counter())
    found = candidates(question, archive.index, None, None)
    if sought:
        found = reach(sought, question, archive.index, found, None, None)
    marks.append(perf_counter())
    if len(found):
        look(question, archive.index, found)
    marks.append(perf_counter())
    rank(question, archive.index, archive.weights, sought=sought)
    marks.append(perf_counter())

    read, sifted, seen, ranked = (after - before for before, after in itertools.pairwise(marks))
    embedded = encoder.seconds
    return read - embedded, embedded, sifted, seen, ranked - sifted - seen, whole - read - ranked


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
    table.add_row("whole", f"{whole:.2f}", "100%", "median of a warm question")
    return table
