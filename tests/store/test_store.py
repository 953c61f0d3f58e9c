"""The store keeps what it is given, and a change that fails leaves it as it was."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import DIMENSION, article
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ArchiveError
from retrieval.store.store import Entry, Store
from retrieval.types import Article, DateMention, Passage, Vectors

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
DAYS = st.none() | st.dates()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.sqlite")
    yield opened
    opened.close()


def vectors(rows: int) -> Vectors:
    drawn = np.random.default_rng(rows).normal(size=(rows, DIMENSION)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def entry(
    whole: Article, start: int, end: int, number: int = 1, dates: tuple[DateMention, ...] = ()
) -> Entry:
    passage = Passage(f"{whole.id}#{number}", whole.id, number, start, end, whole.text[start:end])
    return Entry(passage, "fr", vectors(1)[0], ((0, end - start),), vectors(1), dates)


def put(store: Store, whole: Article, stamp: str = "1") -> None:
    with store.change():
        store.put(whole, stamp, [entry(whole, 0, len(whole.text))])


def contents(store: Store) -> tuple[object, ...]:
    rows = [(row, kept.passage, kept.vector.tobytes()) for row, _, kept in store.entries()]
    return store.counts(), store.stamps(), store.sequence, rows, [store.dates(row) for row, *_ in rows]


@given(
    text=TEXT,
    title=st.none() | TEXT,
    published=st.none() | st.sampled_from(["2025", "2025-04", "2025-04-03"]),
    source=TEXT,
    dates=st.lists(st.tuples(DAYS, DAYS, st.floats(0, 1))),
    data=st.data(),
)
def test_what_is_put_comes_back(
    text: str,
    title: str | None,
    published: str | None,
    source: str,
    dates: list[tuple[dt.date | None, dt.date | None, float]],
    data: st.DataObject,
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = article(text, title=title, published=published, source=source, language="fr", body=start)
    told = tuple(
        DateMention(i, i + 1, "hier", "2025", low, high, sure) for i, (low, high, sure) in enumerate(dates)
    )
    given_entry = entry(whole, start, end, dates=told)
    store = Store(Path(":memory:"))
    with store.change():
        store.put(whole, "stamp", [given_entry])
    ((row, kept_article, kept),) = store.entries()
    assert kept_article == store.article(whole.id) == whole
    assert kept.passage == given_entry.passage
    assert store.passage(row) == (given_entry.passage, whole, given_entry.sentences)
    assert store.dates(row) == told
    assert store.stamps() == {whole.id: "stamp"}
    np.testing.assert_allclose(kept.vector, given_entry.vector, atol=1e-3)
    np.testing.assert_allclose(kept.sentence_vectors, given_entry.sentence_vectors, atol=1e-3)
    store.close()


def test_it_is_all_there_after_a_restart(tmp_path: Path) -> None:
    first = Store(tmp_path / "store.sqlite")
    put(first, article("Le Mali."))
    kept = contents(first)
    first.close()
    second = Store(tmp_path / "store.sqlite")
    assert contents(second) == kept
    second.close()


def test_an_article_put_again_takes_the_place_of_the_older(store: Store) -> None:
    put(store, article("Le Mali."))
    put(store, article("Le Niger et le Mali."), stamp="2")
    assert store.counts() == (1, 1)
    assert [kept.passage.text for _, _, kept in store.entries()] == ["Le Niger et le Mali."]
    assert set(store.stamps().values()) == {"2"}


def test_removing_an_article_takes_its_passages_and_dates(store: Store) -> None:
    whole = article("Hier.")
    told = (DateMention(0, 4, "Hier", "2025-04-02", dt.date(2025, 4, 2), dt.date(2025, 4, 2)),)
    with store.change():
        store.put(whole, "1", [entry(whole, 0, 5, dates=told)])
    put(store, article("Le Mali.", "autre.txt"))
    (row, *_), _ = store.entries()
    with store.change():
        store.remove(whole.id)
    assert store.counts() == (1, 1)
    assert store.dates(row) == ()
    with store.change():
        store.remove("absent")
    assert store.counts() == (1, 1)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, sqlite3.IntegrityError])
def test_a_change_that_fails_leaves_the_store_as_it_was(store: Store, error: type[BaseException]) -> None:
    put(store, article("Le Mali."))
    before = contents(store)

    def interrupted() -> None:
        with store.change():
            store.put(article("Le Niger."), "2", [])
            store.put(article("Le Tchad.", "autre.txt"), "1", [])
            raise error

    with pytest.raises(error):
        interrupted()
    assert contents(store) == before
    put(store, article("Le Bénin.", "autre.txt"))
    assert store.counts() == (2, 2)


def test_every_change_moves_the_sequence_on(store: Store) -> None:
    seen = [store.sequence]
    for text in ("Un.", "Deux."):
        put(store, article(text))
        seen.append(store.sequence)
    with store.change():
        store.remove(article("").id)
    seen.append(store.sequence)
    assert seen == sorted(set(seen))


def test_a_reader_sees_the_last_whole_change_only(tmp_path: Path) -> None:
    writer, reader = Store(tmp_path / "store.sqlite"), Store(tmp_path / "store.sqlite")
    put(writer, article("Le Mali."))
    with writer.change():
        writer.put(article("Le Niger.", "autre.txt"), "1", [])
        assert reader.counts() == (1, 1)
    assert reader.counts() == (2, 1)
    writer.close()
    reader.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all, only words" * 40, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_said_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises(
        ArchiveError, match=r"store\.sqlite is damaged .*: delete its folder and build it again"
    ):
        Store(tmp_path / "store.sqlite")


def test_a_full_disk_is_one_sentence_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    article = Article("a", "a.txt", "mot " * 50_000)
    with pytest.raises(ArchiveError, match="free some space"), store.change():
        store.put(article, "stamp", [])
    assert store.counts() == (0, 0)
    assert store.sequence == 0
