"""Parts of a period that is named or relative."""

from __future__ import annotations

import pytest

from retrieval.dates import find

DATED = [
    ("le premier mercredi du mois prochain", "2021-03-10", ["2021-04-07"]),
    ("the last Friday of last month", "2021-03-10", ["2021-02-26"]),
    ("au premier trimestre de l'année dernière", "2021-03-10", ["2020-33"]),
    ("in the third quarter of next year", "2021-03-10", ["2022-35"]),
    ("au second semestre de l'an passé", "2021-03-10", ["2020-41"]),
    ("le deuxième trimestre de cette année", "2021-03-10", ["2021-34"]),
    ("the first half of this year", "2021-03-10", ["2021-40"]),
    ("the second half of last year", "2021-03-10", ["2020-41"]),
    ("le dernier vendredi de ce mois", "2021-03-10", ["2021-03-26"]),
    ("la première semaine du mois prochain", "2021-03-10", ["2021-03-29/2021-04-04"]),
    ("the first Monday of next month", "2021-03-10", ["2021-04-05"]),
    ("le premier semestre de l'année prochaine", "2021-03-10", ["2022-40"]),
    ("la première quinzaine du mois dernier", "2021-03-10", ["2021-02-01/2021-02-15"]),
    ("the first week of next month", "2021-03-10", ["2021-03-29/2021-04-04"]),
    ("in the first quarter of this year", "2021-03-10", ["2021-33"]),
    ("à la fin du mois dernier", "2021-03-10", ["2021-02-21/2021-02-28"]),
    ("au début de l'année prochaine", "2021-03-10", ["2022-01/2022-03"]),
    ("late last year", "2021-03-10", ["2020-10/2020-12"]),
    ("early next month", "2021-03-10", ["2021-04-01/2021-04-10"]),
    ("at the end of last month", "2021-03-10", ["2021-02-21/2021-02-28"]),
    ("le troisième trimestre de l'an dernier", "2021-03-10", ["2020-35"]),
    ("au quatrième trimestre de 2019", "2021-03-10", ["2019-36"]),
    ("the final quarter of last year", "2021-03-10", ["2020-36"]),
    ("the last quarter of 2019", "2021-03-10", ["2019-36"]),
    ("le dernier trimestre 2019", "2021-03-10", ["2019-36"]),
    ("l'été de l'année dernière", "2021-03-10", ["2020-22"]),
    ("the summer of last year", "2021-03-10", ["2020-22"]),
    ("mi-février de l'an dernier", "2021-03-10", ["2020-02-11/2020-02-20"]),
    ("le premier jour du mois prochain", "2021-03-10", ["2021-04-01"]),
    ("le dernier jour de l'année dernière", "2021-03-10", ["2020-12-31"]),
    ("the last day of this month", "2021-03-10", ["2021-03-31"]),
    ("le 15 du mois prochain", "2021-03-10", ["2021-04-15"]),
    ("le 3 de ce mois", "2021-03-10", ["2021-03-03"]),
    ("the 15th of next month", "2021-03-10", ["2021-04-15"]),
    ("mardi de la semaine dernière", "2021-03-10", ["2021-03-02"]),
    ("Thursday of last week", "2021-03-10", ["2021-03-04"]),
    ("le premier lundi de l'année", "2021-03-10", ["2021-01-04"]),
    ("first half of 2020", "2021-03-10", ["2020-40"]),
    ("au cours du premier trimestre 2020", "2021-03-10", ["2020-33"]),
    ("la seconde moitié de 2019", "2021-03-10", ["2019-41"]),
    ("the first half of last month", "2021-03-10", ["2021-02-01/2021-02-15"]),
    ("the first three months of 2020", "2021-03-10", ["2020-01/2020-03"]),
    ("les six premiers mois de 2020", "2021-03-10", ["2020-01/2020-06"]),
    ("les neuf premiers mois de l'année dernière", "2021-03-10", ["2020-01/2020-09"]),
    ("the first nine months of this year", "2021-03-10", ["2021-01/2021-09"]),
    ("le troisième jeudi du mois dernier", "2022-11-15", ["2022-10-20"]),
    ("the second Tuesday of next month", "2022-11-15", ["2022-12-13"]),
    ("le dernier jour du mois prochain", "2022-11-15", ["2022-12-31"]),
    ("au deuxième semestre de l'année prochaine", "2022-11-15", ["2023-41"]),
    ("the first quarter of next year", "2022-11-15", ["2023-33"]),
    ("in the second half of this year", "2022-11-15", ["2022-41"]),
    ("au dernier trimestre de l'an dernier", "2022-11-15", ["2021-36"]),
    ("la dernière semaine du mois dernier", "2022-11-15", ["2022-10-24/2022-10-30"]),
    ("the final week of last month", "2022-11-15", ["2022-10-24/2022-10-30"]),
    ("la seconde quinzaine du mois prochain", "2022-11-15", ["2022-12-16/2022-12-31"]),
    ("les trois premiers mois de l'année prochaine", "2022-11-15", ["2023-01/2023-03"]),
    ("the last three months of last year", "2022-11-15", ["2021-10/2021-12"]),
    ("au printemps de l'an prochain", "2022-11-15", ["2023-21"]),
    ("in the winter of last year", "2022-11-15", ["2021-24"]),
    ("la première moitié de 2021", "2022-11-15", ["2021-40"]),
    ("the second half of March 2021", "2022-11-15", ["2021-03-16/2021-03-31"]),
    ("le 2 du mois prochain", "2022-11-15", ["2022-12-02"]),
    ("on the 1st of next month", "2022-11-15", ["2022-12-01"]),
    ("Monday of next week", "2022-11-15", ["2022-11-21"]),
    ("au cours des six premiers mois de 2021", "2022-11-15", ["2021-01/2021-06"]),
    ("les dix premiers jours de mars 2021", "2022-11-15", ["2021-03-01/2021-03-10"]),
    ("the first two weeks of May 2021", "2022-11-15", ["2021-05-01/2021-05-14"]),
    ("le quatrième trimestre 2021", "2022-11-15", ["2021-36"]),
    ("au premier trimestre de cette année", "2022-11-15", ["2022-33"]),
    ("the third quarter of this year", "2022-11-15", ["2022-35"]),
    ("à la mi-mai de l'année prochaine", "2022-11-15", ["2023-05-11/2023-05-20"]),
    ("le premier week-end du mois prochain", "2022-11-15", ["2022-12-03/2022-12-04"]),
    ("the first weekend of next month", "2022-11-15", ["2022-12-03/2022-12-04"]),
]

TRAPS = [
    "le premier lundi du mois, la sirène sonne",
    "un deuxième quart d'heure",
    "the second half of the match",
    "la première moitié du film",
    "les six premiers",
    "le premier jour de classe",
]


@pytest.mark.parametrize(("text", "published", "values"), DATED)
def test_part_of_a_period(text, published, values):
    assert [mention.value for mention in find(text, published) if mention.low] == values


@pytest.mark.parametrize("text", TRAPS)
def test_what_looks_like_one_is_no_date(text):
    assert [mention.text for mention in find(text, "2021-03-10") if mention.low] == []
