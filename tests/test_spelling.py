"""Misspelt words: put right by the archive's own words, and only where nobody knows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bot_api.archive import first_quote
from bot_api.markup import parse
from fakes import archive_of
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.conversation import Said, Shown, understood
from bot.telegram.render import html
from retrieval.archive import Archive
from retrieval.articles import article_id
from retrieval.index.lexicon import LONGEST, SHORTEST, TWO_SLIPS, Lexicon
from retrieval.present.text import answer_html, answer_text
from retrieval.present.records import answer_record
from retrieval.question.spelling import corrected
from retrieval.language.analysis import fold, token, words
from retrieval.types import Answer
from retrieval.language.word_vectors import word_vectors

TEXTS = {
    "retrait.txt": "date 2025-01-29 La Cédéao a officialisé le retrait du Niger.\n\n"
    "À Niamey, la foule a salué la Bulgarie. Le Conseil attend.\n",
    "forage.txt": "date 2024-11 Un forage alimente Niamey en eau potable.\n\n"
    "Le barrage de Kandadji retiendra le fleuve, selon un rapport de cent pages.\n",
}
WORDS = sorted({word for text in TEXTS.values() for word in words(text) if word.isalpha()})
SLIPS = st.tuples(st.sampled_from(WORDS), st.integers(0, 9), st.text("aeéimnrst", max_size=2)).map(
    lambda slip: slip[0][: slip[1]] + slip[2] + slip[0][slip[1] + 1 :]
)
"""Words of the archive with a letter left out, changed, or made two."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(TEXTS, tmp_path_factory.mktemp("spelling")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "corrections"),
    [
        ("Qu’a dit la Cedeoa ?", (("Cedeoa", "Cédéao"),)),  # two letters swapped
        ("que se passe-t-il à niamy", (("niamy", "Niamey"),)),  # one left out
        ("Où est le barraage de Kandadki ?", (("barraage", "barrage"), ("Kandadki", "Kandadji"))),
        ("Qui a officielise ce choix ?", (("officielise", "officialisé"),)),  # one changed
        ("Qui a offisielise ce choix ?", (("offisielise", "officialisé"),)),  # two, in a long word
        ("La Cedeoa, oui, la Cedeoa !", (("Cedeoa", "Cédéao"),)),  # said once
    ],
)
def test_a_misspelt_word_is_the_archive_s_word_that_it_is_like(
    archive: Archive, question: str, corrections: tuple[tuple[str, str], ...]
):
    text, found = corrected(question, archive.index)
    assert found == corrections
    for typed, meant in corrections:
        question = question.replace(typed, meant)
    assert text == question


@pytest.mark.parametrize(
    "question",
    [
        "Quel téléphone portable choisir ?",  # not potable: it is a word
        "QUEL PORTABLE ?",
        "Combien coutent les peages ?",  # not pages: it is a word, but for an accent
        "Quand est le retraît ?",  # the archive's word, with an accent too many
        "Un sommet à Naimye",  # two slips in a short word
        "Qui est Sow ? Et Nige ?",  # a word of the list, and one too short to be sure of
        "le F0rage, le forag3, le for_ge",
        "Xkcdwyz",  # like nothing
        "尼日尔在哪里？ Где ниамей? 🙂",
        "",
    ],
)
def test_other_words_stay_as_they_are(archive: Archive, question: str):
    assert corrected(question, archive.index) == (question, ())


@pytest.mark.parametrize(
    ("question", "corrections"),
    [
        ("When did the people of Niamy speak?", (("Niamy", "Niamey"),)),
        ("What did the people of the barraage bring?", ()),  # not a name
        ("What did the people of Barraage bring?", ()),  # the archive has no such name
        ("Who spoke in the name of KANDADKI?", ()),  # an acronym of somebody else
        (
            "Wann hat Bulgarien den Vertrag unterschrieben?",
            (),
        ),  # right in German, and put into French elsewhere
    ],
)
def test_in_other_languages_only_names_are_put_right(
    archive: Archive, question: str, corrections: tuple[tuple[str, str], ...]
):
    assert corrected(question, archive.index)[1] == corrections


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.sampled_from([str, str.upper, fold]))
def test_a_word_that_the_archive_knows_is_never_changed(archive: Archive, said: list[str], typed: type[str]):
    question = typed(" ".join(said))
    assert corrected(question, archive.index) == (question, ())


@given(st.lists(SLIPS, min_size=1, max_size=4))
def test_a_correction_is_a_word_of_the_archive_a_slip_or_two_away(archive: Archive, said: list[str]):
    for typed, meant in corrected(f"le {' '.join(said)}", archive.index)[1]:
        assert meant in WORDS
        assert fold(meant)[0] == fold(typed)[0]
        assert 1 <= OSA.distance(fold(typed), fold(meant)) <= (1 if len(fold(typed)) < TWO_SLIPS else 2)
        assert not archive.index.lexical.frequency(token(typed))
        assert not word_vectors().frequency(typed)


