"""Hours: of the day beside them, or no date."""

from __future__ import annotations

import pytest

from retrieval.dates import find

DATED = [
    ("Réunion le 20 de 14h à 16h.", "2021-03-10", ["2021-03-20"]),
    ("Le 3 mars à 18h30, il a été arrêté.", "2021-03-10", ["2021-03-03"]),
    ("Samedi de 10h à 12h, atelier au musée.", "2021-03-10", ["2021-03-06"]),
    ("Hier à 14h, un incendie s'est déclaré.", "2021-03-10", ["2021-03-09"]),
    ("Le 5 février 2021, entre 8h et 9h, la foule attendait.", "2021-03-10", ["2021-02-05"]),
    ("Rendez-vous dimanche 14 mars à 9 heures précises.", "2021-03-10", ["2021-03-14"]),
    ("On 4 March at 10.30am a bomb exploded.", "2021-03-10", ["2021-03-04"]),
    ("At 5 pm on Friday, talks resumed.", "2021-03-10", ["2021-03-05"]),
    ("Le 12 mars, de 9h à 17h, porte ouverte.", "2021-03-10", ["2021-03-12"]),
    ("Le 17 janvier 2022 à 21h10, le match a débuté.", "2022-02-10", ["2022-01-17"]),
    ("le 4 janvier 2022 de 9h à 12h", "2022-02-10", ["2022-01-04"]),
    ("Rendez-vous le 26 à 20h30.", "2022-02-10", ["2022-02-26"]),
    ("Demain à 10h, les élèves manifesteront.", "2022-02-10", ["2022-02-11"]),
    ("Tomorrow at 10am, pupils will march.", "2022-02-10", ["2022-02-11"]),
    ("lundi 14 février, de 14h à 18h30", "2022-02-10", ["2022-02-14"]),
    ("Mardi, entre 6 h et 9 h, la ligne sera coupée.", "2022-02-10", ["2022-02-15"]),
    ("Le 3 janvier 2022, un homme sort. À 23 h, il rentre.", "2022-02-10", ["2022-01-03", "2022-01-03"]),
    ("On Monday between 9am and 11am, power was cut.", "2022-02-10", ["2022-02-07"]),
    ("Le 22 de 10h à 17h", "2023-04-19", ["2023-04-22"]),
    ("Vendredi à 20h45, les Bleus joueront.", "2023-04-19", ["2023-04-21"]),
    ("Hier vers 6 h 30, un bus s'est renversé.", "2023-04-19", ["2023-04-18"]),
    ("le 24 à 18h", "2020-06-10", ["2020-06-24"]),
    ("Jeudi 11 juin à 21h05", "2020-06-10", ["2020-06-11"]),
]

TRAPS = [
    "Le musée est ouvert de 9h à 18h.",
    "le train de 8h32",
    "Open 10am to 6pm.",
    "Le magasin ferme à 19 heures.",
    "Ouvert tous les jours de 10h30 à 19h.",
    "The office opens at 9:00.",
    "Le bus de 7 h 45 est en retard.",
    "Le couvre-feu de 21 heures à 6 heures.",
    "L'émission commence à 20h50.",
    "Shops shut between 1 p.m. and 3 p.m.",
    "The 8:15 train was late.",
    "À 14 heures, les manifestants étaient 3 000.",
    "de midi à 14 h",
    "from noon to 3pm",
    "Horaires : 8h-12h et 14h-17h.",
    "ouvert jusqu'à 22h",
    "La bibliothèque est ouverte de 10 h à 19 h 30.",
    "Le vol de 6h15 a été annulé.",
    "The shop is open from 8am to 10pm.",
    "Le journal de 20 heures a ouvert sur ce sujet.",
    "De 8 heures à midi, la rue est fermée.",
    "fermeture entre 12h et 14h",
    "The 9.30pm curfew was lifted.",
    "Doors open at 7:30 pm.",
    "un match à 21 heures",
    "jusqu'à 2 heures du matin",
    "un créneau de 15h-16h",
    "à 8h précises",
    "at noon",
    "Le marché se tient de 7h30 à 13h.",
    "le TGV de 17h04",
    "The 7am flight to Rome",
    "open until 9pm",
    "Les bureaux ferment à 18 heures.",
    "from 9.30am to noon",
    "séances à 14h, 16h30 et 21h",
    "le 20 heures de TF1",
    "between 8pm and midnight",
    "de 6h à 22h",
    "le vol de 11h50",
    "Ouverture à 10h.",
    "9am-5pm",
    "entre 14h et 16h",
]


@pytest.mark.parametrize(("text", "published", "values"), DATED)
def test_an_hour_belongs_to_the_day_beside_it(text, published, values):
    assert [mention.value for mention in find(text, published) if mention.low] == values


@pytest.mark.parametrize("text", TRAPS)
def test_what_looks_like_one_is_no_date(text):
    assert [mention.text for mention in find(text, "2021-03-10") if mention.low] == []
