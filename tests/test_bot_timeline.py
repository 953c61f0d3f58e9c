"""A story date by date, in Telegram and in a terminal."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
from bot_api.archive import OTHER, SENTENCE, FakeArchive, first_quote, mention, quote
from bot_api.markup import parse
from bot_api.server import TOKEN, BotApi, Message
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from rich.console import Console

from bot import app
from bot.citation import Told
from bot.terminal.console import answer_lines, draw
from bot.conversation import FACTS, Chronicle, Said, Shown, reply, tell
from bot.locales import LANGUAGES, say
from bot.telegram.render import LONGEST_MESSAGE, html, time_html
from bot.settings import Settings
from retrieval.timeline import Entry, Timeline
from retrieval.types import Answer, Window

STORY = (
    "Chronologie\u00a0: la décision\n\n"
    f"29 janvier 2025\n«\u00a0{SENTENCE}\u00a0»\narticle d’avril 2025 · retrait.txt · §\u00a04\n\n"
    f"mai 2025\n«\u00a0{OTHER}\u00a0»\narticle du 3 avril 2025 · source · §\u00a01"
)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server
        assert server.refusals == []


@pytest.fixture
async def bot(telegram: BotApi) -> AsyncIterator[None]:
    settings = Settings(
        _env_file=None,
        telegram_bot_token=SecretStr(TOKEN),
        telegram_base_url=telegram.url,
        bot_language="en",
    )
    application = app.build(settings, FakeArchive())
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=app.UPDATES)
        yield
        await application.updater.stop()
        await application.stop()


async def message(telegram: BotApi, count: int = 1) -> Message:
    return await asyncio.to_thread(telegram.message, count)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("command", ["/chronologie", "/timeline", "/timeline@verbatim_test_bot"])
async def test_a_story_is_told_in_order_of_date(telegram: BotApi, command: str):
    asked = telegram.say(f"{command} la décision")
    sent = await message(telegram)
    assert sent.text == STORY
    assert sent.parsed.covered("date_time") == ["29 janvier 2025"]
    assert sent.reply_to == asked["message_id"]


@pytest.mark.usefixtures("bot")
async def test_the_picture_of_a_story_is_sent_when_it_is_asked_for(telegram: BotApi):
    telegram.say("/chronologie la décision")
    told = await message(telegram)
    assert [button["text"] for button in told.buttons] == ["Image"]
    telegram.tap(told)
    await asyncio.to_thread(telegram.wait, lambda: telegram.photos)
    assert [photo.name for photo in telegram.photos] == ["chronologie.png"]
    [sent] = telegram.called("sendPhoto")
    assert sent["caption"] == "Chronologie\u00a0: la décision"
    assert sent["reply_parameters"]["message_id"] == told.id
    assert {"upload_photo"} <= {call["action"] for call in telegram.called("sendChatAction")}


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_story_of_nothing_is_asked_for_again(telegram: BotApi, language: str):
    telegram.say("/timeline", language=language)
    telegram.say("/timeline les girafes", language=language)
    await message(telegram, 2)
    assert {sent.text for sent in telegram.messages} == {
        say("timeline_empty", language),
        say("timeline_nothing", language),
    }
    assert not any(sent.buttons for sent in telegram.messages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_is_told_in_the_language_of_the_person(language: str):
    told = tell(FakeArchive(), "la décision", language)
    assert isinstance(told, Chronicle)
    assert html(told).startswith(f"<b>{say('timeline_of', language, subject='la décision')}</b>")


@pytest.mark.parametrize("subject", ["x" * 2_000, "?!", "décision \ud83d"])
def test_no_subject_breaks_the_bot(subject: str):
    assert isinstance(tell(FakeArchive(), subject, "fr"), Said | Chronicle)


@given(
    st.integers(1, FACTS), st.integers(1, 3_000), st.integers(0, 300), st.sampled_from(["😀", "mot ", "&<"])
)
def test_a_story_always_fits_in_a_message_and_tells_every_date(facts: int, length: int, name: int, word: str):
    text = (word * length)[:4_000] + " le 2 mars"
    day = dt.date(2024, 3, 2)
    told = quote(
        text,
        source="n" * name or "x",
        dates=(mention(text, "le 2 mars", "2024-03-02", day, day),),
        title=None,
    )
    story = Timeline("s" * 900, (Entry(told.dates[0], told),) * facts)
    parsed = parse(html(Chronicle(story)))
    assert parsed.length <= LONGEST_MESSAGE
    assert parsed.covered("date_time") == ["2 mars 2024"] * facts


def test_a_story_is_drawn_in_a_terminal_a_fact_a_line_where_there_is_room():
    screen = Console(file=io.StringIO(), force_terminal=True, width=200, color_system=None)
    told = tell(FakeArchive(), "la décision", "fr")
    draw(screen, told)
    lines = screen.file.getvalue().splitlines()
    assert lines[0].startswith(f"  29 janvier 2025 · «\u00a0{SENTENCE}\u00a0»")


def test_a_story_is_told_in_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    lines = "/chronologie la décision\n/chronologie les girafes\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    answer_lines(FakeArchive(), "fr")
    story, nothing, _ = capsys.readouterr().out.split("\n\n")
    assert story.splitlines() == [
        f"29 janvier 2025 · «\u00a0{SENTENCE}\u00a0» · retrait.txt · §\u00a04",
        f"mai 2025 · «\u00a0{OTHER}\u00a0» · https://journal.example/a?b=1&c=2 · §\u00a01",
    ]
    assert nothing == say("timeline_nothing", "fr")


MARCH = Window(dt.date(2024, 3, 1), dt.date(2024, 3, 31), "in", 0, 0, "en mars 2024")


def test_an_answer_ends_on_how_its_time_was_understood():
    shown = Shown(Answer("la décision en mars 2024", True, 0.9, (first_quote(),), "fr", MARCH))
    assert parse(html(shown)).text.splitlines()[-1] == "Période comprise\u00a0: en mars 2024"
    screen = Console(file=io.StringIO(), width=100)
    draw(screen, shown)
    assert screen.file.getvalue().splitlines()[-2] == "Période comprise\u00a0: en mars 2024"


def test_silence_says_how_the_time_was_understood_too():
    class Silent(FakeArchive):
        def ask(self, question: str) -> Answer:
            return Answer(question, False, 0.1, (), "en", MARCH)

    replied = reply(Silent(), "What happened in March 2024?", "en")
    assert replied == Said(f"{say('nothing', 'en')}\nPeriod understood: in March 2024")


def test_a_question_that_asks_when_is_answered_by_the_date_first():
    shown = Shown(Answer("Quand la décision a-t-elle été officialisée ?", True, 0.9, (first_quote(),), "fr"))
    assert html(shown).startswith('<b><tg-time unix="1738152000">29 janvier 2025</tg-time></b>\n')
    screen = Console(file=io.StringIO(), width=100)
    draw(screen, shown)
    first, *_, line = screen.file.getvalue().rstrip().splitlines()
    assert first == "29 janvier 2025"
    assert "29 janvier 2025" not in line


@given(st.integers(1, 9_000), st.sampled_from(["😀", "mot ", "&<"]))
def test_a_date_and_a_note_around_a_long_passage_still_fit_in_a_message(length: int, word: str):
    day = dt.date(2025, 1, 29)
    text = SENTENCE + word * length
    told = quote(text, SENTENCE, dates=(mention(text, "le 29 janvier", "2025-01-29", day, day),))
    shown = Shown(Answer("Quand la décision est-elle prise ?", True, 0.9, (told,), "fr", MARCH))
    assert parse(html(shown)).length <= LONGEST_MESSAGE


@pytest.mark.parametrize(("year", "offered"), [(1914, 0), (1970, 1), (2025, 1), (2037, 1), (2040, 0)])
def test_telegram_is_offered_only_days_it_can_count(year: int, offered: int):
    day = dt.date(year, 6, 28)
    parsed = parse(time_html(Told(f"28 juin {year}", day)))
    assert parsed.text == f"28 juin {year}"
    assert len(parsed.covered("date_time")) == offered


def test_a_month_is_no_day_to_offer():
    assert time_html(Told("mai 2025", None)) == "mai 2025"
