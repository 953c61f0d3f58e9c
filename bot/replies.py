"""The kinds of reply that a person can get. What each looks like is decided by the renderers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from retrieval.present.text import understood_lines
from retrieval.present.tiers import quotes_of, unsure_line
from retrieval.types import Answer, DateMention, Quote, Timeline


@dataclass(frozen=True, slots=True)
class TextReply:
    """A sentence of the bot's own, in the language of the person it speaks to."""

    text: str


@dataclass(frozen=True, slots=True)
class QuoteReply:
    """One quote of an answer, at ``index``; the others are shown when another passage is asked for.

    Where the answer is not sure, the quotes are its nearest passages.
    """

    answer: Answer
    index: int = 0

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.answer.language

    @property
    def quote(self) -> Quote:
        """The quote to show."""
        return quotes_of(self.answer)[self.index]

    @property
    def unsure(self) -> str:
        """The line to put before a quote that is not a sure answer; empty before one that is."""
        return unsure_line(self.answer, self.index)

    @property
    def lead(self) -> DateMention | None:
        """The date that answers a question asking when, to show before the quote."""
        return self.answer.leads[self.index] if self.index < len(self.answer.leads) else None

    @property
    def note(self) -> str:
        """The lines that say how misspelt words and the time of the question were understood; often empty."""
        return "\n".join(understood_lines(self.answer))

    @property
    def another(self) -> QuoteReply | None:
        """The answer's next quote, the first again after the last; None when there is only one."""
        count = len(quotes_of(self.answer))
        return QuoteReply(self.answer, (self.index + 1) % count) if count > 1 else None


@dataclass(frozen=True, slots=True)
class TimelineReply:
    """A timeline of at least one entry."""

    timeline: Timeline


Reply: TypeAlias = TextReply | QuoteReply | TimelineReply
