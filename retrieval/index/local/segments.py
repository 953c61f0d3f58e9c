"""The segments of an archive in one process: caught up with the store, searched together, rewritten aside."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from retrieval.arrays import Bools, Ints, Ragged
from retrieval.index.interface import ALWAYS, Bounds
from retrieval.index.local.postings import QueryTerm
from retrieval.index.local.segment import Scored, Segment, build_segment, load_segment, save_segment
from retrieval.store.blobs import CODES, DAYS, HALVES
from retrieval.store.store import Store

logger = logging.getLogger(__name__)

MOST_SMALL = 8
"""Segments beside the one on disk; more are put together, so that a question searches few."""

REWRITE_FROM = 2_048
REWRITE_SHARE = 8
"""Passages added or removed since the segment on disk was written for it to be written again: at least so
many, and one in so many of those that it has."""

BATCH = 4_096

_TEMPORARY, _LOCK = "segment.tmp", "segment.lock"


class Segments:
    """What is searched: the segment on disk and those of what was added since, without what was removed."""

    def __init__(self, store: Store, dimension: int) -> None:
        self._store = store
        self._dimension = dimension
        self._segments: list[Segment] = []
        self._alive: list[Bools] = []
        self.sequence = -1
        self._built = -1
        self._on_disk = False

    def catch_up(self) -> None:
        """Bring the segments to the state of the store, inside its transaction.

        It takes time in proportion to the changes since the last time, or since the segment on disk was
        written.
        """
        sequence = self._store.sequence
        if sequence == self.sequence:
            return
        if self._built != self._store.built:
            self._open(self._store.built)
        added, removed = self._store.changed_since(self.sequence)
        for segment, alive in zip(self._segments, self._alive, strict=True):
            alive[segment.slots(removed)] = False
        if len(added):
            self._append(self._read(added))
        if len(self._segments) > 1 + MOST_SMALL:
            self._merge_small()
        self.sequence = sequence

    def search(self, search: Callable[[Segment, Bools | None], Scored], k: int, within: Bounds) -> Ints:
        """Return the ids of the best ``k`` passages published within bounds, by score, then by id."""
        found = [search(segment, self._allowed(i, within)) for i, segment in enumerate(self._segments)]
        ids = np.concatenate([np.empty(0, np.int64), *(ids for ids, _ in found)])
        scores = np.concatenate([np.empty(0), *(scores for _, scores in found)])
        return ids[np.lexsort((ids, -scores))[:k]]

    def articles_holding(self, terms: Sequence[QueryTerm], articles: Ints, bits: int) -> Bools:
        """Return which articles hold which terms, (n, t); their passages' ids begin at number << bits."""
        held = np.zeros((len(articles), len(terms)), dtype=bool)
        for segment, alive in zip(self._segments, self._alive, strict=True):
            first = np.searchsorted(segment.ids, articles << bits)
            last = np.searchsorted(segment.ids, (articles + 1) << bits)
            for column, term in enumerate(terms):
                slots, _ = segment.postings.holding(term)
                slots = slots if alive.all() else slots[alive[slots]]
                held[:, column] |= np.searchsorted(slots, last) > np.searchsorted(slots, first)
        return held

    def rewrite_if_due(self) -> None:
        """Write the segment on disk again where much has changed; who reads the old one goes on."""
        lock = FileLock(self._store.folder / _LOCK, timeout=0)
        with suppress(Timeout), lock:  # where it is held, another process is writing
            self._rewrite_if_due()

    def _rewrite_if_due(self) -> None:
        with self._store.reading():
            self.catch_up()
            total = sum(int(alive.sum()) for alive in self._alive)
            kept = int(self._alive[0].sum()) if self._on_disk else 0
            removed = len(self._alive[0]) - kept if self._on_disk else 0
            if total - kept + removed < max(REWRITE_FROM, total // REWRITE_SHARE):
                return
            sequence = self.sequence
            segment = self._read(self._store.ids())
        place, temporary = self._place(sequence), self._store.folder / _TEMPORARY
        shutil.rmtree(temporary, ignore_errors=True)
        save_segment(segment, temporary)
        shutil.rmtree(place, ignore_errors=True)
        temporary.rename(place)
        before = self._store.built
        self._store.set_built(sequence)
        for old in self._store.folder.glob("segment-*"):
            if old not in (place, self._place(before)):  # a reader may be about to open the one before
                shutil.rmtree(old, ignore_errors=True)

    def _open(self, built: int) -> None:
        """Begin with the segment on disk; one that is damaged is left, and all read from the store."""
        self._segments, self._alive, self._on_disk = [], [], False
        self.sequence, self._built = 0, built
        if built:
            try:
                self._append(load_segment(self._place(built)))
            except (OSError, ValueError, RuntimeError, KeyError) as error:
                reason = str(error).splitlines()[0][:160]
                logger.warning("%s is damaged (%s): it is read from the store.", self._place(built), reason)
            else:
                self.sequence, self._on_disk = built, True

    def _append(self, segment: Segment) -> None:
        self._segments.append(segment)
        self._alive.append(np.ones(len(segment), dtype=bool))

    def _merge_small(self) -> None:
        """Put together the segments that are not on disk, but for the largest of them."""
        small = range(1 if self._on_disk else 0, len(self._segments))
        largest = max(small, key=lambda i: len(self._segments[i]))
        merged = [i for i in small if i != largest]
        ids = np.sort(np.concatenate([self._segments[i].ids[self._alive[i]] for i in merged]))
        together = self._read(ids)
        for i in reversed(merged):
            del self._segments[i], self._alive[i]
        self._append(together)

    def _allowed(self, i: int, within: Bounds) -> Bools | None:
        alive = None if self._alive[i].all() else self._alive[i]
        published = self._segments[i].published_within(within) if within != ALWAYS else None
        if alive is None or published is None:
            return alive if published is None else published
        return alive & published

    def _read(self, ids: Ints) -> Segment:
        """Return a segment of passages of the store, in ascending order of ids."""
        rows = list(self._rows(ids))
        tokens = [np.frombuffer(row[3], CODES) for row in rows]
        dates = [np.frombuffer(row[4], DAYS) for row in rows]
        vectors = np.frombuffer(b"".join(row[5] for row in rows), HALVES).astype(np.float32)
        return build_segment(
            ids=np.array([row[0] for row in rows], dtype=np.int64),
            published=np.array([row[1:3] for row in rows], dtype=np.int32).reshape(-1, 2),
            dates=Ragged.of(np.concatenate([np.empty(0, DAYS), *dates]), [len(one) for one in dates]),
            tokens=Ragged.of(np.concatenate([np.empty(0, CODES), *tokens]), [len(one) for one in tokens]),
            vectors=vectors.reshape(-1, self._dimension),
            dimension=self._dimension,
        )

    def _rows(self, ids: Ints) -> Iterator[tuple[int, int, int, bytes, bytes, bytes]]:
        columns = "id, low, high, tokens, days, vector"
        for start in range(0, len(ids), BATCH):
            yield from self._store.passage_rows(columns, ids[start : start + BATCH].tolist())

    def _place(self, sequence: int) -> Path:
        return self._store.folder / f"segment-{sequence}"
