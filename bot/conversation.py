"""A question in, a reply out: what is said, whoever draws it.

Knows nothing of Telegram nor of terminals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.locales import say
from retrieval.dates import said
from retrieval.types import Answer, DateMention, Quote
from retrieval.when import leading

LONGEST_QUESTION = 1_000
"""Characters of the longest question that is searched for; encoders read about a fifth of that."""


class Archive(Protocol):
    """What the conversation needs of an archive: something to ask."""

    def ask(self, question: str) -> Answer:
        """Answer a question with quotes, or with an honest nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the bot's own, in the language of the person it speaks to."""

    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One quote of an answer, the others being kept for when another passage is asked for."""

    answer: Answer
    index: int = 0

    @property
    def quote(self) -> Quote:
        """The quote to draw."""
        return self.answer.quotes[self.index]

    @property
    def lead(self) -> DateMention | None:
        """The date that answers a question asking when, to draw before the quote."""
        return leading(self.answer.question, self.quote)

    @property
    def note(self) -> str:
        """The sentence that says how the time of the question was understood; empty when it tells none."""
        return understood(self.answer)

    @property
    def another(self) -> Shown | None:
        """The answer's next quote, the first again after the last, None when there is only one."""
        count = len(self.answer.quotes)
        return Shown(self.answer, (self.index + 1) % count) if count > 1 else None


Reply = Said | Shown


def reply(archive: Archive, question: str, language: str) -> Reply:
    """Return what to reply to a question.

    Args:
        archive: Where the answer is looked for.
        question: What the person wrote.
        language: ``fr`` or ``en``, to say in what is wrong with a question that cannot be searched for.
            An answer comes in the language of its question.
    """
    problem = refusal(question, language)
    if problem:
        return problem
    # Half of an emoji, which JSON and terminals let through, is not text an encoder can read.
    answer = archive.ask(question.strip().encode("utf-8", "replace").decode("utf-8"))
    if answer.answered and answer.quotes:
        return Shown(answer)
    return Said("\n".join(filter(None, [say("nothing", answer.language), understood(answer)])))


def understood(answer: Answer) -> str:
    """Say how the time of a question was understood; nothing when it tells none."""
    if answer.window is None:
        return ""
    return say("understood", answer.language, time=said(answer.window, answer.language))


def refusal(question: str, language: str) -> Said | None:
    """Say why a question cannot be searched for; None when it can."""
    question = question.strip()
    if not question:
        return Said(say("empty", language))
    if len(question) > LONGEST_QUESTION:
        return Said(say("too_long", language, length=len(question), limit=LONGEST_QUESTION))
    if not any(character.isalnum() for character in question):
        return Said(say("wordless", language))
    return None
