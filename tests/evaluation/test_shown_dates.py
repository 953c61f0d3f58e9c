"""The figures of a date sample."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evaluation.annotated import TEXTS, annotated, write_news, write_sample
from evaluation.scripted import write_lines
from rich.console import Console

from retrieval.errors import CollectionError
from retrieval.evaluation.shown_dates import evaluate_sample, misses_text, sample_table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_news(tmp_path / "news")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "sample.jsonl")


def test_the_shares_are_of_dates_shown_annotated_dates_and_traps(folder: Path, sample: Path) -> None:
    score = evaluate_sample(folder, sample)
    rows = {name: (n, figure.value) for name, n, figure in score.rows if figure}
    assert rows["annotated dates shown"] == (3, pytest.approx(2 / 3))
    assert rows["traps with a date shown"] == (2, 0.5)
    n, precision = rows["right when shown"]
    assert precision == pytest.approx(2 / n)
    assert {shown.mention.text for _, shown in score.wrong} >= {"demain", "2019"}


def test_nothing_shown_is_no_share(folder: Path, tmp_path: Path) -> None:
    text = TEXTS["d3"]
    rows = [annotated(text, text) | {"id": "d3"}]
    score = evaluate_sample(folder, write_lines(tmp_path / "trap.jsonl", rows))
    assert (score.precision, score.recall) == (None, None)
    assert score.trapped is not None
    assert score.trapped.value == 0
    assert score.as_json(misses=True) == {
        "sentences": 1,
        "precision": {"n": 0, "value": None},
        "recall": {"n": 0, "value": None},
        "trapped": {"n": 1, "value": 0.0, "low": None, "high": None},
        "wrong": [],
    }
    console = Console(width=80)
    with console.capture() as printed:
        console.print(sample_table(score))
    assert "–" in printed.get()


def test_the_misses_say_what_is_shown_and_what_is_right(folder: Path, sample: Path) -> None:
    printed = misses_text(evaluate_sample(folder, sample))
    assert "d2, published 2025-04-03\n  Il a fermé hier et demain.\n" in printed
    assert "“demain” is shown as 4 April 2025 (2025-04-04); right: 2025-04-05" in printed
    assert re.search(r"2019.* \(2019\); right: no date", printed)


def test_a_folder_that_the_sample_was_not_drawn_from_is_refused(folder: Path) -> None:
    with pytest.raises(CollectionError, match="does not have the annotated sentence"):
        evaluate_sample(folder)
