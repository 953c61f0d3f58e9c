"""The verb ``evaluate-dates`` on a folder of news."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from cli.running import Run
from evaluation.annotated import write_news, write_sample

from retrieval.evaluation import shown_dates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_news(tmp_path / "news")


def test_the_verb_measures_the_dates_shown_for_a_folder(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = partial(shown_dates.evaluate_sample, sample=write_sample(tmp_path / "sample.jsonl"))
    monkeypatch.setattr(shown_dates, "evaluate_sample", measured)
    ran = run("evaluate-dates", folder, "--json")
    assert ran.code == 0
    assert ran.json["files"] == {}
    assert ran.json["samples"]["news"].keys() == {"sentences", "precision", "recall", "trapped"}
    assert len(run("evaluate-dates", folder, "--misses", "--json").json["samples"]["news"]["wrong"]) >= 2
    printed = run("evaluate-dates", folder, "--misses").out
    assert "right when shown" in printed
    assert "“demain”" in printed
    assert "“demain”" not in run("evaluate-dates", folder).out


def test_a_folder_that_the_sample_was_not_drawn_from_is_refused(run: Run, folder: Path) -> None:
    ran = run("evaluate-dates", folder)
    assert ran.code
    assert "does not have the annotated sentence" in ran.err
