"""Numbers in words: all of one, or nothing."""

from __future__ import annotations

import pytest

from retrieval.dates import find

DATED = [
    ("le quinze août", "2021-03-10", ["2020-08-15"]),
    ("le vingt et un juin 2019", "2021-03-10", ["2019-06-21"]),
    ("le trente et un décembre 2018", "2021-03-10", ["2018-12-31"]),
    ("le deux mai 2019", "2021-03-10", ["2019-05-02"]),
    ("the fifteenth of August 2019", "2021-03-10", ["2019-08-15"]),
    ("the twenty-first of June 2018", "2021-03-10", ["2018-06-21"]),
    ("August twenty-third, 2018", "2021-03-10", ["2018-08-23"]),
    ("le premier mai 2019", "2021-03-10", ["2019-05-01"]),
    ("du dix au quinze mai 2019", "2021-03-10", ["2019-05-10/2019-05-15"]),
    ("les onze et douze mai 2019", "2021-03-10", ["2019-05-11", "2019-05-12"]),
    ("le sept septembre 2019", "2021-03-10", ["2019-09-07"]),
    ("au vingt et unième siècle", "2021-03-10", ["20XX"]),
    ("in the twenty-first century", "2021-03-10", ["20XX"]),
    ("au dix-neuvième siècle", "2021-03-10", ["18XX"]),
    ("il y a vingt cinq ans", "2021-03-10", ["1996"]),
    ("il y a cent vingt ans", "2021-03-10", ["1901"]),
    ("two hundred and fifty years ago", "2021-03-10", ["1771"]),
    ("il y a deux cents ans", "2021-03-10", ["1821"]),
    ("en mille neuf cent quatorze", "2021-03-10", ["1914"]),
    ("le onze novembre mille neuf cent dix-huit", "2021-03-10", ["1918-11-11"]),
    ("in the seventeenth century", "2021-03-10", ["16XX"]),
    ("Samedi, deux hommes ont été tués.", "2021-03-10", ["2021-03-06"]),
    ("In May two men were killed.", "2021-03-10", ["2020-05"]),
    ("le quatorze juillet 2021", "2022-02-10", ["2021-07-14"]),
    ("le trois janvier 2022", "2022-02-10", ["2022-01-03"]),
    ("le vingt-deux mars 2018", "2022-02-10", ["2018-03-22"]),
    ("jeudi vingt-quatre juin 2021", "2022-02-10", ["2021-06-24"]),
    ("the seventh of October 2021", "2022-02-10", ["2021-10-07"]),
    ("on the thirty-first of May 2021", "2022-02-10", ["2021-05-31"]),
    ("June twenty-second, 2021", "2022-02-10", ["2021-06-22"]),
    ("le huit mai mille neuf cent quarante-cinq", "2022-02-10", ["1945-05-08"]),
    ("il y a trente-cinq ans", "2022-02-10", ["1987"]),
    ("il y a cent cinquante ans", "2022-02-10", ["1872"]),
    ("il y a quatre-vingt-dix ans", "2022-02-10", ["1932"]),
    ("one hundred and twenty years ago", "2022-02-10", ["1902"]),
    ("thirty-five years ago", "2022-02-10", ["1987"]),
    ("twenty five days ago", "2022-02-10", ["2022-01-16"]),
    ("in nineteen eighty-four", "2022-02-10", ["1984"]),
    ("au vingtième siècle", "2022-02-10", ["19XX"]),
    ("in the twentieth century", "2022-02-10", ["19XX"]),
    ("au dix-septième siècle", "2022-02-10", ["16XX"]),
    ("en deux mille dix-sept", "2022-02-10", ["2017"]),
    ("du deux au cinq mai 2019", "2022-02-10", ["2019-05-02/2019-05-05"]),
    ("dans vingt et un jours", "2022-02-10", ["2022-03-03"]),
    ("le seize novembre dernier", "2022-02-10", ["2021-11-16"]),
    ("In March second-graders sang", "2022-02-10", ["2021-03"]),
]

TRAPS = [
    "one June evening",
    "deux mille personnes ont défilé",
    "Un mars et ça repart",
    "les cent mai",
    "deux mille vingt personnes",
    "vingt deux cents ans",
    "la troisième mi-temps",
    "les deux, mars compris, ont",
    "mille neuf cents habitants",
    "le deux-pièces",
    "two May flies",
]


@pytest.mark.parametrize(("text", "published", "values"), DATED)
def test_days_and_counts_in_words(text, published, values):
    assert [mention.value for mention in find(text, published) if mention.low] == values


@pytest.mark.parametrize("text", TRAPS)
def test_what_looks_like_one_is_no_date(text):
    assert [mention.text for mention in find(text, "2021-03-10") if mention.low] == []


LENGTHS = [
    ("deux cents ans", "P200Y"),
    ("pendant cent vingt ans", "P120Y"),
    ("vingt cinq ans de prison", "P25Y"),
    ("for two hundred and fifty years", "P250Y"),
    ("trois cent cinquante jours", "P350D"),
    ("soixante et onze ans de règne", "P71Y"),
    ("one hundred days", "P100D"),
    ("a hundred years", "P100Y"),
    ("vingt et un jours", "P21D"),
    ("mille ans", "P1000Y"),
    ("nonante jours", "P90D"),
    ("quatre vingt dix jours", "P90D"),
    ("thirty five years", "P35Y"),
    ("trente-cinq ans", "P35Y"),
    ("deux mille ans", "P2000Y"),
    ("ninety-nine days", "P99D"),
    ("deux cent cinquante ans", "P250Y"),
    ("cent ans", "P100Y"),
    ("quatre-vingts jours", "P80D"),
    ("soixante-dix-sept jours", "P77D"),
    ("vingt-et-une semaines", "P21W"),
    ("trente et un mois", "P31M"),
    ("two hundred years", "P200Y"),
    ("sixty-five days", "P65D"),
    ("a hundred and twenty days", "P120D"),
    ("mille deux cents ans", "P1200Y"),
    ("septante ans", "P70Y"),
    ("trois ou quatre ans", "P4Y"),
    ("quarante huit heures", "PT48H"),
    ("dix-huit mois", "P18M"),
]


@pytest.mark.parametrize(("text", "value"), LENGTHS)
def test_a_length_in_words(text, value):
    assert [mention.value for mention in find(text)] == [value]


def test_no_part_of_what_is_no_number_counts():
    assert find("vingt deux cents ans", "2021-03-10") == []
