"""Where the time of a question goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakes import ARTICLES, archive_of

from retrieval.encoders.interface import Reading
from retrieval.evaluation.stages import STAGES, stage_times

QUESTIONS = ["Qui a été élue ?", "Où en était le tramway en 2023 ?", "Quel musée rouvre ?"]


class Indifferent:
    """A reader that finds every passage alike."""

    name = "indifferent"

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        return [Reading(0.0) for _ in passages]


def test_every_stage_is_timed(tmp_path: Path) -> None:
    """Each takes some time; the second stage is there where the archive has one."""
    with archive_of(ARTICLES, tmp_path) as archive:
        times = stage_times(archive, QUESTIONS)
        read = archive.ranked_by(replace(archive.ranker, reader=Indifferent()))
        with_reader = stage_times(read, QUESTIONS)
    assert list(times) == [stage for stage in STAGES if stage != "second stage"]
    assert list(with_reader) == list(STAGES)
    assert all(spent > 0 for spent in (*times.values(), *with_reader.values()))
