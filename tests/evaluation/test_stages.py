"""Where the time of a question goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from fakes import ARTICLES, archive_of

from retrieval.evaluation.stages import STAGES, stage_times

QUESTIONS = ["Qui a été élue ?", "Où en était le tramway en 2023 ?", "Quel musée rouvre ?"]


class Judge:
    """A cross-encoder that finds every passage alike."""

    name = "judge"

    def logits(self, question: str, passages: list[str]) -> npt.NDArray[np.float64]:
        return np.zeros(len(passages))


def test_every_stage_is_timed(tmp_path: Path) -> None:
    """Each takes some time; the second stage is there where the archive has one."""
    with archive_of(ARTICLES, tmp_path) as archive:
        times = stage_times(archive, QUESTIONS)
        judged = archive.ranked_by(replace(archive.ranker, second_stage=Judge()))
        with_judge = stage_times(judged, QUESTIONS)
    assert list(times) == [stage for stage in STAGES if stage != "second stage"]
    assert list(with_judge) == list(STAGES)
    assert all(spent > 0 for spent in (*times.values(), *with_judge.values()))
