"""What an index is: what finds the passages worth ranking, and tells what the ranker may know of them.

Passages are addressed by stable ids and days are ordinals, as in ``retrieval.store.passages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.arrays import Bools, Floats, Ints, Ragged
from retrieval.dates.events import EventDay
from retrieval.language.acronyms import Phrase
from retrieval.store.passages import AnalysedArticle, PublicationDays, Spelling, Stored
from retrieval.types import Question, Vectors

Bounds = tuple[int | None, int | None]
"""The first and the last day of publication to keep to, None where it is open."""

ALWAYS: Bounds = (None, None)


@dataclass(frozen=True, slots=True)
class Candidates:
    """n passages and what the ranker may know of them for one question of t distinct tokens, as columns.

    Passages are in ascending order of ``ids``. ``articles`` tells which of them are of one article, and
    ``originals`` which are copies: the id of the first of them. ``published`` has shape (n, 2), the first and
    the last day; ``languages`` are places in ``LANGUAGES`` or -1. Row i of ``dates`` has the first and the
    last day of each date told in passage i, one pair after the other.

    The m units of all passages are laid end to end: passage i has those from ``first_units[i]`` to before
    ``first_units[i + 1]``, its title and then its sentences. Row u of ``tokens`` has the codes of a unit's
    tokens, ``senses`` runs beside ``tokens.values``, and ``flags[u]`` tells what the unit holds.

    Cosines are those with the question's vector, as the encoder gives them: of the passage, of each unit (-1
    for titles) and of the article's mean. ``article_terms``, of shape (n, t), tells whether the article holds
    each of the question's tokens, in ascending order of their codes.
    """

    ids: Ints
    articles: Ints
    originals: Ints
    published: npt.NDArray[np.int32]
    languages: npt.NDArray[np.int8]
    dates: Ragged
    first_units: Ints
    tokens: Ragged
    senses: npt.NDArray[np.uint16]
    flags: npt.NDArray[np.uint8]
    passage_cosines: Floats
    unit_cosines: Floats
    article_cosines: Floats
    article_terms: Bools

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, places: Ints) -> Candidates:
        """Return the candidates at ``places``, in that order."""
        starts, lengths = self.first_units[places], self.first_units[places + 1] - self.first_units[places]
        first = np.zeros(len(places) + 1, dtype=np.int64)
        np.cumsum(lengths, out=first[1:])
        units = np.arange(first[-1]) + np.repeat(starts - first[:-1], lengths)
        spots, _ = self.tokens.positions(units)
        return replace(
            self,
            ids=self.ids[places],
            articles=self.articles[places],
            originals=self.originals[places],
            published=self.published[places],
            languages=self.languages[places],
            dates=self.dates.take(places),
            first_units=first,
            tokens=self.tokens.take(units),
            senses=self.senses[spots],
            flags=self.flags[units],
            passage_cosines=self.passage_cosines[places],
            unit_cosines=self.unit_cosines[units],
            article_cosines=self.article_cosines[places],
            article_terms=self.article_terms[places],
        )


class TermStatistics(Protocol):
    """How common words are in an archive: what weighs the terms of a question."""

    @property
    def passages(self) -> int:
        """The number of passages."""

    @property
    def articles(self) -> int:
        """The number of articles."""

    @property
    def mean_length(self) -> float:
        """The mean number of tokens of a passage, its title included."""

    def frequency(self, token: str) -> int:
        """Return the number of passages that hold a token, in their title or their text."""

    def sense(self, token: str) -> int:
        """Return the sense that a token most often has, NO_SENSE where it has none."""


class Statistics(TermStatistics, Protocol):
    """What is known of a whole archive: counters that change with every addition and removal."""

    def days(self) -> PublicationDays:
        """Return when the archive's passages were published."""

    def spellings(self, initial: str, lengths: tuple[int, int]) -> Sequence[Spelling]:
        """Return the words, folded, that begin with a letter and whose lengths are within two bounds."""

    def event_days(self, month_day: str) -> Sequence[EventDay]:
        """Return the events whose full dates are told, of those on a day of any year (``10-07``)."""

    def phrases_from(self, tokens: Iterable[str]) -> Mapping[Phrase, str]:
        """Return the acronyms, by what they stand for, of the phrases that begin with one of these tokens."""

    def phrases_of(self, tokens: Iterable[str]) -> Mapping[str, tuple[Phrase, ...]]:
        """Return what is spelled out as one of these acronyms, by the acronym's token."""


class Index(Protocol):
    """An index of an archive: written by one process at a time, read by any number.

    Inside ``snapshot`` every call sees the archive at one moment, whatever is written meanwhile. Every error
    it raises is an ``ArchiveError``.
    """

    def snapshot(self) -> AbstractContextManager[None]:
        """Read all inside as it stands at one moment, the newest when it is entered; may be nested."""

    def put(self, articles: Iterable[AnalysedArticle]) -> None:
        """Keep articles, each in the place of an older version if there is one: all of them, or none."""

    def remove(self, article_ids: Iterable[str]) -> None:
        """Take articles out, with their passages: all of them, or none."""

    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Give articles other stamps, by article identifier; what is kept of them stays as it is."""

    def compact(self) -> None:
        """Bring what was added and removed into a form that is quick to search, where there is much of it."""

    def stamps(self) -> dict[str, str]:
        """Return the stamp each article was put with, by article identifier."""

    def ids(self) -> Ints:
        """Return the id of every passage, in ascending order."""

    def statistics(self) -> Statistics:
        """Return what is known of the archive as a whole."""

    def find(self, question: Question, within: Bounds = ALWAYS, *, depth: int) -> Candidates:
        """Return the passages worth ranking, published within bounds.

        They are the ``depth`` nearest by vector and the ``depth`` best by BM25, more where over half of
        either are copies of others, and for a question in time those of the time it asks about.
        """

    def candidates(self, question: Question, ids: Ints) -> Candidates:
        """Return given passages as candidates for a question; those that the index lacks are left out."""

    def nearest(self, vector: Vectors, k: int, within: Bounds = ALWAYS) -> Ints:
        """Return the ids of the ``k`` passages of highest cosine with a vector, best first, ties by id."""

    def matching(self, question: Question, k: int, within: Bounds = ALWAYS) -> Ints:
        """Return the ids of the ``k`` passages that hold a question's terms best by BM25, ties by id."""

    def stored(self, ids: Sequence[int]) -> list[Stored]:
        """Return passages as they are kept, in the order of ``ids``, without those that are not there.

        An event that a passage names by its day has the year that the archive tells (``index.events``).
        """

    def copies(self, id: int, within: Bounds = ALWAYS) -> list[int]:
        """Return the other copies of a passage in order of publication, undated last, then by id."""

    def close(self) -> None:
        """Close the index's files."""


def iterate_stored(index: Index, batch: int = 1_024) -> Iterator[Stored]:
    """Yield every passage of an index, in ascending order of ids, ``batch`` of them read at a time."""
    ids = index.ids().tolist()
    for start in range(0, len(ids), batch):
        yield from index.stored(ids[start : start + batch])
