"""The sentences of both languages, and which language to speak."""

from __future__ import annotations

import re
import string

import pytest

from retrieval.present.catalogue import LANGUAGES, catalogue, choose, of_machine, quotation_marks, sentence


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)}


def test_both_catalogues_say_the_same_things_with_the_same_placeholders():
    french, english = (catalogue(language) for language in LANGUAGES)
    assert list(french) == list(english)
    assert {key: placeholders(text) for key, text in french.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize(("key", "text"), catalogue("fr").items())
def test_french_typography_is_right(key: str, text: str):
    assert not re.search(r"(?<![\u00a0\u202f])[;?!»]", text), "a no-break space before"
    assert not re.search(r"(?<!\u00a0):", text), "a no-break space before a colon"
    assert not re.search(r"«(?!\u00a0)", text), "a no-break space inside guillemets"
    assert not re.search(r"['\"]|\.\.\.", text), "’, « » and … rather than typewriter marks"


@pytest.mark.parametrize(("key", "text"), catalogue("en").items())
def test_english_typography_is_right(key: str, text: str):
    assert not re.search(r"\s[;:?!]", text)
    assert not re.search(r"['\"]|\.\.\.", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_alert_says_fits_in_one(language: str):
    assert max(len(sentence(key, language)) for key in ("refusal.old_button", "refusal.failure")) <= 200


def test_numbers_are_written_as_the_language_writes_them():
    assert "10\u202f000 caractères" in sentence("refusal.too_long", "fr", length=10_000, limit=1_000)
    assert "10,000 characters" in sentence("refusal.too_long", "en", length=10_000, limit=1_000)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("FR_be", "fr"),
        ("fr.UTF-8", "fr"),
        ("French_France", "fr"),
        ("frr", "en"),
        ("es", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_french_speakers_are_spoken_to_in_french_and_others_in_english(tag: str | None, language: str):
    assert choose(tag) == language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "fr_FR.UTF-8", "LC_CTYPE": "C.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:en"}, "fr"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_a_machine_is_spoken_to_in_the_language_it_is_set_to(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert of_machine() == language


def test_quotes_stand_in_the_marks_of_the_language():
    assert [quotation_marks(language) for language in LANGUAGES] == [("«\u00a0", "\u00a0»"), ("“", "”")]
