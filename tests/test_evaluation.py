"""Asking a system a whole collection, and saying what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console, RenderableType

from retrieval.errors import CollectionError
from retrieval.evaluation import (
    ArchiveSystem,
    Collection,
    Document,
    Evaluation,
    Query,
    Response,
    as_json,
    evaluate,
    figures_table,
    languages_table,
    write_run,
)
from retrieval.evaluation.compare import compare
from retrieval.evaluation.evaluator import DEPTH, WARM_UP
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.output import print_report
from retrieval.types import Answer, Article, Copy, DateMention, Hit, Passage, Quote

SENTENCES = {1: "Les ministres sont en Russie ce 3 avril.", 4: "Une décision officialisée le 29 janvier."}
ARTICLE = Article(id="art", path="art.txt", text="")
DATES = {"1": "2025-04-03", "4": "2025-01-29"}


def hit(document: str, score: float) -> Hit:
    text = SENTENCES.get(int(document), "Autre chose.") + " Et la suite."
    dates = (DateMention(0, 1, "x", DATES[document], None, None),) if document in DATES else ()
    passage = Passage(f"art#{document}", "art", int(document), 0, len(text), text)
    return Hit(passage, ARTICLE, score, (0, text.index(" Et")), dates)


@dataclass
class Fake:
    """A system that answers from a script: the ranked paragraphs, and a confidence or None."""

    script: dict[str, tuple[list[str], float | None]]
    name: str = "default"
    asked: list[tuple[str, int]] = field(default_factory=list)

    def respond(self, question: str, k: int) -> Response:
        self.asked.append((question, k))
        ranking, confidence = self.script[question]
        hits = [hit(document, 1 / rank) for rank, document in enumerate(ranking, start=1)]
        if confidence is None:
            return Response(hits, None, 0.002)
        answered = confidence >= 0.5
        quotes = tuple(
            Quote(first.text, first.highlight, ARTICLE, first.passage.paragraph, 0, 1, first.dates)
            for first in hits[:1]
            if answered
        )
        answer = Answer(question, answered=answered, confidence=confidence, quotes=quotes)
        return Response(hits, answer, 0.004)


QUESTIONS = Collection(
    "questions",
    (
        Query("fr-1", "Quand ?", "fr", {"4": 1}, contains="officialisée le 29", dates=("2025-01-29",)),
        Query("fr-2", "Où ?", "fr", {"1": 1, "2": 1}, contains="en Russie", dates=("2025-04-03",)),
        Query("en-1", "When?", "en", {"4": 1}, contains="officialisée le 29", dates=("2025-01-29",)),
        Query("en-2", "Where?", "en", {"1": 1}),
        Query("off-1", "Qui a gagné ?", "fr"),
        Query("off-2", "Who won?", "en"),
    ),
)
SCRIPT: dict[str, tuple[list[str], float | None]] = {
    "Quand ?": (["4", "1"], 0.9),
    "Où ?": (["1", "4"], 0.8),
    "When?": (["3", "4"], 0.7),
    "Where?": (["1"], 0.4),
    "Qui a gagné ?": (["5"], 0.1),
    "Who won?": (["5"], 0.6),
}
BASELINE: dict[str, tuple[list[str], float | None]] = {
    question: (["3", *ranking], None) for question, (ranking, _) in SCRIPT.items()
}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """The scripted system on the six questions."""
    return evaluate(QUESTIONS, Fake(SCRIPT))


@pytest.fixture(scope="module")
def baseline() -> Evaluation:
    """A baseline that never has the right passage first, and never stays silent."""
    return evaluate(QUESTIONS, Fake(BASELINE, name="bm25"))


def drawn(table: RenderableType, width: int = 80) -> str:
    output = StringIO()
    Console(file=output, width=width).print(table)
    return output.getvalue()


def test_figures_by_hand(evaluation: Evaluation) -> None:
    """Three of four first passages are right; one answer is refused; one nonsense question is answered."""
    values = {name: figure.value for name, figure in evaluation.figures.items()}
    assert values == pytest.approx(
        {
            "hit@1": 3 / 4,
            "hit@3": 1,
            "success@5": 1,
            "mrr@10": 3.5 / 4,
            # "Où ?" has two right passages and finds one of them, first.
            "ndcg@10": (1 + 1 / (1 + 0.6309297535714575) + 0.6309297535714575 + 1) / 4,
            "quote_in_sentence": 2 / 3,
            "quote_in_passage": 2 / 3,
            "dates_correct": 1,
            "precision": 2 / 4,
            "refused_answerable": 1 / 4,
            "answered_unanswerable": 1 / 2,
            # Right: .9 .8 .4; wrong: .7 .6 .1: seven of nine pairs in order.
            "auroc": 7 / 9,
            "coverage@90": 2 / 6,
            "coverage@95": 2 / 6,
            # A bin a question: .1 and .2 short where right and sure, .6 where right and unsure, the others
            # .1, .6 and .7 over.
            "ece": (0.1 + 0.2 + 0.6 + 0.1 + 0.6 + 0.7) / 6,
            "latency_p50_ms": 4,
            "latency_p95_ms": 4,
        }
    )


def test_each_language_has_its_figures(evaluation: Evaluation) -> None:
    """The same measures on the questions of one language."""
    assert list(evaluation.by_language) == ["en", "fr"]
    assert evaluation.by_language["fr"]["hit@1"].value == 1
    assert evaluation.by_language["en"]["hit@1"].value == 1 / 2
    assert evaluation.by_language["en"]["answered_unanswerable"].value == 1


def test_records_keep_what_was_said(evaluation: Evaluation) -> None:
    """A miss can be read in full afterwards."""
    missed = next(record for record in evaluation.records if record.query.id == "en-1")
    assert missed.ranking == (("3", 1.0), ("4", 0.5))
    assert missed.first is not None
    assert missed.first.sentence == "Autre chose."
    assert missed.first.article == ARTICLE
    assert (missed.right, missed.answered, missed.confidence) == (False, True, 0.7)


def test_a_baseline_has_no_silence_to_judge(baseline: Evaluation) -> None:
    """What it was never asked to do is absent, not zero."""
    assert baseline.figures["hit@1"].value == 0
    assert not baseline.figures.keys() & {"auroc", "coverage@90", "precision", "refused_answerable"}


def test_the_system_is_warm_before_it_is_timed() -> None:
    """The first questions are asked once beforehand, and every question once."""
    fake = Fake(SCRIPT)
    evaluate(QUESTIONS, fake)
    texts = [query.text for query in QUESTIONS.queries]
    assert fake.asked == [(text, DEPTH) for text in (*texts[:WARM_UP], *texts)]


def test_a_limit_asks_fewer_questions() -> None:
    """Two answerable and one unanswerable of the six."""
    evaluation = evaluate(QUESTIONS, Fake(SCRIPT), limit=3)
    assert [record.query.id for record in evaluation.records] == ["fr-1", "en-1", "off-1"]


def test_a_document_counts_once_at_its_best_passage() -> None:
    """Two passages of one document take one rank, or a document behind would look worse than it is."""

    class TwoPassages:
        name = "default"

        def respond(self, question: str, k: int) -> Response:
            article = Article("long", "long.txt", "")
            first, second = (
                Hit(Passage(f"long#{number}", "long", number, 0, 1, "x"), article, 2.0 - number, (0, 1))
                for number in (1, 2)
            )
            other = Hit(Passage("short#1", "short", 1, 0, 1, "y"), Article("short", "s", ""), -1.0, (0, 1))
            return Response([first, second, other], None, 0.001)

    documents = {name: Document(name, "", "x") for name in ("long", "short")}
    collection = Collection("beir", (Query("q", "?", gold={"short": 1}, answers=("Y",)),), documents)
    evaluation = evaluate(collection, TwoPassages())
    assert evaluation.records[0].ranking == (("long", 1.0), ("short", -1.0))
    assert evaluation.figures["mrr@10"].value == 1 / 2
    assert evaluation.figures["answer_in_sentence"].value == 0


@pytest.mark.parametrize("quoted", [True, False])
def test_a_document_is_found_where_a_copy_of_it_is_shown(quoted: bool) -> None:
    """Whoever reads a copy has read the document; what nobody judged takes no rank of its own."""

    class OneOfTwins:
        name = "default"

        def respond(self, question: str, k: int) -> Response:
            twins = [Article(name, f"{name}.txt", "x") for name in ("twin", "judged")]
            first, second = (Passage(f"{twin.id}#1", twin.id, 1, 0, 1, "x") for twin in twins)
            hit = Hit(first, twins[0], 1.0, (0, 1), copies=(Copy(second, twins[1]),))
            quote = Quote("x", (0, 1), twins[0], 1, 0, 1, copies=hit.copies)
            return Response([hit], Answer(question, True, 0.9, (quote,)) if quoted else None, 0.001)

    documents = {name: Document(name, "", "x") for name in ("twin", "judged", "other")}
    queries = (Query("q", "?", gold={"judged": 1}), Query("r", "!", gold={"other": 1}))
    found, lost = evaluate(Collection("beir", queries, documents), OneOfTwins()).records
    assert (found.right, found.ranking, found.values["hit@1"]) == (True, (("judged", 1.0),), 1)
    assert (lost.right, lost.ranking) == (False, (("twin", 1.0),))


def test_the_json_follows_the_contract(evaluation: Evaluation, baseline: Evaluation) -> None:
    """Collections by name; each figure with its interval; languages and baselines inside."""
    measured = json.loads(json.dumps(as_json([evaluation, baseline]), allow_nan=False))["collections"]
    assert list(measured) == ["questions"]
    collection = measured["questions"]
    assert (collection["n"], collection["n_unanswerable"], collection["system"]) == (6, 2, "default")
    for name in (
        "hit@1",
        "hit@3",
        "mrr@10",
        "ndcg@10",
        "success@5",
        "auroc",
        "coverage@90",
        "latency_p50_ms",
    ):
        assert collection[name].keys() == {"value", "low", "high"}
        assert collection[name]["low"] <= collection[name]["value"] <= collection[name]["high"]
    assert collection["by_language"]["fr"]["n"] == 3
    assert collection["by_language"]["fr"]["hit@1"]["value"] == 1
    assert collection["baselines"]["bm25"]["hit@1"]["value"] == 0


def test_the_json_draws_when_to_stay_silent(evaluation: Evaluation, baseline: Evaluation) -> None:
    """The curves of a page, as numbers, for each language too; a baseline has none."""
    measured = as_json([evaluation, baseline])["collections"]["questions"]
    # From the surest: right, right, wrong, wrong, right, wrong.
    risks = [0, 0, 1 / 3, 2 / 4, 2 / 5, 3 / 6]
    expected = [[(number + 1) / 6, risk] for number, risk in enumerate(risks)]
    assert np.array(measured["risk_coverage"]) == pytest.approx(np.array(expected))
    assert measured["reliability"][0] == {"n": 1, "confidence": 0.1, "right": 0}
    assert [point[1] for point in measured["by_language"]["fr"]["risk_coverage"]] == pytest.approx(
        [0, 0, 1 / 3]
    )
    assert not measured["baselines"]["bm25"].keys() & {"risk_coverage", "reliability"}


def test_a_long_curve_keeps_its_ends(evaluation: Evaluation) -> None:
    """A hundred points of a thousand, the last of them every question answered."""
    some = evaluation.records[0]
    records = tuple(replace(some, confidence=number / 1_000, right=number > 499) for number in range(1_000))
    curve = as_json([replace(evaluation, records=records)])["collections"]["questions"]["risk_coverage"]
    assert (len(curve), curve[0], curve[-1]) == (100, [0.001, 0.0], [1.0, 0.5])


@pytest.mark.parametrize("width", [80, 120])
def test_four_systems_side_by_side(evaluation: Evaluation, baseline: Evaluation, width: int) -> None:
    """Each value has its interval beside it, or below it where there is no room; nothing is ever cut."""
    others = [replace(baseline, system=name) for name in ("bm25", "dense", "rrf")]
    text = drawn(figures_table([evaluation, *others]), width)
    lines = text.splitlines()
    assert "questions · 6 questions, 2 without an answer" in text
    assert "In brackets: 95 % bootstrap interval" in text
    hit_1 = evaluation.figures["hit@1"]
    shown = f"[{hit_1.low:.2f}–{hit_1.high:.2f}]"
    row = next(number for number, line in enumerate(lines) if line.startswith(" hit@1 "))
    if width == 80:
        assert lines[row].split() == ["hit@1", "0.75", "0.00", "0.00", "0.00"]
        assert lines[row + 1].split() == [shown, *["[0.00–0.00]"] * 3]
    else:
        assert lines[row].split() == ["hit@1", "0.75", shown, *["0.00", "[0.00–0.00]"] * 3]
    labels = [line for line in lines if line.startswith(" unanswerable answered ")]
    assert labels[0].split()[2:] == ["0.50", *(["–"] * 3 if width == 80 else [labels[0].split()[3], *"–––"])]
    assert "latency p50, ms" in text
    assert "answer, bold" not in text
    assert "…" not in text
    assert max(map(len, lines)) <= width


def test_the_languages_table_fits_too(evaluation: Evaluation) -> None:
    """One language a row, with how many questions it has."""
    lost = evaluation.figures | {"typed_loss": Figure(-0.125, None, None)}
    every = replace(
        evaluation, figures=lost, by_language={"fr": evaluation.by_language["fr"] | lost, "en": lost}
    )
    assert drawn(languages_table(every)).count("-12.5") == 2
    assert "…" not in drawn(languages_table(every))
    text = drawn(languages_table(evaluation))
    rows = [line.split() for line in text.splitlines()]
    assert ["fr", "3", "1.00", "0.81"] in [row[:4] for row in rows]
    assert ["en", "3", "0.50", "0.82"] in [row[:4] for row in rows]
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_everything_is_printed(evaluation: Evaluation, baseline: Evaluation) -> None:
    """Figures, languages, stages and comparisons, in 80 columns."""
    timed = replace(evaluation, stages={"embedding": 1.5, "features": 0.5})
    systems = [timed, replace(baseline, system="bm25")]
    output = StringIO()
    print_report([systems], compare(systems), Console(file=output, width=80))
    text = output.getvalue()
    for said in ("questions · 6 questions", "by language", "Where a question's time goes", "default − bm25"):
        assert said in text
    assert "75%" in next(line for line in text.splitlines() if "embedding" in line)
    assert "…" not in text


def glance(collections: list[list[Evaluation]]) -> list[list[str]]:
    output = StringIO()
    print_report(collections, [], Console(file=output, width=80))
    _, _, table = output.getvalue().partition("nDCG@10 at a glance")
    return [line.split() for line in table.splitlines() if "[" in line and "bootstrap" not in line]


def test_collections_and_languages_are_seen_at_a_glance(evaluation: Evaluation, baseline: Evaluation) -> None:
    """A line each, whichever systems were measured; one system on one collection needs none."""
    bm25 = replace(baseline, system="bm25")
    rows = glance([[evaluation, bm25], [replace(evaluation, collection="piaf")]])
    assert [row[0] for row in rows] == ["questions", "en", "fr", "piaf", "en", "fr"]
    figures = [evaluation.figures, *evaluation.by_language.values()]
    assert [row[1] for row in rows] == 2 * [f"{figure['ndcg@10'].value:.2f}" for figure in figures]
    assert [row[3] for row in rows[:3]] == [
        f"{figure['ndcg@10'].value:.2f}" for figure in (bm25.figures, *bm25.by_language.values())
    ]
    assert [row[3] for row in rows[3:]] == ["–", "–", "–"]
    assert glance([[evaluation, bm25]]) == rows[:3]
    assert glance([[evaluation]]) == []


def test_a_run_file_is_in_trec_format(evaluation: Evaluation, tmp_path: Path) -> None:
    """Ranks from 1, in the order shown, with the system's name."""
    write_run(tmp_path / "run.txt", [evaluation])
    lines = (tmp_path / "run.txt").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == [
        "fr-1 Q0 4 1 1.0 default",
        "fr-1 Q0 1 2 0.5 default",
        "fr-2 Q0 1 1 1.0 default",
    ]


