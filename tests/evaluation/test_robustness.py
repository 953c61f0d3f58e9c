"""Questions without accents, misspelt questions, and questions on other subjects."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from evaluation.scripted import Scripted, hit
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.errors import CollectionError
from retrieval.evaluation.bars import missed, parse_bars
from retrieval.evaluation.collections import Collection, Query
from retrieval.evaluation.evaluator import evaluate
from retrieval.evaluation.report import value
from retrieval.evaluation.robustness import (
    NEIGHBOURS,
    asked_off_topic,
    misspelt,
    read_off_topic,
    typed_again,
    without_accents,
)
from retrieval.evaluation.systems import Response


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Où est née l’Élysée ?", "ou est nee l’elysee ?"),
        ("Le cœur de l'ÎLE", "le coeur de l'ile"),
        ("언제 한국에", "언제 한국에"),
    ],
)
def test_capitals_and_accents_are_taken_off(text: str, typed: str) -> None:
    """No capitals, no accents, and nothing else is lost."""
    assert without_accents(text) == typed


@given(st.randoms(use_true_random=False))
def test_a_slip_is_in_one_long_word_that_says_something(draw: random.Random) -> None:
    """One slip away, the first letter kept, the rest of the question untouched."""
    asked = "Pourquoi le président a-t-il reçu la presse ?"
    pairs = zip(asked.split(), misspelt(asked, draw).split(), strict=True)
    ((word, slip),) = [pair for pair in pairs if pair[0] != pair[1]]
    assert word in {"président", "presse"}
    assert slip[0] == word[0]
    assert OSA.distance(without_accents(word), without_accents(slip)) == 1


def test_slips_are_of_four_kinds_and_the_same_for_the_same_seed() -> None:
    """A letter fewer, a letter twice, two swapped, or one beside it on a French keyboard."""
    slips = [misspelt("presidents", random.Random(seed)) for seed in range(400)]
    assert {"presients", "presiddents", "presdients", "preqidents", "predidents"} <= set(slips)
    assert slips == [misspelt("presidents", random.Random(seed)) for seed in range(400)]
    assert (NEIGHBOURS["a"], NEIGHBOURS["s"], NEIGHBOURS["n"]) == ("z", "qd", "b")


@pytest.mark.parametrize("text", ["Où est-ce ?", "", "Qui a dit non 12345 fois ?", "为什么"])
def test_a_question_without_a_long_word_stays_as_it_is(text: str) -> None:
    assert misspelt(text, random.Random(0)) == text


def test_what_is_lost_without_accents() -> None:
    """One of two questions loses its passage from the first rank to the third: half of .5."""
    collection = Collection(
        "own", (Query("a", "Où ?", "fr", {"1": 1}), Query("b", "Qui", "fr", {"2": 1}), Query("c", "É", "fr"))
    )
    system = Scripted(
        {
            "Où ?": ([1], None),
            "ou ?": ([3, 4, 1], None),
            "Qui": ([2], None),
            "qui": ([2], None),
            "É": ([5], None),
        }
    )
    evaluation = typed_again(evaluate(collection, system), collection, system)
    assert evaluation.figures["ndcg@10"].value == 1
    assert evaluation.figures["ndcg@10_typed"].value == pytest.approx(0.75)
    assert evaluation.figures["typed_loss"].value == pytest.approx(0.25)
    assert evaluation.parts["language"]["fr"].figures["typed_loss"] == evaluation.figures["typed_loss"]
    assert [record.values.get("typed_loss") for record in evaluation.records] == pytest.approx(
        [0.5, 0.0, None]
    )


def test_what_is_lost_to_a_misspelling() -> None:
    """The question that has a long word loses its passage for good, the other nothing: half of 1."""

    class Strict(Scripted):
        def respond(self, question: str, k: int) -> Response:
            return super().respond(question, k) if question in self.script else Response([hit(9)], None)

    queries = (Query("a", "tramway", "fr", {"1": 1}), Query("b", "qui", "fr", {"2": 1}))
    collection = Collection("own", queries)
    system = Strict({"tramway": ([1], None), "qui": ([2], None)})
    evaluation = typed_again(evaluate(collection, system), collection, system)
    assert evaluation.figures["ndcg@10_misspelt"].value == evaluation.figures["misspelt_loss"].value == 0.5
    assert evaluation.figures["typed_loss"].value == 0
    assert value("misspelt_loss", evaluation.figures["misspelt_loss"]) == "50.0"
    assert missed(parse_bars(["misspelt_loss=0.4"]), [evaluation]) == [
        "own: misspelt_loss is 0.500, above the bar of 0.4."
    ]


def test_questions_on_other_subjects(tmp_path: Path) -> None:
    """One of three is answered, for another a passage is shown; they are apart from the collection's own."""
    path = tmp_path / "off.jsonl"
    lines = [{"id": str(number), "text": f"Question {number}", "lang": "fr"} for number in range(3)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    questions = read_off_topic(path)
    collection = Collection("own", (Query("a", "Où ?", "fr", {"1": 1}),))
    script: dict[str, tuple[list[int], float | None]] = {
        "Où ?": ([1], 0.9),
        "Question 0": ([2], 0.9),
        "Question 1": ([2], 0.4),
        "Question 2": ([2], 0.1),
    }
    system = Scripted(script, near=0.3)
    evaluation = asked_off_topic(evaluate(collection, system), questions, system)
    assert evaluation.figures["answered_off_topic"].value == pytest.approx(1 / 3)
    assert evaluation.figures["shown_off_topic"].value == pytest.approx(2 / 3)
    assert (len(evaluation.records), len(evaluation.off_topic)) == (1, 3)
    baseline = Scripted({question: (ranking, None) for question, (ranking, _) in script.items()})
    unable = asked_off_topic(evaluate(collection, baseline), questions, baseline)
    assert not {"answered_off_topic", "shown_off_topic"} & unable.figures.keys()
    assert len(unable.off_topic) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty: give it at least one question"),
        ('{"id": "1"}', 'line 1: "text" is None'),
        ('{"id": "1", "text": "?"}\n{"id": "1", "text": "!"}', "line 2: the id '1' was already used"),
    ],
)
def test_a_bad_file_of_questions(tmp_path: Path, content: str, message: str) -> None:
    """The message says where."""
    path = tmp_path / "off.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError, match=message):
        read_off_topic(path)
