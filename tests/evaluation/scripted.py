"""A system that answers from a script, questions to ask it, and a small BEIR folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from retrieval.evaluation import Collection, Query, Response
from retrieval.types import Answer, Article, Copy, DateMention, Hit, Passage, Quote

SENTENCES = {1: "Les ministres sont en Russie ce 3 avril.", 4: "Une décision officialisée le 29 janvier."}
ARTICLE = Article(id="art", path="art.txt", text="")
DATES = {1: "2025-04-03", 4: "2025-01-29"}


def passage(paragraph: int, text: str = "x", article: Article = ARTICLE) -> Passage:
    return Passage(f"{article.id}#{paragraph}", article.id, paragraph, 0, len(text), text)


def hit(paragraph: int, score: float = 1.0) -> Hit:
    """A hit in the one article; its first sentence is highlighted."""
    text = SENTENCES.get(paragraph, "Autre chose.") + " Et la suite."
    dates = (DateMention(0, 1, "x", DATES[paragraph], None, None),) if paragraph in DATES else ()
    return Hit(passage(paragraph, text), ARTICLE, (0, text.index(" Et")), dates, score=score)


def copied(first: Hit, other: Hit) -> Hit:
    """A hit, of which another is a copy."""
    return Hit(first.passage, first.article, first.highlight, copies=(Copy(other.passage, other.article),))


def marking(found: Hit, words: str | None) -> Hit:
    """A hit, some of whose words are marked as the answer."""
    if words is None:
        return found
    start = found.text.index(words)
    return replace(found, answer=(start, start + len(words)))


def quoted(found: Hit) -> Quote:
    return Quote(found.passage, found.article, found.highlight, found.dates, found.copies, found.answer)


@dataclass
class Scripted:
    """A system with a script: by question, the paragraphs that it ranks, and its confidence or None.

    It answers from a confidence of .5, and shows the nearest passage from ``near``. ``marked`` are the words
    that it marks, by paragraph.
    """

    script: Mapping[str, tuple[Sequence[int], float | None]]
    name: str = "default"
    seconds: float | None = 0.004
    near: float = 0.5
    marked: Mapping[int, str] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def respond(self, question: str, k: int) -> Response:
        self.asked.append((question, k))
        ranking, confidence = self.script[question]
        hits = [
            marking(hit(paragraph, 1 / rank), self.marked.get(paragraph))
            for rank, paragraph in enumerate(ranking, start=1)
        ][:k]
        if confidence is None:
            return Response(hits, None, self.seconds)
        answered = confidence >= 0.5 and bool(hits)
        quotes = tuple(map(quoted, hits[:1]))
        nearest = quotes if confidence >= self.near and not answered else ()
        answer = Answer(question, answered, confidence, quotes if answered else (), nearest=nearest)
        return Response(hits, answer, self.seconds)


@dataclass
class Saying:
    """A system that gives the same response to every question."""

    response: Response
    name: str = "default"

    def respond(self, question: str, k: int) -> Response:
        return self.response


QUESTIONS = Collection(
    "questions",
    (
        Query(
            "fr-1",
            "Quand ?",
            "fr",
            {"4": 1},
            contains="officialisée le 29",
            dates=("2025-01-29",),
            kind="when",
        ),
        Query(
            "fr-2", "Où ?", "fr", {"1": 1, "2": 1}, contains="en Russie", dates=("2025-04-03",), kind="where"
        ),
        Query(
            "en-1", "When?", "en", {"4": 1}, contains="officialisée le 29", dates=("2025-01-29",), kind="when"
        ),
        Query("en-2", "Where?", "en", {"1": 1}, kind="where"),
        Query("off-1", "Qui a gagné ?", "fr", kind="who"),
        Query("off-2", "Who won?", "en"),
    ),
)
SCRIPT: dict[str, tuple[list[int], float | None]] = {
    "Quand ?": ([4, 1], 0.9),
    "Où ?": ([1, 4], 0.8),
    "When?": ([3, 4], 0.7),
    "Where?": ([1], 0.4),
    "Qui a gagné ?": ([5], 0.1),
    "Who won?": ([5], 0.6),
}
BASELINE: dict[str, tuple[list[int], float | None]] = {
    question: ([3, *ranking], None) for question, (ranking, _) in SCRIPT.items()
}


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    """Write a JSON value a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def write_beir(
    folder: Path,
    documents: Sequence[Mapping[str, object]],
    queries: Sequence[Mapping[str, object]],
    judged: Mapping[str, str],
) -> Path:
    """Write a BEIR folder; ``judged`` gives the document that answers each query, by the query's id."""
    write_lines(folder / "corpus.jsonl", documents)
    write_lines(folder / "queries.jsonl", queries)
    (folder / "qrels").mkdir(exist_ok=True)
    rows = ["query-id\tcorpus-id\tscore", *(f"{query}\t{document}\t1" for query, document in judged.items())]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder
