"""The tables of the READMEs, made from the newest saved results.

A block of a Markdown file between ``<!-- figures: NAME -->`` and ``<!-- /figures -->`` is the table NAME of
TABLES. A table whose results were never saved says with which command they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from retrieval.encoders import BUNDLED
from retrieval.errors import CollectionError
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.results import Result, SavedRun, newest

COLLECTIONS = {
    "questions": "our own questions",
    "questions_unseen": "unseen questions",
    "piaf": "PIAF",
    "fquad_valid": "FQuAD, validation",
    "afriqa_fr": "AfriQA",
    "orange_news": "Orange news",
    "news_natural_dev": "News, questions of readers",
    "debian_news_en_fr": "Debian news, English or French",
    "cnil_faq": "CNIL",
    "covidfaq_quebec": "COVID, Québec",
    "tico19_en_fr": "TICO-19, English",
}
"""The collections in the tables, by the names of their files, and what they are called there."""

_BLOCK = re.compile(r"(<!-- figures: ([\w-]+) -->\n).*?(<!-- /figures -->)", re.DOTALL)

Runs = Sequence[SavedRun]
"""Saved runs, from the oldest to the newest."""

Cell = tuple[str, str, bool]
"""A figure to show: of which system, which figure, and whether with its interval."""

_QUESTION_ROWS = {
    "hit@1": "right passage first (hit@1)",
    "hit@1 in fr": "… in French ({n} with an answer)",
    "hit@3": "… in the first three (hit@3)",
    "quote_in_sentence": "right words in bold",
    "dates_correct": "right dates, where the quote is right",
    "precision": "right when answered",
    "refused_answerable": "answerable, not answered for sure",
    "answered_unanswerable": "unanswerable answered",
    "shown_precision": "right when shown, sure or not",
    "nothing_answerable": "answerable, nothing shown",
    "shown_unanswerable": "unanswerable, something shown",
}
"""The rows of figures, the name of a figure followed by a language where it is that of a language."""

_SUMMARY = ("hit@1", "hit@3", "precision", "refused_answerable", "answered_unanswerable")
_SYSTEMS = {"default": "Verbatim", "bm25": "BM25 alone", "dense": "dense alone"}

_HELD_OUT: dict[str, Cell] = {
    "nDCG@10": ("default", "ndcg@10", True),
    "BM25": ("bm25", "ndcg@10", False),
    "success@5": ("default", "success@5", False),
    "AUROC": ("default", "auroc", False),
    "coverage at 90 %": ("default", "coverage@90", False),
    "right when answered": ("default", "precision", False),
    "answerable refused": ("default", "refused_answerable", False),
    "off-topic answered": ("default", "answered_off_topic", False),
    "off-topic shown": ("default", "shown_off_topic", False),
}
_IN_TIME: dict[str, Cell] = {
    "hit@1": ("default", "hit@1", True),
    "without dates": ("without dates", "hit@1", True),
    "nDCG@10": ("default", "ndcg@10", True),
    "nDCG@10 without dates": ("without dates", "ndcg@10", True),
}


def regenerated(text: str, runs: Runs) -> str:
    """Return a Markdown text with its tables as the newest results have them.

    Raises:
        CollectionError: a block names no table of TABLES.
    """

    def table(block: re.Match[str]) -> str:
        if block[2] not in TABLES:
            raise CollectionError(f"{block[2]!r} is no table: a block names one of {', '.join(TABLES)}.")
        return f"{block[1]}{TABLES[block[2]](runs)}\n{block[3]}"

    return _BLOCK.sub(table, text)


def out_of_date(files: Sequence[Path], runs: Runs) -> dict[Path, str]:
    """Return what is to be written into each file whose tables are not those of the newest results.

    Raises:
        CollectionError: a file cannot be read, or a block names no table.
    """
    changed = {}
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CollectionError(f"{file} cannot be read: name a Markdown file in UTF-8.") from error
        if (made := regenerated(text, runs)) != text:
            changed[file] = made
    return changed


def questions_table(runs: Runs) -> str:
    """Return the figures on the project's own questions: figures down, systems across."""
    return _questions_table(runs, tuple(_QUESTION_ROWS))


def summary_table(runs: Runs) -> str:
    """Return the main figures on the project's own questions, for the project's README."""
    return _questions_table(runs, _SUMMARY)


def _questions_table(runs: Runs, figures: Sequence[str]) -> str:
    rows = []
    for name in ("questions", "questions_unseen"):
        run = newest(runs, "evaluate", name, BUNDLED)
        if run is None:
            return _missing("evaluate tests/questions.jsonl tests/questions_unseen.jsonl --save")
        results = run.collections[name]
        ours = results["default"]
        answerless = f"{ours.n} questions, {ours.n_unanswerable} without an answer"
        rows.append((f"**{COLLECTIONS[name]}** ({answerless})", *("" for _ in _SYSTEMS)))
        for name_in_language in figures:
            figure, _, language = name_in_language.partition(" in ")
            of = {system: one.by_language[language] if language else one for system, one in results.items()}
            if figure in of["default"].figures:
                answerable = of["default"].n - of["default"].n_unanswerable
                label = _QUESTION_ROWS[name_in_language].format(n=answerable)
                rows.append((label, *_cells(of, figure)))
    return _markdown(("", *_SYSTEMS.values()), rows)


def held_out_table(runs: Runs) -> str:
    """Return the figures on public collections, each with weights fitted on the others."""
    command = "evaluate-fit FOLDER… --off-topic FILE --limit 1000 --save"
    return _by_collection(runs, "evaluate-fit", "", _HELD_OUT, command)


def time_table(runs: Runs) -> str:
    """Return the figures on questions that only their time settles, with dates and without."""
    return _by_collection(runs, "evaluate-time", " in time", _IN_TIME, "evaluate-time FOLDER… --save")


TABLES: dict[str, Callable[[Runs], str]] = {
    "summary": summary_table,
    "questions": questions_table,
    "held-out": held_out_table,
    "time": time_table,
}
"""The tables by name."""


def _by_collection(runs: Runs, verb: str, suffix: str, columns: Mapping[str, Cell], command: str) -> str:
    """Return a table of what a verb measured: collections down, their names with a suffix, figures across."""
    rows = []
    for name, title in COLLECTIONS.items():
        if run := newest(runs, verb, f"{name}{suffix}", BUNDLED):
            results = run.collections[f"{name}{suffix}"]
            cells = [_cell(results, *column) for column in columns.values()]
            rows.append((title, str(results["default"].n), *cells))
    return _markdown(("", "questions", *columns), rows) if rows else _missing(command)


def _cells(results: Mapping[str, Result], figure: str) -> Iterator[str]:
    for system in _SYSTEMS:
        yield _cell(results, system, figure, interval=True)


def _cell(results: Mapping[str, Result], system: str, figure: str, interval: bool) -> str:
    found = results[system].figures.get(figure) if system in results else None
    return "" if found is None else _number(found, interval=interval)


def _number(figure: Figure, *, interval: bool) -> str:
    if not interval or figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _missing(command: str) -> str:
    return f"No results were saved: run `python -m retrieval {command}`."
