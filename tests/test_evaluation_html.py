"""The report as a page: what a person reads in it, and the command that writes it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest
from fakes import BY_WORDS, HashEncoder
from retrieval.ingest.opening import open_archive
from typer.testing import CliRunner

from retrieval import cli
from retrieval.archive import Archive
from retrieval.errors import CollectionError
from retrieval.evaluation import running, stages
from retrieval.evaluation.charts import reliability_chart, risk_coverage_chart
from retrieval.evaluation.collections import Document, Query
from retrieval.evaluation.compare import compare
from retrieval.evaluation.evaluator import Evaluation, Record
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.html import CHARTED, html_report, write_html
from retrieval.evaluation.metrics import Shown
from retrieval.evaluation.misses import off_topic, refused, wrong
from retrieval.evaluation.stages import ENTRIES, STAGES, Clock, stage_times
from retrieval.types import Article, Passage

SVG = "{http://www.w3.org/2000/svg}"
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


def shown(text: str, highlight: tuple[int, int]) -> Shown:
    article = Article("art", "art.txt", text, title="Qu’a dit l’été ?", published="2025-04")
    return Shown(article, Passage("art#1", "art", 1, 0, len(text), text), highlight, frozenset())


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
    first = shown("Déjà dit. « C’est là », répond-elle. Et puis ?", (10, 36))
    ranked = tuple((document, 1.0) for document in ranking)
    query = Query(id_, text, "fr", gold or {})
    return Record(query, ranked, first, right, answered, confidence, 0.001, {"ndcg@10": float(right)})


RECORDS = (
    record("right", 0.9, right=True, gold={"d1": 1}),
    record("missed", 0.7, right=False, gold={"d2": 1}, text="Où est l’île <b>& moi</b> ?"),
    record("worse", 0.8, right=False, gold={"d9": 1}),
    record("invented", 0.6, right=False, text="Qui a gagné ?"),
    record("kept", 0.2, right=True, gold={"d1": 1}, answered=False),
    record("kept surer", 0.3, right=True, gold={"d1": 1}, answered=False),
    record("silent", 0.1, right=False, answered=False),
    record("silent, wrong", 0.1, right=False, gold={"d2": 1}, answered=False),
)
EVALUATION = Evaluation(
    "journal d’été",
    "default",
    RECORDS,
    {"ndcg@10": Figure(0.5, 0.25, 0.75), "hit@1": Figure(0.5, None, None), "auroc": Figure(0.75, 0.5, 1.0)},
    {"fr": {"ndcg@10": Figure(0.5, 0.25, 0.75)}},
    expected={"d2": Document("d2", "L’île", "C’est l’île <script>alert(1)</script> d’Ouessant.", "2024")},
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
    """The surest of the wrong answers; of those kept back, the right ones; and where the answer was."""
    told = wrong(EVALUATION, 10)
    assert [miss.record.query.id for miss in told] == ["worse", "missed", "invented"]
    assert [miss.rank for miss in told] == [None, 2, None]
    assert told[1].fault == "Quotes a passage that does not answer"
    assert told[2].fault == "Answers what nothing answers"
    assert told[1].expected == (EVALUATION.expected["d2"],)
    kept = refused(EVALUATION, 10)
    assert [miss.record.query.id for miss in kept] == ["kept", "kept surer", "silent, wrong"]
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
    by_language = {"en": {"ndcg@10": Figure(0.25, 0.2, 0.3)}, "fr": {"ndcg@10": Figure(0.75, 0.7, 0.8)}}
    mixed = replace(EVALUATION, records=RECORDS + english, by_language=by_language)
    page = Page(html_report([[mixed]], [], MADE))
    assert f"How it knows when to stay silent: en, {len(english)} questions" in page.headings
    assert not any("silent: fr" in heading for heading in page.headings)
    assert len(set(page.ids)) == len(page.ids)
    assert "en 0.25 [0.20–0.30]" in page.text
    assert "fr 0.75 [0.70–0.80]" in page.text


def test_a_baseline_alone_has_no_charts() -> None:
    """It is never silent: there is nothing to draw."""
    assert "<svg" not in html_report([[BASELINE]], [], MADE)


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    """The message says where."""
    with pytest.raises(CollectionError, match="cannot be written to"):
        write_html(tmp_path / "nowhere" / "report.html", [[EVALUATION]], [])


def points(element: Element) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in element.attrib["points"].split()]  # type: ignore[misc]


def test_risk_against_coverage_is_drawn_to_scale() -> None:
    """Right, right, wrong, wrong: no risk to half the width, then up to .5, on an axis that ends there."""
    svg = fromstring(risk_coverage_chart("k", np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 1.0, 0.0, 0.0])))
    (line,) = (one for one in svg.iter(f"{SVG}polyline") if one.attrib["class"] == "line")
    (x1, y1), (x2, y2), _, (x4, y4) = points(line)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    assert y1 == y2
    assert x4 - x2 == pytest.approx(2 * (x2 - x1), abs=0.2)
    assert 0 < y4 < y1 < height
    assert x4 < width
    labels = [one.text for one in svg.iter(f"{SVG}text")]
    assert labels.count("50%") == 1
    assert svg.find(f"{SVG}title") is not None
    assert (svg.findtext(f"{SVG}desc") or "").endswith("50% of the first quotes are wrong.")


def test_reliability_is_drawn_to_scale() -> None:
    """A dot a bin; one told .5 and right half the time stands on the diagonal, inside its bar."""
    confidence = np.array([0.5] * 20)
    svg = fromstring(reliability_chart("k", confidence, np.array([1.0, 0.0] * 10)))
    dots = list(svg.iter(f"{SVG}circle"))
    assert len(dots) == 10
    (diagonal,) = svg.iter(f"{SVG}polyline")
    (left, bottom), (right, top) = points(diagonal)
    assert float(dots[0].attrib["cx"]) == pytest.approx((left + right) / 2, abs=0.1)
    assert float(dots[0].attrib["cy"]) == pytest.approx((bottom + top) / 2, abs=0.1)
    bar = next(one for one in svg.iter(f"{SVG}line") if one.attrib["class"] == "bar")
    assert top < float(bar.attrib["y2"]) < float(dots[0].attrib["cy"]) < float(bar.attrib["y1"]) < bottom


def test_a_stage_within_another_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest for 1 s, then ranking for 2, features in it for 4, ranking again for 8, the rest for 16."""
    ticks = iter([0.0, 1.0, 3.0, 7.0, 15.0, 31.0])
    monkeypatch.setattr(stages, "perf_counter", lambda: next(ticks))
    clock = Clock()
    with clock.stage("rest"), clock.stage("ranking"), clock.stage("features"):
        pass
    assert {name: spent for name, spent in clock.spent.items() if spent} == {
        "rest": 17.0,
        "ranking": 10.0,
        "features": 4.0,
    }


