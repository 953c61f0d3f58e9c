"""The command line: the verbs of an archive. JSON goes to stdout, everything else to stderr.

Exit codes: 0 done, 1 nothing found or below the bar, 2 the caller's mistake.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.errors import VerbatimError
from retrieval.types import PRECISION

if TYPE_CHECKING:
    from retrieval.archive import Archive
    from retrieval.evaluation.evaluator import Evaluation
    from retrieval.opening import Progress

NOTHING, MISTAKE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="python -m retrieval",
    help="Ask a news archive a question; get the passage that answers, word for word, with its dates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Question = Annotated[str, typer.Argument(help="What to ask, in any of the model's languages.")]
ArchivePath = Annotated[
    Path, typer.Option("--archive", "-a", envvar="ARCHIVE", help="A folder of articles, or an index folder.")
]
Model = Annotated[
    str | None,
    typer.Option(
        envvar="EMBEDDING_MODEL",
        help="A sentence-transformers model, by name or folder; none is the bundled one.",
    ),
]
Weights = Annotated[
    Path | None,
    typer.Option(envvar="WEIGHTS", help="Ranking weights written by `fit`; none are those of the package."),
]
RerankerModel = Annotated[
    str | None,
    typer.Option(
        "--reranker",
        envvar="RERANKER_MODEL",
        help="A cross-encoder that rereads the first passages, by name or folder; none by default.",
    ),
]
Precision = Annotated[
    float,
    typer.Option(
        envvar="ANSWER_PRECISION",
        min=0.5,
        max=0.98,
        help="The share of first quotes that are to be right: the higher, the more often it keeps silent.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Since = Annotated[
    str | None, typer.Option(help="Keep to articles published from this date on (2025, 2025-04, 2025-04-03).")
]
Until = Annotated[str | None, typer.Option(help="Keep to articles published up to this date.")]
Systems = Annotated[
    list[str] | None,
    typer.Option(
        "--system",
        help="What to measure: default, bm25, dense, rrf; once for each. These four by default; also txtai.",
    ),
]
Compare = Annotated[
    bool, typer.Option("--compare", help="Say whether the first system's lead on the others is luck.")
]
Typed = Annotated[
    bool, typer.Option("--typed", help="Also ask as people type: without accents or capitals; with a slip.")
]
OffTopic = Annotated[
    Path | None, typer.Option(help='Also ask questions on other subjects, {"id", "text", "lang"} a line.')
]
Html = Annotated[
    Path | None, typer.Option(help="Also write a report to read, with charts and the worst misses.")
]
Asked = Annotated[list[Path], typer.Argument(help="BEIR folders of questions as people ask them.")]
RankOnly = Annotated[
    list[Path] | None, typer.Option(help="A BEIR folder to learn the ranking from, not the silence.")
]
Sentences = Annotated[
    list[Path] | None,
    typer.Option(help="A BEIR folder whose questions have their answers, to choose sentences by."),
]
SEEDS = Path("seeds")


@app.command()
def index(
    folder: Annotated[Path, typer.Argument(help="A folder of articles: .txt, .md.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to keep the index; by default the user's cache."),
    ] = None,
    model: Model = None,
) -> None:
    """Index a folder of articles, or bring its index up to date: only what changed is read again."""
    from retrieval.opening import build_index, open_archive
    from retrieval.present import counted

    with _progress() as progress:
        archive = (
            build_index(folder, output, model=model, progress=progress)
            if output
            else open_archive(folder, model=model, progress=progress)
        )
    articles, passages = archive.counts()
    held = f"{counted(articles, 'article')}, {counted(passages, 'passage')}"
    print(f"{held} in {archive.folder}", file=sys.stderr)


@app.command()
def ask(
    question: Question,
    archive: ArchivePath = SEEDS,
    since: Since = None,
    until: Until = None,
    model: Model = None,
    weights: Weights = None,
    reranker: RerankerModel = None,
    precision: Precision = PRECISION,
    as_json: AsJson = False,
) -> None:
    """Answer a question with the passage that answers it; exit with 1 when nothing does."""
    from retrieval.records import answer_record

    opened = _open(archive, model, weights, reranker)
    opened.precision = precision
    answer = opened.ask(question, since=since, until=until)
    if as_json:
        _print_json(answer_record(answer))
    else:
        print(answer)
    if not answer.answered:
        raise typer.Exit(NOTHING)


@app.command()
def search(
    question: Question,
    archive: ArchivePath = SEEDS,
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages.")] = 10,
    since: Since = None,
    until: Until = None,
    model: Model = None,
    weights: Weights = None,
    reranker: RerankerModel = None,
    as_json: AsJson = False,
) -> None:
    """List the best passages for a question, best first, whether they answer it or not."""
    from retrieval.records import hit_record

    hits = _open(archive, model, weights, reranker).search(question, k, since=since, until=until)
    if as_json:
        _print_json([hit_record(hit) for hit in hits])
    else:
        print("\n\n".join(map(str, hits)))
    if not hits:
        raise typer.Exit(NOTHING)


@app.command()
def timeline(
    subject: Annotated[str, typer.Argument(help="What the story is about: names, an affair, a place.")],
    archive: ArchivePath = SEEDS,
    since: Annotated[str | None, typer.Option(help="Leave out what happened before this date.")] = None,
    until: Annotated[str | None, typer.Option(help="Leave out what happened after this date.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many facts, at most.")] = 20,
    plot: Annotated[Path | None, typer.Option(help="Also draw the timeline into this PNG file.")] = None,
    model: Model = None,
    weights: Weights = None,
    as_json: AsJson = False,
) -> None:
    """Tell a story in order of date, a quote a fact; exit with 1 when nothing dated is told of it."""
    from retrieval.records import timeline_record

    told = _open(archive, model, weights).timeline(subject, since=since, until=until, limit=limit)
    if as_json:
        _print_json(timeline_record(told))
    elif told.entries:
        print(told)
    if not told.entries:
        raise typer.Exit(NOTHING)
    if plot:
        from retrieval.plot import png

        plot.write_bytes(png(told))


@app.command()
def dates(
    text: Annotated[str, typer.Argument(help="A text in French or English.")],
    published: Annotated[
        str | None, typer.Option(help="When it was published (EDTF): what its dates are resolved against.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the dates told in a text; exit with 1 when there are none."""
    from retrieval.dates import check_edtf, find
    from retrieval.records import mention_record

    mentions = find(text, check_edtf(published) if published else None)
    if as_json:
        _print_json([mention_record(mention) for mention in mentions])
    else:
        for mention in mentions:
            print(f"{mention.text}\t{mention.value}")
    if not mentions:
        raise typer.Exit(NOTHING)


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
    limit: Annotated[int | None, typer.Option(min=1, help="Ask so many questions, evenly spaced.")] = None,
    bar: Annotated[
        list[str] | None,
        typer.Option(help="A figure to reach, such as ndcg@10=0.87 or ece=0.05; else the exit code is 1."),
    ] = None,
    model: Model = None,
    weights: Weights = None,
    reranker: RerankerModel = None,
    precision: Precision = PRECISION,
    as_json: AsJson = False,
) -> None:
    """Measure how good the answers are on labelled questions, with 95 % bootstrap intervals."""
    from retrieval.evaluation import write_run
    from retrieval.evaluation.bars import missed, parse_bars
    from retrieval.evaluation.baselines import SYSTEMS
    from retrieval.evaluation.running import Plan, evaluate_paths

    bars = parse_bars(bar or [])
    plan = Plan(
        system or SYSTEMS, limit, typed=typed, off_topic=off_topic, stages=stages, precision=precision
    )
    with _progress() as progress:
        evaluations = evaluate_paths(
            paths or [Path("tests/questions.jsonl")],
            archive,
            plan,
            model=model,
            weights=weights,
            reranker=reranker,
            progress=progress,
        )
    firsts = [systems[0] for systems in evaluations]
    if run:
        write_run(run, firsts)
    _tell(evaluations, compare=compare, html=html, as_json=as_json)
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
        int, typer.Option(min=1, help="Questions from each folder, at most: none is to drown the others.")
    ] = 700,
    model: Model = None,
) -> None:
    """Fit the ranker's weights on labelled questions: which passage, which sentence, how sure."""
    from retrieval.encoders import load_encoder
    from retrieval.evaluation.fitting import Parts, training_set
    from retrieval.ranking.stored import write_weights

    parts = Parts(asked, rank_only or [], sentences or [])
    with _progress() as progress:
        encoder = load_encoder(model)
        training = training_set(parts, encoder, limit=limit, progress=progress)
    weights = training.fit()
    write_weights(weights, encoder, output)
    print(f"weights fitted on {', '.join(weights.fitted_on)} are in {output}", file=sys.stderr)
    if report:
        from rich.console import Console

        from retrieval.evaluation.ablation import contributions, contributions_table

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
    limit: Annotated[
        int, typer.Option(min=1, help="Questions from each folder, at most, to fit on and to ask.")
    ] = 700,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Measure every folder with weights fitted on the others, told apart as for ``fit``."""
    from retrieval.evaluation.baselines import SYSTEMS
    from retrieval.evaluation.fitting import Parts
    from retrieval.evaluation.held_out import evaluate_held_out
    from retrieval.evaluation.running import Plan

    parts = Parts(asked, rank_only or [], sentences or [])
    plan = Plan(system or SYSTEMS, limit, typed=typed, off_topic=off_topic)
    with _progress() as progress:
        evaluations = evaluate_held_out(parts, plan, model=model, progress=progress)
    _tell(evaluations, compare=compare, html=html, as_json=as_json)


@app.command("evaluate-time")
def evaluate_time_bound(
    paths: Annotated[list[Path], typer.Argument(help="BEIR folders of dated news with headlines.")],
    limit: Annotated[int | None, typer.Option(min=1, help="Ask so many questions, evenly spaced.")] = None,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Measure what dates bring: questions that only their time settles, with dates and without."""
    from retrieval.evaluation.timebound import evaluate_time

    with _progress() as progress:
        evaluations = evaluate_time(paths, model=model, limit=limit, progress=progress)
    _tell(evaluations, compare=True, html=None, as_json=as_json)