def test_a_run_file_cannot_hold_one_query_twice(evaluation: Evaluation, tmp_path: Path) -> None:
    """Two collections whose ids clash need a file each."""
    with pytest.raises(CollectionError, match="'fr-1' is used twice: write one run file a collection"):
        write_run(tmp_path / "run.txt", [evaluation, evaluation])


def test_a_run_file_cannot_hold_a_space(tmp_path: Path) -> None:
    """The format is separated by spaces."""
    collection = Collection("q", (Query("my id", "Quand ?", gold={"4": 1}),))
    with pytest.raises(CollectionError, match="the space in 'my id'"):
        write_run(tmp_path / "run.txt", [evaluate(collection, Fake(SCRIPT))])
    assert not (tmp_path / "run.txt").exists()


def test_an_archive_is_a_system() -> None:
    """It is asked as people ask it, and searched for the ranking."""

    class FakeArchive:
        def ask(self, question: str) -> Answer:
            return Answer(question, answered=False, confidence=0.2)

        def search(self, question: str, k: int = 10) -> list[Hit]:
            return [hit("4", 1.0)][:k]

    response = ArchiveSystem(FakeArchive()).respond("Quand ?", 5)
    assert response.answer is not None
    assert (response.answer.confidence, [found.id for found in response.hits]) == (0.2, ["art#4"])
    assert response.seconds > 0


