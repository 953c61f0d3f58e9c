"""The truth of an archive: articles, passages and what was computed from them, in one SQLite file.

A passage is kept as two offsets into its article's text, so that a quote is an exact slice by construction.
Every change moves the sequence number on; what is built from a store says which change it was built at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from retrieval.arrays import Ints
from retrieval.store.blobs import day_of, pairs_of, vectors_of
from retrieval.store.change import Change
from retrieval.store.database import Database, damaged_index
from retrieval.store.passages import PARAGRAPH_BITS, Stored
from retrieval.store.statistics import StoreStatistics
from retrieval.types import Article, DateMention, Passage

FILE = "store.sqlite"

_ARTICLE = "id, path, text, title, published, source, language, body"
_STORED = 'id, paragraph, start, "end", sentences, vector, sentence_vectors'
_LISTED = "(SELECT value FROM json_each(?))"
"""The values of a list given as JSON."""


class Store:
    """The SQLite file of an archive. Changes are all or nothing: a crash leaves what stood before.

    Every method raises ArchiveError where the file is damaged or cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Database(folder / FILE)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def reading(self) -> AbstractContextManager[None]:
        """Read everything inside as it stands at one moment."""
        return self.database.reading()

    @property
    def sequence(self) -> int:
        """The number of changes made so far."""
        return self._state("sequence")

    @property
    def built(self) -> int:
        """The change up to which passages are in the segment on disk; 0 where there is none."""
        return self._state("built")

    def statistics(self) -> StoreStatistics:
        """Return what the store counts, as it stands."""
        return StoreStatistics(self.database)

    def stamps(self) -> dict[str, str]:
        """Return the stamp each article was put with, by article identifier."""
        return dict(self.database.rows("SELECT id, stamp FROM articles"))

    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Give articles other stamps, by article identifier; this is no change to what the archive holds."""
        with self.database.writing():
            self.database.run_many(
                "UPDATE articles SET stamp = ? WHERE id = ?",
                ((stamp, name) for name, stamp in stamps.items()),
            )

    def ids(self) -> Ints:
        """Return the id of every passage, in ascending order."""
        rows = self.database.rows("SELECT id FROM passages INDEXED BY passages_added")
        return np.sort(np.array(rows, dtype=np.int64).reshape(-1))

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Make what is done inside one change: all of it is kept, or none."""
        with self.database.writing():
            change = Change(self.database, self.sequence + 1)
            yield change
            change.finish()

    def set_built(self, sequence: int) -> None:
        """Say that the passages of every change up to one are in the segment on disk."""
        with self.database.writing():
            self.database.run("UPDATE state SET value = ? WHERE name = 'built'", (sequence,))
            self.database.run("DELETE FROM removals WHERE removed <= ?", (sequence,))

    def changed_since(self, sequence: int) -> tuple[Ints, Ints]:
        """Return the ids of the passages that were added after a change, and of those that were removed."""
        added = self.database.rows("SELECT id FROM passages WHERE added > ?", (sequence,))
        gone = self.database.rows("SELECT DISTINCT passage FROM removals WHERE removed > ?", (sequence,))
        return np.sort(np.array(added, np.int64).reshape(-1)), np.array(gone, np.int64).reshape(-1)

    def passage_rows(self, columns: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return columns of the passages that are there, in ascending order of ids."""
        return self.database.rows(
            f"SELECT {columns} FROM passages WHERE id IN {_LISTED} ORDER BY id", (json.dumps(list(ids)),)
        )

    def article_vectors(self, numbers: Sequence[int]) -> list[tuple[int, bytes]]:
        """Return the number and the mean vector, float16, of articles, in ascending order of numbers."""
        return self.database.rows(
            f"SELECT number, vector FROM articles WHERE number IN {_LISTED} ORDER BY number",
            (json.dumps(list(numbers)),),
        )

    def copies_with(self, id: int) -> list[tuple[int, int, int]]:
        """Return the id and the days of publication of the passages that have the same original as one."""
        original = self.database.value("SELECT original FROM passages WHERE id = ?", (id,))
        return self.database.rows(
            "SELECT id, low, high FROM passages WHERE (original = ?1 AND original <> id) OR id = ?1",
            (original,),
        )

    def stored(self, ids: Sequence[int]) -> list[Stored]:
        """Return passages as they are kept, in the order of ``ids``; those that are not there are left out.

        Raises:
            DamagedIndexError: the text of an article is not what was put, or a passage does not fit together.
        """
        found = {row[0]: row for row in self.passage_rows(_STORED, ids)}
        articles: dict[int, Article] = {}
        kept = []
        with self.database.decoding():
            for one in ids:
                if one in found:
                    number = one >> PARAGRAPH_BITS
                    if number not in articles:
                        articles[number] = self._article(number)
                    kept.append(self._stored(found[one], articles[number]))
        return kept

    def _stored(self, row: tuple[Any, ...], article: Article) -> Stored:
        id_, paragraph, start, end, sentences, vector, vectors = row
        flat = vectors_of(vector)
        spans, sentence_vectors = pairs_of(sentences), vectors_of(vectors).reshape(-1, len(flat))
        length = len(article.text)
        inside = all(0 <= a < b <= end - start for a, b in spans)
        if not (0 <= start < end <= length and inside and len(spans) == len(sentence_vectors) > 0):
            raise ValueError(f"passage {paragraph} of {article.path} has no such sentences")
        return Stored(
            id=id_,
            passage=Passage(
                f"{article.id}#{paragraph}", article.id, paragraph, start, end, article.text[start:end]
            ),
            article=article,
            sentences=spans,
            dates=self._dates(id_),
            vector=flat,
            sentence_vectors=sentence_vectors,
        )

    def _article(self, number: int) -> Article:
        row, checksum = self._article_row(number)
        article = Article(*row)
        if crc32(article.text.encode()) != checksum:
            raise damaged_index(self.folder, f"the text of {article.path} has changed")
        return article

    def _article_row(self, number: int) -> tuple[tuple[Any, ...], int]:
        rows = self.database.rows(f"SELECT {_ARTICLE}, checksum FROM articles WHERE number = ?", (number,))
        if not rows:
            raise damaged_index(self.folder, f"article number {number} is missing")
        return rows[0][:-1], rows[0][-1]

    def _dates(self, passage: int) -> tuple[DateMention, ...]:
        """Return the dates told in a passage, in order."""
        rows = self.database.rows(
            'SELECT start, "end", text, value, low, high, confidence FROM dates'
            " WHERE passage = ? ORDER BY start",
            (passage,),
        )
        return tuple(
            DateMention(start, end, text, value, day_of(low), day_of(high), confidence)
            for start, end, text, value, low, high, confidence in rows
        )

    def _state(self, name: str) -> int:
        with self.database.decoding():
            return int(self.database.value("SELECT value FROM state WHERE name = ?", (name,)) or 0)
