"""The report as a page: what a person reads in it, and the command that writes it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from retrieval.errors import CollectionError
from retrieval.evaluation.collections import CorpusDocument, Query
from retrieval.evaluation.compare import compare
from retrieval.evaluation.evaluator import Evaluation, Part, Record
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.html import CHARTED, html_report, write_html
from retrieval.evaluation.misses import off_topic, refused, wrong
from retrieval.types import Article, Passage, Quote

MADE = dt.date(2025, 4, 3)
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads a page as a browser does: its words, its headings, what it loads, and whether tags close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.headings: list[str] = []
        self.marked: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.loads += [value or "" for name, value in attrs if name in ("src", "href")]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and self.open[-1] in ("h1", "h2", "h3", "h4"):
            self.headings.append(data)
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def quote(text: str, highlight: tuple[int, int]) -> Quote:
    article = Article("art", "art.txt", text, title="Qu’a dit l’été ?", published="2025-04")
    return Quote(Passage("art#1", "art", 1, 0, len(text), text), article, highlight)


def record(
    id_: str,
    confidence: float | None,
    *,
    right: bool,
    gold: dict[str, int] | None = None,
    text: str = "Où ?",
    ranking: tuple[str, ...] = ("d1", "d2"),
    answered: bool | None = True,
) -> Record:
    first = quote("Déjà dit. « C’est là », répond-elle. Et puis ?", (10, 36))
    ranked = tuple((document, 1.0) for document in ranking)
    query = Query(id_, text, "fr", gold or {})
    return Record(query, ranked, first, right, answered, confidence, 0.001, {"ndcg@10": float(right)})


RECORDS = (
    record("right", 0.9, right=True, gold={"d1": 1}),
    record("missed", 0.7, right=False, gold={"d2": 1}, text="Où est l’île <b>& moi</b> ?"),
    record("worse", 0.8, right=False, gold={"d9": 1}),
    record("invented", 0.6, right=False, text="Qui a gagné ?"),
    record("kept", 0.2, right=True, gold={"d1": 1}, answered=False),
    record("kept, surer", 0.3, right=True, gold={"d1": 1}, answered=False),
    record("silent", 0.1, right=False, answered=False),
    record("silent, wrong", 0.1, right=False, gold={"d2": 1}, answered=False),
)
EVALUATION = Evaluation(
    "journal d’été",
    "default",
    RECORDS,
    {"ndcg@10": Figure(0.5, 0.25, 0.75), "hit@1": Figure(0.5, None, None), "auroc": Figure(0.75, 0.5, 1.0)},
    {"language": {"fr": Part(RECORDS, {"ndcg@10": Figure(0.5, 0.25, 0.75)})}, "kind": {}},
    expected={
        "d2": CorpusDocument("d2", "L’île", "C’est l’île <script>alert(1)</script> d’Ouessant.", "2024")
    },
    off_topic=(
        record("off", 0.55, right=False, text="Quelle heure est-il ?"),
        record("off, silent", 0.1, right=False, answered=False),
    ),
    stages={"embedding": 1.5, "features": 0.5},
)
BASELINE = replace(
    EVALUATION,
    system="bm25",
    records=tuple(replace(one, answered=None, confidence=None) for one in RECORDS),
    figures={"ndcg@10": Figure(0.4, 0.2, 0.6)},
    off_topic=(),
    stages={},
)


def test_the_worst_come_first() -> None:
    """Wrong answers of highest confidence; of those kept back, right ones; and where the answer was."""
    misses = wrong(EVALUATION, 10)
    assert [miss.record.query.id for miss in misses] == ["worse", "missed", "invented"]
    assert [miss.rank for miss in misses] == [None, 2, None]
    assert misses[1].fault == "Quotes a passage that does not answer"
    assert misses[2].fault == "Answers what nothing answers"
    assert misses[1].expected == (EVALUATION.expected["d2"],)
    kept = refused(EVALUATION, 10)
    assert [miss.record.query.id for miss in kept] == ["kept", "kept, surer", "silent, wrong"]
    assert [miss.fault for miss in kept[1:]] == [
        "Silent, with the right passage in hand",
        "Silent, though a passage answers",
    ]
    assert [miss.record.query.id for miss in off_topic(EVALUATION, 10)] == ["off"]
    assert len(wrong(EVALUATION, 1)) == 1


def test_the_worst_of_a_baseline_are_ranked_lowest() -> None:
    """It answers everything, so what nothing answers is no fault of its own."""
    assert [miss.record.query.id for miss in wrong(BASELINE, 10)] == ["worse", "missed", "silent, wrong"]
    assert refused(BASELINE, 10) == []


def test_the_page_can_be_read() -> None:
    """Well formed, sufficient to itself, with the misses in full and the sentence marked."""
    comparisons = compare([EVALUATION, BASELINE])
    source = html_report([[EVALUATION, BASELINE]], comparisons, MADE)
    page = Page(source)
    assert page.open == []
    assert page.loads == []
    assert len(set(page.ids)) == len(page.ids)
    assert not re.search(r"@import|url\(|<script|<link|<img", source)
    assert '<html lang="en">' in source
    assert "Où est l’île <b>& moi</b> ?" in page.headings
    assert page.marked[0] == "« C’est là », répond-elle."
    for words in (
        "Made on 2025-04-03.",
        "0.50 [0.25–0.75]",
        "C’est l’île <script>alert(1)</script> d’Ouessant.",
        "Déjà dit. « C’est là », répond-elle. Et puis ?",
        "Quotes a passage that does not answer. Confidence 70 %. The passage that answers is ranked 2.",
        "Answers what nothing answers. Confidence 60 %. Question invented, fr.",
        "Expected: L’île (2024)",
        "Quoted: Qu’a dit l’été ? (2025-04)",
        "default − bm25",
        "embedding1.50 75 %",
        "Risk and coverage",
    ):
        assert " ".join(words.split()) in page.text, words
    assert "Quelle heure est-il ?" in page.headings


def test_two_collections_are_told_apart() -> None:
    """Each has a place of its own that the head of the page leads to, and charts of its own."""
    other = replace(EVALUATION, collection="autre")
    page = Page(html_report([[EVALUATION], [other]], [], MADE))
    assert page.loads == ["#collection-1", "#collection-2"]
    assert {"collection-1", "collection-2"} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)


def test_each_language_asked_enough_is_told_apart() -> None:
    """A line at a glance, and charts of its own from CHARTED questions on."""
    english = tuple(replace(one, query=replace(one.query, language="en")) for one in RECORDS) * CHARTED
    languages = {
        "en": Part(english, {"ndcg@10": Figure(0.25, 0.2, 0.3)}),
        "fr": Part(RECORDS, {"ndcg@10": Figure(0.75, 0.7, 0.8)}),
    }
    mixed = replace(EVALUATION, records=RECORDS + english, parts={"language": languages, "kind": {}})
    page = Page(html_report([[mixed]], [], MADE))
    assert f"How it knows when to stay silent: en, {len(english)} questions" in page.headings
    assert not any("silent: fr" in heading for heading in page.headings)
    assert len(set(page.ids)) == len(page.ids)
    assert "en 0.25 [0.20–0.30]" in page.text
    assert "fr 0.75 [0.70–0.80]" in page.text


def test_each_kind_has_a_row_where_there_are_several() -> None:
    kinds = {
        "who": Part(RECORDS[:4], {"ndcg@10": Figure(0.25, 0.2, 0.3)}),
        "when": Part(RECORDS[4:6], {"ndcg@10": Figure(0.75, 0.7, 0.8)}),
    }
    several = Page(html_report([[replace(EVALUATION, parts=EVALUATION.parts | {"kind": kinds})]], [], MADE))
    assert several.open == []
    assert "default, by kind" in several.text
    assert "who4 – 0.25 [0.20–0.30]" in several.text
    assert "when2 – 0.75 [0.70–0.80]" in several.text
    one = {"who": kinds["who"]}
    alone = Page(html_report([[replace(EVALUATION, parts=EVALUATION.parts | {"kind": one})]], [], MADE))
    assert "by kind" not in alone.text


def test_a_baseline_alone_has_no_charts() -> None:
    """It is never silent: there is nothing to draw."""
    assert "<svg" not in html_report([[BASELINE]], [], MADE)


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    """The message says where."""
    with pytest.raises(CollectionError, match="cannot be written to"):
        write_html(tmp_path / "nowhere" / "report.html", [[EVALUATION]], [])
