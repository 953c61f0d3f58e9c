"""The figures of a date sample: how often a date that is shown is right, and how many are not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from retrieval.dates import display
from retrieval.evaluation.collections import read_collection
from retrieval.evaluation.date_sample import OPEN, SAMPLE, JudgedDate, JudgedSentence, judge, read_sample
from retrieval.evaluation.figures import Column, Figure, cell, estimate, mean


@dataclass(frozen=True, slots=True)
class SampleScore:
    """How right the dates are that are shown for a sample of sentences."""

    sentences: tuple[JudgedSentence, ...]

    @property
    def precision(self) -> Figure | None:
        """The share of the dates shown that are right; the interval is over sentences."""
        return _share(
            [sum(shown.right for shown in sentence.shown) for sentence in self.sentences],
            [len(sentence.shown) for sentence in self.sentences],
        )

    @property
    def recall(self) -> Figure | None:
        """The share of the expected dates that are shown; the interval is over sentences."""
        return _share(
            [sentence.recalled for sentence in self.sentences],
            [len(sentence.expected) for sentence in self.sentences],
        )

    @property
    def trapped(self) -> Figure | None:
        """The share of the traps for which a date is shown."""
        return estimate(mean, np.array([float(bool(trap.shown)) for trap in self._traps]))

    @property
    def wrong(self) -> list[tuple[JudgedSentence, JudgedDate]]:
        """The dates shown that are not right, with their sentences."""
        return [
            (sentence, shown) for sentence in self.sentences for shown in sentence.shown if not shown.right
        ]

    @property
    def rows(self) -> list[tuple[str, int, Figure | None]]:
        """The name of each figure, of how many it is a share, and the figure."""
        dates = sum(len(sentence.shown) for sentence in self.sentences)
        expected = sum(len(sentence.expected) for sentence in self.sentences)
        return [
            ("right when shown", dates, self.precision),
            ("annotated dates shown", expected, self.recall),
            ("traps with a date shown", len(self._traps), self.trapped),
        ]

    def as_json(self, *, misses: bool) -> dict[str, Any]:
        """Return the score as a JSON object; ``misses`` adds the dates shown that are wrong."""
        names = ("precision", "recall", "trapped")
        score: dict[str, Any] = {"sentences": len(self.sentences)}
        for name, (_, n, figure) in zip(names, self.rows, strict=True):
            score[name] = {"n": n, **(figure.as_json() if figure else {"value": None})}
        if misses:
            score["wrong"] = [_miss_record(*miss) for miss in self.wrong]
        return score

    @property
    def _traps(self) -> list[JudgedSentence]:
        return [sentence for sentence in self.sentences if not sentence.annotated.dates]


def evaluate_sample(folder: Path, sample: Path = SAMPLE) -> SampleScore:
    """Return how right the dates are that are shown for a sample of the sentences of a BEIR folder.

    Raises:
        CollectionError: a file is missing or malformed, or the folder's text is not the one annotated.
    """
    documents = read_collection(folder).documents
    return SampleScore(tuple(judge(sentence, documents) for sentence in read_sample(sample)))


def sample_table(score: SampleScore) -> Table:
    """Return the figures of a sample as a table."""
    table = Table(title=f"Dates shown for {len(score.sentences)} sentences", show_lines=True)
    table.add_column("", overflow="fold")
    for heading in ("n", "share"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, n, figure in score.rows:
        table.add_row(name, str(n), cell(figure))
    return table


def misses_text(score: SampleScore) -> str:
    """Return the dates shown that are wrong, to be read one by one."""
    return "\n\n".join(_miss(sentence, shown) for sentence, shown in score.wrong)


def _miss_record(sentence: JudgedSentence, shown: JudgedDate) -> dict[str, Any]:
    return {
        "id": sentence.annotated.id,
        "published": sentence.published,
        "sentence": sentence.text,
        "text": shown.mention.text,
        "value": shown.mention.value,
        "right": list(shown.annotated.right) if shown.annotated else [],
    }


def _miss(sentence: JudgedSentence, shown: JudgedDate) -> str:
    right = " or ".join(shown.annotated.right) if shown.annotated else "no date"
    return (
        f"{sentence.annotated.id}, published {sentence.published or 'undated'}\n  {sentence.text}\n"
        f"  “{shown.mention.text}” is shown as {display(shown.mention.value, 'en')} "
        f"({shown.mention.value}); right: {right or OPEN}"
    )


def _share(parts: Sequence[int], wholes: Sequence[int]) -> Figure | None:
    """Return the sum of parts over that of wholes, drawn in pairs."""

    def ratio(part: Column, whole: Column) -> Column:
        total = np.asarray(whole.sum(axis=-1))
        undefined = np.full_like(total, np.nan)
        return np.asarray(np.divide(part.sum(axis=-1), total, out=undefined, where=total > 0))

    return estimate(ratio, np.array(parts, float), np.array(wholes, float))
