"""How often the dates that a reader is shown are right, on sentences of a news archive read by hand.

``date_sample.jsonl`` has 200 sentences of ``orange_news`` in which a broad regular expression (digits, names
of months and days, *hier*, *semaine*…) saw something like a time, drawn at random, one an article at most:
``{"id", "start", "end", "sha256", "mentions": [{"start", "end", "value", "also"}]}``. ``id`` is that of the
document, offsets are into its text, and ``sha256`` is that of the sentence, so that another version of the
collection is noticed; the text itself is not ours to copy. A mention is an expression of a calendar date or
period, not a duration, an age or an hour; ``value`` is EDTF, or ``open`` where a human reader cannot settle
it, and ``also`` lists other values that are right: the first third of a month for *début mai*, all since a
year for *dès 2019*. One mention may hold others, as a range holds its ends. A sentence without mentions is a
trap.

The values were fixed before any date was found in these sentences, by one reader, who saw whole articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.dates import bounds, find
from retrieval.dates.confidence import is_sure
from retrieval.errors import CollectionError, DateError
from retrieval.evaluation.collections import CorpusDocument
from retrieval.evaluation.lines import objects, text_field
from retrieval.types import Article, DateMention, Passage, Quote

SAMPLE = Path(__file__).with_suffix(".jsonl")
OPEN = "open"
"""The value of an expression that a human reader cannot settle."""


@dataclass(frozen=True, slots=True)
class AnnotatedDate:
    """An expression in a document's text and the EDTF values that are right; ``settled`` if it has one."""

    start: int
    end: int
    right: tuple[str, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence, ``text[start:end]`` of the document ``id``, and its dates, each before those inside it."""

    id: str
    start: int
    end: int
    sha256: str
    dates: tuple[AnnotatedDate, ...]


@dataclass(frozen=True, slots=True)
class JudgedDate:
    """A date that a reader is shown, and the annotated one that it is taken for, if it is any."""

    mention: DateMention
    annotated: AnnotatedDate | None

    @property
    def right(self) -> bool:
        """Whether the date is one that was meant."""
        return self.annotated is not None and _says(self.mention.value, self.annotated)


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence with the dates that a reader of it is shown."""

    annotated: AnnotatedSentence
    text: str
    published: str | None
    shown: tuple[JudgedDate, ...]

    @property
    def expected(self) -> tuple[AnnotatedDate, ...]:
        """The annotated dates that can be settled, but for those inside another."""
        outermost: list[AnnotatedDate] = []
        for date in self.annotated.dates:
            if not outermost or date.start >= outermost[-1].end:
                outermost.append(date)
        return tuple(date for date in outermost if date.settled)

    @property
    def recalled(self) -> int:
        """How many of the expected dates are among those shown."""
        values = [shown.mention.value for shown in self.shown]
        return sum(any(_says(value, date) for value in values) for date in self.expected)


def judge(sentence: AnnotatedSentence, documents: Mapping[str, CorpusDocument]) -> JudgedSentence:
    """Return a sentence with the dates that a reader is shown where it is the best of its passage.

    Raises:
        CollectionError: the documents do not have the sentence that was annotated.
    """
    document = documents.get(sentence.id)
    text = document.text[sentence.start : sentence.end] if document else ""
    if document is None or hashlib.sha256(text.encode()).hexdigest() != sentence.sha256:
        raise CollectionError(
            f"The document {sentence.id} does not have the annotated sentence: "
            "give the version of the collection that the sample was drawn from."
        )
    article = Article(document.id, document.id, document.text, published=document.published)
    passage = Passage(document.id, document.id, 1, 0, len(document.text), document.text)
    dates = tuple(find(document.text, document.published))
    quote = Quote(passage, article, (sentence.start, sentence.end), dates)
    sure = filter(is_sure, quote.sentence_dates)
    shown = tuple(JudgedDate(date, _nearest(date, sentence.dates)) for date in sure)
    return JudgedSentence(sentence, text, document.published, shown)


def read_sample(path: Path) -> list[AnnotatedSentence]:
    """Return the sentences of a file such as ``date_sample.jsonl``.

    Raises:
        CollectionError: the file is missing or malformed, or a value is not EDTF.
    """
    sentences = []
    for where, fields in objects(path):
        try:
            dates = tuple(_date(mention) for mention in fields["mentions"])
            span = int(fields["start"]), int(fields["end"])
        except (KeyError, TypeError, ValueError, DateError) as error:
            raise CollectionError(f"{where} is not an annotated sentence ({error!r}).") from error
        id_, sha256 = (text_field(fields, key, where) for key in ("id", "sha256"))
        sentences.append(AnnotatedSentence(id_, *span, sha256, dates))
    return sentences


def _date(mention: Mapping[str, Any]) -> AnnotatedDate:
    values = [mention["value"], *mention.get("also", ())]
    right = tuple(value for value in values if value != OPEN)
    for value in right:
        bounds(value)
    return AnnotatedDate(int(mention["start"]), int(mention["end"]), right, mention["value"] != OPEN)


def _nearest(mention: DateMention, dates: Iterable[AnnotatedDate]) -> AnnotatedDate | None:
    """Return the annotated date that shares most with a mention, of what the two cover together."""

    def shared(date: AnnotatedDate) -> float:
        common = min(mention.end, date.end) - max(mention.start, date.start)
        return common / (max(mention.end, date.end) - min(mention.start, date.start))

    return max((date for date in dates if shared(date) > 0), key=shared, default=None)


def _says(value: str, date: AnnotatedDate) -> bool:
    """Tell whether a value covers the days of a right one; a set is not the interval of its ends."""
    return any(
        bounds(value) == bounds(right) and value.startswith("[") == right.startswith("[")
        for right in date.right
    )
