"""Words typed wrong in a question, put right where neither the archive nor French knows them.

A word that is real and that the archive merely lacks must stay: an archive that tells of *eau potable* keeps
silent over a *téléphone portable* because it takes neither word for the other. So a word is put right only
when the archive holds none of its forms and the 500,000 words of the bundled vectors have it in no case and
with no accents. Of 4,297 questions on other subjects, nine in a thousand then have a word changed, half of
which it was right to change; without a thought for accents, five times as many of those typed in haste.

Only French has such a list here. In a question in another language a word with one capital, its first, may
be a name typed wrong and is compared with the archive's names; the others stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from retrieval.language.identification import identify
from retrieval.language.names import names_in
from retrieval.language.analysis import fold, token
from retrieval.language.word_vectors import word_vectors

if TYPE_CHECKING:
    from retrieval.index import Derived

Correction = tuple[str, str]
"""A word as it was typed, and the archive's word that it was understood as."""

_WORD = re.compile(r"\b[^\W\d_]{4,30}\b")
_ACCENTED = {"a": "àâ", "c": "ç", "e": "éèêë", "i": "îï", "o": "ô", "u": "ùûü"}
_ACCENTS = 2
"""Accents that a word typed in haste may lack; a third would cost ten times the time."""


def corrected(question: str, index: Derived) -> tuple[str, tuple[Correction, ...]]:
    """Return ``question`` with its misspelt words put right, and the corrections in their order."""
    language = identify(question)
    found: dict[str, str] = {}

    def put_right(match: re.Match[str]) -> str:
        word = match[0]
        if (language == "fr" or word.istitle()) and not _known(word, language, index):
            likest = index.lexicon.likest(word, names=language != "fr")
            if likest:
                found[word] = likest
        return found.get(word, word)

    return _WORD.sub(put_right, unicodedata.normalize("NFC", question)), tuple(found.items())


def _known(word: str, language: str, index: Derived) -> bool:
    """Tell whether a word is the archive's, part of a name that has a French one, or French."""
    said = token(word)
    return (
        index.lexical.frequency(said) > 0
        or any(said in run for run in names_in(language))
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
