"""The timeline commands of the real application, and the picture that can follow."""

from __future__ import annotations

import pytest
from bot_api.archive import NO_TIMELINE, OTHER, SENTENCE
from bot_api.server import BotApi

from retrieval.present.catalogue import LANGUAGES, sentence

pytestmark = pytest.mark.usefixtures("bot")

TIMELINE = (
    "Chronologie\u00a0: la décision\n\n"
    f"29 janvier 2025\n«\u00a0{SENTENCE}\u00a0»\narticle d’avril 2025 · §\u00a04\n\n"
    f"mai 2025\n«\u00a0{OTHER}\u00a0»\nUne rencontre <à> Moscou · §\u00a01"
)


@pytest.mark.parametrize("command", ["/chronologie", "/timeline", "/timeline@verbatim_test_bot"])
async def test_a_timeline_is_in_order_of_date(telegram: BotApi, command: str):
    asked = telegram.say(f"{command} la décision")
    sent = await telegram.sent()
    assert sent.text == TIMELINE
    assert sent.parsed.covered("date_time") == ["29 janvier 2025"]
    assert sent.parsed.covered("underline") == ["le 29 janvier", "mai 2025"]
    assert sent.reply_to == asked["message_id"]


async def test_the_picture_of_a_timeline_is_sent_when_it_is_asked_for(telegram: BotApi):
    telegram.say("/chronologie la décision")
    timeline = await telegram.sent()
    assert [button["text"] for button in timeline.buttons] == ["Image"]
    telegram.tap(timeline)
    await telegram.becomes(lambda: telegram.photos)
    assert [photo.name for photo in telegram.photos] == ["chronologie.png"]
    [sent] = telegram.called("sendPhoto")
    assert sent["caption"] == "Chronologie\u00a0: la décision"
    assert sent["reply_parameters"]["message_id"] == timeline.id
    assert {"upload_photo"} <= {call["action"] for call in telegram.called("sendChatAction")}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_command_without_a_subject_and_a_subject_not_found_get_one_sentence_each(
    telegram: BotApi, language: str
):
    telegram.say("/timeline", language=language)
    telegram.say("/timeline les girafes", language=language)
    await telegram.sent(2)
    assert {sent.text for sent in telegram.messages} == {
        sentence("timeline.empty", language),
        NO_TIMELINE[language],
    }
    assert not any(sent.buttons for sent in telegram.messages)
