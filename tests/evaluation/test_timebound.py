"""What dates are worth: questions made to hang on their time, and dates read beside another reader."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fakes import BY_WORDS, HashEncoder
from rich.console import Console
from typer.testing import CliRunner

from retrieval.cli import app
from retrieval.dates import bounds
from retrieval.errors import CollectionError
from retrieval.evaluation import temporal, timebound
from retrieval.evaluation.collections import read_collection
from retrieval.evaluation.compare import compare
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.temporal import Expression, ours, read_expressions, score, scores_table
from retrieval.evaluation.timebound import evaluate_time, subject, time_bound
from retrieval.ranking import model


def lines(path: Path, rows: list[Mapping[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


YEARS = range(2015, 2021)


@pytest.fixture
def news(tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six budgets voted in March of six years, each article headed alike, and one of a kind."""
    monkeypatch.setattr(timebound, "load_encoder", lambda name: encoder)
    monkeypatch.setattr(model, "bundled_weights", lambda: BY_WORDS)
    folder = tmp_path / "news"
    budget = "Le conseil de Mopti vote le budget de la ville, " + "longuement " * 3
    documents = [
        {
            "_id": f"d{year}",
            "title": "",
            "text": f"{budget}{year - 2000}.",
            "date": f"{year}-03-0{year % 7 + 1}",
        }
        for year in YEARS
    ]
    documents.append({"_id": "d0", "title": "", "text": "Un zèbre.", "date": "2019-03-01T10:00"})
    queries = [
        {"_id": f"q{year}", "text": f"Mopti vote : le budget {year}", "lang": "fr", "type": "headline"}
        for year in YEARS
    ]
    queries += [
        {"_id": "q0", "text": "Un zèbre", "lang": "fr", "type": "headline"},
        {"_id": "s", "text": "budget de Mopti", "lang": "en", "type": "sentence"},
    ]
    lines(folder / "corpus.jsonl", documents)
    lines(folder / "queries.jsonl", queries)
    rows = [f"q{year}\td{year}\t1" for year in YEARS] + ["q0\td0\t1", "s\td2015\t1"]
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *rows]) + "\n")
    return folder


@pytest.mark.parametrize(
    ("headline", "about"),
    [
        ("Oise : après 7 ans de prison, il est libéré", "Oise : après de prison, il est libéré"),
        ("Affaire Grégory : nouvelles révélations", "Affaire Grégory"),
        ("Debian GNU/Linux 4.0 updated", "Debian GNU/Linux updated"),
        ("Tabaski 2019", "Tabaski"),
        ("Le FN change ses plans pour le 1er mai", "Le FN change ses plans pour"),
    ],
)
def test_a_subject_is_a_headline_without_its_dates_and_numbers(headline: str, about: str) -> None:
    assert subject(headline) == about


def test_questions_hang_on_their_time_alone(news: Path, encoder: HashEncoder) -> None:
    collection = read_collection(news)
    with corpus_archive(collection, news, encoder) as archive:
        asked = time_bound(collection, news, archive)
        assert asked == time_bound(collection, news, archive)
    assert asked.name == "news in time"
    assert {query.text for query in asked.queries} <= {
        f"Mopti vote en {time}{year}" for year in YEARS for time in ("mars ", "")
    }
    assert len(asked.queries) == len(YEARS) - 1, "all but the one that is nearest to its own subject"
    assert [query.id.rpartition("-")[2] for query in asked.queries] == ["month", "year"] * 2 + ["month"]
    assert all(query.gold == {f"d{query.text[-4:]}": 1} for query in asked.queries)


def test_dates_settle_what_words_cannot(news: Path) -> None:
    [(dated, without)] = evaluate_time([news])
    assert (dated.system, without.system) == ("default", "without dates")
    assert dated.figures["hit@1"].value == 1.0
    assert without.figures["hit@1"].value < 0.5
    difference = next(one for one in compare([dated, without]) if one.metric == "hit@1").difference
    assert difference.value == dated.figures["hit@1"].value - without.figures["hit@1"].value


def test_the_command_line_measures_what_dates_bring(news: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate-time", str(news), "--json"])
    assert done.exit_code == 0
    measured = json.loads(done.stdout)
    assert measured["collections"]["news in time"]["hit@1"]["value"] == 1.0
    assert {row["metric"] for row in measured["comparisons"]} >= {"hit@1"}


def test_news_without_headlines_is_refused(news: Path, encoder: HashEncoder) -> None:
    lines(news / "queries.jsonl", [{"_id": "q2015", "text": "le budget", "lang": "fr"}])
    (news / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq2015\td2015\t1\n")
    with pytest.raises(CollectionError, match="no headline"):
        evaluate_time([news])


def test_a_questions_file_has_no_news(tmp_path: Path, news: Path) -> None:
    row = {"id": "1", "question": "Qui ?", "lang": "fr", "paragraphs": [1], "contains": None, "dates": []}
    with pytest.raises(CollectionError, match="questions file"):
        evaluate_time([lines(tmp_path / "questions.jsonl", [row])])


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
    read = read_expressions(lines(tmp_path / f"{name}.jsonl", [FILES[name]]))
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
    path = lines(tmp_path / "hours.jsonl", [row])
    with pytest.raises(CollectionError, match=r"hours\.jsonl annotates no calendar date"):
        read_expressions(path)


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"bad\.jsonl, line 1"):
        read_expressions(lines(tmp_path / "bad.jsonl", [{"text": "hier", "ref": "2016-11-07"}]))


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "dateparser.date", None)
    with pytest.raises(CollectionError, match="pip install dateparser"):
        temporal.dateparser_reader()


def test_dateparser_reads_what_it_is_told() -> None:
    pytest.importorskip("dateparser")
    read = temporal.dateparser_reader()
    assert read(expression("Il pleuvait hier.", "hier")) == bounds("2025-04-02")
    assert read(expression("en mars 2024", "mars 2024")) == bounds("2024-03")
    assert read(expression("des girafes", "girafes")) is None
