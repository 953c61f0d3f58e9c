"""Dates in a clause that tells what is wanted or supposed, and weekdays that no rule settles."""

from __future__ import annotations

import pytest

from retrieval.dates import find
from retrieval.dates.confidence import is_sure

SUPPOSED = [
    ("L'idée est que le pont ouvre le 12 avril.", "2025-11-20", ["2026-04-12"]),
    ("L'objectif est que la ligne soit prête le 3 février.", "2025-11-20", ["2026-02-03"]),
    ("Il faut que les travaux finissent avant le 10 mars.", "2025-11-20", ["2026-03-10"]),
    ("Nous voulons que la loi soit votée le 15 mars.", "2025-11-20", ["2026-03-15"]),
    ("Pour que le vaccin soit prêt le 5 février, tout s'accélère.", "2025-11-20", ["2026-02-05"]),
    ("afin que le stade puisse rouvrir le 4 mai", "2025-11-20", ["2026-05-04"]),
    ("Le maire souhaite que l'école ouvre en septembre.", "2025-11-20", ["2026-09"]),
    ("Ils travaillent pour ouvrir le 12 avril.", "2025-11-20", ["2026-04-12"]),
    ("Le but est qu'elle rouvre le 4 février.", "2025-11-20", ["2026-02-04"]),
    ("Elle exige que le site ferme le 4 janvier.", "2025-11-20", ["2026-01-04"]),
    ("Il est possible que le tunnel rouvre le 5 avril.", "2025-11-20", ["2026-04-05"]),
    ("Il y a un risque que la grève reprenne le 8 janvier.", "2025-11-20", ["2026-01-08"]),
    ("The aim is for the bridge to open on 12 April.", "2025-11-20", ["2026-04-12"]),
    ("so that the school can reopen on 3 May", "2025-11-20", ["2026-05-03"]),
    ("In order for the school to open on 3 May, it needs staff.", "2025-11-20", ["2026-05-03"]),
    ("Si on gagne samedi, on sera premiers.", "2025-11-23", ["2025-11-29"]),
    ("S'ils battent Lyon mercredi, ils seront qualifiés.", "2025-11-23", ["2025-11-26"]),
    ("S'il est élu dimanche, il nommera un Premier ministre.", "2025-11-20", ["2025-11-23"]),
    ("If we win on Saturday, we go top.", "2025-11-23", ["2025-11-29"]),
    ("Unless talks resume on Tuesday, the strike goes on.", "2025-11-23", ["2025-11-25"]),
    ("Le scrutin de dimanche s'annonce serré.", "2025-11-20", ["2025-11-23"]),
    ("Le ministre commence, dès mardi, une tournée en Asie.", "2025-11-23", ["2025-11-25"]),
    ("Météo : orages attendus mardi", "2025-11-23", ["2025-11-25"]),
    ("Il neige mardi sur les Alpes.", "2025-11-23", ["2025-11-25"]),
    ("Il gèle vendredi matin dans l'Est.", "2025-11-23", ["2025-11-28"]),
]

OVER = [
    ("Il est possible que le tueur soit venu mardi.", "2025-11-26", ["2025-11-25"]),
    ("Il se peut que le suspect se soit rendu à Nice mardi.", "2025-11-26", ["2025-11-25"]),
    ("Bien que le pont ait ouvert le 12 avril, il reste vide.", "2025-11-20", ["2025-04-12"]),
    ("Il se peut que le pont ait fermé le 12 avril.", "2025-11-20", ["2025-04-12"]),
    ("Il faut rappeler que le 12 avril, un homme est mort.", "2025-11-20", ["2025-04-12"]),
    ("Il faut se souvenir que le pont a fermé le 12 avril.", "2025-11-20", ["2025-04-12"]),
    (
        "Pour que cela ne se reproduise pas, la ville a fermé le pont le 12 avril.",
        "2025-11-20",
        ["2025-04-12"],
    ),
    ("Il s'est rendu à Lyon pour rencontrer le maire le 12 avril.", "2025-11-20", ["2025-04-12"]),
    ("Si l'équipe avait gagné samedi, elle serait première.", "2025-11-23", ["2025-11-22"]),
    ("Si mardi il a parlé, c'est par colère.", "2025-11-23", ["2025-11-18"]),
    ("Si elle s'est tue lundi, elle a parlé hier.", "2025-11-23", ["2025-11-17", "2025-11-22"]),
    ("Le ministre s'est demandé si la grève de mardi était utile.", "2025-11-23", ["2025-11-18"]),
    ("Asked if he had met her on Tuesday, he declined.", "2025-11-23", ["2025-11-18"]),
    ("Even if he lost on Saturday, he remains champion.", "2025-11-23", ["2025-11-22"]),
    ("Après la défaite de samedi, le club joue gros.", "2025-11-23", ["2025-11-22"]),
    ("Le pont, ouvert le 12 avril, sera fermé.", "2025-11-20", ["2025-04-12"]),
    ("La marche de samedi a réuni 3 000 personnes.", "2025-11-20", ["2025-11-15"]),
]

