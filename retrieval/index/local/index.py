"""``LocalIndex``: the index of one machine, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import numpy as np

from retrieval.arrays import Ints
from retrieval.index.copies import place_of, regroup
from retrieval.index.events import with_years_of_events
from retrieval.index.interface import ALWAYS, Bounds, Candidates
from retrieval.index.local.columns import read_candidates
from retrieval.index.local.copy_table import StoreCopyTable
from retrieval.index.local.postings import QueryTerm, idf
from retrieval.index.local.segments import Segments
from retrieval.language.analysis import token_code
from retrieval.store.database import damaged_index
from retrieval.store.passages import (
    PARAGRAPH_BITS,
    UNDATED,
    AnalysedArticle,
    Removed,
    Stored,
)
from retrieval.store.statistics import StoreStatistics
from retrieval.store.store import Store
from retrieval.types import Question, Vectors

TIMELY = 50
"""Passages of the time asked about taken from each side, dense and lexical, besides the usual ones."""

RECENT_DAYS = 365
"""How far before the newest a passage was published that a question about what is new takes in."""


class LocalIndex:
    """An index in a folder, of vectors of one dimension: ``Index`` over SQLite, FAISS and postings.

    Threads may share it: each call, and each ``snapshot``, has it for itself.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self.folder = folder
        self._store = Store(folder)
        self._segments = Segments(self._store, dimension)
        self._lock = RLock()
        self._depth = 0
        self._statistics = self._store.statistics()

    def close(self) -> None:
        """Close the index's files."""
        self._store.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read all inside as it stands at one moment, the newest when it is entered; may be nested."""
        with self._lock:
            if self._depth:
                yield
                return
            with self._store.reading():
                with self._store.database.decoding():
                    self._segments.catch_up()
                if self._statistics.sequence != self._segments.sequence:
                    self._statistics = self._store.statistics()
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1

    def put(self, articles: Iterable[AnalysedArticle]) -> None:
        """Keep articles, each in the place of an older version if there is one: all of them, or none."""
        listed = list(articles)
        self._change([one.article.id for one in listed], listed)

    def remove(self, article_ids: Iterable[str]) -> None:
        """Take articles out, with their passages: all of them, or none."""
        self._change(list(article_ids), [])

    def _change(self, removed: Sequence[str], added: Sequence[AnalysedArticle]) -> None:
        with self._lock, self._store.changing() as change:
            gone: list[Removed] = [passage for name in removed for passage in change.remove(name)]
            for one in added:
                change.put(one)
            new = {passage.id for one in added for passage in one.passages}
            regroup(StoreCopyTable(self._store.database), new, gone)

    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Give articles other stamps, by article identifier; what is kept of them stays as it is."""
        with self._lock:
            self._store.restamp(stamps)

    def compact(self) -> None:
        """Write the segment on disk again where much was added or removed since."""
        with self._lock, self._store.database.decoding():
            self._segments.rewrite_if_due()

    def stamps(self) -> dict[str, str]:
        """Return the stamp each article was put with, by article identifier."""
        with self._lock:
            return self._store.stamps()

    def ids(self) -> Ints:
        """Return the id of every passage, in ascending order."""
        with self._lock:
            return self._store.ids()

    def statistics(self) -> StoreStatistics:
        """Return what is known of the archive as a whole."""
        with self.snapshot():
            return self._statistics

    def find(self, question: Question, within: Bounds = ALWAYS, *, depth: int) -> Candidates:
        """Return the passages worth ranking, published within bounds."""
        with self.snapshot():
            timely = list(self._timely(question, within))
            searches: tuple[Callable[[int], Ints], ...] = (
                lambda k: self.nearest(question.vector, k, within),
                lambda k: self.matching(question, k, within),
            )
            sides = [search(depth) for search in searches]
            depths = [depth] * len(sides)
            while True:
                found = np.unique(np.concatenate([*sides, *timely]))
                candidates = self.candidates(question, found)
                if len(candidates) != len(found):
                    raise damaged_index(self.folder, "passages that are searched are missing")
                crowded = [
                    i
                    for i, side in enumerate(sides)
                    if len(side) == depths[i] and _distinct(candidates, side) < depth // 2
                ]
                if not crowded:
                    return candidates
                for i in crowded:  # over half of what it found are copies of others
                    depths[i] *= 4
                    sides[i] = searches[i](depths[i])

    def candidates(self, question: Question, ids: Ints) -> Candidates:
        """Return given passages as candidates for a question; those that the index lacks are left out."""
        with self.snapshot():
            terms = self._terms(question)
            with self._store.database.decoding():
                return read_candidates(
                    self._store,
                    ids.tolist(),
                    question.vector,
                    lambda articles: self._segments.articles_holding(terms, articles, PARAGRAPH_BITS),
                )

    def nearest(self, vector: Vectors, k: int, within: Bounds = ALWAYS) -> Ints:
        """Return the ids of the ``k`` passages of highest cosine with a vector, best first, ties by id."""
        with self.snapshot():
            return self._segments.search(lambda one, allowed: one.nearest(vector, k, allowed), k, within)

    def matching(self, question: Question, k: int, within: Bounds = ALWAYS) -> Ints:
        """Return the ids of the ``k`` passages that hold a question's terms best by BM25, ties by id."""
        with self.snapshot():
            terms, mean = self._terms(question), self.statistics().mean_length
            return self._segments.search(
                lambda one, allowed: one.matching(terms, mean, k, allowed), k, within
            )

    def stored(self, ids: Sequence[int]) -> list[Stored]:
        """Return passages as they are kept, in the order of ``ids``, without those that are not there."""
        with self.snapshot(), self._store.database.decoding():
            statistics = self.statistics()
            return [with_years_of_events(one, statistics) for one in self._store.stored(ids)]

    def copies(self, id: int, within: Bounds = ALWAYS) -> list[int]:
        """Return the other copies of a passage in order of publication, undated last, then by id."""
        with self.snapshot():
            rows = self._store.copies_with(id)
        places = sorted(place_of(one, (low, high)) for one, low, high in rows if one != id)
        return [place.id for place in places if _is_within(place.low, place.high, within)]

    def _timely(self, question: Question, within: Bounds) -> Iterator[Ints]:
        """Yield passages of the time that a question asks about, published within bounds."""
        time = question.time
        if time is None:
            return
        spans = []
        if time.settled_by != "nothing":
            spans.append(time.days)
            terms, mean, days = self._terms(question), self.statistics().mean_length, time.days
            yield self._segments.search(
                lambda one, allowed: one.matching(
                    terms, mean, TIMELY, one.telling(days) if allowed is None else one.telling(days) & allowed
                ),
                TIMELY,
                within,
            )
        if time.recent:
            newest = self.statistics().days().newest(time.today)
            spans.append((newest - RECENT_DAYS, _LAST_DAY))
        for low, high in spans:
            since, until = within
            both = max(low, low if since is None else since), min(high, high if until is None else until)
            if both[0] <= both[1]:
                yield self.nearest(question.vector, TIMELY, both)
                yield self.matching(question, TIMELY, both)

    def _terms(self, question: Question) -> list[QueryTerm]:
        """Return the distinct tokens of a question, in ascending order of their codes."""
        statistics = self.statistics()
        distinct = {token_code(term.token): term for term in question.terms}
        return [
            QueryTerm(
                code=code,
                phrases=tuple(tuple(map(token_code, phrase)) for phrase in term.phrases),
                weight=idf(statistics.passages, statistics.frequency(term.token)),
            )
            for code, term in sorted(distinct.items())
        ]


_LAST_DAY = 3_652_059
"""The ordinal of 31 December 9999."""


def _distinct(candidates: Candidates, ids: Ints) -> int:
    """Return how many originals there are among some of the candidates."""
    return len(np.unique(candidates.originals[np.searchsorted(candidates.ids, ids)]))


def _is_within(low: int, high: int, within: Bounds) -> bool:
    since, until = within
    if since is None and until is None:
        return True
    return low != UNDATED and high >= (since or 0) and (until is None or low <= until)
