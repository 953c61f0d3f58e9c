"""The language of a question, of a few words or of many."""

from __future__ import annotations

import pytest
from babel import Locale

from retrieval.language.identification import identify
from retrieval.question.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("AES et Russie", "fr"),
        ("AES and Russia", "en"),
        ("Russia", "en"),
        ("Russland", "de"),
        ("Rusia", "es"),
        ("Россия", "ru"),
        ("Turkey, Russia", "en"),
        ("Emmanuel Macron", "fr"),
        ("Niger", "fr"),
        ("Quand la Russie a-t-elle reçu les ministres de la Turkey ?", "fr"),
        ("", "fr"),
    ],
)
def test_a_name_tells_the_language_of_a_few_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_no_french_country_is_taken_for_a_name_of_another_language() -> None:
    names = [name for code, name in Locale.parse("fr").territories.items() if code.isalpha()]
    assert [name for name in names if language_of(name) != identify(name)] == []
