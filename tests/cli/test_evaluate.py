"""The verb ``evaluate`` with the bundled model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli.running import Run
from conftest import ROOT, SEEDS


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
def test_evaluate_in_json(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "mes-questions.jsonl"
    lines = (ROOT / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    questions.write_text("".join(lines[::8]), encoding="utf-8")
    ran = run("evaluate", questions, "--archive", SEEDS, "--run", tmp_path / "run.txt", "--json")
    assert ran.code == 0
    ((_, figures),) = list(ran.json["collections"].items())[:1]
    assert figures["n"] == len(lines[::8])
    assert figures.keys() >= {"n", "hit@1", "hit@3", "mrr@10", "ndcg@10", "success@5", "auroc", "coverage@90"}
    assert figures.keys() >= {"latency_p50_ms", "by_language"}
    for name in ("hit@1", "hit@3", "mrr@10", "ndcg@10", "success@5"):
        figure = figures[name]
        assert 0 <= figure["low"] <= figure["value"] <= figure["high"] <= 1
    assert {"fr", "en"} <= figures["by_language"].keys()
    for line in (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"\S+ Q0 \S+ \d+ -?[\d.e+-]+ \S+", line)


@pytest.mark.model
@pytest.mark.usefixtures("bundled")
def test_below_a_bar_evaluate_exits_with_1_and_says_by_how_much(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "une.jsonl"
    lines = (ROOT / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    questions.write_text(lines[0], encoding="utf-8")
    assert run("evaluate", questions, "--bar", "hit@1=0.5", "--json").code == 0
    missed = run("evaluate", questions, "--bar", "hit@1=1.5", "--json")
    assert missed.code in (1, 2)
    assert "hit@1" in missed.err
