"""The SQLite connection of a store: transactions, and every fault told in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from retrieval.errors import ArchiveError, DamagedIndexError
from retrieval.store.schema import SCHEMA

DAMAGED = "damaged"
"""The file that marks the folder of an index in which damage was found."""

BUSY_SECONDS = 60
"""How long to wait for another process that is writing."""

CHECKPOINT_PAGES = 4_096
"""Pages of the write-ahead log after which it is written back: an article changes about a thousand."""

CACHE_KIB = 32_768
"""Pages kept in memory. The file is not memory-mapped: one cut short meanwhile would kill the process."""


class Database:
    """One connection, which threads may share one at a time.

    Raises:
        ArchiveError: in every method, where the file is damaged or cannot be written; a change that fails
            leaves what stood before.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._guarded():
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
            )
            for pragma in (
                "journal_mode = WAL",
                "synchronous = NORMAL",
                f"cache_size = -{CACHE_KIB}",
                f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
            ):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, statement: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._guarded():
            return self._connection.execute(statement, parameters).fetchall()

    def value(self, statement: str, parameters: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 - of any type
        """Return the first value of the first row, None where there is no row."""
        rows = self.rows(statement, parameters)
        return rows[0][0] if rows else None

    def run(self, statement: str, parameters: tuple[Any, ...] = ()) -> None:
        """Carry out a statement that returns nothing."""
        with self._guarded():
            self._connection.execute(statement, parameters)

    def run_many(self, statement: str, parameters: Iterable[tuple[Any, ...]]) -> None:
        """Carry out a statement for each of some parameters."""
        with self._guarded():
            self._connection.executemany(statement, parameters)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read everything inside as it stands at one moment, whatever another process changes meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep all of what is changed inside, or none."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk has already undone it
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError) or _is_of_content(error):
                raise damaged_index(self.path.parent, str(error)) from error
            raise ArchiveError(
                f"The archive {self.path.parent} could not be read or changed ({error}), and is as it was: "
                "free some space, or check that its folder can be written to."
            ) from error

    @contextmanager
    def decoding(self) -> Iterator[None]:
        """Turn what a damaged row causes where it is decoded into one sentence."""
        try:
            yield
        except (ValueError, TypeError, LookupError, OverflowError) as error:
            raise damaged_index(self.path.parent, str(error) or type(error).__name__) from error


def _is_of_content(error: sqlite3.OperationalError) -> bool:
    """Tell whether an error is one of what the file holds: a text that is not UTF-8, a table that is gone."""
    return not hasattr(error, "sqlite_errorcode") or str(error).startswith("no such")


def damaged_index(folder: Path, reason: str) -> DamagedIndexError:
    """Return the error to raise for a damaged index; its folder is marked, so that a cache is built again."""
    with suppress(OSError):
        (folder / DAMAGED).touch()
    first_line = reason.partition(" with text ")[0].splitlines()[0][:160]  # SQLite quotes the whole text
    return DamagedIndexError(damaged(folder, first_line))


def damaged(folder: Path, reason: str) -> str:
    """Return the sentence that says that an index folder is damaged, and what to do."""
    return f"The index {folder} is damaged ({reason}): delete its folder and build it again."
