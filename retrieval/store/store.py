"""The truth of an archive: articles, passages, their vectors and dates, in one SQLite file.

Everything else in an index folder is derived from it and can be built again. A passage is kept as two
offsets into its article's text, so that a quote is an exact slice by construction. Every change moves
the sequence number on; a derived index says which one it was built from.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.dates import find, grain
from retrieval.errors import ArchiveError
from retrieval.types import Article, DateMention, Passage, Vectors

DATING = 2
"""Version of what is kept of dates and of the grammar that finds them. A store dated by another version
is dated again when it is opened, from its texts: nothing is embedded again."""

_BUSY_SECONDS = 60
"""How long to wait for another process that is writing."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, stamp TEXT NOT NULL, text TEXT NOT NULL, title TEXT,
    published TEXT, source TEXT NOT NULL, language TEXT, body INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    paragraph INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, language TEXT NOT NULL,
    vector BLOB NOT NULL, sentence_spans BLOB NOT NULL, sentence_vectors BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_of_article ON passages(article);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT OR IGNORE INTO state VALUES ('sequence', 0);
"""

_DATES = (
    """CREATE TABLE dates (
        passage INTEGER NOT NULL REFERENCES passages(row) ON DELETE CASCADE,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, value TEXT NOT NULL,
        low INTEGER, high INTEGER, grain TEXT NOT NULL, confidence REAL NOT NULL
    )""",
    "CREATE INDEX dates_of_passage ON dates(passage)",
    "CREATE INDEX dates_by_day ON dates(low, high)",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with all that was computed from it.

    ``vector`` has shape (dimension,), ``sentence_vectors`` (n, dimension); ``sentences`` are n
    (start, end) offsets into the passage.
    """

    passage: Passage
    language: str
    vector: Vectors
    sentences: tuple[tuple[int, int], ...]
    sentence_vectors: Vectors
    dates: tuple[DateMention, ...]


class Store:
    """The SQLite file of an archive. Changes are all or nothing: a crash leaves what stood before."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None
            )
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.executescript(_SCHEMA)
            if self._dating() != DATING:
                self._date_again()
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                f"The index file {path} is damaged ({error}): delete its folder and build it again."
            ) from error

    def _dating(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _date_again(self) -> None:
        with self._transaction():
            if self._dating() == DATING:  # another process has just done it
                return
            self._db.execute("DROP TABLE IF EXISTS dates")
            for statement in _DATES:
                self._db.execute(statement)
            rows = [row for (row,) in self._db.execute("SELECT row FROM passages ORDER BY row")]
            for row in rows:
                passage, article, _ = self.passage(row)
                self._insert_dates(row, find(passage.text, article.published))
            if rows:
                self._move_on()
            self._db.execute(f"PRAGMA user_version = {DATING}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def sequence(self) -> int:
        """The number of changes made so far."""
        return int(self._db.execute("SELECT value FROM state WHERE name = 'sequence'").fetchone()[0])

    def stamps(self) -> dict[str, str]:
        """Return the stamp each article was put with, by article identifier."""
        return dict(self._db.execute("SELECT id, stamp FROM articles"))

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages."""
        row = self._db.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)")
        articles, passages = row.fetchone()
        return articles, passages

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Read everything inside as it stands at one moment, whatever another process changes meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make what is done inside one change: all of it is kept, or none."""
        with self._transaction():
            yield
            self._move_on()

    def _move_on(self) -> None:
        self._db.execute("UPDATE state SET value = value + 1 WHERE name = 'sequence'")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:  # a full disk has already undone it
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise ArchiveError(
                    f"The archive could not be changed ({error}), and is as it was: "
                    "free some space, or check that its folder can be written to."
                ) from error
            raise

    def put(self, article: Article, stamp: str, entries: Iterable[Entry]) -> None:
        """Put ``article`` with its passages, in the place of an older version if there is one."""
        self.remove(article.id)
        row = (article.id, article.path, stamp, article.text, article.title, article.published)
        self._db.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, article.source, article.language, article.body),
        )
        for entry in entries:
            self._insert(entry)

    def remove(self, article_id: str) -> None:
        """Take an article and its passages out."""
        self._db.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def _insert(self, entry: Entry) -> None:
        passage = entry.passage
        cursor = self._db.execute(
            "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                passage.id,
                passage.article_id,
                passage.paragraph,
                passage.start,
                passage.end,
                entry.language,
                entry.vector.astype(np.float16).tobytes(),
                np.asarray(entry.sentences, dtype=np.int32).tobytes(),
                entry.sentence_vectors.astype(np.float16).tobytes(),
            ),
        )
        self._insert_dates(cursor.lastrowid, entry.dates)

    def _insert_dates(self, row: int | None, dates: Iterable[DateMention]) -> None:
        self._db.executemany(
            "INSERT INTO dates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    row,
                    date.start,
                    date.end,
                    date.text,
                    date.value,
                    date.low and date.low.toordinal(),
                    date.high and date.high.toordinal(),
                    grain(date.value),
                    date.confidence,
                )
                for date in dates
            ],
        )

    def article(self, article_id: str) -> Article:
        """Return the article called ``article_id``."""
        row = self._db.execute(
            "SELECT id, path, text, title, published, source, language, body FROM articles WHERE id = ?",
            (article_id,),
        ).fetchone()
        return Article(*row)

    def article_of(self, row: int) -> str:
        """Return the identifier of the article that the passage stored at ``row`` is of."""
        return str(self._db.execute("SELECT article FROM passages WHERE row = ?", (row,)).fetchone()[0])

    def passage(self, row: int) -> tuple[Passage, Article, tuple[tuple[int, int], ...]]:
        """Return the passage stored at ``row``, its article, and the spans of its sentences."""
        name, article_id, paragraph, start, end, spans = self._db.execute(
            'SELECT id, article, paragraph, start, "end", sentence_spans FROM passages WHERE row = ?', (row,)
        ).fetchone()
        article = self.article(article_id)
        passage = Passage(name, article_id, paragraph, start, end, article.text[start:end])
        return passage, article, _spans(spans)

    def dates(self, row: int) -> tuple[DateMention, ...]:
        """Return the dates told in the passage stored at ``row``, in order."""
        found = self._db.execute(
            'SELECT start, "end", text, value, low, high, confidence FROM dates'
            " WHERE passage = ? ORDER BY start",
            (row,),
        )
        return tuple(
            DateMention(start, end, text, value, _day(low), _day(high), confidence)
            for start, end, text, value, low, high, confidence in found
        )

    def entries(self) -> Iterator[tuple[int, Article, Entry]]:
        """Yield every passage as (row, article, entry), by row, without its dates."""
        article: Article | None = None
        for (
            row,
            name,
            article_id,
            paragraph,
            start,
            end,
            language,
            vector,
            spans,
            vectors,
        ) in self._db.execute("SELECT * FROM passages ORDER BY row"):
            if article is None or article.id != article_id:
                article = self.article(article_id)
            passage = Passage(name, article_id, paragraph, start, end, article.text[start:end])
            flat = np.frombuffer(vector, dtype=np.float16).astype(np.float32)
            matrix = np.frombuffer(vectors, dtype=np.float16).astype(np.float32).reshape(-1, len(flat))
            yield row, article, Entry(passage, language, flat, _spans(spans), matrix, ())


def _spans(blob: bytes) -> tuple[tuple[int, int], ...]:
    return tuple((int(a), int(b)) for a, b in np.frombuffer(blob, dtype=np.int32).reshape(-1, 2))


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal is not None else None
