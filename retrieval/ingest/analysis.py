"""From paragraphs to what an index keeps of them: all that depends on one passage and its article alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.dates import bounds, find
from retrieval.dates.events import full_dates, is_open_day
from retrieval.index.signatures import bands, signature
from retrieval.language.acronyms import MEANING, Phrase, definitions
from retrieval.language.analysis import holds_name, holds_number, sentences, token, words
from retrieval.language.identification import LANGUAGES, identify
from retrieval.language.word_vectors import word_row
from retrieval.store.passages import (
    HAS_DATE,
    HAS_NAME,
    HAS_NUMBER,
    NO_SENSE,
    UNDATED,
    AnalysedArticle,
    AnalysedPassage,
    Unit,
)
from retrieval.types import Article, DateMention, Passage, Vectors

ANALYSIS = 2
"""Version of all that is computed from a passage: its tokens, sentences, dates and bands. With any change to
these it is to be raised; indexes of another version are analysed again when they are opened."""

Encode = Callable[[list[str]], Vectors]
"""Returns the vectors of passages and sentences, of shape (n, dimension)."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """An article to be indexed, its passages, and a stamp that changes when what it is read from does."""

    article: Article
    passages: Sequence[Passage]
    stamp: str


def analyse(documents: Sequence[Document], encode: Encode) -> list[AnalysedArticle]:
    """Return articles analysed; their passages and sentences are encoded in one call."""
    owned = [(document.article, passage) for document in documents for passage in document.passages]
    passages = [passage for _, passage in owned]
    spans = [tuple(sentences(passage.text)) for passage in passages]
    texts = [passage.text for passage in passages]
    texts += [passage.text[a:b] for passage, cut in zip(passages, spans, strict=True) for a, b in cut]
    vectors = encode(texts)
    analysed = []
    first = len(passages)
    for (article, passage), cut, vector in zip(owned, spans, vectors[: len(passages)], strict=True):
        analysed.append(_analysed(article, passage, cut, vector, vectors[first : first + len(cut)]))
        first += len(cut)
    rest = iter(analysed)
    return [
        AnalysedArticle(one.article, one.stamp, tuple(islice(rest, len(one.passages)))) for one in documents
    ]


def _analysed(
    article: Article, passage: Passage, spans: tuple[Span, ...], vector: Vectors, vectors: Vectors
) -> AnalysedPassage:
    text = passage.text
    language = article.language if article.language in LANGUAGES else identify(text)
    dates = tuple(find(text, article.published))
    published = publication_days(article)
    days = [day.toordinal() for date in dates if date.low and date.high for day in (date.low, date.high)]
    compared = signature(text, published, days)
    return AnalysedPassage(
        passage=passage,
        language=language,
        published=published,
        sentences=spans,
        units=(_unit(article.title or ""), *_sentence_units(text, language, spans, dates)),
        dates=dates,
        phrases=tuple(_phrases(text)),
        events=tuple(full_dates(text, dates)),
        words_key=compared.words_key,
        bands=bands(compared),
        vector=vector,
        sentence_vectors=vectors,
    )


def publication_days(article: Article) -> tuple[int, int]:
    """Return the first and the last day on which an article may have been published."""
    low, high = bounds(article.published) if article.published else (None, None)
    return (low.toordinal(), high.toordinal()) if low and high else (UNDATED, UNDATED)


def _sentence_units(
    text: str, language: str, spans: Sequence[Span], dates: Sequence[DateMention]
) -> Iterator[Unit]:
    starts = [date.start for date in dates if date.low is not None or is_open_day(date.value)]
    defined = [(one.end, MEANING + token(one.acronym)) for one in definitions(text)]
    for start, end in spans:
        flags = (
            HAS_DATE * any(start <= date < end for date in starts)
            | HAS_NUMBER * holds_number(text[start:end], language)
            | HAS_NAME * holds_name(text, start + 1, end)
        )
        yield _unit(text[start:end], [mark for at, mark in defined if start < at <= end], flags)


def _unit(text: str, marks: Sequence[str] = (), flags: int = 0) -> Unit:
    written = tuple(words(text))
    return Unit(
        words=(*written, *("" for _ in marks)),
        tokens=(*map(token, written), *marks),
        senses=(*map(word_row, written), *(NO_SENSE for _ in marks)),
        flags=flags,
    )


def _phrases(text: str) -> Iterator[tuple[Phrase, str, str]]:
    """Yield what each acronym that a text spells out stands for, the acronym, and its token."""
    for definition in definitions(text):
        if len(definition.phrase) > 1:
            yield definition.phrase, definition.acronym, token(definition.acronym)
