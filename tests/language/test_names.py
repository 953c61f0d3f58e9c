"""Names that other languages give to countries and organisations become French."""

from __future__ import annotations

import pytest

from retrieval.language.acronyms import find_phrases
from retrieval.language.analysis import analyse
from retrieval.language.identification import LANGUAGES
from retrieval.language.names import names_in
from retrieval.language.word_lists import organisations


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Russia and Germany left ECOWAS", "en", ["Russie", "Allemagne", "Cédéao"]),
        ("Der IWF und die NATO", "de", ["FMI", "OTAN"]),
        ("Estados Unidos", "es", ["États-Unis"]),
        ("НАТО", "ru", ["OTAN"]),
        ("Niger", "en", []),  # the same in French
    ],
)
def test_a_name_is_found_in_its_language(text: str, language: str, names: list[str]) -> None:
    assert [name for _, _, name in find_phrases(analyse(text), names_in(language))] == names


def test_french_has_no_names_to_put_into_french() -> None:
    assert names_in("fr") == {}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "fr"])
def test_every_other_language_has_some(language: str) -> None:
    names = names_in(language)
    assert len(names) > 50
    assert () not in names


def test_an_organisation_stands_once_and_has_other_names() -> None:
    french = [name for name, _ in organisations()]
    assert len(set(french)) == len(french)
    for name, others in organisations():
        assert others
        assert name not in others
        assert len(set(others)) == len(others)
