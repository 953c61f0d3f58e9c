"""The real application, driven over HTTP by a person on a loopback Bot API server."""

from __future__ import annotations

import logging

import pytest
from bot_api.archive import NOTHING, OTHER, PARAGRAPH, SENTENCE, FakeArchive
from bot_api.server import BotApi

from retrieval.present.catalogue import sentence

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_question_gets_the_passage_its_sentence_in_bold_and_its_dates(telegram: BotApi):
    asked = telegram.say("Quand la décision a-t-elle été officialisée ?")
    sent = await telegram.sent()
    assert sent.text == (
        f"29 janvier 2025\n«\u00a0{PARAGRAPH}\u00a0»\narticle d’avril 2025 · retrait.txt · §\u00a04"
    )
    assert sent.parsed.covered("bold") == ["29 janvier 2025", SENTENCE]
    assert sent.parsed.covered("date_time") == ["29 janvier 2025"]
    assert sent.parsed.covered("blockquote") == [f"«\u00a0{PARAGRAPH}\u00a0»"]
    assert sent.reply_to == asked["message_id"]


async def test_the_bot_is_seen_typing_before_it_answers_and_shows_no_link_preview(telegram: BotApi):
    telegram.say("la décision")
    await telegram.sent()
    names = [name for name, _ in telegram.calls]
    assert names.index("sendChatAction") < names.index("sendMessage")
    assert telegram.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_the_button_pages_through_the_passages_and_comes_back_to_the_first(telegram: BotApi):
    telegram.say("la décision")
    sent = await telegram.sent()
    first = sent.text
    assert [button["text"] for button in sent.buttons] == ["Autre passage\u00a0›"]
    telegram.tap(sent)
    await telegram.becomes(lambda: sent.edits == 1)
    assert OTHER in sent.text
    assert "mai 2025 · article du 3 avril 2025 · source · §\u00a01" in sent.text
    assert sent.parsed.covered("text_link") == ["source"]
    telegram.tap(sent)
    await telegram.becomes(lambda: sent.edits == 2)
    assert sent.text == first
    assert len(telegram.answers) == 2, "each tap stops the button's spinner"


async def test_a_button_tapped_twice_at_once_does_no_harm(telegram: BotApi):
    telegram.say("la décision")
    sent = await telegram.sent()
    data = sent.buttons[0]["callback_data"]
    telegram.tap_data(sent, data)
    telegram.tap_data(sent, data)
    await telegram.becomes(lambda: sent.edits == 2 and len(telegram.answers) == 2)
    assert OTHER in sent.text
    assert len(telegram.messages) == 1
    assert [answer["text"] for answer in telegram.answers.values()] == ["", ""], "no tap ends in an alert"


async def test_a_quote_alone_has_no_button(telegram: BotApi):
    telegram.say("la rencontre à Moscou ?")
    assert (await telegram.sent()).buttons == []


async def test_the_button_of_another_time_gets_one_polite_sentence(telegram: BotApi):
    telegram.say("la décision")
    sent = await telegram.sent()
    tapped = telegram.tap_data(sent, "0" * 64, language="fr")
    await telegram.becomes(lambda: tapped in telegram.answers)
    assert telegram.answers[tapped] == {"text": sentence("refusal.old_button", "fr"), "show_alert": True}
    assert sent.edits == 0


async def test_no_answer_is_said_in_the_language_of_the_question(telegram: BotApi):
    telegram.say("Who won the cup?", language="fr")
    assert (await telegram.sent()).text == NOTHING["en"]


@pytest.mark.parametrize(
    ("code", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("en", "en"), ("es", "en"), (None, "en")]
)
@pytest.mark.parametrize("command", ["start", "help"])
async def test_commands_speak_the_language_of_the_person(
    telegram: BotApi, command: str, code: str | None, language: str
):
    telegram.say(f"/{command}", language=code)
    assert (await telegram.sent()).text == sentence(f"telegram.{command}", language, help="/help").strip()


async def test_an_unknown_command_is_not_searched_for(telegram: BotApi, archive: FakeArchive):
    telegram.say("/chanson")
    assert (await telegram.sent()).text == sentence("refusal.unknown_command", "fr", help="/help")
    assert archive.asked == []


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("😀🎉 ❤️", sentence("refusal.wordless", "fr")),
        ("?!…", sentence("refusal.wordless", "fr")),
        ("x" * 4096, sentence("refusal.too_long", "fr", length=4096, limit=1000)),
    ],
)
async def test_what_cannot_be_searched_for_gets_one_sentence(
    telegram: BotApi, archive: FakeArchive, text: str, reply: str
):
    telegram.say(text)
    assert (await telegram.sent()).text == reply
    assert archive.asked == []


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "Qui ?"},
        {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
        {"location": {"longitude": 1.0, "latitude": 2.0}},
        {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}
         | {"is_animated": False, "is_video": False}},
    ],
)  # fmt: skip
async def test_what_is_not_text_gets_one_sentence(telegram: BotApi, content: dict[str, object]):
    telegram.say(None, **content)
    assert (await telegram.sent()).text == sentence("refusal.text_only", "fr")


async def test_half_an_emoji_in_a_question_is_no_obstacle(telegram: BotApi, archive: FakeArchive):
    telegram.say("la décision \ud83d ?")
    assert SENTENCE in (await telegram.sent()).text
    assert archive.asked == ["la décision ? ?"]


async def test_edited_messages_and_events_of_the_chat_are_passed_over(telegram: BotApi):
    telegram.say("la décision", update="edited_message")
    telegram.say(None, pinned_message=None, new_chat_title="Titre")
    telegram.say("la rencontre à Moscou ?")
    assert OTHER in (await telegram.sent()).text
    assert len(telegram.messages) == 1


async def test_in_a_group_only_what_is_addressed_to_the_bot_is_answered(
    telegram: BotApi, archive: FakeArchive
):
    telegram.say("la décision, on en parle ?", chat="supergroup")
    telegram.say("@someone_else la décision ?", chat="supergroup")
    telegram.say(None, chat="supergroup", voice={"file_id": "f", "file_unique_id": "u", "duration": 1})
    asked = telegram.say("Alors @Verbatim_test_bot, la décision ?", chat="supergroup")
    assert (await telegram.sent()).reply_to == asked["message_id"]
    own = {
        "message_id": 1,
        "date": 1,
        "chat": asked["chat"],
        "from": {"id": 123456, "is_bot": True, "first_name": "V"},
    }
    telegram.say("et la rencontre ?", chat="supergroup", reply_to_message=own)
    await telegram.sent(2)
    assert len(telegram.messages) == 2
    assert archive.asked == ["Alors  , la décision ?", "et la rencontre ?"]


async def test_a_failure_is_logged_and_reported_in_one_sentence(
    telegram: BotApi, caplog: pytest.LogCaptureFixture
):
    telegram.say("une panne, la décision ?")
    assert (await telegram.sent()).text == sentence("refusal.failure", "fr")
    assert "the index is on fire" in caplog.text
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    telegram.say("la décision")
    assert SENTENCE in (await telegram.sent(2)).text, "and the next question is answered"


async def test_people_asking_at_once_are_all_answered_one_question_at_a_time(
    telegram: BotApi, archive: FakeArchive
):
    for number in range(12):
        telegram.say(f"la décision {number}")
    await telegram.sent(12)
    assert len(archive.asked) == 12
