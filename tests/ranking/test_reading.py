"""The second stage: a reader changes the order of the first passages, and how sure the first is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from fakes import ARTICLES, BY_WORDS, Preferring, archive_of, in_its_file

from retrieval.archive import Archive
from retrieval.encoders.reader.reading import reader_text
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, READING_FEATURES
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.reading import DEPTH
from retrieval.ranking.weights import INTERCEPT, ReadingWeights, Weights
from retrieval.types import PRECISION

QUESTION = "Quelle ligne de tramway à Tours, et quels travaux ?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(ARTICLES, tmp_path_factory.mktemp("reading")) as opened:
        yield opened


def read_by(archive: Archive, reader: Preferring, weights: Weights = BY_WORDS) -> Archive:
    return archive.ranked_by(Ranker(weights, BUNDLED_SCALE, reader=reader))


def fitted(logit: float = 1.0, threshold: float = 0.4, **confidence: float) -> Weights:
    """Weights fitted for the reader, whose confidence is read from some features alone."""
    reading = ReadingWeights(
        reader=Preferring.name,
        logit=logit,
        span=0.0,
        confidence=dict.fromkeys((INTERCEPT, *READING_FEATURES), 0.0) | confidence,
        thresholds=((0.5, threshold / 2), (PRECISION, threshold)),
    )
    return replace(BY_WORDS, reading=reading)


def test_what_the_reader_prefers_comes_first(archive: Archive) -> None:
    before = archive.search(QUESTION)
    assert "seconde ligne" in before[0].text
    reader = Preferring("6 novembre")
    judged = read_by(archive, reader)
    after = judged.search(QUESTION)
    answer = judged.ask(QUESTION)
    assert "6 novembre" in after[0].text == answer.quotes[0].text
    assert sorted(hit.id for hit in after) == sorted(hit.id for hit in before)
    assert [hit.score for hit in after] == [hit.score for hit in before], "scores stay on their scale"
    [(question, passages), _] = reader.given
    assert question == QUESTION
    assert passages == [reader_text(hit.article.title, hit.text)[0] for hit in before][:DEPTH]


def test_the_words_that_answer_are_shown_in_their_sentence(archive: Archive) -> None:
    """They are offsets into the passage, whatever was read before it, such as a title."""
    for word, question in (
        ("6 novembre", QUESTION),
        ("gratuite", "Le musée des tapisseries est-il gratuit ?"),
    ):
        quote = read_by(archive, Preferring(word)).ask(question).quotes[0]
        assert quote.answer is not None
        start, end = quote.answer
        assert quote.text[start:end] == word
        assert quote.highlight[0] <= start < end <= quote.highlight[1]


def test_words_of_a_title_are_no_answer_in_a_passage(archive: Archive) -> None:
    quote = (
        read_by(archive, Preferring("Le musée rouvre"))
        .ask("Le musée des tapisseries rouvre-t-il ?")
        .quotes[0]
    )
    assert quote.article.title == "Le musée rouvre"
    assert quote.answer is None


def test_a_slight_preference_does_not_outweigh_the_ranking(archive: Archive) -> None:
    judged = read_by(archive, Preferring("6 novembre", 0.001))
    assert "seconde ligne" in judged.search(QUESTION)[0].text


def test_a_reader_that_weighs_nothing_changes_no_order(archive: Archive) -> None:
    judged = read_by(archive, Preferring("6 novembre"), fitted(logit=0.0))
    assert [hit.id for hit in judged.search(QUESTION)] == [hit.id for hit in archive.search(QUESTION)]


def test_without_weights_of_its_own_confidence_is_that_of_the_passage_that_comes_first(
    archive: Archive,
) -> None:
    """A passage with the date that was asked for is surer than one without."""
    linear = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0) | {"date_lacking": -3.0}
    weights = replace(BY_WORDS, confidence=linear)
    question = "Quand les travaux de la seconde ligne de tramway à Tours ont-ils commencé ?"
    sure = {
        word: read_by(archive, Preferring(word), weights).ask(question).confidence
        for word in ("seconde ligne", "6 novembre")
    }
    assert sure == pytest.approx({"seconde ligne": 1 / (1 + np.exp(3)), "6 novembre": 0.5})


def test_with_weights_of_its_own_the_reader_feeds_confidence(archive: Archive) -> None:
    judged = read_by(archive, Preferring("6 novembre"), fitted(logit=1.0))
    assert judged.ask(QUESTION).confidence == pytest.approx(0.5)
    sure = read_by(archive, Preferring("6 novembre"), replace_confidence(fitted(), "logit", 0.1))
    assert sure.ask(QUESTION).confidence == pytest.approx(1 / (1 + np.exp(-2.0)))


def replace_confidence(weights: Weights, feature: str, weight: float) -> Weights:
    assert weights.reading
    confidence = {**weights.reading.confidence, feature: weight}
    return replace(weights, reading=replace(weights.reading, confidence=confidence))


def test_weights_fitted_for_another_reader_are_left_alone(archive: Archive) -> None:
    weights = replace_confidence(fitted(), "logit", 0.1)
    assert weights.reading
    weights = replace(weights, reading=replace(weights.reading, reader="autre"))
    assert read_by(archive, Preferring("6 novembre"), weights).ask(QUESTION).confidence == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("threshold", "quotes", "nearest"), [(0.4, True, False), (0.9, False, True), (1.2, False, False)]
)
def test_below_the_threshold_what_may_still_help_is_shown_as_nearest(
    archive: Archive, threshold: float, quotes: bool, nearest: bool
) -> None:
    answer = read_by(archive, Preferring("6 novembre"), fitted(threshold=threshold)).ask(QUESTION)
    assert (answer.answered, bool(answer.quotes), bool(answer.nearest)) == (quotes, quotes, nearest)
    for quote in answer.nearest:
        assert in_its_file(quote)


def test_nothing_is_read_where_nothing_is_found(archive: Archive) -> None:
    reader = Preferring("a")
    judged = read_by(archive, reader)
    assert not judged.ask("???").answered
    assert not judged.ask("Le tramway ?", since="2030").answered
    assert reader.given == []
