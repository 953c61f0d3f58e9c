"""What the reader learns from: groups from both layouts, mixed, and changed as people's questions are."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from retrieval.errors import CollectionError
from retrieval.training.reader import beir, mixture
from retrieval.training.reader.augmentation import names_of, swapped, typed_carelessly
from retrieval.training.reader.beir import (
    encyclopaedia_groups,
    news_groups,
    read_folder,
    split_articles,
    split_questions,
    with_questions,
)
from retrieval.training.reader.groups import Candidate, Group, locate
from retrieval.training.reader.mixture import mixed
from retrieval.training.reader.negatives import hardest
from retrieval.training.reader.sources import CANDIDATES, OWN, evenly, fixed
from retrieval.training.reader.squad import squad_groups

DOCUMENTS = [
    {"_id": "a0", "article": "a", "title": "", "text": "Le tramway de Tours ouvre en 2028."},
    {"_id": "a1", "article": "a", "title": "", "text": "Le tramway de Tours coûte 300 millions."},
    {"_id": "a2", "article": "a", "title": "", "text": "Le maire de Tours s'en réjouit."},
    {"_id": "b0", "article": "b", "title": "", "text": "La ligne de Tours ouvre en 2028, dit la presse."},
    {"_id": "b1", "article": "b", "title": "", "text": "Le musée prête deux violons."},
]
QUERY = {"_id": "q", "text": "Quand ouvre le tramway de Tours ?", "gold_article": "a", "tempting": ["a1"]}


def write_beir(folder: Path, queries: list[dict[str, Any]], near: list[dict[str, Any]]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, lines in (("corpus", DOCUMENTS), ("queries", queries), ("queries_unanswerable", near)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    rows = "".join(f"{query['_id']}\ta0\t1\n" for query in queries)
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows, encoding="utf-8")
    return folder


@pytest.fixture
def news(tmp_path: Path) -> list[Group]:
    near = [{**QUERY, "_id": "n", "text": "Qui conduit le tramway de Tours ?"}]
    return news_groups(
        read_folder(write_beir(tmp_path / "news", [{**QUERY, "answers": ["2028"]}], near)), None
    )


def test_a_question_on_news_has_its_answer_and_hard_wrong_passages(news: list[Group]) -> None:
    group = news[0]
    assert group.right
    assert group.answer
    assert group.right.text[slice(*group.answer)] == "2028"
    assert [candidate.text for candidate in group.tempting] == [DOCUMENTS[1]["text"]]
    wrong = [candidate.text for candidate in group.wrong]
    assert DOCUMENTS[2]["text"] in wrong
    assert DOCUMENTS[0]["text"] not in wrong
    assert DOCUMENTS[3]["text"] not in wrong, "another article's passage with the answer may be right"


def test_of_a_near_miss_nothing_is_right(news: list[Group]) -> None:
    group = news[1]
    assert (group.right, group.answer) == (None, None)
    assert group.tempting
    assert DOCUMENTS[0]["text"] in [candidate.text for candidate in group.wrong]


def test_questions_on_held_out_articles_are_not_trained_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = [{**QUERY, "_id": "n", "gold_article": "b"}, {**QUERY, "_id": "m"}]
    folder = read_folder(write_beir(tmp_path / "news", [{**QUERY, "answers": ["2028"]}], near))
    monkeypatch.setattr(beir, "is_held_out", lambda article: article == "a")
    training, held_out = split_questions(folder)
    assert (training.questions, [question["_id"] for question in training.near_misses]) == ([], ["n"])
    assert held_out == ["m", "q"]


def test_questions_of_a_file_are_on_the_documents_of_a_folder(tmp_path: Path) -> None:
    folder = read_folder(write_beir(tmp_path / "news", [{**QUERY, "answers": ["2028"]}], []))
    own = [
        {
            **QUERY,
            "_id": "v1",
            "text": "Combien coûte le tram ?",
            "passage": "a1",
            "answers": ["300 millions"],
        },
        {**QUERY, "_id": "v2", "text": "Qui le conduit ?", "passage": None, "answers": []},
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in own), encoding="utf-8")
    answerable, near_miss = news_groups(with_questions(folder, path), None)
    assert answerable.right
    assert answerable.right.text == DOCUMENTS[1]["text"]
    assert near_miss.right is None
    with pytest.raises(CollectionError, match=r"The questions .*absent cannot be read"):
        with_questions(folder, tmp_path / "absent")


def test_the_own_questions_have_answers_of_several_languages() -> None:
    asked = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    assert len({question["_id"] for question in asked}) == len(asked) > 7_000
    assert all(bool(question["answers"]) == bool(question["passage"]) for question in asked)
    assert len({question["lang"] for question in asked}) == 11


def test_articles_are_in_one_part_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = read_folder(write_beir(tmp_path / "piaf", [{**QUERY, "answers": ["2028"]}], []))
    titles = {"a0": "Tours", "a1": "Tours", "a2": "Tours", "b0": "Presse", "b1": "Violon"}
    for identifier, document in folder.documents.items():
        document["title"] = titles[identifier]
    monkeypatch.setattr(beir, "is_held_out", lambda title: title == "Tours")
    training, held_out = split_articles(folder)
    assert encyclopaedia_groups(training, None) == []
    [group] = encyclopaedia_groups(held_out, None)
    assert group.right == Candidate("Le tramway de Tours ouvre en 2028.", "Tours")
    assert {candidate.title for candidate in group.wrong} == {"Tours"}


def test_a_folder_that_is_no_collection_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"The collection .*absent cannot be read"):
        read_folder(tmp_path / "absent")


def test_impossible_questions_have_their_paragraph_as_the_tempting_one() -> None:
    paragraphs = [
        {
            "context": "The tram opens in 2028.",
            "qas": [
                {
                    "question": "When?",
                    "answers": [{"text": "2028", "answer_start": 18}],
                    "is_impossible": False,
                },
                {"question": "Who drives?", "answers": [], "is_impossible": True},
            ],
        },
        {"context": "The museum lends violins.", "qas": []},
    ]
    answerable, impossible = squad_groups("squad2", [{"paragraphs": paragraphs}])
    assert answerable.right
    assert answerable.answer
    assert answerable.right.text[slice(*answerable.answer)] == "2028"
    assert impossible.right is None
    assert impossible.tempting == (answerable.right,)
    assert answerable.wrong == impossible.wrong == (Candidate("The museum lends violins."),)


def test_the_hardest_share_the_most_words() -> None:
    passages = ["Le chat dort.", "Le tramway de Tours.", "Le tramway rouge.", "Un violon."]
    assert hardest(["Le tramway de Tours ?"], passages, 2) == [[1, 2]]


@pytest.mark.parametrize(
    ("answer", "text", "place"),
    [("12", "Il a 112 ans et 12 chats", (16, 18)), ("12", "112", (1, 3)), ("a", "b", None), ("", "b", None)],
)
def test_an_answer_is_looked_for_among_whole_words_first(
    answer: str, text: str, place: tuple[int, int] | None
) -> None:
    assert locate(answer, text) == place


def groups_of(source: str, count: int) -> list[Group]:
    wrong = tuple(Candidate(f"faux {i}", "titre", "2028-05-12") for i in range(9))
    right = Candidate("Le tramway de Tours ouvre en 2028.", "titre", "2028-05-12")
    return [Group(source, f"Le tramway de Lyon {i} ?", right, (29, 33), (), wrong) for i in range(count)]


def group_b() -> Group:
    return Group("b", "?", None, None, (), (Candidate("faux"),))


def test_every_source_keeps_its_share_throughout() -> None:
    sources = {"a": groups_of("a", 3), "b": groups_of("b", 50)}
    drawn = list(islice(mixed(sources, {"a": 3, "b": 1}, 0), 80))
    for start in range(0, 80, 8):
        assert Counter(group.source for group in drawn[start : start + 8]) == {"a": 6, "b": 2}
    assert all(len(group.wrong) == mixture.WRONG for group in drawn)
    assert 0 < sum(group.right is None for group in drawn) < 40
    titled = sum(bool(group.wrong[0].title) for group in drawn)
    assert 30 < titled < 70
    dated = sum(bool(group.wrong[0].published) for group in drawn)
    assert 40 < dated < 75
    assert sum("Tours" not in group.question and group.right is None for group in drawn) > 0


def test_most_groups_have_a_tempting_passage_and_another_of_the_article() -> None:
    tempting, sibling = Candidate("tentant"), Candidate("voisin")
    groups = [replace(group, tempting=(tempting,), siblings=(sibling,)) for group in groups_of("a", 9)]
    drawn = list(islice(mixed({"a": groups}, {"a": 1}, 0), 80))
    read = [{candidate.text for candidate in group.wrong} for group in drawn]
    assert sum("tentant" in texts for texts in read) > 70
    assert 30 < sum("voisin" in texts for texts in read) < 65
    assert all(group.siblings == group.tempting == () for group in drawn)


def test_some_groups_are_asked_something_else() -> None:
    sources = {"a": groups_of("a", 30), "b": [replace(group_b(), question="Qui pêche ?")]}
    drawn = list(islice(mixed(sources, {"a": 1, "b": 0}, 0), 3_000))
    elsewhere = [group for group in drawn if group.question.lower().startswith("qui")]
    assert elsewhere
    assert all(group.right is None for group in elsewhere)


def test_the_stream_is_that_of_its_seed() -> None:
    sources = {"a": groups_of("a", 5), "b": groups_of("b", 7)}
    shares = {"a": 1.0, "b": 2.0}
    whole = list(islice(mixed(sources, shares, 4), 40))
    assert list(islice(mixed(sources, shares, 4), 40)) == whole
    assert list(islice(mixed(sources, shares, 5), 40)) != whole


def test_a_name_or_a_number_swapped_leaves_no_right_passage() -> None:
    right = Candidate("Le tramway de Tours ouvre en 2028.")
    group = Group("a", "Le tramway de Tours ouvre-t-il en 2028 ?", right, (29, 33))
    names = names_of(["La ville de Lyon ?", "Qui est Zoé Martin ?"])
    assert names == ["Lyon", "Martin", "Zoé"]
    for seed in range(20):
        changed = swapped(group, names, random.Random(seed))
        assert changed
        assert (changed.right, changed.answer, changed.tempting) == (None, None, (right,))
        assert ("Tours" in changed.question) != ("2028" in changed.question)
    assert swapped(Group("a", "Quand ouvre-t-il ?", right, None), names, random.Random(0)) is None


def test_questions_are_typed_without_capitals_and_sometimes_wrongly() -> None:
    typed = {typed_carelessly("Où le Théâtre ouvre-t-il ?", random.Random(seed)) for seed in range(40)}
    assert all(question == question.lower() and not question.endswith("?") for question in typed)
    assert "où le théâtre ouvre-t-il" in typed
    assert "ou le theatre ouvre-t-il" in typed
    assert len(typed) > 4


def test_the_validation_part_is_fixed_and_has_every_kind_of_candidate() -> None:
    group = groups_of("a", 1)[0]
    [tempting, *wrong] = group.wrong
    with_tempting = Group("a", "?", group.right, group.answer, (tempting,), tuple(wrong))
    read = fixed(with_tempting)
    assert (read.tempting, read.wrong[0], len(read.wrong)) == ((), tempting, CANDIDATES - 1)
    assert [group.question for group in evenly(groups_of("a", 10), 2)] == [
        "Le tramway de Lyon 0 ?",
        "Le tramway de Lyon 5 ?",
    ]
