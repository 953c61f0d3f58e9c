"""What a reply holds for those who draw it."""

from __future__ import annotations

import datetime as dt

from bot_api.archive import OTHER_UNSURE, UNSURE, first_quote, other_quote

from bot.replies import QuoteReply
from retrieval.types import Answer, Correction, Window

BOTH = (first_quote(), other_quote())


def test_the_quotes_of_an_answer_follow_each_other_and_come_back_to_the_first():
    shown = QuoteReply(Answer("?", True, 0.9, (first_quote(), other_quote())))
    assert shown.another is not None
    assert shown.another.quote == other_quote()
    assert shown.another.another == shown
    assert QuoteReply(Answer("?", True, 0.9, (first_quote(),))).another is None


def test_each_quote_is_led_by_its_own_date():
    leads = (first_quote().dates[0], None)
    shown = QuoteReply(Answer("Quand ?", True, 0.9, BOTH, "fr", leads))
    assert shown.lead == leads[0]
    assert shown.another is not None
    assert shown.another.lead is None
    assert QuoteReply(Answer("?", True, 0.9, BOTH)).lead is None


def test_the_nearest_passages_follow_each_other_and_each_says_that_it_is_not_sure():
    leads = (first_quote().dates[0], None)
    near = QuoteReply(Answer("Quand ?", False, 0.6, (), "fr", leads, nearest=BOTH))
    assert (near.quote, near.lead, near.unsure) == (first_quote(), leads[0], UNSURE["fr"])
    assert near.another is not None
    assert (near.another.quote, near.another.lead) == (other_quote(), None)
    assert near.another.unsure == OTHER_UNSURE["fr"]
    assert near.another.another == near
    assert QuoteReply(Answer("?", False, 0.6, nearest=BOTH[:1])).another is None
    assert QuoteReply(Answer("?", True, 0.9, BOTH)).unsure == ""


def test_a_note_says_how_the_question_was_understood():
    answer = Answer(
        "Niamy en mars 2024", True, 0.9, BOTH, "fr",
        window=Window(dt.date(2024, 3, 1), dt.date(2024, 3, 31), "in", 6, 18, "en mars 2024"),
        corrections=(Correction(0, 5, "Niamy", "Niamey"),),
    )  # fmt: skip
    assert QuoteReply(answer).note.splitlines() == [
        "Mot compris\u00a0: Niamy → Niamey",
        "Période comprise\u00a0: en mars 2024",
    ]
    assert QuoteReply(Answer("?", True, 0.9, BOTH)).note == ""
