"""What a store counts over all its passages, as they come and go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashEncoder, document

from retrieval.ingest.analysis import analyse
from retrieval.language.analysis import token
from retrieval.language.analysis import words as words_of
from retrieval.language.word_vectors import word_row
from retrieval.store.passages import NO_SENSE
from retrieval.store.statistics import StoreStatistics
from retrieval.store.store import Store

ARTICLES = {
    "a.md": (
        "Le phare éclaire le port.\n\nLe gardien dort.",
        {"title": "Le phare", "published": "2024-03-05"},
    ),
    "b.md": ("L'Alliance des États du Sahel (AES) siège. Le Phare ferme.", {"published": "2023"}),
    "c.md": ("PHARE ! Le port du phare et le vent.", {}),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    put(opened, *ARTICLES)
    yield opened
    opened.close()


def put(store: Store, *paths: str) -> None:
    documents = [document(ARTICLES[path][0], path, **ARTICLES[path][1]) for path in paths]
    with store.changing() as change:
        for one in analyse(documents, HashEncoder().encode_passages):
            change.put(one)


def remove(store: Store, *paths: str) -> None:
    with store.changing() as change:
        for path in paths:
            change.remove(document("", path).article.id)


def summary(held: StoreStatistics) -> tuple[object, ...]:
    known = sorted({token(word) for text, _ in ARTICLES.values() for word in words_of(text)})
    days = held.days()
    return (
        held.passages,
        held.articles,
        held.mean_length,
        [(one, held.frequency(one), held.sense(one)) for one in known],
        [column.tolist() for column in (days.low, days.high, days.passages)],
        held.spellings("p", (4, 30)),
        held.phrases_of([token("AES")]),
    )


def test_passages_articles_and_tokens_are_counted(store: Store) -> None:
    held = store.statistics()
    assert (held.articles, held.passages) == (3, 4)
    assert held.frequency(token("phare")) == 4, "a title is in each of its passages"
    assert held.frequency(token("port")) == 2
    assert held.frequency(token("absent")) == 0


def test_a_word_has_the_sense_of_its_commonest_form(store: Store) -> None:
    held = store.statistics()
    assert held.sense(token("phare")) == word_row("phare")
    assert held.sense(token("zyzomys")) == NO_SENSE


def test_words_are_spelled_as_the_archive_most_often_spells_them(store: Store) -> None:
    (phare,) = store.statistics().spellings("p", (5, 5))
    assert (phare.form, phare.folded, phare.passages) == ("phare", "phare", 5), (
        "one passage writes it twice, in two ways"
    )
    assert store.statistics().spellings("z", (4, 30)) == []


def test_days_of_publication_are_counted_by_their_precision(store: Store) -> None:
    days = store.statistics().days()
    ordinals = [dt.date(2023, 1, 1).toordinal(), dt.date(2024, 3, 5).toordinal()]
    assert days.low.tolist() == ordinals
    assert days.high.tolist() == [dt.date(2023, 12, 31).toordinal(), ordinals[1]]
    assert days.passages.tolist() == [1, 2]
    assert days.newest(dt.date(2025, 1, 1)) == ordinals[1]
    assert days.newest(dt.date(2024, 1, 1)) == dt.date(2023, 12, 31).toordinal(), "not after that day"


def test_acronyms_and_what_they_stand_for_are_found_both_ways(store: Store) -> None:
    held = store.statistics()
    (phrases,) = held.phrases_of([token("AES")]).values()
    (phrase,) = phrases
    assert held.phrases_from([phrase[0]]) == {phrase: "AES"}
    assert held.phrases_of([token("ONU")]) == {}


@pytest.mark.parametrize("path", ARTICLES)
def test_removing_what_was_added_gives_the_counts_of_before(path: str, tmp_path: Path) -> None:
    others = [other for other in ARTICLES if other != path]
    store = Store(tmp_path)
    put(store, *others)
    before = summary(store.statistics())
    put(store, path)
    assert summary(store.statistics()) != before
    remove(store, path)
    assert summary(store.statistics()) == before
    store.close()


def test_the_order_of_additions_changes_no_count(store: Store, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Store(tmp_path / "other")
    for path in reversed(ARTICLES):
        put(other, path)
    remove(other, "b.md")
    put(other, "b.md")
    assert summary(other.statistics()) == summary(store.statistics())
    other.close()
