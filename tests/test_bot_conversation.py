"""A question in, a reply out, whoever draws it."""

from __future__ import annotations

import pytest
from bot_api.archive import FakeArchive, first_quote, other_quote
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import LONGEST_QUESTION, Said, Shown, reply
from bot.locales import say
from retrieval.types import Answer


def test_an_answer_is_shown_from_its_best_quote_on():
    shown = reply(FakeArchive(), "  la décision ?\n", "fr")
    assert isinstance(shown, Shown)
    assert shown.quote == first_quote()
    assert shown.answer.question == "la décision ?"


def test_the_quotes_of_an_answer_follow_each_other_and_come_back_to_the_first():
    shown = Shown(Answer("?", True, 0.9, (first_quote(), other_quote())))
    assert shown.another is not None
    assert shown.another.quote == other_quote()
    assert shown.another.another == shown
    assert Shown(Answer("?", True, 0.9, (first_quote(),))).another is None


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("question", "key"),
    [("", "empty"), (" \n\u00a0", "empty"), ("😀", "wordless"), ("\u0301 … ⁉", "wordless")],
)
def test_what_holds_no_question_is_not_searched_for(question: str, key: str, language: str):
    archive = FakeArchive()
    assert reply(archive, question, language) == Said(say(key, language))
    assert archive.asked == []


def test_a_question_too_long_to_read_is_told_so_with_both_lengths():
    archive = FakeArchive()
    told = reply(archive, "é" * 10_000, "fr")
    assert told == Said(say("too_long", "fr", length=10_000, limit=LONGEST_QUESTION))
    assert archive.asked == []
    assert isinstance(reply(archive, "é" * LONGEST_QUESTION, "fr"), Said)
    assert len(archive.asked) == 1


@pytest.mark.parametrize("question", ["من فاز؟", "谁赢了", "2025", "Quién ganó"])
def test_questions_of_any_script_are_searched_for(question: str):
    archive = FakeArchive()
    reply(archive, question, "en")
    assert archive.asked == [question]


@given(st.text())
def test_whatever_is_typed_gets_a_reply_and_the_archive_gets_only_text(question: str):
    archive = FakeArchive()
    assert isinstance(reply(archive, question, "fr"), Said | Shown)
    "".join(archive.asked).encode()
