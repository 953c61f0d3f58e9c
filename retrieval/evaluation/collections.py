"""What is asked, and what counts as right: BEIR folders and the project's own questions files.

A BEIR folder (https://github.com/beir-cellar/beir) holds ``corpus.jsonl`` ({"_id", "title", "text"}),
``queries.jsonl`` ({"_id", "text"}) and ``qrels/test.tsv`` (a header, then query-id, corpus-id and score,
tab-separated). Beside the standard, ours may give a query ``lang``, ``answers`` and ``kind`` or ``type``, a
document ``date`` and the ``article`` it is a paragraph of, and the folder ``queries_unanswerable.jsonl``:
questions that nothing in the corpus answers.

A questions file has a question a line, asked of an archive of one article: ``{"id", "question", "lang",
"paragraphs", "contains", "dates"}``. ``paragraphs`` are counted from 1 and empty when the article has no
answer; ``contains`` is what a right quote says, or null; ``dates`` are EDTF.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from retrieval.errors import CollectionError
from retrieval.evaluation.lines import edtf_date, lines, objects, text_field, text_list
from retrieval.types import Passage

QRELS_HEADER = ["query-id", "corpus-id", "score"]
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=[T ]|$)")
PARTED = "\n\n"
"""What parts the paragraphs of an article made of documents."""
UNDETERMINED = "und"
"""The language of a query that does not say (ISO 639-2)."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what answers it.

    ``gold`` maps the ids of the relevant documents to their grade (≥ 1) and is empty when nothing
    answers. ``contains`` are the exact words of a right quote; ``answers`` are strings of which a right
    sentence says one; ``dates`` are the EDTF values to be shown. ``kind`` is what its collection calls
    questions of its kind, such as ``who`` or ``headline``, and empty where that is not said.
    """

    id: str
    text: str
    language: str = UNDETERMINED
    gold: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    contains: str | None = None
    dates: tuple[str, ...] = ()
    kind: str = ""

    @property
    def answerable(self) -> bool:
        """Whether something in the collection answers."""
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document of a BEIR corpus; ``published`` is its date as EDTF, to the day, or None.

    Documents that name the same ``article`` are its paragraphs, in file order; one that names none is alone.
    """

    id: str
    title: str
    text: str
    published: str | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Questions in file order and, for a BEIR folder, the documents they are asked of, by id.

    A questions file has no documents: it is asked of an archive, and its ids are paragraph numbers.
    """

    name: str
    queries: tuple[Query, ...]
    documents: Mapping[str, CorpusDocument] = field(default_factory=dict)
    articles: Mapping[str, Sequence[CorpusDocument]] = field(init=False, repr=False, compare=False)
    """The documents of each article, in order."""

    def __post_init__(self) -> None:
        articles: dict[str, list[CorpusDocument]] = {}
        for document in self.documents.values():
            articles.setdefault(document.article or document.id, []).append(document)
        object.__setattr__(self, "articles", articles)

    def doc_id(self, passage: Passage) -> str:
        """Return the id that the judgements know a passage by."""
        if not self.documents:
            return str(passage.paragraph)
        end = 0
        for document in self.articles.get(passage.article_id, ()):
            end += len(document.text) + len(PARTED)
            if passage.start < end:
                return document.id
        return passage.id


def article_text(documents: Iterable[CorpusDocument]) -> str:
    """Return the text of an article whose paragraphs are ``documents``."""
    return PARTED.join(document.text for document in documents)


Item = TypeVar("Item", CorpusDocument, Query)


def read_collections(paths: Iterable[Path]) -> list[Collection]:
    """Read several BEIR folders or questions files, each with a name of its own.

    Raises:
        CollectionError: when one cannot be read, or two would be reported under the same name.
    """
    collections: dict[str, Collection] = {}
    for path in paths:
        collection = read_collection(path)
        if collection.name in collections:
            raise CollectionError(f"{path}: a collection {collection.name!r} is already given; rename one.")
        collections[collection.name] = collection
    return list(collections.values())


def read_collection(path: Path) -> Collection:
    """Read a BEIR folder or a questions file.

    Raises:
        CollectionError: when it is missing or malformed; the message names the file and the line.
    """
    if path.is_dir():
        return read_beir(path)
    if path.is_file():
        return read_questions(path)
    raise CollectionError(f"{path} does not exist: give a BEIR folder or a questions file (.jsonl).")


def read_beir(folder: Path) -> Collection:
    """Read a BEIR folder; queries that its judgements do not mention are left out.

    Raises:
        CollectionError: when a file is missing or malformed.
    """
    documents = _by_id(_document, folder / "corpus.jsonl")
    queries = _by_id(_query, folder / "queries.jsonl")
    judged = _qrels(folder / "qrels" / "test.tsv", queries)
    asked = {id_: replace(query, gold=judged[id_]) for id_, query in queries.items() if judged.get(id_)}
    silent = folder / "queries_unanswerable.jsonl"
    unanswerable = _by_id(_query, silent) if silent.exists() else {}
    if shared := sorted(queries.keys() & unanswerable.keys()):
        raise CollectionError(
            f"{silent}: {shared[0]!r} is also in queries.jsonl; give each query its own id."
        )
    if not documents:
        raise CollectionError(f"{folder / 'corpus.jsonl'} is empty: give it at least one document.")
    if not asked and not unanswerable:
        raise CollectionError(
            f"{folder} has no usable queries: none has a relevant document in qrels/test.tsv."
        )
    return Collection(folder.resolve().name, (*asked.values(), *unanswerable.values()), documents)


def read_questions(path: Path) -> Collection:
    """Read a questions file.

    Raises:
        CollectionError: when it is empty or malformed.
    """
    questions = _by_id(_question, path)
    if not questions:
        raise CollectionError(f"{path} is empty: give it at least one question.")
    return Collection(path.stem, tuple(questions.values()))


def spaced(collection: Collection, limit: int) -> Collection:
    """Return the collection with at most ``limit`` queries, evenly spaced over the file order.

    Unanswerable queries keep their share, to the nearest query.
    """
    total = len(collection.queries)
    if limit >= total:
        return collection
    answerable = [position for position, query in enumerate(collection.queries) if query.answerable]
    unanswerable = [position for position, query in enumerate(collection.queries) if not query.answerable]
    silent = round(limit * len(unanswerable) / total)
    kept = sorted([*_evenly(answerable, limit - silent), *_evenly(unanswerable, silent)])
    return replace(collection, queries=tuple(collection.queries[position] for position in kept))


def _evenly(positions: list[int], count: int) -> list[int]:
    return [positions[step * len(positions) // count] for step in range(count)]


def _document(fields: dict[str, Any], where: str) -> CorpusDocument:
    return CorpusDocument(
        id=text_field(fields, "_id", where),
        title=text_field(fields, "title", where, default=""),
        text=text_field(fields, "text", where),
        published=_published(text_field(fields, "date", where, default="")),
        article=text_field(fields, "article", where, default=""),
    )


def _query(fields: dict[str, Any], where: str) -> Query:
    return Query(
        id=text_field(fields, "_id", where),
        text=text_field(fields, "text", where),
        language=text_field(fields, "lang", where, default=UNDETERMINED),
        answers=text_list(fields, "answers", where) if "answers" in fields else (),
        kind=text_field(fields, "kind" if "kind" in fields else "type", where, default=""),
    )


def _question(fields: dict[str, Any], where: str) -> Query:
    paragraphs = fields.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(
        type(number) is int and number > 0 for number in paragraphs
    ):
        raise CollectionError(f'{where}: "paragraphs" is {paragraphs!r}; give a list of numbers from 1.')
    return Query(
        id=text_field(fields, "id", where),
        text=text_field(fields, "question", where),
        language=text_field(fields, "lang", where),
        gold={str(number): 1 for number in paragraphs},
        contains=None if fields.get("contains") is None else text_field(fields, "contains", where),
        dates=tuple(edtf_date(value, where) for value in text_list(fields, "dates", where)),
    )


def _by_id(make: Callable[[dict[str, Any], str], Item], path: Path) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for where, fields in objects(path):
        item = make(fields, where)
        if item.id in items:
            raise CollectionError(f"{where}: the id {item.id!r} was already used; give each line its own.")
        items[item.id] = item
    return items


def _qrels(path: Path, queries: Mapping[str, Query]) -> dict[str, dict[str, int]]:
    """Return the relevant documents of each query; a score of zero or less is not relevant."""
    rows = lines(path)
    where, header = next(rows, (f"{path}, line 1", ""))
    if header.split("\t") != QRELS_HEADER:
        raise CollectionError(
            f"{where}: {header!r} is not the header {' '.join(QRELS_HEADER)}, tab-separated."
        )
    judged: dict[str, dict[str, int]] = {}
    for where, line in rows:
        try:
            query, document, score = line.split("\t")
            grade = int(score)
        except ValueError as error:
            raise CollectionError(
                f"{where}: {line!r} is not a query id, a document id and a whole score, tab-separated."
            ) from error
        if query not in queries:
            raise CollectionError(
                f"{where}: the query {query!r} is not in queries.jsonl; add it or drop the line."
            )
        if grade > 0:
            judged.setdefault(query, {})[document] = grade
    return judged


def _published(date: str) -> str | None:
    """Return a corpus date to the day at most, or None for one that is no date.

    Corpora write dates differently, with a time behind (``2016-03-24T20:40``) or without the zeros
    (``2001-11-5``), and BEIR itself has no dates: one that cannot be read is left out.
    """
    match = _DATE.match(date)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        dt.date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return None
    return "-".join(f"{part:02}" for part in parts)
