"""The words that each language asks and counts with, read from ``words/<code>.toml``.

Lists hold words and phrases, folded. A phrase is found between the borders of words, or anywhere in scripts
that write no spaces; ``*`` at its end stands for any ending.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_FOLDER = files("retrieval.language") / "words"
_APOSTROPHE = "['’ʼ‘]"
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""A character of a script without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """The word lists of one language, each in alphabetical order.

    ``when``, ``number`` and ``who`` are question words by the kind of answer that they ask for; ``recent``
    are the words that ask for what is new, ``meaning`` those that ask what an acronym stands for.
    ``number_words`` are numbers in words. ``stop_words`` is empty where those of stopwords-iso are used.
    """

    when: tuple[str, ...]
    number: tuple[str, ...]
    who: tuple[str, ...]
    recent: tuple[str, ...]
    meaning: tuple[str, ...]
    number_words: tuple[str, ...]
    stop_words: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def word_lists(language: str) -> WordLists:
    """Return the word lists of a language of ``LANGUAGES``.

    Raises:
        FileNotFoundError: there is no ``words/<language>.toml``.
    """
    lists = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return WordLists(**{name: tuple(entries) for name, entries in lists.items()})


@lru_cache(maxsize=1)
def organisations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return organisations, each by its French name and those that other languages give it."""
    read = tomllib.loads((_FOLDER / "organisations.toml").read_text(encoding="utf-8"))
    return tuple((entry["french"], tuple(entry["others"])) for entry in read["organisation"])


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds one of ``phrases`` in a folded text."""
    whole: list[str] = []
    stems: list[str] = []
    anywhere: list[str] = []
    for phrase in phrases:
        # Folding decomposes characters, Hangul syllables for one; files have them composed, to be read.
        stem, star, _ = unicodedata.normalize("NFD", phrase).partition("*")
        escaped = r"\s+".join(re.escape(word) for word in stem.split(" ")).replace("'", _APOSTROPHE)
        (anywhere if _SPACELESS.search(stem) else stems if star else whole).append(escaped)
    groups = ((r"(?<!\w)", whole, r"(?!\w)"), (r"(?<!\w)", stems, ""), ("", anywhere, ""))
    alternatives = [f"{before}(?:{'|'.join(group)}){after}" for before, group, after in groups if group]
    return re.compile("|".join(alternatives) or r"(?!)")
