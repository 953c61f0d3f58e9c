"""The language of a question decides how much its words weigh against its meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.identification import LANGUAGES, identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quand le retrait de la Cédéao a-t-il été officialisé ?", "fr"),
        ("When did they decide to leave ECOWAS?", "en"),
        ("¿Cuándo decidieron abandonar la Comunidad Económica?", "es"),
        ("Wann wurde der Austritt aus der Gemeinschaft offiziell?", "de"),
        ("متى تم إضفاء الطابع الرسمي على الانسحاب؟", "ar"),
        ("Когда было официально объявлено о выходе?", "ru"),
        ("Quando è stato ufficializzato il ritiro dalla Comunità?", "it"),
        ("他们什么时候决定离开共同体？", "zh"),
    ],
)
def test_questions_are_told_apart(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize("text", ["", "😀😀", "2025", " \n", "?!"])
def test_what_is_in_no_language_is_taken_for_the_archive_s(text: str) -> None:
    assert identify(text) == "fr"


@given(st.text(max_size=200))
def test_any_text_has_one_of_the_known_languages(text: str) -> None:
    assert identify(text) in LANGUAGES
