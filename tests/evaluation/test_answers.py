"""What a text says of the answers of a question."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.answers import best_f1, overlaps_any, says_any, word_f1


@pytest.mark.parametrize(
    ("answer", "text", "said"),
    [
        ("la rivière Tugela", "Le long de LA  RIVIERE\nTUGELA, au sud.", True),
        ("Béjaïa", "bejaia", True),
        ("un gué.", "Il passe un gué.", True),
        ("2", "En 2018, ils furent douze.", False),
        ("deux", "En 2018, ils furent deux.", True),
        ("art", "Le départ.", False),
    ],
)
def test_an_answer_is_found_whatever_its_case_and_accents(answer: str, text: str, *, said: bool) -> None:
    """Whole words, folded, spaces evened out."""
    assert says_any([answer], text) is said
    assert says_any(["introuvable", answer], text) is said


@pytest.mark.parametrize(
    ("text", "overlaps"),
    [
        ("L’œuvre de l’e\u0301te\u0301 ouvre [le 3  AVRIL] à Caen, dit-on le 4 avril.", True),
        ("L’œuvre de l’e\u0301te\u0301 ouvre le 3  [AVRIL] à Caen, dit-on le 4 avril.", True),
        ("L’œuvre de l’e\u0301te\u0301 ouvre le 3  AVRI[L à Caen, dit]-on le 4 avril.", True),
        ("L’œuvre de l’e\u0301te\u0301 ouvre [le ]3  AVRIL à Caen, dit-on le 4 avril.", False),
        ("L’œuvre de l’e\u0301te\u0301 ouvre le 3  AVRIL[ à Caen], dit-on le 4 avril.", False),
        ("L’œuvre de l’e\u0301te\u0301 ouvre le 3  AVRIL à Caen, dit-on [le 4 avril].", False),
    ],
)
def test_words_overlap_an_answer_where_it_stands(text: str, *, overlaps: bool) -> None:
    """Letters before it that fold to two or to none change nothing; its words elsewhere do not count."""
    before, marked, after = re.split(r"[\[\]]", text)
    span = (len(before), len(before + marked))
    assert overlaps_any(["mai", "3 avril"], before + marked + after, span) is overlaps


@given(st.text(), st.text("aéœßİ", min_size=1), st.text(), st.data())
def test_a_part_of_an_answer_always_overlaps_it(
    before: str, answer: str, after: str, data: st.DataObject
) -> None:
    start = len(before) + 1 + data.draw(st.integers(0, len(answer) - 1))
    assert overlaps_any([answer], f"{before} {answer} {after}", (start, start + 1))


def test_f1_is_of_words_without_case_and_accents() -> None:
    assert word_f1("Le 3 avril", "3 AVRIL 2028") == pytest.approx(2 / 3)
    assert word_f1("été", "Ete.") == 1
    assert word_f1("a", "b") == 0
    assert word_f1("", "b") == 0


def test_the_nearest_answer_counts() -> None:
    assert best_f1(["avril", "le 3 avril 2028"], "3 avril") == pytest.approx(2 / 3)
    assert best_f1(["mai"], "3 avril") == 0
