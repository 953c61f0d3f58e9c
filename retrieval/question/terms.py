"""The terms of a question: its words in the archive's own names, and what its acronyms stand for."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.index.interface import Statistics
from retrieval.language.acronyms import MEANING, Phrase, find_phrases
from retrieval.language.analysis import content_words, token, words
from retrieval.language.names import names_in
from retrieval.question.kind import asks_meaning
from retrieval.types import Term


def terms_of(text: str, language: str, statistics: Statistics) -> tuple[Term, ...]:
    """Return the terms of a question in ``language``, in order, without stop words.

    Names of another language become French, and what the archive spells out as an acronym becomes that
    acronym. A term that is an acronym of the archive has what it stands for as its phrases. A question about
    what an acronym means also asks for the mark of the place that spells it out.
    """
    written = _renamed(content_words(text, language), names_in(language))
    written = _renamed(written, statistics.phrases_from(token(word) for word in written))
    tokens = [token(word) for word in written]
    phrases = statistics.phrases_of(tokens)
    terms = [
        Term(word, analysed, tuple(phrases.get(analysed, ())))
        for word, analysed in zip(written, tokens, strict=True)
    ]
    if asks_meaning(text, language):
        terms += [Term("", MEANING + analysed) for analysed in tokens if phrases.get(analysed)]
    return tuple(terms)


def _renamed(written: list[str], names: Mapping[Phrase, str]) -> list[str]:
    """Return words with each phrase of ``names`` replaced by its name."""
    renamed = list(written)
    for first, end, name in reversed(find_phrases([token(word) for word in written], names)):
        renamed[first:end] = words(name)
    return renamed
