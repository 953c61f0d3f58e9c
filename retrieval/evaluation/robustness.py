"""The same questions as people type them, and questions on subjects that the archive does not cover."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from retrieval.errors import CollectionError
from retrieval.evaluation.collections import UNDETERMINED, Collection, Query
from retrieval.evaluation.evaluator import (
    DEPTH,
    Evaluation,
    Record,
    divided,
    evaluate,
    ranked_documents,
    summarise,
    tracked_queries,
)
from retrieval.evaluation.lines import objects, text_field
from retrieval.evaluation.metrics import Values, ranking_values
from retrieval.evaluation.systems import System
from retrieval.language.analysis import content_words, fold
from retrieval.language.identification import identify

LONG = 5
"""Letters of a word that may be misspelt."""

KEYBOARD = ("azertyuiop", "qsdfghjklm", "wxcvbn")
"""The letters of a French keyboard, row by row."""

NEIGHBOURS = {
    letter: row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    for row in KEYBOARD
    for place, letter in enumerate(row)
}
"""The letters beside each letter."""

_LONG_WORD = re.compile(rf"\b[^\W\d_]{{{LONG},}}\b")


def without_accents(text: str) -> str:
    """Return a question in lower case, without accents."""
    return unicodedata.normalize("NFC", fold(text))


def misspelt(text: str, draw: random.Random) -> str:
    """Return a question with one slip in one of its content words, of LONG letters or more.

    A letter is left out, doubled, swapped with the next, or its neighbour's on a French keyboard; never the
    first, which few slips touch (Kukich 1992, "Techniques for automatically correcting words in text"). A
    question without such a word stays as it is.
    """
    text = unicodedata.normalize("NFC", text)
    content = frozenset(content_words(text, identify(text)))
    words = [match for match in _LONG_WORD.finditer(text) if match[0] in content]
    if not words:
        return text
    word = draw.choice(words)
    slip = word[0]
    while fold(slip) == fold(word[0]):
        slip = _with_slip(word[0], draw)
    return text[: word.start()] + slip + text[word.end() :]


def _with_slip(word: str, draw: random.Random) -> str:
    place = draw.randrange(1, len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match draw.choice(("omission", "doubling", "transposition", "neighbour")):
        case "omission":
            return before + after
        case "doubling":
            return before + letter + letter + after
        case "transposition":
            return before + after[:1] + letter + after[1:]
        case _:
            return before + draw.choice(NEIGHBOURS.get(fold(letter), letter)) + after


def typed_again(
    evaluation: Evaluation, collection: Collection, system: System, *, seed: int = 0
) -> Evaluation:
    """Ask the same system the answerable questions of its evaluation again, without accents and misspelt.

    Returns:
        The evaluation with four figures more: ``ndcg@10_typed`` and ``typed_loss``, what nDCG@10 loses
        without accents and capitals; ``ndcg@10_misspelt`` and ``misspelt_loss``, the same with a misspelling.
    """
    queries = [record.query for record in evaluation.records if record.query.answerable]

    def scores(way: str, typed: Callable[[Query], str]) -> Mapping[str, Values]:
        rankings = {
            query.id: ranked_documents(collection, system.respond(typed(query), DEPTH), query.gold)
            for query in tracked_queries(queries, collection.name, f"{system.name}, {way}")
        }
        documents = {id_: [document for document, _ in ranking] for id_, ranking in rankings.items()}
        return ranking_values(queries, documents)

    def with_slip(query: Query) -> str:
        return misspelt(query.text, random.Random(f"{seed} {query.id}"))  # noqa: S311 - slips, not secrets

    scored = {
        "typed": scores("typed", lambda query: without_accents(query.text)),
        "misspelt": scores("misspelt", with_slip),
    }

    def with_losses(record: Record) -> Record:
        values = dict(record.values)
        for way, found in scored.items():
            if record.query.id in found:
                again = found[record.query.id]["ndcg@10"]
                values |= {f"ndcg@10_{way}": again, f"{way}_loss": values["ndcg@10"] - again}
        return replace(record, values=values)

    records = tuple(map(with_losses, evaluation.records))
    return replace(
        evaluation,
        records=records,
        figures={**evaluation.figures, **summarise(records, seed=seed)},
        parts=divided(records, seed=seed),
    )


def read_off_topic(path: Path) -> Collection:
    """Read questions on other subjects, which nothing answers: ``{"id", "text", "lang"}``, one a line.

    Raises:
        CollectionError: when the file is missing, empty or malformed.
    """
    queries: dict[str, Query] = {}
    for where, fields in objects(path):
        id_ = text_field(fields, "id", where)
        if id_ in queries:
            raise CollectionError(f"{where}: the id {id_!r} was already used; give each line its own.")
        language = text_field(fields, "lang", where, default=UNDETERMINED)
        queries[id_] = Query(id_, text_field(fields, "text", where), language)
    if not queries:
        raise CollectionError(f"{path} is empty: give it at least one question.")
    return Collection(path.stem, tuple(queries.values()))


def asked_off_topic(
    evaluation: Evaluation, questions: Collection, system: System, *, limit: int | None = None
) -> Evaluation:
    """Ask an evaluated system questions on other subjects too.

    Returns:
        The evaluation with what came of them and, where the system can stay silent, two figures more:
        ``answered_off_topic``, the share that it answered, and ``shown_off_topic``, the share for which it
        showed a passage, as an answer or as the nearest one.
    """
    probed = evaluate(questions, system, limit=limit)
    figures = {
        f"{done}_off_topic": probed.figures[f"{done}_unanswerable"]
        for done in ("answered", "shown")
        if f"{done}_unanswerable" in probed.figures
    }
    return replace(evaluation, figures={**evaluation.figures, **figures}, off_topic=probed.records)
