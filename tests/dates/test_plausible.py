"""What looks like a date and is none."""

from __future__ import annotations

import pytest

from retrieval.dates import find

NO_DATE = [
    # Words with another life.
    "Il a été élu sans opposition.",
    "Les élus ont été 2000 à voter.",
    "La planète Mars a été observée par la sonde.",
    "Une mission sur Mars, en orbite autour de Mars.",
    "Le Champ-de-Mars était noir de monde.",
    "Avril Lavigne a chanté à Paris.",
    "Il a rencontré Avril et Mai à Paris.",
    "Le Soir a publié une enquête.",
    "Le Journal du Dimanche a publié une enquête.",
    "Robinson et Vendredi sur leur île.",
    "You may go, and they march on.",
    "Theresa May said so. April Ryan asked.",
    "A second chance came a second later.",
    "Prices fall, and spring water flows.",
    "AI Sunday was fun.",
    "The Black Friday sales were poor.",
    "Sun and Mon are moons.",
    "La fin des temps est proche.",
    "Un jour, il reviendra.",
    "Noël Mamère a parlé au marché de Noël.",
    "Louis XIV vivait dans le XVIe arrondissement.",
    "En été comme en hiver.",
    # Numbers.
    "le vol 1994 a décollé",
    "la résolution 2773 du Conseil de sécurité",
    "flight 1994, resolution 2773, page 2001",
    "les trois pays du Sahel",
    "une victoire 3-2, puis une défaite 3 à 2",
    "le prix est de 1 500 euros",
    "un prix de 2000 euros",
    "plus de 2000 manifestants et 1 500 personnes",
    "of 2000 people, about 1900 voters",
    "appelez le 01 42 20 14 33",
    "une hausse de 1950 %",
    "un Boeing 737 et une Peugeot 2008",
    "les 3/4 des Français et les 2/3 des voix",
    "ouvert 24h/24 et 7/7",
    "la version 12.04.3",
    "la guerre de 14-18",
    "une étape décisive de 1998 mètres",
    "le code postal 75011 et le 36 15",
    "bâtiment 2024 B",
    # Places and programmes named after a day.
    "rue du 8 mai 1945",
    "place du 14-Juillet",
    "le journal du 20h",
    "les 24 Heures du Mans",
    # Days that do not exist.
    "le 31 novembre 2024",
    "le 30 février",
    "99/99/2024",
    # Before our era.
    "au Ve siècle av. J.-C., puis en 1200 avant notre ère",
    "in the 5th century BC",
    # Habits are not dates.
    "Le marché a lieu le lundi.",
    "Le marché a lieu tous les jeudis et chaque mardi.",
    "Ouvert du lundi au vendredi.",
    "every Friday",
    # Ages.
    "Paul, 53 ans, est âgé de 53 ans.",
    "les 18-25 ans, de 8 à 12 ans",
    "a 25-year-old man, 30 years old",
    "à ce jour",
]


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text):
    assert [(m.text, m.value) for m in find(text, "2025-04-10")] == []


DATES = [
    ("mai 68", "1968-05"),
    ("en mars", "2025-03"),
    ("En Mars 2024", "2024-03"),
    ("l'été 2023", "2023-22"),
    ("(1994)", "1994"),
    ("la loi de 1905 dans son ensemble", "1905"),
    ("l'an 2000", "2000"),
    ("in May", "2025-05"),
    ("since March", "2025-03"),
    ("the fall of 2019", "2019-23"),
    ("le soir du 14 juillet 2016", "2016-07-14"),
    ("En 2019, 200 personnes", "2019"),
    ("le 3 avril 2025, 300 personnes", "2025-04-03"),
    ("le lundi 7 avril", "2025-04-07"),
]


@pytest.mark.parametrize(("text", "value"), DATES)
def test_what_stands_beside_the_traps_is_a_date(text, value):
    assert [m.value for m in find(text, "2025-04-10")] == [value]


def test_lengths_of_time_are_never_dates():
    for text in ("pendant deux jours", "depuis dix ans", "ces dix dernières années", "for three weeks"):
        (mention,) = find(text, "2025-04-10")
        assert mention.value.startswith("P")
        assert mention.low is mention.high is None
