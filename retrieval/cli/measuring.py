"""The verbs of an editor: measure how good the answers are, and fit the ranker."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.cli.options import (
    NOTHING,
    SEEDS,
    ArchivePath,
    AsJson,
    Asked,
    Compare,
    Html,
    Model,
    OffTopic,
    Precision,
    RankOnly,
    ReaderModel,
    Save,
    Sentences,
    Systems,
    Typed,
    Weights,
)
from retrieval.cli.output import print_json, progress_bar
from retrieval.types import PRECISION

if TYPE_CHECKING:
    from retrieval.evaluation.evaluator import Evaluation

Saving = Callable[[list[list["Evaluation"]]], Path]
"""Saves evaluations; returns the file."""

app = typer.Typer()


@app.command()
def evaluate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="BEIR folders, each asked of its own corpus, or questions files, asked of the archive.",
            show_default="tests/questions.jsonl",
        ),
    ] = None,
    archive: ArchivePath = SEEDS,
    system: Systems = None,
    compare: Compare = False,
    typed: Typed = False,
    off_topic: OffTopic = None,
    stages: Annotated[bool, typer.Option("--stages", help="Say where a question's time goes.")] = False,
    run: Annotated[Path | None, typer.Option(help="Also write the ranking as a TREC run file.")] = None,
    html: Html = None,
    save: Save = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask so many questions, evenly spaced.")] = None,
    bar: Annotated[
        list[str] | None,
        typer.Option(help="A figure to reach, such as ndcg@10=0.87 or ece=0.05; else the exit code is 1."),
    ] = None,
    model: Model = None,
    weights: Weights = None,
    reader: ReaderModel = None,
    precision: Precision = PRECISION,
    as_json: AsJson = False,
) -> None:
    """Measure how good the answers are on labelled questions, with 95 % bootstrap intervals."""
    from retrieval.evaluation import write_run
    from retrieval.evaluation.bars import missed, parse_bars
    from retrieval.evaluation.baselines import SYSTEMS
    from retrieval.evaluation.running import Plan, evaluate_paths

    bars = parse_bars(bar or [])
    saving = _saving("evaluate", model) if save else None
    plan = Plan(
        system or SYSTEMS, limit, typed=typed, off_topic=off_topic, stages=stages, precision=precision
    )
    with progress_bar() as progress:
        evaluations = evaluate_paths(
            paths or [Path("tests/questions.jsonl")],
            archive,
            plan,
            model=model,
            weights=weights,
            reader=reader,
            progress=progress,
        )
    firsts = [systems[0] for systems in evaluations]
    if run:
        write_run(run, firsts)
    _report(evaluations, saving, compare=compare, html=html, as_json=as_json)
    if shortfalls := missed(bars, firsts):
        for line in shortfalls:
            print(line, file=sys.stderr)
        raise typer.Exit(NOTHING)


@app.command()
def fit(
    asked: Asked,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the weights.")],
    rank_only: RankOnly = None,
    sentences: Sentences = None,
    report: Annotated[
        bool, typer.Option("--report", help="Say what each feature brings: the ranker is fitted without it.")
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, help="Questions from each folder, at most, so that no folder dominates.")
    ] = 700,
    model: Model = None,
) -> None:
    """Fit the ranker's weights on labelled questions: passages, sentences, confidence."""
    from retrieval.encoders import load_encoder
    from retrieval.ranking.bundled import write_weights
    from retrieval.training.training_set import Parts, training_set

    parts = Parts(asked, rank_only or [], sentences or [])
    with progress_bar() as progress:
        encoder = load_encoder(model)
        training = training_set(parts, encoder, limit=limit, progress=progress)
    weights = training.fit()
    write_weights(weights, encoder, output)
    print(f"weights fitted on {', '.join(weights.fitted_on)} are in {output}", file=sys.stderr)
    if report:
        from rich.console import Console

        from retrieval.training.ablation import contributions, contributions_table

        Console().print(contributions_table(contributions(training, weights)))


@app.command("evaluate-fit")
def evaluate_fit(
    asked: Asked,
    rank_only: RankOnly = None,
    sentences: Sentences = None,
    system: Systems = None,
    compare: Compare = False,
    typed: Typed = False,
    off_topic: OffTopic = None,
    html: Html = None,
    save: Save = False,
    limit: Annotated[
        int, typer.Option(min=1, help="Questions from each folder, at most, to fit on and to ask.")
    ] = 700,
    model: Model = None,
    reader: ReaderModel = None,
    as_json: AsJson = False,
) -> None:
    """Measure every folder with weights fitted on the others.

    Passages are read, except where what the reader counts for was fitted on the folder.
    """
    from retrieval.evaluation.baselines import SYSTEMS
    from retrieval.evaluation.running import Plan
    from retrieval.training.held_out import evaluate_held_out
    from retrieval.training.training_set import Parts

    saving = _saving("evaluate-fit", model) if save else None
    parts = Parts(asked, rank_only or [], sentences or [])
    plan = Plan(system or SYSTEMS, limit, typed=typed, off_topic=off_topic)
    with progress_bar() as progress:
        evaluations = evaluate_held_out(parts, plan, model=model, reader=reader, progress=progress)
    _report(evaluations, saving, compare=compare, html=html, as_json=as_json)


