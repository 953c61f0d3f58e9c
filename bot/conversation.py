"""A message in, a reply out, whatever carries them.

Knows nothing of Telegram nor of terminals.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.replies import QuoteReply, Reply, TextReply, TimelineReply
from retrieval.present.catalogue import sentence
from retrieval.present.text import understood_lines
from retrieval.present.tiers import quotes_of
from retrieval.types import Answer, Timeline

LONGEST_QUESTION = 1_000
"""Characters of the longest question that is searched for; encoders read about a fifth of that."""

LONGEST_TIMELINE = 12
"""Entries of a timeline at most: what a message holds with sentences long enough to be read."""


class Answerer(Protocol):
    """What answers the questions of a conversation: an archive, or a fake of one."""

    def ask(self, question: str) -> Answer:
        """Answer a question with quotes, or say that nothing answers it."""

    def timeline(self, subject: str, *, limit: int = 20) -> Timeline:
        """Return the dated facts on a subject, in order of date."""


def answer_question(answerer: Answerer, question: str, language: str) -> Reply:
    """Return the reply to a question: quotes of the answer, sure or not, or that there is none.

    Args:
        answerer: What is asked.
        question: What the person wrote.
        language: ``fr`` or ``en``: that of the sentence that says why a question cannot be searched for.
            An answer comes in the language of its question.
    """
    problem = refusal(question, language)
    if problem:
        return problem
    answer = answerer.ask(_well_formed(question))
    if quotes_of(answer):
        return QuoteReply(answer)
    return TextReply("\n".join([_nothing("answer.nothing", answer.language), *understood_lines(answer)]))


def answer_subject(answerer: Answerer, subject: str, language: str) -> Reply:
    """Return the timeline of a subject, in ``language``, or why there is none."""
    if not subject.strip():
        return TextReply(sentence("timeline.empty", language))
    problem = refusal(subject, language)
    if problem:
        return problem
    timeline = answerer.timeline(_well_formed(subject), limit=LONGEST_TIMELINE)
    if not timeline.entries:
        return TextReply(_nothing("timeline.nothing", language))
    return TimelineReply(replace(timeline, language=language))


def refusal(question: str, language: str) -> TextReply | None:
    """Say why a question cannot be searched for; None when it can."""
    question = question.strip()
    if not question:
        return TextReply(sentence("refusal.empty", language))
    if len(question) > LONGEST_QUESTION:
        return TextReply(sentence("refusal.too_long", language, length=len(question), limit=LONGEST_QUESTION))
    if not any(character.isalnum() for character in question):
        return TextReply(sentence("refusal.wordless", language))
    return None


def _nothing(key: str, language: str) -> str:
    return f"{sentence(key, language)} {sentence('answer.rephrase', language)}"


def _well_formed(text: str) -> str:
    """Return what a person wrote without lone surrogates, which terminals let through and encoders refuse."""
    return text.strip().encode("utf-8", "replace").decode("utf-8")
