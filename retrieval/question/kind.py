"""What a question asks for, by its question words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from retrieval.language.analysis import fold
from retrieval.language.identification import LANGUAGES
from retrieval.language.word_lists import phrase_pattern, word_lists
from retrieval.types import Kind

_ListName = Literal["when", "number", "who", "recent", "meaning"]
_KINDS: tuple[Literal["when", "number", "who"], ...] = ("when", "number", "who")
_BASE = ("fr", "en")
"""Languages whose words are understood in any question: people mix them into their own."""

_UNAMBIGUOUS = 5
"""Letters from which an ASCII word is taken for a question word of a language other than the question's."""


def kind(text: str, language: str) -> Kind:
    """Return the kind of answer that a question in ``language`` asks for.

    The words of its own language come first, then those of French and English, then those of the others: the
    language of a few words is often identified wrongly.
    """
    folded = fold(text)
    for languages, shortest in _precedence(language):
        for name in _KINDS:
            if _pattern(name, languages, shortest).search(folded):
                return name
    return "other"


def asks_meaning(text: str, language: str) -> bool:
    """Return whether a question in ``language`` asks what an acronym stands for, or what something is."""
    folded = fold(text)
    return any(_pattern("meaning", *group).search(folded) for group in _precedence(language))


def asks_recent(text: str, language: str) -> bool:
    """Return whether a question in ``language`` asks for what is new."""
    return bool(_pattern("recent", tuple(dict.fromkeys((language, *_BASE)))).search(fold(text)))


def _precedence(language: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield groups of languages, those that count most first, and the shortest word that counts."""
    if language not in _BASE:
        yield (language,), 1
    yield _BASE, 1
    yield tuple(code for code in LANGUAGES if code != language and code not in _BASE), _UNAMBIGUOUS


@lru_cache(maxsize=128)
def _pattern(name: _ListName, languages: tuple[str, ...], shortest: int = 1) -> re.Pattern[str]:
    entries: list[str] = [entry for code in languages for entry in getattr(word_lists(code), name)]
    return phrase_pattern(entry for entry in entries if not entry.isascii() or len(entry) >= shortest)
