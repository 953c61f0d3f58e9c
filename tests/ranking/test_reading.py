"""A reader reads the first passages: it changes their order, tells how sure to be, and finds the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest
from fakes import ARTICLES, BY_WORDS, Preferring, archive_of, ranker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.encoders.interface import Reader, Reading
from retrieval.encoders.reader.text import reader_text
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, READING_FEATURES
from retrieval.ranking.features import PASSAGE_FEATURES, Features
from retrieval.ranking.reading import DEPTH, worth_reading
from retrieval.ranking.weights import INTERCEPT, ReadingWeights, Weights

QUESTION = "Quelle ligne de tramway à Tours, et quels travaux ?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(ARTICLES, tmp_path_factory.mktemp("reading")) as opened:
        yield opened


class Scripted:
    """A reader whose readings are written down, one a passage in the order of the ranking."""

    name = "scripted"

    def __init__(self, *readings: Reading) -> None:
        self.readings = readings

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        return [*self.readings, *[Reading(0.0)] * len(passages)][: len(passages)]


def read_by(archive: Archive, reader: Reader, weights: Weights = BY_WORDS) -> Archive:
    return archive.ranked_by(ranker(weights, reader))


def fitted(reader: str = "preferring", logit: float = 1.0, confidence: Mapping[str, float] = {}) -> Weights:
    """Weights for a reader: sure from .8 on, near from .3 on."""
    weighed = dict.fromkeys((INTERCEPT, *READING_FEATURES), 0.0) | dict(confidence)
    reading = ReadingWeights(reader, logit, weighed, thresholds=((0.5, 0.3), (0.9, 0.8)), near=0.3)
    return replace(BY_WORDS, reading=reading)


def test_the_passage_that_the_reader_prefers_comes_first(archive: Archive) -> None:
    before = archive.search(QUESTION)
    assert "seconde ligne" in before[0].text
    read = read_by(archive, Preferring("6 novembre"))
    after = read.search(QUESTION)
    assert "6 novembre" in after[0].text == read.ask(QUESTION).quotes[0].text
    assert sorted(hit.id for hit in after) == sorted(hit.id for hit in before)
    assert [hit.score for hit in after] == [hit.score for hit in before], "scores stay on their scale"


def test_it_is_given_the_question_and_the_first_passages_after_their_headings(archive: Archive) -> None:
    reader = Preferring("6 novembre")
    asked = "Combien coûte le billet de train ?"
    read_by(archive, reader).search(asked)
    [(question, passages)] = reader.given
    assert question == asked
    expected = [
        reader_text(hit.article.title, hit.article.published, hit.text)[0]
        for hit in archive.search(asked)[:DEPTH]
    ]
    assert passages == expected
    assert passages[0] == "2024-12-16 | Paris-Berlin en train | Le billet coûte 59 euros en seconde classe."
    assert any(passage.count(" | ") == 1 for passage in passages), "an article without a title"


def test_a_question_is_read_with_its_misspelt_words_put_right(archive: Archive) -> None:
    reader = Preferring("6 novembre")
    read_by(archive, reader).search("Quels travaux pour le tramwey de Tours ?")
    assert reader.given[0][0] == "Quels travaux pour le tramway de Tours ?"


def test_a_slight_preference_does_not_outweigh_the_ranking(archive: Archive) -> None:
    assert "seconde ligne" in read_by(archive, Preferring("6 novembre", 0.001)).search(QUESTION)[0].text


@pytest.mark.parametrize("reader", [Scripted(), Scripted(*[Reading(7.0, None, -3.0)] * DEPTH)])
def test_a_reader_that_prefers_nothing_changes_nothing(archive: Archive, reader: Scripted) -> None:
    assert read_by(archive, reader).search(QUESTION) == archive.search(QUESTION)
    assert read_by(archive, reader).ask(QUESTION) == archive.ask(QUESTION)


LOGITS = st.lists(st.floats(-50, 50), max_size=DEPTH)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOGITS)
def test_only_the_first_change_places_and_the_set_of_scores_stays(
    archive: Archive, logits: list[float]
) -> None:
    before = archive.search(QUESTION, k=30)
    after = read_by(archive, Scripted(*map(Reading, logits))).search(QUESTION, k=30)
    assert len(before) > DEPTH
    assert [hit.id for hit in after[DEPTH:]] == [hit.id for hit in before[DEPTH:]]
    assert [hit.score for hit in after] == [hit.score for hit in before]
    place = {hit.id: at for at, hit in enumerate(before)}
    read = [*logits, *[0.0] * DEPTH]
    blended = [round(before[place[hit.id]].score + read[place[hit.id]], 6) for hit in after[:DEPTH]]
    assert blended == sorted(blended, reverse=True)


def test_without_weights_of_its_own_confidence_is_that_of_the_passage_that_now_comes_first(
    archive: Archive,
) -> None:
    """A passage with the date that was asked for is surer than one without."""
    lacking = dict.fromkeys((INTERCEPT, *CONFIDENCE_FEATURES), 0.0) | {"date_lacking": -3.0}
    weights = replace(BY_WORDS, confidence=lacking)
    question = "Quand les travaux de la seconde ligne de tramway à Tours ont-ils commencé ?"
    sure = {
        words: read_by(archive, Preferring(words), weights).ask(question).confidence
        for words in ("seconde ligne", "6 novembre")
    }
    assert sure == pytest.approx({"seconde ligne": 1 / (1 + np.exp(3)), "6 novembre": 0.5})


def test_the_weights_of_a_reader_say_how_much_it_counts(archive: Archive) -> None:
    def first(reader: Preferring, weights: Weights) -> str:
        return read_by(archive, reader, weights).search(QUESTION)[0].text

    assert "seconde ligne" in first(Preferring("6 novembre"), fitted(logit=0.0))
    assert "6 novembre" in first(Preferring("6 novembre"), fitted(logit=1.0))


@pytest.mark.parametrize(
    ("logit", "answered", "near"),
    [(-5.0, False, False), (0.0, False, True), (1.0, False, True), (5.0, True, True)],
)
def test_what_was_read_tells_a_sure_answer_from_a_near_one_and_from_none(
    archive: Archive, logit: float, answered: bool, near: bool
) -> None:
    weights = fitted("scripted", logit=0.0, confidence={"logit": 1.0})
    answer = read_by(archive, Scripted(Reading(logit)), weights).ask(QUESTION)
    assert answer.confidence == pytest.approx(1 / (1 + np.exp(-logit)))
    assert (answer.answered, bool(answer.quotes), bool(answer.nearest)) == (
        answered, answered, near and not answered,
    )  # fmt: skip
    shown = answer.quotes or answer.nearest
    assert [quote.text for quote in shown] == [hit.text for hit in archive.search(QUESTION)[: 3 * near]]
    assert len(answer.leads) == len(shown)


def test_each_of_the_nearest_passages_has_the_date_that_answers(archive: Archive) -> None:
    question = "Quand les travaux du tramway de Tours ont-ils commencé ?"
    answer = read_by(archive, Preferring("6 novembre"), fitted()).ask(question)
    assert answer.nearest
    assert not answer.answered
    assert answer.lead
    assert answer.lead.value == "2023-11-06"


def test_an_archive_that_asks_for_less_precision_is_sure_of_more(archive: Archive) -> None:
    weights = fitted("scripted", logit=0.0, confidence={"logit": 1.0})
    reader = Scripted(Reading(0.5))
    assert not read_by(archive, reader, weights).ask(QUESTION).answered
    assert archive.ranked_by(replace(ranker(weights, reader), precision=0.6)).ask(QUESTION).answered


@pytest.mark.parametrize(
    "weights", [fitted("another reader", logit=0.0, confidence={INTERCEPT: -9.0}), BY_WORDS]
)
def test_weights_fitted_for_another_reader_are_not_those_of_this_one(
    archive: Archive, weights: Weights
) -> None:
    answer = read_by(archive, Preferring("6 novembre"), weights).ask(QUESTION)
    assert "6 novembre" in answer.quotes[0].text
    assert answer.confidence == 0.5


def test_without_a_reader_the_weights_of_one_change_nothing(archive: Archive) -> None:
    weights = fitted("preferring", logit=0.0, confidence={INTERCEPT: -9.0})
    assert archive.ranked_by(ranker(weights)).ask(QUESTION) == archive.ask(QUESTION)


def test_the_words_that_were_found_are_told_and_the_sentence_they_stand_in_is_the_best(
    archive: Archive,
) -> None:
    silent = "rames silencieuses"
    before = read_by(archive, Preferring("6 novembre")).ask(QUESTION).quotes[0]
    assert before.answer is None
    assert before.sentence == "Les travaux ont commencé le 6 novembre."
    read = read_by(archive, Preferring(silent, spans=True))
    quote = read.ask(QUESTION).quotes[0]
    assert quote.answer
    assert [hit.answer for hit in read.search(QUESTION, 2)] == [quote.answer, None]
    start, end = quote.answer
    assert quote.text[start:end] == silent
    assert quote.sentence == "La mairie promet des rames silencieuses."
    assert quote.highlight[0] <= start < end <= quote.highlight[1]


def test_words_over_the_end_of_a_sentence_are_in_the_best_one_all_the_same(archive: Archive) -> None:
    words = "6 novembre. La mairie"
    quote = read_by(archive, Preferring(words, spans=True)).ask(QUESTION).quotes[0]
    assert quote.sentence == f"Les travaux ont commencé le {words}"


def test_the_words_of_a_passage_after_a_title_are_counted_in_the_passage(archive: Archive) -> None:
    question = "Le train de Paris à Berlin coûte combien ?"
    quote = read_by(archive, Preferring("59 euros", spans=True)).ask(question).quotes[0]
    assert quote.article.title == "Paris-Berlin en train"
    assert quote.answer
    assert quote.text[slice(*quote.answer)] == "59 euros"


@pytest.mark.parametrize("words", ["Berlin en train", "train | Un train direct"])
def test_words_found_in_a_title_are_no_words_of_the_passage(archive: Archive, words: str) -> None:
    question = "Un train direct de Paris à Berlin ?"
    quote = read_by(archive, Preferring(words, spans=True)).ask(question).quotes[0]
    assert quote.article.title == "Paris-Berlin en train"
    assert quote.answer is None
    assert 0 <= quote.highlight[0] < quote.highlight[1] <= len(quote.text)


@pytest.mark.parametrize("score", [0.0, -2.0])
def test_words_that_are_no_likelier_than_no_answer_are_not_told(archive: Archive, score: float) -> None:
    reader = Preferring("rames silencieuses", spans=True, span_score=score)
    quote = read_by(archive, reader).ask(QUESTION).quotes[0]
    assert "rames silencieuses" in quote.text
    assert quote.answer is None


def test_nothing_is_read_where_nothing_is_found(archive: Archive) -> None:
    reader = Preferring("a")
    read = read_by(archive, reader)
    assert not read.ask("???").answered
    assert not read.ask("Le tramway ?", since="2030").answered
    assert reader.given == []


@pytest.mark.parametrize(
    ("shared", "worth"),
    [
        ({}, False),
        ({"soft_coverage": 0.05, "sentence_cosine": 0.12}, False),
        ({"coverage": 0.3}, True),
        ({"soft_coverage": 0.2}, True),
        ({"sentence_cosine": 0.2}, True),
        ({"passage_cosine": 0.2}, True),
    ],
)
def test_what_is_found_is_read_where_it_shares_words_or_meaning_with_the_question(
    shared: dict[str, float], worth: bool
) -> None:
    none = dict.fromkeys(PASSAGE_FEATURES, 0.0)
    rows = np.array([list(none.values()), list((none | shared).values())])
    features = Features(
        rows, np.empty((0, 0)), np.zeros(3, np.int64), np.empty((2, 0), bool), np.empty((2, 2))
    )
    assert worth_reading(features) is worth


def test_nothing_is_read_that_shares_nothing_with_the_question(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ranking.ranker.worth_reading", lambda _: False)
    reader = Preferring("6 novembre")
    assert read_by(archive, reader).search(QUESTION) == archive.search(QUESTION)
    assert reader.given == []


def test_a_question_is_read_the_same_with_either_apostrophe(archive: Archive) -> None:
    reader = Preferring("6 novembre")
    for asked in ("Quelle est l'heure du tramway ?", "Quelle est l’heure du tramway ?"):
        read_by(archive, reader).search(asked)
    assert reader.given[0][0] == reader.given[1][0]
