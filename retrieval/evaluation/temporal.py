"""How often dates are read right: ``retrieval.dates.find`` beside dateparser on the same expressions.

Four kinds of files are known by their fields, an annotated text a line:

- ``{"text", "ref", "spans": [{"start", "end", "value", "type", "mod"}]}``: TIMEX3, as in TimeBank;
- ``{"text", "ref", "spans": [{"start", "text", "type", "values": [{"value" | "start", "end"}]}]}``, as in
  the tests of Microsoft's Recognizers-Text; ends are past the last day, or on it where it is named;
- ``{"text", "ref", "kind", "grain", "values"}``: the whole text is the expression, as in Duckling's corpus;
- ``{"text", "ref", "start", "end", "gold"}``: one day; without ``ref``, the text is a dateline of that day.

Only expressions of calendar days, weeks, months, years and spans of them count, in texts whose day
(``ref``) is given. Hours, durations, sets and ends left open do not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from rich.table import Table

from retrieval.dates import bounds, find
from retrieval.errors import CollectionError, DateError
from retrieval.evaluation.compare import SIGNIFICANT, randomisation
from retrieval.evaluation.figures import Figure, cell, estimate, mean
from retrieval.evaluation.lines import objects, text_field
from retrieval.types import DateMention

DaySpan: TypeAlias = "tuple[dt.date | None, dt.date | None]"

_CALENDAR = {"date", "daterange", "datetime", "datetimerange"}
_GRAINS = {"Day", "Week", "Month", "Quarter", "Year"}
_SEASONS = {"SP": 21, "SU": 22, "FA": 23, "AU": 23, "WI": 24}


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression, ``text[start:end]``, and the days it may cover, any of which is right.

    ``reference`` is the day the text was written on.
    """

    text: str
    start: int
    end: int
    reference: dt.date
    right: tuple[DaySpan, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of a file's expressions are read right, by us and by dateparser.

    ``difference`` is ours less theirs, ``p`` the chance of one at least as large were the two alike.
    """

    name: str
    n: int
    ours: Figure
    theirs: Figure
    difference: Figure
    p: float

    def as_json(self) -> dict[str, Any]:
        """Return the score as a JSON object."""
        return {
            "n": self.n,
            "retrieval.dates": self.ours.as_json(),
            "dateparser": self.theirs.as_json(),
            "difference": self.difference.as_json(),
            "p": self.p,
        }


DateReader: TypeAlias = "Callable[[Expression], DaySpan | None]"


def evaluate_dates(paths: Sequence[Path]) -> list[Score]:
    """Return the value accuracy on each file of annotated texts.

    We are given the text and find the expression in it; dateparser is given its place.

    Raises:
        CollectionError: a file is missing or malformed, or dateparser is not installed.
    """
    return [score(path.stem, read_expressions(path), ours, dateparser_reader()) for path in paths]


def score(name: str, expressions: Sequence[Expression], ours: DateReader, theirs: DateReader) -> Score:
    """Score two readers on the same expressions."""
    columns = [
        np.array([float(read(expression) in expression.right) for expression in expressions])
        for read in (ours, theirs)
    ]
    figures = [estimate(mean, column) for column in (*columns, columns[0] - columns[1])]
    first, second, difference = (figure or Figure(0.0, None, None) for figure in figures)
    return Score(name, len(expressions), first, second, difference, randomisation(columns[0] - columns[1]))


def ours(expression: Expression) -> DaySpan | None:
    """Return the days of the mention we find that has most in common with an expression."""

    def common(mention: DateMention) -> int:
        return min(mention.end, expression.end) - max(mention.start, expression.start)

    found = find(expression.text, expression.reference.isoformat())
    best = max((mention for mention in found if common(mention) > 0), key=common, default=None)
    return (best.low, best.high) if best else None


def dateparser_reader() -> DateReader:
    """Return dateparser as a reader, with its own settings for French.

    Raises:
        CollectionError: dateparser is not installed.
    """
    try:
        from dateparser.date import DateDataParser
    except ImportError as error:
        raise CollectionError(
            "dateparser, which dates are compared with, is not installed: run pip install dateparser."
        ) from error

    def read(expression: Expression) -> DaySpan | None:
        base = dt.datetime.combine(expression.reference, dt.time())
        parser = DateDataParser(languages=["fr"], settings={"RELATIVE_BASE": base})
        found = parser.get_date_data(expression.text[expression.start : expression.end])
        return _period(found.date_obj.date(), found.period) if found.date_obj else None

    return read


def scores_table(scores: Sequence[Score]) -> Table:
    """Return the scores as a table: files down, readers across; a star marks a significant difference."""
    table = Table(title="Expressions read right", show_lines=True)
    table.add_column("", overflow="fold")
    for heading in ("n", "retrieval.dates", "dateparser", "difference"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in scores:
        star = " *" if row.p < SIGNIFICANT else ""
        cells = [cell(row.ours), cell(row.theirs), cell(row.difference, star)]
        table.add_row(row.name, str(row.n), *cells)
    return table


def read_expressions(path: Path) -> list[Expression]:
    """Return the calendar expressions of a file.

    Raises:
        CollectionError: the file is missing or malformed, or has none.
    """
    expressions = []
    for where, fields in objects(path):
        try:
            expressions += list(_expressions(fields, where))
        except (KeyError, TypeError, ValueError) as error:
            raise CollectionError(f"{where} is not an annotated text ({error!r}).") from error
    if not expressions:
        raise CollectionError(f"{path} annotates no calendar date: nothing can be measured on it.")
    return expressions


def _expressions(fields: dict[str, Any], where: str) -> Iterator[Expression]:
    text = text_field(fields, "text", where)
    written = fields["ref"] if "ref" in fields else fields["gold"]
    if written is None:
        return
    reference = dt.datetime.fromisoformat(written).date()
    spans: list[tuple[int, int, list[DaySpan]]] = []
    if "gold" in fields:
        start, end = fields.get("start", 0), fields.get("end", len(text))
        spans.append((start, end, [bounds(fields["gold"][:10])]))
    elif "kind" in fields:
        spans.append((0, len(text), _duckling(fields)))
    else:
        for span in fields["spans"]:
            right = _recognizers(span) if "values" in span else _timex(span)
            end = span["start"] + len(span["text"]) if "values" in span else span["end"]
            spans.append((span["start"], end, right))
    for start, end, right in spans:
        if right:
            yield Expression(text, start, end, reference, tuple(right))


def _duckling(fields: dict[str, Any]) -> list[DaySpan]:
    days = [dt.datetime.fromisoformat(value).date() for value in fields["values"]]
    if fields["grain"] not in _GRAINS or fields["kind"] == "datetimeOpenInterval":
        return []
    if fields["kind"] == "datetimeInterval":
        return [(days[0], days[1] - dt.timedelta(1))]
    return [_period(days[0], fields["grain"].lower())]


def _recognizers(span: dict[str, Any]) -> list[DaySpan]:
    right: list[DaySpan] = []
    for value in span["values"]:
        if value.get("type") not in _CALENDAR or "Mod" in value or "REF" in value["timex"]:
            continue
        ends = [value.get("start"), value.get("end")] if "start" in value else [value.get("value")] * 2
        if None in ends or "not resolved" in ends:
            continue
        low, high = (dt.datetime.fromisoformat(end) for end in ends)
        if "start" not in value or value["timex"].startswith("(") or high.time() != dt.time():
            right.append((low.date(), high.date()))
        if "start" in value and high.time() == dt.time():
            right.append((low.date(), high.date() - dt.timedelta(1)))
    return right


def _timex(span: dict[str, Any]) -> list[DaySpan]:
    value = re.sub(r"(?<=\d\d\d\d-\d\d-\d\d)T.*", "", span["value"] or "")
    if span["type"] not in ("DATE", "TIME") or not re.match(r"\d\d", value):
        return []
    if week := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return [(monday + dt.timedelta(5 if week[3] else 0), monday + dt.timedelta(6))]
    value = re.sub(r"-(SP|SU|FA|AU|WI)$", lambda season: f"-{_SEASONS[season[1]]}", value)
    value = re.sub(r"-Q([1-4])$", lambda quarter: f"-{32 + int(quarter[1])}", value)
    value = re.sub(r"-H([12])$", lambda half: f"-{39 + int(half[1])}", value)
    value += {2: "XX", 3: "X"}.get(len(value), "")
    try:
        return [bounds(value)]
    except DateError:
        return []


def _period(day: dt.date, period: str) -> DaySpan:
    """Return the day, week, month, quarter or year that begins on or holds a day."""
    if period == "week":
        monday = day - dt.timedelta(day.weekday())
        return monday, monday + dt.timedelta(6)
    if period == "quarter":
        return bounds(f"{day.year}-{33 + (day.month - 1) // 3}")
    return bounds({"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(period, day.isoformat()))
