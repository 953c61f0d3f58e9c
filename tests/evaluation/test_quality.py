"""A quality gate: our own questions may not fall below the saved figures beyond their interval."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.encoders import BUNDLED, SentenceEncoder
from retrieval.evaluation import ArchiveSystem, evaluate, read_collection
from retrieval.evaluation.bars import LOW_IS_GOOD
from retrieval.evaluation.report import MACHINE_DEPENDENT
from retrieval.evaluation.results import newest, saved_runs
from retrieval.opening import open_archive

ROOT = Path(__file__).parents[2]


@pytest.mark.model
def test_our_own_questions_are_answered_as_well_as_was_saved(
    real_encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure is worse than the worse end of its saved interval."""
    saved = newest(saved_runs(), "evaluate", "questions", BUNDLED)
    assert saved is not None
    monkeypatch.setattr("retrieval.opening.load_encoder", lambda _model: real_encoder)
    with open_archive(ROOT / "seeds") as archive:
        questions = read_collection(ROOT / "tests" / "questions.jsonl")
        measured = evaluate(questions, ArchiveSystem(archive)).figures
    figures = saved.collections["questions"]["default"].figures
    assert figures.keys() == measured.keys() - set(MACHINE_DEPENDENT)
    for name, figure in figures.items():
        assert figure.low is not None
        assert figure.high is not None
        value = measured[name].value
        worst = figure.high if name in LOW_IS_GOOD else figure.low
        is_worse = value > worst + 1e-4 if name in LOW_IS_GOOD else value < worst - 1e-4
        assert not is_worse, f"{name} is {value:.3f}; it was {figure.value:.3f}, at worst {worst:.3f}"
