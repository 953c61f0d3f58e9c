"""Asking a system a whole collection, and what is recorded of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation.scripted import ARTICLE, QUESTIONS, SCRIPT, Saying, Scripted, copied, hit, passage, quoted

from retrieval.evaluation import Collection, CorpusDocument, Evaluation, Query, Response, evaluate
from retrieval.evaluation.evaluator import DEPTH, WARM_UP
from retrieval.types import Answer, Article, Hit


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
            "shown_precision": 2 / 4,
            "nothing_answerable": 1 / 4,
            "shown_unanswerable": 1 / 2,
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
    languages = evaluation.parts["language"]
    assert list(languages) == ["en", "fr"]
    assert languages["fr"].figures["hit@1"].value == 1
    assert languages["en"].figures["hit@1"].value == 1 / 2
    assert languages["en"].figures["answered_unanswerable"].value == 1


def test_each_kind_has_its_figures(evaluation: Evaluation) -> None:
    """The most asked first; a question whose kind is not known is in no part."""
    kinds = evaluation.parts["kind"]
    assert {kind: [one.query.id for one in part.records] for kind, part in kinds.items()} == {
        "when": ["fr-1", "en-1"],
        "where": ["fr-2", "en-2"],
        "who": ["off-1"],
    }
    assert [kinds[kind].figures["hit@1"].value for kind in ("when", "where")] == [1 / 2, 1]
    assert kinds["who"].figures["answered_unanswerable"].value == 0


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
    system = Scripted(SCRIPT)
    evaluate(QUESTIONS, system)
    texts = [query.text for query in QUESTIONS.queries]
    assert system.asked == [(text, DEPTH) for text in (*texts[:WARM_UP], *texts)]


def test_a_limit_asks_fewer_questions() -> None:
    """Two answerable and one unanswerable of the six."""
    evaluation = evaluate(QUESTIONS, Scripted(SCRIPT), limit=3)
    assert [record.query.id for record in evaluation.records] == ["fr-1", "en-1", "off-1"]


def test_a_document_counts_once_at_its_best_passage() -> None:
    """Two passages of one document take one rank, or a document behind would look worse than it is."""
    long, short = Article("long", "long.txt", ""), Article("short", "short.txt", "")
    hits = [
        Hit(passage(1, article=long), long, (0, 1), score=1.0),
        Hit(passage(2, article=long), long, (0, 1), score=0.0),
        Hit(passage(1, "y", short), short, (0, 1), score=-1.0),
    ]
    documents = {name: CorpusDocument(name, "", "x") for name in ("long", "short")}
    collection = Collection("beir", (Query("q", "?", gold={"short": 1}, answers=("Y",)),), documents)
    evaluation = evaluate(collection, Saying(Response(hits, None, 0.001)))
    assert evaluation.records[0].ranking == (("long", 1.0), ("short", -1.0))
    assert evaluation.figures["mrr@10"].value == 1 / 2
    assert evaluation.figures["answer_in_sentence"].value == 0


@pytest.mark.parametrize("answered", [True, False])
def test_a_document_is_found_where_a_copy_of_it_is_shown(answered: bool) -> None:
    """Whoever reads a copy has read the document; what nobody judged takes no rank of its own."""
    twin, judged = (
        Hit(passage(1, article=article), article, (0, 1), score=1.0)
        for article in (Article("twin", "twin.txt", "x"), Article("judged", "judged.txt", "x"))
    )
    shown = replace(copied(twin, judged), score=1.0)
    answer = Answer("?", True, 0.9, (quoted(shown),)) if answered else None
    documents = {name: CorpusDocument(name, "", "x") for name in ("twin", "judged", "other")}
    queries = (Query("q", "?", gold={"judged": 1}), Query("r", "!", gold={"other": 1}))
    found, lost = evaluate(
        Collection("beir", queries, documents), Saying(Response([shown], answer, 0.001))
    ).records
    assert (found.right, found.ranking, found.values["hit@1"]) == (True, (("judged", 1.0),), 1)
    assert (lost.right, lost.ranking) == (False, (("twin", 1.0),))


def test_only_a_system_that_marks_words_is_judged_by_them() -> None:
    """Marks of one passage are enough; a question whose passage has none counts as none right."""
    queries = (
        Query("q", "Quand ?", gold={"4": 1}, answers=("le 29 janvier",)),
        Query("r", "Où ?", gold={"1": 1}, answers=("en Russie",)),
        Query("wrong", "When?", gold={"4": 1}, answers=("le 29 janvier",)),
    )
    marked = {"answer_overlap", "answer_f1"}
    unmarked = evaluate(Collection("own", queries), Scripted(SCRIPT))
    assert not marked & unmarked.figures.keys()
    evaluation = evaluate(Collection("own", queries), Scripted(SCRIPT, marked={4: "29 janvier"}))
    assert [record.values.get("answer_f1") for record in evaluation.records] == [4 / 5, 0, None]
    assert {name: evaluation.figures[name].value for name in marked} == pytest.approx(
        {"answer_overlap": 1 / 2, "answer_f1": 2 / 5}
    )


def test_what_was_expected_can_be_read() -> None:
    """From a corpus, or from the paragraphs of the article that was asked."""
    article = Article("art", "art.txt", "Un.\n\nDeux.\n\nTrois.", title="Titre", published="2025-04")
    system = Saying(Response([Hit(passage(1, "Un."), article, (0, 3))], None))
    asked = Collection("own", (Query("q", "?", gold={"3": 1}),))
    assert evaluate(asked, system).expected == {"3": CorpusDocument("3", "Titre", "Trois.", "2025-04")}
    documents = {name: CorpusDocument(name, "", name) for name in ("d1", "d2")}
    beir = Collection("beir", (Query("q", "?", gold={"d2": 1}),), documents)
    assert evaluate(beir, system).expected == {"d2": documents["d2"]}


def test_a_system_that_is_not_timed_has_no_latency() -> None:
    """A baseline computes what its real engine would not."""
    untimed = evaluate(QUESTIONS, Saying(Response([hit(4)], None)))
    assert not {"latency_p50_ms", "latency_p95_ms"} & untimed.figures.keys()


def test_no_progress_bar_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    """Output that is piped stays clean."""
    evaluate(QUESTIONS, Scripted(SCRIPT))
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
