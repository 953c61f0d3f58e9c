"""Whether the difference of two systems is more than chance."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from retrieval.evaluation.collections import Query
from retrieval.evaluation.compare import compare, comparison_table, holm, randomisation
from retrieval.evaluation.evaluator import Evaluation, Record


def evaluation(system: str, values: dict[str, float], collection: str = "piaf") -> Evaluation:
    records = tuple(
        Record(Query(id_, "?", gold={"d": 1}), (), None, False, None, None, 0.0, {"ndcg@10": value})
        for id_, value in values.items()
    )
    return Evaluation(collection, system, records, {}, {})


def test_five_wins_of_five_by_hand() -> None:
    """Of the 32 ways to flip five signs, two are as extreme: p = 2/32."""
    assert randomisation(np.array([0.1, 0.2, 0.3, 0.4, 0.5])) == pytest.approx(2 / 32)
    assert randomisation(-np.array([0.1, 0.2, 0.3, 0.4, 0.5])) == pytest.approx(2 / 32)


def test_ties_weigh_nothing() -> None:
    """Questions on which both do as well neither help nor hurt."""
    wins = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    assert randomisation(np.concatenate([wins, np.zeros(100)])) == randomisation(wins)
    assert randomisation(np.zeros(10)) == 1


def test_holm_by_hand() -> None:
    """Smallest times three, next times two, and never below the one before."""
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_questions_are_paired_by_id() -> None:
    """In whatever order they were asked, and only those that both were asked."""
    default = evaluation("default", {"a": 1.0, "b": 0.5, "only default": 1.0})
    bm25 = evaluation("bm25", {"only bm25": 1.0, "b": 0.5, "a": 0.0})
    (comparison,) = compare([default, bm25], ["ndcg@10", "dates_correct"])
    assert (comparison.system, comparison.other, comparison.metric) == ("default", "bm25", "ndcg@10")
    assert (comparison.n, comparison.difference.value) == (2, 0.5)


def test_a_clear_gain_is_significant() -> None:
    """A gain on nearly every question is significant; noise of the same spread is not."""
    rng = np.random.default_rng(0)
    base = {f"q{number}": float(value) for number, value in enumerate(rng.random(200))}
    better = {id_: value + float(rng.normal(0.1, 0.1)) for id_, value in base.items()}
    alike = {id_: value + float(rng.normal(0.0, 0.1)) for id_, value in base.items()}
    gain, noise = compare(
        [
            evaluation("default", better),
            evaluation("bm25", base),
            evaluation("default", alike, "fquad"),
            evaluation("bm25", base, "fquad"),
        ],
        ["ndcg@10"],
    )
    assert gain.corrected < 0.01
    assert noise.corrected > 0.05
    assert gain.difference.low is not None
    assert gain.difference.low > 0


def test_the_table_marks_what_is_significant() -> None:
    """A star for a corrected p below .05, under the name of the collection, in 80 columns."""
    values = {f"q{number}": 1.0 for number in range(20)}
    bm25 = {f"q{number}": 0.5 for number in range(20)}
    comparisons = compare(
        [evaluation("default", values), evaluation("bm25", bm25), evaluation("dense", values)], ["ndcg@10"]
    )
    output = StringIO()
    Console(file=output, width=80).print(comparison_table(comparisons))
    lines = output.getvalue().splitlines()
    starred = next(line for line in lines if "default − bm25" in line)
    level = next(line for line in lines if "default − dense" in line)
    assert starred.split() == ["nDCG@10", *"default − bm25 +0.500 +0.500 to +0.500 <.001 *".split()]
    assert level.split() == ["nDCG@10", *"default − dense +0.000 +0.000 to +0.000 1.000".split()]
    assert lines.index(starred) > lines.index(next(line for line in lines if line.strip() == "piaf"))
    assert max(map(len, lines)) <= 80
