"""The words that date expressions are made of, in French and English, read from ``lexicon/*.toml``.

A word may belong to several classes, each with its own value: *sept* is a number and an English month, *an* a
French unit and an English article.
"""

from __future__ import annotations

import re
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


_NAME_WORD = re.compile(r"[^\W\d_]+(?:'(?!s\b)(?=[^\W\d_])|(?:-[^\W\d_]+)*)|[^\w\s]")
"""The tokens of a name, as a text is cut."""


_ORDINALS = ("ième", "th")
"""The endings of the ordinals that may be a part of a number in several words."""


def _entries(language: dict[str, Any]) -> Iterator[tuple[str, str, int | str]]:
    """Yield the words of a language, each with a class and its value there."""
    for kind, words in language["words"].items():
        yield from ((word, kind, 1) for word in words)
    for kind, values in language["values"].items():
        yield from ((word, kind, value) for word, value in values.items())
    yield from ((word, "spelled", 1) for word in language["values"]["num"])
    yield from ((word, "spelled_ord", 1) for word in language["values"]["ord"] if word.endswith(_ORDINALS))
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
            if " " in word:
                lexicon.setdefault(_NAME_WORD.findall(word)[0], {}).setdefault("feast_head", 1)
                continue
            for form in {word, _without_accents(word)}:
                lexicon.setdefault(form, {}).setdefault(kind, value)
    return lexicon


def _feasts(languages: dict[str, dict[str, Any]]) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Return the feasts of several words by the first: words, rule (see ``feasts``), language."""
    feasts: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for language, lexicon in languages.items():
        for name, rule in lexicon["values"]["feast"].items():
            if " " in name:
                for form in {name, " ".join(map(_without_accents, name.split(" ")))}:
                    words = tuple(_NAME_WORD.findall(form))
                    feasts.setdefault(words[0], []).append((words, rule, language))
    return {first: sorted(names, key=lambda name: -len(name[0])) for first, names in feasts.items()}


def _contexts(languages: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    names = {name for language in languages for name in language["contexts"]}
    return {
        name: frozenset(word for language in languages for word in language["contexts"].get(name, ()))
        for name in names
    }


_LANGUAGES = [_read(language) for language in LANGUAGES]

LEXICON = _lexicon(_LANGUAGES)
"""The classes of each word, by the word in lower case."""

TENSE: dict[str, dict[str, list[str]]] = {
    name: language["tense"] for name, language in zip(LANGUAGES, _LANGUAGES, strict=True)
}
"""The words that tell the tense around a date, by language (see ``cues``)."""

FEASTS = _feasts(dict(zip(LANGUAGES, _LANGUAGES, strict=True)))
"""The feasts of several words by the first of them, longest first."""

CONTEXTS = _contexts(_LANGUAGES)
"""Sets of words, in lower case, that tell beside an expression whether it is a date."""
