"""The verbs of an archive: index, ask, search and timeline; and dates, which needs none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.cli.options import (
    NOTHING,
    SEEDS,
    ArchivePath,
    AsJson,
    Model,
    Precision,
    Question,
    ReaderModel,
    Since,
    Until,
    Weights,
)
from retrieval.cli.output import print_json, print_marked, progress_bar
from retrieval.cli.streams import print_note
from retrieval.types import PRECISION

if TYPE_CHECKING:
    from retrieval.archive import Archive

app = typer.Typer()

LOADING = "Loading the model"
"""What a terminal is shown until there is something to index."""


@app.command(epilog="Example: python -m retrieval index news --output news.index")
def index(
    folder: Annotated[
        Path,
        typer.Argument(help="A folder of articles: .txt, .md, .markdown; subfolders and links are followed."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to keep the index; by default the user's cache."),
    ] = None,
    model: Model = None,
) -> None:
    """Index a folder of articles, or bring its index up to date: only what changed is read again."""
    from retrieval.opening import build_index, open_archive
    from retrieval.present.text import counted
    from retrieval.spans import measured

    with progress_bar(LOADING) as progress, measured() as seconds:
        archive = (
            build_index(folder, output, model=model, progress=progress)
            if output
            else open_archive(folder, model=model, reader="off", progress=progress)
        )
    statistics = archive.index.statistics()
    held = f"{counted(statistics.articles, 'article')}, {counted(statistics.passages, 'passage')}"
    print_note(f"{held} in {archive.folder}{_shares(seconds)}")
    archive.close()


@app.command(
    epilog='Example: python -m retrieval ask "Quand le retrait a-t-il été officialisé ?" --archive news'
)
def ask(
    question: Question,
    archive: ArchivePath = SEEDS,
    since: Since = None,
    until: Until = None,
    model: Model = None,
    weights: Weights = None,
    reader: ReaderModel = None,
    precision: Precision = PRECISION,
    as_json: AsJson = False,
) -> None:
    """Answer a question with the passage that answers it.

    Exit with 1 when no answer is sure: the nearest passage is then printed, or that there is none.
    """
    from retrieval.present.records import answer_record

    with _open(archive, model, weights, reader, precision) as opened:
        answer = opened.ask(question, since=since, until=until)
    if as_json:
        print_json(answer_record(answer))
    else:
        print(answer)
    if not answer.answered:
        raise typer.Exit(NOTHING)


@app.command(
    epilog='Example: python -m retrieval search "énergie et mines" -k 3 --since 2025-01 --archive news'
)
def search(
    question: Question,
    archive: ArchivePath = SEEDS,
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages.")] = 10,
    since: Since = None,
    until: Until = None,
    model: Model = None,
    weights: Weights = None,
    reader: ReaderModel = None,
    as_json: AsJson = False,
) -> None:
    """List the best passages for a question, best first, whether they answer it or not."""
    from retrieval.present.records import hit_record

    with _open(archive, model, weights, reader) as opened:
        hits = opened.search(question, k, since=since, until=until)
    if as_json:
        print_json([hit_record(hit) for hit in hits])
    else:
        print("\n\n".join(map(str, hits)))
    if not hits:
        raise typer.Exit(NOTHING)


@app.command(
    epilog='Example: python -m retrieval timeline "AES et Russie" --plot timeline.png --archive news'
)
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
    """Quote the dated facts of a story in order of date; exit with 1 when there are none."""
    from retrieval.present.records import timeline_record
    from retrieval.present.text import timeline_lines

    with _open(archive, model, weights, "off") as opened:
        story = opened.timeline(subject, since=since, until=until, limit=limit)
    if as_json:
        print_json(timeline_record(story))
    elif story.entries:
        print_marked(timeline_lines(story))
    if not story.entries:
        raise typer.Exit(NOTHING)
    if plot:
        from retrieval.present.picture import png

        plot.write_bytes(png(story))


@app.command(epilog='Example: python -m retrieval dates "le 29 janvier" --published 2025-04')
def dates(
    text: Annotated[str, typer.Argument(help="A text in French or English.")],
    published: Annotated[
        str | None, typer.Option(help="When it was published (EDTF): what its dates are resolved against.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the dates in a text and resolve them; exit with 1 when there are none."""
    from retrieval.dates import check_edtf, find
    from retrieval.present.records import mention_record

    mentions = find(text, check_edtf(published) if published else None)
    if as_json:
        print_json([mention_record(mention) for mention in mentions])
    else:
        for mention in mentions:
            print(f"{mention.text}\t{mention.value}")
    if not mentions:
        raise typer.Exit(NOTHING)


def _open(
    path: Path,
    model: str | None,
    weights: Path | None = None,
    reader: str | None = None,
    precision: float = PRECISION,
) -> Archive:
    from retrieval.opening import open_archive

    with progress_bar(LOADING) as progress:
        return open_archive(
            path, model=model, weights=weights, reader=reader, precision=precision, progress=progress
        )


def _shares(seconds: Mapping[str, float]) -> str:
    """Return what shares of the time of indexing went where; nothing where nothing was indexed."""
    total = sum(seconds.values())
    if "embedding" not in seconds:
        return ""
    largest_first = sorted(seconds.items(), key=lambda item: -item[1])
    shares = ", ".join(f"{name} {100 * spent / total:.0f} %" for name, spent in largest_first)
    return f" ({shares} of {total:.0f} s)"
