"""The measures of one question, against cases worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from evaluation.scripted import ARTICLE, hit, marking, passage, quoted

from retrieval.evaluation.collections import Query
from retrieval.evaluation.metrics import (
    first_quote,
    marked_values,
    quote_values,
    ranking_values,
    silence_values,
)
from retrieval.evaluation.systems import Response
from retrieval.types import Answer, DateMention, Hit


def dated(text: str, *values: str) -> Hit:
    """A passage whose first word is highlighted, and that tells dates."""
    dates = tuple(DateMention(0, 1, "x", value, None, None) for value in values)
    return Hit(passage(3, text), ARTICLE, (0, 4), dates)


def test_the_first_quote_is_what_a_person_reads_first() -> None:
    """An answer's quote comes before the ranking; a silent system would have quoted its first hit."""
    quote, other = quoted(dated("Oui. Non.", "2025")), hit(1)
    assert first_quote(Response([other], Answer("?", True, 0.9, (quote,)), 0.0)) == quote
    for answer in (Answer("?", False, 0.1), None):
        assert first_quote(Response([other], answer, 0.0)) == other
    assert first_quote(Response([], None, 0.0)) is None


def test_ranking_measures_by_hand() -> None:
    """Grades 2 and 1 at ranks 3 and 2: DCG = 1/log2(3) + 2/log2(4), at best 2/log2(2) + 1/log2(3)."""
    query = Query("q", "?", gold={"best": 2, "good": 1})
    values = ranking_values([query], {"q": ["wrong", "good", "best"]})["q"]
    gained = 1 / math.log2(3) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert values == pytest.approx(
        {"hit@1": 0, "hit@3": 1, "success@5": 1, "mrr@10": 1 / 2, "ndcg@10": gained / ideal}
    )


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (1, {"hit@1": 1, "hit@3": 1, "success@5": 1, "mrr@10": 1, "ndcg@10": 1}),
        (3, {"hit@1": 0, "hit@3": 1, "success@5": 1, "mrr@10": 1 / 3, "ndcg@10": 1 / 2}),
        (5, {"hit@1": 0, "hit@3": 0, "success@5": 1, "mrr@10": 1 / 5, "ndcg@10": 1 / math.log2(6)}),
        (10, {"hit@1": 0, "hit@3": 0, "success@5": 0, "mrr@10": 1 / 10, "ndcg@10": 1 / math.log2(11)}),
        (11, {"hit@1": 0, "hit@3": 0, "success@5": 0, "mrr@10": 0, "ndcg@10": 0}),
    ],
)
def test_ranking_measures_by_rank(rank: int, expected: dict[str, float]) -> None:
    """One relevant document at each telling rank; the names of the wrong ones play no part."""
    ranking = [f"z{number}" for number in range(1, rank)] + ["right", "after"]
    assert ranking_values([Query("q", "?", gold={"right": 1})], {"q": ranking})["q"] == pytest.approx(
        expected
    )


def test_a_ranking_without_anything_counts_as_zero() -> None:
    """Finding nothing for an answerable question is a miss, not a question less."""
    query = Query("q", "?", gold={"right": 1})
    for others in ({}, {"other": ["right"]}):
        queries = [query, *(Query(name, "?", gold={"right": 1}) for name in others)]
        assert ranking_values(queries, {"q": [], **others})["q"] == {
            "hit@1": 0,
            "hit@3": 0,
            "success@5": 0,
            "mrr@10": 0,
            "ndcg@10": 0,
        }


def test_a_quote_is_right_in_bold_or_only_around() -> None:
    """The words looked for are exact; the highlighted sentence is judged apart from its passage."""
    query = Query("q", "?", gold={"3": 1}, contains="Non", dates=("2025-01-29",))
    first = first_quote(Response([dated("Oui. Non.", "2025-01-29", "2023")], None, 0.0))
    assert quote_values(query, first, right=True) == {
        "quote_in_sentence": 0,
        "quote_in_passage": 1,
        "dates_correct": 1,
    }


