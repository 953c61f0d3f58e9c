"""Results of evaluations as data: a JSON file a commit, from which the tables of the READMEs are made.

Only figures that do not depend on the machine are kept: no latencies, and nothing of a single question.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval.errors import CollectionError
from retrieval.evaluation.evaluator import LANGUAGE, Evaluation, Record
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.report import LABELS, MACHINE_DEPENDENT, PART_FIGURES

ROOT = Path(__file__).parents[2]
"""The checkout that this package is in."""

FOLDER = Path(__file__).parent / "results"
"""Where results are saved."""

MEASURED_CODE = ("retrieval", "bot", ":(exclude)retrieval/evaluation/results", ":(exclude,glob)**/*.md")
"""What results are of, as Git's path specifications: uncommitted changes to it are refused."""

DECIMALS = 4
_FIGURE = re.compile(r'\{\s+("value": [^\s,]+),\s+("low": [^\s,]+),\s+("high": \S+)\s+\}')


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a system on a collection, or on its questions in one language.

    ``n`` is the number of questions, ``n_unanswerable`` how many of them have no answer.
    """

    n: int
    n_unanswerable: int
    figures: Mapping[str, Figure]
    by_language: Mapping[str, Result] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What one command measured: results by collection, then by system.

    ``verb`` is that of the command line, ``date`` the time of saving (ISO 8601, UTC), and ``model`` the
    embedding model.
    """

    verb: str
    command: str
    commit: str
    date: str
    model: str
    collections: Mapping[str, Mapping[str, Result]]


def commit_name(root: Path = ROOT) -> str:
    """Return the short name of the commit that a checkout is at.

    Raises:
        CollectionError: it is no Git checkout, or its code has uncommitted changes.
    """
    if changed := _git(root, "status", "--porcelain", "--", *MEASURED_CODE):
        raise CollectionError(
            f"Results are named after a commit, and {changed.split(maxsplit=1)[1].splitlines()[0]} has "
            "uncommitted changes: commit them, or leave out --save."
        )
    return _git(root, "rev-parse", "--short", "HEAD")


def _git(root: Path, *arguments: str) -> str:
    try:
        ran = subprocess.run(  # noqa: S603 - the arguments are those above
            ["git", "-C", str(root), *arguments],  # noqa: S607 - whichever Git the person uses
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise CollectionError(
            f"Results are named after a commit, and {root} is no Git checkout: leave out --save."
        ) from error
    return ran.stdout.strip()


def saved_run(
    verb: str, arguments: Sequence[str], commit: str, model: str, evaluations: Iterable[Evaluation]
) -> SavedRun:
    """Return evaluations as a run to save; ``arguments`` are those of the command line."""
    collections: dict[str, dict[str, Result]] = {}
    for evaluation in evaluations:
        collections.setdefault(evaluation.collection, {})[evaluation.system] = _result_of(evaluation)
    return SavedRun(
        verb=verb,
        command=command_line(arguments),
        commit=commit,
        date=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        model=Path(model).name,
        collections=collections,
    )


def command_line(arguments: Sequence[str]) -> str:
    """Return a command that can be published: absolute paths are cut to their names.

    Options that change no figure, --save and --json, are left out.
    """
    kept = (argument for argument in arguments if argument not in ("--save", "--json"))
    names = (Path(one).name if Path(one).is_absolute() else one for one in kept)
    return f"python -m retrieval {shlex.join(names)}"


def save(run: SavedRun, folder: Path) -> Path:
    """Write a run into the file of its commit, in the place of an earlier run of the same command there.

    Returns:
        The file.
    """
    path = folder / f"{run.commit}.json"
    kept = [one for one in read_runs([path]) if one.command != run.command] if path.exists() else []
    text = json.dumps({"runs": [_as_json(one) for one in (*kept, run)]}, ensure_ascii=False, indent=1)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_FIGURE.sub(r"{\1, \2, \3}", text) + "\n", encoding="utf-8")
    return path


def saved_runs(folder: Path = FOLDER) -> list[SavedRun]:
    """Return every run that was saved, from the oldest to the newest.

    Raises:
        CollectionError: a file of results is damaged.
    """
    return sorted(read_runs(sorted(folder.glob("*.json"))), key=lambda run: run.date)


def read_runs(paths: Iterable[Path]) -> Iterator[SavedRun]:
    """Yield the runs in some files of results.

    Raises:
        CollectionError: one is damaged.
    """
    for path in paths:
        try:
            for fields in json.loads(path.read_text(encoding="utf-8"))["runs"]:
                collections = {
                    name: {system: _parsed(result) for system, result in systems.items()}
                    for name, systems in fields.pop("collections").items()
                }
                yield SavedRun(**fields, collections=collections)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise CollectionError(f"{path} is no file of results ({error!r}): delete it.") from error


def newest(runs: Sequence[SavedRun], verb: str, collection: str, model: str) -> SavedRun | None:
    """Return the newest of some runs, in order of date, of a verb on a collection with a model, or None."""
    fitting = (run for run in reversed(runs) if run.verb == verb and run.model == model)
    return next((run for run in fitting if collection in run.collections), None)


def _result_of(evaluation: Evaluation) -> Result:
    return Result(
        *_counts(evaluation.records),
        figures=_kept(evaluation.figures, LABELS),
        by_language={
            language: Result(*_counts(part.records), figures=_kept(part.figures, PART_FIGURES))
            for language, part in evaluation.parts[LANGUAGE].items()
        },
    )


def _counts(records: Sequence[Record]) -> tuple[int, int]:
    return len(records), sum(not record.query.answerable for record in records)


def _kept(figures: Mapping[str, Figure], names: Iterable[str]) -> dict[str, Figure]:
    return {
        name: _rounded(figures[name]) for name in names if name in figures and name not in MACHINE_DEPENDENT
    }


def _rounded(figure: Figure) -> Figure:
    low, high = (None if bound is None else round(bound, DECIMALS) for bound in (figure.low, figure.high))
    return Figure(round(figure.value, DECIMALS), low, high)


def _as_json(run: SavedRun) -> dict[str, Any]:
    return {
        "verb": run.verb,
        "command": run.command,
        "commit": run.commit,
        "date": run.date,
        "model": run.model,
        "collections": {
            name: {system: _result_json(result) for system, result in systems.items()}
            for name, systems in run.collections.items()
        },
    }


def _result_json(result: Result) -> dict[str, Any]:
    fields: dict[str, Any] = {"n": result.n, "n_unanswerable": result.n_unanswerable}
    fields["figures"] = {name: figure.as_json() for name, figure in result.figures.items()}
    if result.by_language:
        fields["by_language"] = {name: _result_json(one) for name, one in result.by_language.items()}
    return fields


def _parsed(fields: Mapping[str, Any]) -> Result:
    return Result(
        n=fields["n"],
        n_unanswerable=fields["n_unanswerable"],
        figures={name: Figure(**figure) for name, figure in fields["figures"].items()},
        by_language={name: _parsed(one) for name, one in fields.get("by_language", {}).items()},
    )