@app.command("evaluate-time")
def evaluate_time_bound(
    paths: Annotated[list[Path], typer.Argument(help="BEIR folders of dated news with headlines.")],
    limit: Annotated[int | None, typer.Option(min=1, help="Ask so many questions, evenly spaced.")] = None,
    save: Save = False,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Measure what dates bring: questions that only their time settles, with dates and without."""
    from retrieval.evaluation.timebound import evaluate_time

    saving = _saving("evaluate-time", model) if save else None
    with progress_bar() as progress:
        evaluations = evaluate_time(paths, model=model, limit=limit, progress=progress)
    _report(evaluations, saving, compare=True, html=None, as_json=as_json)


@app.command("evaluate-dates")
def evaluate_date_layer(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Annotated texts (TIMEX3, Recognizers-Text, Duckling), or the folder orange_news, "
            "of which 200 sentences were read by hand."
        ),
    ],
    misses: Annotated[
        bool, typer.Option("--misses", help="Also print the dates of the folder's sentences that are wrong.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how often dates are read right: beside dateparser, by confidence, and as they are shown."""
    from rich.console import Console

    from retrieval.evaluation.date_reliability import judged_dates, reliability, reliability_table
    from retrieval.evaluation.shown_dates import evaluate_sample, misses_text, sample_table
    from retrieval.evaluation.temporal import evaluate_dates, read_expressions, scores_table

    samples = {path.resolve().name: evaluate_sample(path) for path in paths if path.is_dir()}
    files = [path for path in paths if not path.is_dir()]
    scores = evaluate_dates(files)
    judged = {file.stem: judged_dates(read_expressions(file)) for file in files}
    if as_json:
        bands = {name: [band.as_json() for band in reliability(dates)] for name, dates in judged.items()}
        print_json(
            {
                "files": {one.name: {**one.as_json(), "reliability": bands[one.name]} for one in scores},
                "samples": {name: sample.as_json(misses=misses) for name, sample in samples.items()},
            }
        )
        return
    console = Console()
    if scores:
        console.print(scores_table(scores), reliability_table(judged))
    for sample in samples.values():
        console.print(sample_table(sample))
        if misses:
            print(misses_text(sample))


@app.command("fit-dates")
def fit_date_confidence(
    files: Annotated[list[Path], typer.Argument(help="Annotated texts: TIMEX3, Recognizers-Text, Duckling.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the counts.")],
) -> None:
    """Count how often each kind of date is right: what the confidence of dates is made of."""
    from retrieval.training.dates_fit import fit_dates

    counts = fit_dates(files, output)
    kinds = sum(map(len, counts.values()))
    print(f"counts of {kinds} kinds of dates are in {output}", file=sys.stderr)


@app.command()
def tables(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Markdown files with tables of figures.",
            show_default="README.md retrieval/evaluation/README.md",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 where a table is out of date.")
    ] = False,
) -> None:
    """Make the tables of the READMEs from the newest results that were saved with --save."""
    from retrieval.evaluation.results import saved_runs
    from retrieval.evaluation.tables import out_of_date

    changed = out_of_date(files or [Path("README.md"), Path("retrieval/evaluation/README.md")], saved_runs())
    for file, text in changed.items():
        if check:
            print(f"The tables of {file} are not those of the newest results.", file=sys.stderr)
        else:
            file.write_text(text, encoding="utf-8")
            print(f"{file} was brought up to date.", file=sys.stderr)
    if check and changed:
        raise typer.Exit(NOTHING)


def _saving(verb: str, model: str | None) -> Saving:
    """Return what saves the evaluations of a verb under the commit that the checkout is at.

    Called before anything is measured, so that a refusal costs nothing.
    """
    from retrieval.encoders import BUNDLED
    from retrieval.evaluation.results import FOLDER, commit_name, save, saved_run

    commit = commit_name()

    def saving(evaluations: list[list[Evaluation]]) -> Path:
        every = [one for systems in evaluations for one in systems]
        return save(saved_run(verb, sys.argv[1:], commit, model or BUNDLED, every), FOLDER)

    return saving


def _report(
    evaluations: list[list[Evaluation]],
    saving: Saving | None,
    *,
    compare: bool,
    html: Path | None,
    as_json: bool,
) -> None:
    """Print what was measured, and how the systems compare where asked; save it, and write a page of HTML."""
    from retrieval.evaluation.compare import compare as compared
    from retrieval.evaluation.html import write_html
    from retrieval.evaluation.output import as_json as evaluations_json
    from retrieval.evaluation.output import print_report

    if saving:
        print(f"The figures are in {saving(evaluations)}.", file=sys.stderr)
    every = [one for systems in evaluations for one in systems]
    comparisons = compared(every) if compare or html else []
    if html:
        write_html(html, evaluations, comparisons)
    printed = comparisons if compare else []
    if as_json:
        print_json(evaluations_json(every, printed))
    else:
        print_report(evaluations, printed)
