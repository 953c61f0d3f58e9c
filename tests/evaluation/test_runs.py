"""Rankings as TREC run files."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.scripted import SCRIPT, Scripted

from retrieval.errors import CollectionError
from retrieval.evaluation import Collection, Evaluation, Query, evaluate, write_run


def test_a_run_file_is_in_trec_format(evaluation: Evaluation, tmp_path: Path) -> None:
    """Ranks from 1, in the order shown, with the system's name."""
    write_run(tmp_path / "run.txt", [evaluation])
    lines = (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == [
        "fr-1 Q0 4 1 1.0 default",
        "fr-1 Q0 1 2 0.5 default",
        "fr-2 Q0 1 1 1.0 default",
    ]


def test_a_run_file_cannot_hold_one_query_twice(evaluation: Evaluation, tmp_path: Path) -> None:
    """Two collections whose ids clash need a file each."""
    with pytest.raises(CollectionError, match="'fr-1' is used twice: write one run file a collection"):
        write_run(tmp_path / "run.txt", [evaluation, evaluation])


def test_a_run_file_cannot_hold_a_space(tmp_path: Path) -> None:
    """The format is separated by spaces."""
    collection = Collection("q", (Query("my id", "Quand ?", gold={"4": 1}),))
    with pytest.raises(CollectionError, match="the space in 'my id'"):
        write_run(tmp_path / "run.txt", [evaluate(collection, Scripted(SCRIPT))])
    assert not (tmp_path / "run.txt").exists()
