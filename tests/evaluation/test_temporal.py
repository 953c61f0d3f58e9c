"""How often dates are read right, beside dateparser."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
from evaluation.scripted import write_lines
from rich.console import Console

from retrieval.dates import bounds
from retrieval.errors import CollectionError
from retrieval.evaluation import temporal
from retrieval.evaluation.temporal import Expression, ours, read_expressions, score, scores_table

REF = "2016-11-07T00:00:00"
FILES: dict[str, dict[str, Any]] = {
    "timex": {
        "text": "Le 3 mars, hier, en été, la semaine 4, dix ans.",
        "ref": "2016-11-07",
        "spans": [
            {"start": 0, "end": 9, "value": "2016-03-03T10:00", "type": "TIME", "mod": None},
            {"start": 17, "end": 23, "value": "2016-SU", "type": "DATE", "mod": None},
            {"start": 25, "end": 37, "value": "2016-W04", "type": "DATE", "mod": None},
            {"start": 39, "end": 46, "value": "P10Y", "type": "DURATION", "mod": None},
            {"start": 11, "end": 15, "value": "PAST_REF", "type": "DATE", "mod": None},
            {"start": 11, "end": 15, "value": "199", "type": "DATE", "mod": None},
        ],
    },
    "recognizers": {
        "text": "Je reviendrai vendredi, du 3 au 5 mai, en décembre, à 8h",
        "ref": REF,
        "spans": [
            {
                "text": "vendredi",
                "start": 14,
                "end": 21,
                "type": "date",
                "values": [
                    {"timex": "XXXX-WXX-5", "type": "date", "value": "2016-11-04"},
                    {"timex": "XXXX-WXX-5", "type": "date", "value": "2016-11-11"},
                ],
            },
            {
                "text": "du 3 au 5 mai",
                "start": 24,
                "end": 36,
                "type": "daterange",
                "values": [
                    {
                        "timex": "(XXXX-05-03,XXXX-05-05,P2D)",
                        "type": "daterange",
                        "start": "2016-05-03",
                        "end": "2016-05-05",
                    }
                ],
            },
            {
                "text": "décembre",
                "start": 42,
                "end": 49,
                "type": "daterange",
                "values": [
                    {"timex": "2016-12", "type": "daterange", "start": "2016-12-01", "end": "2017-01-01"}
                ],
            },
            {
                "text": "8h",
                "start": 54,
                "end": 55,
                "type": "time",
                "values": [{"timex": "T08", "type": "time", "value": "08:00:00"}],
            },
        ],
    },
    "duckling": {
        "text": "la semaine dernière",
        "ref": "2013-02-12T04:30:00",
        "kind": "datetime",
        "grain": "Week",
        "values": ["2013-02-04T00:00:00"],
    },
    "interval": {
        "text": "2 derniers mois",
        "ref": "2013-02-12T04:30:00",
        "kind": "datetimeInterval",
        "grain": "Month",
        "values": ["2012-12-01T00:00:00", "2013-02-01T00:00:00"],
    },
    "weekday": {
        "text": "Appris vendredi 21 septembre.",
        "ref": "2018-09-21T16:47:00+02:00",
        "span": "vendredi 21 septembre",
        "start": 7,
        "end": 28,
        "gold": "2018-09-21",
    },
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "timex",
            [
                ("Le 3 mars", ["2016-03-03"]),
                ("en été", ["2016-22"]),
                ("la semaine 4", ["2016-01-25/2016-01-31"]),
                ("hier", ["199X"]),
            ],
        ),
        (
            "recognizers",
            [
                ("vendredi", ["2016-11-04", "2016-11-11"]),
                ("du 3 au 5 mai", ["2016-05-03/2016-05-05", "2016-05-03/2016-05-04"]),
                ("décembre", ["2016-12"]),
            ],
        ),
        ("duckling", [("la semaine dernière", ["2013-02-04/2013-02-10"])]),
        ("interval", [("2 derniers mois", ["2012-12/2013-01"])]),
        ("weekday", [("vendredi 21 septembre", ["2018-09-21"])]),
    ],
)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, expected: list[tuple[str, list[str]]]) -> None:
    read = read_expressions(write_lines(tmp_path / f"{name}.jsonl", [FILES[name]]))
    assert [(one.text[one.start : one.end], one.right) for one in read] == [
        (text, tuple(bounds(value) for value in right)) for text, right in expected
    ]


@pytest.mark.parametrize(
    "row",
    [
        {
            "text": "15:00",
            "ref": REF,
            "kind": "datetime",
            "grain": "Minute",
            "values": ["2013-02-12T15:00:00"],
        },
        {"text": "demain", "ref": None, "spans": []},
    ],
)
def test_hours_and_texts_without_a_day_do_not_count(tmp_path: Path, row: dict[str, Any]) -> None:
    path = write_lines(tmp_path / "hours.jsonl", [row])
    with pytest.raises(CollectionError, match=r"hours\.jsonl annotates no calendar date"):
        read_expressions(path)


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"bad\.jsonl, line 1"):
        read_expressions(write_lines(tmp_path / "bad.jsonl", [{"text": "hier", "ref": "2016-11-07"}]))


def expression(text: str, part: str, *right: str) -> Expression:
    start = text.index(part)
    days = tuple(bounds(value) for value in right)
    return Expression(text, start, start + len(part), dt.date(2025, 4, 3), days)


def test_our_reading_is_the_mention_that_overlaps_most() -> None:
    text = "Fermé le 29 janvier, il a rouvert hier."
    assert ours(expression(text, "29 janvier")) == bounds("2025-01-29")
    assert ours(expression(text, "hier")) == bounds("2025-04-02")
    assert ours(expression(text, "Fermé")) is None


def test_a_score_compares_two_readers_on_the_same_expressions() -> None:
    asked = [
        expression("le 29 janvier", "29 janvier", "2025-01-29"),
        expression("hier", "hier", "2025-04-01"),
    ]
    measured = score("essai", asked, ours, lambda one: None)
    assert (measured.n, measured.ours.value, measured.theirs.value) == (2, 0.5, 0.0)
    assert measured.difference.value == 0.5
    assert {"n", "retrieval.dates", "dateparser", "difference", "p"} == measured.as_json().keys()
    console = Console(width=120)
    with console.capture() as printed:
        console.print(scores_table([measured]))
    assert "essai" in printed.get()


def test_dateparser_is_asked_for_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "dateparser.date", None)
    with pytest.raises(CollectionError, match="pip install dateparser"):
        temporal.dateparser_reader()


def test_dateparser_reads_what_it_is_given() -> None:
    pytest.importorskip("dateparser")
    read = temporal.dateparser_reader()
    assert read(expression("Il pleuvait hier.", "hier")) == bounds("2025-04-02")
    assert read(expression("en mars 2024", "mars 2024")) == bounds("2024-03")
    assert read(expression("des girafes", "girafes")) is None
