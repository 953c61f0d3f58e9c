"""How sure an answer is, as it is shown: a sure answer, the nearest passages, or nothing."""

from __future__ import annotations

from retrieval.present.catalogue import sentence
from retrieval.types import Answer, Quote


def quotes_of(answer: Answer) -> tuple[Quote, ...]:
    """Return the quotes to show, best first: those that answer, else the nearest passages."""
    return answer.quotes if answer.answered else answer.nearest


def unsure_line(answer: Answer, index: int = 0) -> str:
    """Return the line to put before the quote at ``index``; empty where the answer is sure."""
    if answer.answered:
        return ""
    return sentence("answer.another_near" if index else "answer.nearest", answer.language)
