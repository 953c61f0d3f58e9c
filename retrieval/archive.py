"""``Archive``: what people hold. Search it, ask it, tell a story from it, add to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from retrieval.dates import bounds, check_edtf
from retrieval.encoders.interface import Encoder
from retrieval.index.interface import ALWAYS, Bounds, Index
from retrieval.ingest.adding import add_documents
from retrieval.ingest.analysis import Document
from retrieval.question.understanding import understand
from retrieval.ranking.ranker import Ranker, Ranking
from retrieval.results import QUOTES, answer_of, hits_of, located, spoken_language
from retrieval.spans import span
from retrieval.timeline import timeline_entries
from retrieval.types import Answer, Hit, Question, Timeline

Day = dt.date | str | None
"""A day, an EDTF date such as ``2025-04``, or None where a time is open."""


class Archive:
    """An archive of articles that can be searched and asked. Made by ``retrieval.open``.

    Threads may share it, and are served one at a time. ``folder`` is where its index is kept; ``root``, where
    known, the folder that the articles' files are in. In every method ``since`` and ``until`` are days or
    EDTF, and DateError is raised where one is no date; ``today`` is the day on which a question's time is
    read.
    """

    def __init__(
        self, index: Index, encoder: Encoder, ranker: Ranker, *, folder: Path, root: Path | None = None
    ) -> None:
        self.index = index
        self.encoder = encoder
        self.ranker = ranker
        self.folder = folder
        self.root = root

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self.index.statistics().passages

    def __repr__(self) -> str:
        held = self.index.statistics()
        return f"<Archive of {held.articles} articles, {held.passages} passages, encoder {self.encoder.name}>"

    def close(self) -> None:
        """Close the archive's files."""
        self.index.close()

    def ask(
        self, question: str, *, since: Day = None, until: Day = None, today: dt.date | None = None
    ) -> Answer:
        """Answer ``question`` with quotes, or say that nothing here answers it.

        ``since`` and ``until`` keep to articles published within them; undated articles are then left out. A
        time that the question itself tells (*in March*, *depuis 2023*) hides nothing: what is of that time
        comes first. A word typed wrong is taken for the archive's word that it is like, in a search and a
        timeline too.
        """
        within = _ordinals(since, until)
        with self.index.snapshot():
            ranking = self.rank(question, within=within, today=today)
            return answer_of(ranking, self.hits(ranking, QUOTES if ranking.near else 0, within))

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        since: Day = None,
        until: Day = None,
        today: dt.date | None = None,
    ) -> list[Hit]:
        """Return the ``k`` best passages for ``question``, best first, whether they answer it or not."""
        within = _ordinals(since, until)
        with self.index.snapshot():
            return self.hits(self.rank(question, within=within, today=today), k, within)

    def timeline(
        self,
        subject: str,
        *,
        since: Day = None,
        until: Day = None,
        limit: int = 20,
        today: dt.date | None = None,
    ) -> Timeline:
        """Return what is told on ``subject``, in order of the dates told, each fact once.

        ``since`` and ``until`` bound the dates told, not those of publication; without them, a time that
        the subject itself tells does. ``limit`` facts are kept, those that fit the subject best.
        """
        days = _edge(since, 0), _edge(until, 1)
        with self.index.snapshot():
            asked = self.understand(subject, today)
            about = asked
            if (window := asked.time.window if asked.time else None) is not None:
                days = days if any(days) else (window.low, window.high)
                rest = f"{asked.text[: window.start]} {asked.text[window.end :]}"
                about = self.understand(rest, today) if any(c.isalnum() for c in rest) else asked
            entries = timeline_entries(about, self.index, self.ranker, days, limit)
        shown = (
            replace(entry, quote=replace(entry.quote, article=located(entry.quote.article, self.root)))
            for entry in entries
        )
        return Timeline(asked.corrected, tuple(shown), spoken_language(asked))

    def understand(self, question: str, today: dt.date | None = None) -> Question:
        """Return a question as the archive understands it; its time is read where the ranker weighs it."""
        timed = self.ranker.weights.time is not None
        with span("reading"), self.index.snapshot():
            day = (today or dt.date.today()) if timed else None
            return understand(question, self.encoder, self.index.statistics(), day)

    def rank(self, question: str, *, within: Bounds = ALWAYS, today: dt.date | None = None) -> Ranking:
        """Return the passages published within bounds that are worth it, ranked for a question."""
        with self.index.snapshot():
            asked = self.understand(question, today)
            with span("ranking"):
                return self.ranker.rank(asked, self.index, within)

    def hits(self, ranking: Ranking, k: int, within: Bounds = ALWAYS) -> list[Hit]:
        """Return the first ``k`` passages of a ranking, with their copies published within bounds."""
        return hits_of(ranking, self.index, k, within, self.root)

    def ranked_by(self, ranker: Ranker) -> Archive:
        """Return the same archive with another ranker; the two share their files."""
        return Archive(self.index, self.encoder, ranker, folder=self.folder, root=self.root)

    def without_reader(self) -> Archive:
        """Return the same archive ranked by its first stage alone, which is quicker and less sure."""
        return self.ranked_by(replace(self.ranker, reader=None))

    def add(self, documents: Iterable[Document]) -> Iterator[int]:
        """Embed and keep articles, as ``ingest.adding.add_documents`` does."""
        return add_documents(self.index, documents, self.encoder)

    def remove(self, article_ids: Iterable[str]) -> None:
        """Take articles out of the archive, by identifier."""
        self.index.remove(article_ids)
        self.index.compact()


def _ordinals(since: Day, until: Day) -> Bounds:
    low, high = _edge(since, 0), _edge(until, 1)
    return low.toordinal() if low else None, high.toordinal() if high else None


def _edge(value: Day, end: int) -> dt.date | None:
    """Return the first (0) or the last (1) day of a date."""
    return bounds(check_edtf(value))[end] if isinstance(value, str) else value
