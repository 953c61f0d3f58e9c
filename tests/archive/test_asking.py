"""What a person gets from an archive for a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import ARTICLES, BY_WORDS, archive_of, document, in_its_file, ranker, sources
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.ranking.ranker import Ranker

QUESTIONS = [
    "Quand le barrage de Kandadji retiendra-t-il le fleuve ?",
    "Qui a été élue à Dakar ?",
    "Combien coûte le billet ?",
    "What happened to the bridge of Foumban?",
    "tramway",
    "médaille d'or",
    "Quoi de neuf à Dakar depuis mars 2024 ?",
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
"""Any characters whatever: controls, halves of surrogate pairs, code points of nothing."""


def ids(archive: Archive, question: str, k: int = 10) -> list[str]:
    return [hit.id for hit in archive.search(question, k)]


def test_an_answer_is_a_passage_of_a_file_with_its_best_sentence_and_dates(archive: Archive) -> None:
    answer = archive.ask("Quand les travaux du tramway ont-ils commencé ?")
    best = answer.quotes[0]
    assert answer.answered
    assert 0 <= answer.confidence <= 1
    assert best.text == "Les travaux ont commencé le 6 novembre. La mairie promet des rames silencieuses."
    assert best.sentence == "Les travaux ont commencé le 6 novembre."
    assert (best.paragraph, best.article.published, best.article.source) == (2, "2023-11", "2023/tramway.txt")
    assert [(date.text, date.value) for date in best.dates] == [("le 6 novembre", "2023-11-06")]
    assert answer.lead == best.dates[0]
    assert len(answer.leads) == len(answer.quotes)
    assert all(in_its_file(quote) for quote in answer.quotes)
    assert 1 <= len(answer.quotes) <= 3


@settings(max_examples=60)
@given(st.text(max_size=80) | st.sampled_from(QUESTIONS))
def test_whatever_is_asked_only_words_of_the_files_are_quoted(archive: Archive, question: str) -> None:
    answer = archive.ask(question)
    assert answer.question == question
    assert answer.answered == bool(answer.quotes)
    for quote in answer.quotes:
        start, end = quote.highlight
        assert in_its_file(quote)
        assert quote.text[start:end].strip()
        assert 0 <= start < end <= len(quote.text)


@settings(max_examples=60)
@given(ANY_TEXT, st.sampled_from(["", *QUESTIONS]), st.integers(0, 60))
def test_no_text_whatever_breaks_a_question(archive: Archive, text: str, question: str, at: int) -> None:
    """Alone, or in the middle of a question."""
    typed = question[:at] + text + question[at:]
    assert archive.ask(typed).question == typed
    assert isinstance(archive.search(typed, k=3), list)
    assert archive.timeline(typed).entries is not None


@pytest.mark.parametrize("question", ["", " \n\t", "😀😀", "?!…", "«\u00a0»", "\x00"])
def test_a_question_without_words_finds_nothing(archive: Archive, question: str) -> None:
    answer = archive.ask(question)
    assert (answer.answered, answer.confidence, answer.quotes) == (False, 0.0, ())
    assert archive.search(question) == []


@pytest.mark.parametrize("question", ["\udce9lection à Dakar", "Dakar \ud83d", "Dakar\x00", "Dakar\u202e"])
def test_a_question_typed_in_another_encoding_is_asked_all_the_same(archive: Archive, question: str) -> None:
    assert sources(archive.search(question))[0] == "election.txt"


def test_a_question_of_ten_thousand_characters_is_answered_from_its_beginning(archive: Archive) -> None:
    question = "Qui a reçu la médaille d’or à Mâcon ? " + "blabla " * 1_500
    assert len(question) > 10_000
    assert sources(archive.search(question))[0] == "La Gazette"
    assert archive.ask("x" * 10_000).question == "x" * 10_000


def test_a_question_is_never_markup(archive: Archive) -> None:
    answer = archive.ask("<b>tramway</b> <script>x</script> {} %s &lt;")
    assert sources(answer.quotes)[0] == "2023/tramway.txt"


def test_below_its_threshold_an_archive_keeps_silent(archive: Archive) -> None:
    sure = archive.ask("tramway")
    assert sure.answered
    prudent = archive.ranked_by(ranker(replace(BY_WORDS, thresholds=((0.9, 0.6),))))
    silent = prudent.ask("tramway")
    assert (silent.answered, silent.quotes, silent.confidence) == (False, (), sure.confidence)
    assert prudent.search("tramway"), "a search lists what it finds, whether it answers or not"


def test_the_more_precise_an_archive_is_to_be_the_more_it_keeps_silent(archive: Archive) -> None:
    weights = replace(BY_WORDS, thresholds=((0.8, 0.3), (0.98, 0.7)))
    for precision, answered in ((0.8, True), (0.98, False)):
        careful = archive.ranked_by(Ranker(weights, BUNDLED_SCALE, precision))
        assert careful.ask("tramway").answered == answered


def test_an_archive_speaks_the_language_of_the_question(archive: Archive) -> None:
    assert archive.ask("Qui a été élue présidente de la chambre ?").language == "fr"
    assert archive.ask("Who was elected president of the chamber?").language == "en"
    assert archive.ask("¿Quién fue elegida presidenta de la cámara?").language == "en"


def test_accents_case_and_apostrophes_change_nothing(archive: Archive) -> None:
    for question in QUESTIONS:
        bare = question.replace("é", "e").replace("û", "u").upper().replace("'", "’")
        assert ids(archive, bare)[0] == ids(archive, question)[0]


def test_a_search_gives_so_many_passages_best_first(archive: Archive) -> None:
    hits = archive.search("tramway mairie billet", k=5)
    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.id for hit in hits}) == 5
    assert ids(archive, "tramway mairie billet", k=3) == [hit.id for hit in hits[:3]]
    assert len(archive.search("tramway", k=1_000)) == len(archive)
    assert all(in_its_file(hit) for hit in hits)


def test_results_are_the_same_every_time(tmp_path: Path) -> None:
    """Two archives of the same files, put in another order, rank alike; equals are in order of their ids."""
    texts = {f"{name}.txt": f"Le phare {name} ferme." for name in "cab"} | ARTICLES
    with (
        archive_of(texts, tmp_path / "1") as one,
        archive_of({"c.txt": texts["c.txt"]}, tmp_path / "2") as two,
    ):
        for path in ("b.txt", "a.txt"):
            list(two.add([document(texts[path], path, source=path)]))
        two.close()
        two = archive_of(texts, tmp_path / "2")
        for question in [*QUESTIONS, "phare"]:
            assert ids(one, question, k=100) == ids(two, question, k=100)
        equal = one.rank("phare").ids[:3].tolist()
        assert equal == sorted(equal)


def test_an_empty_archive_answers_nothing(tmp_path: Path) -> None:
    with archive_of(ARTICLES, tmp_path) as archive:
        archive.remove(archive.index.stamps())
        assert archive.search("tramway") == []
        assert not archive.ask("Quoi de neuf sur le tramway en 2024 ?").answered
        assert archive.timeline("tramway").entries == ()
        assert len(archive) == 0
