"""The statistics of a small archive held in memory, and an encoder that needs no model."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import numpy as np

from retrieval.encoders.interface import Prompts
from retrieval.language.acronyms import Phrase, definitions
from retrieval.language.analysis import analyse, fold, token, words
from retrieval.store.passages import NO_SENSE, PublicationDays, Spelling
from retrieval.types import Vectors


class ArchiveStatistics:
    """Statistics of texts, each a passage of an article of its own, published on ``days``."""

    def __init__(self, texts: Sequence[str] = (), days: Sequence[dt.date] = ()) -> None:
        self.passages = self.articles = len(texts)
        self.mean_length = sum(len(analyse(text)) for text in texts) / max(len(texts), 1)
        self._frequencies = Counter(token for text in texts for token in set(analyse(text)))
        self._forms = Counter(form for text in texts for form in set(words(text)) if form.isalpha())
        self._definitions = [found for text in texts for found in definitions(text)]
        self._days = Counter(day.toordinal() for day in days)

    @classmethod
    def of_forms(cls, forms: Mapping[str, int]) -> ArchiveStatistics:
        """Return the statistics of an archive that holds each form in so many passages."""
        statistics = cls()
        statistics._forms.update(forms)
        return statistics

    def frequency(self, token: str) -> int:
        return self._frequencies[token]

    def sense(self, token: str) -> int:
        return NO_SENSE

    def days(self) -> PublicationDays:
        days = np.array(sorted(self._days), dtype=np.int64)
        return PublicationDays(days, days, np.array([self._days[day] for day in days], dtype=np.int64))

    def spellings(self, initial: str, lengths: tuple[int, int]) -> Sequence[Spelling]:
        low, high = lengths
        by_fold: dict[str, list[str]] = {}
        for form in self._forms:
            folded = fold(form)
            if folded.startswith(initial) and low <= len(folded) <= high:
                by_fold.setdefault(folded, []).append(form)
        return [
            Spelling(
                max(forms, key=lambda form: (self._forms[form], form)),
                folded,
                sum(self._forms[form] for form in forms),
            )
            for folded, forms in by_fold.items()
        ]

    def phrases_from(self, tokens: Iterable[str]) -> Mapping[Phrase, str]:
        wanted = set(tokens)
        return {found.phrase: found.acronym for found in self._definitions if found.phrase[0] in wanted}

    def phrases_of(self, tokens: Iterable[str]) -> Mapping[str, tuple[Phrase, ...]]:
        by_token: dict[str, tuple[Phrase, ...]] = {}
        for found in self._definitions:
            said = by_token.setdefault(token(found.acronym), ())
            if found.phrase not in said:
                by_token[token(found.acronym)] = (*said, found.phrase)
        return {token: by_token[token] for token in tokens if token in by_token}


class RecordingEncoder:
    """Turns a text into a vector of its own, and remembers the questions it was given."""

    name = "recording"
    fingerprint = "0" * 64
    dimension = 4
    prompts = Prompts()

    def __init__(self) -> None:
        self.questions: list[str] = []

    def scale(self, cosines: np.ndarray) -> np.ndarray:
        return np.asarray(cosines, dtype=np.float64)

    def encode_queries(self, texts: list[str]) -> Vectors:
        self.questions += texts
        return self.encode_passages(texts)

    def encode_passages(self, texts: list[str]) -> Vectors:
        rows = [np.random.default_rng(crc32(text.encode())).normal(size=self.dimension) for text in texts]
        matrix = np.asarray(rows, dtype=np.float32).reshape(-1, self.dimension)
        return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
