"""The options that several verbs share, and how each explains itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from retrieval.cli.arguments import shown

NOTHING, MISTAKE, INTERRUPTED = 1, 2, 130
"""Exit codes: nothing found or below the bar, the caller's mistake, interrupted."""

SEEDS = Path("seeds")

OFF = "off"
"""In place of a reader's name: none."""

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


def chosen_reader(context: typer.Context, reader: str | None) -> str | None:
    """Return the reader that the command line or the environment asks for.

    ``READER=off`` in the environment is ``--reader off``, where the command line does not name a reader.

    Raises:
        typer.BadParameter: READER is neither on nor off.
    """
    switch = os.environ.get("READER") or "on"
    if switch not in {"on", OFF}:
        raise typer.BadParameter(f"READER is {shown(switch)!r} in the environment: set it to on or off.")
    source = context.get_parameter_source("reader")
    named = source is not None and source.name == "COMMANDLINE"
    return OFF if switch == OFF and not named else reader


ReaderModel = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME|off",
        envvar="READER_MODEL",
        callback=chosen_reader,
        help="The model that reads the first passages, by name or folder; off, or READER=off in the"
        " environment, for none.",
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
    bool, typer.Option("--compare", help="Say whether the first system's lead on the others is significant.")
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
Save = Annotated[
    bool,
    typer.Option("--save", help="Save the figures in retrieval/evaluation/results, named after the commit."),
]
Asked = Annotated[list[Path], typer.Argument(help="BEIR folders of questions as people ask them.")]
RankOnly = Annotated[
    list[Path] | None, typer.Option(help="A BEIR folder to learn the ranking from, not the silence.")
]
Sentences = Annotated[
    list[Path] | None,
    typer.Option(help="A BEIR folder whose questions have their answers, to choose sentences by."),
]
