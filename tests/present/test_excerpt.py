"""Excerpts: as much of a passage as fits, around its best sentence."""

from __future__ import annotations

import pytest
from bot_api.archive import SENTENCE
from hypothesis import given
from hypothesis import strategies as st

from retrieval.present.excerpt import CUT, excerpt, units


def test_the_room_that_one_side_leaves_goes_to_the_other():
    part = excerpt("court. " + SENTENCE + " après" * 100, (7, 7 + len(SENTENCE)), 300)
    assert part.before == "court. "
    assert 250 < units(part.before + part.sentence + part.after) <= 300


@given(st.text("ab \n😀", max_size=200), st.data())
def test_the_words_that_answer_are_found_again_in_what_is_kept_of_the_sentence(
    text: str, data: st.DataObject
):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = data.draw(st.tuples(st.integers(start, end), st.integers(start, end)).map(sorted).map(tuple))
    part = excerpt(text, (start, end), data.draw(st.integers(30, 220)), words)
    before, answer, after = part.sentence_parts
    assert before + answer + after == part.sentence
    whole = text[slice(*words)]
    assert whole.startswith(answer)
    if text[start:end] == part.sentence:
        assert answer == whole
    elif answer:
        assert len(before) == words[0] - start


def test_words_that_were_cut_off_with_the_end_of_a_long_sentence_are_not_told():
    text = "mot " * 100 + "le 3 mai"
    assert excerpt(text, (0, len(text)), 100, (400, 408)).answer is None
    assert excerpt(text, (0, len(text)), 100, (4, 408)).sentence_parts[1].startswith("mot mot")
    assert excerpt(text, (0, len(text)), 1_000, (400, 408)).sentence_parts[1] == "le 3 mai"


@given(st.text("ab \n😀", max_size=200), st.data())
def test_an_excerpt_fits_and_holds_nothing_but_the_words_of_the_passage(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    room = data.draw(st.integers(30, 120))
    part = excerpt(text, (start, end), room)
    whole = part.before + part.sentence + part.after
    assert units(whole) <= room
    assert whole.removeprefix(f"{CUT} ").removesuffix(f" {CUT}") in text
    assert (units(text) > room) or (part.before, part.sentence) == (text[:start], text[start:end])


@pytest.mark.parametrize(("text", "length"), [("", 0), ("é", 1), ("😀", 2), ("a😀b", 4)])
def test_room_is_counted_in_utf_16_units(text: str, length: int):
    assert units(text) == length
