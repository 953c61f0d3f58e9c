"""Dates that invisible characters, apart accents and the ends of lines would hide."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from retrieval.dates import find, window


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("Officialisé le 29 jan\u00advier.", "le 29 jan\u00advier", "2025-01-29"),
        ("le 29\u200b janvier", "le 29\u200b janvier", "2025-01-29"),
        ("le 2\u20609 janvier 20\ufeff24", "le 2\u20609 janvier 20\ufeff24", "2024-01-29"),
        ("\ufeffle 29 janvier\u200b\u200b, à Paris", "le 29 janvier", "2025-01-29"),
        ("le 29 jan-\nvier", "le 29 jan-\nvier", "2025-01-29"),
        ("le 29 jan\u2010\r\n  vier", "le 29 jan\u2010\r\n  vier", "2025-01-29"),
        ("le 29 jan\u00ad\nvier", "le 29 jan\u00ad\nvier", "2025-01-29"),
        ("le 29 jan-\u200b\nvier", "le 29 jan-\u200b\nvier", "2025-01-29"),
        ("on 29 Janu-\nary 2024", "29 Janu-\nary 2024", "2024-01-29"),
        ("l’an-\nnée dernière", "l’an-\nnée dernière", "2024"),
        ("la visite d’aujour-\nd’hui", "aujour-\nd’hui", "2025-04-10"),
        ("il y a dix-\nhuit mois", "il y a dix-\nhuit mois", "2023-10"),
        ("avant-\nhier", "avant-\nhier", "2025-04-08"),
        ("à la mi-\nmars 2024", "la mi-\nmars 2024", "2024-03-11/2024-03-20"),
    ],
)
def test_a_hidden_date_is_found_and_its_text_is_the_slice(text, surface, value):
    (mention,) = find(text, "2025-04-10")
    assert (mention.text, mention.value) == (surface, value)
    assert text[mention.start : mention.end] == surface


@pytest.mark.parametrize(
    "text", ["le 29 dé-\n\ncembre", "le 29 dé- cembre", "le 29 dé-cembre", "Jean-\nMars est venu"]
)
def test_what_no_line_cuts_is_not_joined(text):
    assert find(text, "2025-04-10") == []


@pytest.mark.parametrize(
    ("question", "surface"),
    [
        ("Qui a été élu en sep\u00adtembre ?", "en sep\u00adtembre"),
        ("Qui a été élu en\u200b septem-\nbre\u2060 ?", "en\u200b septem-\nbre"),
        ("\ufeffQui a été élu en septembre ?", "en septembre"),
        (unicodedata.normalize("NFD", "Où était-il à l’été 2024 ?"), "a\u0300 l’e\u0301te\u0301 2024"),
    ],
)
def test_the_window_of_a_question_points_into_what_was_typed(question, surface):
    found = window(question, dt.date(2025, 4, 10))
    assert found.low in (dt.date(2024, 9, 1), dt.date(2024, 6, 1))
    assert found.text == surface
    assert question[found.start : found.end] == surface


def test_long_texts_are_read_at_once():
    for text in ("a" * 200_000 + "-\nb\u00ad", "a-" * 100_000 + "\n\u00ad", "-\n" * 100_000):
        assert find(text) == []
