"""One change of a store: articles put and removed in one transaction, with the counters they change."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np

from retrieval.errors import ArchiveError
from retrieval.language.identification import LANGUAGES
from retrieval.store.blobs import (
    CODES,
    DAYS,
    FLAGS,
    LENGTHS,
    SENSES,
    blob,
    mean_vector_blob,
    pairs_blob,
    pairs_of,
    vectors_blob,
)
from retrieval.store.counters import CounterChanges, codes_of, written_words
from retrieval.store.database import Database
from retrieval.store.passages import (
    PARAGRAPH_BITS,
    AnalysedArticle,
    AnalysedPassage,
    Removed,
    article_number,
)
from retrieval.types import DateMention


class Change:
    """One change of a store, inside its transaction; its counters are written when it is finished."""

    def __init__(self, database: Database, sequence: int) -> None:
        self.sequence = sequence
        self._database = database
        self._counters = CounterChanges()

    def put(self, analysed: AnalysedArticle) -> None:
        """Put an article with its passages.

        Raises:
            ArchiveError: another article has the same number.
        """
        article, passages = analysed.article, analysed.passages
        number = article_number(article.id)
        if other := self._database.value("SELECT id FROM articles WHERE number = ?", (number,)):
            raise ArchiveError(
                f"The articles {other} and {article.id} get the same number {number}: rename one of them."
            )
        self._database.run(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                article.id,
                article.path,
                analysed.stamp,
                article.text,
                crc32(article.text.encode()),
                article.title,
                article.published,
                article.source,
                article.language,
                article.body,
                mean_vector_blob([passage.vector for passage in passages]),
            ),
        )
        self._database.run_many(_INSERT_PASSAGE, (_passage_row(one, self.sequence) for one in passages))
        self._database.run_many(
            "INSERT OR IGNORE INTO dates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((one.id, *_date_row(date)) for one in passages for date in one.dates),
        )
        self._database.run_many(
            "INSERT OR IGNORE INTO phrases VALUES (?, ?, ?, ?, ?)",
            (
                (one.id, " ".join(phrase), phrase[0], acronym, token)
                for one in passages
                for phrase, acronym, token in one.phrases
            ),
        )
        self._database.run_many(
            "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?)",
            (
                (one.id, event.kind, event.month_day, event.year, " ".join(sorted(event.names)))
                for one in passages
                for event in one.events
            ),
        )
        self._database.run_many(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)",
            ((band, one.words_key) for one in passages for band in one.bands),
        )
        self._counters.count_article(1)
        for one in passages:
            written = (word for unit in one.units for word in unit.words if word)
            self._counters.count_passage(1, codes_of(one), written, one.published)

    def remove(self, article_id: str) -> list[Removed]:
        """Take an article and its passages out, where it is there.

        Returns:
            The passages that are gone.
        """
        rows = self._database.rows("SELECT number, title, text FROM articles WHERE id = ?", (article_id,))
        if not rows:
            return []
        number, title, text = rows[0]
        first, last = number << PARAGRAPH_BITS, ((number + 1) << PARAGRAPH_BITS) - 1
        gone = self._database.rows(
            'SELECT id, original, start, "end", sentences, tokens, low, high, words_key FROM passages'
            " WHERE id BETWEEN ? AND ?",
            (first, last),
        )
        for _, _, start, end, sentences, tokens, low, high, _ in gone:
            written = written_words(title, text[start:end], pairs_of(sentences))
            codes = np.frombuffer(tokens, CODES).tolist()
            self._counters.count_passage(-1, codes, written, (low, high))
        removed = [Removed(row[0], row[1], row[-1]) for row in gone]
        self._database.run_many(
            "INSERT OR IGNORE INTO removals VALUES (?, ?)", ((one.id, self.sequence) for one in removed)
        )
        for table in ("dates", "phrases", "events"):
            self._database.run(f"DELETE FROM {table} WHERE passage BETWEEN ? AND ?", (first, last))
        self._database.run("DELETE FROM passages WHERE id BETWEEN ? AND ?", (first, last))
        self._database.run("DELETE FROM articles WHERE number = ?", (number,))
        self._database.run_many(
            "DELETE FROM bands WHERE words_key = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM passages WHERE words_key = ?1)",
            {(one.words_key,) for one in removed},
        )
        self._counters.count_article(-1)
        return removed

    def finish(self) -> None:
        """Write the counters and move the sequence number on."""
        self._counters.write(self._database)
        self._database.run("UPDATE state SET value = ? WHERE name = 'sequence'", (self.sequence,))


_INSERT_PASSAGE = f"INSERT INTO passages VALUES ({', '.join('?' * 18)})"


def _passage_row(one: AnalysedPassage, sequence: int) -> tuple[Any, ...]:
    passage = one.passage
    days = (day.toordinal() for date in one.dates if date.low and date.high for day in (date.low, date.high))
    return (
        one.id,
        sequence,
        one.id,
        passage.paragraph,
        passage.start,
        passage.end,
        LANGUAGES.index(one.language) if one.language in LANGUAGES else -1,
        *one.published,
        one.words_key,
        pairs_blob(one.sentences),
        blob((len(unit.tokens) for unit in one.units), LENGTHS),
        blob(codes_of(one), CODES),
        blob((sense for unit in one.units for sense in unit.senses), SENSES),
        blob((unit.flags for unit in one.units), FLAGS),
        blob(days, DAYS),
        vectors_blob(one.vector),
        vectors_blob(one.sentence_vectors),
    )


def _date_row(date: DateMention) -> tuple[Any, ...]:
    low, high = (day.toordinal() if day else None for day in (date.low, date.high))
    return date.start, date.end, date.text, date.value, low, high, date.confidence
