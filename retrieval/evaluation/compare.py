"""Which system is better, and is it chance: paired randomisation tests, corrected for their number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rich.table import Table
from scipy.stats import permutation_test

from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.figures import Column, Figure, estimate, mean
from retrieval.evaluation.report import LABELS, plain_table

PERMUTATIONS = 9999
METRICS = ("ndcg@10", "hit@1")
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system against another on the questions that both were asked.

    ``difference`` is the mean of ``system`` minus ``other``. ``p`` is the chance of one at least as large,
    either way, were the two alike; ``corrected`` is ``p`` after Holm's correction for all the comparisons
    made together.
    """

    collection: str
    metric: str
    system: str
    other: str
    n: int
    difference: Figure
    p: float
    corrected: float


def compare(
    evaluations: Sequence[Evaluation], metrics: Sequence[str] = METRICS, *, seed: int = 0
) -> list[Comparison]:
    """Compare the first system evaluated on each collection with every other one there.

    The randomisation test (Smucker, Allan and Carterette, CIKM 2007) swaps the two systems' values on
    randomly chosen questions. A metric that the two have on no question in common is left out.
    """
    first: dict[str, Evaluation] = {}
    comparisons = []
    for evaluation in evaluations:
        system = first.setdefault(evaluation.collection, evaluation)
        if system is not evaluation:
            comparisons += [_paired(system, evaluation, metric, seed) for metric in metrics]
    made = [comparison for comparison in comparisons if comparison]
    corrected = holm([comparison.p for comparison in made])
    return [replace(comparison, corrected=p) for comparison, p in zip(made, corrected, strict=True)]


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values after Holm's step-down correction, in the order given.

    Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
    """
    corrected = [0.0] * len(p_values)
    largest = 0.0
    for done, position in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, p_values[position] * (len(p_values) - done)))
        corrected[position] = largest
    return corrected


def comparison_table(comparisons: Sequence[Comparison]) -> Table:
    """Return comparisons as a table; a star marks a significant difference."""
    table = plain_table(
        "Is the difference significant?",
        caption=f"Paired randomisation test, {PERMUTATIONS} flips; p after Holm's correction for the "
        f"{len(comparisons)} comparisons; * below {SIGNIFICANT}.",
    )
    table.add_column("", no_wrap=True)
    table.add_column("systems", no_wrap=True)
    for head in ("difference", "95 % interval", "p"):
        table.add_column(head, justify="right", no_wrap=True)
    for collection, group in itertools.groupby(comparisons, key=lambda comparison: comparison.collection):
        table.add_row(collection, style="bold")
        for comparison in group:
            table.add_row(LABELS[comparison.metric], *comparison_cells(comparison))
        table.add_section()
    return table


def comparison_cells(comparison: Comparison) -> tuple[str, str, str, str]:
    """Return the systems, the difference, its interval and p in words; a star where it is significant."""
    figure = comparison.difference
    known = figure.low is not None and figure.high is not None
    return (
        f"{comparison.system} − {comparison.other}",
        f"{figure.value:+.3f}",
        f"{figure.low:+.3f} to {figure.high:+.3f}" if known else "–",
        ("<.001" if comparison.corrected < 0.001 else f"{comparison.corrected:.3f}")
        + (" *" if comparison.corrected < SIGNIFICANT else "  "),
    )


def _paired(system: Evaluation, other: Evaluation, metric: str, seed: int) -> Comparison | None:
    theirs = {record.query.id: record.values for record in other.records}
    differences = np.array(
        [
            record.values[metric] - theirs[record.query.id][metric]
            for record in system.records
            if metric in record.values and metric in theirs.get(record.query.id, {})
        ]
    )
    difference = estimate(mean, differences, seed=seed)
    if difference is None:
        return None
    p = randomisation(differences, seed=seed)
    return Comparison(
        collection=system.collection,
        metric=metric,
        system=system.system,
        other=other.system,
        n=len(differences),
        difference=difference,
        p=p,
        corrected=p,
    )


def randomisation(differences: Column, *, seed: int = 0) -> float:
    """Return the two-sided p-value of paired differences: their signs are flipped at random."""
    # Differences of zero add nothing to any resample.
    unequal = differences[differences != 0]
    if len(unequal) < 2:
        return 1.0
    result = permutation_test(
        (unequal,),
        lambda drawn, axis: drawn.sum(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=100,
        rng=np.random.default_rng(seed),
    )
    return float(result.pvalue)
