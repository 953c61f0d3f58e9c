"""A message in, a reply out, whatever carries them."""

from __future__ import annotations

import datetime as dt

import pytest
from bot_api.archive import NO_TIMELINE, NOTHING, FakeArchive, first_quote
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import LONGEST_QUESTION, LONGEST_TIMELINE, answer_question, answer_subject
from bot.replies import QuoteReply, TextReply, TimelineReply
from retrieval.present.catalogue import LANGUAGES, sentence
from retrieval.types import Answer, Timeline, Window

MARCH = Window(dt.date(2024, 3, 1), dt.date(2024, 3, 31), "in", 0, 0, "en mars 2024")


def test_an_answer_is_shown_from_its_best_quote_on():
    shown = answer_question(FakeArchive(), "  la décision ?\n", "fr")
    assert isinstance(shown, QuoteReply)
    assert shown.quote == first_quote()
    assert shown.answer.question == "la décision ?"


def test_an_answer_that_is_not_sure_is_shown_from_its_nearest_passage_on():
    shown = answer_question(FakeArchive(), "la rumeur démentie ?", "fr")
    assert isinstance(shown, QuoteReply)
    assert shown.quote == first_quote("le 29 janvier")
    assert shown.unsure


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("question", "key"),
    [("", "empty"), (" \n\u00a0", "empty"), ("😀", "wordless"), ("\u0301 … ⁉", "wordless")],
)
def test_what_holds_no_question_is_not_searched_for(question: str, key: str, language: str):
    archive = FakeArchive()
    assert answer_question(archive, question, language) == TextReply(sentence(f"refusal.{key}", language))
    assert archive.asked == []


def test_a_question_too_long_to_read_is_refused_with_both_lengths():
    archive = FakeArchive()
    refused = answer_question(archive, "é" * 10_000, "fr")
    assert refused == TextReply(sentence("refusal.too_long", "fr", length=10_000, limit=LONGEST_QUESTION))
    assert archive.asked == []
    assert isinstance(answer_question(archive, "é" * LONGEST_QUESTION, "fr"), TextReply)
    assert len(archive.asked) == 1


@pytest.mark.parametrize("question", ["من فاز؟", "谁赢了", "2025", "Quién ganó"])
def test_questions_of_any_script_are_searched_for(question: str):
    archive = FakeArchive()
    answer_question(archive, question, "en")
    assert archive.asked == [question]


@given(st.text())
def test_whatever_is_typed_gets_a_reply_and_the_archive_gets_only_text(question: str):
    archive = FakeArchive()
    assert isinstance(answer_question(archive, question, "fr"), TextReply | QuoteReply)
    "".join(archive.asked).encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_is_in_the_language_of_the_answer_and_says_how_the_time_was_understood(language: str):
    class Silent(FakeArchive):
        def ask(self, question: str) -> Answer:
            return Answer(question, False, 0.1, (), language, window=MARCH)

    other = "en" if language == "fr" else "fr"
    reply = answer_question(Silent(), "What happened in March 2024?", other)
    assert isinstance(reply, TextReply)
    understood = {"fr": "Période comprise\u00a0: en mars 2024", "en": "Period understood: in March 2024"}
    assert reply.text.splitlines() == [NOTHING[language], understood[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_timeline_is_in_the_language_of_the_person(language: str):
    reply = answer_subject(FakeArchive(), " la décision\n", language)
    assert isinstance(reply, TimelineReply)
    assert (reply.timeline.language, reply.timeline.subject) == (language, "la décision")
    assert answer_subject(FakeArchive(), "les girafes", language) == TextReply(NO_TIMELINE[language])
    assert answer_subject(FakeArchive(), " \n", language) == TextReply(sentence("timeline.empty", language))


def test_a_timeline_is_no_longer_than_a_message_holds():
    limits = []

    class Recording(FakeArchive):
        def timeline(self, subject: str, *, limit: int = 20) -> Timeline:
            limits.append(limit)
            return super().timeline(subject, limit=limit)

    answer_subject(Recording(), "la décision", "fr")
    assert limits == [LONGEST_TIMELINE]


@pytest.mark.parametrize("subject", ["x" * 2_000, "?!", "décision \ud83d"])
def test_no_subject_breaks_the_bot(subject: str):
    assert isinstance(answer_subject(FakeArchive(), subject, "fr"), TextReply | TimelineReply)
