"""Collections are read as they are written, and a malformed one is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.articles import split_passages
from retrieval.errors import CollectionError
from retrieval.evaluation.collections import (
    Collection,
    Query,
    article_text,
    read_beir,
    read_collection,
    read_collections,
    read_questions,
    spaced,
)
from retrieval.types import Article, Passage

CORPUS = [
    {"_id": "d1", "title": "Sahel", "text": "Une alliance.", "date": "2016-03-24T20:40:00+01:00"},
    {"_id": "d2", "title": "", "text": "Un pacte.\u2028Une suite."},
]
QUERIES = [
    {"_id": "q1", "text": "Quelle alliance ?", "lang": "fr", "answers": ["une alliance"]},
    {"_id": "q2", "text": "Which pact?"},
    {"_id": "q3", "text": "Asked of the training half only"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\nq2\td2\t1\nq2\td1\t0\n"
QUESTION = {
    "id": "a",
    "question": "Quand ?",
    "lang": "fr",
    "paragraphs": [2, 4],
    "contains": "le 29 janvier",
    "dates": ["2025-01-29"],
}


def write_lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """A small, sound BEIR folder named ``tiny``."""
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    write_lines(folder / "corpus.jsonl", CORPUS)
    write_lines(folder / "queries.jsonl", QUERIES)
    (folder / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def passage(id_: str, article: str, paragraph: int = 1) -> Passage:
    return Passage(id=id_, article_id=article, paragraph=paragraph, start=0, end=1, text="x")


def test_a_beir_folder_is_read(beir: Path) -> None:
    """Graded judgements, answers, dates to the day; a query without judgements is left out."""
    collection = read_collection(beir)
    assert collection.name == "tiny"
    first, second = collection.queries
    assert first == Query("q1", "Quelle alliance ?", "fr", {"d1": 2, "d2": 1}, answers=("une alliance",))
    assert second == Query("q2", "Which pact?", "und", {"d2": 1})
    assert collection.documents["d1"].published == "2016-03-24"
    assert collection.documents["d2"].published is None
    assert collection.documents["d2"].text == "Un pacte.\u2028Une suite."


@pytest.mark.parametrize(
    ("fields", "kind"),
    [({"kind": "who", "type": "question"}, "who"), ({"type": "headline"}, "headline"), ({}, "")],
)
def test_a_query_may_say_of_what_kind_it_is(beir: Path, fields: dict[str, str], kind: str) -> None:
    """By its kind or, failing that, its type; an unanswerable one too."""
    write_lines(beir / "queries.jsonl", [QUERIES[0], QUERIES[1] | fields])
    write_lines(beir / "queries_unanswerable.jsonl", [{"_id": "u1", "text": "Qui ?"} | fields])
    assert [query.kind for query in read_beir(beir).queries] == ["", kind, kind]


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2016-03-24T20:40:00+01:00", "2016-03-24"),
        ("2016-03-24 20:40", "2016-03-24"),
        ("2001-11-5", "2001-11-05"),
        ("2025-04", "2025-04"),
        ("2025", "2025"),
        ("2025-02-30", None),
        ("20250430", None),
        ("hier", None),
        ("", None),
    ],
)
def test_corpus_dates_are_read_as_they_are_written(beir: Path, date: str, published: str | None) -> None:
    """One that is no date is unknown, and the collection still serves."""
    write_lines(beir / "corpus.jsonl", [CORPUS[0] | {"date": date}, CORPUS[1]])
    assert read_beir(beir).documents["d1"].published == published


def test_unanswerable_queries_follow_the_others(beir: Path) -> None:
    """They have no gold, whatever answer they carry."""
    write_lines(
        beir / "queries_unanswerable.jsonl", [{"_id": "u1", "text": "Qui ?", "lang": "fr", "answers": ["X"]}]
    )
    queries = read_beir(beir).queries
    assert [query.id for query in queries] == ["q1", "q2", "u1"]
    assert [query.answerable for query in queries] == [True, True, False]


def test_a_document_is_known_by_its_article_or_its_passage(beir: Path) -> None:
    """A long document is one article cut in passages; a passage may also be a document of its own."""
    collection = read_beir(beir)
    assert collection.doc_id(passage("d1#3", article="d1")) == "d1"
    assert collection.doc_id(passage("d2", article="paper")) == "d2"


def test_a_questions_file_is_read(tmp_path: Path) -> None:
    """Its documents are the paragraphs of the one article."""
    unanswerable = QUESTION | {"id": "b", "paragraphs": [], "contains": None, "dates": []}
    collection = read_collection(write_lines(tmp_path / "mine.jsonl", [QUESTION, unanswerable]))
    assert collection.name == "mine"
    assert collection.queries[0] == Query(
        "a", "Quand ?", "fr", {"2": 1, "4": 1}, contains="le 29 janvier", dates=("2025-01-29",)
    )
    assert not collection.queries[1].answerable
    assert collection.doc_id(passage("article#4", article="article", paragraph=4)) == "4"


def test_the_projects_own_questions_are_read() -> None:
    """The reader and the file in the repository agree."""
    collection = read_questions(Path(__file__).parents[1] / "questions.jsonl")
    assert collection.name == "questions"
    assert sum(query.answerable for query in collection.queries) >= 80


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("corpus.jsonl", "", "corpus.jsonl is empty"),
        (
            "corpus.jsonl",
            '{"_id": "d1", "text": "x"}\n\n{"_id": "d2"}\n',
            'corpus.jsonl, line 3: "text" is None',
        ),
        ("corpus.jsonl", '{"_id": 7, "text": "x"}\n', 'corpus.jsonl, line 1: "_id" is 7'),
        ("queries.jsonl", '{"_id": "q1", "text": "x"}\n{oops\n', "queries.jsonl, line 2 is not JSON"),
        ("queries.jsonl", '["q1"]\n', "queries.jsonl, line 1 is not a JSON object"),
        ("queries.jsonl", '{"_id": "q1", "text": " "}\n', "line 1: \"text\" is ' '"),
        (
            "queries.jsonl",
            '{"_id": "q1", "text": "x", "answers": "y"}\n',
            "\"answers\" is 'y'; give a list of texts",
        ),
        ("queries.jsonl", '{"_id": "q1", "text": "x", "kind": 7}\n', 'line 1: "kind" is 7'),
        ("queries.jsonl", '{"_id": "q1", "text": "x"}\n' * 2, "line 2: the id 'q1' was already used"),
        ("queries_unanswerable.jsonl", '{"_id": "q1", "text": "x"}\n', "'q1' is also in queries.jsonl"),
        ("qrels/test.tsv", "", "test.tsv, line 1: '' is not the header"),
        ("qrels/test.tsv", "q1\td1\t1\n", "test.tsv, line 1: 'q1\\td1\\t1' is not the header"),
        ("qrels/test.tsv", QRELS + "q2 d1 1\n", "test.tsv, line 6: 'q2 d1 1' is not a query id"),
        ("qrels/test.tsv", QRELS + "q2\td1\tyes\n", "test.tsv, line 6"),
        ("qrels/test.tsv", QRELS + "q9\td1\t1\n", "line 6: the query 'q9' is not in queries.jsonl"),
        (
            "qrels/test.tsv",
            "query-id\tcorpus-id\tscore\nq1\td1\t0\n",
            "has no usable queries: none has a relevant document",
        ),
    ],
)
def test_a_malformed_folder_is_refused_with_its_line(
    beir: Path, file: str, content: str, message: str
) -> None:
    """The message says where the fault is."""
    (beir / file).write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError) as caught:
        read_collection(beir)
    assert message in str(caught.value)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(beir: Path, file: str) -> None:
    """Each file of the layout is needed."""
    (beir / file).unlink()
    with pytest.raises(CollectionError, match=f"{file} is missing"):
        read_collection(beir)


def test_a_file_that_is_not_utf8_is_refused(beir: Path) -> None:
    """Latin-1 is not guessed at."""
    (beir / "corpus.jsonl").write_bytes('{"_id": "d1", "text": "été"}\n'.encode("latin-1"))
    with pytest.raises(CollectionError, match=r"corpus.jsonl is not UTF-8 \(byte 23\)"):
        read_collection(beir)


def test_windows_line_ends_are_read(beir: Path) -> None:
    """A judgement's score is not spoilt by a carriage return."""
    (beir / "qrels" / "test.tsv").write_bytes(QRELS.replace("\n", "\r\n").encode())
    assert read_beir(beir).queries[0].gold == {"d1": 2, "d2": 1}


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The message says what could be given."""
    with pytest.raises(CollectionError, match="does not exist: give a BEIR folder or a questions file"):
        read_collection(tmp_path / "nowhere")


def test_two_collections_of_one_name_are_refused(beir: Path) -> None:
    """One would hide the other in the report."""
    with pytest.raises(CollectionError, match="'tiny' is already given"):
        read_collections([beir, beir])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"paragraphs": [0]}, '"paragraphs" is [0]; give a list of numbers from 1'),
        ({"paragraphs": [True]}, '"paragraphs" is [True]'),
        ({"paragraphs": None}, '"paragraphs" is None'),
        ({"dates": ["29 janvier"]}, "'29 janvier' is not an EDTF date"),
        ({"dates": None}, '"dates" is None'),
        ({"contains": 3}, '"contains" is 3'),
        ({"question": None}, '"question" is None'),
    ],
)
def test_a_malformed_question_is_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    """Every field of the contract is checked."""
    path = write_lines(tmp_path / "mine.jsonl", [QUESTION, QUESTION | {"id": "b"} | change])
    with pytest.raises(CollectionError) as caught:
        read_collection(path)
    assert "mine.jsonl, line 2: " in str(caught.value)
    assert message in str(caught.value)


def test_an_empty_questions_file_is_refused(tmp_path: Path) -> None:
    """There is nothing to measure."""
    with pytest.raises(CollectionError, match="is empty: give it at least one question"):
        read_collection(write_lines(tmp_path / "mine.jsonl", []))


def many(answerable: int, unanswerable: int) -> Collection:
    gold = {"1": 1}
    asked = [Query(f"a{number}", "?", gold=gold) for number in range(answerable)]
    silent = [Query(f"u{number}", "?") for number in range(unanswerable)]
    return Collection("many", (*asked, *silent))


def test_a_limit_takes_evenly_spaced_queries_of_both_sorts() -> None:
    """Ten of eighty and twenty: eight of the first, two of the second, evenly spaced in file order."""
    kept = [query.id for query in spaced(many(80, 20), 10).queries]
    assert kept == ["a0", "a10", "a20", "a30", "a40", "a50", "a60", "a70", "u0", "u10"]


@pytest.mark.parametrize("limit", [1, 3, 7, 99])
def test_a_limit_is_met_exactly(limit: int) -> None:
    """Rounding the shares neither adds nor loses a query."""
    assert len({query.id for query in spaced(many(67, 33), limit).queries}) == limit


def test_a_limit_beyond_the_end_changes_nothing() -> None:
    """There are no more questions to take."""
    collection = many(3, 1)
    assert spaced(collection, 4) == spaced(collection, 50) == collection


def test_documents_of_one_article_are_its_paragraphs(beir: Path) -> None:
    """Each passage of an article made of documents goes by the id of the document that it is in."""
    rows = [
        {"_id": "a-0", "title": "", "text": "Une alliance.\n\nElle dure.", "article": "a"},
        {"_id": "d9", "title": "", "text": "Autre chose."},
        {"_id": "a-1", "title": "", "text": "Un pacte.", "article": "a"},
    ]
    write_lines(beir / "corpus.jsonl", rows)
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta-1\t1\n", encoding="utf-8")
    collection = read_beir(beir)
    documents = collection.articles["a"]
    article = Article("a", "a", article_text(documents))
    assert {name: [document.id for document in each] for name, each in collection.articles.items()} == {
        "a": ["a-0", "a-1"],
        "d9": ["d9"],
    }
    assert [(found.text, collection.doc_id(found)) for found in split_passages(article)] == [
        ("Une alliance.", "a-0"),
        ("Elle dure.", "a-0"),
        ("Un pacte.", "a-1"),
    ]
