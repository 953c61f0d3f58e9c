"""What the handlers share: the thread that the archive is asked in, and the language of a person."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from telegram import User
from telegram.ext import CallbackContext, ExtBot

from bot.conversation import Answerer, answer_question, answer_subject
from bot.replies import Reply
from retrieval.present.catalogue import choose
from retrieval.present.picture import png
from retrieval.types import Timeline

Context: TypeAlias = CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[str, Any]]


PATIENCE = 1.0
"""Seconds in a queue after which a question is answered without being read."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Asks an archive from asyncio, one question at a time and always from the same thread.

    ``language`` is spoken to people whose own is not known. ``quick`` is asked instead of ``answerer`` by
    those who have waited for longer than PATIENCE, so that a queue does not grow at the reader's pace.
    """

    answerer: Answerer
    language: str
    quick: Answerer | None = None
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "archive"))

    async def answer_question(self, question: str, language: str) -> Reply:
        """Return the reply to a question."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread, self._answer, question, language, time.monotonic())

    async def answer_subject(self, subject: str, language: str) -> Reply:
        """Return the timeline of a subject, or why there is none."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.thread, answer_subject, self.answerer, subject, language)

    def _answer(self, question: str, language: str, asked: float) -> Reply:
        """Return the reply to a question asked at a time of the monotonic clock, in the worker's thread."""
        waited = time.monotonic() - asked
        answerer = self.quick if self.quick and waited > PATIENCE else self.answerer
        return answer_question(answerer, question, language)

    async def picture(self, timeline: Timeline) -> bytes:
        """Return a timeline drawn as a PNG picture."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, png, timeline)

    def close(self) -> None:
        """End the thread, after the question that it is answering."""
        self.thread.shutdown()


def worker_of(context: Context) -> Worker:
    """Return the worker that the application was built with."""
    worker: Worker = context.bot_data["worker"]
    return worker


def language_of(user: User | None, context: Context) -> str:
    """Return the language to speak to a user: that of their Telegram."""
    return choose(user.language_code) if user and user.language_code else worker_of(context).language