@given(
    st.dictionaries(st.text("abé", min_size=3, max_size=9), st.integers(1, 9), max_size=30),
    st.text("ab", min_size=SHORTEST, max_size=9),
)
def test_the_likest_word_is_the_nearest_then_the_commonest(written: dict[str, int], typed: str):
    lexicon = Lexicon.of(written)
    common: dict[str, int] = {}
    for form, passages in written.items():
        common[fold(form)] = common.get(fold(form), 0) + passages
    assume(typed not in common)
    ranked = [
        (OSA.distance(typed, word), -passages)
        for word, passages in common.items()
        if len(word) >= SHORTEST and word[0] == typed[0]
    ]
    near = min(ranked, default=(9, 0))
    likest = lexicon.likest(typed)
    if near[0] > (1 if len(typed) < TWO_SLIPS else 2):
        assert likest is None
    else:
        assert likest is not None
        assert (OSA.distance(typed, fold(likest)), -common[fold(likest)]) == near


def test_of_near_words_the_nearest_comes_first_then_the_commonest():
    lexicon = Lexicon.of({"forages": 1, "fromages": 9, "orages": 9, "forgé": 2, "forage": 1})
    assert lexicon.likest("forrages") == "forages", "one slip away, and fromages two"
    assert lexicon.likest("forge") == "forgé"
    assert lexicon.likest("forrage") == "forage"
    assert lexicon.likest("forg") == "forgé"
    assert Lexicon.of({"conte": 1, "comte": 3}).likest("cotte") == "comte"


def test_a_word_is_shown_as_the_archive_most_often_writes_it(tmp_path: Path):
    written = {"cedeao": 1, "Cédéao": 3, "CÉDÉAO": 2, "Accord": 2, "accord": 2, "a1bc": 1}
    written["x" * (LONGEST + 1)] = 1
    Lexicon.of(written).save(tmp_path)
    lexicon = Lexicon.load(tmp_path)
    assert [lexicon[place] for place in range(len(lexicon))] == ["accord", "Cédéao"]
    assert lexicon.passages.tolist() == [4, 6]
    assert lexicon.likest("Cedeoa") == lexicon.likest("cedeoa", names=True) == "Cédéao"
    assert lexicon.likest("acord", names=True) is None


def test_a_lexicon_of_nothing_knows_nothing(tmp_path: Path):
    Lexicon.of({}).save(tmp_path)
    assert Lexicon.load(tmp_path).likest("Cédéao") is None


def test_an_archive_without_articles_corrects_nothing(tmp_path: Path):
    with archive_of({"a.txt": "La Cédéao siège.\n"}, tmp_path) as empty:
        empty.remove([article_id("a.txt")])
        assert empty.ask("Où est la Cedeoa ?").corrections == ()


def test_a_misspelt_question_is_answered_as_if_it_were_not(archive: Archive):
    right, wrong = (archive.ask(f"Qui {said} en eau ?") for said in ("alimente Niamey", "alimmente Niamy"))
    assert wrong.quotes == right.quotes
    assert wrong.confidence == right.confidence
    assert wrong.corrections == (("alimmente", "alimente"), ("Niamy", "Niamey"))
    assert (right.corrections, wrong.question) == ((), "Qui alimmente Niamy en eau ?")
    found, wanted = archive.search("la Cedeoa"), archive.search("la Cédéao")
    assert [hit.id for hit in found] == [hit.id for hit in wanted] != []
    assert archive.timeline("le barraage de Kandadji").subject == "le barrage de Kandadji"


def test_a_misspelt_time_is_understood(archive: Archive):
    asked = archive.ask("Que dit la Cédéao en 2025 dans un Consiel ?")
    assert asked.corrections == (("Consiel", "Conseil"),)
    assert asked.window is not None


ONE = Answer("la Cedeoa ?", True, 0.9, (first_quote(),), "fr", corrections=(("Cedeoa", "Cédéao"),))
TWO = replace(ONE, corrections=(("Cedeoa", "Cédéao"), ("Niamy", "Niamey")))


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (ONE, "Mot compris\u00a0: Cedeoa → Cédéao"),
        (TWO, "Mots compris\u00a0: Cedeoa → Cédéao, Niamy → Niamey"),
        (replace(ONE, language="en"), "Word understood: Cedeoa → Cédéao"),
        (replace(TWO, language="en"), "Words understood: Cedeoa → Cédéao, Niamy → Niamey"),
    ],
)
def test_a_person_is_told_how_words_were_understood(answer: Answer, line: str):
    silent = replace(answer, answered=False, quotes=())
    for shown in (answer, silent):
        assert answer_text(shown).splitlines()[-1] == line
        assert f"<small>{line}</small>" in answer_html(shown)
    assert parse(html(Shown(answer))).text.splitlines()[-1] == line
    assert parse(html(Said(understood(silent)))).text == line


def test_corrections_as_json():
    record = json.loads(json.dumps(answer_record(ONE)))
    assert record["corrections"] == [{"typed": "Cedeoa", "understood": "Cédéao"}]
    assert answer_record(replace(ONE, corrections=()))["corrections"] == []


def test_the_sets_of_letters_rule_out_no_word_that_is_near():
    """Every slip of every kind, in words whose letters are all alike, all different, or of other scripts."""
    for word in ("abcdefgh", "aaaaaaaa", "ниамей", "النيجر"):
        lexicon = Lexicon.of({word: 1})
        for place in range(1, len(word)):
            before, letter, after = word[:place], word[place], word[place + 1 :]
            for slip in (before + after, before + letter + letter + after, before + "z" + after):
                assert lexicon.likest(slip) == word, slip
            swapped = before + after[:1] + letter + after[1:]
            assert lexicon.likest(swapped) == word, swapped
    assert np.all(Lexicon.of({"abcd": 1}).letters == 0b11110)
