"""How the time of a question is written in words."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.dates import Window, window_text


@pytest.mark.parametrize(
    ("low", "high", "french", "english"),
    [
        ("2024-01-01", "2024-01-31", "en janvier 2024", "in January 2024"),
        ("2024-01-01", "2024-12-31", "en 2024", "in 2024"),
        ("2025-04-01", "2025-04-01", "le 1er avril 2025", "on 1 April 2025"),
        ("2019-01-01", "2021-12-31", "de 2019 à 2021", "from 2019 to 2021"),
        ("2025-04-07", "2025-04-13", "du 7 au 13 avril 2025", "from 7 to 13 April 2025"),
        ("2025-03-01", None, "depuis mars 2025", "since March 2025"),
        ("2024-01-01", None, "depuis 2024", "since 2024"),
        ("2025-03-04", None, "depuis le 4 mars 2025", "since 4 March 2025"),
        (None, "2023-05-31", "avant juin 2023", "before June 2023"),
        (None, "2022-12-31", "avant 2023", "before 2023"),
        (None, "2025-04-03", "jusqu’au 3 avril 2025", "until 3 April 2025"),
        (None, "9999-12-31", "jusqu’au 31 décembre 9999", "until 31 December 9999"),
    ],
)
def test_a_window_in_words(low: str | None, high: str | None, french: str, english: str) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (low, high)]
    read = Window(days[0], days[1], "in", 0, 0, "")
    assert (window_text(read, "fr"), window_text(read, "en")) == (french, english)