def test_what_was_expected_can_be_read() -> None:
    """From a corpus, or from the paragraphs of the article that was asked."""
    article = Article("art", "art.txt", "Un.\n\nDeux.\n\nTrois.", title="Titre", published="2025-04")

    class OneHit:
        name = "default"

        def respond(self, question: str, k: int) -> Response:
            return Response([Hit(Passage("art#1", "art", 1, 0, 3, "Un."), article, 1.0, (0, 3))], None)

    asked = Collection("own", (Query("q", "?", gold={"3": 1}),))
    assert evaluate(asked, OneHit()).expected == {"3": Document("3", "Titre", "Trois.", "2025-04")}
    documents = {name: Document(name, "", name) for name in ("d1", "d2")}
    beir = Collection("beir", (Query("q", "?", gold={"d2": 1}),), documents)
    assert evaluate(beir, OneHit()).expected == {"d2": documents["d2"]}


def test_a_system_whose_pace_says_nothing_has_no_latency() -> None:
    """A baseline computes what its real engine would not."""

    class Untimed(Fake):
        def respond(self, question: str, k: int) -> Response:
            return Response([hit("4", 1.0)], None)

    assert not {"latency_p50_ms", "latency_p95_ms"} & evaluate(QUESTIONS, Untimed(SCRIPT)).figures.keys()


def test_no_progress_bar_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    """Output that is piped stays clean."""
    evaluate(QUESTIONS, Fake(SCRIPT))
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
