"""Questions that only their time settles, made from headlines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluation.scripted import write_beir, write_lines
from fakes import HashEncoder, ranker
from typer.testing import CliRunner

from retrieval.cli import app
from retrieval.errors import CollectionError
from retrieval.evaluation import timebound
from retrieval.evaluation.collections import read_collection
from retrieval.evaluation.compare import compare
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.timebound import evaluate_time, subject, time_bound

YEARS = range(2015, 2021)


@pytest.fixture
def news(tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six budgets voted in March of six years, each article headed alike, and one of a kind."""
    monkeypatch.setattr(timebound, "load_encoder", lambda name: encoder)
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
    judged = {f"q{year}": f"d{year}" for year in YEARS} | {"q0": "d0", "s": "d2015"}
    folder = write_beir(tmp_path / "news", documents, queries, judged)
    unanswerable = {"_id": "u", "text": "Mopti vote : le budget 1999", "lang": "fr", "type": "headline"}
    write_lines(folder / "queries_unanswerable.jsonl", [unanswerable])
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
    with corpus_archive(collection, news, encoder, ranker()) as archive:
        asked = time_bound(collection, archive)
        assert asked == time_bound(collection, archive)
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
    write_lines(news / "queries.jsonl", [{"_id": "q2015", "text": "le budget", "lang": "fr"}])
    (news / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq2015\td2015\t1\n")
    with pytest.raises(CollectionError, match="no headline"):
        evaluate_time([news])


def test_a_questions_file_has_no_news(tmp_path: Path, news: Path) -> None:
    row = {"id": "1", "question": "Qui ?", "lang": "fr", "paragraphs": [1], "contains": None, "dates": []}
    with pytest.raises(CollectionError, match="questions file"):
        evaluate_time([write_lines(tmp_path / "questions.jsonl", [row])])
