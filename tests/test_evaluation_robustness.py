"""Baselines, questions typed in haste, questions on other subjects, and the command that asks them."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from retrieval.ingest.opening import open_archive

from retrieval.errors import CollectionError
from retrieval.evaluation.bars import missed, parse_bars
from retrieval.evaluation.baselines import Fusion, opened, reciprocal_rank_fusion
from retrieval.evaluation.collections import Collection, Query
from retrieval.evaluation.evaluator import Evaluation, evaluate
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.report import value
from retrieval.evaluation.robustness import (
    NEIGHBOURS,
    asked_off_topic,
    in_haste,
    misspelt,
    read_off_topic,
    typed_again,
)
from retrieval.evaluation.silence import calibration_error, reliability
from retrieval.evaluation.systems import Response
from retrieval.types import Answer, Article, Copy, Hit, Passage

ARTICLE = Article("art", "art.txt", "")


def hit(paragraph: int, score: float = 1.0) -> Hit:
    return Hit(Passage(f"art#{paragraph}", "art", paragraph, 0, 1, "x"), ARTICLE, score, (0, 1))


@dataclass
class Scripted:
    """A system that ranks the paragraphs of its script, and is as sure as it is told to be."""

    script: dict[str, list[int]]
    confidence: float | None = None
    name: str = "default"

    def respond(self, question: str, k: int) -> Response:
        hits = [hit(paragraph) for paragraph in self.script[question]][:k]
        if self.confidence is None:
            return Response(hits, None)
        sure = self.confidence if hits else 0.0
        return Response(hits, Answer(question, answered=sure >= 0.5, confidence=sure), 0.001)


def test_fusion_by_hand() -> None:
    """First and third beats second alone; equal sums are ordered by id."""
    left = [hit(1), hit(2), hit(3)]
    right = [hit(4), hit(5), hit(1)]
    fused = reciprocal_rank_fusion([left, right])
    assert [found.passage.paragraph for found in fused] == [1, 4, 2, 5, 3]
    assert [found.score for found in fused] == pytest.approx(
        [1 / 61 + 1 / 63, 1 / 61, 1 / 62, 1 / 62, 1 / 63]
    )


def test_copies_are_one_hit_whichever_of_them_each_ranking_shows() -> None:
    one, other = hit(1), hit(2)
    left = [replace(one, copies=(Copy(other.passage, ARTICLE),)), hit(3)]
    right = [hit(4), replace(other, copies=(Copy(one.passage, ARTICLE),))]
    fused = reciprocal_rank_fusion([left, right])
    assert [found.passage.paragraph for found in fused] == [1, 4, 3]
    assert fused[0].score == pytest.approx(1 / 61 + 1 / 62)


def test_fusion_is_a_system_that_never_stays_silent() -> None:
    """It fuses what its parts rank, to the depth asked for."""
    fusion = Fusion((Scripted({"?": [1, 2]}), Scripted({"?": [2, 3]})))
    response = fusion.respond("?", 2)
    assert [found.passage.paragraph for found in response.hits] == [2, 1]
    assert (fusion.name, response.answer, response.seconds) == ("rrf", None, None)


def test_baselines_rank_by_one_feature(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BM25 finds nothing where no word is shared; a question is embedded once for all three."""
    embedded: list[str] = []
    encode = encoder.encode_queries
    monkeypatch.setattr(encoder, "encode_queries", lambda texts: embedded.extend(texts) or encode(texts))
    asked = "la seconde ligne du tramway de Tours"
    with open_archive(folder) as archive, opened(["bm25", "dense", "rrf"], archive) as systems:
        tramway = [system.respond(asked, 5).hits[0].article.path for system in systems]
        strange = systems[0].respond("xylophone zzz", 5).hits
    assert [Path(path).name for path in tramway] == ["tramway.txt"] * 3
    assert strange == []
    assert embedded == [asked, "xylophone zzz"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Où est née l’Élysée ?", "ou est nee l’elysee ?"),
        ("Le cœur de l'ÎLE", "le coeur de l'ile"),
        ("언제 한국에", "언제 한국에"),
    ],
)
def test_typed_in_haste(text: str, typed: str) -> None:
    """No capitals, no accents, and nothing else is lost."""
    assert in_haste(text) == typed


@given(st.randoms(use_true_random=False))
def test_a_slip_is_in_one_long_word_that_says_something(draw: random.Random) -> None:
    """One slip away, the first letter kept, the rest of the question untouched."""
    asked = "Pourquoi le président a-t-il reçu la presse ?"
    pairs = zip(asked.split(), misspelt(asked, draw).split(), strict=True)
    ((word, slip),) = [pair for pair in pairs if pair[0] != pair[1]]
    assert word in {"président", "presse"}
    assert slip[0] == word[0]
    assert OSA.distance(in_haste(word), in_haste(slip)) == 1


def test_slips_are_of_four_kinds_and_the_same_for_the_same_seed() -> None:
    """A letter fewer, a letter twice, two swapped, or one beside it on a French keyboard."""
    slips = [misspelt("presidents", random.Random(seed)) for seed in range(400)]
    assert {"presients", "presiddents", "presdients", "preqidents", "predidents"} <= set(slips)
    assert slips == [misspelt("presidents", random.Random(seed)) for seed in range(400)]
    assert (NEIGHBOURS["a"], NEIGHBOURS["s"], NEIGHBOURS["n"]) == ("z", "qd", "b")


