"""How likely a date is right: what settles it, and what was counted of its kind."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find
from retrieval.dates.confidence import FILE, SURE, Count, confidence, is_sure, read_counts
from retrieval.dates.finding import find_matches
from retrieval.dates.grammar import RULES

DAY = dt.date(2025, 4, 10)
SETTLED = {"future", "itself", "near", "nearest", "past", "weekday", "word", "year"}


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("le 3 avril 2025", "year"),
        ("le 03/04/2025", "year"),
        ("le 3 avril dernier", "word"),
        ("ce 3 avril", "word"),
        ("jeudi 3 avril", "weekday"),
        ("Le port a fermé le 3 avril.", "past"),
        ("Le port fermera le 3 mai.", "future"),
        ("Réunion le 3 avril", "near"),
        ("Réunion le 3 octobre", "nearest"),
        ("hier", "itself"),
    ],
)
def test_what_settles_a_date(text: str, settled: str) -> None:
    assert [match.settled for match in find_matches(text, (DAY, DAY))] == [settled]


def test_what_a_text_tells_makes_a_date_surer_than_what_is_only_nearest() -> None:
    told, near, nearest = (
        find(text, "2025-04-10")[0]
        for text in ("le 3 octobre 2024", "Réunion le 3 avril", "Réunion le 3 octobre")
    )
    assert told.confidence > nearest.confidence
    assert near.confidence > nearest.confidence
    assert is_sure(told)
    assert not is_sure(nearest)


def test_what_is_open_is_never_sure() -> None:
    for text, published in [
        ("les attaques du 7 octobre", "2025-04"),
        ("Réunion le 3 octobre", "2025-04/2025-10"),
    ]:
        assert not any(is_sure(mention) for mention in find(text, published))
    assert not any(is_sure(mention) for mention in find("depuis dix ans"))


counts = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Count(pair[0], sum(pair)))


@given(counts, counts, st.floats(0.1, 1))
def test_a_confidence_is_a_probability_that_grows_with_what_was_right(
    own: Count, others: Count, plausibility: float
) -> None:
    def of(count: Count) -> float:
        return confidence("own", "past", plausibility, {"past": {"own": count, "others": others}})

    assert 0 <= of(own) <= 1
    assert of(Count(own.right, own.n + 1)) <= of(own) <= of(Count(own.right + 1, own.n + 1))


def test_what_was_never_counted_is_half_as_sure_as_it_is_plausible() -> None:
    assert confidence("any", "past", 0.8, {}) == pytest.approx(0.4)


def test_what_is_kept_was_counted_of_rules_that_there_are() -> None:
    """A rule that is renamed would lose its counts without a word."""
    resolvers = {rule.resolver.__name__ for _, rules in RULES for rule in rules}
    kept = read_counts(FILE)
    assert kept.keys() <= SETTLED
    for by_resolver in kept.values():
        assert by_resolver.keys() <= resolvers
        assert all(0 <= count.right <= count.n for count in by_resolver.values())
    assert 0.5 < SURE < 1
