"""Dates that are found in texts: those that stand by themselves."""

from __future__ import annotations

import pytest

from retrieval.dates import find


def values(text, published=None):
    return {mention.text: mention.value for mention in find(text, published)}


def only(text, published=None):
    """The one mention of a text, as (text, value)."""
    (mention,) = find(text, published)
    return mention.text, mention.value


class TestSeedArticle:
    def test_its_dates(self):
        text = (
            "Les ministres sont en Russie ce 3 avril pour une visite de deux jours. La « première "
            "session » va s'ouvrir. En septembre 2023, les présidents du Mali, du Niger et du Burkina "
            "Faso ont annoncé la coalition, avant de prendre la décision, en janvier 2024, de se "
            "retirer. Une décision officialisée le 29 janvier. Les trois pays ont coopéré."
        )
        assert values(text, "2025-04") == {
            "ce 3 avril": "2025-04-03",
            "deux jours": "P2D",
            "septembre 2023": "2023-09",
            "janvier 2024": "2024-01",
            "le 29 janvier": "2025-01-29",
        }


STANDALONE = [
    # Days.
    ("signé le 3 avril 2025 à Paris", "le 3 avril 2025", "2025-04-03"),
    ("le 1er mars 2024", "le 1er mars 2024", "2024-03-01"),
    ("publié le lundi 20 janvier 2020 à 14h45", "le lundi 20 janvier 2020 à 14h45", "2020-01-20"),
    ("mer. 10 juin 2020", "mer. 10 juin 2020", "2020-06-10"),
    ("le 02 novembre 2018", "le 02 novembre 2018", "2018-11-02"),
    ("le 10 novembre 93 sur l'A 10", "le 10 novembre 93", "1993-11-10"),
    ("le 23 septembre 1933", "le 23 septembre 1933", "1933-09-23"),
    ("on 29 January 2025 in Rome", "29 January 2025", "2025-01-29"),
    ("on January 29, 2025, he", "January 29, 2025", "2025-01-29"),
    ("Sept. 11, 2001", "Sept. 11, 2001", "2001-09-11"),
    ("the 3rd of April 2024", "the 3rd of April 2024", "2024-04-03"),
    ("Fri, 12 May 2000", "Fri, 12 May 2000", "2000-05-12"),
    ("le 03/04/2025 à Paris", "le 03/04/2025", "2025-04-03"),
    ("Log du 2025-04-03", "2025-04-03", "2025-04-03"),
    ("at 2025-04-03T10:00:00Z", "2025-04-03", "2025-04-03"),
    ("Noël 2019", "Noël 2019", "2019-12-25"),
    ("le premier lundi de mai 2024", "le premier lundi de mai 2024", "2024-05-06"),
    ("the last Friday of June 2020", "the last Friday of June 2020", "2020-06-26"),
    # Months and their parts.
    ("en janvier 2024", "janvier 2024", "2024-01"),
    ("dès octobre 98", "octobre 98", "1998-10"),
    ("début mars 2024", "début mars 2024", "2024-03-01/2024-03-10"),
    ("à la mi-mars 2024", "la mi-mars 2024", "2024-03-11/2024-03-20"),
    ("à la fin du mois de mars 2024", "la fin du mois de mars 2024", "2024-03-21/2024-03-31"),
    ("in early March 2024", "early March 2024", "2024-03-01/2024-03-10"),
    ("la première quinzaine d'avril 2024", "la première quinzaine d'avril 2024", "2024-04-01/2024-04-15"),
    # Years and longer.
    ("en 1994", "1994", "1994"),
    ("dès l'année 2001", "l'année 2001", "2001"),
    ("la présidentielle de 2002,", "2002", "2002"),
    ("since 2019", "2019", "2019"),
    ("fin 2024", "fin 2024", "2024-10/2024-12"),
    ("en 98, il part", "98", "1998"),
    ("la saison 98/99", "la saison 98/99", "1998/1999"),
    ("mi-2024", "mi-2024", "2024-05/2024-08"),
    ("l'été 2023", "l'été 2023", "2023-22"),
    ("the winter of 2019", "the winter of 2019", "2019-24"),
    ("le 2e trimestre 2024", "le 2e trimestre 2024", "2024-34"),
    ("the second quarter of 2024", "the second quarter of 2024", "2024-34"),
    ("Q2 2024", "Q2 2024", "2024-34"),
    ("le premier semestre 2024", "le premier semestre 2024", "2024-40"),
    ("les années 1990", "les années 1990", "199X"),
    ("les années 90", "les années 90", "199X"),
    ("in the 1990s", "the 1990s", "199X"),
    ("de 1299 à 1389", "1299 à 1389", "1299/1389"),
    ("début du XXe siècle", "début du XXe siècle", "1900/1929"),
    ("à la fin des années 1990", "la fin des années 1990", "1997/1999"),
    ("au XIXe siècle", "XIXe siècle", "18XX"),
    ("the 19th century", "the 19th century", "18XX"),
    # Intervals.
    ("du 7 au 13 avril 2025", "7 au 13 avril 2025", "2025-04-07/2025-04-13"),
    ("du 28 mars au 3 avril 2025", "28 mars au 3 avril 2025", "2025-03-28/2025-04-03"),
    ("du 28 décembre au 3 janvier 2025", "28 décembre au 3 janvier 2025", "2024-12-28/2025-01-03"),
    ("de 2019 à 2021", "2019 à 2021", "2019/2021"),
    ("la saison 2002/2003", "la saison 2002/2003", "2002/2003"),
    ("de janvier à mars 2024", "janvier à mars 2024", "2024-01/2024-03"),
    ("between 2019 and 2021", "2019 and 2021", "2019/2021"),
    ("from 29 July to 5 August 2018", "29 July to 5 August 2018", "2018-07-29/2018-08-05"),
    ("April 3-5, 2025", "April 3-5, 2025", "2025-04-03/2025-04-05"),
    ("la semaine du 6 octobre 2024", "la semaine du 6 octobre 2024", "2024-09-30/2024-10-06"),
    # Lengths of time.
    ("depuis dix ans", "dix ans", "P10Y"),
    ("pendant dix-huit mois", "dix-huit mois", "P18M"),
    ("une semaine de congé", "une semaine", "P1W"),
    ("for three years", "three years", "P3Y"),
    ("une dizaine de jours", "une dizaine de jours", "P10D"),
    ("depuis plusieurs années", "plusieurs années", "PXY"),
    ("ces derniers jours", "ces derniers jours", "PXD"),
    ("un an et demi", "un an et demi", "P1.5Y"),
    ("retardé de quinze minutes", "quinze minutes", "PT15M"),
]


@pytest.mark.parametrize(("text", "surface", "value"), STANDALONE)
def test_what_stands_by_itself_needs_no_reference(text, surface, value):
    assert only(text) == (surface, value)
