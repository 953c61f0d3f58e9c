"""Questions in time: passages of another time than the one asked about come after those of it.

Nothing is ever hidden: a passage outside the time asked about loses some of its score, so that one
inside goes first unless it fits the question much less. A question that tells no time is ranked as if
this module did not exist.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from retrieval.dates import window
from retrieval.index.arrays import Ints
from retrieval.index.lexical import UNDATED
from retrieval.question.understanding import Question
from retrieval.language.analysis import fold
from retrieval.types import Window

if TYPE_CHECKING:
    from retrieval.index.derived import Derived

Floats = npt.NDArray[np.float64]

REACH = 50
"""Passages of the time asked about taken from each side, dense and lexical, besides the usual ones."""

DEPTH = 1_000
"""Passages looked through, best first by BM25, for those that tell a date of that time."""

RECENT_DAYS = 365
"""How far back the passages that a question about what is new reaches for were published."""

WEEK, LONGEST = 7.0, 20 * 365.25
"""Age is told on a scale of logarithms, from the newest article to one of twenty years: days."""

_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()
_RECENT = re.compile(
    r"\b(?:dernier(?:e?s?|ement)|recent(?:e?s?|ly)|recemment|aujourd['’]hui|actuel(?:le)?(?:s|ment)?"
    r"|en ce moment|a l['’]heure actuelle|(?:quoi|qu['’]y a-t-il|quelque chose) de (?:neuf|nouveau)"
    r"|(?:de|du) (?:neuf|nouveau) (?:sur|a propos|au sujet|concernant|dans|pour|chez|avec)"
    r"|latest|newest|lately|current(?:ly)?|today|nowadays|right now|what['’]?s new|what is new"
    r"|(?:anything|something) new|news (?:on|about|of|from))\b"
)


_NAMED_YEAR = re.compile(
    r"(?:(?!(?:en|in|à|au|dans|pendant|durant|during|within|over|ann[ée]e|an|year)\b)[^\W\d_]+\s)?"
    r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sought:
    """The time a question asks about.

    ``window`` is what it names, if it names a time, and ``rest`` the question without those words;
    ``recent`` tells whether it asks for what is new; ``today`` is the day it is asked on.
    """

    window: Window | None
    rest: str
    recent: bool
    today: dt.date

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of the window, as proleptic ordinals; all days without a window."""
        low = self.window.low if self.window else None
        high = self.window.high if self.window else None
        return low.toordinal() if low else _FIRST, high.toordinal() if high else _LAST


def seek(question: str, today: dt.date) -> Sought | None:
    """Return the time a question asks about, read on a day; None where it asks about none."""
    found = window(question, today)
    rest = f"{question[: found.start]} {question[found.end :]}".strip() if found else question
    recent = bool(_RECENT.search(fold(rest)))
    return Sought(found, rest, recent, today) if found or recent else None


def settled_by(sought: Sought, index: Derived) -> Literal["publication", "text", "nothing"]:
    """Return what tells, in this archive, which passages are of the time sought.

    The publication does when articles were published inside the window and others outside: in an archive
    of 2016 to 2018, *en mars 2017* says when to look, and its words are best left out of the search. The
    dates told in the text do when nothing was published inside, as for *en 1815*: a fact to be found.
    Nothing does when all was published inside, nor for a year that is part of a name, which *Présidentielle
    2017* had long before: its words are searched for like any other.
    """
    if sought.window is None or _is_named(sought.window):
        return "nothing"
    low, high = sought.days
    days = index.published[index.published[:, 0] != UNDATED]
    inside = (days[:, 0] <= high) & (days[:, 1] >= low)
    if not inside.any():
        return "text"
    return "nothing" if inside.all() else "publication"


def _is_named(window: Window) -> bool:
    return window.operator in ("in", "between") and bool(_NAMED_YEAR.fullmatch(window.text))


def reach(
    sought: Sought, question: Question, index: Derived, found: Ints, since: int | None, until: int | None
) -> Ints:
    """Return the candidates found, and those of the time sought, within [since, until] like them."""
    tokens = list(question.tokens)
    spans, more = [], set(found.tolist())
    if settled_by(sought, index) != "nothing":
        spans.append(sought.days)
        deep = np.array(index.matching(tokens, DEPTH, since, until), dtype=np.int64)
        more.update(deep[told_share(index, deep, *sought.days) > 0][:REACH].tolist())
    if sought.recent:
        spans.append((_newest(index, sought.today) - RECENT_DAYS, _LAST))
    for low, high in spans:
        low, high = max(low, since or low), min(high, until or high)
        if low <= high:
            more.update(index.dense(question.vector, REACH, low, high))
            more.update(index.matching(tokens, REACH, low, high))
    return np.array(sorted(more), dtype=np.int64)


def demotion(sought: Sought, index: Derived, positions: Ints, weights: tuple[float, float, float]) -> Floats:
    """Return what each passage loses, at most 0, for being of another time than the one sought.

    ``weights`` are the most that can be lost: by a passage published outside the window that tells no
    date inside; by one that tells none where its publication does not settle that; and, where the
    question asks for what is new, for age.
    """
    outside, untold, aged = weights
    lost = np.zeros(len(positions))
    settled = settled_by(sought, index)
    if settled != "nothing":
        low, high = sought.days
        told = told_share(index, positions, low, high)
        days = np.asarray(index.published[positions], dtype=np.int64)
        dated = (days[:, 0] != UNDATED) & (settled == "publication")
        inside = np.maximum(_shares(days, low, high), told)
        lost += np.where(dated, outside * (1 - inside), untold * (1 - told))
    if sought.recent:
        lost += aged * age(index, positions, sought.today)
    return -lost


def told_share(index: Derived, positions: Ints, low: int, high: int) -> Floats:
    """Return how much of a date that each passage tells is within [low, high], of the one most within."""
    spots, counts = index.told.positions(positions)
    days = np.asarray(index.told.values[spots], dtype=np.int64).reshape(-1, 2)
    shares = np.zeros(len(positions))
    np.maximum.at(shares, np.repeat(np.arange(len(positions)), counts // 2), _shares(days, low, high))
    return shares


def age(index: Derived, positions: Ints, today: dt.date) -> Floats:
    """Return the age of each passage's article, from 0 (the newest here) to 1; 0.5 where undated."""
    published = np.asarray(index.published[positions, 1], dtype=np.float64)
    days = np.maximum(_newest(index, today) - published, 0.0)
    ages: Floats = np.minimum(np.log1p(days / WEEK) / np.log1p(LONGEST / WEEK), 1.0)
    return np.where(published == UNDATED, 0.5, ages)


def _shares(days: Ints, low: int, high: int) -> Floats:
    """Return which part of each span of days is within [low, high]."""
    common = np.minimum(days[:, 1], high) - np.maximum(days[:, 0], low) + 1
    shares: Floats = np.clip(common, 0, None) / (days[:, 1] - days[:, 0] + 1)
    return shares


def _newest(index: Derived, today: dt.date) -> int:
    """Return the last day of publication in the archive that is not after today."""
    days = index.published[:, 1]
    past = days[(days <= today.toordinal()) & (days != UNDATED)]
    return int(past.max()) if len(past) else today.toordinal()