@pytest.mark.usefixtures("encoder")
def test_every_stage_is_timed(folder: Path) -> None:
    """Every stage of real questions takes some time, and nothing is left changed."""
    functions = [getattr(owner, name) for owner, name, _ in ENTRIES]
    with open_archive(folder) as opened, Archive(opened.folder, opened.encoder, weights=BY_WORDS) as archive:
        times = stage_times(archive, ["Qui a été élue ?", "Où en était le tramway en 2023 ?", "?"])
    assert list(times) == list(STAGES)
    assert all(spent > 0 for spent in times.values()), times
    assert [getattr(owner, name) for owner, name, _ in ENTRIES] == functions


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """Six documents and four questions, one of them without an answer."""
    place = tmp_path / "petit"
    (place / "qrels").mkdir(parents=True)
    texts = {
        "d1": "Le barrage de Kossou alimente la région en électricité.",
        "d2": "La récolte de cacao a baissé cette année.",
        "d3": "Les écoles rouvrent lundi dans la capitale.",
        "d4": "Un nouveau pont relie les deux rives du fleuve.",
        "d5": "La finale de la coupe se jouera samedi.",
        "d6": "Le prix du carburant augmente encore.",
    }
    rows = [{"_id": id_, "title": "", "text": text} for id_, text in texts.items()]
    (place / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    asked = {"q1": ("Où est le barrage de Kossou ?", "d1"), "q2": ("Quand rouvrent les écoles ?", "d3")}
    asked |= {"q3": ("La récolte de cacao ?", "d2")}
    queries = [{"_id": id_, "text": text, "lang": "fr"} for id_, (text, _) in asked.items()]
    (place / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    judged = ["query-id\tcorpus-id\tscore", *(f"{id_}\t{gold}\t1" for id_, (_, gold) in asked.items())]
    (place / "qrels" / "test.tsv").write_text("\n".join(judged), encoding="utf-8")
    silent = {"_id": "u1", "text": "Qui préside la banque centrale ?", "lang": "fr"}
    (place / "queries_unanswerable.jsonl").write_text(json.dumps(silent), encoding="utf-8")
    return place


def test_the_command_settles_it_in_one_run(
    beir: Path, tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four systems, haste, off-topic questions, stages and significance, as JSON and as a page."""
    monkeypatch.setattr(running, "load_encoder", lambda _model: encoder)
    off = tmp_path / "off.jsonl"
    off.write_text(json.dumps({"id": "o1", "text": "Quelle heure est-il ?", "lang": "fr"}), encoding="utf-8")
    report = tmp_path / "report.html"
    arguments = ["evaluate", str(beir), "--compare", "--typed", "--stages", "--json"]
    arguments += ["--off-topic", str(off), "--html", str(report)]
    result = CliRunner().invoke(cli.app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    measured = json.loads(result.stdout)
    petit = measured["collections"]["petit"]
    assert list(petit["baselines"]) == ["bm25", "dense", "rrf"]
    assert petit["baselines"]["bm25"]["hit@1"]["value"] == 1
    assert list(petit["stages"]) == list(STAGES)
    assert {"ndcg@10_typed", "typed_loss", "ndcg@10_misspelt", "misspelt_loss"} <= petit.keys()
    assert {"ece", "answered_off_topic"} <= petit.keys()
    assert "latency_p50_ms" not in petit["baselines"]["bm25"]
    assert {(one["system"], one["other"]) for one in measured["comparisons"]} == {
        ("default", name) for name in ("bm25", "dense", "rrf")
    }
    assert Page(report.read_text(encoding="utf-8")).open == []


def test_the_command_measures_the_systems_asked_for(
    beir: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order given; a system there is not is the caller's mistake."""
    monkeypatch.setattr(running, "load_encoder", lambda _model: encoder)
    chosen = ["evaluate", str(beir), "--json", "--system", "rrf", "--system", "bm25"]
    measured = json.loads(CliRunner().invoke(cli.app, chosen, catch_exceptions=False).stdout)
    assert measured["collections"]["petit"]["system"] == "rrf"
    assert list(measured["collections"]["petit"]["baselines"]) == ["bm25"]
    assert "comparisons" not in measured
    with pytest.raises(
        CollectionError, match="'bm26' is not a system: choose among default, bm25, dense, rrf"
    ):
        CliRunner().invoke(cli.app, ["evaluate", str(beir), "--system", "bm26"], catch_exceptions=False)
