"""What makes a passage the copy of another: a dispatch that another paper prints, a box under each article.

Two passages are copies when they share most of their runs of words, one at most adds words to the other,
and they tell the same figures, denials and dates. Anything else is another quote: twelve dead are not
fifteen, who has not confessed is not who has, and the third update is not that of two years before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.dates.words import LEXICON
from retrieval.index.lexical import UNDATED
from retrieval.language.analysis import fold, stop_words

RUN = 3
"""Words of a run."""

LATER = 31
"""Days within which a copy that is not word for word is published: a story is news for a month."""

AGENCIES = frozenset("aap afp ansa ap apa ats belga dpa efe panapress reuters tass upi xinhua".split())
"""News agencies: their names, under a dispatch or in it, are no words of its own."""

_SAID = re.compile(r"[^\W\d_]+|\d+|[?%€$£]|[-+−](?=\d)")
_NOT = re.compile(r"n['’]t\b")
_TELLING = "million millions milliard milliards billion billions hundreds thousand thousands"
_TELLING += " aucun aucune guere jamais neither never ni no nor not pas plus rien sans without"
_NUMBERS = {word for word, classes in LEXICON.items() if classes.keys() & {"num", "dozen"}}
_FIGURES = (_NUMBERS - {"un", "une", "one"}).union(_TELLING.split())
_LITTLE = stop_words("fr")

Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Print:
    """What passages are compared by.

    ``runs`` are their runs of words and ``words`` their telling words, as sorted numbers; ``published``
    the first and last day of publication, ``told`` those of each date told, one pair after the other.
    """

    runs: Numbers
    words: Numbers
    published: tuple[int, int]
    told: Sequence[int]

    @classmethod
    def of(cls, said: Sequence[str], published: tuple[int, int], told: Sequence[int]) -> Print:
        """Return the print of a passage from what it says (``said``)."""
        return cls(_runs(said), _words(said), published, told)

    def likeness(self, other: Print) -> float:
        """Return the share of runs in common (Jaccard); 0 where the two cannot be copies."""
        days = self.published, other.published
        later = (UNDATED, UNDATED) not in days and max(days)[0] - min(days)[1] > LATER
        reworded = _common(self.words, other.words) < min(len(self.words), len(other.words))
        if later or reworded or self.contradicts(other):
            return 0.0
        shared = _common(self.runs, other.runs)
        return shared / (len(self.runs) + len(other.runs) - shared)

    def contradicts(self, other: Print) -> bool:
        """Tell whether they are about other days, as the very same *hier* is a week later."""
        if len(self.told) != len(other.told):
            return False
        mine, theirs = np.reshape(self.told, (-1, 2)), np.reshape(other.told, (-1, 2))
        return bool(((mine[:, 0] > theirs[:, 1]) | (mine[:, 1] < theirs[:, 0])).any())


def said(text: str) -> list[str]:
    """Return the words, digits and signs of a text, folded, without the names of agencies."""
    return [word for word in _SAID.findall(_NOT.sub(" not", fold(text))) if word not in AGENCIES]


def _runs(said: Sequence[str]) -> Numbers:
    """Return the runs of words, marked by the figures of them all: with others, there is none in common."""
    mark = " ".join(word for word in said if not word.isalpha() or word in _FIGURES)
    return _numbers((" ".join(said[i : i + RUN]) for i in range(len(said) - RUN + 1)), crc32(mark.encode()))


def _words(said: Sequence[str]) -> Numbers:
    """Return the telling words, each as often as it is said."""
    times = Counter(word for word in said if word not in _LITTLE)
    return _numbers(f"{word} {n}" for word, count in times.items() for n in range(count))


def _numbers(texts: Iterable[str], start: int = 0) -> Numbers:
    return np.unique(np.fromiter((crc32(text.encode(), start) for text in texts), np.uint32))


def _common(first: Numbers, second: Numbers) -> int:
    return len(np.intersect1d(first, second, assume_unique=True))
