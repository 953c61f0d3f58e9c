"""What each thing that confidence is told of a reading brings: what it loses that is fitted without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.table import Table

from retrieval.evaluation.figures import Column, Figure, estimate
from retrieval.evaluation.progress import tracked
from retrieval.evaluation.report import plain_table
from retrieval.evaluation.silence import auroc, coverage_at
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, READING_FEATURES
from retrieval.training.ablation import gain_in_points
from retrieval.training.reading_fit import ConfidenceRows, held_out_confidence

PRECISION = 0.9
"""The precision at which coverage is told."""

GROUPS = {
    "(the reader)": ("logit", "logit_gap", "log_none", "span", "agreement"),
    "(the scores)": (*CONFIDENCE_FEATURES[:6], "first_stage"),
}
"""Features that are also left out together."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a feature or a group of them brings to AUROC and to the coverage at PRECISION."""

    feature: str
    auroc: Figure | None
    coverage: Figure | None


def features_brought(rows: ConfidenceRows) -> list[Brought]:
    """Return what each feature brings, on questions that were not fitted on."""
    right = rows.right.astype(float)
    every = held_out_confidence(rows)
    left_out = {feature: (feature,) for feature in READING_FEATURES} | GROUPS
    found = []
    for name, features in tracked(list(left_out.items()), "What each feature brings"):
        without = held_out_confidence(rows.without(*features))
        found.append(
            Brought(
                name,
                estimate(_auroc_gain, every, without, right),
                estimate(partial(_coverage_gain, PRECISION), every, without, right),
            )
        )
    return found


def brought_table(found: Sequence[Brought]) -> Table:
    """Return what each feature brings as a table, what brings most first."""
    table = plain_table(
        "What confidence is told of a reading",
        caption=f"What each brings, in points: to AUROC, and to the share of questions that can be answered "
        f"with {PRECISION:.0%} right. On questions not fitted on; in brackets, the 95 % bootstrap interval.",
    )
    table.add_column("feature", no_wrap=True)
    for head in ("AUROC", "", "coverage", ""):
        table.add_column(head, justify="right", no_wrap=True)
    for one in sorted(found, key=lambda one: -one.auroc.value if one.auroc else 0.0):
        table.add_row(one.feature, *gain_in_points(one.auroc), *gain_in_points(one.coverage))
    return table


def _auroc_gain(every: Column, without: Column, right: Column) -> Column:
    return auroc(every, right) - auroc(without, right)


def _coverage_gain(precision: float, every: Column, without: Column, right: Column) -> Column:
    return coverage_at(precision, every, right) - coverage_at(precision, without, right)
