"""Misspelt words of a question, put right where neither the archive nor French knows them.

A real word that the archive lacks must stay: an archive that tells of *eau potable* has no answer on a
*téléphone portable*, and takes neither word for the other. So a word is put right only when the archive
holds none of its forms and the 500,000 words of the bundled vectors have it in no case and with no accents.
Of 4,297 questions on other subjects, nine in a thousand then have a word changed, half of which it was right
to change; five times as many of those typed without accents would have one if accents were not tried.

Only French has such a list here. In a question in another language a word with one capital, its first, may
be a name typed wrong and is compared with the archive's names; the others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.index.interface import Statistics
from retrieval.language.analysis import fold, token
from retrieval.language.names import names_in
from retrieval.language.word_vectors import word_vectors
from retrieval.question.alignment import Replacement

SHORTEST, LONGEST = 4, 30
"""Letters of the words that are compared: shorter ones are all alike, longer ones are no words."""

TWO_SLIPS = 8
"""Letters from which a word may hold two slips: in a shorter one they leave too little of it."""

_WORD = re.compile(r"\b[^\W\d_]{4,30}\b")
_ACCENTED = {"a": "àâ", "c": "ç", "e": "éèêë", "i": "îï", "o": "ô", "u": "ùûü"}
_ACCENTS = 2
"""Accents that a word typed without them may lack; a third would take ten times as long to try."""


def misspelt(text: str, language: str, statistics: Statistics) -> list[Replacement]:
    """Return the start and end of each misspelt word of ``text``, in order, and the archive's word for it."""
    nearest: dict[str, str | None] = {}
    found: list[Replacement] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in nearest:
            compared = language == "fr" or word.istitle()
            nearest[word] = (
                nearest_spelling(word, statistics, names=language != "fr")
                if compared and not _is_known(word, language, statistics)
                else None
            )
        if understood := nearest[word]:
            found.append((match.start(), match.end(), understood))
    return found


def nearest_spelling(word: str, statistics: Statistics, *, names: bool = False) -> str | None:
    """Return the word nearest to ``word``, as the archive writes it, or None where none is near.

    It is one slip away (a letter left out, put in, changed, or swapped with the next: the Damerau
    distance, once a place), or two in a word of TWO_SLIPS letters, and begins with the same letter, as
    nearly all slips leave it. Of several the nearest is taken, then the one that most passages hold, then the
    shortest, then the first in alphabetical order; with ``names``, only among words with a capital.
    """
    folded = fold(word)
    if not SHORTEST <= len(folded) <= LONGEST:
        return None
    slips = 2 if len(folded) >= TWO_SLIPS else 1
    lengths = max(SHORTEST, len(folded) - slips), min(LONGEST, len(folded) + slips)
    spellings = [
        spelling
        for spelling in statistics.spellings(folded[0], lengths)
        if spelling.form[0].isupper() or not names
    ]
    near = process.extract(
        folded,
        [spelling.folded for spelling in spellings],
        scorer=OSA.distance,
        processor=None,
        score_cutoff=slips,
        limit=None,
    )
    best = min(
        (
            (distance, -spellings[place].passages, len(spelt), spelt, spellings[place].form)
            for spelt, distance, place in near
        ),
        default=None,
    )
    return best[-1] if best else None


def _is_known(word: str, language: str, statistics: Statistics) -> bool:
    """Return whether a word is the archive's, part of a name that has a French one, or French."""
    analysed = token(word)
    return (
        statistics.frequency(analysed) > 0
        or any(analysed in phrase for phrase in names_in(language))
        or word_vectors().frequency(word) > 0
        or word_vectors().has_any(_accented(word))
    )


def _accented(word: str) -> Iterator[str]:
    """Yield what a word may be with _ACCENTS accents at most, in lower case and with a capital."""
    folded = fold(word)
    spots = [place for place, letter in enumerate(folded) if letter in _ACCENTED]
    for number in range(_ACCENTS + 1):
        for places in combinations(spots, number):
            for accents in product(*(_ACCENTED[folded[place]] for place in places)):
                letters = list(folded)
                for place, accent in zip(places, accents, strict=True):
                    letters[place] = accent
                form = "".join(letters)
                yield form
                yield form.capitalize()
