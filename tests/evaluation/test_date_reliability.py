"""The confidence of dates, held against how many are right."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from retrieval.dates import bounds
from retrieval.evaluation.date_reliability import JudgedDate, judged_dates, reliability, reliability_table
from retrieval.evaluation.temporal import Expression

DAY = dt.date(2025, 4, 10)


def test_dates_are_judged_where_one_is_annotated() -> None:
    text = "Le port a fermé le 3 avril, a rouvert hier et ferme dans dix ans."

    def annotated(written: str, value: str) -> Expression:
        start = text.index(written)
        return Expression(text, start, start + len(written), DAY, (bounds(value),))

    judged = judged_dates([annotated("le 3 avril", "2025-04-03"), annotated("rouvert", "2025-04-09")])
    assert [(date.resolver, date.settled, date.is_right) for date in judged] == [
        ("calendar_day", "past", True)
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_date_is_in_one_band(pairs: list[tuple[float, bool]]) -> None:
    judged = [JudgedDate("year", "year", sure, right) for sure, right in pairs]
    bands = reliability(judged)
    assert sum(band.n for band in bands) == len(pairs)
    assert sum(band.right for band in bands) == sum(right for _, right in pairs)
    assert all(band.low - 1e-9 <= band.confidence < band.high for band in bands)


def test_the_table_has_a_line_a_band() -> None:
    judged = [JudgedDate("year", "year", 0.9, True), JudgedDate("year", "year", 0.3, False)]
    console = Console(width=120)
    with console.capture() as printed:
        console.print(reliability_table({"essai": judged, "vide": []}))
    assert printed.get().count("essai") == 1
    assert "1.000" in printed.get()
    assert "0.000" in printed.get()
