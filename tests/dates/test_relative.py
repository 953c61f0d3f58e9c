"""Dates relative to the day of writing or to the last date mentioned."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find
from retrieval.errors import DateError


def values(text, published=None):
    return {mention.text: mention.value for mention in find(text, published)}


def only(text, published=None):
    """The one mention of a text, as (text, value)."""
    (mention,) = find(text, published)
    return mention.text, mention.value


# The reference is Thursday 10 April 2025.
RELATIVE = [
    ("il est arrivé hier", "hier", "2025-04-09"),
    ("avant-hier", "avant-hier", "2025-04-08"),
    ("demain", "demain", "2025-04-11"),
    ("la visite d'aujourd’hui", "aujourd’hui", "2025-04-10"),
    ("yesterday evening", "yesterday evening", "2025-04-09"),
    ("hier soir à 20 heures", "hier soir à 20 heures", "2025-04-09"),
    ("il est mort mardi", "mardi", "2025-04-08"),
    ("mardi dernier", "mardi dernier", "2025-04-08"),
    ("jeudi dernier", "jeudi dernier", "2025-04-03"),
    ("ce jeudi", "ce jeudi", "2025-04-10"),
    ("lundi prochain", "lundi prochain", "2025-04-14"),
    ("il se rendra lundi à Moscou", "lundi", "2025-04-14"),
    ("lundi de la semaine prochaine", "lundi de la semaine prochaine", "2025-04-14"),
    ("last Tuesday", "last Tuesday", "2025-04-08"),
    ("he will leave on Monday", "Monday", "2025-04-14"),
    ("on Monday he left", "Monday", "2025-04-07"),
    ("le 29 janvier", "le 29 janvier", "2025-01-29"),
    ("le sommet se tiendra le 12 mai", "le 12 mai", "2025-05-12"),
    ("le sommet s'est tenu le 12 mai dernier", "le 12 mai dernier", "2024-05-12"),
    ("le 20 décembre dernier", "le 20 décembre dernier", "2024-12-20"),
    ("d'ici le 15 septembre", "le 15 septembre", "2025-09-15"),
    ("samedi 6 avril", "samedi 6 avril", "2024-04-06"),
    ("dimanche 6 avril", "dimanche 6 avril", "2025-04-06"),
    ("la semaine dernière", "la semaine dernière", "2025-03-31/2025-04-06"),
    ("cette semaine", "cette semaine", "2025-04-07/2025-04-13"),
    ("next week", "next week", "2025-04-14/2025-04-20"),
    ("ce week-end", "ce week-end", "2025-04-05/2025-04-06"),
    ("le mois dernier", "le mois dernier", "2025-03"),
    ("l'an dernier", "l'an dernier", "2024"),
    ("l’année prochaine", "l’année prochaine", "2026"),
    ("à la fin de l'année dernière", "la fin de l'année dernière", "2024-10/2024-12"),
    ("en juin dernier", "juin dernier", "2024-06"),
    ("en mars de l'année dernière", "mars de l'année dernière", "2024-03"),
    ("en mars", "mars", "2025-03"),
    ("il a démissionné en septembre", "septembre", "2024-09"),
    ("il sera jugé en septembre", "septembre", "2025-09"),
    ("début mars", "début mars", "2025-03-01/2025-03-10"),
    ("l'été dernier", "l'été dernier", "2024-22"),
    ("last fall", "last fall", "2024-23"),
    ("il y a deux ans", "il y a deux ans", "2023"),
    ("il y a trois mois", "il y a trois mois", "2025-01"),
    ("il y a trois jours", "il y a trois jours", "2025-04-07"),
    ("dans deux semaines", "dans deux semaines", "2025-04-21/2025-04-27"),
    ("ten years ago", "ten years ago", "2015"),
    ("ce soir", "ce soir", "2025-04-10"),
]


@pytest.mark.parametrize(("text", "surface", "value"), RELATIVE)
def test_what_leans_on_the_day_of_writing(text, surface, value):
    assert only(text, "2025-04-10") == (surface, value)


@pytest.mark.parametrize(("text", "surface", "value"), RELATIVE)
def test_what_leans_on_the_day_of_writing_is_left_alone_without_one(text, surface, value):
    assert [v for v in values(text).values() if not v.startswith("P")] == []


class TestLastDateMentioned:
    @pytest.mark.parametrize(
        ("text", "surface", "value"),
        [
            ("Le 3 mars 2020, il part. Le lendemain, il arrive.", "Le lendemain", "2020-03-04"),
            ("Le 3 mars 2020, il part. La veille, il dormait.", "La veille", "2020-03-02"),
            ("Le 3 mars 2020, il part. Ce jour-là, il neige.", "Ce jour-là", "2020-03-03"),
            ("En 1998, il part. La même année, il revient.", "La même année", "1998"),
            ("En 1998, il part. L'année suivante, il revient.", "L'année suivante", "1999"),
            (
                "Le 3 mars 2020, il part. Deux jours plus tard, il revient.",
                "Deux jours plus tard",
                "2020-03-05",
            ),
            ("En 1998, il part. Dix ans plus tard, il revient.", "Dix ans plus tard", "2008"),
            ("On 3 March 2020 he left. The following day he was back.", "The following day", "2020-03-04"),
            ("Le 3 mars 2020, il part. À 18 h, il revient.", "18 h", "2020-03-03"),
        ],
    )
    def test_leans_on_it(self, text, surface, value):
        assert values(text)[surface] == value

    def test_the_eve_of_something_unknown_is_no_date(self):
        assert values("la veille du scrutin", "2025-04-10") == {}

    def test_the_day_after_a_day_told(self):
        assert only("le lendemain du 13 février", "2025-04-10") == (
            "le lendemain du 13 février",
            "2025-02-14",
        )


class TestEnumerations:
    def test_the_month_comes_after(self):
        assert values("les 6 et 13 avril prochains", "2003-02-24") == {
            "les 6": "2003-04-06",
            "13 avril prochains": "2003-04-13",
        }

    def test_a_night_is_two_days(self):
        assert values("dans la nuit du vendredi 31 août au samedi 1er septembre", "2018-09-03") == {
            "vendredi 31 août": "2018-08-31",
            "samedi 1er septembre": "2018-09-01",
        }

    def test_the_month_before_where_days_descend(self):
        assert only("du 30 au 2 avril", "2025-04-10")[1] == "2025-03-30/2025-04-02"


class TestCoarsePublicationDate:
    """A month can settle some expressions; the others bear the set of what they may mean."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("ce 3 avril", "2025-04-03"),
            ("le 29 janvier", "2025-01-29"),
            ("le mois dernier", "2025-03"),
            ("l'an dernier", "2024"),
            ("en janvier", "2025-01"),
            ("il y a deux ans", "2023"),
            ("hier", "[2025-03-31..2025-04-29]"),
            ("la semaine dernière", "[2025-03-24..2025-04-27]"),
            ("mardi dernier", "[2025-03-25..2025-04-29]"),
            ("aujourd'hui", "[2025-04-01..2025-04-30]"),
        ],
    )
    def test_a_month(self, text, value):
        assert only(text, "2025-04")[1] == value

    def test_a_year(self):
        assert only("le mois dernier", "2025")[1] == "[2024-12..2025-11]"
        assert only("l'an dernier", "2025")[1] == "2024"

    def test_a_set_is_less_sure_than_a_day(self):
        (settled,), (open_,) = find("hier", "2025-04-10"), find("hier", "2025-04")
        assert open_.confidence < settled.confidence
        assert (open_.low, open_.high) == (dt.date(2025, 3, 31), dt.date(2025, 4, 29))

    @pytest.mark.parametrize("published", ["199X", "2020/2024", "2024/.."])
    def test_longer_than_a_year_settles_nothing(self, published):
        assert values("hier, mardi, en mars", published) == {}

    def test_a_moment_is_its_day(self):
        assert only("hier", "2025-04-10T14:45:00+02:00")[1] == "2025-04-09"


def test_an_english_date_in_figures_may_be_either_day():
    assert only("The party was held on 3/4/2025.")[1] == "[2025-03-04..2025-04-03]"
    assert only("The party was held on 25/4/2025.")[1] == "2025-04-25"
    assert only("La fête est pour le 3/4/2025.")[1] == "2025-04-03"


def test_accents_may_be_typed_apart():
    text = unicodedata.normalize("NFD", "En février 2024, à l'été 2023.")
    (month, season) = find(text)
    assert (month.value, season.value) == ("2024-02", "2023-22")
    assert text[month.start : month.end] == month.text == unicodedata.normalize("NFD", "février 2024")


@given(st.text(alphabet="12é/e\u0301\u0303\u0344\u0958 mai 2024h", max_size=20))
def test_marks_that_join_nothing_move_no_slice(text):
    for mention in find(text, "2025-04-10"):
        assert mention.text == text[mention.start : mention.end] != ""


def test_a_publication_date_that_is_none_is_refused():
    with pytest.raises(DateError, match="2025-13-45"):
        find("hier", "2025-13-45")