def test_dates_are_judged_on_right_passages_only() -> None:
    """A missing gold date is a fault; a wrong passage is counted by hit@1 already."""
    query = Query("q", "?", gold={"3": 1}, dates=("2025-01-29", "2024-01"))
    first = first_quote(Response([dated("Oui.", "2025-01-29")], None, 0.0))
    assert quote_values(query, first, right=True) == {"dates_correct": 0}
    assert quote_values(query, first, right=False) == {}


def test_nothing_found_says_nothing_right() -> None:
    """An answerable question without any hit fails on its words."""
    query = Query("q", "?", gold={"3": 1}, contains="Non", answers=("non",), dates=("2025",))
    assert quote_values(query, None, right=False) == {
        "quote_in_sentence": 0,
        "quote_in_passage": 0,
        "answer_in_sentence": 0,
        "answer_in_passage": 0,
    }


def test_an_unanswerable_question_has_no_quote_to_judge() -> None:
    """Collections may keep the answer that was taken out of the corpus."""
    assert quote_values(Query("q", "?", answers=("non",)), hit(1), right=False) == {}


BRIDGE = Hit(passage(3, "Le pont ouvre en 2026. Il sera payant."), ARTICLE, (0, 22))


@pytest.mark.parametrize(
    ("marked", "overlap", "f1"),
    [("2026", 1, 1), ("en 2026", 1, 2 / 3), ("ouvre", 0, 0), (None, 0, 0)],
)
def test_marked_words_are_held_against_the_answers(marked: str | None, overlap: int, f1: float) -> None:
    """The nearest answer counts; where no word is marked, none is right."""
    query = Query("q", "?", gold={"3": 1}, answers=("l’an prochain", "2026"))
    assert marked_values(query, marking(BRIDGE, marked), right=True) == pytest.approx(
        {"answer_overlap": overlap, "answer_f1": f1}
    )


@pytest.mark.parametrize(("answer", "said"), [("2026", 1), ("payant", 0)])
def test_the_bold_sentence_of_a_right_passage_says_the_answer_or_not(answer: str, said: int) -> None:
    query = Query("q", "?", gold={"3": 1}, answers=(answer,))
    assert quote_values(query, BRIDGE, right=True)["answer_in_right_sentence"] == said
    assert "answer_in_right_sentence" not in quote_values(query, BRIDGE, right=False)


def test_marked_words_are_judged_in_right_passages_with_known_answers() -> None:
    query = Query("q", "?", gold={"3": 1}, answers=("2026",))
    assert marked_values(query, marking(BRIDGE, "2026"), right=False) == {}
    assert marked_values(query, None, right=False) == {}
    assert marked_values(replace(query, answers=()), marking(BRIDGE, "2026"), right=True) == {}


def test_silence_is_judged_both_ways() -> None:
    """Refusing what has an answer, and answering what has none."""
    asked, empty = Query("a", "?", gold={"1": 1}), Query("u", "?")
    sure, nothing = Answer("?", True, 0.9), Answer("?", False, 0.1)
    near = Answer("?", False, 0.5, nearest=(quoted(hit(1)),))
    assert silence_values(asked, sure, right=True) == {
        "precision": 1, "shown_precision": 1, "refused_answerable": 0, "nothing_answerable": 0
    }  # fmt: skip
    assert silence_values(asked, near, right=True) == {
        "shown_precision": 1, "refused_answerable": 1, "nothing_answerable": 0
    }  # fmt: skip
    assert silence_values(asked, nothing, right=True) == {"refused_answerable": 1, "nothing_answerable": 1}
    assert silence_values(empty, sure, right=False) == {
        "precision": 0, "shown_precision": 0, "answered_unanswerable": 1, "shown_unanswerable": 1
    }  # fmt: skip
    assert silence_values(empty, near, right=False) == {
        "shown_precision": 0, "answered_unanswerable": 0, "shown_unanswerable": 1
    }  # fmt: skip
    assert silence_values(empty, nothing, right=False) == {
        "answered_unanswerable": 0,
        "shown_unanswerable": 0,
    }
