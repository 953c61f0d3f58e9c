"""Groups from folders in the BEIR layout: news_natural_train, PIAF and AfriQA."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retrieval.errors import CollectionError
from retrieval.training.reader.groups import Candidate, Group, locate
from retrieval.training.reader.negatives import RememberingEncoder, hardest

HARDEST = 12
"""Passages of the first stage that are kept for each question."""

LONG_ANSWER = 4
"""An answer of so many characters that stands in another article's passage may be its answer too."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A collection: documents by identifier, questions, and the right documents of each question."""

    name: str
    documents: dict[str, dict[str, Any]]
    questions: list[dict[str, Any]]
    near_misses: list[dict[str, Any]]
    right: dict[str, list[str]]


def read_folder(path: Path) -> Folder:
    """Return the collection in a folder.

    Raises:
        CollectionError: a file is missing or is not JSON lines.
    """
    try:
        right = defaultdict(list)
        for line in (path / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            question, document, _ = line.split("\t")
            right[question].append(document)
        documents = {document["_id"]: document for document in _lines(path / "corpus.jsonl")}
        questions = [question for question in _lines(path / "queries.jsonl") if question["_id"] in right]
        unanswerable = path / "queries_unanswerable.jsonl"
        near_misses = list(_lines(unanswerable)) if unanswerable.exists() else []
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError(f"The collection {path} cannot be read ({error}): check the folder.") from error
    return Folder(path.name, documents, questions, near_misses, dict(right))


def with_questions(folder: Folder, path: Path) -> Folder:
    """Return the folder's documents with the questions of a file instead of its own.

    Each line has the fields of BEIR's queries and ``passage``, the right document, or null.

    Raises:
        CollectionError: the file is missing or is not JSON lines.
    """
    try:
        asked = list(_lines(path))
        right = {question["_id"]: [question["passage"]] for question in asked if question["passage"]}
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError(f"The questions {path} cannot be read ({error}): check the file.") from error
    return replace(
        folder,
        questions=[question for question in asked if question["_id"] in right],
        near_misses=[question for question in asked if question["_id"] not in right],
        right=right,
    )


def is_held_out(article: str) -> bool:
    """Return whether questions on this article are not trained on: a fifth of the articles."""
    return int(hashlib.md5(("reader" + article).encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def split_questions(folder: Folder) -> tuple[Folder, list[str]]:
    """Return the folder with the questions to train on, and the identifiers of those held out by article."""
    kept = [
        [question for question in asked if not is_held_out(question["gold_article"])]
        for asked in (folder.questions, folder.near_misses)
    ]
    every = {question["_id"] for question in (*folder.questions, *folder.near_misses)}
    held_out = every - {question["_id"] for asked in kept for question in asked}
    return replace(folder, questions=kept[0], near_misses=kept[1]), sorted(held_out)


def news_groups(folder: Folder, encoder: RememberingEncoder | None) -> list[Group]:
    """Return groups of questions on news, near misses among them.

    Wrong passages are the tempting ones, those that the first stage puts first, and the rest of the article.
    """
    asked = [*folder.questions, *folder.near_misses]
    identifiers = list(folder.documents)
    texts = [document["text"] for document in folder.documents.values()]
    ranked = hardest([question["text"] for question in asked], texts, HARDEST, encoder)
    by_article = defaultdict(list)
    for identifier, document in folder.documents.items():
        by_article[document["article"]].append(identifier)
    groups = []
    for question, positions in zip(asked, ranked, strict=True):
        right = folder.right.get(question["_id"], [])
        answer = (question.get("answers") or [""])[0]
        own = by_article[question["gold_article"]]
        tempting = [identifier for identifier in question["tempting"] if identifier not in right]
        first = [identifiers[i] for i in positions if identifiers[i] not in right]
        first = [i for i in first if i in own or not _may_answer(answer, folder.documents[i]["text"])]
        wrong = dict.fromkeys([*first, *own])
        groups.append(_group(folder, question, right, answer, tempting, wrong, own))
    return groups


def split_articles(folder: Folder) -> tuple[Folder, Folder]:
    """Return the part of a collection to train on, and the held-out part, which share no article."""
    return _part(folder, held_out=False), _part(folder, held_out=True)


def _part(folder: Folder, *, held_out: bool) -> Folder:
    documents = {
        identifier: document
        for identifier, document in folder.documents.items()
        if is_held_out(document["title"]) == held_out
    }
    return replace(folder, documents=documents)


def answered_within(folder: Folder) -> list[dict[str, Any]]:
    """Return the questions whose right documents are all in the folder."""
    return [
        question
        for question in folder.questions
        if all(identifier in folder.documents for identifier in folder.right[question["_id"]])
    ]


def encyclopaedia_groups(folder: Folder, encoder: RememberingEncoder | None) -> list[Group]:
    """Return groups of questions on Wikipedia, those whose right documents are all there.

    Wrong passages are those that the first stage puts first.
    """
    documents = folder.documents
    questions = answered_within(folder)
    texts = [document["text"] for document in documents.values()]
    identifiers = list(documents)
    groups = []
    ranked = hardest([question["text"] for question in questions], texts, HARDEST, encoder)
    for question, positions in zip(questions, ranked, strict=True):
        right = folder.right[question["_id"]]
        wrong = dict.fromkeys(identifiers[i] for i in positions if identifiers[i] not in right)
        answer = question["answers"][0]
        groups.append(_group(folder, question, right, answer, [], wrong))
    return groups


def _group(
    folder: Folder,
    question: dict[str, Any],
    right: list[str],
    answer: str,
    tempting: list[str],
    wrong: Iterable[str],
    article: Iterable[str] = (),
) -> Group:
    """Return a group; of several right documents the first that holds the answer is read.

    ``article`` are the documents of the article that the question is on.
    """
    others, siblings = (
        [identifier for identifier in listed if identifier not in right and identifier not in tempting]
        for listed in (wrong, article)
    )
    holding = [
        identifier for identifier in right if answer and answer in folder.documents[identifier]["text"]
    ]
    chosen = next(iter([*holding, *right]), None)
    return Group(
        folder.name,
        question["text"],
        _candidate(folder, chosen) if chosen else None,
        locate(answer, folder.documents[chosen]["text"]) if chosen and answer else None,
        tuple(_candidate(folder, identifier) for identifier in tempting),
        tuple(_candidate(folder, identifier) for identifier in others),
        tuple(_candidate(folder, identifier) for identifier in siblings),
    )


def _candidate(folder: Folder, identifier: str) -> Candidate:
    document = folder.documents[identifier]
    return Candidate(document["text"], document["title"], document.get("date", "")[:10])


def _may_answer(answer: str, text: str) -> bool:
    """Return whether a passage of another article may hold the answer too, and so is no safe wrong one."""
    return len(answer) >= LONG_ANSWER and answer.casefold() in text.casefold()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
