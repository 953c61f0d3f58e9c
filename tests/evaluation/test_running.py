"""``python -m retrieval evaluate``: everything in one run, each model loaded once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation.scripted import write_lines
from fakes import HashEncoder
from typer.testing import CliRunner

from retrieval import cli
from retrieval.errors import CollectionError
from retrieval.evaluation.running import Plan, evaluate_paths
from retrieval.evaluation.stages import STAGES
from retrieval.opening import build_index

QUESTION = {
    "id": "a",
    "question": "Qui a été élue présidente de la chambre de commerce ?",
    "lang": "fr",
    "paragraphs": [1],
    "contains": "Awa Diallo",
    "dates": ["2025-04-03"],
}


@pytest.mark.usefixtures("loaded")
def test_one_run_measures_everything(beir: Path, tmp_path: Path) -> None:
    """Four systems, ways of typing, off-topic questions, stages and significance, as JSON and a page."""
    off = write_lines(tmp_path / "off.jsonl", [{"id": "o1", "text": "Quelle heure est-il ?", "lang": "fr"}])
    report = tmp_path / "report.html"
    arguments = ["evaluate", str(beir), "--compare", "--typed", "--stages", "--json"]
    arguments += ["--off-topic", str(off), "--html", str(report)]
    result = CliRunner().invoke(cli.app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    measured = json.loads(result.stdout)
    petit = measured["collections"]["petit"]
    assert list(petit["baselines"]) == ["bm25", "dense", "rrf"]
    assert petit["baselines"]["bm25"]["hit@1"]["value"] == 1
    assert set(petit["stages"]) < set(STAGES)
    assert {"ndcg@10_typed", "typed_loss", "ndcg@10_misspelt", "misspelt_loss"} <= petit.keys()
    assert {"ece", "answered_off_topic", "shown_off_topic"} <= petit.keys()
    assert "latency_p50_ms" not in petit["baselines"]["bm25"]
    assert {(one["system"], one["other"]) for one in measured["comparisons"]} == {
        ("default", name) for name in ("bm25", "dense", "rrf")
    }
    assert "</html>" in report.read_text(encoding="utf-8")


@pytest.mark.usefixtures("loaded")
def test_the_systems_asked_for_are_measured(beir: Path) -> None:
    """In the order given; a system there is not is the caller's mistake."""
    chosen = ["evaluate", str(beir), "--json", "--system", "rrf", "--system", "bm25"]
    measured = json.loads(CliRunner().invoke(cli.app, chosen, catch_exceptions=False).stdout)
    assert measured["collections"]["petit"]["system"] == "rrf"
    assert list(measured["collections"]["petit"]["baselines"]) == ["bm25"]
    assert "comparisons" not in measured
    with pytest.raises(
        CollectionError, match="'bm26' is not a system: choose among default, bm25, dense, rrf"
    ):
        CliRunner().invoke(cli.app, ["evaluate", str(beir), "--system", "bm26"], catch_exceptions=False)


def test_a_model_is_loaded_once(beir: Path, folder: Path, tmp_path: Path, loaded: list[str | None]) -> None:
    """Whatever is asked with it: BEIR folders, and questions files asked of one archive."""
    files = [write_lines(tmp_path / f"{name}.jsonl", [QUESTION]) for name in ("ours", "more")]
    evaluations = evaluate_paths([beir, *files], folder, Plan(["default"]))
    assert [one.collection for systems in evaluations for one in systems] == ["petit", "ours", "more"]
    assert [systems[0].figures["hit@1"].value for systems in evaluations] == [1, 1, 1]
    assert len(loaded) == 1


def test_an_index_folder_is_asked_with_its_own_model(
    folder: Path, tmp_path: Path, encoder: HashEncoder, loaded: list[str | None]
) -> None:
    build_index(folder, tmp_path / "index").close()
    encoder.passages.clear()
    questions = write_lines(tmp_path / "ours.jsonl", [QUESTION])
    [[evaluation]] = evaluate_paths([questions], tmp_path / "index", Plan(["default"]))
    assert evaluation.figures["hit@1"].value == 1
    assert (loaded, encoder.passages) == (["hash"], [])