PRETERITES = [
    ("Il annonça mardi sa démission.", "2025-11-23", ["2025-11-18"]),
    ("Le roi mourut le 12 décembre.", "2025-11-23", ["2024-12-12"]),
    ("Il quitta la ville le 12 décembre.", "2025-11-23", ["2024-12-12"]),
    ("Le 2 décembre, il franchit la ligne et tomba.", "2025-11-23", ["2024-12-02"]),
    ("Les troupes entrèrent dans la ville le 3 décembre.", "2025-11-23", ["2024-12-03"]),
    ("Elle la quitta le 4 décembre.", "2025-11-23", ["2024-12-04"]),
    ("Il répondit le 4 décembre.", "2025-11-23", ["2024-12-04"]),
    ("Le 4 décembre, elle reçut une lettre.", "2025-11-23", ["2024-12-04"]),
    ("Le pont s'effondra le 4 décembre.", "2025-11-23", ["2024-12-04"]),
    ("Il assura le 4 décembre qu'il partait.", "2025-11-23", ["2024-12-04"]),
    ("Ils préférèrent partir le 5 décembre.", "2025-11-23", ["2024-12-05"]),
    ("Ils préfèrent partir le 5 décembre.", "2025-11-23", ["2025-12-05"]),
    ("Les élèves récupèrent leurs livres le 5 décembre.", "2025-11-23", ["2025-12-05"]),
    ("L'opéra ouvre le 4 décembre.", "2025-11-23", ["2025-12-04"]),
    ("Un nouveau visa entre en vigueur le 4 décembre.", "2025-11-23", ["2025-12-04"]),
    ("La caméra sera vendue le 4 décembre.", "2025-11-23", ["2025-12-04"]),
    ("On connaîtra le verdict le 4 décembre.", "2025-11-23", ["2025-12-04"]),
    ("Il mettra fin au débat le 4 décembre.", "2025-11-23", ["2025-12-04"]),
]

UNSETTLED = [
    "Jeudi, le Parlement examine le texte.",
    "Vendredi, il ouvre le feu et tue deux hommes.",
    "La chaleur est si forte samedi que les écoles ferment.",
    "Le pays risque la faillite alors que mardi les banques sont fermées.",
    "Les experts considèrent mardi que la crise est finie.",
    "Le célèbre judoka combat samedi à Tokyo.",
    "Les fans admirent samedi leur idole.",
    "Grève des trains mercredi",
    "Réunion décisive jeudi à Bruxelles",
    "Train strike on Wednesday",
    "L'élection de dimanche inquiète les marchés.",
    "Sunday's election looks close.",
    "Le tribunal rend jeudi son jugement.",
    "Les températures chutent jeudi.",
    "Des orages éclatent mardi sur le Sud.",
    "Le film sort mercredi en salles.",
]


@pytest.mark.parametrize(("text", "published", "values"), SUPPOSED + OVER + PRETERITES)
def test_the_clause_decides(text, published, values):
    assert [mention.value for mention in find(text, published) if mention.low] == values


@pytest.mark.parametrize("text", UNSETTLED)
def test_a_weekday_that_nothing_settles_is_not_shown(text):
    assert [mention.text for mention in find(text, "2025-11-23") if is_sure(mention)] == []
