"""The nouns of the project: what an archive holds, what it is asked, and what it answers with.

Offsets are counted in characters (Unicode code points) of the text they point into; an article's
text is its file decoded as UTF-8 with nothing translated, so a slice is exact to the byte.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import singledispatch
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # numpy costs a third of the import of this package
    import numpy as np
    import numpy.typing as npt

Vectors: TypeAlias = "npt.NDArray[np.float32]"
"""A matrix of float32 embeddings, one row a text, each of unit length."""

Kind = Literal["when", "number", "who", "other"]
"""The kind of answer that a question asks for."""

PRECISION = 0.90
"""The share of its first quotes that an archive keeps right, unless another is asked for."""


@singledispatch
def as_text(result: object) -> str:
    """Return a result as plain text; ``retrieval.present`` registers how each type is shown."""
    return object.__repr__(result)


@singledispatch
def as_html(result: object) -> str:
    """Return a result as HTML for a notebook; ``retrieval.present`` registers how each type is shown."""
    return object.__repr__(result)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an archive.

    ``published`` is an EDTF string of the article's own precision (``2025-04`` is a month) or None.
    ``source`` is where a reader finds it: its address when the file gives one, else the file's name.
    ``path`` is the file it was read from, relative to the archive's folder. ``text`` is the whole file;
    the article's own words begin at the offset ``body``, after any header. ``language`` is the ISO 639-1
    code that the file gives, or None.
    """

    id: str
    path: str
    text: str = field(repr=False)
    title: str | None = None
    published: str | None = None
    source: str = ""
    language: str | None = None
    body: int = 0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression found in a text, and what it means.

    ``start`` and ``end`` are offsets into the text given; ``value`` is EDTF (seasons 21–24, quarters
    33–36; a week is a Monday/Sunday interval; ``[a..b]`` a day that cannot be settled) or an ISO 8601
    duration (``P10Y``). ``low`` and ``high`` are the first and last day it covers, None where open or
    where the value is not a date. ``confidence`` is the probability that it is right.
    """

    start: int
    end: int
    text: str
    value: str
    low: dt.date | None
    high: dt.date | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an article: ``article.text[start:end] == text``, numbered from 1."""

    id: str
    article_id: str
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place where a passage stands, the same or nearly: in another article, or again in its own."""

    passage: Passage
    article: Article


@dataclass(frozen=True, slots=True)
class _Cited:
    """A passage with the article it comes from, its best sentence, and the dates it tells.

    ``highlight`` is the (start, end) of the best sentence in ``text``; ``dates`` are resolved against the
    article's publication date; ``copies`` are the archive's other copies of the passage, in order of
    publication, undated last. ``answer`` is the (start, end) in ``text`` of the very words that answer,
    within the best sentence, where a reader found them.
    """

    passage: Passage
    article: Article
    highlight: tuple[int, int]
    dates: tuple[DateMention, ...] = ()
    copies: tuple[Copy, ...] = ()
    answer: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The whole passage, word for word."""
        return self.passage.text

    @property
    def paragraph(self) -> int:
        """The number of the passage in its article, from 1."""
        return self.passage.paragraph

    @property
    def start(self) -> int:
        """Where the passage begins in the article's file."""
        return self.passage.start

    @property
    def end(self) -> int:
        """Where the passage ends in the article's file."""
        return self.passage.end

    @property
    def sentence(self) -> str:
        """The best sentence of the passage, word for word."""
        return self.text[self.highlight[0] : self.highlight[1]]

    @property
    def also(self) -> tuple[Article, ...]:
        """The other articles that carry the passage, each once, in order of publication."""
        others = {copy.article.id: copy.article for copy in self.copies}
        others.pop(self.article.id, None)
        return tuple(others.values())

    @property
    def sentence_dates(self) -> tuple[DateMention, ...]:
        """The dates of the best sentence, each value once; durations are not dates."""
        start, end = self.highlight
        found: dict[str, DateMention] = {}
        for date in self.dates:
            if start <= date.start < end and not date.value.startswith("P"):
                found.setdefault(date.value, date)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Quote(_Cited):
    """A passage given as an answer, word for word."""


