"""A question in, a reply out: what is said, whoever draws it.

Knows nothing of Telegram nor of terminals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from bot.locales import say
from retrieval.dates import said
from retrieval.present.text import arrows
from retrieval.timeline import Timeline
from retrieval.types import Answer, DateMention, Quote
from retrieval.ranking.leading_date import leading

LONGEST_QUESTION = 1_000
"""Characters of the longest question that is searched for; encoders read about a fifth of that."""


FACTS = 12
"""Facts of a timeline at most: what a message holds with sentences long enough to be read."""


class Archive(Protocol):
    """What the conversation needs of an archive: something to ask."""

    def ask(self, question: str) -> Answer:
        """Answer a question with quotes, or with an honest nothing."""

    def timeline(self, subject: str, *, limit: int = 20) -> Timeline:
        """Return what is told on a subject in order of date."""


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
        """The lines that say how misspelt words and the time of the question were understood; often empty."""
        return understood(self.answer)

    @property
    def another(self) -> Shown | None:
        """The answer's next quote, the first again after the last, None when there is only one."""
        count = len(self.answer.quotes)
        return Shown(self.answer, (self.index + 1) % count) if count > 1 else None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A timeline that tells at least one fact."""

    timeline: Timeline


Reply = Said | Shown | Chronicle


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
    answer = archive.ask(_readable(question))
    if answer.answered and answer.quotes:
        return Shown(answer)
    return Said("\n".join(filter(None, [say("nothing", answer.language), understood(answer)])))


def tell(archive: Archive, subject: str, language: str) -> Reply:
    """Return the timeline of a subject, said in ``language``, or why there is none."""
    if not subject.strip():
        return Said(say("timeline_empty", language))
    problem = refusal(subject, language)
    if problem:
        return problem
    told = replace(archive.timeline(_readable(subject), limit=FACTS), language=language)
    return Chronicle(told) if told.entries else Said(say("timeline_nothing", language))


def _readable(text: str) -> str:
    """Return what a person wrote without half emojis, which terminals let through and encoders do not."""
    return text.strip().encode("utf-8", "replace").decode("utf-8")


def understood(answer: Answer) -> str:
    """Say how misspelt words and the time of a question were understood, a line each; nothing for neither."""
    lines = []
    if answer.corrections:
        key = "corrected_one" if len(answer.corrections) == 1 else "corrected_many"
        lines.append(say(key, answer.language, words=arrows(answer.corrections)))
    if answer.window:
        lines.append(say("understood", answer.language, time=said(answer.window, answer.language)))
    return "\n".join(lines)


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
