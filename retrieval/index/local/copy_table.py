"""The copy table of a store: what ``index.copies`` asks, in SQL, inside the transaction of a change."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np

from retrieval.index.copies import Place, place_of
from retrieval.index.signatures import Signature, signature
from retrieval.store.blobs import DAYS
from retrieval.store.database import Database

_ORDER = "low = -1, low, high, id"
_AFTER = f"({_ORDER}) > (?, ?, ?, ?)"
_BEFORE = f"({_ORDER}) < (?, ?, ?, ?)"
_NEAR = """
words_key IN (
    SELECT near.words_key FROM bands AS own JOIN bands AS near ON near.band = own.band
    WHERE own.words_key = (SELECT words_key FROM passages WHERE id = ?)
    UNION SELECT words_key FROM passages WHERE id = ?
)"""


class StoreCopyTable:
    """The passages of a store, as ``CopyTable``; signatures are remembered while it is used."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._signatures: dict[int, Signature] = {}
        self._places: dict[int, Place] = {}

    def place(self, id: int) -> Place:
        """Return where a passage stands in the order."""
        if id not in self._places:
            ((low, high),) = self._database.rows("SELECT low, high FROM passages WHERE id = ?", (id,))
            self._places[id] = place_of(id, (low, high))
        return self._places[id]

    def words_key(self, id: int) -> int:
        """Return what stands for all the words of a passage."""
        return int(self._database.value("SELECT words_key FROM passages WHERE id = ?", (id,)))

    def signature(self, id: int) -> Signature:
        """Return what a passage is compared by."""
        if id not in self._signatures:
            ((text, start, end, low, high, days),) = self._database.rows(
                'SELECT a.text, p.start, p."end", p.low, p.high, p.days'
                " FROM passages AS p JOIN articles AS a ON a.number = p.id >> 15 WHERE p.id = ?",
                (id,),
            )
            told = np.frombuffer(days, DAYS).tolist()
            self._signatures[id] = signature(text[start:end], (low, high), told)
        return self._signatures[id]

    def original(self, id: int) -> int:
        """Return the passage that one is a copy of, or its own id."""
        return int(self._database.value("SELECT original FROM passages WHERE id = ?", (id,)))

    def set_original(self, id: int, original: int) -> None:
        """Say what a passage is a copy of."""
        self._database.run("UPDATE passages SET original = ? WHERE id = ?", (original, id))

    def first_with_words(self, words_key: int, before: Place, excluded: Iterable[int]) -> int | None:
        """Return the first passage with the same words before a place, of no excluded original."""
        found = self._database.value(
            f"SELECT id FROM passages WHERE words_key = ? AND {_BEFORE}"
            " AND original NOT IN (SELECT value FROM json_each(?))"
            f" ORDER BY {_ORDER} LIMIT 1",
            (words_key, *before, json.dumps(list(excluded))),
        )
        return None if found is None else int(found)

    def originals_near(self, id: int) -> list[int]:
        """Return the originals whose words share a band with a passage's, or are the same."""
        return self._ids(f"original = id AND {_NEAR}", (id, id))

    def first_copy(self, words_key: int, original: int) -> int | None:
        """Return the first of the passages with the same words that are copies of an original."""
        found = self._database.value(
            "SELECT id FROM passages WHERE words_key = ? AND original = ? AND id <> original"
            f" ORDER BY {_ORDER} LIMIT 1",
            (words_key, original),
        )
        return None if found is None else int(found)

    def later_with_words(self, words_key: int, after: Place) -> list[int]:
        """Return the passages with the same words after a place."""
        return self._ids(f"words_key = ? AND {_AFTER}", (words_key, *after))

    def later_near(self, id: int) -> list[int]:
        """Return the passages after one whose words share a band with its words, or are the same."""
        return self._ids(f"{_NEAR} AND {_AFTER}", (id, id, *self.place(id)))

    def copies_of(self, original: int) -> list[int]:
        """Return the passages that are copies of one that may be gone, that one left out."""
        return self._ids("original = ? AND original <> id", (original,))

    def _ids(self, condition: str, parameters: tuple[int, ...]) -> list[int]:
        return [
            row[0] for row in self._database.rows(f"SELECT id FROM passages WHERE {condition}", parameters)
        ]
