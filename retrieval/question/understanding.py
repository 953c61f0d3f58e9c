"""A question, understood: one way for asking, searching and timelines alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from retrieval.encoders.interface import Encoder
from retrieval.index.interface import Statistics
from retrieval.question.alignment import AlignedText, Replacement, readable
from retrieval.question.kind import kind
from retrieval.question.language import language_of
from retrieval.question.spelling import misspelt
from retrieval.question.terms import terms_of
from retrieval.question.time import read_time, without_window
from retrieval.spans import span
from retrieval.types import Correction, Question, QuestionTime

MAX_CHARACTERS = 2_000
"""What is read of a question: no question is longer, and a pasted article must not stall the bot."""


def understand(text: str, encoder: Encoder, statistics: Statistics, today: dt.date | None) -> Question:
    """Return a question understood, for an archive with these statistics; MAX_CHARACTERS of it are read.

    Its misspelt words are put right, then its time is read on the day ``today``, or not at all where that is
    None. Where the archive's publication dates settle the time, the words of time are not searched for, if
    any others remain. Every offset of the question points into ``text``.
    """
    typed = readable(text[:MAX_CHARACTERS])
    replacements = misspelt(typed.text, language_of(typed.text), statistics)
    corrected = typed.replace(replacements)
    language = language_of(corrected.text)
    time = read_time(corrected.text, language, today, statistics.days()) if today else None
    searched = _searched(corrected.text, time)
    with span("embedding"):
        vector = encoder.encode_queries([searched])[0]
    return Question(
        text=text,
        searched=searched,
        language=language,
        kind=kind(searched, language),
        terms=terms_of(searched, language, statistics),
        vector=vector,
        time=_placed(time, corrected, text) if time else None,
        corrections=_corrections(replacements, typed, text),
    )


def _searched(text: str, time: QuestionTime | None) -> str:
    """Return a question without its words of time where publication settles them and other words remain."""
    if time is None or time.settled_by != "publication":
        return text
    rest = without_window(text, time.window)
    return rest if any(character.isalnum() for character in rest) else text


def _placed(time: QuestionTime, corrected: AlignedText, text: str) -> QuestionTime:
    """Return a time whose window is in the text as typed."""
    if time.window is None:
        return time
    start, end = corrected.original(time.window.start, time.window.end)
    return replace(time, window=replace(time.window, start=start, end=end, text=text[start:end]))


def _corrections(replacements: list[Replacement], typed: AlignedText, text: str) -> tuple[Correction, ...]:
    """Return where each word was taken for a slip the first time, in the text as typed."""
    first: dict[str, Correction] = {}
    for low, high, understood in replacements:
        start, end = typed.original(low, high)
        first.setdefault(typed.text[low:high], Correction(start, end, text[start:end], understood))
    return tuple(first.values())
