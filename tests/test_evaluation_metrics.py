"""Every measure against a case worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from retrieval.evaluation.collections import Query
from retrieval.evaluation.figures import Figure, estimate, mean, quantile
from retrieval.evaluation.metrics import quote_values, ranking_values, says_any, shown, silence_values
from retrieval.evaluation.silence import auroc, coverage_at, risk_coverage
from retrieval.evaluation.systems import Response
from retrieval.types import Answer, Article, DateMention, Hit, Passage, Quote

ARTICLE = Article(id="art", path="art.txt", text="Oui. Non.")


def hit(paragraph: int, text: str = "Oui. Non.", highlight: tuple[int, int] = (0, 4), *values: str) -> Hit:
    dates = tuple(DateMention(0, 1, "x", value, None, None) for value in values)
    return Hit(
        Passage(f"art#{paragraph}", "art", paragraph, 0, len(text), text), ARTICLE, 1.0, highlight, dates
    )


def array(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


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


def test_the_first_quote_is_what_is_shown() -> None:
    """An answer's quote comes before the ranking behind it; a silent system would have said its first hit."""
    quote = Quote("Ni oui ni non.", (0, 6), ARTICLE, 7, 20, 34, (DateMention(0, 1, "x", "2025", None, None),))
    spoken = shown(Response([hit(3)], Answer("?", answered=True, confidence=0.9, quotes=(quote,)), 0.0))
    assert spoken is not None
    assert (spoken.passage.paragraph, spoken.sentence, spoken.dates) == (7, "Ni oui", frozenset({"2025"}))
    for answer in (Answer("?", answered=False, confidence=0.1), None):
        silent = shown(Response([hit(3)], answer, 0.0))
        assert silent is not None
        assert (silent.passage.paragraph, silent.sentence) == (3, "Oui.")
    assert shown(Response([], None, 0.0)) is None


def test_a_quote_is_right_in_bold_or_only_around() -> None:
    """The words looked for are exact; the highlighted sentence is judged apart from its passage."""
    query = Query("q", "?", gold={"3": 1}, contains="Non", dates=("2025-01-29",))
    first = shown(Response([hit(3, "Oui. Non.", (0, 4), "2025-01-29", "2023")], None, 0.0))
    assert quote_values(query, first, right=True) == {
        "quote_in_sentence": 0,
        "quote_in_passage": 1,
        "dates_correct": 1,
    }


def test_dates_are_judged_on_right_passages_only() -> None:
    """A missing gold date is a fault; a wrong passage is counted by hit@1 already."""
    query = Query("q", "?", gold={"3": 1}, dates=("2025-01-29", "2024-01"))
    first = shown(Response([hit(3, "Oui.", (0, 4), "2025-01-29")], None, 0.0))
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
    assert (
        quote_values(Query("q", "?", answers=("non",)), shown(Response([hit(1)], None, 0.0)), right=False)
        == {}
    )


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        ("la rivière Tugela", "Le long de LA  RIVIERE\nTUGELA, au sud.", True),
        ("Béjaïa", "bejaia", True),
        ("un gué.", "Il passe un gué.", True),
        ("2", "En 2018, ils furent douze.", False),
        ("deux", "En 2018, ils furent deux.", True),
        ("art", "Le départ.", False),
    ],
)
def test_an_answer_is_found_whatever_its_case_and_accents(answer: str, text: str, *, said: bool) -> None:
    """Whole words, folded, spaces evened out."""
    assert says_any([answer], text) is said
    assert says_any(["introuvable", answer], text) is said


def test_silence_is_judged_both_ways() -> None:
    """Refusing what has an answer, and answering what has none."""
    asked, empty = Query("a", "?", gold={"1": 1}), Query("u", "?")
    assert silence_values(asked, answered=True, right=True) == {"precision": 1, "refused_answerable": 0}
    assert silence_values(asked, answered=False, right=True) == {"refused_answerable": 1}
    assert silence_values(empty, answered=True, right=False) == {"precision": 0, "answered_unanswerable": 1}
    assert silence_values(empty, answered=False, right=False) == {"answered_unanswerable": 0}


def test_auroc_by_hand() -> None:
    """Two right, two wrong: three of four pairs in order, one of them tied for half in the second case."""
    assert auroc(array(0.9, 0.4, 0.6, 0.1), array(1, 1, 0, 0)) == pytest.approx(3 / 4)
    assert auroc(array(0.9, 0.6, 0.6, 0.1), array(1, 1, 0, 0)) == pytest.approx(3.5 / 4)


