"""The nouns of the project: what an archive holds and what it answers with.

Offsets are counted in characters (Unicode code points) of the text they point into; an article's
text is its file decoded as UTF-8 with nothing translated, so a slice is exact to the byte.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:  # numpy costs a third of the import of this package
    import numpy as np
    import numpy.typing as npt

    from retrieval.encoders.scale import CosineScale

Vectors: TypeAlias = "npt.NDArray[np.float32]"
"""A matrix of float32 embeddings, one row a text, each of unit length."""


PRECISION = 0.90
"""The share of its first quotes that an archive keeps right, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an archive.

    ``published`` is an EDTF string of the article's own precision (``2025-04`` is a month) or None.
    ``source`` is where a reader finds it: its address when the file gives one, else the file's name.
    ``path`` is the file it was read from, relative to the archive's folder. ``text`` is the whole file;
    the article's own words begin at the offset ``body``, after any header.
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
    where the value is not a date. ``confidence`` is between 0 and 1.
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


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A passage found for a question, with the article it comes from and the ranker's score.

    ``copies`` are the archive's other copies of it, in order of publication, undated last.
    """

    passage: Passage
    article: Article
    score: float
    highlight: tuple[int, int]
    dates: tuple[DateMention, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def also(self) -> tuple[Article, ...]:
        """The other articles that carry the passage, in order of publication."""
        return _others(self.article, self.copies)

    @property
    def id(self) -> str:
        """The passage's identifier."""
        return self.passage.id

    @property
    def text(self) -> str:
        """The whole passage, word for word."""
        return self.passage.text

    def __str__(self) -> str:
        from retrieval.present import hit_text

        return hit_text(self)

    def __repr__(self) -> str:
        return f"<Hit {self.id} {self.score:.2f} {self.text[slice(*self.highlight)]!r}>"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage given as an answer, word for word.

    ``text`` is the whole passage; ``highlight`` the (start, end) of its best sentence; ``start`` and
    ``end`` locate the passage in the article's file; ``paragraph`` is counted from 1; ``dates`` are
    the dates told in the passage, resolved against the article's publication date; ``copies`` the archive's
    other copies of it, in order of publication, undated last.
    """

    text: str
    highlight: tuple[int, int]
    article: Article
    paragraph: int
    start: int
    end: int
    dates: tuple[DateMention, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def also(self) -> tuple[Article, ...]:
        """The other articles that carry the passage, in order of publication."""
        return _others(self.article, self.copies)

    @property
    def sentence(self) -> str:
        """The best sentence of the passage, word for word."""
        return self.text[self.highlight[0] : self.highlight[1]]


def _others(article: Article, copies: tuple[Copy, ...]) -> tuple[Article, ...]:
    """Return the articles of copies, each once, without the one they are copies in."""
    others = {copy.article.id: copy.article for copy in copies if copy.article.id != article.id}
    return tuple(others.values())


@dataclass(frozen=True, slots=True)
class Window:
    """The time a question asks about, as days; None where it is open.

    ``operator`` is ``in``, ``since``, ``before``, ``between`` or ``around``; ``text`` is the words that
    say it, ``question[start:end]`` once misspelt words are put right.
    """

    low: dt.date | None
    high: dt.date | None
    operator: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What the archive says to a question: quotes, best first, or an honest nothing.

    ``confidence`` is the probability, between 0 and 1, that the first quote answers. When
    ``answered`` is False, ``quotes`` is empty: nothing in the archive is worth quoting.
    ``language`` is the language to speak to the person in, ``fr`` or ``en``. ``window`` is the time the
    question was understood to ask about: what is of that time was preferred. ``corrections`` are the words
    taken for slips, each as typed and as the archive's word it was understood as.
    """

    question: str
    answered: bool
    confidence: float
    quotes: tuple[Quote, ...] = ()
    language: str = "fr"
    window: Window | None = None
    corrections: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        from retrieval.present import answer_text

        return answer_text(self)

    def __repr__(self) -> str:
        return f"<Answer {self.confidence:.2f}>\n{self}"

    def _repr_html_(self) -> str:
        from retrieval.present import answer_html

        return answer_html(self)


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants put before a question, and before a passage; mostly nothing."""

    query: str = ""
    passage: str = ""


class Encoder(Protocol):
    """Turns texts into vectors. Questions and passages may be prompted differently."""

    @property
    def name(self) -> str:
        """The model's name, as a person would set it in ``EMBEDDING_MODEL``."""

    @property
    def fingerprint(self) -> str:
        """A digest of the weights: two encoders with the same fingerprint give the same vectors."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def prompts(self) -> Prompts:
        """What is put before each text: two encoders of one fingerprint may differ in it."""

    @property
    def scale(self) -> CosineScale:
        """What puts the cosines of its vectors where those of the bundled model are."""

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors for questions."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors for passages."""


class Reranker(Protocol):
    """Reads a question and a passage together."""

    @property
    def name(self) -> str:
        """The model's name, as a person would set it in ``RERANKER_MODEL``."""

    def logits(self, question: str, passages: list[str]) -> npt.NDArray[np.float64]:
        """Return the log-odds that each passage answers the question."""
