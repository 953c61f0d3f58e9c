"""Clauses: each place in a sentence gets the part of it that it belongs to, and nothing is said twice."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.clauses import split_at_clauses

DATE = re.compile(r"(?:en|depuis|le|on|in)? ?(?:\d{1,2} \w+ )?\d{4}")


def clauses(text: str) -> list[str]:
    """The clauses of a text at its years and days, each once."""
    places = [match.span() for match in DATE.finditer(text)]
    return list(dict.fromkeys(text[a:b] for a, b in split_at_clauses(text, (0, len(text)), places)))


@pytest.mark.parametrize(
    "sentence",
    [
        # a conjunction, with a comma or without
        "Le maire a ouvert le port en 2010, | avant de le vendre, en 2014, à un groupe coréen.",
        "The plant closed in 2019 | before reopening in 2021 under another name.",
        "Elle dirige l'usine depuis 2003 | alors que son frère l'a quittée en 1998.",
        "Le ministre a annoncé le 4 mai 2023 | que le port rouvrirait le 6 juin 2024.",
        # a relative
        "La ville a perdu en 2001 l'usine | dans laquelle il travaillait depuis 1998.",
        "Il a vu en 2017 un dîner | au cours duquel le président offrit un portrait peint en 1990.",
        "Elle l'a critiqué en 2017, | comme lorsqu'elle l'attaqua en 2015.",
        "The court freed the author in 2018, | who had been arrested in 2016.",
        "Fondée en 1923, | l'usine a fermé en 2001 | ce qui a vidé la ville, morte en 2010.",
        # a coordinator before a verb
        "Né en 1961 à Dosso | et mort en 2020 à Niamey, il fut ministre.",
        "The mayor resigned on 4 May 2023 | and was jailed on 6 June 2024.",
        "The firm was set up in 1998 by John Smith, Mary Jones and Bob Hill, | and went public in 2004.",
        # a semicolon, a dash, a parenthesis, a quotation
        "Le Mali est parti en 2025 ; | le Niger l'avait fait en 2024.",
        "Il fut jugé en 2018 | (et gracié en 2020).",
        "Le maire (élu en 2014) | fut jugé en 2018.",
        "Il écrit le 4 mai 2023 : | « Nous partirons en 2024. »",
        # a comma that ends a clause
        "Le port, fermé en 2023, | a rouvert en 2024.",
        "Arrêté en 2012 à Dakar, | Paul Diop fut jugé en 2015.",
    ],
)
def test_a_sentence_is_cut_where_a_clause_begins(sentence: str) -> None:
    parts = sentence.split(" | ")
    assert clauses(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "sentence",
    [
        "Le scrutin aura lieu le 20 juin 2021 et le 27 juin 2021.",
        "Le procès ouvert en 2021 contre le maire et son adjoint s'achèvera en 2024.",
        "La réunion de 2021 avec le Mali, le Niger et le Tchad sera suivie d'une autre en 2022.",
        "The trial of 2021 against the mayor and his deputy will end in 2024.",
        "Le port a fermé en 2023.",
    ],
)
def test_dates_between_which_no_clause_begins_share_one(sentence: str) -> None:
    assert clauses(sentence) == [sentence]


WORDS = (
    "le 4 mai 2023|en 2010|2020|,|;|:|(|)|–|«|»|\"|et|and|mais|qui|avant de|que|a|il|le|du|Mali|fermé|l'"
    "|before|\n|\u00a0|  |漢"
).split("|")


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(["", " "]))
def test_clauses_are_slices_that_hold_their_places_and_share_nothing(words: list[str], space: str) -> None:
    text = space.join([*words, " en 1999."])
    sentence = (len(text) - len(text.lstrip()), len(text))
    places = [match.span() for match in DATE.finditer(text, sentence[0])]
    found = split_at_clauses(text, sentence, places)
    assert len(found) == len(places)
    for (start, end), (first, last) in zip(places, found, strict=True):
        assert sentence[0] <= first <= start
        assert end <= last <= sentence[1]
    distinct = sorted(set(found))
    assert all(before[1] <= after[0] for before, after in pairwise(distinct))
    assert "".join("".join(text[a:b] for a, b in distinct).split()) == "".join(text.split())


def test_the_lists_are_sorted_and_in_lower_case() -> None:
    lists = tomllib.loads((files("retrieval.language") / "words" / "clauses.toml").read_text("utf-8"))
    for words in lists.values():
        assert words == sorted({word.lower() for word in words})
