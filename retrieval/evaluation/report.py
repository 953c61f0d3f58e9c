"""What was measured, as tables a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table

from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.figures import Figure

LABELS = {
    "hit@1": "hit@1",
    "hit@3": "hit@3",
    "success@5": "success@5",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "ndcg@10_typed": "nDCG@10 without accents",
    "typed_loss": "lost without accents, points",
    "ndcg@10_misspelt": "nDCG@10 misspelt",
    "misspelt_loss": "lost when misspelt, points",
    "quote_in_sentence": "right words, bold",
    "quote_in_passage": "right words, passage",
    "answer_in_sentence": "answer, bold",
    "answer_in_passage": "answer, passage",
    "answer_in_right_sentence": "answer, bold, if right",
    "answer_overlap": "answer words overlap",
    "answer_f1": "answer words, F1",
    "dates_correct": "right dates shown",
    "auroc": "AUROC of confidence",
    "coverage@90": "coverage at 90 %",
    "coverage@95": "coverage at 95 %",
    "ece": "calibration error",
    "precision": "right when answered",
    "refused_answerable": "answerable refused",
    "answered_unanswerable": "unanswerable answered",
    "answered_off_topic": "off-topic answered",
    "shown_precision": "right when shown",
    "nothing_answerable": "answerable, nothing",
    "shown_unanswerable": "unanswerable shown",
    "shown_off_topic": "off-topic shown",
    "latency_p50_ms": "latency p50, ms",
    "latency_p95_ms": "latency p95, ms",
}
"""Every figure in the order a person reads them, with its name in a table."""

MACHINE_DEPENDENT = ("latency_p50_ms", "latency_p95_ms")
"""The figures that another machine gives other values of."""

PART_FIGURES = {
    "hit@1": "hit@1",
    "ndcg@10": "nDCG\n@10",
    "typed_loss": "lost w/o\naccents",
    "answer_overlap": "answer\nwords",
    "auroc": "AUROC",
    "coverage@90": "cov.\n90 %",
    "coverage@95": "cov.\n95 %",
    "ece": "calib.\nerror",
    "refused_answerable": "wrongly\nsilent",
    "answered_unanswerable": "wrongly\nspeaks",
}
"""The figures given for each part of a collection, with the heads of their narrow columns."""

POINTS = ("typed_loss", "misspelt_loss")
"""The figures that are shown in hundredths."""

INTERVALS = "In brackets: 95 % bootstrap interval over the questions."


def figures_table(evaluations: Sequence[Evaluation]) -> Table:
    """Return the figures of several systems on one collection: figures down, systems across.

    Four systems fit in 80 columns: where there is no room beside a value, its interval goes below.
    """
    table = plain_table(title(evaluations[0]), caption=INTERVALS)
    table.add_column("", no_wrap=True)
    for evaluation in evaluations:
        table.add_column(evaluation.system, justify="right")
    for name, label in LABELS.items():
        if any(name in evaluation.figures for evaluation in evaluations):
            table.add_row(label, *(cell(name, evaluation.figures.get(name)) for evaluation in evaluations))
    return table


def parts_table(evaluation: Evaluation, division: str) -> Table:
    """Return a system's main figures for each part of a division: parts down, figures across."""
    measured = [name for name in PART_FIGURES if name in evaluation.figures]
    table = plain_table(
        f"{evaluation.collection} · {evaluation.system} by {division}",
        caption="n: questions. The intervals are in --json and --html.",
    )
    table.padding = 0  # a space between columns: every figure fits beside the name of a kind
    table.add_column("", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    for name in measured:
        table.add_column(PART_FIGURES[name], justify="right", no_wrap=True)
    for name, part in evaluation.parts[division].items():
        shown = (value(figure, part.figures.get(figure)) for figure in measured)
        table.add_row(name, str(len(part.records)), *shown)
    return table


def plain_table(title: str, caption: str | None = None) -> Table:
    """Return an empty table with as little ink as it takes."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        caption=caption,
        caption_justify="left",
        box=box.SIMPLE,
        show_edge=False,
    )


def title(evaluation: Evaluation) -> str:
    """Return what an evaluation asked, in words."""
    silent = sum(not record.query.answerable for record in evaluation.records)
    words = f"{evaluation.collection} · {len(evaluation.records)} questions, {silent} without an answer"
    return f"{words}, {len(evaluation.off_topic)} more off topic" if evaluation.off_topic else words


def value(name: str, figure: Figure | None) -> str:
    """Return ``0.87``, or a dash for what was not measured."""
    return "–" if figure is None else _number(name, figure.value)


def interval(name: str, figure: Figure | None) -> str:
    """Return ``[0.84–0.90]``, or nothing where it is not known."""
    if figure is None or figure.low is None or figure.high is None:
        return ""
    return f"[{_number(name, figure.low)}–{_number(name, figure.high)}]"


def cell(name: str, figure: Figure | None) -> str:
    """Return ``0.87 [0.84–0.90]``: a value and its interval, which is never cut in two."""
    return f"{value(name, figure)} {interval(name, figure)}".rstrip()


def _number(name: str, number: float) -> str:
    scaled = 100 * number if name in POINTS else number
    digits = 1 if name in (*POINTS, *MACHINE_DEPENDENT) else 2
    return f"{round(scaled, digits) + 0.0:.{digits}f}"  # + 0.0: there is no minus zero
