"""Every language has the word lists it needs, in one shape."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from importlib.resources import files

import pytest

from retrieval.language.analysis import fold
from retrieval.language.identification import LANGUAGES
from retrieval.language.word_lists import WordLists, phrase_pattern, word_lists

FOLDER = files("retrieval.language") / "words"
NAMES = [field.name for field in fields(WordLists)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_list(language: str) -> None:
    lists = word_lists(language)
    needed = [name for name in NAMES if name != "stop_words"]
    assert all(getattr(lists, name) for name in needed)
    assert len(lists.number_words) >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_folded_sorted_and_without_duplicates(language: str) -> None:
    for name in NAMES:
        entries = getattr(word_lists(language), name)
        assert list(entries) == sorted(set(entries))
        for entry in entries:
            assert unicodedata.normalize("NFC", fold(entry)) == entry
            assert entry.split() == entry.split(" ")
            assert "*" not in entry[:-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_asks_for_one_kind_of_answer(language: str) -> None:
    lists = word_lists(language)
    kinds = [set(lists.when), set(lists.number), set(lists.who)]
    assert len(set.union(*kinds)) == sum(map(len, kinds))


def test_there_is_a_file_for_each_language_and_each_says_its_source() -> None:
    written = {file.name for file in FOLDER.iterdir() if file.name.endswith(".toml")}
    assert written == {f"{language}.toml" for language in LANGUAGES} | {"clauses.toml", "organisations.toml"}
    for name in written:
        text = (FOLDER / name).read_text(encoding="utf-8")
        header = [line for line in text.splitlines() if line.startswith("#")]
        assert any("Collected by hand" in line for line in header)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("qui", "dis qui vient", True),
        ("qui", "la banquise, quiconque", False),
        ("signifi*", "que signifie AES", True),
        ("signifi*", "insignifiant", False),
        ("c'est quoi", "c’est  quoi", True),
        ("谁", "总统是谁？", True),
        ("누구*", "대통령은 누구입니까", True),
        ("متى", "متى حدث ذلك", True),
        ("متى", "الفتى", False),
        ("a.b", "a b", False),
    ],
)
def test_a_phrase_is_found_between_borders_where_words_have_them(phrase: str, text: str, found: bool) -> None:
    assert bool(phrase_pattern([phrase]).search(fold(text))) is found


def test_no_phrases_are_found_nowhere() -> None:
    assert not phrase_pattern([]).search("")
