"""Which passages of an archive are copies of one another, kept up to date as passages come and go.

Passages are taken in the order of their publication, undated last, then of their ids. One is a copy of the
original that an earlier passage with the same words has, unless they tell of other days; else of the earlier
original that is most like it; else it is an original itself. So passages are compared with originals alone,
copies of copies never add up to a difference, and the outcome does not depend on what was added first.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import NamedTuple, Protocol

from retrieval.index.signatures import Signature
from retrieval.store.passages import UNDATED, Removed

ALIKE = 0.75
"""The share of their shingles that two copies have in common, at least."""


class Place(NamedTuple):
    """Where a passage stands in the order in which originals are settled."""

    undated: bool
    low: int
    high: int
    id: int


class CopyTable(Protocol):
    """What is known of passages for telling copies: their places, originals and signatures."""

    def place(self, id: int) -> Place:
        """Return where a passage stands in the order."""

    def words_key(self, id: int) -> int:
        """Return what stands for all the words of a passage."""

    def signature(self, id: int) -> Signature:
        """Return what a passage is compared by."""

    def original(self, id: int) -> int:
        """Return the passage that one is a copy of, or its own id."""

    def set_original(self, id: int, original: int) -> None:
        """Say what a passage is a copy of."""

    def first_with_words(self, words_key: int, before: Place, excluded: Iterable[int]) -> int | None:
        """Return the first passage with the same words before a place, of no excluded original."""

    def originals_near(self, id: int) -> list[int]:
        """Return the originals whose words share a band with a passage's, or are the same."""

    def first_copy(self, words_key: int, original: int) -> int | None:
        """Return the first of the passages with the same words that are copies of an original."""

    def later_with_words(self, words_key: int, after: Place) -> list[int]:
        """Return the passages with the same words after a place."""

    def later_near(self, id: int) -> list[int]:
        """Return the passages after one whose words share a band with its words, or are the same."""

    def copies_of(self, original: int) -> list[int]:
        """Return the passages that are copies of one that may be gone, that one left out."""


def place_of(id: int, published: tuple[int, int]) -> Place:
    """Return where a passage published within these days stands in the order."""
    return Place(published[0] == UNDATED, *published, id)


def regroup(table: CopyTable, added: Iterable[int], removed: Iterable[Removed] = ()) -> None:
    """Settle the originals of added passages, and again those that additions and removals change.

    Added passages are already in the table, as originals of their own; removed ones are no longer in it.
    Passages are settled in order, and one that changes has later ones settled after it, so each is settled
    once on what is final before it.
    """
    new = set(added)
    waiting = [table.place(id_) for id_ in new | _concerned(table, removed)]
    heapify(waiting)
    done: set[int] = set()
    while waiting:
        place = heappop(waiting)
        if place.id in done:
            continue
        done.add(place.id)
        for later in _settle(table, place, is_new=place.id in new):
            heappush(waiting, table.place(later))


def _concerned(table: CopyTable, removed: Iterable[Removed]) -> set[int]:
    """Return the passages whose original may be another now that some are gone."""
    concerned: set[int] = set()
    for gone in removed:
        if gone.original == gone.id:
            concerned.update(table.copies_of(gone.id))
        elif (first := table.first_copy(gone.words_key, gone.original)) is not None:
            concerned.add(first)  # it may have had its original from the one that is gone
    return concerned


def _settle(table: CopyTable, place: Place, *, is_new: bool) -> list[int]:
    """Settle the original of one passage; return the later ones that this may change."""
    before = table.original(place.id)
    original, inherited = _find_original(table, place)
    if original == before and not is_new:
        return []
    table.set_original(place.id, original)
    was_original, is_original = before == place.id and not is_new, original == place.id
    if was_original or is_original:
        return table.later_near(place.id)
    if is_new and inherited:  # an earlier passage with the same words has it: later ones find that one first
        return []
    return table.later_with_words(table.words_key(place.id), place)


def _find_original(table: CopyTable, place: Place) -> tuple[int, bool]:
    """Return the original of a passage, and whether it is that of an earlier one with the same words."""
    words_key = table.words_key(place.id)
    excluded: list[int] = []
    while (same := table.first_with_words(words_key, place, excluded)) is not None:
        original = table.original(same)
        if not table.signature(place.id).contradicts(table.signature(original)):
            return original, True
        excluded.append(original)
    earlier = sorted(p for id_ in table.originals_near(place.id) if (p := table.place(id_)) < place)
    alike = [(table.signature(place.id).likeness(table.signature(p.id)), p.id) for p in earlier]
    likeness, original = max(alike, key=lambda pair: pair[0], default=(0.0, place.id))
    return (original, False) if likeness >= ALIKE else (place.id, False)
