"""The time a question asks about, and what tells which passages of an archive are of it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from retrieval.dates import window
from retrieval.index.interface import PublicationDays
from retrieval.question.time import read_time, settled_by, without_window

TODAY = dt.date(2025, 5, 14)


def published(*days: str) -> PublicationDays:
    ordinals = np.array([dt.date.fromisoformat(day).toordinal() for day in days], dtype=np.int64)
    return PublicationDays(ordinals, ordinals, np.ones(len(days), dtype=np.int64))


ARCHIVE = published("2016-05-01", "2017-03-12", "2018-11-30")


@pytest.mark.parametrize(
    ("question", "settled"),
    [
        ("le budget en mars 2017", "publication"),
        ("le budget depuis 2018", "publication"),
        ("the budget before 2017", "publication"),
        ("la bataille de Kirina en 1235", "text"),
        ("le budget en mai 2025", "text"),
        ("le budget depuis dix ans", "nothing"),  # the whole archive
        ("Présidentielle 2017", "nothing"),  # a year in a name
        ("budget 2016-2017", "nothing"),
    ],
)
def test_what_settles_a_time_depends_on_the_archive(question: str, settled: str) -> None:
    time = read_time(question, "fr", TODAY, ARCHIVE)
    assert time is not None
    assert time.window is not None
    assert time.settled_by == settled


def test_in_an_archive_without_dates_only_texts_settle_a_time() -> None:
    assert settled_by(window("en mars 2017", TODAY), published()) == "text"
    assert settled_by(None, ARCHIVE) == "nothing"


def test_an_article_published_in_a_month_or_a_year_is_inside_where_they_meet() -> None:
    spans = np.array([[2017, 1, 1], [2015, 1, 1]]), np.array([[2017, 12, 31], [2015, 12, 31]])
    low, high = (np.array([dt.date(*day).toordinal() for day in days]) for days in spans)
    years = PublicationDays(low, high, np.ones(2, dtype=np.int64))
    assert settled_by(window("le budget en mars 2017", TODAY), years) == "publication"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quoi de neuf sur le festival ?", "fr"),
        ("Que sait-on de nouveau sur le jazz à Ségou ?", "fr"),
        ("le dernier festival de jazz", "fr"),
        ("récemment, le jazz", "fr"),
        ("latest on the jazz festival", "en"),
        ("What’s new in Mali?", "en"),
        ("最近のマリ", "ja"),
    ],
)
def test_a_question_may_ask_for_what_is_new(question: str, language: str) -> None:
    time = read_time(question, language, TODAY, ARCHIVE)
    assert time is not None
    assert time.recent


@pytest.mark.parametrize("question", ["Il a chanté de nouveau à Ségou", "lundi dernier", "a new bridge"])
def test_again_and_dates_are_no_call_for_what_is_new(question: str) -> None:
    time = read_time(question, "fr", TODAY, ARCHIVE)
    assert time is None or not time.recent


@pytest.mark.parametrize("question", ["la route de Mopti", "résolution 2773", ""])
def test_a_question_that_tells_no_time_has_none(question: str) -> None:
    assert read_time(question, "fr", TODAY, ARCHIVE) is None


def test_a_question_without_its_words_of_time() -> None:
    text = "le budget en mars 2017 de Gao"
    assert without_window(text, window(text, TODAY)).split() == ["le", "budget", "de", "Gao"]
    assert without_window(text, None) == text