def test_auroc_is_that_of_scikit_learn() -> None:
    """Also with ties, and for a stack of resamples at once."""
    rng = np.random.default_rng(1)
    confidence = rng.integers(0, 20, size=(5, 200)) / 20
    right = (rng.random((5, 200)) < confidence).astype(np.float64)
    expected = [roc_auc_score(truth, scores) for truth, scores in zip(right, confidence, strict=True)]
    assert auroc(confidence, right) == pytest.approx(expected)


def test_auroc_of_one_sort_only_is_undefined() -> None:
    """There is nothing to tell apart."""
    assert np.isnan(auroc(array(0.1, 0.2), array(1, 1)))
    assert np.isnan(auroc(array(0.1, 0.2), array(0, 0)))


def test_risk_and_coverage_by_hand() -> None:
    """Right, wrong and right (tied), then wrong: three thresholds."""
    coverage, risk = risk_coverage(array(0.5, 0.9, 0.1, 0.5), array(0, 1, 0, 1))
    assert coverage == pytest.approx([1 / 4, 3 / 4, 1])
    assert risk == pytest.approx([0, 1 / 3, 1 / 2])


def test_coverage_at_ninety_percent_by_hand() -> None:
    """Nine right and one wrong of ten is .90 and counts; an eleventh wrong one is too many."""
    confidence = np.linspace(1, 0.1, 20)
    right = array(*[1] * 5, 0, *[1] * 4, *[0] * 10)
    assert coverage_at(0.90, confidence, right) == pytest.approx(10 / 20)
    assert coverage_at(0.95, confidence, right) == pytest.approx(5 / 20)


def test_coverage_does_not_part_equal_confidences() -> None:
    """When all are equally sure, it is all or nothing."""
    assert coverage_at(0.9, array(0.5, 0.5), array(1, 0)) == 0
    assert coverage_at(0.5, array(0.5, 0.5), array(1, 0)) == 1


def test_coverage_is_nothing_when_the_surest_are_wrong() -> None:
    """No threshold reaches the precision."""
    assert coverage_at(0.9, array(0.9, 0.5, 0.1), array(0, 1, 1)) == 0


def test_coverage_works_on_stacks() -> None:
    """As the bootstrap gives them."""
    confidence = np.array([[0.9, 0.5], [0.5, 0.9]])
    right = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert coverage_at(0.9, confidence, right).tolist() == [0.5, 0.0]


def test_an_interval_holds_its_value_and_narrows_with_questions() -> None:
    """A mean of .5 over n coin tosses has a 95 % interval of about ±.98/√n."""
    wide = estimate(mean, array(*[0, 1] * 20))
    narrow = estimate(mean, array(*[0, 1] * 2000))
    assert wide is not None
    assert narrow is not None
    assert (wide.value, narrow.value) == (0.5, 0.5)
    assert (wide.low, wide.high) == pytest.approx((0.345, 0.655), abs=0.03)
    assert (narrow.low, narrow.high) == pytest.approx((0.4845, 0.5155), abs=0.003)


def test_an_interval_is_the_same_for_the_same_seed() -> None:
    """A figure printed twice is printed the same."""
    column = np.random.default_rng(2).random(50)
    assert estimate(mean, column, seed=3) == estimate(mean, column, seed=3)
    assert estimate(mean, column, seed=3) != estimate(mean, column, seed=4)


def test_columns_stay_paired_when_resampled() -> None:
    """A perfect order stays perfect in every resample that has both sorts."""
    assert estimate(auroc, array(0.1, 0.2, 0.3, 0.9), array(0, 0, 0, 1)) == Figure(1.0, 1.0, 1.0)


def test_what_cannot_be_measured_is_absent() -> None:
    """No question, or one sort only, gives no figure; one question gives no interval."""
    assert estimate(mean, array()) is None
    assert estimate(auroc, array(0.1, 0.2), array(1, 1)) is None
    assert estimate(mean, array(1)) == Figure(1.0, None, None)


def test_quantiles_of_latency() -> None:
    """The median and the slow tail."""
    column = np.arange(1, 102, dtype=np.float64)
    median, tail = estimate(quantile(0.5), column), estimate(quantile(0.95), column)
    assert median is not None
    assert tail is not None
    assert (median.value, tail.value) == (51, 96)
