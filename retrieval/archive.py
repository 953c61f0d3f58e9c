"""``Archive``: what people hold. Open a folder of articles, search it, ask it."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import RLock

import numpy as np
from filelock import FileLock

from retrieval import index as derived_index
from retrieval.dates import bounds, check_edtf
from retrieval.errors import ArchiveError
from retrieval.index import Derived
from retrieval.index.arrays import Ints
from retrieval.ingest.analysis import embed
from retrieval.language.identification import identify
from retrieval.present.text import counted
from retrieval.ranking.features import Floats
from retrieval.ranking.model import Ranked, Weights, rank
from retrieval.question.understanding import MAX_CHARACTERS, Question, understand
from retrieval.ranking.stored import weights_for
from retrieval.ranking.time import Sought, seek, settled_by
from retrieval.question.spelling import corrected
from retrieval.store.store import Store
from retrieval.timeline import Fact, Timeline, chronicle, facts, relevant, sentence_vectors
from retrieval.types import PRECISION, Answer, Article, Copy, Encoder, Hit, Passage, Quote, Reranker

logger = logging.getLogger(__name__)

STORE = "store.sqlite"

BATCH = 256
"""Passages embedded, and kept, at a time: what an interruption can cost."""

QUOTES = 3
"""Quotes in an answer, at most."""

NOTHING = Ranked(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), 0.0)

Document = tuple[Article, list[Passage], str]
"""An article, its passages, and a stamp of what they were read from."""


class Archive:
    """An archive of articles that can be searched and asked.

    Made by ``retrieval.open``. Safe to use from several threads, one question at a time. ``folder`` is
    its index; ``root``, where known, the folder that the articles' files are in. ``weights`` are by default
    those fitted for the encoder; the ``reranker``, if any, reorders the first passages of a ranking.
    ``precision``, which may be changed, is the share of first quotes that are to be right.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        *,
        root: Path | None = None,
        weights: Weights | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.folder = folder
        self.root = root
        self.encoder = encoder
        self.reranker = reranker
        self.precision = PRECISION
        self._weights = weights
        if not (folder / STORE).exists():  # what was derived from a store that is gone is of no use
            for stale in folder.glob("derived*-*"):
                shutil.rmtree(stale)
        self._store = Store(folder / STORE)
        self._derived: Derived | None = None
        self._lock = RLock()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self.counts()[1]

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of passages."""
        return self._store.counts()

    def __repr__(self) -> str:
        articles, passages = self.counts()
        held = f"{counted(articles, 'article')}, {counted(passages, 'passage')}"
        return f"<Archive of {held}, encoder {self.encoder.name}>"

    @property
    def weights(self) -> Weights:
        """The weights the archive ranks with."""
        return self._weights or weights_for(self.encoder)

    def close(self) -> None:
        """Close the archive's files."""
        self._store.close()

    @property
    def index(self) -> Derived:
        """The searchable side, built again first if the store has moved on or it is damaged."""
        with self._lock:
            place = derived_index.derived_folder(self.folder, self._store.sequence)
            if self._derived is None or self._derived.folder != place:
                self._derived = self._open_index(place)
            return self._derived

    def _open_index(self, place: Path) -> Derived:
        with FileLock(self.folder / "derived.lock"):  # another process may be building it, or dropping it
            if place.exists():
                try:
                    return derived_index.load(place)
                except ArchiveError as error:
                    logger.warning("%s Building it again from the store.", error)
                    shutil.rmtree(place)
            return derived_index.load(derived_index.build(self._store, self.encoder.dimension, self.folder))

    def ask(
        self,
        question: str,
        *,
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
        today: dt.date | None = None,
    ) -> Answer:
        """Answer ``question`` with quotes, or say that nothing here answers it.

        ``since`` and ``until`` keep to articles published within them (days, or EDTF such as
        ``2025-04``); undated articles are then left out. A time that the question itself tells (*in
        March*, *depuis 2023*), read on the day ``today``, hides nothing: what is of that time comes first.
        A word typed wrong is taken for the archive's word that it is like, in a search and a timeline too.

        Raises:
            DateError: ``since`` or ``until`` is not a date.
        """
        with self._lock, self._store.moment():
            text, corrections = corrected(question[:MAX_CHARACTERS], self.index)
            asked, sought, ranked = self._rank(text, since, until, today)
            answered = ranked.confidence >= self.weights.threshold(len(self.index), self.precision)
            hits = self._hits(ranked, QUOTES, _day(since, 0), _day(until, 1)) if answered else []
        language = "fr" if asked.language == "fr" else "en"
        return Answer(
            question,
            answered=answered,
            confidence=ranked.confidence,
            quotes=tuple(_quote(hit) for hit in hits),
            language=language,
            window=sought.window if sought else None,
            corrections=corrections,
        )

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
        today: dt.date | None = None,
    ) -> list[Hit]:
        """Return the ``k`` best passages for ``question``, best first, whether they answer it or not.

        ``since``, ``until`` and ``today`` are those of ``ask``.

        Raises:
            DateError: ``since`` or ``until`` is not a date.
        """
        with self._lock, self._store.moment():
            text, _ = corrected(question[:MAX_CHARACTERS], self.index)
            ranked = self._rank(text, since, until, today)[2]
            return self._hits(ranked, k, _day(since, 0), _day(until, 1))

    def timeline(
        self,
        subject: str,
        *,
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
        limit: int = 20,
        today: dt.date | None = None,
    ) -> Timeline:
        """Return what is told on ``subject``, in order of the dates told, each fact once.

        ``since`` and ``until`` bound the dates told, not those of publication; without them, a time that
        the subject itself tells does. ``limit`` facts are kept, those that fit the subject best.

        Raises:
            DateError: ``since`` or ``until`` is not a date.
        """
        days = _date(since, 0), _date(until, 1)
        with self._lock, self._store.moment():
            subject, _ = corrected(subject[:MAX_CHARACTERS], self.index)
            sought = seek(subject, today or dt.date.today())
            about = subject
            if sought and sought.window and any(c.isalnum() for c in sought.rest):
                about = sought.rest
                days = days if any(days) else (sought.window.low, sought.window.high)
            asked, index = understand(about, self.encoder), self.index
            language = "fr" if asked.language == "fr" else "en"
            if not any(c.isalnum() for c in subject) or not len(index):
                return Timeline(subject, (), language)
            told: list[Fact] = []
            for position, scores in relevant(asked, index, self.weights, self._store.article_of):
                row = int(index.rows[position])
                quote, (_, _, spans) = _quote(self._hit(row, 0.0, 0)), self._store.passage(row)
                told += facts(about, quote, spans, days, scores, sentence_vectors(index, position))
        return Timeline(subject, chronicle(told, limit, asked.scale), language)

    def _rank(
        self,
        question: str,
        since: dt.date | str | None,
        until: dt.date | str | None,
        today: dt.date | None,
    ) -> tuple[Question, Sought | None, Ranked]:
        low, high = _day(since, 0), _day(until, 1)
        timed = any(self.weights.time)
        sought = seek(question, today or dt.date.today()) if timed else None
        if not any(c.isalnum() for c in question) or not len(self.index):
            return understand(question, self.encoder), sought, NOTHING
        asked = self._understand(question, sought)
        judge = partial(self._judge, self.reranker, asked.text) if self.reranker else None
        return asked, sought, rank(asked, self.index, self.weights, low, high, sought, judge)

    def _judge(self, reranker: Reranker, question: str, positions: Ints) -> Floats:
        """Return the reranker's logit of the passage at each position of the index."""
        rows = self.index.rows[positions].tolist()
        return reranker.logits(question, [self._store.passage(row)[0].text for row in rows])

    def _understand(self, question: str, sought: Sought | None) -> Question:
        """Understand a question, without its words of time where they say when to look, not for what."""
        if (
            sought is None
            or settled_by(sought, self.index) != "publication"
            or not any(c.isalnum() for c in sought.rest)
        ):
            return understand(question, self.encoder)
        return replace(understand(sought.rest, self.encoder), language=identify(question))

    def _hits(self, ranked: Ranked, k: int, since: int | None, until: int | None) -> list[Hit]:
        """Return the first ``k`` passages ranked, with those of their copies published in the window."""
        index = self.index
        hits = []
        for position, score, sentence in zip(
            ranked.positions[:k], ranked.scores[:k], ranked.sentences[:k], strict=True
        ):
            hit = self._hit(int(index.rows[position]), float(score), int(sentence))
            others = [self._passage(int(index.rows[p])) for p in index.copies(int(position), since, until)]
            hits.append(replace(hit, copies=tuple(Copy(passage, article) for passage, article, _ in others)))
        return hits

    def _hit(self, row: int, score: float, sentence: int) -> Hit:
        passage, article, spans = self._passage(row)
        return Hit(passage, article, score, spans[sentence], self._store.dates(row))

    def _passage(self, row: int) -> tuple[Passage, Article, tuple[tuple[int, int], ...]]:
        """Return what the store has at a row, the article's file being named from where it is."""
        passage, article, spans = self._store.passage(row)
        if self.root:
            article = replace(article, path=str(self.root / article.path))
        return passage, article, spans

    def add(self, documents: Iterable[Document]) -> Iterator[int]:
        """Embed and keep articles with their passages and a stamp of what they were read from.

        An article already there is replaced. Works as it is iterated over: yields the number of articles
        done so far, after each batch; what is done stays done if this is interrupted.
        """
        done = 0
        for batch in _batches(documents):
            embedded = embed([(article, passages) for article, passages, _ in batch], self.encoder)
            with self._lock, self._store.change():
                for (article, _, stamp), entries in zip(batch, embedded, strict=True):
                    self._store.put(article, stamp, entries)
            done += len(batch)
            yield done

    def passages(self) -> list[Passage]:
        """Return every passage, in the order of the index."""
        with self._lock:
            return [entry.passage for _, _, entry in self._store.entries()]

    def remove(self, article_ids: Iterable[str]) -> None:
        """Take articles out of the archive, by identifier."""
        with self._lock, self._store.change():
            for name in article_ids:
                self._store.remove(name)

    def stamps(self) -> dict[str, str]:
        """Return the stamp each article was added with, by identifier."""
        return self._store.stamps()


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield documents together until they hold BATCH passages."""
    batch: list[Document] = []
    passages = 0
    for document in documents:
        batch.append(document)
        passages += len(document[1])
        if passages >= BATCH:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _quote(hit: Hit) -> Quote:
    passage = hit.passage
    return Quote(
        text=passage.text,
        highlight=hit.highlight,
        article=hit.article,
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        dates=hit.dates,
        copies=hit.copies,
    )


def _day(value: dt.date | str | None, end: int) -> int | None:
    """Return the first (0) or the last (1) day of a date, as a proleptic ordinal."""
    day = _date(value, end)
    return day.toordinal() if day else None


def _date(value: dt.date | str | None, end: int) -> dt.date | None:
    """Return the first (0) or the last (1) day of a date."""
    return bounds(check_edtf(value))[end] if isinstance(value, str) else value
