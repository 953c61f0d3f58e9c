"""A story as a timeline: the dated clauses on a subject, in order of what they tell, one a fact."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from retrieval.arrays import Bools, Floats
from retrieval.dates.confidence import is_sure
from retrieval.encoders.interface import CosineScale
from retrieval.index.interface import Candidates, Index
from retrieval.language.clauses import Span, split_at_clauses
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES, features_of
from retrieval.ranking.leading_date import nearest_date
from retrieval.ranking.ranker import Ranker, foreign_to
from retrieval.store.passages import HAS_DATE, Stored
from retrieval.types import DateMention, Question, Quote, TimelineEntry, Vectors

DEPTH = 200
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
"""Cosine from which they are copies, whatever their dates: each is resolved against its own article's."""

LONGEST_DAYS = 366
"""A date that covers more (*les années 1990*) is no point of a timeline."""

SECOND = 2.0
"""What the other dates of a sentence lose to the one that stands nearest to the subject."""

Days: TypeAlias = "tuple[dt.date | None, dt.date | None]"
"""The first and the last day of a time, None where it is open."""

_JOINT = list(PASSAGE_FEATURES).index("joint_coverage")
_COSINES = [list(PASSAGE_FEATURES).index(name) for name in ("passage_cosine", "sentence_cosine")]
_SENTENCE = [list(SENTENCE_FEATURES).index(name) for name in ("coverage", "cosine")]


@dataclass(frozen=True, slots=True)
class ScoredFact:
    """A fact, how well it fits the subject, and the vector of its sentence."""

    entry: TimelineEntry
    score: float
    vector: Vectors


def timeline_entries(
    subject: Question, index: Index, ranker: Ranker, days: Days, limit: int
) -> tuple[TimelineEntry, ...]:
    """Return the ``limit`` facts told on a subject within days that fit it best, in order of date."""
    with index.snapshot():
        candidates = index.find(replace(subject, time=None), depth=DEPTH)
        if subject.is_wordless or not len(candidates):
            return ()
        found = dict(_on_subject(subject, candidates, index, ranker))
        facts = [
            fact
            for stored in index.stored(list(found))
            for fact in _facts(subject, stored, days, found[stored.id])
        ]
    return _chronicle(facts, limit, ranker.scale)


def _on_subject(
    subject: Question, candidates: Candidates, index: Index, ranker: Ranker
) -> Iterator[tuple[int, Floats]]:
    """Yield the id of each passage on a subject that tells a date, with the scores of its sentences."""
    features = features_of(subject, candidates, index.statistics(), ranker.scale)
    foreign = foreign_to(subject, candidates)
    scores = ranker.score_passages(features, foreign)
    sentences = features.sentences[:, _SENTENCE].sum(axis=1)
    tells_date = np.bitwise_or.reduceat(candidates.flags, candidates.first_units[:-1]) & HAS_DATE > 0
    chosen = tells_date & _says_subject(features.passages, foreign, candidates)
    for i in np.flatnonzero(chosen):
        yield int(candidates.ids[i]), scores[i] + sentences[features.starts[i] : features.starts[i + 1]]


def _says_subject(passages: Floats, foreign: Floats, candidates: Candidates) -> Bools:
    share = passages[:, _JOINT]
    by_words = share >= COVERED
    beside = (share >= BESIDE) & np.isin(candidates.articles, candidates.articles[share >= WHOLE])
    by_meaning = (foreign > 0) & (passages[:, _COSINES].max(axis=1) >= NEAR)
    on_subject: Bools = by_words | beside | by_meaning
    return on_subject


def _facts(subject: Question, stored: Stored, days: Days, scores: Floats) -> Iterator[ScoredFact]:
    """Yield what a passage tells within ``days``, a fact a sentence.

    Where a sentence tells several dates, they are as many facts, and the one nearest to the words of the
    subject comes first. A wider date fits less well: a year loses 2.6, a month 1.5.
    """
    points = tuple(date for date in stored.dates if _is_point(date) and _is_within(date, days))
    for span, score, vector in zip(stored.sentences, scores, stored.sentence_vectors, strict=True):
        quote = Quote(stored.passage, stored.article, span, stored.dates)
        dates = replace(quote, dates=points).sentence_dates
        first = nearest_date(dates, subject, quote)
        for date in dates:
            fit = float(score) - math.log10(_length(date)) - SECOND * (date is not first)
            yield ScoredFact(TimelineEntry(date, quote), fit, vector)


def _is_point(date: DateMention) -> bool:
    return is_sure(date) and _length(date) <= LONGEST_DAYS


def _length(date: DateMention) -> int:
    """Return the number of days that a date covers."""
    return (date.high - date.low).days + 1 if date.low and date.high else LONGEST_DAYS + 1


def _is_within(date: DateMention, days: Days) -> bool:
    since, until = days
    starts_in_time = until is None or date.low is None or date.low <= until
    return starts_in_time and (since is None or date.high is None or date.high >= since)


def _chronicle(found: Iterable[ScoredFact], limit: int, scale: CosineScale) -> tuple[TimelineEntry, ...]:
    """Return the ``limit`` facts that fit best, in order of date, each told once."""
    kept: list[ScoredFact] = []
    for fact in sorted(found, key=lambda fact: -fact.score):
        if len(kept) == limit:
            break
        if not any(_is_same(fact, other, scale) for other in kept):
            kept.append(fact)
    return tuple(sorted(_entries(kept), key=_order))


def _entries(kept: Iterable[ScoredFact]) -> Iterator[TimelineEntry]:
    """Yield the facts, best first, each with the clause of its sentence that its date belongs to.

    The facts of one sentence share it out, so that it is shown once. Of dates that share a clause (*les 20
    et 27 juin*) there is the one that fits best.
    """
    of_sentence: defaultdict[tuple[str, Span], list[TimelineEntry]] = defaultdict(list)
    for fact in kept:
        quote = fact.entry.quote
        of_sentence[quote.passage.id, quote.highlight].append(fact.entry)
    for (_, sentence), entries in of_sentence.items():
        places = sorted((entry.date.start, entry.date.end) for entry in entries)
        clauses = split_at_clauses(entries[0].quote.text, sentence, places)
        clause_of = dict(zip(places, clauses, strict=True))
        told: dict[Span, TimelineEntry] = {}
        for entry in entries:
            words = entry.date.start, entry.date.end
            quote = replace(entry.quote, highlight=clause_of[words], answer=words)
            told.setdefault(clause_of[words], replace(entry, quote=quote))
        yield from told.values()


def _order(entry: TimelineEntry) -> tuple[dt.date, dt.date]:
    return entry.date.low or dt.date.min, entry.date.high or dt.date.max


def _is_same(fact: ScoredFact, other: ScoredFact, scale: CosineScale) -> bool:
    """Tell whether two sentences, one perhaps copied from the other, tell the same fact."""
    first, second = fact.entry, other.entry
    if (first.quote.text, first.quote.highlight) == (second.quote.text, second.quote.highlight):
        return first.date.value == second.date.value
    likeness = float(scale(fact.vector @ other.vector))
    if first.date.value == second.date.value:
        return likeness >= SAME_DATE
    together = _is_within(first.date, (second.date.low, second.date.high))
    return likeness >= COPIED or (likeness >= SAME and together)
