"""Languages given as tags and as names."""

from __future__ import annotations

import pytest

from retrieval.articles.language_codes import language_code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *(("fr", "fr"), ("FR", "fr"), (" fr-CA ", "fr"), ("fr_FR.UTF-8", "fr"), ("zh-Hant-TW", "zh")),
        *(("fra", "fr"), ("fre", "fr"), ("ger", "de"), ("cmn", "zh"), ("iw", "he"), ("en-US-x-foo", "en")),
        *(
            ("français", "fr"),
            ("Français (Canada)", "fr"),
            ("French", "fr"),
            ("anglais", "en"),
            ("LATIN", "la"),
        ),
        *(("Deutsch", "de"), ("español", "es"), ("中文", "zh")),
        *(("xx", None), ("und", None), ("mul", None), ("", None), ("la presse", None), ("12", None)),
    ],
)
def test_a_code_of_two_letters_or_nothing(value: str, code: str | None) -> None:
    assert language_code(value) == code
