"""A story as a timeline: the dated sentences on a subject, in order of what they tell, one a fact."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from retrieval.dates import display
from retrieval.encoders.scale import CosineScale
from retrieval.index.derived import Derived
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Bools, Floats, look
from retrieval.ranking.model import Weights, foreign, score_passages
from retrieval.question.understanding import Question
from retrieval.types import DateMention, Quote, Vectors
from retrieval.ranking.leading_date import nearest, told

REACH = 200
"""Passages looked at from each side, dense and lexical."""

COVERED = 0.55
"""Share of the subject's words, by idf, that a passage on it says: of two words, the rarer."""

WHOLE, BESIDE = 0.95, 0.3
"""A passage that says less is on the subject too where another of its article says the whole of it."""

NEAR = 0.4
"""Cosine from which a passage in another language than the subject is on it: they share few words."""

SAME, SAME_DATE = 0.8, 0.6
"""Cosines from which two sentences tell the same fact: their times have a day in common, or are one."""

COPIED = 0.95
"""Cosine from which they are copies, whatever their dates: each leans on its own article's."""

LONGEST_DAYS = 366
"""A date that covers more (*les années 1990*) is no point of a timeline."""

LEAST_SURE = 0.3
"""Confidence below which a date is left out."""

SECOND = 2.0
"""What the other dates of a sentence lose to the one that stands nearest to the subject."""

Days: TypeAlias = "tuple[dt.date | None, dt.date | None]"
"""The first and the last day of a time, None where it is open."""

_JOINT = PASSAGE_FEATURES.index("joint_coverage")
_COSINES = [PASSAGE_FEATURES.index("passage_cosine"), PASSAGE_FEATURES.index("sentence_cosine")]
_SENTENCE = [SENTENCE_FEATURES.index("coverage"), SENTENCE_FEATURES.index("cosine")]


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact: its date, and the quote whose best sentence tells it."""

    date: DateMention
    quote: Quote


@dataclass(frozen=True, slots=True)
class Timeline:
    """The facts told on a subject, in order of date.

    ``subject`` has its misspelt words put right; ``language`` is the one to say the dates in.
    """

    subject: str
    entries: tuple[Entry, ...]
    language: str = "fr"

    def __len__(self) -> int:
        return len(self.entries)

    def __str__(self) -> str:
        opened, closed = ("«\u00a0", "\u00a0»") if self.language == "fr" else ("“", "”")
        return "\n".join(
            f"{display(entry.date.value, self.language)} · {opened}{one_line(entry.quote.sentence)}{closed}"
            f" · {entry.quote.article.source}, §\u00a0{entry.quote.paragraph}"
            for entry in self.entries
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry on its way: how well it fits the subject, and the vector of its sentence."""

    entry: Entry
    score: float
    vector: Vectors


def one_line(text: str) -> str:
    """Return a text with its line breaks turned into spaces, every other space kept."""
    return " ".join(text.splitlines())


def relevant(
    subject: Question, index: Derived, weights: Weights, article_of: Callable[[int], str]
) -> Iterator[tuple[int, Floats]]:
    """Yield the passages on a subject that tell a date, each with the scores of its sentences.

    Passages are named by their position in the index; ``article_of`` names the article of a row.
    """
    dense = index.dense(subject.vector, REACH, None, None)
    lexical = index.matching(list(subject.tokens), REACH, None, None)
    found = np.array(sorted({*dense, *lexical}), dtype=np.int64)
    if not len(found):
        return
    features = look(subject, index, found)
    abroad = foreign(subject, index, found)
    articles = np.array([article_of(int(row)) for row in index.rows[found]])
    dated = index.told.offsets[found + 1] > index.told.offsets[found]
    scores = score_passages(features, abroad, weights)
    sentences = features.sentences[:, _SENTENCE].sum(axis=1)
    for i in np.flatnonzero(dated & _on_subject(features.passages, abroad, articles)):
        yield int(found[i]), scores[i] + sentences[features.starts[i] : features.starts[i + 1]]


def sentence_vectors(index: Derived, position: int) -> Vectors:
    """Return the vectors of the sentences of a passage, of shape (n, dimension)."""
    title, last = index.units.offsets[position : position + 2]
    vectors: Vectors = index.sentence_vectors.reconstruct_batch(index.units.values[title + 1 : last])
    return vectors


def _on_subject(passages: Floats, abroad: Floats, articles: npt.NDArray[np.str_]) -> Bools:
    said = passages[:, _JOINT]
    by_words = said >= COVERED
    beside = (said >= BESIDE) & np.isin(articles, articles[said >= WHOLE])
    by_meaning = (abroad > 0) & (passages[:, _COSINES].max(axis=1) >= NEAR)
    on_subject: Bools = by_words | beside | by_meaning
    return on_subject


def facts(
    subject: str, quote: Quote, spans: Sequence[tuple[int, int]], days: Days, scores: Floats, vectors: Vectors
) -> Iterator[Fact]:
    """Yield what a passage tells within ``days``, a fact a sentence.

    ``spans`` are its sentences, ``scores`` and ``vectors`` how well each fits the subject and its vector.
    Where a sentence tells several dates, they are as many facts, and the one nearest to the words of the
    subject comes first. A wider date fits less well: a year loses 2.6, a month 1.5.
    """
    points = tuple(date for date in quote.dates if _is_point(date) and _is_within(date, days))
    for span, score, vector in zip(spans, scores, vectors, strict=True):
        sentence = replace(quote, highlight=span)
        first = nearest(subject, replace(sentence, dates=points))
        for date in told(replace(sentence, dates=points)):
            fit = float(score) - math.log10(_days(date)) - SECOND * (date is not first)
            yield Fact(Entry(date, sentence), fit, vector)


def _is_point(date: DateMention) -> bool:
    return date.confidence >= LEAST_SURE and _days(date) <= LONGEST_DAYS


def _days(date: DateMention) -> int:
    return (date.high - date.low).days + 1 if date.low and date.high else LONGEST_DAYS + 1


def _is_within(date: DateMention, days: Days) -> bool:
    since, until = days
    starts_in_time = until is None or date.low is None or date.low <= until
    return starts_in_time and (since is None or date.high is None or date.high >= since)


def chronicle(found: Iterable[Fact], limit: int, scale: CosineScale) -> tuple[Entry, ...]:
    """Return the ``limit`` facts that fit best, in order of date, each told once.

    ``scale`` is that of the vectors' encoder.
    """
    kept: list[Fact] = []
    for fact in sorted(found, key=lambda fact: -fact.score):
        if len(kept) == limit:
            break
        if not any(_same(fact, other, scale) for other in kept):
            kept.append(fact)
    return tuple(sorted((fact.entry for fact in kept), key=_order))


def _order(entry: Entry) -> tuple[dt.date, dt.date]:
    low, high = entry.date.low, entry.date.high
    return low or dt.date.min, high or dt.date.max


def _same(fact: Fact, other: Fact, scale: CosineScale) -> bool:
    """Tell whether two sentences, one perhaps copied from the other, tell the same fact."""
    first, second = fact.entry, other.entry
    if (first.quote.text, first.quote.highlight) == (second.quote.text, second.quote.highlight):
        return first.date.value == second.date.value
    likeness = float(scale(fact.vector @ other.vector))
    if first.date.value == second.date.value:
        return likeness >= SAME_DATE
    together = _is_within(first.date, (second.date.low, second.date.high))
    return likeness >= COPIED or (likeness >= SAME and together)
