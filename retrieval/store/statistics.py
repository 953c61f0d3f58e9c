"""The counters of a store, read: how common words are, how they are spelled, what acronyms stand for."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from retrieval.dates.events import EventDay
from retrieval.language.acronyms import Phrase
from retrieval.language.analysis import token_code
from retrieval.language.word_vectors import word_row
from retrieval.store.database import Database
from retrieval.store.passages import NO_SENSE, PublicationDays, Spelling


class StoreStatistics:
    """The statistics of a store at one change; lookups are remembered until the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.decoding():
            totals = dict(database.rows("SELECT name, value FROM state"))
            self.sequence: int = totals["sequence"]
            self.passages: int = totals["passages"]
            self.articles: int = totals["articles"]
            self.mean_length = totals["tokens"] / max(self.passages, 1)
        self._frequencies: dict[str, int] = {}
        self._senses: dict[str, int] = {}
        self._days: PublicationDays | None = None

    def frequency(self, token: str) -> int:
        """Return the number of passages that hold a token, in their title or their text."""
        if token not in self._frequencies:
            found = self._database.value("SELECT passages FROM terms WHERE code = ?", (token_code(token),))
            self._frequencies[token] = int(found or 0)
        return self._frequencies[token]

    def sense(self, token: str) -> int:
        """Return the sense that a token most often has, NO_SENSE where it has none."""
        if token not in self._senses:
            count: Counter[int] = Counter()
            for form, number in self._database.rows(
                "SELECT form, words FROM forms WHERE code = ?", (token_code(token),)
            ):
                count[word_row(form)] += number
            self._senses[token] = min(count, key=lambda sense: (-count[sense], sense), default=NO_SENSE)
        return self._senses[token]

    def days(self) -> PublicationDays:
        """Return when the archive's passages were published."""
        if self._days is None:
            rows = self._database.rows("SELECT low, high, passages FROM days ORDER BY low, high")
            with self._database.decoding():
                low, high, passages = np.array(rows, dtype=np.int64).reshape(-1, 3).T
            self._days = PublicationDays(low, high, passages)
        return self._days

    def spellings(self, initial: str, lengths: tuple[int, int]) -> Sequence[Spelling]:
        """Return the words, folded, that begin with a letter and whose lengths are within two bounds."""
        forms: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for form, folded, passages in self._database.rows(
            "SELECT form, folded, passages FROM forms WHERE initial = ? AND length BETWEEN ? AND ?",
            (initial, *lengths),
        ):
            forms[folded].append((passages, form))
        return [
            # Of two forms as common, the last is the one in lower case.
            Spelling(max(written)[1], folded, sum(passages for passages, _ in written))
            for folded, written in sorted(forms.items())
        ]

    def event_days(self, month_day: str) -> Sequence[EventDay]:
        """Return the events whose full dates are told, of those on a day of any year (``10-07``)."""
        rows = self._database.rows(
            "SELECT DISTINCT kind, year, names FROM events WHERE day = ? ORDER BY kind, year, names",
            (month_day,),
        )
        return [EventDay(kind, month_day, year, frozenset(names.split())) for kind, year, names in rows]

    def phrases_from(self, tokens: Iterable[str]) -> Mapping[Phrase, str]:
        """Return the acronyms, by what they stand for, of the phrases that begin with one of these tokens.

        Where an archive spells out a phrase as two acronyms, it is the one that more passages have.
        """
        found: dict[Phrase, str] = {}
        for phrase, acronym, _ in self._database.rows(
            "SELECT phrase, acronym, count(*) AS passages FROM phrases"
            " WHERE first IN (SELECT value FROM json_each(?))"
            " GROUP BY phrase, acronym ORDER BY passages DESC, acronym",
            (json.dumps(list(tokens)),),
        ):
            found.setdefault(tuple(phrase.split(" ")), acronym)
        return found

    def phrases_of(self, tokens: Iterable[str]) -> Mapping[str, tuple[Phrase, ...]]:
        """Return what is spelled out as one of these acronyms, by the acronym's token."""
        found: defaultdict[str, list[Phrase]] = defaultdict(list)
        for token, phrase in self._database.rows(
            "SELECT DISTINCT token, phrase FROM phrases WHERE token IN (SELECT value FROM json_each(?))"
            " ORDER BY token, phrase",
            (json.dumps(list(tokens)),),
        ):
            found[token].append(tuple(phrase.split(" ")))
        return {token: tuple(phrases) for token, phrases in found.items()}