@pytest.mark.parametrize("text", ["Où est-ce ?", "", "Qui a dit non 12345 fois ?", "为什么"])
def test_a_question_without_a_long_word_stays_as_it_is(text: str) -> None:
    assert misspelt(text, random.Random(0)) == text


def test_what_haste_costs() -> None:
    """One of two questions loses its passage from the first rank to the third: half of .5."""
    collection = Collection(
        "own", (Query("a", "Où ?", "fr", {"1": 1}), Query("b", "Qui", "fr", {"2": 1}), Query("c", "É", "fr"))
    )
    system = Scripted({"Où ?": [1], "ou ?": [3, 4, 1], "Qui": [2], "qui": [2], "É": [5]})
    evaluation = typed_again(evaluate(collection, system), collection, system)
    assert evaluation.figures["ndcg@10"].value == 1
    assert evaluation.figures["ndcg@10_typed"].value == pytest.approx(0.75)
    assert evaluation.figures["typed_loss"].value == pytest.approx(0.25)
    assert evaluation.by_language["fr"]["typed_loss"] == evaluation.figures["typed_loss"]
    assert [record.values.get("typed_loss") for record in evaluation.records] == pytest.approx(
        [0.5, 0.0, None]
    )


def test_what_a_slip_costs() -> None:
    """The question that has a long word loses its passage for good, the other nothing: half of 1."""

    class Strict(Scripted):
        def respond(self, question: str, k: int) -> Response:
            return super().respond(question, k) if question in self.script else Response([hit(9)], None)

    queries = (Query("a", "tramway", "fr", {"1": 1}), Query("b", "qui", "fr", {"2": 1}))
    collection = Collection("own", queries)
    system = Strict({"tramway": [1], "qui": [2]})
    evaluation = typed_again(evaluate(collection, system), collection, system)
    assert evaluation.figures["ndcg@10_misspelt"].value == evaluation.figures["misspelt_loss"].value == 0.5
    assert evaluation.figures["typed_loss"].value == 0
    assert value("misspelt_loss", evaluation.figures["misspelt_loss"]) == "50.0"
    assert missed(parse_bars(["misspelt_loss=0.4"]), [evaluation]) == [
        "own: misspelt_loss is 0.500, above the bar of 0.4."
    ]


def test_questions_on_other_subjects(tmp_path: Path) -> None:
    """One of three is answered; they are kept apart from the collection's own questions."""
    path = tmp_path / "off.jsonl"
    lines = [{"id": str(number), "text": f"Question {number}", "lang": "fr"} for number in range(3)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    questions = read_off_topic(path)
    collection = Collection("own", (Query("a", "Où ?", "fr", {"1": 1}),))
    script = {"Où ?": [1], "Question 0": [], "Question 1": [2], "Question 2": []}
    for system, expected in (
        (Scripted(script, confidence=0.9), pytest.approx(1 / 3)),
        (Scripted(script), None),
    ):
        evaluation = asked_off_topic(evaluate(collection, system), questions, system)
        figure = evaluation.figures.get("answered_off_topic")
        assert (figure.value if figure else None) == expected
        assert (len(evaluation.records), len(evaluation.off_topic)) == (1, 3)


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


def test_calibration_error_by_hand() -> None:
    """Twenty questions, two a bin: sure of .9 and half right is .4 off; of .1 and none right, .1 off."""
    confidence = np.array([0.9] * 10 + [0.1] * 10)
    right = np.array([1.0, 0.0] * 5 + [0.0] * 10)
    assert float(calibration_error(confidence, right)) == pytest.approx(0.4 / 2 + 0.1 / 2)
    bins = reliability(confidence, right)
    assert [(group.n, group.confidence, group.right) for group in bins] == [
        *[(2, pytest.approx(0.1), 0)] * 5,
        *[(2, pytest.approx(0.9), 1)] * 5,
    ]


def test_calibration_error_of_stacks_and_of_few() -> None:
    """Resamples are stacked a row each; three questions make three bins; order plays no part."""
    confidence = np.array([[0.5, 0.8, 0.2], [1.0, 1.0, 0.0]])
    right = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    assert calibration_error(confidence, right) == pytest.approx([0.9 / 3, 0.0])
    assert [group.n for group in reliability(confidence[0], right[0])] == [1, 1, 1]


def test_a_bar_is_a_floor_or_a_ceiling() -> None:
    """Errors and delays are to stay below theirs."""
    figures = {
        "ndcg@10": Figure(0.8, None, None),
        "ece": Figure(0.1, None, None),
        "latency_p50_ms": Figure(5.0, None, None),
    }
    evaluation = Evaluation("own", "default", (), figures, {})
    assert missed(parse_bars(["ndcg@10=0.8", "ece=0.1", "latency_p50_ms=6"]), [evaluation]) == []
    assert missed(parse_bars(["ndcg@10=0.9", "ece=0.05", "auroc=0.9"]), [evaluation]) == [
        "own: ndcg@10 is 0.800, below the bar of 0.9.",
        "own: ece is 0.100, above the bar of 0.05.",
        "own: auroc was not measured; the bar is 0.9.",
    ]
