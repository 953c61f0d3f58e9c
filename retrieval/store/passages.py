"""What a store keeps of an article: its passages, and all that is computed from one passage alone.

A passage is addressed by a stable id (``passage_id``), which depends on its article's identifier and its
paragraph alone: two indexes of the same articles agree on it, whatever was added first. Days are proleptic
ordinals, UNDATED where an article has no publication date.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from retrieval.arrays import Ints
from retrieval.dates.events import EventDay
from retrieval.language.acronyms import Phrase
from retrieval.types import Article, DateMention, Passage, Vectors

UNDATED = -1
"""The day of an article without a publication date; real days are from 1."""

HAS_DATE, HAS_NUMBER, HAS_NAME = 1, 2, 4
"""What a sentence holds, as flags: a date, a number, a capital inside the sentence."""

NO_SENSE = 0xFFFF
"""The sense of a word that has no vector."""

PARAGRAPH_BITS = 15
MOST_PARAGRAPHS = (1 << PARAGRAPH_BITS) - 1
"""The highest number of a paragraph in an article."""


def article_number(article_id: str) -> int:
    """Return the number that stands for an article: 48 bits of the SHA-256 of its identifier."""
    return int.from_bytes(sha256(article_id.encode()).digest()[:6], "big")


def passage_id(article_id: str, paragraph: int) -> int:
    """Return the stable id of a passage, a positive 63-bit integer; passages of an article are neighbours."""
    return article_number(article_id) << PARAGRAPH_BITS | paragraph


def articles_of(ids: Ints) -> Ints:
    """Return the numbers of the articles that passages belong to."""
    return ids >> PARAGRAPH_BITS


@dataclass(frozen=True, slots=True)
class Unit:
    """A title or a sentence: its words as written, the token and the sense of each, and what it holds.

    A token that no text writes has the empty word.
    """

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    senses: tuple[int, ...]
    flags: int = 0


@dataclass(frozen=True, slots=True)
class AnalysedPassage:
    """A passage and what depends on it and its article alone: computed once, and kept.

    ``sentences`` are n (start, end) offsets into the passage, ``sentence_vectors`` has shape (n, dimension)
    and ``vector`` (dimension,). ``units`` are the article's title, then the sentences. ``phrases`` are the
    acronyms that the passage spells out: what each stands for, the acronym and its token; ``events`` are
    those whose full dates it tells. ``words_key`` stands for all the words of the passage, and ``bands`` are
    the keys that near-duplicates of it are likely to share (``retrieval.index.signatures``).
    """

    passage: Passage
    language: str
    published: tuple[int, int]
    sentences: tuple[tuple[int, int], ...]
    units: tuple[Unit, ...]
    dates: tuple[DateMention, ...]
    phrases: tuple[tuple[Phrase, str, str], ...]
    events: tuple[EventDay, ...]
    words_key: int
    bands: tuple[int, ...]
    vector: Vectors
    sentence_vectors: Vectors

    @property
    def id(self) -> int:
        """The passage's stable id."""
        return passage_id(self.passage.article_id, self.passage.paragraph)


@dataclass(frozen=True, slots=True)
class AnalysedArticle:
    """An article with its passages analysed, and a stamp that changes when what it is read from does."""

    article: Article
    stamp: str
    passages: tuple[AnalysedPassage, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A passage that is gone: its id, that of its original, and the key of its words."""

    id: int
    original: int
    words_key: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage as it is kept; ``vector`` has shape (dimension,), ``sentence_vectors`` (n, dimension)."""

    id: int
    passage: Passage
    article: Article
    sentences: tuple[tuple[int, int], ...]
    dates: tuple[DateMention, ...]
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class PublicationDays:
    """Distinct first and last days of publication, and how many passages have them; none undated."""

    low: Ints
    high: Ints
    passages: Ints

    def newest(self, today: dt.date) -> int:
        """Return the last day of publication that is not after today; today where there is none."""
        past = self.high[self.high <= today.toordinal()]
        return int(past.max()) if len(past) else today.toordinal()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word as the archive most often writes it, folded, and how many passages hold it."""

    form: str
    folded: str
    passages: int
