"""What find, bounds, check_edtf and display promise, by table."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import bounds, check_edtf, display, display_article, find
from retrieval.errors import DateError


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
    ("la veille, à Paris", "la veille", "2025-04-09"),
    ("les attentats du 11 septembre", "les attentats du 11 septembre", "2001-09-11"),
]


@pytest.mark.parametrize(("text", "surface", "value"), RELATIVE)
def test_what_leans_on_the_day_of_writing(text, surface, value):
    assert only(text, "2025-04-10") == (surface, value)


@pytest.mark.parametrize(("text", "surface", "value"), RELATIVE)
def test_what_leans_on_the_day_of_writing_is_left_alone_without_one(text, surface, value):
    # The attacks of September 11 bear their year for everyone.
    known = {surface: value} if "attentats" in text else {}
    assert {text: v for text, v in values(text).items() if not v.startswith("P")} == known


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("l'attentat du 11 septembre au Caire", "2024-09-12", "[2001-09-11..2024-09-11]"),
        ("depuis les attentats du 11 septembre", "2018-01-20", "2001-09-11"),
        ("les attentats du 13 novembre", "2015-11-20", "2015-11-13"),
        ("les attentats du 13 novembre", "2012-12-01", "2012-11-13"),
    ],
)
def test_a_famous_day_is_no_false_exact_date_when_it_has_just_come_round(text, published, value):
    """Another year's attack on that day, still in the news, may be the one that is meant."""
    assert [mention.value for mention in find(text, published)] == [value]


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


class TestBounds:
    @pytest.mark.parametrize(
        ("value", "low", "high"),
        [
            ("2025-04-03", "2025-04-03", "2025-04-03"),
            ("2025-04", "2025-04-01", "2025-04-30"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025", "2025-01-01", "2025-12-31"),
            ("2023-22", "2023-06-01", "2023-08-31"),
            ("2024-24", "2024-12-01", "2025-02-28"),
            ("2024-34", "2024-04-01", "2024-06-30"),
            ("2024-41", "2024-07-01", "2024-12-31"),
            ("199X", "1990-01-01", "1999-12-31"),
            ("18XX", "1800-01-01", "1899-12-31"),
            ("2025-04-XX", "2025-04-01", "2025-04-30"),
            ("2025-04~", "2025-04-01", "2025-04-30"),
            ("2019/2021", "2019-01-01", "2021-12-31"),
            ("2025-04-07/2025-04-13", "2025-04-07", "2025-04-13"),
            ("[2025-03-24..2025-04-27]", "2025-03-24", "2025-04-27"),
            ("2024-01/..", "2024-01-01", None),
            ("../2024-01", None, "2024-01-31"),
            ("-0044", None, None),
        ],
    )
    def test_days(self, value, low, high):
        expected = tuple(dt.date.fromisoformat(day) if day else None for day in (low, high))
        assert bounds(value) == expected

    @pytest.mark.parametrize(
        "value",
        [
            "2025-13-45",
            "2025-02-30",
            "2025-99",
            "hier",
            "",
            "12/2025",
            "2025-04-03/2024",
            "[2025..2024]",
            "/",
            "P3D",
        ],
    )
    def test_nonsense_is_refused_by_name(self, value):
        with pytest.raises(DateError, match="2025" if "2025" in value else "date"):
            check_edtf(value)

    @pytest.mark.parametrize(
        "value", ["2025-04-03", " 2025-04 ", "2025", "2023-22", "199X", "2024-01/..", "2004~"]
    )
    def test_sense_is_returned_stripped(self, value):
        assert check_edtf(value) == value.strip()


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


# Properties: texts made of the words dates are made of, to reach deep into the grammar.
_WORDS = (
    "le la les l' ce cette ces du au de d' en à et entre depuis avant après jusqu'au dans il y a "
    "début mi fin - , . ( ) / 3 12 31 1er 29 99 2024 1998 0 '98 3/4/2025 30/02/2024 2025-04-03 18h "
    "20 heures un deux dix quelques janvier février mars avril mai septembre lundi mardi samedi "
    "dimanche été hiver an ans année jours semaine semaines mois siècle XIXe trimestre premier "
    "dernier dernière prochain suivant même hier demain aujourd'hui lendemain veille jour-là années "
    "1990 matin soir nuit week-end Noël the of on in last next this ago May March January Friday "
    "week year years early late end 1990s second quarter yesterday plus tard later attentats demi "
).split()
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31))
PUBLISHED = st.one_of(
    st.none(),
    DAYS.map(dt.date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    st.sampled_from(
        ["2024-22", "2024-34", "202X", "20XX", "2024/..", "[2024-01..2024-03]", "9999-12-31", "0001-01-01"]
    ),
)


@given(TEXTS, PUBLISHED)
def test_mentions_are_exact_slices_in_order(text, published):
    done = 0
    for mention in find(text, published):
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= done
        assert mention.low is None or mention.high is None or mention.low <= mention.high
        assert 0 < mention.confidence <= 1
        done = mention.end


@given(TEXTS, PUBLISHED)
def test_bounds_are_those_of_the_value_and_the_value_can_be_said(text, published):
    for mention in find(text, published):
        if mention.value.startswith("P"):
            assert (mention.low, mention.high) == (None, None)
        else:
            assert (mention.low, mention.high) == bounds(check_edtf(mention.value))
        assert display(mention.value, "fr")
        assert display(mention.value, "en")


@given(TEXTS, DAYS)
def test_a_month_never_claims_more_than_every_day_of_it_would(text, day):
    """What a month-precise reference settles, each day of that month agrees with, or lies within its set."""
    settled = {(m.start, m.end): m for m in find(text, day.isoformat()[:7]) if m.low and m.high}
    exact = {(m.start, m.end): m for m in find(text, day.isoformat()) if m.low and m.high}
    for place, mention in settled.items():
        if place in exact:
            assert mention.low <= exact[place].low
            assert exact[place].high <= mention.high


@given(DAYS, st.sampled_from(["fr", "en"]))
def test_a_month_is_never_shown_as_a_day(day, language):
    said = display(day.isoformat()[:7], language)
    assert len(said.split()) == 2
    assert not said[0].isdigit()
