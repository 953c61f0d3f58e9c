"""What was measured as one HTML page that needs nothing else: tables, charts and the worst misses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from retrieval.errors import CollectionError
from retrieval.evaluation.charts import reliability_chart, risk_coverage_chart
from retrieval.evaluation.compare import PERMUTATIONS, SIGNIFICANT, Comparison, comparison_cells
from retrieval.evaluation.evaluator import LANGUAGE, Evaluation, Record, confidence_and_right
from retrieval.evaluation.metrics import Cited
from retrieval.evaluation.misses import off_topic, refused, wrong
from retrieval.evaluation.overview import overview
from retrieval.evaluation.report import LABELS, PART_FIGURES, interval, title, value
from retrieval.evaluation.stages import STAGES

WRONG, REFUSED, OFF_TOPIC = 20, 10, 10
"""How many misses of each kind are listed."""

CHARTED = 50
"""The questions of a language from which on its charts say something."""


def write_html(
    path: Path, collections: Sequence[Sequence[Evaluation]], comparisons: Sequence[Comparison]
) -> None:
    """Write the report to a file.

    Raises:
        CollectionError: when it cannot be written.
    """
    page = html_report(collections, comparisons, dt.date.today())
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CollectionError(f"The report cannot be written to {path}: {error.strerror}.") from error


def html_report(
    collections: Sequence[Sequence[Evaluation]], comparisons: Sequence[Comparison], made: dt.date
) -> str:
    """Return the report on the systems evaluated on each collection, as a page of HTML.

    The charts and the misses are those of the first system evaluated on a collection.
    """
    environment = Environment(
        loader=PackageLoader("retrieval.evaluation", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "LABELS": LABELS,
        "PART_FIGURES": PART_FIGURES,
        "PERMUTATIONS": PERMUTATIONS,
        "SIGNIFICANT": SIGNIFICANT,
        "STAGES": STAGES,
        "charted": charted,
        "charts": charts,
        "comparison_cells": comparison_cells,
        "interval": interval,
        "measured": measured,
        "overview": overview,
        "in_three": in_three,
        "title": title,
        "value": value,
    }
    sections = [
        {
            "systems": systems,
            "first": systems[0],
            "misses": {
                "Wrong answers, highest confidence first": wrong(systems[0], WRONG),
                "Answers kept back": refused(systems[0], REFUSED),
                "Questions on other subjects that were answered": off_topic(systems[0], OFF_TOPIC),
            },
        }
        for systems in collections
    ]
    return environment.get_template("report.html").render(
        sections=sections, comparisons=comparisons, made=made.isoformat()
    )


def charts(records: Sequence[Record], key: str) -> list[str]:
    """Return the charts of a system's silence as SVG, or nothing for one that never stays silent.

    ``key`` is unique in the page.
    """
    pairs = confidence_and_right(records)
    if not pairs:
        return []
    return [risk_coverage_chart(f"risk-{key}", *pairs), reliability_chart(f"reliability-{key}", *pairs)]


def charted(evaluation: Evaluation) -> dict[str, tuple[Record, ...]]:
    """Return the records to draw charts of: all, and where there are several languages each big one's."""
    languages = evaluation.parts[LANGUAGE]
    big = {name: part.records for name, part in languages.items() if len(part.records) >= CHARTED}
    return {"": evaluation.records, **(big if len(languages) > 1 else {})}


def measured(name: str, systems: Sequence[Evaluation]) -> bool:
    """Return whether a figure was measured on any of the systems."""
    return any(name in system.figures for system in systems)


def in_three(first: Cited) -> tuple[str, str, str]:
    """Return a passage in three: what is before its highlighted sentence, the sentence, and what is after."""
    start, end = first.highlight
    return first.text[:start], first.text[start:end], first.text[end:]
