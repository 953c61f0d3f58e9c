"""The lexicon against the Common Locale Data Repository, and against the grammar that uses it."""

from __future__ import annotations

import pytest
from babel.dates import get_day_names, get_month_names

from retrieval.dates import find
from retrieval.dates.words import CONTEXTS, LANGUAGES, LEXICON


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_and_weekdays_are_those_of_the_cldr(language):
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=language).items():
            assert LEXICON[name.lower().rstrip(".")]["month"] == number, name
        for number, name in get_day_names(width, locale=language).items():
            classes = LEXICON[name.lower().rstrip(".")]
            assert classes.get("weekday", classes.get("wdabbr")) == number, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_weekday_is_found(language):
    for number, name in get_month_names("wide", locale=language).items():
        assert [m.value for m in find(f"3 {name} 2025")] == [f"2025-{number:02}-03"]
    for number, name in get_day_names("wide", locale=language).items():
        (mention,) = find(f"{name} dernier" if language == "fr" else f"last {name}", "2025-04-10")
        assert mention.low.weekday() == number


def test_words_are_in_lower_case_and_known_without_accents():
    assert all(word == word.lower() for word in LEXICON)
    assert all(word == word.lower() for words in CONTEXTS.values() for word in words)
    for accented, plain in [("février", "fevrier"), ("été", "ete"), ("décembre", "decembre")]:
        assert LEXICON[plain].items() >= LEXICON[accented].items()
    assert "à" in LEXICON
    assert LEXICON["à"] != LEXICON["a"]


@pytest.mark.parametrize(
    ("text", "months"),
    [("vingt-deux", 22), ("quatre-vingt-dix-sept", 97), ("vingt-et-un", 21), ("forty-six", 46)],
)
def test_compound_numbers_are_counted(text, months):
    (mention,) = find(f"{text} {'months' if 'forty' in text else 'mois'}")
    assert mention.value == f"P{months}M"
