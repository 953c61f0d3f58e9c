"""The words that date expressions are made of, in French and English, read from ``lexicon/*.toml``.

A word may belong to several classes, each with its own value: *sept* is a number and an English month, *an* a
French unit and an English article.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LANGUAGES = ("fr", "en")
"""The languages whose date expressions are known, as ISO 639-1 codes."""

WordClasses = dict[str, int | str]
"""The classes that a word belongs to, each with the word's value in that class."""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "lexicon" / f"{name}.toml").read_text("utf-8"))


def _entries(language: dict[str, Any]) -> Iterator[tuple[str, str, int | str]]:
    """Yield the words of a language, each with a class and its value there."""
    for kind, words in language["words"].items():
        yield from ((word, kind, 1) for word in words)
    for kind, values in language["values"].items():
        yield from ((word, kind, value) for word, value in values.items())
    compounds = language["compounds"]
    for ten, tens in compounds["tens"].items():
        for one, ones in compounds["ones"].items():
            yield f"{ten}-{one}", "num", tens + ones
    roman = language.get("roman", {"numerals": [], "suffixes": []})
    for number, numeral in enumerate(roman["numerals"], 1):
        yield from ((numeral + suffix, "roman", number) for suffix in roman["suffixes"])


def _without_accents(word: str) -> str:
    """Return the word as people type it without accents; short words such as *à* keep theirs."""
    if len(word) < 3:
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _lexicon(languages: list[dict[str, Any]]) -> dict[str, WordClasses]:
    lexicon: dict[str, WordClasses] = {}
    for language in languages:
        for word, kind, value in _entries(language):
            for form in {word, _without_accents(word)}:
                lexicon.setdefault(form, {}).setdefault(kind, value)
    return lexicon


def _contexts(languages: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    names = {name for language in languages for name in language["contexts"]}
    return {
        name: frozenset(word for language in languages for word in language["contexts"].get(name, ()))
        for name in names
    }


_LANGUAGES = [_read(language) for language in LANGUAGES]

LEXICON = _lexicon(_LANGUAGES)
"""The classes of each word, by the word in lower case."""

CONTEXTS = _contexts(_LANGUAGES)
"""Sets of words, in lower case, that tell beside an expression whether it is a date."""
