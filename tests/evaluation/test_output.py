"""What was measured, as JSON and as tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from rich.console import Console, RenderableType

from retrieval.evaluation import Evaluation, as_json, figures_table, parts_table
from retrieval.evaluation.compare import compare
from retrieval.evaluation.evaluator import Part
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.output import print_report
from retrieval.evaluation.report import PART_FIGURES


def drawn(table: RenderableType, width: int = 80) -> str:
    output = StringIO()
    Console(file=output, width=width).print(table)
    return output.getvalue()


def test_the_json_follows_the_contract(evaluation: Evaluation, baseline: Evaluation) -> None:
    """Collections by name; each figure with its interval; languages and baselines inside."""
    measured = json.loads(json.dumps(as_json([evaluation, baseline]), allow_nan=False))["collections"]
    assert list(measured) == ["questions"]
    collection = measured["questions"]
    assert (collection["n"], collection["n_unanswerable"], collection["system"]) == (6, 2, "default")
    for name in (
        "hit@1",
        "hit@3",
        "mrr@10",
        "ndcg@10",
        "success@5",
        "auroc",
        "coverage@90",
        "latency_p50_ms",
    ):
        assert collection[name].keys() == {"value", "low", "high"}
        assert collection[name]["low"] <= collection[name]["value"] <= collection[name]["high"]
    assert collection["by_language"]["fr"]["n"] == 3
    assert collection["by_language"]["fr"]["hit@1"]["value"] == 1
    assert {kind: measured["n"] for kind, measured in collection["by_kind"].items()} == {
        "when": 2,
        "where": 2,
        "who": 1,
    }
    assert collection["by_kind"]["when"]["hit@1"]["value"] == 0.5
    assert collection["baselines"]["bm25"]["by_kind"]["when"]["hit@1"]["value"] == 0
    assert collection["baselines"]["bm25"]["hit@1"]["value"] == 0


def test_the_json_draws_when_to_stay_silent(evaluation: Evaluation, baseline: Evaluation) -> None:
    """The curves of a page, as numbers, for each language too; a baseline has none."""
    measured = as_json([evaluation, baseline])["collections"]["questions"]
    # From the highest confidence: right, right, wrong, wrong, right, wrong.
    risks = [0, 0, 1 / 3, 2 / 4, 2 / 5, 3 / 6]
    expected = [[(number + 1) / 6, risk] for number, risk in enumerate(risks)]
    assert np.array(measured["risk_coverage"]) == pytest.approx(np.array(expected))
    assert measured["reliability"][0] == {"n": 1, "confidence": 0.1, "right": 0}
    assert [point[1] for point in measured["by_language"]["fr"]["risk_coverage"]] == pytest.approx(
        [0, 0, 1 / 3]
    )
    assert not measured["baselines"]["bm25"].keys() & {"risk_coverage", "reliability"}


def test_a_long_curve_keeps_its_ends(evaluation: Evaluation) -> None:
    """A hundred points of a thousand, the last of them every question answered."""
    some = evaluation.records[0]
    records = tuple(replace(some, confidence=number / 1_000, right=number > 499) for number in range(1_000))
    curve = as_json([replace(evaluation, records=records)])["collections"]["questions"]["risk_coverage"]
    assert (len(curve), curve[0], curve[-1]) == (100, [0.001, 0.0], [1.0, 0.5])


@pytest.mark.parametrize("width", [80, 120])
def test_four_systems_side_by_side(evaluation: Evaluation, baseline: Evaluation, width: int) -> None:
    """Each value has its interval beside it, or below it where there is no room; nothing is ever cut."""
    others = [replace(baseline, system=name) for name in ("bm25", "dense", "rrf")]
    text = drawn(figures_table([evaluation, *others]), width)
    lines = text.splitlines()
    assert "questions · 6 questions, 2 without an answer" in text
    assert "In brackets: 95 % bootstrap interval" in text
    hit_1 = evaluation.figures["hit@1"]
    shown = f"[{hit_1.low:.2f}–{hit_1.high:.2f}]"
    row = next(number for number, line in enumerate(lines) if line.startswith(" hit@1 "))
    if width == 80:
        assert lines[row].split() == ["hit@1", "0.75", "0.00", "0.00", "0.00"]
        assert lines[row + 1].split() == [shown, *["[0.00–0.00]"] * 3]
    else:
        assert lines[row].split() == ["hit@1", "0.75", shown, *["0.00", "[0.00–0.00]"] * 3]
    labels = [line for line in lines if line.startswith(" unanswerable answered ")]
    assert labels[0].split()[2:] == ["0.50", *(["–"] * 3 if width == 80 else [labels[0].split()[3], *"–––"])]
    assert "latency p50, ms" in text
    assert "answer, bold" not in text
    assert "…" not in text
    assert max(map(len, lines)) <= width


def test_the_table_of_parts_fits_too(evaluation: Evaluation) -> None:
    """One language or kind a row, with how many questions it has; the longest name beside every figure."""
    every = {name: Figure(0.25, None, None) for name in PART_FIGURES} | {
        "typed_loss": Figure(-0.125, None, None)
    }
    many = Part(evaluation.records * 200, every)
    parts = {"how_many": many, "headline": many}
    wide = drawn(parts_table(replace(evaluation, figures=every, parts={"kind": parts}), "kind"))
    assert "questions · default by kind" in wide
    assert wide.count("-12.5") == 2
    assert "…" not in wide
    assert max(map(len, wide.splitlines())) <= 80
    text = drawn(parts_table(evaluation, "language"))
    rows = [line.split() for line in text.splitlines()]
    assert ["fr", "3", "1.00", "0.81"] in [row[:4] for row in rows]
    assert ["en", "3", "0.50", "0.82"] in [row[:4] for row in rows]
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_everything_is_printed(evaluation: Evaluation, baseline: Evaluation) -> None:
    """Figures, languages, stages and comparisons, in 80 columns."""
    timed = replace(evaluation, stages={"embedding": 1.5, "features": 0.5})
    systems = [timed, replace(baseline, system="bm25")]
    output = StringIO()
    print_report([systems], compare(systems), Console(file=output, width=80))
    text = output.getvalue()
    for said in (
        "questions · 6 questions",
        "by language",
        "by kind",
        "Where a question's time goes",
        "default − bm25",
    ):
        assert said in text
    assert "75%" in next(line for line in text.splitlines() if "embedding" in line)
    assert "…" not in text


def test_a_collection_of_one_kind_has_no_table_of_kinds(evaluation: Evaluation) -> None:
    one = replace(evaluation, parts=evaluation.parts | {"kind": {"who": evaluation.parts["kind"]["who"]}})
    output = StringIO()
    print_report([[one]], [], Console(file=output, width=80))
    assert "by language" in output.getvalue()
    assert "by kind" not in output.getvalue()


def in_all_and_by_language(evaluation: Evaluation) -> list[Mapping[str, Figure]]:
    return [evaluation.figures, *(part.figures for part in evaluation.parts["language"].values())]


def glance(collections: list[list[Evaluation]]) -> list[list[str]]:
    output = StringIO()
    print_report(collections, [], Console(file=output, width=80))
    _, _, table = output.getvalue().partition("nDCG@10 at a glance")
    return [line.split() for line in table.splitlines() if "[" in line and "bootstrap" not in line]


def test_collections_and_languages_are_seen_at_a_glance(evaluation: Evaluation, baseline: Evaluation) -> None:
    """A line each, whichever systems were measured; one system on one collection needs none."""
    bm25 = replace(baseline, system="bm25")
    rows = glance([[evaluation, bm25], [replace(evaluation, collection="piaf")]])
    assert [row[0] for row in rows] == ["questions", "en", "fr", "piaf", "en", "fr"]
    figures = in_all_and_by_language(evaluation)
    assert [row[1] for row in rows] == 2 * [f"{figure['ndcg@10'].value:.2f}" for figure in figures]
    assert [row[3] for row in rows[:3]] == [
        f"{figure['ndcg@10'].value:.2f}" for figure in in_all_and_by_language(bm25)
    ]
    assert [row[3] for row in rows[3:]] == ["–", "–", "–"]
    assert glance([[evaluation, bm25]]) == rows[:3]
    assert glance([[evaluation]]) == []
