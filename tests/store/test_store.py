"""The store keeps what it is given, counts it, and a change that fails leaves it as it was."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import DIMENSION, HashEncoder, article, document
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import ArchiveError, DamagedIndexError
from retrieval.ingest.analysis import analyse
from retrieval.store.passages import AnalysedArticle, AnalysedPassage, Unit
from retrieval.store.store import Store
from retrieval.types import Article, DateMention, Passage, Vectors

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
DAYS = st.none() | st.dates()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def vectors(rows: int) -> Vectors:
    drawn = np.random.default_rng(rows).normal(size=(rows, DIMENSION)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def analysed(text: str, path: str = "essai.txt", **fields: object) -> AnalysedArticle:
    (one,) = analyse([document(text, path, **fields)], HashEncoder().encode_passages)
    return one


def put(store: Store, *articles: AnalysedArticle) -> None:
    with store.changing() as change:
        for one in articles:
            change.remove(one.article.id)
            change.put(one)


def remove(store: Store, *articles: AnalysedArticle) -> None:
    with store.changing() as change:
        for one in articles:
            change.remove(one.article.id)


def counted(store: Store) -> tuple[int, int]:
    held = store.statistics()
    return held.articles, held.passages


def contents(store: Store) -> tuple[object, ...]:
    kept = store.stored(store.ids().tolist())
    rows = [(one.id, one.passage, one.article, one.dates, one.vector.tobytes()) for one in kept]
    return counted(store), store.stamps(), store.sequence, rows


@settings(max_examples=40)
@given(
    text=TEXT,
    title=st.none() | TEXT,
    published=st.none() | st.sampled_from(["2025", "2025-04", "2025-04-03"]),
    source=TEXT,
    dates=st.lists(st.tuples(DAYS, DAYS, st.floats(0, 1))),
    data=st.data(),
)
def test_what_is_put_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
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
    passage = AnalysedPassage(
        passage=Passage(f"{whole.id}#1", whole.id, 1, start, end, text[start:end]),
        language="fr",
        published=(1, 2),
        sentences=((0, end - start),),
        units=(Unit((), (), ()), Unit(("mot",), ("mot",), (7,), 3)),
        dates=told,
        events=(),
        phrases=(),
        words_key=5,
        bands=(1, 2),
        vector=vectors(1)[0],
        sentence_vectors=vectors(1),
    )
    store = Store(tmp_path_factory.mktemp("store"))
    put(store, AnalysedArticle(whole, "stamp", (passage,)))
    (kept,) = store.stored(store.ids().tolist())
    assert (kept.passage, kept.article, kept.sentences) == (passage.passage, whole, passage.sentences)
    assert kept.dates == told
    assert store.stamps() == {whole.id: "stamp"}
    np.testing.assert_allclose(kept.vector, passage.vector, atol=1e-3)
    np.testing.assert_allclose(kept.sentence_vectors, passage.sentence_vectors, atol=1e-3)
    store.close()


def test_it_is_all_there_after_a_restart(tmp_path: Path) -> None:
    first = Store(tmp_path)
    put(first, analysed("Le Mali. Hier, le 3 mai 2024.\n\nLa mer."))
    kept = contents(first)
    first.close()
    second = Store(tmp_path)
    assert contents(second) == kept
    second.close()


def test_passages_come_in_the_order_asked_for_without_those_that_are_not_there(store: Store) -> None:
    put(store, analysed("Un.\n\nDeux.\n\nTrois."))
    first, _, third = store.ids().tolist()
    asked = [third, 12, first, third]
    assert [one.id for one in store.stored(asked)] == [third, first, third]


def test_ids_do_not_depend_on_what_was_added_before(tmp_path: Path) -> None:
    one, other = analysed("Le Mali.\n\nLe Niger.", "a.txt"), analysed("Le Tchad.", "b.txt")
    stores = [Store(tmp_path / name) for name in "12" if not (tmp_path / name).mkdir()]
    put(stores[0], one, other)
    put(stores[1], other)
    put(stores[1], one)
    assert stores[0].ids().tolist() == stores[1].ids().tolist()
    for store in stores:
        store.close()


def test_removing_an_article_leaves_nothing_of_it(store: Store) -> None:
    kept = analysed("Le Mali.", "a.txt")
    put(store, kept)
    before = dump(store)
    told = "L'Organisation de l'unité africaine (OUA) a siégé à Dakar le 3 mai 2024, avec douze délégués."
    gone = analysed(told, "b.txt", title="Un sommet", published="2024")
    put(store, gone)
    remove(store, gone)
    assert dump(store) == before
    assert counted(store) == (1, 1)
    remove(store, gone)
    assert counted(store) == (1, 1)


def dump(store: Store) -> dict[str, object]:
    """The rows of every table but those that tell changes apart."""
    names = [row[0] for row in store.database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: sorted(store.database.rows(f"SELECT * FROM {name}"), key=repr)
        for name in names
        if name not in ("state", "removals")
    }


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, sqlite3.IntegrityError])
def test_a_change_that_fails_leaves_the_store_as_it_was(store: Store, error: type[BaseException]) -> None:
    put(store, analysed("Le Mali."))
    before = contents(store)

    def interrupted() -> None:
        with store.changing() as change:
            change.remove(article("").id)
            change.put(analysed("Le Tchad.", "autre.txt"))
            raise error

    with pytest.raises(error):
        interrupted()
    assert contents(store) == before
    put(store, analysed("Le Bénin.", "autre.txt"))
    assert counted(store) == (2, 2)


def test_every_change_moves_the_sequence_on_and_a_new_stamp_does_not(store: Store) -> None:
    seen = [store.sequence]
    first = analysed("Un.", "a.txt")
    for one in (first, analysed("Deux.", "b.txt")):
        put(store, one)
        seen.append(store.sequence)
    remove(store, first)
    seen.append(store.sequence)
    assert seen == sorted(set(seen))
    store.restamp({analysed("", "b.txt").article.id: "2"})
    assert set(store.stamps().values()) == {"2"}
    assert store.sequence == seen[-1]


def test_what_changed_since_a_change_is_told(store: Store) -> None:
    one, other = analysed("Un.\n\nDeux.", "a.txt"), analysed("Trois.", "b.txt")
    put(store, one)
    before = store.sequence
    ids = store.ids().tolist()
    put(store, other)
    remove(store, one)
    added, gone = store.changed_since(before)
    assert (added.tolist(), gone.tolist()) == (store.ids().tolist(), ids)
    assert [found.tolist() for found in store.changed_since(store.sequence)] == [[], []]


def test_a_reader_sees_one_moment_whatever_is_written(tmp_path: Path) -> None:
    writer, reader = Store(tmp_path), Store(tmp_path)
    put(writer, analysed("Le Mali."))
    with writer.changing() as change:
        change.put(analysed("Le Niger.", "autre.txt"))
        assert counted(reader) == (1, 1)
    with reader.reading():
        assert counted(reader) == (2, 2)
        put(writer, analysed("Le Tchad.", "encore.txt"))
        assert counted(reader) == (2, 2)
    assert counted(reader) == (3, 3)
    writer.close()
    reader.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all, only words" * 40, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_said_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(content)
    with pytest.raises(DamagedIndexError, match=r"is damaged .*: delete its folder and build it again"):
        Store(tmp_path)


def test_a_store_of_other_tables_is_damaged_too(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite") as other:
        other.execute("CREATE TABLE passages (row INTEGER PRIMARY KEY, words TEXT)")
    other.close()
    with pytest.raises(DamagedIndexError, match="no such column"):
        Store(tmp_path)


def test_a_full_disk_is_one_sentence_and_leaves_the_store_as_it_was(store: Store) -> None:
    pages = store.database.value("PRAGMA page_count")
    store.database.run(f"PRAGMA max_page_count = {pages + 2}")
    big = AnalysedArticle(Article("a", "a.txt", "mot " * 50_000), "stamp", ())
    with pytest.raises(ArchiveError, match="free some space") as error:
        put(store, big)
    assert not isinstance(error.value, DamagedIndexError)
    assert counted(store) == (0, 0)
    assert store.sequence == 0
