"""Events named by their day: the year comes from a full date of the same event, or stays open."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import bounds, display, find, window
from retrieval.dates.events import EventDay, is_open_day, settle
from retrieval.dates.words import LANGUAGES

EVENTS = [
    ("Il vit caché depuis les attaques du 7 octobre.", "XXXX-10-07"),
    ("les attentats du 14 juillet à Nice", "XXXX-07-14"),
    ("la veille des attentats du 13-Novembre", "XXXX-11-13"),
    ("l'attaque terroriste du Hamas du 7/10", "XXXX-10-07"),
    ("L'attaque du Hamas le 7 octobre contre Israël", "XXXX-10-07"),
    ("le coup d’État militaire du 26 juillet au Niger", "XXXX-07-26"),
    ("le putsch du 30 août", "XXXX-08-30"),
    ("au soir du second tour des élections législatives du 7 juillet", "XXXX-07-07"),
    ("le référendum du 1er octobre en Catalogne", "XXXX-10-01"),
    ("depuis le verdict du 3 mars", "XXXX-03-03"),
    ("the 11 September attacks", "XXXX-09-11"),
    ("the September 11 terrorist attacks", "XXXX-09-11"),
    ("since the attack of 14 July in Nice", "XXXX-07-14"),
    ("after the July 26 coup in Niger", "XXXX-07-26"),
    ("the shooting in Paris on November 13", "XXXX-11-13"),
]


@pytest.mark.parametrize(("text", "value"), EVENTS)
@pytest.mark.parametrize("published", ["2025-04", "2025-11-20", "2016-03-01"])
def test_an_event_named_by_its_day_has_an_open_year(text: str, value: str, published: str) -> None:
    [mention] = find(text, published)
    assert (mention.value, mention.low, mention.high) == (value, None, None)
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Une attaque a fait trois morts le 7 octobre.", "2024-10-07"),
        ("Une attaque terroriste le 7 octobre.", "2024-10-07"),
        ("le concert du 3 mars", "2025-03-03"),
        ("le coup d'envoi du 14 mars", "2025-03-14"),
        ("l'attentat du 14 juillet dernier", "2024-07-14"),
        ("l'attentat du vendredi 13 novembre", "2015-11-13"),
        ("l'attentat du 14 juillet 2016", "2016-07-14"),
        ("une Française prépare un attentat à la veille du 14 mars", "2025-03-13"),
        ("une consultation du 14 au 21 mars", "2025-03-14/2025-03-21"),
        ("Parliament votes on 14 March", "2025-03-14"),
        ("les élections du 7 octobre auront lieu à Dakar", "2025-10-07"),
        ("Les élections prévues le 7 octobre", "2025-10-07"),
    ],
)
def test_a_day_that_names_no_past_event_is_read_like_any_other(text: str, value: str) -> None:
    published = "2016-01-01" if "vendredi" in text else "2025-04-10"
    assert [mention.value for mention in find(text, published)] == [value]


def test_the_listed_days_of_an_election_are_read_like_any_others() -> None:
    assert "2021-06-27" in [
        mention.value for mention in find("les élections des 20 et 27 juin", "2021-03-10")
    ]
    assert find("les attaques des 7 et 8 octobre", "2025-04")[-1].value == "XXXX-10-08"


def test_a_full_date_in_the_same_text_tells_the_year() -> None:
    text = (
        "Nice se souvient de l'attentat du 14 juillet 2016. Depuis l'attentat du 14 juillet, tout a changé."
    )
    assert [mention.value for mention in find(text, "2018-01-01")] == ["2016-07-14", "2016-07-14"]


def told(year: int, *names: str, kind: str = "attack") -> EventDay:
    return EventDay(kind, "07-14", year, frozenset(names))


@pytest.mark.parametrize(
    ("text", "published", "known", "value"),
    [
        ("depuis l'attentat du 14 juillet", "2018-01-01", [told(2016, "nice")], "2016-07-14"),
        ("depuis l'attentat du 14 juillet", None, [told(2016, "nice")], "2016-07-14"),
        ("depuis l'attentat du 14 juillet à Nice", "2018-01-01", [told(2016, "nice")], "2016-07-14"),
        ("Attentats du 14 juillet : la ville se souvient", "2018-01-01", [told(2016, "nice")], "2016-07-14"),
        # another place, another kind, two years, a year still to come
        ("depuis l'attentat du 14 juillet à Lyon", "2018-01-01", [told(2016, "nice")], "XXXX-07-14"),
        ("depuis l'attentat du 14 juillet", "2018-01-01", [told(2016, kind="coup")], "XXXX-07-14"),
        ("depuis l'attentat du 14 juillet", "2018-01-01", [told(2016), told(2011)], "XXXX-07-14"),
        ("depuis l'attentat du 14 juillet", "2016-03-01", [told(2016, "nice")], "XXXX-07-14"),
        # of two years, that of the same names
        (
            "l'attentat du 14 juillet à Nice",
            "2018-01-01",
            [told(2016, "nice"), told(2011, "oslo")],
            "2016-07-14",
        ),
        # the day has just come round again: it may be another attack's
        ("après l'attentat du 14 juillet", "2018-07-20", [told(2016, "nice")], "XXXX-07-14"),
        ("après l'attentat du 14 juillet à Nice", "2018-07-20", [told(2016, "nice")], "2016-07-14"),
        # an election may be ahead, unless it is told as past
        ("l'élection du 14 juillet", "2016-03-01", [told(2016, kind="election")], "2016-07-14"),
        ("il a gagné l'élection du 14 juillet", "2016-03-01", [told(2016, kind="election")], "XXXX-07-14"),
    ],
)
def test_the_year_is_that_of_the_same_event(
    text: str, published: str | None, known: list[EventDay], value: str
) -> None:
    mentions = find(text, published or "2018-01-01")
    low, high = bounds(published) if published else (None, None)
    [mention] = settle(text, mentions, (low, high) if low and high else None, known)
    assert mention.value == value
    assert (mention.low, mention.high) == bounds(value)


@given(
    st.sampled_from([text for text, _ in EVENTS if not text.startswith("the shooting")]),
    st.dates(min_value=find("2 mai 1990")[0].low),
    st.lists(st.integers(1950, 2060), max_size=4),
)
def test_a_past_event_is_never_in_the_future_nor_in_a_year_that_nothing_tells(text, day, years) -> None:
    [mention] = find(text, day.isoformat())
    kinds = ("attack", "coup", "election", "verdict")
    known = [EventDay(kind, mention.value[5:], year, frozenset()) for kind in kinds for year in years]
    [settled] = settle(text, [mention], (day, day), known)
    assert is_open_day(settled.value) or settled.low.year in years
    assert (
        settled.low is None
        or settled.low <= day
        or "élection" in text
        or "référendum" in text
        or "verdict" in text
    )


def test_an_open_day_is_said_without_a_year_and_bounds_no_question() -> None:
    assert (display("XXXX-10-07", "fr"), display("XXXX-10-07", "en")) == ("7 octobre", "7 October")
    day = find("2 mai 2025")[0].low
    assert window("Que s'est-il passé après les attaques du 7 octobre ?", day) is None


def test_the_nouns_are_sorted_and_each_is_of_one_kind() -> None:
    kinds = tomllib.loads((files("retrieval.dates") / "lexicon" / "events.toml").read_text("utf-8"))
    for language in LANGUAGES:
        nouns = [noun for kind in kinds.values() for noun in kind[language]]
        assert len(set(nouns)) == len(nouns)
        assert all(kind[language] == sorted(kind[language]) for kind in kinds.values())
