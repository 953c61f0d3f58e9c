"""Results as data: a file a commit, whose figures depend neither on the machine nor on its paths."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from retrieval import cli
from retrieval.errors import CollectionError
from retrieval.evaluation import Evaluation, results
from retrieval.evaluation.results import command_line, commit_name, newest, save, saved_run, saved_runs


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    ran = subprocess.run(
        ["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True, encoding="utf-8"
    )
    return ran.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A Git checkout with some code in it."""
    root = tmp_path / "checkout"
    (root / "retrieval" / "evaluation").mkdir(parents=True)
    (root / "retrieval" / "code.py").write_text("1\n")
    (root / "notes.txt").write_text("a\n")
    git(tmp_path, "init", "-q", str(root))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Begin")
    return root


def test_results_are_named_after_the_commit(checkout: Path) -> None:
    """Whatever changed beside the code: notes, READMEs, and results themselves."""
    head = git(checkout, "rev-parse", "--short", "HEAD")
    (checkout / "notes.txt").write_text("b\n")
    for changed in ("retrieval/evaluation/results/abc.json", "retrieval/evaluation/README.md"):
        (checkout / changed).parent.mkdir(exist_ok=True)
        (checkout / changed).write_text("{}\n")
    assert commit_name(checkout) == head


@pytest.mark.parametrize("changed", ["retrieval/code.py", "retrieval/new.py", "bot/new.py"])
def test_uncommitted_code_is_refused(checkout: Path, changed: str) -> None:
    (checkout / changed).parent.mkdir(exist_ok=True)
    (checkout / changed).write_text("2\n")
    with pytest.raises(CollectionError, match="has uncommitted changes: commit them, or leave out --save"):
        commit_name(checkout)


def test_without_git_results_have_no_name(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="is no Git checkout: leave out --save"):
        commit_name(tmp_path)


def test_what_is_saved_is_read_again(tmp_path: Path, evaluation: Evaluation, baseline: Evaluation) -> None:
    """By collection and system; the figures of each language too, latencies left out."""
    run = saved_run("evaluate", ["evaluate", "q.jsonl"], "abc1234", "a-model", [evaluation, baseline])
    path = save(run, tmp_path / "results")
    assert path.name == "abc1234.json"
    assert saved_runs(tmp_path / "results") == [run]
    ours, theirs = run.collections["questions"].values()
    assert list(run.collections["questions"]) == ["default", "bm25"]
    assert (ours.n, ours.n_unanswerable, theirs.figures["hit@1"].value) == (6, 2, 0)
    assert ours.by_language["en"].figures["hit@1"].value == 0.5
    assert ours.by_language["en"].n == 3
    assert not any("latency" in name for name in ours.figures)
    figure = json.loads(path.read_text())["runs"][0]["collections"]["questions"]["default"]["figures"][
        "auroc"
    ]
    assert figure.keys() == {"value", "low", "high"}


def test_a_command_run_again_replaces_its_results(tmp_path: Path, evaluation: Evaluation) -> None:
    """At one commit; another command is kept beside it, in the same file."""
    run = saved_run("evaluate", ["evaluate", "q.jsonl"], "abc1234", "m", [evaluation])
    other = saved_run("evaluate-fit", ["evaluate-fit", "piaf"], "abc1234", "m", [evaluation])
    again = replace(run, date="2999-01-01T00:00:00+00:00")
    for one in (run, other, again):
        path = save(one, tmp_path)
    assert list(tmp_path.iterdir()) == [path]
    assert saved_runs(tmp_path) == [other, again]


def test_a_command_names_no_folder_of_the_machine() -> None:
    arguments = ["evaluate", "tests/q.jsonl", "/home/me/data/my piaf", "--save", "--limit", "10", "--json"]
    assert command_line(arguments) == "python -m retrieval evaluate tests/q.jsonl 'my piaf' --limit 10"


def test_the_newest_run_of_a_collection_is_found(evaluation: Evaluation) -> None:
    """By verb and model; a newer run on something else does not hide it."""
    run = saved_run("evaluate", ["evaluate"], "abc1234", "m", [evaluation])
    elsewhere = saved_run("evaluate", ["evaluate"], "def", "m", [replace(evaluation, collection="piaf")])
    runs = [replace(run, commit="old"), run, elsewhere, replace(run, verb="evaluate-fit")]
    assert newest(runs, "evaluate", "questions", "m") == run
    assert newest(runs, "evaluate", "questions", "other") is None
    assert newest(runs, "evaluate-time", "questions", "m") is None


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "abc.json").write_text('{"runs": [{}]}')
    with pytest.raises(CollectionError, match=r"abc\.json is no file of results"):
        saved_runs(tmp_path)


@pytest.mark.usefixtures("loaded")
def test_the_command_saves_what_it_measured(
    beir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "commit_name", lambda: "abc1234")
    monkeypatch.setattr(results, "FOLDER", tmp_path / "results")
    done = CliRunner().invoke(cli.app, ["evaluate", str(beir), "--save"], catch_exceptions=False)
    assert done.exit_code == 0
    [run] = saved_runs(tmp_path / "results")
    assert (run.verb, run.commit) == ("evaluate", "abc1234")
    assert list(run.collections["petit"]) == ["default", "bm25", "dense", "rrf"]


@pytest.mark.usefixtures("loaded")
def test_it_is_refused_before_anything_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise CollectionError("uncommitted")

    monkeypatch.setattr(results, "commit_name", refuse)
    for verb in ("evaluate", "evaluate-fit", "evaluate-time"):
        with pytest.raises(CollectionError, match="uncommitted"):
            CliRunner().invoke(cli.app, [verb, "nowhere", "--save"], catch_exceptions=False)
