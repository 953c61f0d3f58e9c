"""What a store counts over all its passages, changed in the transaction of every addition and removal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from retrieval.language.analysis import fold, token, token_code, words
from retrieval.store.database import Database
from retrieval.store.passages import UNDATED, AnalysedPassage

SHORTEST, LONGEST = 4, 30
"""Letters of the words that a slip is corrected to: shorter ones are all alike, longer ones are no words."""

Key = TypeVar("Key", int, tuple[int, int])

_ADD_PASSAGES = "ON CONFLICT DO UPDATE SET passages = passages + excluded.passages"


class CounterChanges:
    """What additions and removals change in the counters, summed up to be written at once."""

    def __init__(self) -> None:
        self._totals: Counter[str] = Counter()
        self._terms: Counter[int] = Counter()
        self._passages_of_form: Counter[str] = Counter()
        self._words_of_form: Counter[str] = Counter()
        self._days: Counter[tuple[int, int]] = Counter()

    def count_article(self, sign: int) -> None:
        """Count one article more (1) or less (-1)."""
        self._totals["articles"] += sign

    def count_passage(
        self, sign: int, codes: Sequence[int], written: Iterable[str], days: tuple[int, int]
    ) -> None:
        """Count one passage more (1) or less (-1), by its tokens, its words and its days."""
        self._totals["passages"] += sign
        self._totals["tokens"] += sign * len(codes)
        for code in set(codes):
            self._terms[code] += sign
        for form, number in Counter(written).items():
            self._passages_of_form[form] += sign
            self._words_of_form[form] += sign * number
        if days != (UNDATED, UNDATED):
            self._days[days] += sign

    def write(self, database: Database) -> None:
        """Add the changes to the counters; what has come down to none is dropped."""
        database.run_many(
            "UPDATE state SET value = value + ? WHERE name = ?",
            [(number, name) for name, number in self._totals.items()],
        )
        database.run_many(
            f"INSERT INTO terms VALUES (?, ?) {_ADD_PASSAGES}",
            sorted(_changed(self._terms)),
        )
        database.run_many(
            f"INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?, ?) {_ADD_PASSAGES}, words = words + excluded.words",
            self._form_rows(),
        )
        database.run_many(
            f"INSERT INTO days VALUES (?, ?, ?) {_ADD_PASSAGES}",
            [(low, high, number) for (low, high), number in _changed(self._days)],
        )
        self._drop_empty(database)

    def _form_rows(self) -> Iterator[tuple[str, int, str, str | None, int | None, int, int]]:
        for form in sorted(self._words_of_form):
            passages, number = self._passages_of_form[form], self._words_of_form[form]
            if passages or number:
                yield form, token_code(token(form)), *_spelling(form), passages, number

    def _drop_empty(self, database: Database) -> None:
        terms = [(code,) for code, number in self._terms.items() if number < 0]
        forms = [(form,) for form, number in self._words_of_form.items() if number < 0]
        database.run_many("DELETE FROM terms WHERE code = ? AND passages <= 0", terms)
        database.run_many("DELETE FROM forms WHERE form = ? AND words <= 0", forms)
        if any(number < 0 for number in self._days.values()):
            database.run("DELETE FROM days WHERE passages <= 0")


def codes_of(passage: AnalysedPassage) -> list[int]:
    """Return the code of every token of a passage, its title first."""
    return [token_code(one) for unit in passage.units for one in unit.tokens]


def written_words(title: str | None, text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield the words of a passage as written, those of its title first."""
    yield from words(title or "")
    for start, end in sentences:
        yield from words(text[start:end])


def _changed(counter: Counter[Key]) -> Iterator[tuple[Key, int]]:
    return ((key, number) for key, number in counter.items() if number)


def _spelling(form: str) -> tuple[str, str | None, int | None]:
    """Return a word folded, with its first letter and its length where a slip may be corrected to it."""
    folded = fold(form)
    kept = SHORTEST <= len(folded) <= LONGEST and folded.isalpha()
    return (folded, folded[0], len(folded)) if kept else (folded, None, None)
