"""The verbs of the reader: train it, and fit what it counts for."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from retrieval.cli.options import Model, ReaderModel, Weights
from retrieval.cli.output import progress_bar
from retrieval.errors import CollectionError, WeightsError

app = typer.Typer()


@app.command("train-reader")
def train_reader(
    data: Annotated[Path, typer.Option(help="The folder of the data, with retrieval/ and reading/ in it.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the trained weights.")],
    start: Annotated[
        Path | None, typer.Option(help="Weights to train on from; else those of multilingual-e5-small.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that is in --folder.")] = False,
    minutes: Annotated[float, typer.Option(min=0, help="How long to train, what was resumed included.")] = 60,
    folder: Annotated[
        Path | None,
        typer.Option(
            help="Where to write checkpoints, the log and the learning curve.",
            show_default="a folder beside the weights",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="What the order of the data is drawn from.")] = 0,
    processes: Annotated[int, typer.Option(min=1, help="Processes to train with, one core each.")] = 1,
) -> None:
    """Train the reader's upper layers on questions, passages that answer them, and ones that do not.

    The identifiers of the questions that were left out are written to held_out.json in the folder.
    """
    from retrieval.training.reader.running import Settings, train
    from retrieval.training.reader.training import Run

    run = Run(folder or output.with_suffix(".run"), minutes, seed)
    digest = train(Settings(data, output, run, start, resume=resume), processes, _report)
    print(f"The weights are in {output}; their SHA-256 is {digest}.", file=sys.stderr)


@app.command("export-reader")
def export_reader(
    checkpoint: Annotated[Path, typer.Argument(help="The checkpoint of a run of train-reader.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the weights.")],
) -> None:
    """Write the weights that a checkpoint of train-reader holds, and print their SHA-256."""
    from retrieval.encoders.reader.weights import write_weights
    from retrieval.training.reader.checkpoint import read_checkpoint

    print(write_weights(read_checkpoint(checkpoint).average, output))


def _identifiers(file: Path | None) -> frozenset[str]:
    """Return the identifiers in a JSON list.

    Raises:
        CollectionError: the file is no such list.
    """
    if file is None:
        return frozenset()
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CollectionError(f"{file} cannot be read as a JSON list of identifiers ({error}).") from error
    if not isinstance(found, list):
        raise CollectionError(f"{file} has no JSON list of identifiers: write one.")
    return frozenset(map(str, found))


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@app.command("fit-reader")
def fit_reader(
    asked: Annotated[list[Path], typer.Argument(help="BEIR folders of questions it was not trained on.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the weights.")],
    only: Annotated[
        Path | None,
        typer.Option(help="A JSON list of query ids (held_out.json): of a folder that has some, these."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Questions from each folder, at most.")] = 800,
    report: Annotated[bool, typer.Option("--report", help="Show what each feature brings.")] = False,
    model: Model = None,
    weights: Weights = None,
    reader: ReaderModel = None,
) -> None:
    """Fit what a reader counts for in the ranking, and the confidence that comes of it."""
    from retrieval.encoders import load_encoder
    from retrieval.evaluation.collections import read_collections, spaced
    from retrieval.evaluation.corpora import corpus_archive
    from retrieval.opening import load_ranker
    from retrieval.ranking.bundled import write_weights
    from retrieval.training.reading_fit import fit_reading
    from retrieval.training.reading_samples import collection_read_samples, with_off_topic

    named = _identifiers(only)
    with progress_bar() as progress:
        encoder = load_encoder(model)
        ranker = load_ranker(encoder, weights, reader)
        if ranker.reader is None:
            raise WeightsError("There is no reader to fit: name one with --reader.")
        parts = []
        for collection in read_collections(asked):
            chosen = tuple(query for query in collection.queries if query.id in named)
            parts.append(spaced(replace(collection, queries=chosen or collection.queries), limit))
        samples = {}
        for path, part in zip(asked, with_off_topic(parts), strict=True):
            with corpus_archive(part, path, encoder, ranker, progress) as archive:
                samples[part.name] = collection_read_samples(part, archive, ranker.reader)
    fitted = fit_reading(ranker.weights, ranker.reader, list(samples.values()), list(samples))
    write_weights(fitted, encoder, output)
    if report:
        from rich.console import Console

        from retrieval.training.reading_ablation import brought_table, features_brought
        from retrieval.training.reading_fit import confidence_rows, fit_ratio

        listed = list(samples.values())
        Console().print(brought_table(features_brought(confidence_rows(listed, fit_ratio(listed)))))
    print(f"weights of {ranker.reader.name} fitted on {', '.join(samples)} are in {output}", file=sys.stderr)