@dataclass(frozen=True, slots=True, repr=False)
class Hit(_Cited):
    """A passage found for a question, with the ranker's score."""

    score: float = 0.0

    @property
    def id(self) -> str:
        """The passage's identifier."""
        return self.passage.id

    def __str__(self) -> str:
        return as_text(self)

    def __repr__(self) -> str:
        return f"<Hit {self.id} {self.score:.2f} {self.sentence!r}>"


@dataclass(frozen=True, slots=True)
class Window:
    """The time a question asks about, as days; None where it is open.

    ``operator`` is ``in``, ``since``, ``before``, ``between`` or ``around``; ``text`` is the words that
    say it, ``question[start:end]``.
    """

    low: dt.date | None
    high: dt.date | None
    operator: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question that was taken for a slip: ``question[start:end]`` is ``typed``."""

    start: int
    end: int
    typed: str
    understood: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a question asks about.

    ``word`` is as written, or empty for a mark that no text writes; ``token`` is it analysed. A passage
    also holds the term where it holds one of ``phrases``: the tokens of what an acronym stands for.
    """

    word: str
    token: str
    phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """The time that a question asks about.

    ``window`` is the time it names, if it names one; ``recent`` tells whether it asks for what is new;
    ``today`` is the day it is asked on. ``settled_by`` is what tells, in the archive asked, which passages
    are of the window: their publication, the dates told in their text, or nothing.
    """

    window: Window | None
    recent: bool
    today: dt.date
    settled_by: Literal["publication", "text", "nothing"] = "nothing"

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of the window, as proleptic ordinals; all days without a window."""
        low = self.window.low if self.window else None
        high = self.window.high if self.window else None
        return (low or dt.date.min).toordinal(), (high or dt.date.max).toordinal()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    ``text`` is what the person typed, and every offset points into it. ``searched`` is the text that is
    searched for: misspelt words put right, and without the words of time where those say when to look and
    not for what. ``terms`` are its words, without stop words, in order; ``vector`` has shape (dimension,).
    """

    text: str
    searched: str
    language: str
    kind: Kind
    terms: tuple[Term, ...]
    vector: Vectors
    time: QuestionTime | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def is_wordless(self) -> bool:
        """Whether there is no letter and no digit in what is searched for."""
        return not any(character.isalnum() for character in self.searched)

    @property
    def corrected(self) -> str:
        """The question as it was typed, with its misspelt words put right."""
        text = self.text
        for correction in sorted(self.corrections, key=lambda one: -one.start):
            text = text[: correction.start] + correction.understood + text[correction.end :]
        return text


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What the archive says to a question: quotes, best first, or an honest nothing.

    ``confidence`` is the probability, between 0 and 1, that the first quote answers. When ``answered`` is
    False, ``quotes`` is empty, and ``nearest`` has the passages that may still help, best first; it is empty
    where none does. ``language`` is the language to speak to the person in, ``fr`` or ``en``. ``leads`` has,
    for each quote, the date that answers a question asking when, or None. ``window`` is the time the question
    was understood to ask about: what is of that time was preferred. ``corrections`` are the words taken for
    slips.
    """

    question: str
    answered: bool
    confidence: float
    quotes: tuple[Quote, ...] = ()
    language: str = "fr"
    leads: tuple[DateMention | None, ...] = ()
    window: Window | None = None
    corrections: tuple[Correction, ...] = ()
    nearest: tuple[Quote, ...] = ()

    @property
    def lead(self) -> DateMention | None:
        """The date that leads the answer: that of the first quote."""
        return self.leads[0] if self.leads else None

    def __str__(self) -> str:
        return as_text(self)

    def __repr__(self) -> str:
        return f"<Answer {self.confidence:.2f}>\n{self}"

    def _repr_html_(self) -> str:
        return as_html(self)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A fact: its date, and the quote that tells it.

    The ``highlight`` of the quote is the clause that the date belongs to, its ``answer`` the words of the
    date. Clauses of one sentence, in the entries of one timeline, have nothing in common.
    """

    date: DateMention
    quote: Quote


@dataclass(frozen=True, slots=True)
class Timeline:
    """The facts told on a subject, in order of date.

    ``subject`` has its misspelt words put right; ``language`` is the one to say the dates in.
    """

    subject: str
    entries: tuple[TimelineEntry, ...]
    language: str = "fr"

    def __len__(self) -> int:
        return len(self.entries)

    def __str__(self) -> str:
        return as_text(self)
