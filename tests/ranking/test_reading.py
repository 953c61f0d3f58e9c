"""A second stage reads the first passages again: it changes their order, not the scale of their scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from fakes import ARTICLES, BY_WORDS, Preferring, archive_of
from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.ranking.confidence import CONFIDENCE_FEATURES
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.second_stage import DEPTH, reorder
from retrieval.ranking.weights import INTERCEPT, Weights

QUESTION = "Quelle ligne de tramway à Tours, et quels travaux ?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(ARTICLES, tmp_path_factory.mktemp("second_stage")) as opened:
        yield opened


def with_second_stage(archive: Archive, reranker: Preferring, weights: Weights = BY_WORDS) -> Archive:
    return archive.ranked_by(Ranker(weights, BUNDLED_SCALE, second_stage=reranker))


def confident(feature: str, weight: float) -> Weights:
    confidence = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0) | {feature: weight}
    return replace(BY_WORDS, confidence=confidence)


def test_what_the_reranker_prefers_comes_first(archive: Archive) -> None:
    before = archive.search(QUESTION)
    assert "seconde ligne" in before[0].text
    reranker = Preferring("6 novembre")
    judged = with_second_stage(archive, reranker)
    after = judged.search(QUESTION)
    answer = judged.ask(QUESTION)
    assert "6 novembre" in after[0].text == answer.quotes[0].text
    assert sorted(hit.id for hit in after) == sorted(hit.id for hit in before)
    assert [hit.score for hit in after] == [hit.score for hit in before], "scores stay on their scale"
    [(question, passages), _] = reranker.read
    assert question == QUESTION
    assert passages == [hit.text for hit in before][:DEPTH]


def test_a_slight_preference_does_not_outweigh_the_ranking(archive: Archive) -> None:
    judged = with_second_stage(archive, Preferring("6 novembre", 0.001))
    assert "seconde ligne" in judged.search(QUESTION)[0].text


def test_a_second_stage_that_weighs_nothing_changes_nothing(archive: Archive) -> None:
    judged = with_second_stage(archive, Preferring("6 novembre"), replace(BY_WORDS, second_stage=0.0))
    assert judged.search(QUESTION) == archive.search(QUESTION)


def test_confidence_is_that_of_the_passage_that_now_comes_first(archive: Archive) -> None:
    """A passage with the date that was asked for is surer than one without."""
    weights = confident("date_lacking", -3.0)
    question = "Quand les travaux de la seconde ligne de tramway à Tours ont-ils commencé ?"
    sure = {
        word: with_second_stage(archive, Preferring(word), weights).ask(question).confidence
        for word in ("seconde ligne", "6 novembre")
    }
    assert sure == pytest.approx({"seconde ligne": 1 / (1 + np.exp(3)), "6 novembre": 0.5})


def test_the_logit_of_the_first_passage_feeds_confidence(archive: Archive) -> None:
    judged = with_second_stage(archive, Preferring("6 novembre"), confident("second_stage", 0.1))
    assert judged.ask(QUESTION).confidence == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_nothing_is_read_again_where_nothing_is_found(archive: Archive) -> None:
    reranker = Preferring("a")
    judged = with_second_stage(archive, reranker)
    assert not judged.ask("???").answered
    assert not judged.ask("Le tramway ?", since="2030").answered
    assert reranker.read == []


SCORES = st.lists(st.floats(-50, 50), min_size=1, max_size=15)


@given(SCORES, st.lists(st.floats(-50, 50), min_size=1, max_size=10))
def test_only_the_first_change_places_and_the_set_of_scores_stays(
    scores: Sequence[float], logits: Sequence[float]
) -> None:
    linear = np.array(scores)
    order = np.argsort(-linear, kind="stable")
    read = np.array(logits[: len(order)])
    moved, changed, first = reorder(linear, order, read, 2.0)
    n = len(read)
    assert sorted(changed[:n]) == sorted(order[:n])
    assert (changed[n:] == order[n:]).all()
    assert (moved[changed] == linear[order]).all()
    logit_of = dict(zip(order[:n].tolist(), read.tolist(), strict=True))
    assert first == logit_of[int(changed[0])]
    blended = np.round([linear[place] + 2.0 * logit_of[int(place)] for place in changed[:n]], 6)
    assert (np.diff(blended) <= 0).all()