@app.command("evaluate-dates")
def evaluate_date_layer(
    files: Annotated[list[Path], typer.Argument(help="Annotated texts: TIMEX3, Recognizers-Text, Duckling.")],
    as_json: AsJson = False,
) -> None:
    """Measure how often dates are read right, beside dateparser on the same expressions."""
    from rich.console import Console

    from retrieval.evaluation.temporal import evaluate_dates, scores_table

    scores = evaluate_dates(files)
    if as_json:
        _print_json({"files": {score.name: score.as_json() for score in scores}})
    else:
        Console().print(scores_table(scores))


def _open(path: Path, model: str | None, weights: Path | None = None, reranker: str | None = None) -> Archive:
    from retrieval.opening import open_archive

    with _progress() as progress:
        return open_archive(path, model=model, weights=weights, reranker=reranker, progress=progress)


def _tell(evaluations: list[list[Evaluation]], *, compare: bool, html: Path | None, as_json: bool) -> None:
    """Print what was measured, and how the systems compare where asked; a page of HTML says both."""
    from retrieval.evaluation.compare import compare as compared
    from retrieval.evaluation.html import write_html
    from retrieval.evaluation.output import as_json as evaluations_json
    from retrieval.evaluation.output import print_report

    every = [one for systems in evaluations for one in systems]
    comparisons = compared(every) if compare or html else []
    if html:
        write_html(html, evaluations, comparisons)
    told = comparisons if compare else []
    if as_json:
        _print_json(evaluations_json(every, told))
    else:
        print_report(evaluations, told)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar on stderr once there is something to index, if stderr is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Indexing articles"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


def main() -> None:
    """Run the command line; a mistake of the caller is one sentence on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # JSON is UTF-8 and so are articles, whatever the locale
            stream.reconfigure(encoding="utf-8")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        app()
    except VerbatimError as error:
        print(error, file=sys.stderr)
        sys.exit(MISTAKE)
    except OSError as error:  # a place to write that cannot be written to, a full disk
        print(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.", file=sys.stderr)
        sys.exit(MISTAKE)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            print("Interrupted; what was done is kept.", file=sys.stderr)
        raise
