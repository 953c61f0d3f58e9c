"""EDTF values in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import display, display_article
from retrieval.errors import DateError


class TestDisplay:
    @pytest.mark.parametrize(
        ("value", "french", "english"),
        [
            ("2025-01-29", "29 janvier 2025", "29 January 2025"),
            ("2025-04-01", "1er avril 2025", "1 April 2025"),
            ("2025-04", "avril 2025", "April 2025"),
            ("2025-08", "août 2025", "August 2025"),
            ("2025", "2025", "2025"),
            ("2023-22", "été 2023", "summer 2023"),
            ("2024-24", "hiver 2024–2025", "winter 2024–2025"),
            ("2024-33", "1er trimestre 2024", "first quarter of 2024"),
            ("2024-34", "2e trimestre 2024", "second quarter of 2024"),
            ("2024-41", "2e semestre 2024", "second half of 2024"),
            ("199X", "années 1990", "1990s"),
            ("18XX", "XIXe siècle", "19th century"),
            ("20XX", "XXIe siècle", "21st century"),
            ("2025-04-07/2025-04-13", "du 7 au 13 avril 2025", "from 7 to 13 April 2025"),
            ("2025-03-28/2025-04-01", "du 28 mars au 1er avril 2025", "from 28 March to 1 April 2025"),
            (
                "2024-12-28/2025-01-03",
                "du 28 décembre 2024 au 3 janvier 2025",
                "from 28 December 2024 to 3 January 2025",
            ),
            ("2019/2021", "de 2019 à 2021", "from 2019 to 2021"),
            ("2024-04/2024-06", "d’avril à juin 2024", "from April to June 2024"),
            ("2023-12/2024-02", "de décembre 2023 à février 2024", "from December 2023 to February 2024"),
            ("2024-01/..", "depuis janvier 2024", "since January 2024"),
            ("2025-04-03/..", "depuis le 3 avril 2025", "since 3 April 2025"),
            ("../2024-01", "jusqu’en janvier 2024", "until January 2024"),
            ("../2025-04-03", "jusqu’au 3 avril 2025", "until 3 April 2025"),
            (
                "[2025-03-24..2025-04-27]",
                "entre le 24 mars et le 27 avril 2025",
                "between 24 March and 27 April 2025",
            ),
            (
                "[2024-12..2025-11]",
                "entre décembre 2024 et novembre 2025",
                "between December 2024 and November 2025",
            ),
            ("P10Y", "10 ans", "10 years"),
            ("P1Y", "1 an", "1 year"),
            ("P1.5Y", "1,5 an", "1.5 years"),
            ("P2D", "2 jours", "2 days"),
            ("PXD", "quelques jours", "a few days"),
            ("PXY", "quelques années", "a few years"),
            ("PT3H", "3 heures", "3 hours"),
            ("2004~", "vers 2004", "around 2004"),
        ],
    )
    def test_in_words(self, value, french, english):
        assert (display(value, "fr"), display(value, "en")) == (french, english)

    def test_nonsense_is_refused(self):
        with pytest.raises(DateError):
            display("2025-13-45", "fr")

    @pytest.mark.parametrize(
        ("published", "french", "english"),
        [
            ("2025-04", "article d’avril 2025", "article of April 2025"),
            ("2025-08", "article d’août 2025", "article of August 2025"),
            ("2025-10", "article d’octobre 2025", "article of October 2025"),
            ("2025-03", "article de mars 2025", "article of March 2025"),
            ("2025-04-03", "article du 3 avril 2025", "article from 3 April 2025"),
            ("2025-04-01", "article du 1er avril 2025", "article from 1 April 2025"),
            ("2025", "article de 2025", "article of 2025"),
            ("2023-22", "article de l’été 2023", "article of summer 2023"),
            ("2023-21", "article du printemps 2023", "article of spring 2023"),
            ("199X", "article des années 1990", "article of the 1990s"),
            (None, "article sans date", "undated article"),
        ],
    )
    def test_article(self, published, french, english):
        assert (display_article(published, "fr"), display_article(published, "en")) == (french, english)


@given(st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["fr", "en"]))
def test_a_month_is_never_shown_as_a_day(day, language):
    words = display(day.isoformat()[:7], language)
    assert len(words.split()) == 2
    assert not words[0].isdigit()
