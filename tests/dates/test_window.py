"""The time a question asks about, read on a given day."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.dates import window

TODAY = dt.date(2025, 4, 10)  # a Thursday

QUESTIONS = [
    # French, in.
    ("Que s'est-il passé en janvier 2024 ?", "in", "2024-01-01", "2024-01-31", "en janvier 2024"),
    ("Qui est allé à Moscou le 3 avril 2025 ?", "in", "2025-04-03", "2025-04-03", "le 3 avril 2025"),
    ("Qui est allé à Moscou le 3 avril ?", "in", "2025-04-03", "2025-04-03", "le 3 avril"),
    ("Que s'est-il passé le 14 juillet ?", "in", "2024-07-14", "2024-07-14", "le 14 juillet"),
    ("Que s'est-il passé hier ?", "in", "2025-04-09", "2025-04-09", "hier"),
    ("Qu'a dit le ministre mardi dernier ?", "in", "2025-04-08", "2025-04-08", "mardi dernier"),
    ("Qu'a dit le ministre mardi ?", "in", "2025-04-08", "2025-04-08", "mardi"),
    ("Que s’est-il passé aujourd’hui ?", "in", "2025-04-10", "2025-04-10", "aujourd’hui"),
    ("Quelles annonces la semaine dernière ?", "in", "2025-03-31", "2025-04-06", "la semaine dernière"),
    ("Quelles annonces cette semaine ?", "in", "2025-04-07", "2025-04-13", "cette semaine"),
    ("Quelles annonces le mois dernier ?", "in", "2025-03-01", "2025-03-31", "le mois dernier"),
    ("Combien de morts l'an dernier ?", "in", "2024-01-01", "2024-12-31", "l'an dernier"),
    ("Combien de grèves cette année ?", "in", "2025-01-01", "2025-12-31", "cette année"),
    ("Qui a été élu en septembre ?", "in", "2024-09-01", "2024-09-30", "en septembre"),
    ("Qui a été élu en mai ?", "in", "2024-05-01", "2024-05-31", "en mai"),
    ("Que va-t-il se passer en juin ?", "in", "2025-06-01", "2025-06-30", "en juin"),
    ("Quelles élections se tiendront en mai ?", "in", "2025-05-01", "2025-05-31", "en mai"),
    ("Que s'est-il passé début mars ?", "in", "2025-03-01", "2025-03-10", "début mars"),
    ("Qui a gagné fin 2024 ?", "in", "2024-10-01", "2024-12-31", "fin 2024"),
    ("Quels incendies l'été dernier ?", "in", "2024-06-01", "2024-08-31", "l'été dernier"),
    ("Quels incendies à l'été 2022 ?", "in", "2022-06-01", "2022-08-31", "à l'été 2022"),
    ("Quelle croissance au premier trimestre 2024 ?", "in", "2024-01-01", "2024-03-31", None),
    ("Que s'est-il passé il y a deux ans ?", "in", "2023-01-01", "2023-12-31", "il y a deux ans"),
    ("Que s'est-il passé il y a trois jours ?", "in", "2025-04-07", "2025-04-07", "il y a trois jours"),
    ("Qui régnait au XIXe siècle ?", "in", "1800-01-01", "1899-12-31", "au XIXe siècle"),
    ("Quels films dans les années 1990 ?", "in", "1990-01-01", "1999-12-31", "dans les années 1990"),
    ("Que dit-on ces derniers jours ?", "in", "2025-03-31", "2025-04-10", "ces derniers jours"),
    ("Quelles crises ces dix dernières années ?", "in", "2015-04-10", "2025-04-10", None),
    ("Qui a joué le week-end dernier ?", "in", "2025-04-05", "2025-04-06", "le week-end dernier"),
    ("élections France 2022", "in", "2022-01-01", "2022-12-31", "2022"),
    # French, open or with two ends.
    ("Que s'est-il passé depuis mars ?", "since", "2025-03-01", None, "depuis mars"),
    ("Que sait-on depuis 2019 ?", "since", "2019-01-01", None, "depuis 2019"),
    ("Qu'a-t-il dit depuis hier ?", "since", "2025-04-09", None, "depuis hier"),
    ("Combien d'attaques depuis dix ans ?", "since", "2015-04-10", None, "depuis dix ans"),
    ("Que s'est-il passé à partir de juin 2023 ?", "since", "2023-06-01", None, "à partir de juin 2023"),
    ("Que s'est-il passé après 2020 ?", "since", "2021-01-01", None, "après 2020"),
    ("Que s'est-il passé après le 3 avril 2025 ?", "since", "2025-04-04", None, "après le 3 avril 2025"),
    ("Qui gouvernait avant l'été 2023 ?", "before", None, "2023-05-31", "avant l'été 2023"),
    ("qui gouvernait avant l'ete 2023", "before", None, "2023-05-31", "avant l'ete 2023"),
    ("Qui gouvernait avant le 3 avril 2025 ?", "before", None, "2025-04-02", "avant le 3 avril 2025"),
    ("Qui gouvernait jusqu'en 2020 ?", "before", None, "2020-12-31", "jusqu'en 2020"),
    ("Qui gouvernait entre 2019 et 2021 ?", "between", "2019-01-01", "2021-12-31", "entre 2019 et 2021"),
    ("Quelles sanctions de 2019 à 2021 ?", "between", "2019-01-01", "2021-12-31", "de 2019 à 2021"),
    ("Qui jouait du 7 au 13 avril 2025 ?", "between", "2025-04-07", "2025-04-13", "du 7 au 13 avril 2025"),
    ("Qui jouait entre janvier et mars 2024 ?", "between", "2024-01-01", "2024-03-31", None),
    ("Que dit-on depuis mars 2023 et avant juin 2024 ?", "between", "2023-03-01", "2024-05-31", None),
    ("Que s'est-il passé vers le 15 mars 2024 ?", "around", "2024-03-12", "2024-03-18", None),
    # English.
    ("What happened in January 2024?", "in", "2024-01-01", "2024-01-31", "in January 2024"),
    ("What happened last week?", "in", "2025-03-31", "2025-04-06", "last week"),
    ("What happened yesterday?", "in", "2025-04-09", "2025-04-09", "yesterday"),
    ("Who visited Moscow on 3 April?", "in", "2025-04-03", "2025-04-03", "on 3 April"),
    ("Who visited Moscow on April 3, 2025?", "in", "2025-04-03", "2025-04-03", "on April 3, 2025"),
    ("Who spoke last Tuesday?", "in", "2025-04-08", "2025-04-08", "last Tuesday"),
    ("What was decided in early March?", "in", "2025-03-01", "2025-03-10", "in early March"),
    ("Who won last summer?", "in", "2024-06-01", "2024-08-31", "last summer"),
    ("What happened two years ago?", "in", "2023-01-01", "2023-12-31", "two years ago"),
    ("What changed in the last three months?", "in", "2025-01-10", "2025-04-10", None),
    ("what happened in march", "in", "2025-03-01", "2025-03-31", "in march"),
    ("What has changed since 2019?", "since", "2019-01-01", None, "since 2019"),
    ("What has changed since last Tuesday?", "since", "2025-04-08", None, "since last Tuesday"),
    ("What happened after March 2024?", "since", "2024-04-01", None, "after March 2024"),
    ("What happened from 2019 onwards?", "since", "2019-01-01", None, None),
    ("Who ruled before January 2020?", "before", None, "2019-12-31", "before January 2020"),
    ("Who ruled until March 2024?", "before", None, "2024-03-31", "until March 2024"),
    ("Who ruled between 2019 and 2021?", "between", "2019-01-01", "2021-12-31", "between 2019 and 2021"),
    ("Who ruled from 2019 to 2021?", "between", "2019-01-01", "2021-12-31", "from 2019 to 2021"),
    ("What happened between March and May 2023?", "between", "2023-03-01", "2023-05-31", None),
    ("What happened around 15 March 2024?", "around", "2024-03-12", "2024-03-18", None),
    ("the 2024 budget", "in", "2024-01-01", "2024-12-31", None),
]

TIMELESS = [
    "Quand les ministres se sont-ils rendus à Moscou ?",
    "When did the ministers go to Moscow?",
    "Que sait-on de nouveau sur la Cédéao ?",
    "Que s'est-il passé avec le vol 1994 ?",
    "Que dit la résolution 2773 ?",
    "Combien coûtent 2000 euros de travaux ?",
    "Qui a été blessé ?",
    "May I ask who signed?",
    "Quels sont les trois pays du Sahel ?",
    "Que sait-on de la planète Mars ?",
    "Combien de jours dure la visite ?",
    "Que dit Le Soir ?",
    "",
]


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


@pytest.mark.parametrize(("question", "operator", "low", "high", "text"), QUESTIONS)
def test_window(question, operator, low, high, text):
    found = window(question, TODAY)
    assert found is not None
    assert (found.operator, found.low, found.high) == (operator, _day(low), _day(high))
    assert question[found.start : found.end] == found.text
    assert text is None or found.text == text


@pytest.mark.parametrize("question", TIMELESS)
def test_a_question_without_a_time_has_no_window(question):
    assert window(question, TODAY) is None


def test_there_are_sixty_questions():
    assert len({question for question, *_ in QUESTIONS}) >= 60


def test_the_window_moves_with_the_clock():
    asked = "Que s'est-il passé la semaine dernière ?"
    assert window(asked, dt.date(2024, 1, 3)).low == dt.date(2023, 12, 25)
    assert window(asked, dt.date(2025, 4, 10)).low == dt.date(2025, 3, 31)


@pytest.mark.parametrize("today", [dt.date.min, dt.date.max])
@pytest.mark.parametrize(
    "question", ["depuis dix ans", "hier", "demain", "avant 0001-01-01", "après 9999", "vers 9999"]
)
def test_the_ends_of_the_calendar_are_no_accident(question, today):
    window(question, today)
