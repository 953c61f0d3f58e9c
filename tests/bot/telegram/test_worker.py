"""The queue in front of an archive: who waits too long is answered without the reader."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.replies import TextReply
from bot.telegram import worker
from bot.telegram.worker import Worker
from retrieval.types import Answer, Timeline


class Slow:
    """Answers nothing, once it is let go."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.free = threading.Event()

    def ask(self, question: str) -> Answer:
        self.free.wait(10)
        self.asked.append(question)
        return Answer(question, answered=False, confidence=0.0)

    def timeline(self, subject: str, *, limit: int = 20) -> Timeline:
        return Timeline(subject, ())


async def test_a_question_that_waited_too_long_is_answered_without_the_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 0.05)
    reading, quick = Slow(), Slow()
    quick.free.set()
    asked = Worker(reading, "fr", quick)
    replies = [asyncio.create_task(asked.answer_question(text, "fr")) for text in ("premier", "second")]
    await asyncio.sleep(0.2)
    reading.free.set()
    assert all(isinstance(reply, TextReply) for reply in await asyncio.gather(*replies))
    assert (reading.asked, quick.asked) == (["premier"], ["second"])
    await asked.answer_question("troisième", "fr")
    assert reading.asked == ["premier", "troisième"], "once the queue is short, questions are read again"
    asked.close()


async def test_without_a_quicker_way_every_question_waits() -> None:
    only = Slow()
    only.free.set()
    asked = Worker(only, "fr")
    await asked.answer_question("premier", "fr")
    assert only.asked == ["premier"]
    asked.close()
