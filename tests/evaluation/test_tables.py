"""The tables of the READMEs are those of the newest saved results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from evaluation.scripted import QUESTIONS
from typer.testing import CliRunner

from retrieval import cli
from retrieval.encoders import BUNDLED
from retrieval.errors import CollectionError
from retrieval.evaluation import Evaluation
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.results import SavedRun, saved_run, saved_runs
from retrieval.evaluation.tables import TABLES, out_of_date, regenerated

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "retrieval" / "evaluation" / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=["README", "evaluation"])
def test_the_tables_of_a_page_are_those_of_the_newest_results(page: Path) -> None:
    """To bring them up to date: python -m retrieval tables."""
    assert out_of_date([page], saved_runs()) == {}


def run(verb: str, *evaluations: Evaluation) -> SavedRun:
    return saved_run(verb, [verb], "abc1234", BUNDLED, evaluations)


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a Markdown text, by row."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def page(name: str) -> str:
    return f"Before.\n\n<!-- figures: {name} -->\nformer figures\n<!-- /figures -->\n\nAfter.\n"


def test_our_own_questions(evaluation: Evaluation, baseline: Evaluation) -> None:
    """Figures down, systems across, the questions in French on a line of their own."""
    unseen = [replace(one, collection="questions_unseen") for one in (evaluation, baseline)]
    text = regenerated(page("questions"), [run("evaluate", evaluation, baseline, *unseen)])
    assert text.startswith("Before.\n\n<!-- figures: questions -->\n|")
    assert text.endswith("|\n<!-- /figures -->\n\nAfter.\n")
    assert "former figures" not in text
    table = rows(text)
    head, _, title, first, french, *_ = table
    figure = evaluation.figures["hit@1"]
    assert head[1:] == ["Verbatim", "BM25 alone", "dense alone"]
    assert title[0] == f"**our own questions** ({len(QUESTIONS.queries)} questions, 2 without an answer)"
    assert first[1:] == [f"0.75 [{figure.low:.2f}, {figure.high:.2f}]", "0.00 [0.00, 0.00]", ""]
    assert french[:2] == ["… in French (2 with an answer)", "1.00 [1.00, 1.00]"]
    assert [row[0] for row in table].count("right when answered") == 2
    precision = next(row for row in table if row[0] == "right when answered")
    assert precision[2:] == ["", ""], "a baseline never stays silent"


def test_collections_are_in_their_order_and_only_those_measured(evaluation: Evaluation) -> None:
    piaf, cnil = (
        replace(evaluation, collection=name, figures={"ndcg@10": Figure(value, 0.1, 0.9)})
        for name, value in (("piaf", 0.88), ("cnil_faq", 0.67))
    )
    _, _, *measured = rows(regenerated(page("held-out"), [run("evaluate-fit", cnil, piaf)]))
    assert [row[:3] for row in measured] == [
        ["PIAF", "6", "0.88 [0.10, 0.90]"],
        ["CNIL", "6", "0.67 [0.10, 0.90]"],
    ]


def test_questions_in_time_with_dates_and_without(evaluation: Evaluation) -> None:
    dated = replace(evaluation, collection="orange_news in time")
    without = replace(dated, system="without dates", figures={"hit@1": Figure(0.25, None, None)})
    [row] = rows(regenerated(page("time"), [run("evaluate-time", dated, without)]))[2:]
    assert row[0] == "Orange news"
    assert row[2].startswith("0.75")
    assert row[3] == "0.25"


def test_the_newest_results_count(evaluation: Evaluation) -> None:
    old = run(
        "evaluate-fit", replace(evaluation, collection="piaf", figures={"auroc": Figure(0.5, None, None)})
    )
    new = run(
        "evaluate-fit", replace(evaluation, collection="piaf", figures={"auroc": Figure(0.9, None, None)})
    )
    assert "0.90" in regenerated(page("held-out"), [old, new])
    assert "0.50" in regenerated(page("held-out"), [new, old])
    assert "0.90" not in regenerated(page("held-out"), [old, replace(new, model="other")])


@pytest.mark.parametrize("name", TABLES)
def test_what_was_never_saved_says_how_it_is(name: str) -> None:
    assert "No results were saved: run `python -m retrieval evaluate" in regenerated(page(name), [])


def test_a_block_that_names_no_table_is_refused() -> None:
    with pytest.raises(CollectionError, match="'latency' is no table: a block names one of summary"):
        regenerated(page("latency"), [])


def test_the_command_brings_a_page_up_to_date(tmp_path: Path) -> None:
    """With --check it changes nothing, and its exit code says what is to be done."""
    file = tmp_path / "page.md"
    file.write_text(page("questions"), encoding="utf-8")
    runner = CliRunner()
    checked = runner.invoke(cli.app, ["tables", "--check", str(file)])
    assert (checked.exit_code, file.read_text(encoding="utf-8")) == (1, page("questions"))
    assert "page.md are not those of the newest results" in checked.stderr
    assert runner.invoke(cli.app, ["tables", str(file)]).exit_code == 0
    assert "hit@1" in file.read_text(encoding="utf-8")
    assert runner.invoke(cli.app, ["tables", "--check", str(file)]).exit_code == 0


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"nowhere\.md cannot be read"):
        out_of_date([tmp_path / "nowhere.md"], [])
