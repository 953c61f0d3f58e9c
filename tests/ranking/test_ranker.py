"""The ranking of an archive: an order that never changes, the best sentence, how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import ARTICLES, BY_WORDS, archive_of, ranker, sources, weighing

from retrieval.archive import Archive
from retrieval.ranking.bundled import bundled_weights
from retrieval.ranking.confidence import CONFIDENCE_FEATURES
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.ranker import CANDIDATES
from retrieval.ranking.weights import INTERCEPT
from retrieval.types import PRECISION

Build = Callable[[dict[str, str]], Archive]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return lambda texts: archive_of(texts, tmp_path)


def test_the_best_sentence_is_the_one_that_answers(build: Build) -> None:
    text = "Le vent souffle fort. Le phare d’Ouessant ferme en mai. Le phare rouvre. La mer monte."
    archive = build({"1.txt": text})
    for words, sentence in [
        ("phare Ouessant", "Le phare d’Ouessant ferme en mai."),
        ("la mer", "La mer monte."),
        ("phare", "Le phare d’Ouessant ferme en mai."),  # of two that do, the first
        ("rouvrir le phare", "Le phare rouvre."),
    ]:
        (hit,) = archive.search(words)
        assert hit.sentence == sentence


def test_the_best_sentence_of_every_passage_is_its_own(build: Build) -> None:
    archive = build(
        {"1.txt": "Un. Deux phare. Trois.", "2.txt": "Quatre.", "3.txt": "Cinq. Six. Sept phare."}
    )
    chosen = {hit.article.source: hit.sentence for hit in archive.search("phare")}
    assert chosen == {"1.txt": "Deux phare.", "2.txt": "Quatre.", "3.txt": "Sept phare."}


def test_equal_passages_are_in_the_order_of_their_ids(build: Build) -> None:
    archive = build({f"{n:02}.txt": f"Le phare ferme {n:02} jours." for n in range(30)})
    ranking = archive.rank("phare")
    assert ranking.ids.tolist() == archive.index.ids().tolist()
    assert len(set(ranking.scores.tolist())) == 1


@pytest.mark.parametrize("question", ["phare", "le vent souffle sur le phare", "Who keeps the lighthouse?"])
def test_the_same_question_is_ranked_the_same_every_time(question: str, build: Build) -> None:
    texts = {f"{n:02}.txt": f"Le phare {n % 7} ferme. Le vent {n % 3} souffle." for n in range(60)}
    archive = build(texts).ranked_by(ranker(bundled_weights()))
    first = archive.rank(question)
    for _ in range(3):
        again = archive.rank(question)
        assert again.ids.tolist() == first.ids.tolist()
        assert again.scores.tolist() == first.scores.tolist()
        assert again.confidence == first.confidence


def test_the_weight_of_a_feature_moves_the_ranking_as_it_should(build: Build) -> None:
    archive = build({"1.txt": "phare " + "vent " * 50, "2.txt": "phare"})
    for weights, first in [
        ({"bm25": 1.0}, "2.txt"),
        ({"log_length": 1.0}, "1.txt"),
        ({"log_length": -1.0}, "2.txt"),
    ]:
        ranked = archive.ranked_by(ranker(weighing(weights, {})))
        assert sources(ranked.search("phare"))[0] == first


def test_passages_in_another_language_are_weighed_apart(build: Build) -> None:
    archive = build(
        {
            "1.txt": "Le gardien du phare ferme la porte et rentre chez lui pour la nuit.",
            "2.txt": "The keeper of the lighthouse closes the door and goes home for the night.",
        }
    )
    against = {name: -100.0 * (name == "log_length") for name in PASSAGE_FEATURES}
    weights = replace(weighing({"log_length": 1.0}, {}), passage_foreign=against)
    ranked = archive.ranked_by(ranker(weights))
    assert sources(ranked.search("Qui ferme la porte du phare pour la nuit ?"))[0] == "1.txt"
    assert sources(ranked.search("Who closes the door of the lighthouse at night?"))[0] == "2.txt"


def test_a_dispatch_that_everybody_printed_does_not_hide_what_else_is_told(build: Build) -> None:
    dispatch = "Le gardien du phare a démissionné lundi, et le gardien du phare ne dit pas pourquoi."
    texts = {f"{n:03}.txt": dispatch for n in range(2 * CANDIDATES)}
    longer = " ".join(f"La digue numéro {n} tient bon sous les vagues de la nuit." for n in range(9))
    archive = build({**texts, "z.txt": f"{longer} Le phare a perdu son gardien."})
    found = archive.search("gardien phare")
    assert len(found) == 2
    assert "z.txt" in sources(found)


def confident(feature: str, weight: float, threshold: float = 0.4) -> dict[str, object]:
    """Fields of weights whose confidence is read from one feature of the ranking alone."""
    confidence = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0) | {feature: weight}
    return {"confidence": confidence, "thresholds": ((PRECISION, threshold),)}


def test_two_paragraphs_of_an_article_are_no_rivals_and_two_articles_are(tmp_path: Path) -> None:
    weights = replace(BY_WORDS, **confident("gap", 1.0))  # type: ignore[arg-type]
    text = "Le phare ferme lundi."
    one = archive_of(ARTICLES | {"1.txt": f"{text}\n\nLe phare rouvre jeudi."}, tmp_path / "1", None, weights)
    two = archive_of(
        ARTICLES | {"1.txt": text, "2.txt": "Le phare rouvre jeudi."}, tmp_path / "2", None, weights
    )
    assert one.ask("phare").confidence > 0.9
    assert two.ask("phare").confidence == pytest.approx(0.5)


def test_in_an_archive_of_one_article_each_paragraph_is_a_rival(tmp_path: Path) -> None:
    weights = replace(BY_WORDS, **confident("gap", 1.0))  # type: ignore[arg-type]
    text = "Le phare ferme lundi.\n\nLe phare rouvre jeudi."
    assert archive_of({"1.txt": text}, tmp_path, None, weights).ask("phare").confidence == pytest.approx(0.5)


def test_nothing_found_is_no_confidence(build: Build) -> None:
    ranking = build({"1.txt": "Le phare."}).rank("!?")
    assert (len(ranking.ids), ranking.confidence, ranking.answered) == (0, 0.0, False)
