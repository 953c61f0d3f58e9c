"""What points to a day named before: counted from that day, or no date where none is named."""

from __future__ import annotations

import pytest

from retrieval.dates import find
from retrieval.dates.confidence import is_sure

PUBLISHED = "2025-11-23"

NAMED = [
    ("Le 3 mars 2020, il signe. Dès le lendemain, il part.", ["2020-03-03", "2020-03-04"]),
    ("On 3 March 2020 he signed. The next day he left.", ["2020-03-03", "2020-03-04"]),
    ("He was arrested on 5 March 2024 and freed the following day.", ["2024-03-05", "2024-03-06"]),
    ("Il a été arrêté le 5 mars 2024 ; la veille, il était à Nice.", ["2024-03-05", "2024-03-04"]),
    ("Le 5 mars 2024, il a plu. L'avant-veille, il neigeait.", ["2024-03-05", "2024-03-03"]),
    ("L'avion a décollé jeudi et s'est écrasé le lendemain.", ["2025-11-20", "2025-11-21"]),
    ("Hier, il a plu. La veille, il neigeait.", ["2025-11-22", "2025-11-21"]),
    ("Le 4 mars 2025, la ville s'éveille. Ce mardi-là, il neige.", ["2025-03-04", "2025-03-04"]),
    ("It happened on 4 March 2025. That Tuesday, it snowed.", ["2025-03-04", "2025-03-04"]),
    (
        "Le 15 août 2021, Kaboul tombe. Ce dimanche-là, les avions décollent.",
        ["2021-08-15", "2021-08-15"],
    ),
    (
        "Le drame remonte au 8 mars 2025. Ce week-end-là, il neigeait.",
        ["2025-03-08", "2025-03-08/2025-03-09"],
    ),
    ("It happened on 8 March 2025. That weekend, it snowed.", ["2025-03-08", "2025-03-08/2025-03-09"]),
]

UNNAMED = [
    "Le lendemain, il est parti.",
    "Dès le lendemain, la ville était déserte.",
    "La veille, le maire avait prévenu.",
    "Le surlendemain, on l'a retrouvé.",
    "Le jour suivant, il est parti.",
    "La semaine suivante, il est parti.",
    "The next day, he left.",
    "The following day, he left.",
    "The day before, the mayor had warned.",
    "Du jour au lendemain, tout a changé.",
    "À la veille du sommet, les tensions montent.",
    "Ce mardi-là, il neige.",
    "Ce samedi-là, le stade était plein.",
    "That Tuesday, it snowed.",
    "On that Monday, it rained.",
    "That same Friday, he left.",
    "Le même jour, il partait.",
    "Ce week-end-là, tout a basculé.",
    "That weekend, it rained.",
    "Ce jour-là, il pleuvait.",
    "La manifestation dure depuis le début de l'après-midi.",
    "Dans la soirée, le calme est revenu.",
    "En fin de matinée, la foule a grossi.",
    "En milieu de journée, le calme est revenu.",
    "Depuis le milieu de la nuit, les pompiers luttent.",
    "During the night, a man was killed.",
    "Le matin même, il souriait.",
    "Vers 14h10, le feu a pris dans la cuisine.",
    "Le créneau de 17h30 est complet.",
    "Peu avant 22 heures, une explosion a retenti.",
    "Around 3pm, the fire broke out.",
    "À midi, la place était noire de monde.",
]


@pytest.mark.parametrize(("text", "values"), NAMED)
def test_it_is_counted_from_the_day_named_before(text, values):
    assert [mention.value for mention in find(text, PUBLISHED) if mention.low] == values


@pytest.mark.parametrize("text", UNNAMED)
def test_without_a_day_it_is_no_date(text):
    assert [mention.value for mention in find(text, PUBLISHED) if mention.low] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("En mars 2020, il signe. Le lendemain, il part.", "2020-03"),
        ("En 2019, il a été élu. Vers 14h, le feu a pris.", "2019"),
        ("Le 15 août 2021, Kaboul tombe. Ce lundi-là, les avions décollent.", "2021-08-15"),
    ],
)
def test_a_date_that_is_not_the_day_meant_gives_none(text, value):
    assert [mention.value for mention in find(text, PUBLISHED) if mention.low] == [value]


def test_a_weekend_after_other_days_is_not_that_of_the_text():
    text = "Le festival aura lieu les 8, 9 et 10 mai. Pendant ce week-end, la ville sera piétonne."
    assert "week-end" not in " ".join(mention.text for mention in find(text, "2025-04-20"))


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Ce week-end, la ville sera piétonne.", "2025-11-20", "2025-11-22/2025-11-23"),
        ("He said that Monday will be rainy.", "2025-11-20", "2025-11-24"),
        ("Ce matin, il neige.", "2025-11-23", "2025-11-23"),
        ("Ce mardi, le ministre est à Rome.", "2025-11-26", "2025-11-25"),
    ],
)
def test_what_is_of_the_day_of_the_text_stays_so(text, published, value):
    assert [mention.value for mention in find(text, published) if mention.low] == [value]


def test_far_from_the_day_named_it_is_not_shown():
    text = "Le 3 mars 2020, il part. Il est seul. Il marche. Il mange. Il dort. Le lendemain, il rentre."
    *_, last = find(text, PUBLISHED)
    assert last.text == "Le lendemain"
    assert not is_sure(last)
