"""Fixtures: the real application, and a person who talks to it through a loopback Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from bot_api.archive import FakeArchive
from bot_api.server import TOKEN, BotApi
from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram import app


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server
        assert server.refusals == []


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


@pytest.fixture
async def bot(telegram: BotApi, archive: FakeArchive) -> AsyncIterator[None]:
    settings = Settings(
        _env_file=None,
        telegram_bot_token=SecretStr(TOKEN),
        telegram_base_url=telegram.url,
        bot_language="en",
    )
    application = app.build(settings, archive)
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=app.UPDATES)
        yield
        await application.updater.stop()
        await application.stop()
